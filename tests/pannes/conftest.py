"""The small project, made and built once a session."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pannes.atelier import Projet, faire_modele


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
def change(projet: Projet) -> Callable[[], Projet]:
    """Makes the sources of ``projet`` say something new."""

    def change() -> Projet:
        path = next(iter(sorted((projet.root / "actions").glob("*.md"))))
        path.write_text(path.read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")
        return projet

    return change
