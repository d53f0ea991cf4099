"""``couverture.csv``: the matrices of coverage as a table that French spreadsheets open as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspiractions.base.encoding import make_csv
from inspiractions.base.outputs import Fichier
from inspiractions.model.banque import Banque
from inspiractions.story.coverage import Case, Matrice, Rangee, make_matrices

_TETE = ("Âge", "Axe", "Quartiers prioritaires", "Actions")


def make_tableaux(banque: Banque) -> Iterator[Fichier]:
    """The file, to stand beside the page."""
    yield Fichier("couverture.csv", tableau(make_matrices(banque)).encode())


def tableau(matrices: Iterable[Matrice]) -> str:
    """A line a cell, totals included (« Ensemble »)."""
    return make_csv((_TETE, *_lignes(matrices)))


def _lignes(matrices: Iterable[Matrice]) -> Iterator[tuple[str, ...]]:
    for matrice in matrices:
        qpv = matrice.qpv.court if matrice.qpv else "Ensemble"
        for case in (case for rangee in (*matrice.rangees, matrice.totaux) for case in _cases(rangee)):
            age, axe = (terme.court if terme else "Ensemble" for terme in (case.age, case.axe))
            yield age, axe, qpv, str(case.nombre)


def _cases(rangee: Rangee) -> tuple[Case, ...]:
    return (*rangee.cases, rangee.total)
