"""Files that people keep: whole or not at all, and nothing of the package writes them in any other way."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT, open_whole, write_new, write_whole
from inspiractions.cli.main import main

# Who writes by itself, and what: nobody keeps any of it.
_OWN_WAY = {
    "inspiractions/base/files.py": "is the way",
    "inspiractions/build/site_folder.py": "the site beside the one in place, and the record of it, under a digest",
    "inspiractions/exports/inventory.py": "the site beside the one in place",
    "inspiractions/base/memo.py": "the cache, under a digest; its secret, made once: one that is not whole is as good as none",
    "inspiractions/build/staging.py": "an empty lock",
    "inspiractions/theme/assets.py": "the pages as MkDocs left them, made anew where anything changed",
    "inspiractions/theme/frames.py": "in the working folder: the pages that the engine is to render",
    "inspiractions/theme/languages.py": "in the working folder: templates and scripts in another language",
    "inspiractions/theme/zensical.py": "in the working folder: all that Zensical reads, and what it left",
}
_MODE = re.compile(r"[wxa][bt+]*|r[bt]?\+[bt]?")
_OPENS = ("open", "fdopen", "ZipFile", "TarFile", "GzipFile")
_WRITES = ("write_text", "write_bytes", "touch", "copyfile", "copy", "copy2", "symlink_to")


def _writes(source: str) -> Iterator[int]:
    """The lines where a file is written."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if name in _WRITES and (name != "copy" or (isinstance(owner, ast.Name) and owner.id == "shutil")):
            yield call.lineno
        values = (*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode"))
        modes = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
        if name in _OPENS and any(_MODE.fullmatch(mode) for mode in modes):
            yield call.lineno


@pytest.mark.parametrize(
    ("source", "ecrit"),
    [
        ("path.write_text(x)", True), ("path.write_bytes(x)", True), ("path.open('w')", True), ("open(p, mode='ab')", True),
        ("zipfile.ZipFile(p, 'w')", True), ("shutil.copy(a, b)", True), ("path.open('r+b')", True), ("path.open('rb')", False), ("path.open()", False),
        ("open('war')", False), ("environ.copy()", False), ("write_whole(path, x)", False),
    ],
)  # fmt: skip
def test_ce_qui_ecrit_se_voit(source: str, ecrit: bool) -> None:
    assert bool(list(_writes(source))) is ecrit


def test_ce_qu_on_garde_passe_par_writing() -> None:
    places = {
        f"{path.relative_to(PROJECT).as_posix()}:{line}"
        for path in sorted((PROJECT / "inspiractions").rglob("*.py"))
        if path.relative_to(PROJECT).as_posix() not in _OWN_WAY
        for line in _writes(path.read_text("utf-8"))
    }
    # Into memory, into a folder that goes, into a file that writing.py opened.
    assert {where.partition(":")[0] for where in places} == {
        "inspiractions/forms/blank.py",
        "inspiractions/forms/reading/unpack.py",  # an attachment, what LibreOffice made of it
        "inspiractions/forms/rereading/form.py",
        "inspiractions/documents/archive.py",
    }
    assert len(places) == 6, places


def test_ecrire_fait_le_dossier_et_garde_les_droits(tmp_path: Path) -> None:
    path = tmp_path / "neuf" / "encore" / "a.txt"
    write_whole(path, "un")
    path.chmod(0o640)
    write_whole(path, b"deux")
    assert path.read_text() == "deux"
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(FileExistsError):
        write_new(path, "trois")
    write_new(path.with_name("b.txt"), "quatre")
    assert {p.name: p.read_text() for p in path.parent.iterdir()} == {"a.txt": "deux", "b.txt": "quatre"}


def test_une_ecriture_arretee_laisse_l_ancien(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_text("ancien")
    with pytest.raises(KeyboardInterrupt), open_whole(path) as file:  # noqa: PT012
        file.write(b"moi")
        raise KeyboardInterrupt
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.zip": "ancien"}


def test_un_lien_et_un_tube_restent_ce_qu_ils_sont(tmp_path: Path) -> None:
    (tmp_path / "vrai.txt").write_text("ancien")
    (tmp_path / "lien.txt").symlink_to("vrai.txt")
    write_whole(tmp_path / "lien.txt", "neuf")
    assert (tmp_path / "lien.txt").is_symlink()
    assert (tmp_path / "vrai.txt").read_text() == "neuf"
    os.mkfifo(tmp_path / "tube")
    reader = os.open(tmp_path / "tube", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "tube", "neuf")
    assert os.read(reader, 9) == b"neuf"
    os.close(reader)
    assert (tmp_path / "tube").is_fifo()


def test_un_dossier_a_la_place_se_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formulaire", "sej-2024", "-o", str(tmp_path)]) == 2
    assert f"({tmp_path}) : un dossier se trouve là où il faut un fichier" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_recueil_fait_le_dossier_ou_il_ecrit(ecrire, partage: None, racine: Path) -> None:
    ecrire()
    pdf = racine / "neuf" / "r.pdf"
    assert main(["recueil", "aubervilliers-marche", "--root", str(racine), "-o", str(pdf)]) == 0
    assert pdf.read_bytes().startswith(b"%PDF")
