"""What a secretariat runs works without ``make`` and without what only Unix has, on a console that lacks signs.

The workflow runs this file on Windows and macOS, too (.github/workflows/verification.yml).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from tests.conftest import fiche

_WORD = PROJECT / "tests/forms/cas"
_ANSWERS = """\
titre: Un banc à l’ombre
resume: La ville pose des bancs à l’ombre sur le chemin du marché.
villes: [Aubervilliers]
"""


def _run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.cli.sans_unix", *words, "--root", str(root)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        encoding="cp1252",
        timeout=300,
        check=False,
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions" / "aubervilliers-marche.md").write_bytes(fiche().encode())
    return tmp_path


def test_verifier(content: Path) -> None:
    done = _run(content, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "rien à corriger" in done.stdout


def test_formulaire_vierge(content: Path, tmp_path: Path) -> None:
    campagne = next((PROJECT / "formulaires").glob("*.yml")).stem
    done = _run(content, "formulaire", campagne, "-o", str(tmp_path / "vierge.docx"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "vierge.docx").read_bytes().startswith(b"PK")


def test_nouvelle_fiche(content: Path, tmp_path: Path) -> None:
    (tmp_path / "reponses.yml").write_bytes(_ANSWERS.encode())
    done = _run(content, "new", "--depuis", str(tmp_path / "reponses.yml"))
    assert "Traceback" not in done.stderr
    written = [path for path in (content / "actions").glob("*.md") if path.stem != "aubervilliers-marche"]
    assert len(written) == 1
    assert "Un banc à l’ombre" in written[0].read_text("utf-8")
    # Lines end as in the repository, whatever the machine.
    assert b"\r" not in written[0].read_bytes()


def test_import_d_un_formulaire(content: Path) -> None:
    form = sorted(_WORD.rglob("*.docx"))[0]
    done = _run(content, "import", str(form))
    assert done.returncode == 0, done.stderr
    assert len(list((content / "actions").glob("*.md"))) > 1
    assert list((content / "comptes-rendus").glob("*.md"))


def test_relecture(content: Path, tmp_path: Path) -> None:
    done = _run(content, "relecture", "aubervilliers-marche", "-o", str(tmp_path / "envoi"))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "envoi").rglob("*.docx"))
