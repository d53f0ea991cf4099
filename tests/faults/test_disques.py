"""A disk that is full, closed, or holds something else: one French sentence, the old site as it was, and all is well after."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import longueur
from tests.faults.atelier import COMMANDE, Arbre, Fin, Projet, arbre, ecarts

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

Monter = Callable[..., None]
# What Python and the system say when nobody translates them.
_ANGLAIS = re.compile(r"\b(?:No such|Read-only|[Pp]ermission denied|[Ee]rror|Errno|File exists|directory|too large)\b")


@pytest.fixture
def monter() -> Iterator[Monter]:
    """Mounts a file system in memory on a folder, or changes the options of one that is there."""
    mounted: list[Path] = []

    def monter(folder: Path, options: str) -> None:
        if folder in mounted:
            subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)
            return
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("monter un disque d’essai demande d’être root")
        mounted.append(folder)

    yield monter
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _poids(folder: Path) -> int:
    """What a folder takes in memory, in KiB: whole pages."""
    return sum(4 * -(-path.stat().st_size // 4096) for path in folder.rglob("*") if path.is_file())


def _refuse(fin: Fin, *dits: str) -> None:
    assert fin.code == 2, fin.dit
    assert not _ANGLAIS.search(fin.dit), fin.dit
    assert all(dit in fin.dit for dit in dits), fin.dit
    assert len(fin.dit.strip().splitlines()) == 1, fin.dit


@pytest.mark.parametrize("part", [0.6, 0.01][: longueur(1, 2)])
def test_le_disque_du_site_est_plein(
    change: Projet, site_change: Arbre, monter: Monter, tmp_path: Path, part: float
) -> None:
    projet, disque = change, tmp_path / "disque"
    monter(disque, "size=400m")
    site = disque / "site"
    subprocess.run(["cp", "-r", str(projet.site), str(site)], check=True)
    avant, poids = arbre(site), _poids(site)
    monter(disque, f"size={int(poids * (1 + part))}k")
    fin = projet.construire("--site", str(site))
    _refuse(fin, "plus de place sur le disque")
    assert ecarts(arbre(site), avant) == []
    assert [path.name for path in disque.iterdir()] == ["site"]
    monter(disque, "size=400m")
    _va_bien(projet, site, site_change)


def test_le_disque_de_travail_est_plein(change: Projet, site_change: Arbre, monter: Monter) -> None:
    projet = change
    avant = arbre(projet.site)
    monter(projet.root / "build", "size=600k")
    _refuse(projet.construire(), "plus de place sur le disque")
    if longueur(0, 1):
        _refuse(projet.construire(leger=False), "plus de place sur le disque")
    assert ecarts(arbre(projet.site), avant) == []
    assert projet.restes() == []
    monter(projet.root / "build", "size=400m")
    _va_bien(projet, projet.site, site_change)


@pytest.mark.parametrize("octets", [20480, 512][: longueur(1, 2)])
def test_le_systeme_limite_les_fichiers(change: Projet, site_change: Arbre, octets: int) -> None:
    """What a quota does, where nobody is root."""
    projet = change
    avant = arbre(projet.site)
    limit = ("sh", "-c", f'ulimit -f {octets // 512}; exec "$@"', "sh", *COMMANDE)
    _refuse(projet.construire(tete=limit), "limite la taille des fichiers")
    assert ecarts(arbre(projet.site), avant) == []
    assert projet.restes() == []
    _va_bien(projet, projet.site, site_change)


@pytest.mark.parametrize("ferme", ["disque/site", "projet/build"])
def test_un_dossier_en_lecture_seule(
    change: Projet, site_change: Arbre, monter: Monter, tmp_path: Path, ferme: str
) -> None:
    projet = change
    disque = (tmp_path / ferme).parent if "site" in ferme else tmp_path / ferme
    site = tmp_path / "disque" / "site" if "site" in ferme else projet.site
    if os.geteuid():
        disque.mkdir(exist_ok=True)
        subprocess.run(["cp", "-r", str(projet.site), str(site)], check="site" in ferme)
        subprocess.run(["chmod", "-R", "a-w", str(disque)], check=True)
    else:
        monter(disque, "size=400m")
        if "site" in ferme:
            subprocess.run(["cp", "-r", str(projet.site), str(site)], check=True)
        monter(disque, "ro")
    avant = arbre(site)
    fin = projet.construire("--site", str(site))
    _refuse(fin, str(disque))
    assert "lecture seule" in fin.dit or "pas le droit" in fin.dit
    assert ecarts(arbre(site), avant) == []
    if os.geteuid():
        subprocess.run(["chmod", "-R", "u+w", str(disque)], check=True)
    else:
        monter(disque, "rw")
    _va_bien(projet, site, site_change)


@pytest.mark.parametrize("nom", ["site", "build", "build/frame", ".site.nouveau", ".site.verrou"])
def test_autre_chose_a_sa_place(modele: Projet, tmp_path: Path, nom: str) -> None:
    """A file where a folder should be, or the reverse: the sentence names it, and nothing is taken away."""
    projet = modele.copie(tmp_path / "projet")
    place = projet.root / nom
    place.parent.mkdir(exist_ok=True)
    if nom == ".site.verrou":
        place.mkdir()
    else:
        place.write_text("à moi")
    fin = projet.construire()
    _refuse(fin, str(place))
    assert "ôtez-le" in fin.dit or "--site" in fin.dit
    assert place.is_dir() or place.read_text() == "à moi"
    place.rmdir() if place.is_dir() else place.unlink()
    if longueur(0, 1):
        _va_bien(projet, projet.site, arbre(modele.site))


def _va_bien(projet: Projet, site: Path, attendu: Arbre) -> None:
    fin = projet.construire("--site", str(site))
    assert fin.code == 0, fin.dit
    assert ecarts(arbre(site), attendu) == []
    assert projet.restes() == []
