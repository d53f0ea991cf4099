"""A build that is killed, whenever it is: the site is the old one or the new one, whole, and the next build ends well."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import longueur
from tests.faults.atelier import ICI, Arbre, Projet, arbre, ecarts

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

_ALEA = random.Random(2026)
# By the clock, as it comes; then by the writes: the record of the new site, the two sites that have changed places, the
# first ones; then anywhere.
_INSTANTS = [_ALEA.uniform(0.1, 0.95) for _ in range(longueur(2, 12))]
_LIEUX = [
    ".part+1",
    ".part+2",
    ".part+3",
    ".nouveau+30",
    ".nouveau+2",
    ".nouveau+90",
]
_ECRITURES = [_ALEA.uniform(0.02, 0.98) for _ in range(longueur(0, 12))]
_COUPS = [*_INSTANTS, *_LIEUX[: longueur(4, 6)], *(f"{part:.3f}" for part in _ECRITURES)]


@dataclass
class Chantier:
    """A project that goes from one state of its sources to another and back; ``secondes``: how long a build takes."""

    projet: Projet
    etats: list[Projet]
    folder: Path
    secondes: float = 0
    ecritures: int = 0
    attendus: dict[tuple[int, bool], Arbre] = field(default_factory=dict)
    etat: int = 0

    def avancer(self) -> None:
        """The sources become those of the other state; the site does not know yet."""
        self.etat = 1 - self.etat
        self.projet.prendre(self.etats[self.etat])

    def attendu(self, etat: int, leger: bool) -> Arbre:
        """The site of a state, made from nothing elsewhere."""
        if (etat, leger) not in self.attendus:
            neuf = self.etats[etat].copie(self.folder / "neuf")
            fin = neuf.construire(leger=leger)
            assert fin.code == 0, fin.dit
            self.attendus[etat, leger] = arbre(neuf.site)
            shutil.rmtree(neuf.root)
        return self.attendus[etat, leger]

    def tete(self, where: str) -> tuple[str, ...]:
        """What runs the command and stops it there."""
        return (sys.executable, str(ICI / "coupe.py"), where, str(self.folder / "journal"))


@pytest.fixture(scope="module")
def chantier(modele: Projet, tmp_path_factory: pytest.TempPathFactory) -> Chantier:
    folder = tmp_path_factory.mktemp("coupures")
    projet = modele.copie(folder / "projet", faits=True)
    autre = modele.copie(folder / "autre")
    _changer(autre.root)
    chantier = Chantier(projet, [modele, autre], folder, attendus={(0, True): arbre(modele.site)})
    chantier.avancer()
    start = time.monotonic()
    assert projet.construire(tete=chantier.tete("0")).code == 0
    chantier.secondes = time.monotonic() - start
    chantier.ecritures = len((folder / "journal").read_text("utf-8").splitlines())
    assert ecarts(arbre(projet.site), chantier.attendu(1, True)) == []
    return chantier


def _changer(root: Path) -> None:
    """Something new in each kind of source."""
    actions = sorted((root / "actions").glob("*.md"))
    for path in actions[::3]:
        path.write_text(path.read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")
    for name, old, new in (
        ("docs/a-propos.md", "# À propos", "# À propos de nous"),
        ("vocabulaire/axes.yml", "libelle_court: Politiques publiques", "libelle_court: Politiques"),
        ("mkdocs.yml", "https://inspiractions.example/", "https://banque.example/sante/"),
    ):
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("coup", _COUPS)
def test_tuee_n_importe_quand(chantier: Chantier, coup: float | str) -> None:
    projet, avant = chantier.projet, arbre(chantier.projet.site)
    # Two by two: the second is killed over what the first left.
    if (last := _COUPS.index(coup) % 2) == 0:
        chantier.avancer()
    # The long form prints, too, now and then.
    leger = isinstance(coup, str) or not (longueur(0, 1) and _INSTANTS.index(coup) % 4 == 3)
    apres = chantier.attendu(chantier.etat, leger)
    if isinstance(coup, float):
        with projet.lancer("build", *(["--leger"] if leger else [])) as process:
            time.sleep(coup * chantier.secondes)
            process.kill()
    else:
        where = coup if "+" in coup else str(int(float(coup) * chantier.ecritures))
        with projet.lancer("build", "--leger", tete=chantier.tete(where)) as process:
            dit = process.communicate()[0]
        # With fewer writes than counted, a build may come to its end before the last places.
        assert process.returncode == -signal.SIGKILL or "+" not in coup, dit
    trouve = arbre(projet.site)
    assert trouve in (avant, apres), (ecarts(trouve, avant), ecarts(trouve, apres))
    if last:
        fin = projet.construire(leger=leger)
        assert fin.code == 0, fin.dit
        assert ecarts(arbre(projet.site), apres) == []
        assert projet.restes() == []


def test_tuee_pendant_l_impression_elle_ne_laisse_personne(modele: Projet, tmp_path: Path) -> None:
    """Printing takes several processes: they end with the build, and what they printed is used again."""
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("sur un seul processeur, la construction n’a qu’un processus")
    projet = modele.copie(tmp_path / "projet", faits=True)
    cache = projet.root / "build" / "cache" / "pdf"
    with projet.lancer("build") as process:
        _attendre(lambda: cache.is_dir() and any(cache.iterdir()))
        children = set(_session(process.pid)) - {process.pid}
        process.kill()
    assert children
    try:
        _attendre(lambda: not set(_session(process.pid)), 20)
    finally:
        for child in _session(process.pid):
            os.kill(child, signal.SIGKILL)
    assert ecarts(arbre(projet.site), arbre(modele.site)) == []
    fin = projet.construire(leger=False)
    assert fin.code == 0, fin.dit
    assert len(list(projet.site.glob("actions/*/*.pdf"))) == len(list((projet.root / "actions").glob("*.md")))
    assert projet.restes() == []


def test_un_imprimeur_tue_se_dit(modele: Projet, tmp_path: Path) -> None:
    """A system short of memory kills one process, not all."""
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("sur un seul processeur, la construction n’a qu’un processus")
    projet = modele.copie(tmp_path / "projet", faits=True)
    cache = projet.root / "build" / "cache" / "pdf"
    with projet.lancer("build") as process:
        _attendre(lambda: cache.is_dir() and any(cache.iterdir()))
        for child in _session(process.pid):
            if "spawn_main" in _ligne(child):
                os.kill(child, signal.SIGKILL)
                break
        dit = process.communicate(timeout=120)[0]
    assert "Traceback" not in dit
    assert "PDF impossible : " in dit
    assert process.returncode == 2
    assert ecarts(arbre(projet.site), arbre(modele.site)) == []
    assert projet.restes() == []


def _attendre(vrai, secondes: float = 60) -> None:
    end = time.monotonic() + secondes
    while not vrai():
        assert time.monotonic() < end, "rien ne vient"
        time.sleep(0.02)


def _session(pid: int) -> Iterator[int]:
    """The living processes of a session."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # After the name, which may hold spaces: state, parent, group, session.
            state, _, _, session, *_ = (folder / "stat").read_text("utf-8").rpartition(") ")[2].split()
        except OSError:
            continue
        if int(session) == pid and state != "Z":
            yield int(folder.name)


def _ligne(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8")
    except OSError:
        return ""
