"""How large the places of an action are: inhabitants in words, and the classes that the search filters by.

Population: of the place itself, commune or EPCI, as ``referentiels/`` gives it (``referentiels/NOTICE.md``).
"""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.text import decapitalise
from inspiractions.model.action import Action
from inspiractions.model.territoire import Lieu

# Where each class of communes begins, in inhabitants, and its name; an id never changes.
_CLASSES = (
    (0, "moins-de-2000", "Moins de 2 000 habitants"),
    (2_000, "2000-10000", "2 000 à 10 000"),
    (10_000, "10000-20000", "10 000 à 20 000"),
    (20_000, "20000-50000", "20 000 à 50 000"),
    (50_000, "50000-100000", "50 000 à 100 000"),
    (100_000, "100000-200000", "100 000 à 200 000"),
    (200_000, "200000-et-plus", "200 000 et plus"),
)
_GROUP, _AREA = "intercommunalite", "departement-region"
SIZES = {identifiant: nom for _, identifiant, nom in _CLASSES} | {
    _GROUP: "Intercommunalité",
    _AREA: "Département ou région",
}


def sizes_of(action: Action) -> frozenset[str]:
    """The ids of ``SIZES`` that the places of an action are of; a commune without a known population is of none."""
    return frozenset(filter(None, map(_size, action.villes)))


def _size(lieu: Lieu) -> str:
    if lieu.genre in ("departement", "region"):
        return _AREA
    if lieu.genre != "commune":
        return _GROUP
    return next((nom for start, nom, _ in reversed(_CLASSES) if lieu.population >= max(start, 1)), "")


def size_class(lieu: Lieu) -> str:
    """The class of a place with a known population, in words: ``20 000 à 50 000 habitants``, ``200 000 habitants et plus``."""
    nom = next(nom for start, _, nom in reversed(_CLASSES) if lieu.population >= start)
    head, more, _ = nom.removesuffix(" habitants").partition(" et plus")
    return decapitalise(f"{head} habitants{more}")


def size_of_place(lieu: Lieu) -> str:
    """``commune de 20 000 à 50 000 habitants``; empty for départements and régions, and where the number is unknown."""
    if not lieu.population or lieu.genre not in ("commune", "epci"):
        return ""
    return f"{'commune' if lieu.genre == 'commune' else 'intercommunalité'} de {size_class(lieu)}"


def inhabitants(lieu: Lieu) -> str:
    """``87 432 habitants``; empty where the number is unknown, and for départements and régions."""
    return f"{lieu.population:,} habitants".replace(",", " ") if lieu.population else ""


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
    return f"{round(population / step) * step:,} hab.".replace(",", " ")
