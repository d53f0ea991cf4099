from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from inspiractions.exports.tables import tableau
from inspiractions.model.banque import Banque, load_banque
from inspiractions.model.vocabulaire import Terme
from inspiractions.story.coverage import CoverageCell, CoverageMatrix, CoverageRow, make_matrices


@pytest.fixture
def matrices(ecrire, partage: None, racine: Path) -> tuple[CoverageMatrix, ...]:
    ecrire("a", ages="[0-3, 4-11]", axes="[action-communautaire]", qpv="oui")
    ecrire("b", ages="[4-11]", axes="[action-communautaire, services-de-sante]", qpv="non")
    ecrire("c", ages="[tous]", axes="[politiques-publiques]", qpv="inconnu")
    ecrire("d", ages="[4-11]", axes="[services-de-sante]", qpv="oui", statut="brouillon")
    return make_matrices(load_banque(racine)[0])


def _nombres(matrice: CoverageMatrix) -> list[list[int]]:
    rangees = (*matrice.rangees, matrice.totaux)
    return [[*(case.nombre for case in rangee.cases), rangee.total.nombre] for rangee in rangees]


def test_chaque_case_compte_les_actions_de_son_age_et_de_son_axe(matrices: tuple[CoverageMatrix, ...]) -> None:
    vide = [0, 0, 0, 0, 0, 0]
    toutes, oui, non, inconnu = matrices
    assert [m.qpv.id if m.qpv else None for m in matrices] == [None, "oui", "non", "inconnu"]
    assert _nombres(toutes) == [
        [0, 0, 1, 0, 0, 1],
        [0, 0, 2, 0, 1, 2],
        *[vide] * 4,
        [1, 0, 0, 0, 0, 1],
        [1, 0, 2, 0, 1, 3],
    ]
    assert _nombres(oui) == [[0, 0, 1, 0, 0, 1], [0, 0, 1, 0, 0, 1], *[vide] * 5, [0, 0, 1, 0, 0, 1]]
    assert _nombres(non) == [vide, [0, 0, 1, 0, 1, 1], *[vide] * 5, [0, 0, 1, 0, 1, 1]]
    assert _nombres(inconnu) == [*[vide] * 6, [1, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 1]]


def test_chaque_case_mene_a_ses_actions(matrices: tuple[CoverageMatrix, ...]) -> None:
    toutes, oui, *_ = matrices
    assert toutes.cases[2].chemin == "explorer/?age=0-3&axe=action-communautaire"
    assert oui.cases[2].chemin == "explorer/?age=0-3&axe=action-communautaire&qpv=oui"
    assert oui.rangees[5].total.chemin == "explorer/?age=65-plus&qpv=oui"
    assert toutes.totaux.cases[0].chemin == "explorer/?axe=politiques-publiques"


def test_les_cases_les_plus_vides_d_abord(matrices: tuple[CoverageMatrix, ...]) -> None:
    rares = [(c.age.id, c.axe.id, c.nombre) for c in matrices[0].rarest(32) if c.age and c.axe]
    assert rares[:2] == [("0-3", "politiques-publiques", 0), ("0-3", "environnements-favorables", 0)]
    assert rares[-1] == ("0-3", "action-communautaire", 1)


def test_les_sommes_de_la_banque_reelle(banque_reelle: Banque) -> None:
    toutes, *par_qpv = make_matrices(banque_reelle)
    assert toutes.totaux.total.nombre == len(banque_reelle.actions)
    for i, case in enumerate(toutes.cases):
        assert case.nombre == sum(matrice.cases[i].nombre for matrice in par_qpv)


def test_le_csv_s_ouvre_dans_un_tableur(matrices: tuple[CoverageMatrix, ...]) -> None:
    text = tableau(matrices)
    assert text.startswith('\ufeff"Âge";"Axe";"Quartiers prioritaires";"Actions"\r\n')
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    # Seven ages and their total, five axes and theirs, four ways to count.
    assert len(rows) == 1 + 8 * 6 * 4
    assert ["4-11 ans", "Action communautaire", "Ensemble", "2"] in rows
    assert ["Ensemble", "Services de santé", "Hors quartier prioritaire", "1"] in rows


def test_le_csv_n_est_pas_execute() -> None:
    age = Terme("a", '=SUM("A1")', "", "", 0)
    case = CoverageCell(age, None, 1, "")
    matrice = CoverageMatrix(Terme("oui", "En quartier prioritaire", "", "", 0), (), CoverageRow((), case))
    assert tableau([matrice]).splitlines()[1] == '"\'=SUM(""A1"")";"Ensemble";"En quartier prioritaire";"1"'


def test_le_csv_d_une_banque_sans_qpv() -> None:
    matrice = CoverageMatrix(None, (), CoverageRow((), CoverageCell(None, None, 1, "")))
    assert tableau([matrice]).removeprefix("\ufeff").splitlines() == [
        '"Âge";"Axe";"Actions"',
        '"Ensemble";"Ensemble";"1"',
    ]
