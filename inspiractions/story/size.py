"""How large the places of an action are: inhabitants in words, and the classes that the search filters by.

Population: of the place itself, commune or EPCI, as ``referentiels/`` gives it (``referentiels/NOTICE.md``).
"""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.texts import gettext, message
from inspiractions.model.action import Action
from inspiractions.model.territoire import Lieu

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
