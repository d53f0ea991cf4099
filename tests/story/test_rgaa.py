"""The grid of accessibility: 106 criteria, each kind of page in one state, and every evidence a test that exists."""

from __future__ import annotations

import ast
import csv
import io
import shutil
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.exports.tables import make_rgaa_table
from inspiractions.story.rgaa import KINDS, STATES, UnreadableGrid, read_grid


def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_les_cent_six_criteres_ont_un_etat_partout():
    criteria = read_grid(PROJECT)
    assert len(criteria) == len({criterion.numero for criterion in criteria}) == 106
    assert [len({c.theme for c in criteria}), criteria[0].numero, criteria[-1].numero] == [13, "1.1", "13.12"]
    for criterion in criteria:
        kinds = [kind for decision in criterion.decisions for kind in decision.kinds]
        assert sorted(kinds) == sorted(KINDS), criterion.numero
        assert {criterion.state_of(kind) for kind in KINDS} <= set(STATES)


def test_chaque_preuve_est_un_test_qui_existe():
    proofs = {preuve for c in read_grid(PROJECT) for decision in c.decisions for preuve in decision.preuves}
    assert len(proofs) > 15
    missing = set()
    for proof in proofs:
        name, _, test = proof.partition("::")
        path = PROJECT / "tests" / name
        if not test.startswith("test_") or not path.is_file() or test not in functions_of(path):
            missing.add(proof)
    assert missing == set()


def test_rien_n_est_conforme_ni_ecarte_sans_preuve():
    for criterion in read_grid(PROJECT):
        for decision in criterion.decisions:
            assert bool(decision.preuves) == (decision.etat in ("conforme", "non-applicable")), criterion.numero


def test_la_table_dit_la_grille():
    (file,) = make_rgaa_table(PROJECT)
    lines = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(lines) == 106
    for line, criterion in zip(lines, read_grid(PROJECT), strict=True):
        assert [line[nom] for nom in KINDS.values()] == [STATES[criterion.state_of(kind)] for kind in KINDS]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("14.1,toutes,non-teste,,", "« 14.1 » n’est pas un critère"),
        ("1.1,accueil,ok,,", "état « ok » : écrivez conforme"),
        ("1.1,accueil nulle,non-teste,,", "pages « nulle » : écrivez « toutes »"),
        ("1.1,accueil,conforme,,", "« conforme » sans preuve"),
        ("1.1,accueil,non-teste,,\n1.1,toutes,non-teste,,", "« accueil » a déjà un état pour 1.1"),
    ],
)
def test_une_ligne_fausse_se_dit(tmp_path: Path, line: str, message: str):
    (tmp_path / "referentiels").mkdir()
    shutil.copy(PROJECT / "referentiels/rgaa.csv", tmp_path / "referentiels/rgaa.csv")
    (tmp_path / "referentiels/rgaa-grille.csv").write_text(f"critere,pages,etat,preuves,note\n{line}\n", "utf-8")
    with pytest.raises(UnreadableGrid, match=message):
        read_grid(tmp_path)
