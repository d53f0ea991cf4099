"""How values read in French: ages, periods, dates, places; how large an action is.

Population: of the place itself, commune or EPCI, as ``referentiels/`` gives it (``referentiels/NOTICE.md``). What it costs: the
amounts that the words of the budget hold, and their order of magnitude. Of both, the classes that the search filters by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from inspiractions.base.text import enumerate_fr, gettext, message
from inspiractions.model.action import Action, Budget, Montant, Periode
from inspiractions.model.territoire import Lieu, Referentiel
from inspiractions.model.types import Mois
from inspiractions.model.vocabulaire import Vocabulaire

MOIS = (
    message("janvier"), message("février"), message("mars"), message("avril"), message("mai"), message("juin"),
    message("juillet"), message("août"), message("septembre"), message("octobre"), message("novembre"), message("décembre"),
)  # fmt: skip
# Up to so many places are all named.
_NAMED = 3


def jour(quand: date) -> str:
    """``1er mars 2024``."""
    jour = gettext("1er") if quand.day == 1 else quand.day
    return gettext("{jour} {mois} {annee}").format(jour=jour, mois=gettext(MOIS[quand.month - 1]), annee=quand.year)


def octets(taille: int) -> str:
    """A size in bytes as people read it: ``312 octets``, ``12 Ko``, ``1,4 Mo``."""
    if taille < 1000:
        return gettext("{n} octets").format(n=taille)
    if taille < 1_000_000:
        return gettext("{n} Ko").format(n=f"{taille / 1000:.0f}")
    return _megabytes(taille)


def mois(quand: Mois) -> str:
    """``novembre 2012``, or ``2012``."""
    if not quand.mois:
        return str(quand.annee)
    return gettext("{mois} {annee}").format(mois=gettext(MOIS[quand.mois - 1]), annee=quand.annee)


def ages(ids: Sequence[str], vocabulaire: Vocabulaire) -> str:
    """Adjoining bands are merged: ``4-17 ans``, ``26 ans et plus``, ``Tous les âges``."""
    bands = [t.id for t in vocabulaire if t.id != "tous"]
    ranks = sorted(bands.index(i) for i in ids if i in bands)
    if "tous" in ids or len(ranks) == len(bands):
        return vocabulaire["tous"].libelle
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and rank == runs[-1][-1] + 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return enumerate_fr(_band(bands[run[0]], bands[run[-1]]) for run in runs)


def _band(first: str, last: str) -> str:
    start, end = first.split("-")[0], last.split("-")[1]
    if end == "plus":
        return gettext("{debut} ans et plus").format(debut=start)
    return gettext("{debut}-{fin} ans").format(debut=start, fin=end)


def periode_courte(periode: Periode | None) -> str:
    """For a card: ``2012–2014``, ``Depuis 2012``, ``2012``; empty where no date is known."""
    if not periode:
        return ""
    debut, fin = periode.debut, periode.fin
    if debut and isinstance(fin, Mois):
        return str(debut.annee) if debut.annee == fin.annee else f"{debut.annee}–{fin.annee}"
    if debut:
        since = gettext("À partir de {annee}") if fin == "inconnue" else gettext("Depuis {annee}")
        return since.format(annee=debut.annee)
    return gettext("Jusqu’en {annee}").format(annee=fin.annee) if isinstance(fin, Mois) else ""


def annee_debut(action: Action) -> int | None:
    """The year that an action started in, where one is known."""
    debut = action.periode.debut if action.periode else None
    return debut.annee if isinstance(debut, Mois) else None


def lustre(action: Action) -> str:
    """The first year of the five that an action started in: ``2015`` for 2015 to 2019; empty where no date is known."""
    annee = annee_debut(action)
    return "" if annee is None else str(annee - annee % 5)


def periode_longue(periode: Periode) -> str:
    """For the identity card, months included; empty where no date is known."""
    debut, fin = periode.debut, periode.fin
    if debut and isinstance(fin, Mois):
        return mois(debut) if debut == fin else gettext("de {debut} à {fin}").format(debut=mois(debut), fin=mois(fin))
    if debut:
        since = gettext("à partir de {debut}, fin non renseignée") if fin == "inconnue" else gettext("depuis {debut}")
        return since.format(debut=mois(debut))
    return gettext("jusqu’en {fin}").format(fin=mois(fin)) if isinstance(fin, Mois) else ""


def etat(action: Action) -> str:
    """``En cours``, ``Terminée``, or nothing where the fiche does not tell. Judged at the date of the fiche: no clock."""
    periode = action.periode
    if not periode or periode.fin == "inconnue":
        return ""
    if isinstance(periode.fin, Mois):
        over = (periode.fin.annee, periode.fin.mois or 12) < (action.date_maj.year, action.date_maj.month)
        return gettext("Terminée") if over else gettext("En cours")
    return gettext("En cours") if periode.debut else ""


def autour(lieux: Sequence[Lieu], referentiel: Referentiel) -> str:
    """What the places of an action lie in, all of it: ``Loire-Atlantique et Maine-et-Loire``; a place alone may bear its name.

    A département that is itself a place is told already. Where ``lieux`` names the first places only, so many are not told.
    """
    departements = {lieu.nom for lieu in lieux if lieu.genre == "departement"}
    wider = [
        name for name in dict.fromkeys(_wider(lieu, referentiel) for lieu in lieux) if name and name not in departements
    ]
    if wider == [lieux[0].nom] or (len(wider) > 1 and len(lieux) > _NAMED):
        return ""
    return enumerate_fr(wider)


def _wider(lieu: Lieu, referentiel: Referentiel) -> str:
    """The département of a city, the région of a département."""
    if lieu.genre == "departement":
        return referentiel.regions[lieu.region]
    return referentiel.departements.get(lieu.departement, "") if lieu.genre in ("commune", "epci") else ""


def poids(octets: int) -> str:
    """``83 ko``, ``8,3 Mo``."""
    if octets >= 1e6:
        return _megabytes(octets)
    return gettext("{n} ko").format(n=max(1, round(octets / 1000)))


def _megabytes(octets: int) -> str:
    return gettext("{n} Mo").format(n=f"{octets / 1e6:.1f}".replace(".", gettext(",")))


def lieux(action: Action) -> str:
    """``Grenoble et Échirolles``; beyond three, the first ones and how many more."""
    noms = [ville.nom for ville in action.villes]
    if len(noms) <= _NAMED:
        return enumerate_fr(noms)
    return gettext("{villes} et {n} autres").format(villes=", ".join(noms[:2]), n=len(noms) - 2)


# Where each order begins, in euros; an id never changes.
_ORDERS = (
    (0, "moins-de-10000", message("Moins de 10 000 €")),
    (10_000, "10000-50000", message("10 000 à 50 000 €")),
    (50_000, "50000-200000", message("50 000 à 200 000 €")),
    (200_000, "200000-1000000", message("200 000 à 1 million d’euros")),
    (1_000_000, "1000000-et-plus", message("1 million d’euros et plus")),
)
COSTS = {identifiant: nom for _, identifiant, nom in _ORDERS}
# An amount by month counts for its year.
_A_YEAR = {"mois": 12, "trimestre": 4}
_SPACES = r"[ \u00a0\u202f]"
_AMOUNT = re.compile(
    rf"(?<![\d,.])(\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d+)(?:,(\d+))?{_SPACES}?"
    rf"(?:(millions?|milliers?)(?:{_SPACES}d[’'])?|([Mk])(?=€))?{_SPACES}?(?:€|euros?\b)"
)
_TIMES = {"million": 1_000_000, "M": 1_000_000, "millier": 1_000, "k": 1_000, "": 1}


def words_of(budget: Budget) -> Iterator[str]:
    """The lines of a budget, as the city wrote them."""
    yield from filter(
        None,
        (budget.precision, budget.fonctionnement, budget.investissement, budget.contribution, budget.financeurs),
    )


def amounts_in(texte: str) -> list[int]:
    """The amounts in euros that a text names: « 8 500 € », « 2,1 millions d’euros », « 24 M€ »; cents are dropped."""
    return [_euros(*match.groups("")) for match in _AMOUNT.finditer(texte)]


def _euros(whole: str, cents: str, word: str, sign: str) -> int:
    number = float(f"{re.sub(_SPACES, '', whole)}.{cents or '0'}")
    return round(number * _TIMES[word.removesuffix("s") or sign]) if word or sign else int(number)


def costs_of(action: Action) -> frozenset[str]:
    """The id of the order of its largest amount; nothing where no amount is told."""
    amounts = [_of_a_year(montant) for montant in action.budget.montants] if action.budget else []
    if not amounts:
        return frozenset()
    return frozenset({next(nom for start, nom, _ in reversed(_ORDERS) if max(amounts) >= start)})


def _of_a_year(montant: Montant) -> int:
    return montant.euros * _A_YEAR.get(montant.par or "", 1)


# Where each class of communes begins, in inhabitants, its name alone and in a sentence; an id never changes.
_CLASSES = (
    (0, "moins-de-2000", message("Moins de 2 000 habitants"), message("moins de 2 000 habitants")),
    (2_000, "2000-10000", message("2 000 à 10 000"), message("2 000 à 10 000 habitants")),
    (10_000, "10000-20000", message("10 000 à 20 000"), message("10 000 à 20 000 habitants")),
    (20_000, "20000-50000", message("20 000 à 50 000"), message("20 000 à 50 000 habitants")),
    (50_000, "50000-100000", message("50 000 à 100 000"), message("50 000 à 100 000 habitants")),
    (100_000, "100000-200000", message("100 000 à 200 000"), message("100 000 à 200 000 habitants")),
    (200_000, "200000-et-plus", message("200 000 et plus"), message("200 000 habitants et plus")),
)
_GROUP, _AREA = "intercommunalite", "departement-region"
SIZES = {identifiant: nom for _, identifiant, nom, _ in _CLASSES} | {
    _GROUP: message("Intercommunalité"),
    _AREA: message("Département ou région"),
}


def sizes_of(action: Action) -> frozenset[str]:
    """The ids of ``SIZES`` that the places of an action are of; a commune without a known population is of none."""
    return frozenset(filter(None, map(_size, action.villes)))


def _size(lieu: Lieu) -> str:
    if lieu.genre in ("departement", "region"):
        return _AREA
    if lieu.genre != "commune":
        return _GROUP
    return next((nom for start, nom, _, _ in reversed(_CLASSES) if lieu.population >= max(start, 1)), "")


def size_class(lieu: Lieu) -> str:
    """The class of a place with a known population, in words: ``20 000 à 50 000 habitants``, ``200 000 habitants et plus``."""
    return gettext(next(words for start, _, _, words in reversed(_CLASSES) if lieu.population >= start))


def size_of_place(lieu: Lieu) -> str:
    """``commune de 20 000 à 50 000 habitants``; empty for départements and régions, and where the number is unknown."""
    if not lieu.population or lieu.genre not in ("commune", "epci"):
        return ""
    of = gettext("commune de {classe}") if lieu.genre == "commune" else gettext("intercommunalité de {classe}")
    return of.format(classe=size_class(lieu))


def inhabitants(lieu: Lieu) -> str:
    """``87 432 habitants``; empty where the number is unknown, and for départements and régions."""
    return gettext("{n} habitants").format(n=_grouped(lieu.population)) if lieu.population else ""


def inhabitants_of_all(action: Action) -> Iterator[str]:
    """The same for each place, which is named where there are several."""
    for lieu in action.villes:
        if text := inhabitants(lieu):
            yield text if len(action.villes) == 1 else f"{lieu.nom} : {text}"


def short_inhabitants(action: Action) -> str:
    """For a card: ``87 000 hab.``, rounded to two figures; empty where there are several places, or no number."""
    if len(action.villes) != 1 or not (population := action.villes[0].population):
        return ""
    step = 10 ** max(0, len(str(population)) - 2)
    return gettext("{n} hab.").format(n=_grouped(round(population / step) * step))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")
