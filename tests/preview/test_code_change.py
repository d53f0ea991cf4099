"""What is kept is never made by other code, or of other references, than its digest says, however long a process lives."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.cli.main import main
from tests.conftest import fiche
from tests.faults.atelier import arbre, ecarts
from tests.preview.maison import PATIENCE, Maison, apercu, faire_maison, remplacer

pytestmark = pytest.mark.timeout(1800)

# Builds, changes a word of the code, and builds again in the same process.
_DEUX_FOIS = """
import sys
from pathlib import Path
from inspiractions.cli.main import main

root, module, ancien, nouveau = sys.argv[1:]
build = ["build", "--leger", "--root", root]
assert main(build) == 0
path = Path(module)
path.write_text(path.read_text("utf-8").replace(ancien, nouveau), "utf-8")
assert main(build) == 0
"""
_CODE = "inspiractions/story/identity_card.py", '"Territoire"', '"Lieu de l’action"'


@pytest.fixture
def maison(tmp_path: Path) -> Maison:
    return faire_maison(tmp_path / "maison")


def _comme_a_froid(maison: Maison, tmp_path: Path) -> None:
    """The site in place has the bytes of a site made from nothing."""
    neuf = Maison(maison.copie(tmp_path / "neuf").root)
    assert neuf.construire(tete=neuf.commande_propre).code == 0
    assert ecarts(arbre(maison.site), arbre(neuf.site)) == []


def test_un_processus_dont_le_code_change_ne_garde_rien(maison: Maison, tmp_path: Path) -> None:
    module, ancien, nouveau = _CODE
    subprocess.run(
        [sys.executable, "-c", _DEUX_FOIS, str(maison.root), str(maison.root / module), ancien, nouveau],
        cwd=maison.root,
        check=True,
        timeout=PATIENCE,
    )
    assert maison.construire(tete=maison.commande_propre).code == 0
    page = (maison.site / "actions" / maison.fiche.stem / "index.html").read_text("utf-8")
    assert "Lieu de l’action" in page
    _comme_a_froid(maison, tmp_path)


def test_une_boite_otee_de_la_liste_se_voit_dans_le_meme_processus(racine: Path, capsys) -> None:
    """Then a new process sees it, too: the first one kept nothing that was judged by the former list."""
    shutil.copytree(PROJECT / "referentiels", racine / "referentiels")
    boites = racine / "referentiels" / "boites-generiques.txt"
    corps = "\n## Contexte\n\nÉcrire à marie.durand@ville.example pour venir.\n"
    (racine / "actions" / "aubervilliers-marche.md").write_text(fiche(corps), "utf-8")
    boites.write_text(boites.read_text("utf-8") + "\nmarie.durand\n", "utf-8")
    assert main(["check", "--root", str(racine)]) == 0
    words = boites.read_text("utf-8").splitlines()
    boites.write_text("\n".join(word for word in words if word != "marie.durand") + "\n", "utf-8")
    assert main(["check", "--root", str(racine)]) == 1
    here = capsys.readouterr().out
    assert "marie.durand@ville.example" in here
    new = subprocess.run(
        [sys.executable, str(PROJECT / "build_site.py"), "check", "--root", str(racine)],
        capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert new.returncode == 1
    assert new.stdout.splitlines()[-1] in here


def test_deux_apercus_ou_tout_change_finissent_comme_a_froid(maison: Maison, tmp_path: Path) -> None:
    page = f"actions/{maison.fiche.stem}/"
    code, ages = maison.root / "inspiractions/story/identity_card.py", maison.root / "vocabulaire" / "ages.yml"
    territoire, age = "Territoire", "12-17 ans"
    for tour in (1, 2):
        lieu, libelle, phrase = f"Lieu, tour {tour}", f"De 12 à 17 ans, tour {tour}", f"Phrase du tour {tour}."
        with apercu(maison, tmp_path / f"journal-{tour}") as shown:
            for path, ancien, nouveau, attendu in (
                (code, f'"{territoire}"', f'"{lieu}"', lieu),
                (ages, f"libelle: {age}", f"libelle: {libelle}", libelle),
                (maison.fiche, "## Contexte\n", f"## Contexte\n\n{phrase}\n", phrase),
            ):
                remplacer(path, ancien, nouveau)
                shown.attendre(lambda attendu=attendu: attendu in _lisible(shown.page(page)))
            assert shown.interrompre() == 0, shown.dit()
        territoire, age = lieu, libelle
    _comme_a_froid(maison, tmp_path)


def _lisible(html: str) -> str:
    """Without the spaces of French typography."""
    return html.replace("\u00a0", " ").replace("\u202f", " ")
