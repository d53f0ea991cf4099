"""Commands that write sources, killed at each of their writes and in the middle of them: never half a file, and again is enough."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from tests.conftest import longueur
from tests.faults.atelier import ICI, Arbre, Projet, ecarts

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

_FORMULAIRES = PROJECT / "tests" / "forms" / "publics"
_REPONSES = """\
titre: Marcher ensemble le mardi
resume: Une marche hebdomadaire relie les habitants du quartier et le centre de santé.
villes: [Aubervilliers]
ages: [65-plus]
axes: [action-communautaire]
qpv: inconnu
thematiques: [sport-sante]
porteur: Ville d’Aubervilliers
"""


def _rien(_: Path) -> None:
    """Nothing to prepare."""


def _defaire(root: Path) -> None:
    """Fiches that ``format`` has to change."""
    for path in sorted((root / "actions").glob("*.md"))[:3]:
        path.write_text(path.read_text("utf-8").replace("\n- ", "\n* ").replace("\n## ", "\n\n\n## "), "utf-8")


def _oublier(root: Path) -> None:
    """Addresses that ``permaliens`` has to add."""
    path = root / "permaliens.txt"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-20]), "utf-8")


def _repondre(root: Path) -> None:
    (root / "reponses.yml").write_text(_REPONSES, "utf-8")


# Their words follow what was there already.
_REPORTS = "comptes-rendus"

_COMMANDES = {
    "new": (_repondre, ("new", "--depuis", "{root}/reponses.yml")),
    "format": (_defaire, ("format",)),
    "permaliens": (_oublier, ("permaliens",)),
    "import": (
        _rien,
        ("import", *(str(_FORMULAIRES / f"{nom}.docx") for nom in ("B-p2-dunkerque-deux-actions", "C-p1-poitiers-jardins"))),
    ),
    "lettre": (_rien, ("lettre", "--garder", "--depuis", "2026-01-01", "--jusque", "2026-12-31")),
}  # fmt: skip


@pytest.mark.parametrize("nom", _COMMANDES)
def test_une_commande_tuee_se_recommence(modele: Projet, tmp_path: Path, nom: str) -> None:
    prepare, mots = _COMMANDES[nom]
    depart = modele.copie(tmp_path / "depart")
    prepare(depart.root)
    avant = depart.sources()
    fini = depart.copie(tmp_path / "fini")
    # A draft still lacks something: « new » says what, with code 1.
    attendu, _ = _lancer(fini, mots, "0", tmp_path)
    assert attendu == (nom == "new")
    apres = fini.sources()
    assert ecarts(avant, apres)
    writes = len((tmp_path / "journal").read_text("utf-8").splitlines())
    coups = [str(n) for n in range(writes, 0, -max(1, writes // longueur(1, 12)))]
    coups += ["-700", "-1", "-5000"][: longueur(1, 3)]
    killed = 0
    for n, coup in enumerate(coups):
        projet = depart.copie(tmp_path / f"coup-{n}")
        code, dit = _lancer(projet, mots, coup, tmp_path)
        assert "Traceback" not in dit
        killed += code in (-signal.SIGKILL, -signal.SIGXFSZ)
        _entiers(projet.sources(), avant, apres, f"{nom}, {coup}")
        if not ecarts(projet.sources(), apres):
            continue  # killed when all was done
        code, dit = _lancer(projet, mots, "0", tmp_path)
        assert code == attendu, dit
        assert [path for path in ecarts(projet.sources(), apres) if not path.startswith(_REPORTS)] == [], (nom, coup)
        points = _points(projet.root)
        assert [point for point in _points(fini.root) if point not in points] == [], (nom, coup)
    # A file that stays small is never stopped by the sizes at the end of the list.
    largest = max((fini.root / nom).stat().st_size for nom in ecarts(avant, apres) if (fini.root / nom).is_file())
    assert killed >= sum(-int(coup) < largest for coup in coups)


def _points(root: Path) -> list[str]:
    """What the reports of all runs ask somebody to look at. Persons are set apart once."""
    points = [line for path in sorted((root / _REPORTS).glob("*.md")) for line in path.read_text("utf-8").splitlines()]
    return [line for line in points if line.startswith("- ") and "mises à part" not in line]


def _lancer(projet: Projet, mots: Sequence[str], where: str, folder: Path) -> tuple[int, str]:
    tete = (sys.executable, str(ICI / "coupe.py"), where, str(folder / "journal"))
    with projet.lancer(*(mot.format(root=projet.root) for mot in mots), tete=tete) as process:
        dit = process.communicate(timeout=120)[0]
    return process.returncode, dit


def _entiers(trouve: Arbre, avant: Arbre, apres: Arbre, quand: str) -> None:
    """Each file is the old one or the new one; what was still being written bears a name that nothing reads."""
    for nom, digest in trouve.items():
        if nom.rpartition("/")[2].startswith(".") and nom.endswith(".partiel"):
            continue
        assert digest in (avant.get(nom), apres.get(nom), "dossier"), (quand, nom)
    assert [nom for nom in avant if nom not in trouve] == [], quand
