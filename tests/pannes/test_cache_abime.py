"""Whatever becomes of the files under ``build/``, a build gives the bytes of one that starts from nothing."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import longueur
from tests.pannes.atelier import Arbre, Projet, arbre, ecarts

pytestmark = pytest.mark.timeout(900)


def _tronquer(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    path.write_bytes(path.read_bytes()[: hasard.randrange(path.stat().st_size or 1)])


def _vider(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    path.write_bytes(b"")


def _brouiller(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    path.write_bytes(hasard.randbytes(path.stat().st_size))


def _retourner(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    """One bit, as an old disk does."""
    octets = bytearray(path.read_bytes() or b"?")
    octets[hasard.randrange(len(octets))] ^= 1 << hasard.randrange(8)
    path.write_bytes(octets)


def _remplacer(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    path.unlink()
    path.mkdir()
    (path / "dedans").write_text("à moi")


def _fermer(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    """Not for root, who reads all: then a link that leads nowhere."""
    if os.geteuid():
        path.chmod(0)
    else:
        path.unlink()
        path.symlink_to("nulle-part")


def _echanger(path: Path, hasard: random.Random, autres: Sequence[bytes]) -> None:
    """What another file of the same folder holds: whole, and wrong."""
    path.write_bytes(hasard.choice(autres))


def _oter(path: Path, hasard: random.Random, _: Sequence[bytes]) -> None:
    path.unlink()


DEGATS: tuple[Callable[[Path, random.Random, Sequence[bytes]], None], ...] = (
    _tronquer, _vider, _brouiller, _retourner, _remplacer, _fermer, _echanger, _oter,
)  # fmt: skip


@pytest.fixture(scope="module")
def entier(modele: Projet, tmp_path_factory: pytest.TempPathFactory) -> tuple[Projet, Arbre]:
    """The project with its PDFs and images of sharing, and what its site must be, whatever happens."""
    projet = modele.copie(tmp_path_factory.mktemp("cache") / "projet", faits=True)
    assert projet.construire(leger=False).code == 0
    return projet, arbre(projet.site)


@pytest.mark.parametrize("tour", range(longueur(1, len(DEGATS))))
def test_chaque_fichier_abime_d_une_autre_maniere(entier: tuple[Projet, Arbre], tour: int) -> None:
    projet, attendu = entier
    hasard = random.Random(tour)
    files = [path for path in sorted((projet.root / "build").rglob("*")) if path.is_file()]
    # One in three: a folder keeps sound files beside the others.
    for n, path in enumerate(files):
        if n % longueur(3, 2) == 0:
            _abimer(path, DEGATS[(n // 3 + tour) % len(DEGATS)], hasard)
    fin = projet.construire(leger=False)
    assert fin.code == 0, fin.dit
    assert ecarts(arbre(projet.site), attendu) == []


@pytest.mark.parametrize("degat", DEGATS[: longueur(0, len(DEGATS))])
def test_tous_les_fichiers_abimes_de_la_meme_maniere(entier: tuple[Projet, Arbre], degat) -> None:
    projet, attendu = entier
    hasard = random.Random(degat.__name__)
    for path in [path for path in sorted((projet.root / "build").rglob("*")) if path.is_file()]:
        _abimer(path, degat, hasard)
    for _ in range(2):
        fin = projet.construire(leger=False)
        assert fin.code == 0, fin.dit
        assert ecarts(arbre(projet.site), attendu) == []


def test_le_cache_d_un_autre_contenu(modele: Projet, change: Callable[[], Projet], tmp_path: Path) -> None:
    """A work folder that comes from elsewhere, or from before: another site address, other words, another time."""
    autre = modele.copie(tmp_path / "autre", faits=True)
    config = autre.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("https://inspiractions.example/", "https://autre.example/x/"))
    assert autre.construire().code == 0
    projet = change()
    attendu = projet.copie(tmp_path / "neuf")
    assert attendu.construire().code == 0
    shutil.rmtree(projet.root / "build")
    shutil.move(autre.root / "build", projet.root / "build")
    for path in (projet.root / "build").rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert projet.construire().code == 0
    assert ecarts(arbre(projet.site), arbre(attendu.site)) == []


def _abimer(path: Path, degat, hasard: random.Random) -> None:
    autres = [beside.read_bytes() for beside in sorted(path.parent.iterdir()) if beside.is_file() and beside != path]
    degat(path, hasard, autres or [b""])
