"""The small project, made and built once a session."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from tests.faults.atelier import Arbre, Projet, arbre, faire_modele


@pytest.fixture(scope="session")
def modele(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Projet:
    """The project and its light site, made by whichever worker asks first. Nobody writes in it."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent
    with (folder / "modele.verrou").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "modele" / "site").exists():
            projet = faire_modele(folder / "modele")
            fin = projet.construire()
            assert fin.code == 0, fin.dit
    return Projet(folder / "modele")


@pytest.fixture
def projet(modele: Projet, tmp_path: Path) -> Projet:
    """A copy to break, with its site."""
    return modele.copie(tmp_path / "projet", faits=True)


@pytest.fixture
def change(projet: Projet) -> Projet:
    """The same; its sources say something new, of which its site knows nothing."""
    _changer(projet)
    return projet


@pytest.fixture(scope="session")
def site_change(modele: Projet, tmp_path_factory: pytest.TempPathFactory) -> Arbre:
    """The light site of ``change``, made from nothing."""
    neuf = modele.copie(tmp_path_factory.mktemp("change") / "projet")
    _changer(neuf)
    assert neuf.construire().code == 0
    return arbre(neuf.site)


def _changer(projet: Projet) -> None:
    path = sorted((projet.root / "actions").glob("*.md"))[0]
    path.write_text(path.read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")
