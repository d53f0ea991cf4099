"""Several at once: two builds, and a build while somebody writes."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import longueur
from tests.faults.atelier import Projet, arbre, ecarts
from tests.faults.ecrivain import GESTES, ecrivain
from tests.faults.fiches import illustrer

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]


def test_une_seule_construction_a_la_fois(projet: Projet, tmp_path: Path) -> None:
    with projet.lancer("build", "--leger") as first:
        while not (projet.root / ".site.nouveau").exists():
            assert first.poll() is None
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)
        meme = projet.construire()
        ailleurs = projet.construire("--site", str(tmp_path / "ailleurs"))
        first.send_signal(signal.SIGCONT)
        dit = first.communicate(timeout=120)[0]
    assert (meme.code, ailleurs.code, first.returncode) == (2, 2, 0), dit
    assert meme.dit == "build_site.py : une autre construction de site/ est en cours : attendez qu’elle finisse.\n"
    assert "une autre construction de ce contenu est en cours" in ailleurs.dit
    assert [path.name for path in tmp_path.iterdir()] == ["projet"]
    assert projet.restes() == []


def test_a_plusieurs_une_gagne(projet: Projet) -> None:
    """Whoever comes first, each ends well or says that another is at work."""
    avant = arbre(projet.site)
    many = [projet.lancer("build", "--leger") for _ in range(longueur(2, 6))]
    ends = [(process.communicate(timeout=240)[0], process.returncode) for process in many]
    assert [code for _, code in ends].count(0) >= 1
    assert all(code == 0 or (code == 2 and "est en cours" in dit) for dit, code in ends), ends
    assert ecarts(arbre(projet.site), avant) == []
    assert projet.restes() == []


@pytest.mark.parametrize("geste", GESTES)
def test_une_fiche_change_pendant_qu_on_la_lit(projet: Projet, tmp_path: Path, geste: str) -> None:
    """What is put online is the site of the fiches as they were read: each one whole, each one the same everywhere."""
    paths = sorted((projet.root / "actions").glob("*.md"))[::2]
    textes = {path: (path.read_bytes(), _autre(path.read_text("utf-8")).encode()) for path in paths}
    published = 0
    for _ in range(longueur(1, 12)):
        avant = arbre(projet.site)
        with ecrivain(textes, geste):
            fin = projet.construire()
        if fin.code:
            assert fin.code in (1, 2), fin.dit
            assert "actions/" in fin.dit or "dossiers/" in fin.dit, fin.dit
            assert ecarts(arbre(projet.site), avant) == []
        else:
            published += 1
            lu = projet.copie(tmp_path / "lu")
            for path, versions in textes.items():
                page = projet.site / "actions" / path.stem / "index.html"
                if page.exists():
                    (lu.root / "actions" / path.name).write_bytes(versions["Tout a changé" in page.read_text("utf-8")])
                else:
                    _sans(lu, path.stem)
            assert lu.construire().code == 0
            assert ecarts(arbre(projet.site), arbre(lu.site)) == []
            shutil.rmtree(lu.root)
        assert projet.restes() == []
    assert published or geste != "en un pas"


def _sans(projet: Projet, stem: str) -> None:
    """A fiche that was not there when the folder was listed."""
    (projet.root / "actions" / f"{stem}.md").unlink()
    permaliens = projet.root / "permaliens.txt"
    permaliens.write_text(permaliens.read_text("utf-8").replace(f"actions/{stem}/\n", ""), "utf-8")


def _autre(texte: str) -> str:
    return texte.rstrip() + "\n\n## Tout a changé\n\n" + "Une phrase de plus. " * 30 + "\n"


def test_une_image_disparait_pendant_la_construction(projet: Projet) -> None:
    """It was there when it was checked."""
    chemin = projet.root / illustrer(projet.root, sorted((projet.root / "actions").glob("*.md"))[0].stem, 7)
    avant = arbre(projet.site)
    with projet.lancer("build", "--leger") as process:
        while not (projet.root / ".site.nouveau").exists():
            time.sleep(0.005)
        process.send_signal(signal.SIGSTOP)
        chemin.write_bytes(chemin.read_bytes()[:40])
        process.send_signal(signal.SIGCONT)
        dit = process.communicate(timeout=120)[0]
    assert process.returncode == 2, dit
    assert f"l’image {chemin.name} a changé ou disparu" in dit
    assert "Traceback" not in dit
    assert ecarts(arbre(projet.site), avant) == []
    assert projet.restes() == []
