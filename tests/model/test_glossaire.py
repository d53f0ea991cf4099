from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.model.vocabulaire import load_glossaire


def ecrire(root: Path, texte: str) -> Path:
    (root / "vocabulaire").mkdir()
    (root / "vocabulaire" / "anglais.yml").write_text(texte, "utf-8")
    return root


def test_les_listes_du_projet_sont_justes() -> None:
    glossaire, problems = load_glossaire(PROJECT)
    assert problems == []
    assert glossaire["housing first"] == ("un chez-soi d’abord", "logement d’abord")
    assert glossaire["PMI"] == ("protection maternelle et infantile",)
    assert len(glossaire) >= 3000


def test_un_texte_seul_vaut_une_liste(tmp_path: Path) -> None:
    meanings, problems = load_glossaire(ecrire(tmp_path, "- dit: noise\n  cherche: bruit\n"))
    assert (meanings["noise"], problems) == (("bruit",), [])


@pytest.mark.parametrize(
    ("texte", "ligne", "dit"),
    [
        ("- dit: noise\n", 1, "écrivez « - dit: ce que l’on tape »"),
        (
            "- dit: noise\n  cherche: bruit\n- dit: [sound, noise]\n  cherche: son\n",
            3,
            "« noise » est déjà dit plus haut",
        ),
        ("- noise\n", 1, "écrivez « - dit: ce que l’on tape »"),
    ],
)
def test_une_entree_fautive_est_dite(tmp_path: Path, texte: str, ligne: int, dit: str) -> None:
    (problem,) = load_glossaire(ecrire(tmp_path, texte))[1]
    assert (problem.path, problem.line) == ("vocabulaire/anglais.yml", ligne)
    assert dit in problem.message


def test_sans_ces_listes_rien_ne_manque(tmp_path: Path) -> None:
    (tmp_path / "vocabulaire").mkdir()
    # Each list that the tree does not bring comes with the product.
    assert load_glossaire(tmp_path) == load_glossaire(PROJECT)
