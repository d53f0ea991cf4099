"""The folder of the content: one that has no ``actions/`` is a wrong call; what editors leave there is nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.cli.main import main
from tests.conftest import Ecrire


@pytest.mark.parametrize("commande", ["check", "build", "permaliens"])
def test_sans_actions_l_appel_est_faux(tmp_path: Path, capsys: pytest.CaptureFixture[str], commande: str) -> None:
    assert main([commande, "--root", str(tmp_path)]) == 2
    output = capsys.readouterr()
    assert "n’a pas de dossier actions/" in output.err
    assert output.out == ""
    assert [*tmp_path.iterdir()] == []


def test_ce_que_laissent_les_editeurs_est_ignore(racine: Path, partage: None, ecrire: Ecrire, capsys) -> None:
    fiche = ecrire()
    for folder in ("actions", "dossiers", "enquetes/sej-2024", "docs"):
        (racine / folder).mkdir(parents=True, exist_ok=True)
        for nom in ("._x.md", "~$x.md", "._x.yml", "~$x.yml"):
            if folder != "docs" or nom.startswith("."):
                (racine / folder / nom).write_bytes(b"\x00\x05\x16\x07")
        # The lock of Emacs leads nowhere.
        (racine / folder / f".#{fiche.name}").symlink_to("quelqu-un@machine.1234")
    assert main(["check", "--root", str(racine)]) == 0
    assert "1 action publiée, rien à corriger." in capsys.readouterr().out
