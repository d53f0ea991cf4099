"""What the bank covers: age by age and axis by axis, all actions or those of one answer about priority neighbourhoods.

An action counts in each of its ages and each of its axes; « tous les âges » is a row of its own, as in the explorer, whose
filters count the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import Terme


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
