"""The words that a form prints, and how well a line begins with them, edits and slips allowed.

How people write a label when they type a form anew, whatever the form: by where the answer goes. A form may add its own under
``variantes``. These count as shortened labels do: a « : », a tab or the end of the line follows them, or they are no label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

from inspiractions.base.text import fold
from inspiractions.forms.reading.document import COCHEES, VIDES
from inspiractions.model.questionnaire import FormBlock, Option, Questionnaire

_NAME = ("Nom", "Nom prénom", "Prénom et nom", "Nom du contact", "Nom du référent", "Référent(e)", "Interlocuteur")
_EMAIL = ("Courriel", "E-mail", "Mail", "Mél", "Adresse mail", "Adresse électronique", "Adresse e-mail", "Messagerie")
_PHONE = ("Téléphone", "Tél", "N° de tél", "Numéro de téléphone", "Tél. direct", "Portable", "Mobile")
_ROLE = ("Fonction", "Poste", "Qualité", "Titre et fonction", "Fonction occupée")
_CITY = ("Ville", "Commune", "Collectivité", "Ville ou EPCI", "Nom de la ville", "Nom de la collectivité", "EPCI")
# By ``sous_titre``, else by ``vers``, else by ``rubrique``.
USUAL: Mapping[str, tuple[str, ...]] = {
    "titre": ("Titre", "Titre de l’action", "Intitulé", "Intitulé de l’action", "Nom de l’action", "Nom du projet", "Action"),
    "ville": _CITY,
    "date_redaction": ("Date", "Date de rédaction", "Fait le", "Rédigé le", "Rempli le", "Fiche rédigée le"),
    "nom": _NAME,
    "email": _EMAIL,
    "tel": _PHONE,
    "fonction": _ROLE,
    "delegation": ("Délégation", "Mandat"),
    "contact.nom": _NAME,
    "contact.fonction": _ROLE,
    "contact.service": ("Service", "Direction", "Service ou direction", "Direction / service", "Pôle"),
    "contact.email": _EMAIL,
    "contact.telephone": _PHONE,
    "periode": ("Période", "Durée", "Dates", "Calendrier", "Dates de l’action", "Durée du projet", "Date de début", "Quand"),
    "echelle": ("Échelle", "Territoire", "Territoire concerné", "Périmètre", "Échelle géographique", "Lieu", "Où", "Secteur"),
    "porteur": (
        "Porteur",
        "Pilote",
        "Porteur du projet",
        "Pilote du projet",
        "Structure porteuse",
        "Porteur et pilote",
        "Porté par",
        "Pilotage",
    ),
    "service_pilote": ("Service pilote", "Direction pilote", "Service porteur"),
    "role_collectivite": ("Rôle", "Rôle de la ville", "Rôle de la commune", "Rôle de l’EPCI", "Rôle de la mairie"),
    "services_elus": ("Services et élus", "Services impliqués", "Élus impliqués", "Services mobilisés", "Élus et services"),
    "role_service_sante": ("Rôle du service santé", "Rôle de la direction santé", "Rôle du service de santé"),
    "population_cible": ("Population", "Public", "Public cible", "Publics", "Public visé", "Bénéficiaires", "Pour qui"),
    "partenaires": ("Partenaires", "Partenariats", "Partenaires de l’action", "Principaux partenaires", "Avec qui"),
    "budget": ("Budget total", "Budget global", "Coût", "Coût de l’action", "Montant"),
    "budget.texte": ("Budget total", "Budget global", "Coût", "Coût de l’action", "Montant"),
    "budget.fonctionnement": ("Fonctionnement", "Budget de fonctionnement", "Dépenses de fonctionnement"),
    "budget.investissement": ("Investissement", "Budget d’investissement", "Dépenses d’investissement"),
    "budget.contribution": ("Contribution", "Part de la ville", "Contribution de la ville", "Contribution de la collectivité"),
    "budget.financeurs": ("Financeurs", "Cofinanceurs", "Financements", "Financement", "Partenaires financeurs"),
    "ages": ("Public concerné", "Tranches d’âge", "Âges", "Âge du public", "Public"),
    "types_action": ("Type d’action", "Type de démarche", "Type de projet", "Types d’action"),
    "determinants": ("Déterminants", "Déterminants de santé", "Déterminants concernés"),
    "specificites_territoire": ("Spécificités du territoire", "Territoires prioritaires"),
    "cible": ("Cible", "Cible de l’action"),
    "contexte": ("Contexte", "Contexte et enjeux", "Contexte de l’action", "Constat", "Constats", "Diagnostic", "Enjeux"),
    "objectifs": ("Objectifs", "But", "Buts", "Finalité(s)", "Objectifs de l’action", "Objectifs visés"),
    "Objectif général": ("Objectif principal", "But", "Finalité"),
    "Objectifs opérationnels": ("Objectifs spécifiques", "Sous-objectifs"),
    "deroule": (
        "Déroulé",
        "Déroulement",
        "Description",
        "Descriptif",
        "Description de l’action",
        "Descriptif de l’action",
        "Mise en œuvre",
    ),
    "Élaboration du projet": ("Élaboration", "Construction du projet"),
    "Descriptif de l’action": ("Descriptif", "Description", "Description de l’action", "Déroulé", "Déroulement"),
    "Stratégies de mise en œuvre": ("Mise en œuvre", "Stratégie", "Stratégies"),
    "Mobilisation du public": ("Mobilisation", "Mobilisation des habitants"),
    "Compétences mobilisées": ("Compétences",),
    "Données et outils utilisés": ("Outils", "Données", "Données et outils", "Outils utilisés"),
    "facteurs-favorables": (
        "Facteurs favorables",
        "Facteurs de réussite",
        "Facteurs facilitants",
        "Leviers",
        "Points forts",
        "Points positifs",
        "Réussites",
        "Atouts",
        "Ce qui a aidé",
        "Ce qui a bien fonctionné",
    ),
    "difficultes": (
        "Difficultés",
        "Difficultés rencontrées",
        "Freins",
        "Freins rencontrés",
        "Obstacles",
        "Obstacles rencontrés",
        "Freins et difficultés",
        "Difficultés et freins",
        "Points faibles",
        "Limites",
        "Points de vigilance",
        "Ce qui a freiné",
    ),
    "inegalites": (
        "Inégalités",
        "Réduction des inégalités",
        "Inégalités sociales de santé",
        "Inégalités sociales et territoriales de santé",
        "Lutte contre les inégalités",
        "Inégalités de santé",
    ),
    "enseignements": (
        "Enseignements",
        "Apprentissages",
        "Principaux enseignements",
        "Bilan",
        "Bilan et apprentissages",
        "Bilan et enseignements",
        "Résultats",
        "Résultats et enseignements",
    ),
    "evaluation": ("Évaluation", "Évaluation de l’action", "Résultats de l’évaluation"),
    "ressources": ("Ressources", "Liens", "Documents", "Publications", "Liens utiles", "Pour en savoir plus", "Documents utiles"),
    "sante-dans-toutes-les-politiques": ("Santé dans toutes les politiques", "SdTP"),
}  # fmt: skip


def usual_labels(bloc: FormBlock) -> tuple[str, ...]:
    """The usual labels of a question; none where the form asks what no other form does."""
    key = bloc.sous_titre or bloc.vers or bloc.rubrique
    return USUAL.get(key, ()) if bloc.genre in ("ligne", "question", "nom", "choix") else ()


_MOT = re.compile(r"[a-z0-9]+")
_PLURIEL = re.compile(r"\((?:s|e|es|x|le|la|les)\)|[·•.](?:e|s|es)\b(?:[·•.]s\b)?", re.I)
_PARENTHESE = re.compile(r"\s*\([^()]{6,}\)\.?")
# A number, a bullet, boxes and crosses before the words.
AVANT = re.compile(rf"^(?:[\s|]|[{VIDES}{COCHEES}\ufe0f]|\[[ xX]?\]|\([ xX]?\)|[xX](?=[\s|{VIDES}{COCHEES}]))+")
_NUMERO = re.compile(
    r"^\s*(?:(?:\d{1,2}\.\d{1,2}(?=\s)|\(?\d{1,2}(?:\.\d{1,2})?\s?[.)°/-]|[-–—•·▪*o➢►→✓➔](?=\s)|[a-zA-Z][.)](?=\s)|[ivxIVX]{1,4}[.)](?=\s)"
    r"|(?:[qQ]|[Qq]uestion\s)(?:n°\s?)?\d{1,2}(?:\s?[.):–-]|(?=\s)))\s*){1,2}"
)
_FIN = re.compile(r"[^\S\n]*[.…)\]»’?!_ \u00a0\u202f]*(?:[:：]+)?[^\S\n]*[.…_]*[^\S\n]*")
# What stands for « : » after the very words of a label.
_TIRET = re.compile(r"[^\S\n]*(?:(?<=\s)[-–—]>?(?=\s+\S)|=>?|->|→|➔)[^\S\n]*")
_DEUX_POINTS = re.compile(r"[^\S\n]*[:：]+[^\S\n]*")
_POINTS = re.compile(r"[^\S\n]*(?:…[.…]*|\.{3,}|_{3,})?[^\S\n]*")
_LIEN = re.compile(r"\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True)
class Mot:
    """A word, folded, and where it stands in its text."""

    texte: str
    start: int
    end: int


@dataclass(frozen=True)
class LabelShape:
    """A way to write a label: its words, the signs that end it, whether « : » stands inside.

    ``courte``: shortened; it needs a « : » or the end of the line.
    """

    mots: tuple[str, ...]
    queue: str
    deux_points: bool
    courte: bool = False


@dataclass(frozen=True)
class Etiquette:
    """Words that a form prints. ``rang``: their place in it; ``genre``: that of the block, or « option »."""

    rang: int
    partie: str
    genre: str
    bloc: FormBlock
    formes: tuple[LabelShape, ...]
    option: Option | None = None

    @property
    def demande(self) -> bool:
        """Whether an answer is due."""
        return self.genre in ("ligne", "question", "nom", "choix", "partenaires", "photos", "option")


@dataclass(frozen=True)
class Accord:
    """How well a text begins with a label: from 0 to 1, and where its words, then the label, end in the text."""

    note: float
    mots: int
    fin: int
    longueur: int
    courte: bool = False


def mots(texte: str) -> list[Mot]:
    """The words of a text. « Objectif(s) » is « objectif »."""
    # Same length, so that places hold: a sign folds to one letter, or to nothing where blank.
    cleaned = _PLURIEL.sub(lambda m: " " * len(m[0]), texte)
    folded = "".join(_fold_char(c) for c in cleaned)
    return [Mot(m[0], m.start(), m.end()) for m in _MOT.finditer(folded)]


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    folded = fold(char)
    return folded if len(folded) == 1 else folded[0] if folded else " "


@dataclass(frozen=True)
class _Printed:
    """One thing that a form prints: its ways to be written, before they are read as words."""

    genre: str
    bloc: FormBlock
    texts: tuple[str, ...]
    option: Option | None = None


def etiquettes(formulaire: Questionnaire) -> list[Etiquette]:
    """Everything that a form prints, in order."""
    labels: list[Etiquette] = []
    for partie, blocs in formulaire.parties.items():
        for printed in (printed for bloc in blocs for printed in _printed(bloc)):
            if shapes := _shapes(printed):
                labels.append(Etiquette(len(labels), partie, printed.genre, printed.bloc, shapes, printed.option))
    return labels


def _printed(bloc: FormBlock) -> Iterator[_Printed]:
    """What a block prints, and the blocks that it holds."""
    if bloc.genre in ("encadre", "case", "liste", "groupe", "espace"):
        if bloc.genre == "groupe":
            yield _Printed("groupe", bloc, (bloc.texte,))
        yield from (_Printed("texte", bloc, (item,)) for item in bloc.items)
        for inner in bloc.blocs:
            yield from _printed(inner)
    elif bloc.genre == "partenaires":
        yield _Printed("partenaires", bloc, (bloc.items[0],))
    elif bloc.genre in ("texte", "titre"):
        yield from (_Printed(bloc.genre, bloc, (line,)) for line in _LIEN.sub(r"\1", bloc.texte).split("\n"))
    else:
        yield _Printed(bloc.genre, bloc, (bloc.texte, *bloc.variantes))
        yield from (_Printed("option", bloc, (option.libelle,), option) for option in bloc.options)


def _shapes(printed: _Printed) -> tuple[LabelShape, ...]:
    """The ways to write it, each once, whole before shortened; none where it has no word."""
    shapes = [_shape(text) for text in printed.texts]
    if printed.genre not in ("texte", "titre"):
        shapes += [_shape(short, courte=True) for text in printed.texts for short in _shortened(text)]
    if printed.option is None and printed.genre == printed.bloc.genre:
        shapes += [_shape(text, courte=True) for text in usual_labels(printed.bloc)]
    unique = {shape.mots: shape for shape in reversed(shapes) if shape.mots}
    return tuple(reversed(unique.values()))


def _words(texte: str) -> tuple[str, ...]:
    return tuple(m.texte for m in mots(texte))


def _shape(texte: str, courte: bool = False) -> LabelShape:
    words = mots(texte)
    end = words[-1].end if words else 0
    inside = ":" in texte[words[0].start : end] if words else False
    return LabelShape(tuple(w.texte for w in words), "".join(texte[end:].split()), inside, courte)


def _shortened(texte: str) -> list[str]:
    """What people leave of a long label: without its parentheses, its first sentence, what stands before « : »."""
    flat = " ".join(texte.split())
    shorter = [_PARENTHESE.sub("", flat)]
    head = re.split(r"\s?[:?]\s", flat)[0]
    if len(_words(head)) <= 8 or head + " ?" in flat:
        shorter.append(head)
    return [f for f in shorter if f != flat and f.strip()]


def debut(texte: str) -> int:
    """Where the words begin, after boxes, bullets and numbers."""
    boxes = AVANT.match(texte)
    at = boxes.end() if boxes else 0
    number = _NUMERO.match(texte[at:])
    at += number.end() if number else 0
    boxes = AVANT.match(texte[at:])
    return at + (boxes.end() if boxes else 0)


def accords(etiquette: Etiquette, texte: str, words: list[Mot]) -> Iterator[Accord]:
    """The ways to read the beginning of ``texte`` (whose words are given) as the label."""
    for forme in etiquette.formes:
        wanted = forme.mots
        window = words[: len(wanted) + 6]
        if not _looks_like(wanted, window):
            continue
        cost, count = _align(wanted, tuple(w.texte for w in window))
        note = 1 - cost / len(wanted)
        if note < _FLOORS.get(len(wanted), 0.66) or not count:
            continue
        end = words[count - 1].end
        if not forme.deux_points and ":" in texte[words[0].start : end]:
            continue
        stop = _closing(texte, end, forme.queue)
        dash = _TIRET.match(texte, stop) if not cost and ":" not in texte[end:stop] else None
        yield Accord(note, end, dash.end() if dash else stop, len(wanted), forme.courte)


def accord(etiquette: Etiquette, texte: str, words: list[Mot]) -> Accord | None:
    """The best of them, or nothing."""
    return max(accords(etiquette, texte, words), key=lambda a: (a.note * a.longueur, a.fin), default=None)


def _closing(texte: str, end: int, queue: str) -> int:
    """Where the signs that end a label stop: those that it bears itself, then the usual ones."""
    at = end
    for sign in queue:
        blank = len(texte) - len(texte[at:].lstrip(" \u00a0\u202f\t"))
        if texte[blank : blank + 1].lower() != sign.lower():
            break
        at = blank + 1
    done = at > end and texte[at - 1] in ":?"
    match = (_POINTS if done else _FIN).match(texte, at)
    at = match.end() if match else at
    more = _DEUX_POINTS.match(texte, at) if done and texte[at - 1 : at] != ":" else None
    return more.end() if more else at


_SMALL, _LITTLE = (
    frozenset(["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "notre", "nos", "votre", "vos"]),
    0.15,
)
# A label of one word must be that word; of two, may lose little.
_FLOORS = {1: 0.7, 2: 0.7, 3: 0.66}


def _looks_like(forme: tuple[str, ...], window: list[Mot]) -> bool:
    heads = {w.texte[:3] for w in window}
    return sum(word[:3] in heads for word in forme) >= 0.5 * len(forme)


@lru_cache(maxsize=65536)
def distance(a: str, b: str) -> float:
    """0: the same word, 1: another."""
    if a == b or a.rstrip("sx") == b.rstrip("sx"):
        return 0.0
    if min(len(a), len(b)) < 4:
        return 1.0
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return 0.3 if ratio >= 0.8 else 0.6 if ratio >= 0.7 else 1.0


@lru_cache(maxsize=16384)
def _align(forme: tuple[str, ...], window: tuple[str, ...]) -> tuple[float, int]:
    """The least cost of reading all the words of the label in the first words of the text, and how many of these."""
    # « Le contexte », « Vos partenaires »: small words before the label weigh little.
    row = list(accumulate((_LITTLE if other in _SMALL else 1.0 for other in window), initial=0.0))
    for word in forme:
        last, row = row, [row[0] + 1]
        for k, other in enumerate(window, 1):
            row.append(min(last[k - 1] + distance(word, other), last[k] + 1, row[k - 1] + 1))
    cost = min(row)
    ends = [k for k, c in enumerate(row) if c <= cost + 1e-9]
    # Of equal costs, the one whose last word is the label's own.
    for k in reversed(ends):
        if k and distance(forme[-1], window[k - 1]) < 0.5:
            return cost, k
    return cost, ends[0]
