"""Whatever becomes of the files under ``build/``, a build gives the bytes of one that starts from nothing."""

from __future__ import annotations

import io
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import longueur
from tests.faults.atelier import DOSSIER, Arbre, Projet, arbre, ecarts
from tests.faults.ecrivain import ecrivain
from tests.faults.fiches import illustrer

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

LONG = pytest.mark.skipif(not longueur(0, 1), reason="forme longue : make soak")


def _avec_contexte(root: Path) -> list[Path]:
    paths = sorted((root / "actions").glob("*.md"))
    return [path for path in paths if "## Contexte\n" in path.read_text("utf-8")]


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


@pytest.mark.parametrize("tour", range(longueur(1, 4)))
def test_chaque_fichier_abime_d_une_autre_maniere(entier: tuple[Projet, Arbre], tour: int) -> None:
    projet, attendu = entier
    hasard = random.Random(tour)
    files = _caches(projet)
    # One in three: a folder keeps sound files beside the others.
    for n, path in enumerate(files):
        if n % longueur(3, 2) == 0:
            _abimer(path, DEGATS[(n // 3 + tour) % len(DEGATS)], hasard)
    fin = projet.construire(leger=False)
    assert fin.code == 0, fin.dit
    assert ecarts(arbre(projet.site), attendu) == []


@LONG
@pytest.mark.parametrize("degat", DEGATS)
def test_tous_les_fichiers_abimes_de_la_meme_maniere(entier: tuple[Projet, Arbre], degat) -> None:
    projet, attendu = entier
    hasard = random.Random(degat.__name__)
    for path in _caches(projet):
        _abimer(path, degat, hasard)
    for _ in range(2):
        fin = projet.construire(leger=False)
        assert fin.code == 0, fin.dit
        assert ecarts(arbre(projet.site), attendu) == []


def test_le_cache_d_un_autre_contenu(modele: Projet, change: Projet, site_change: Arbre, tmp_path: Path) -> None:
    """A work folder that comes from elsewhere, or from before: another site address, other words, another time."""
    autre = modele.copie(tmp_path / "autre", faits=True)
    config = autre.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("https://inspiractions.example/", "https://autre.example/x/"))
    assert autre.construire().code == 0
    shutil.rmtree(change.root / "build")
    shutil.move(autre.root / "build", change.root / "build")
    for path in (change.root / "build").rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    assert change.construire().code == 0
    assert ecarts(arbre(change.site), site_change) == []


def test_un_site_abime_ou_complete_a_la_main(entier: tuple[Projet, Arbre]) -> None:
    """Nothing that somebody did to the site in place is carried into the next one."""
    projet, attendu = entier
    hasard = random.Random(3)
    for path in [path for path in sorted(projet.site.rglob("*")) if path.is_file() and path.name != ".inspiractions"]:
        if hasard.random() < 0.2:
            _abimer(path, hasard.choice(DEGATS), hasard)
    (projet.site / "ajout.html").write_text("<h1>À moi</h1>")
    assert projet.construire(leger=False).code == 0
    assert ecarts(arbre(projet.site), attendu) == []


def test_rien_ne_reste_de_sources_qui_changeaient(projet: Projet, tmp_path: Path) -> None:
    """While a build reads, every kind of source says now this, now that; then they rest: so does what was kept of them."""
    illustrer(projet.root, sorted((projet.root / "actions").glob("*.md"))[0].stem, 5)
    versions = dict(_versions(projet.root))
    for _ in range(longueur(1, 8)):
        with ecrivain(versions, "en un pas"):
            fin = projet.construire()
        assert fin.code in (0, 1, 2), fin.dit
    assert projet.construire().code == 0
    neuf = projet.copie(tmp_path / "neuf")
    assert neuf.construire().code == 0
    assert ecarts(arbre(projet.site), arbre(neuf.site)) == []


def _versions(root: Path) -> Iterator[tuple[Path, tuple[bytes, bytes]]]:
    """Two right versions of some sources, the second to be forgotten."""
    for name, old, new in (
        *((path.relative_to(root).as_posix(), "## Contexte\n", "## Contexte\n\nTout a changé.\n") for path in _avec_contexte(root)[::4]),
        ("docs/a-propos.md", "# À propos\n", "# À propos\n\nTout a changé.\n"),
        ("docs/explorer/index.md", "title: ", "title: Tout a changé, "),
        ("vocabulaire/axes.yml", "libelle_court: Politiques publiques", "libelle_court: Tout a changé"),
        ("templates/pages/recit.html.j2", "</h1>", "</h1><!-- Tout a changé -->"),
        ("templates/theme/main.html", "{% block", "{# Tout a changé #}{% block"),
        ("docs/assets/css/tokens.css", "\n", "\n/* Tout a changé */\n"),
        (DOSSIER, "\n---\n", "\n---\n\nTout a changé.\n"),
    ):  # fmt: skip
        text = (root / name).read_text("utf-8")
        assert old in text, name
        yield root / name, (text.encode(), text.replace(old, new, 1).encode())
    image = next((root / "actions" / "images").rglob("*.png"))
    autre = io.BytesIO()
    Image.radial_gradient("L").resize((900, 400)).save(autre, "PNG")
    yield image, (image.read_bytes(), autre.getvalue())


def _caches(projet: Projet) -> list[Path]:
    """Every file that a build keeps for the next one."""
    return [path for path in sorted((projet.root / "build").rglob("*")) if path.is_file()]


def _abimer(path: Path, degat, hasard: random.Random) -> None:
    autres = [p.read_bytes() for p in sorted(path.parent.iterdir()) if p.is_file() and p != path][:5]
    degat(path, hasard, autres or [b""])
