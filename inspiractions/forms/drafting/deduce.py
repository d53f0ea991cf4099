"""What a fiche can propose from the words of a city: place, period, scale, ages, themes. Every proposal gets marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inspiractions.base.text import fold
from inspiractions.model.territoire import Referentiel, UnknownLieu
from inspiractions.model.vocabulaire import Vocabulaire
from inspiractions.search.stems import stems

_MOIS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
_DATE = re.compile(
    rf"(?:(?P<mois>{'|'.join(_MOIS)})\s+|(?P<num>0?[1-9]|1[0-2])/)?(?<!\d)(?P<annee>(?:19|20)\d\d)(?!\d)"
)
# What is left of « de septembre 2023 à juin 2024 » without its dates.
_SEULES_DATES = re.compile(r"(?:\s|[-/.,]|\b(?:de|du|d|a|au|en|depuis|partir|entre)\b|')*")
_TIRETS = str.maketrans("–—…", "--.")
_MUET = re.compile(
    r"n\.?\s?[cr]\.?|n\s?/\s?a|inconnue?s?|[-/?.]+"
    r"|(?:information )?(?:non|pas) (?:communique|renseigne|connu|disponible|precise)e?s?"
)
_JOUR = re.compile(r"(\d{1,2})\s*(?:er)?\s*[/.\-\s]\s*(\d{1,2}|[a-z]+)\s*[/.\-\s]\s*((?:19|20)\d\d)")
_COUPE = re.compile(r"\s*(?:[/;,\n&+]|\bet\b|\s-\s)\s*")
_VILLE_DE = re.compile(
    r"^(?:la\s+)?(?:ville|commune|mairie|municipalité|ccas)\s+(?:de\s+la\s+|de\s+|du\s+|des\s+|d[’'])", re.I
)
_AGES = re.compile(r"(\d{1,2})\s*(?:a|-|et)\s*(\d{1,2})\s*ans")
_TRANCHES = (
    ("0-3", 0, 3),
    ("4-11", 4, 11),
    ("12-17", 12, 17),
    ("18-25", 18, 25),
    ("26-64", 26, 64),
    ("65-plus", 65, 120),
)
_ECHELLES = (
    ("quartier", r"quartier|qpv|ecole|residence|secteur"),
    ("intercommunalite", r"epci|intercommun|agglo|metropole|communaute (?:de communes|urbaine)"),
    ("departement", r"departement"),
    ("region", r"region"),
    ("commune", r"commune|communal|ville|municipal|collectivite"),
)


def villes(texte: str, referentiel: Referentiel) -> tuple[list[str], list[str]]:
    """The names that the reference knows, and the words that it does not."""
    whole = " ".join(texte.split())
    if not whole:
        return [], []
    known: list[str] = []
    unknown: list[str] = []
    for nom in [whole] if _resolves(whole, referentiel) else [p for p in _COUPE.split(texte) if p.strip()]:
        name = next((n for n in (nom.strip(), _VILLE_DE.sub("", nom.strip())) if _resolves(n, referentiel)), None)
        (known if name else unknown).append(name or nom.strip())
    return list(dict.fromkeys(known)), unknown


def _resolves(nom: str, referentiel: Referentiel) -> bool:
    try:
        referentiel.resolve(nom)
    except UnknownLieu:
        return False
    return True


def est_muet(texte: str) -> bool:
    """Whether an answer only says that there is none: « NC », « non communiqué », « / »."""
    return bool(_MUET.fullmatch(fold(texte.translate(_TIRETS)).strip()))


def periode(texte: str) -> dict[str, str]:
    """``debut``, ``fin`` as far as the words tell them; ``precision`` keeps the words, if they say more."""
    words = fold(texte)
    dates = [_month(m) for m in _DATE.finditer(words)]
    if not dates:
        return {"precision": texte} if texte else {}
    bounds = {"debut": dates[0]}
    ongoing = re.search(r"depuis|en cours|a partir|annuel|reconduit", words)
    if len(dates) > 1:
        bounds["fin"] = dates[-1]
    elif not ongoing:
        bounds["fin"] = "inconnue"
    dates_only = len(dates) <= 2 and _SEULES_DATES.fullmatch(_DATE.sub("", words))
    return bounds if dates_only else {**bounds, "precision": texte}


def _month(match: re.Match[str]) -> str:
    number = _MOIS.index(match["mois"]) + 1 if match["mois"] else int(match["num"] or 0)
    return f"{match['annee']}-{number:02d}" if number else match["annee"]


def jour(texte: str) -> str:
    """``AAAA-MM-JJ`` where a whole date is told, else nothing."""
    match = _JOUR.search(fold(texte))
    if not match:
        return ""
    month = _MOIS.index(match[2]) + 1 if match[2] in _MOIS else int(match[2]) if match[2].isdigit() else 0
    day = int(match[1])
    return f"{match[3]}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 28 + (month != 2) * 2 else ""


def echelle(texte: str) -> str:
    """The scale that the words name first in importance, else nothing."""
    words = fold(texte)
    return next((nom for nom, pattern in _ECHELLES if re.search(pattern, words)), "")


def ages(texte: str) -> list[str]:
    """The age bands that « de 3 à 11 ans » covers."""
    spans = [(int(a), int(b)) for a, b in _AGES.findall(fold(texte))]
    return [nom for nom, low, high in _TRANCHES if any(a <= high and b >= low for a, b in spans)]


def suggerer(textes: Iterable[tuple[str, int]], vocabulaire: Vocabulaire, most: int, floor: int = 2) -> list[str]:
    """The terms whose label or synonyms occur most, each text counting for its weight."""
    scores: dict[str, int] = {}
    bags = [(" " + " ".join(stems(text)) + " ", weight) for text, weight in textes if text]
    for terme in vocabulaire:
        names = {" ".join(stems(nom)) for nom in (terme.libelle, *terme.synonymes)} - {""}
        score = sum(weight * min(2, bag.count(f" {nom} ")) for bag, weight in bags for nom in names)
        if score >= floor:
            scores[terme.id] = score
    best = sorted(scores, key=lambda i: (-scores[i], vocabulaire[i].rang))[:most]
    parents = {vocabulaire[i].parent for i in best}
    return [i for i in best if i not in parents]


def liste(texte: str) -> list[str]:
    """A list of services or partners: one a line, or parted by « ; » or by commas outside parentheses."""
    lines = [part.strip(" -–•\t\u00a0\u202f") for part in re.split(r"[\n;]", texte)]
    if len([x for x in lines if x]) == 1:
        lines = [part.strip() for part in re.split(r",\s+(?![^(]*\))", lines[0] or texte)]
    return list(dict.fromkeys(x for x in lines if x))
