"""The wheel in an empty environment: a bank begun, checked, built and fed from any folder, without the repository."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import docx
import pytest

from inspiractions.base.files import PROJECT

# What a city writes beside the question of that name.
_ANSWERS = {
    "Nom de l’action": "Le jardin du port",
    "Ville": "Nantes",
    "Porteur ou pilote": "Ville de Nantes",
    "Période": "2024",
    "Déroulé": "Les habitants plantent le samedi.",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as « pip install » would build it."""
    folder = tmp_path_factory.mktemp("roue")
    said = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(said, cwd=PROJECT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``inspiractions`` in an environment of its own; the other packages are those of this one."""
    place = tmp_path_factory.mktemp("environnement")
    venv.create(place)
    python = place / "bin" / "python"
    said = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        str(wheel),
    ]
    subprocess.run(said, check=True, capture_output=True)
    (packages,) = (place / "lib").glob("python*/site-packages")
    (packages / "autres.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return place / "bin" / "inspiractions"


def _run(command: Path, *words: str, cwd: Path) -> str:
    ran = subprocess.run([command, *words], cwd=cwd, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_wheel_carries_the_product_and_no_fiche(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for part in (
        "docs/assets/js/search/engine.js",
        "templates/pages/recit.html.j2",
        "referentiels/communes.csv",
        "vocabulaire/axes.yml",
        "formulaires",
        "mkdocs.yml",
    ):
        assert any(name.startswith(f"inspiractions/produit/{part}") for name in names), part
    assert not [
        name
        for name in names
        if re.search(r"(^|/)(actions|dossiers)/[^/]+\.md$", name)
        and "/templates/banque/" not in name
        and not name.startswith("inspiractions/produit/docs/")
    ]
    assert wheel.stat().st_size < 5_000_000


def test_a_bank_lives_without_the_repository(wheel: Path, command: Path, tmp_path: Path) -> None:
    where = tmp_path / "ailleurs"
    where.mkdir()
    assert "2 fiches d’exemple" in _run(command, "init", "banque", "--nom", "Santé Nord", cwd=where)
    bank = where / "banque"
    # It takes along what it was begun with: elsewhere « make site » installs that.
    (package,) = (bank / "paquet").iterdir()
    assert (bank / "requirements.txt").read_text("utf-8") == f"./paquet/{package.name}\n"
    assert package.read_bytes() == wheel.read_bytes()
    # From the folder of the bank, and from one inside it, without a word on where it is.
    assert "2 actions publiées, rien à corriger" in _run(command, "check", cwd=bank)
    built = _run(command, "build", "--leger", cwd=bank / "docs")
    assert "2 récits" in built
    home = (bank / "site" / "index.html").read_text("utf-8")
    assert "<title>Santé Nord – la banque d’expériences</title>" in home
    # A city answers.
    _run(command, "formulaire", "premier-recueil", "-o", "reponse.docx", "--root", str(bank), cwd=where)
    _fill(where / "reponse.docx")
    _run(command, "import", "reponse.docx", "--root", str(bank), cwd=where)
    (draft,) = [
        text for path in (bank / "actions").glob("*.md") if "statut: brouillon" in (text := path.read_text("utf-8"))
    ]
    assert "titre: Le jardin du port" in draft
    assert "villes: [Nantes]" in draft
    assert "Les habitants plantent le samedi." in draft
    # Nothing of it was read in the repository, and nothing written there.
    shown = subprocess.run(
        [command.with_name("python"), "-c", "from inspiractions.base.files import PROJECT; print(PROJECT)"],
        capture_output=True, text=True, check=True, cwd=where,
    )  # fmt: skip
    assert Path(shown.stdout.strip()).is_relative_to(command.parents[1])


def _fill(path: Path) -> None:
    document = docx.Document(str(path))
    cells = {row.cells[0].text.strip(" :"): row.cells[-1] for table in document.tables for row in table.rows}
    for question, answer in _ANSWERS.items():
        cells[question].text = answer
    document.save(str(path))


def test_init_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from inspiractions.cli.main import main

    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "a.txt").write_text("a", "utf-8")
    for words, said in (
        (["plein", "--nom", "A"], "n’est pas un dossier vide"),
        (["b", "--nom", "…"], "« … » n’est pas un nom"),
        (["b", "--nom", "<b>"], "ni « < »"),
        (["b", "--nom", "A", "--url", "exemple"], "« exemple » n’est pas une adresse"),
        (["b", "--nom", "A", "--courriel", "a b"], "« a b » n’est pas une adresse de courriel"),
    ):
        assert main(["init", str(tmp_path / words[0]), *words[1:]]) == 2
        assert said in capsys.readouterr().err
        assert not (tmp_path / "b").exists()
