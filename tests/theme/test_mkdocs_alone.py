"""« mkdocs build », « serve » and « gh-deploy » in a copy of the repository publish nothing, and say what to write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.theme.mkdocs import read_settings

_HOOKS = "hooks: [build_site.py]\n"


@pytest.fixture(scope="module")
def copie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What MkDocs reads of the repository, and the package as a wheel would be seen: by its entry point."""
    folder = tmp_path_factory.mktemp("copie")
    for name in ("docs", "templates", "inspiractions"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "build_site.py", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    return folder


def _mkdocs(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # As the program « mkdocs » does, without the folder among what is imported from.
    return subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", command],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def _published(folder: Path) -> list[str]:
    return [path.as_posix() for path in (folder / "build", folder / "site", folder / ".git") if path.exists()]


@pytest.mark.parametrize("commande", ["build", "serve", "gh-deploy"])
def test_mkdocs_seul_s_arrete_et_dit_quoi_ecrire(copie: Path, commande: str) -> None:
    run = _mkdocs(copie, commande)
    assert run.returncode == 1
    assert f"« mkdocs {commande} »" in run.stderr
    assert f"python build_site.py {commande.replace('gh-deploy', 'build')}" in run.stderr
    assert "Traceback" not in run.stderr
    assert _published(copie) == []


def test_sans_l_arret_mkdocs_se_mettrait_a_rendre(copie: Path, tmp_path: Path) -> None:
    """The proof that it is the hook that stops it, and that the copy is one that MkDocs reads."""
    shutil.copytree(copie, tmp_path / "sans")
    reglages = tmp_path / "sans" / "mkdocs.yml"
    texte = reglages.read_text("utf-8")
    assert _HOOKS in texte
    reglages.write_text(texte.replace(_HOOKS, ""), "utf-8")
    run = _mkdocs(tmp_path / "sans", "build")
    assert "Building documentation to directory" in run.stderr
    assert _published(tmp_path / "sans") != []
    assert "rien n’a été fait" not in run.stderr


def test_le_greffon_arrete_mkdocs_la_ou_le_paquet_est_installe(copie: Path, tmp_path: Path) -> None:
    banque, lieu = tmp_path / "banque", tmp_path / "lieu"
    (banque / "docs").mkdir(parents=True)
    (banque / "docs" / "index.md").write_text("# Accueil\n", "utf-8")
    (banque / "mkdocs.yml").write_text("site_name: A\nplugins: [inspiractions]\n", "utf-8")
    shutil.copytree(copie / "inspiractions", lieu / "inspiractions")
    (lieu / "inspiractions-1.0.0.dist-info").mkdir()
    (lieu / "inspiractions-1.0.0.dist-info" / "METADATA").write_text("Name: inspiractions\nVersion: 1.0.0\n", "utf-8")
    declared = (PROJECT / "pyproject.toml").read_text("utf-8").split('[project.entry-points."mkdocs.plugins"]\n')[1]
    name, _, target = declared.splitlines()[0].partition(" = ")
    (lieu / "inspiractions-1.0.0.dist-info" / "entry_points.txt").write_text(
        f"[mkdocs.plugins]\n{name} = {target.strip(chr(34))}\n", "utf-8"
    )
    run = _mkdocs(banque, "build", PYTHONPATH=str(lieu))
    assert (run.returncode, "inspiractions build" in run.stderr, "Traceback" in run.stderr) == (1, True, False)
    assert _published(banque) == []
    # Our own commands read the same file.
    assert read_settings(banque).site_name == "A"
