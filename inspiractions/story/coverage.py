"""What the bank covers, and the calls for what it lacks.

What it covers: age by age and axis by axis, all actions or those of one answer about priority neighbourhoods.

An action counts in each of its ages and each of its axes; « tous les âges » is a row of its own, as in the explorer, whose
filters count the same way.

The calls for more: the blank form of each campaign that has one, and which of them a city fills in today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import Terme
from inspiractions.story import labels


@dataclass(frozen=True)
class CoverageCell:
    """An age and an axis; ``None`` stands for all of them. ``chemin``: the same actions in the explorer."""

    age: Terme | None
    axe: Terme | None
    nombre: int
    chemin: str


@dataclass(frozen=True)
class CoverageRow:
    """An age, its cells in the order of the axes, and how many actions it has in all."""

    cases: tuple[CoverageCell, ...]
    total: CoverageCell


@dataclass(frozen=True)
class CoverageMatrix:
    """``qpv``: the answer that its actions give, ``None`` for all actions. ``totaux``: how many actions each axis has."""

    qpv: Terme | None
    rangees: tuple[CoverageRow, ...]
    totaux: CoverageRow

    @property
    def cases(self) -> tuple[CoverageCell, ...]:
        """Every cell, row by row, totals apart."""
        return tuple(case for rangee in self.rangees for case in rangee.cases)

    def rarest(self, nombre: int) -> list[CoverageCell]:
        """The cells with the fewest actions, in the order of the matrix."""
        return sorted(self.cases, key=lambda case: case.nombre)[:nombre]


def make_matrices(banque: Banque) -> tuple[CoverageMatrix, ...]:
    """The matrix of all actions, then one for each answer of ``qpv``."""
    return tuple(
        _matrice(banque, qpv) for qpv in (None, *(banque.vocabulaires["qpv"] if banque.facette("qpv") else ()))
    )


def _matrice(banque: Banque, qpv: Terme | None) -> CoverageMatrix:
    actions = [a for a in banque.actions if qpv is None or a.qpv == qpv.id]
    axes = tuple(banque.vocabulaires["axes"])
    rangees = tuple(_rangee(actions, age, axes, qpv) for age in banque.vocabulaires["ages"])
    return CoverageMatrix(qpv, rangees, _rangee(actions, None, axes, qpv))


def _rangee(actions: Sequence[Action], age: Terme | None, axes: Iterable[Terme], qpv: Terme | None) -> CoverageRow:
    return CoverageRow(tuple(_case(actions, age, axe, qpv) for axe in axes), _case(actions, age, None, qpv))


def _case(actions: Sequence[Action], age: Terme | None, axe: Terme | None, qpv: Terme | None) -> CoverageCell:
    nombre = sum((age is None or age.id in a.ages) and (axe is None or axe.id in a.axes) for a in actions)
    return CoverageCell(age, axe, nombre, f"explorer/?{urlencode(list(_filtres(age, axe, qpv)))}")


def _filtres(age: Terme | None, axe: Terme | None, qpv: Terme | None) -> Iterator[tuple[str, str]]:
    for cle, terme in (("age", age), ("axe", axe), ("qpv", qpv)):
        if terme:
            yield cle, terme.id


@dataclass(frozen=True)
class Call:
    """A campaign, and its blank form. ``chemin``: its address from the root of the site; ``size``: in bytes.

    ``ouverte``: answers are still awaited on the day of the last change of the bank, by its ``cloture``.
    """

    terme: Terme
    chemin: str
    size: int
    ouverte: bool

    @property
    def poids(self) -> str:
        """``48 ko``."""
        return labels.poids(self.size)

    @property
    def jusquau(self) -> str:
        """The last day to answer, « 31 janvier 2027 », while the campaign is open; else nothing."""
        return labels.jour(date.fromisoformat(self.terme.cloture)) if self.ouverte else ""

    @property
    def page(self) -> str:
        """Where it is told what is asked, until when, and what becomes of the answers."""
        return f"campagnes/{self.terme.id}/#repondre"


def form_path(campagne: str) -> str:
    """The address of the blank form of a campaign."""
    return f"campagnes/{campagne}/formulaire-{campagne}.docx"


def make_calls(banque: Banque, sizes: Mapping[str, int]) -> dict[str, Call]:
    """By campaign, in the order of the vocabulary. ``sizes``: of the blank forms, by address."""
    last = max((action.date_maj.isoformat() for action in banque.actions), default="")
    return {
        terme.id: Call(terme, path, sizes[path], terme.cloture >= last and bool(terme.cloture))
        for terme, path in _forms(banque)
        if path in sizes
    }


def current(calls: Mapping[str, Call]) -> Call | None:
    """The one that a city is led to: open, and open the longest; with none open, the last one, whose form is still read."""
    return max(calls.values(), key=lambda call: (call.ouverte, call.terme.cloture, call.terme.annee), default=None)


def _forms(banque: Banque) -> Iterator[tuple[Terme, str]]:
    return ((terme, form_path(terme.id)) for terme in banque.vocabulaires["campagnes"])
