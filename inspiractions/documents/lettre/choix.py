"""Some actions out of many: by theme, and as unlike one another as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inspiractions.model.action import Action
from inspiractions.model.vocabulaire import Terme, Vocabulaire

# How many themes are told, and how many actions of each.
THEMES = 8
PAR_THEME = 3


@dataclass(frozen=True)
class Groupe:
    """A theme, how many of the actions bear it or one of its children, and those that stand for them."""

    terme: Terme
    total: int
    choisies: tuple[Action, ...]


def group(actions: Sequence[Action], thematiques: Vocabulaire) -> list[Groupe]:
    """The themes with most actions, each with some that no other theme shows; the largest first."""
    of_theme = {t.id: [a for a in actions if t.id in _parents(a, thematiques)] for t in thematiques.enfants[""]}
    largest = sorted((t for t in of_theme if of_theme[t]), key=lambda t: (-len(of_theme[t]), thematiques.rangs[t]))
    chosen: list[Action] = []
    groupes = []
    # The smallest theme chooses first: it has the fewest to choose from.
    for theme in reversed(largest[:THEMES]):
        taken = {a.id for a in chosen}
        left = [a for a in of_theme[theme] if a.id not in taken]
        # The theme that a fiche names first is what it is most about.
        about = [a for a in left if _parent(a.thematiques[0], thematiques) == theme]
        some = varied(about, PAR_THEME, chosen) or varied(left, PAR_THEME, chosen)
        chosen += some
        groupes.append(Groupe(thematiques[theme], len(of_theme[theme]), tuple(some)))
    return [g for g in reversed(groupes) if g.choisies]


def varied(actions: Iterable[Action], nombre: int, shown: Iterable[Action] = ()) -> list[Action]:
    """So many of the actions, each the most unlike those taken and shown before it; equal ones by id."""
    waiting = sorted(actions, key=lambda a: a.id)
    met: dict[str, int] = {}
    for action in shown:
        _count(action, met)
    taken: list[Action] = []
    while waiting and len(taken) < nombre:
        best = min(waiting, key=lambda a: sum(weight * met.get(trait, 0) for trait, weight in _traits(a)))
        waiting.remove(best)
        taken.append(best)
        _count(best, met)
    return taken


def _count(action: Action, met: dict[str, int]) -> None:
    for trait, _ in _traits(action):
        met[trait] = met.get(trait, 0) + 1


def _traits(action: Action) -> Iterator[tuple[str, int]]:
    """What makes two actions look alike, and how much."""
    yield from ((f"ville {ville.slug}", 12) for ville in action.villes)
    yield from ((f"région {code}", 3) for code in sorted({ville.region for ville in action.villes}))
    yield from ((f"axe {axe}", 1) for axe in action.axes[:1])
    yield from ((f"âge {age}", 1) for age in action.ages[:1])


def _parents(action: Action, thematiques: Vocabulaire) -> set[str]:
    return {_parent(i, thematiques) for i in action.thematiques}


def _parent(identifiant: str, thematiques: Vocabulaire) -> str:
    return thematiques[identifiant].parent or identifiant
