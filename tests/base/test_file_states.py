"""Un fichier dont l’état n’a pas changé n’est pas relu ; ce qui a pu changer sans que cela se voie l’est."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from inspiractions.base import memo as module
from inspiractions.base.memo import FileStates, Memo

CLE = b"cle"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "fiches"
    folder.mkdir()
    for name in ("un.md", "deux.md"):
        (folder / name).write_text(f"{name} ancien", "utf-8")
    (folder / "lien.md").symlink_to("un.md")
    return folder


@pytest.fixture
def ancien(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qui a changé voilà 20 ms est ancien : assez pour l’horloge des disques d’ici."""
    monkeypatch.setattr(module, "_COARSE", 20_000_000)
    time.sleep(0.05)


def _look(folder: Path) -> Mapping[str, bytes | None]:
    """Les clés connues de chaque fichier, puis toutes apprises."""
    memo = Memo(folder.parent / "memoire.sqlite", b"")
    states = FileStates(folder, memo)
    paths = sorted(folder.glob("*.md"))
    known = {path.stem: states.key_of(path) for path in paths}
    for path in paths:
        states.learn(path, CLE)
    states.keep()
    memo.close()
    return known


def test_ce_qui_est_reste_le_meme_n_est_pas_relu(dossier: Path, ancien: None) -> None:
    assert _look(dossier) == {"un": None, "deux": None, "lien": None}
    assert _look(dossier) == {"un": CLE, "deux": CLE, "lien": None}
    assert _look(dossier) == {"un": CLE, "deux": CLE, "lien": None}


def test_ce_qui_vient_de_changer_est_relu(dossier: Path) -> None:
    _look(dossier)
    assert set(_look(dossier).values()) == {None}


def test_une_heure_remise_n_y_fait_rien(dossier: Path, ancien: None) -> None:
    _look(dossier)
    before = (dossier / "un.md").stat()
    (dossier / "un.md").write_text("un.md nouvea", "utf-8")
    os.utime(dossier / "un.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    after = (dossier / "un.md").stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)
    assert _look(dossier) == {"un": None, "deux": CLE, "lien": None}


def test_un_autre_fichier_du_meme_nom_est_relu(dossier: Path, ancien: None) -> None:
    _look(dossier)
    (dossier / "deux.md").replace(dossier / "un.md")
    assert _look(dossier) == {"un": None, "lien": None}


def test_une_heure_a_venir_n_est_jamais_crue(dossier: Path, ancien: None) -> None:
    os.utime(dossier / "un.md", (time.time() + 3600,) * 2)
    time.sleep(0.05)
    _look(dossier)
    assert _look(dossier)["un"] is None


def test_derriere_un_lien_tout_est_relu(dossier: Path, ancien: None) -> None:
    _look(dossier)
    dossier.rename(dossier.with_name("ailleurs"))
    dossier.symlink_to("ailleurs")
    assert set(_look(dossier).values()) == {None}
