"""Every mistake at once (``tests/rules/fautes``): the exact messages, and nothing written while one remains."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from inspiractions.base.problem import as_text
from inspiractions.build.site import build, load_and_check
from inspiractions.cli.main import main

FAUTES = Path(__file__).parent / "fautes"
ATTENDU = FAUTES / "attendu.txt"


@pytest.fixture
def fautes(racine: Path) -> Path:
    for folder in ("actions", "dossiers"):
        shutil.copytree(FAUTES / folder, racine / folder, dirs_exist_ok=True)
    (racine / "actions" / "trop-gros.md").write_text("---\ntitre: Trop gros\n---\n" + "x" * 5_000_000)
    (racine / "actions" / "images" / "images-lues" / "lourde.png").write_bytes(b"x" * 1_200_000)
    return racine


def test_chaque_faute_a_son_message(fautes: Path, partage: None) -> None:
    messages = as_text(load_and_check(fautes)[1]) + "\n"
    if os.environ.get("MAJ_ATTENDUS"):
        ATTENDU.write_text(messages, "utf-8")
    assert messages == ATTENDU.read_text("utf-8")


def test_chaque_fichier_fautif_est_nomme(fautes: Path) -> None:
    attendu = ATTENDU.read_text("utf-8")
    muets = [p.name for p in (fautes / "actions").glob("*.md") if f"actions/{p.name}:" not in attendu]
    # The first of two twins is right until the second comes.
    assert muets == ["jumelle-a.md"]
    assert [p.name for p in (fautes / "dossiers").glob("*.md") if f"dossiers/{p.name}:" not in attendu] == []


def test_check_sort_en_1_et_n_ecrit_rien(fautes: Path, partage: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = _empreintes(fautes)
    assert main(["check", "--root", str(fautes)]) == 1
    assert capsys.readouterr().out == ATTENDU.read_text("utf-8")
    assert _empreintes(fautes) == before


def test_build_sort_en_1_et_le_dernier_site_reste(fautes: Path, partage: None, site: Path) -> None:
    dernier = fautes / "site"
    shutil.copytree(site, dernier)
    before = _empreintes(fautes)
    assert main(["build", "--root", str(fautes)]) == 1
    assert _empreintes(fautes) == before
    assert build(fautes, fautes / "neuf", fautes / "travail").problems
    assert not (fautes / "neuf").exists()


def _empreintes(folder: Path) -> dict[str, str]:
    """Of all but ``build/``, where commands keep what they may need again."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] != "build")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
