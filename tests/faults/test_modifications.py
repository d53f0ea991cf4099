"""After any sequence of edits, a build that goes on from the last one and a build from nothing give the same bytes.

They refuse the same mistakes in the same words, too.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import longueur
from tests.faults import modifications
from tests.faults.atelier import Arbre, Fin, Projet, arbre, ecarts
from tests.faults.modifications import MODIFICATIONS, Modification

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

# The short form: what most often goes wrong where something is kept.
_COURTE = (
    modifications.changer_le_corps, modifications.changer_un_libelle, modifications.ajouter_une_image,
    modifications.changer_sans_que_cela_se_voie, modifications.renommer, modifications.se_tromper,
    modifications.changer_un_gabarit,
)  # fmt: skip
# One in so many goes back to what the sources were some time ago; one in so many prints.
_RETOUR, _IMPRIME = 6, 9


@dataclass
class Suite:
    """A project that is edited and built, again and again; ``connus``: the builds from nothing of all that it was."""

    projet: Projet
    folder: Path
    faites: list[str] = field(default_factory=list)
    etats: list[Projet] = field(default_factory=list)
    connus: dict[tuple[str, ...], tuple[Fin, Arbre]] = field(default_factory=dict)

    def garder(self) -> None:
        """Keep the sources as they are, to come back to them."""
        self.etats.append(self.projet.copie(self.folder / f"etat-{len(self.etats)}"))

    def comparer(self, leger: bool = True) -> bool:
        """Build on and from nothing; whether the sources were right."""
        avant = arbre(self.projet.site)
        fin, (neuve, attendu) = self.projet.construire(leger=leger), self._neuve(leger)
        assert _dit(fin, self.projet) == _dit(neuve, Projet(self.folder / "neuf")), self.faites
        assert fin.code == neuve.code, (self.faites, fin.dit, neuve.dit)
        assert ecarts(arbre(self.projet.site), avant if fin.code else attendu) == [], self.faites
        assert self.projet.restes() == []
        return fin.code == 0

    def _neuve(self, leger: bool) -> tuple[Fin, Arbre]:
        key = (str(leger), *(f"{nom} {digest}" for nom, digest in self.projet.sources().items()))
        if key not in self.connus:
            neuf = self.projet.copie(self.folder / "neuf")
            fin = neuf.construire(leger=leger)
            self.connus[key] = fin, arbre(neuf.site) if fin.code == 0 else {}
            shutil.rmtree(neuf.root)
        return self.connus[key]


def _dit(fin: Fin, projet: Projet) -> str:
    """What a build said, but for its place and its time."""
    return re.sub(r"en [\d,]+ s", "en … s", fin.dit.replace(str(projet.root), "RACINE"))


@pytest.fixture
def suite(projet: Projet, tmp_path: Path) -> Suite:
    suite = Suite(projet, tmp_path)
    suite.garder()
    return suite


@pytest.mark.parametrize("graine", range(longueur(1, 2)))
def test_une_suite_de_modifications(suite: Suite, graine: int) -> None:
    hasard = random.Random(graine)
    refused = 0
    for n, modification in enumerate(_suite(hasard)):
        if n % _RETOUR == _RETOUR - 1:
            retour = hasard.choice(suite.etats)
            suite.projet.prendre(retour)
            suite.faites.append(f"retour à {retour.root.name}")
            assert suite.comparer(), suite.faites
        change = modification(suite.projet.root, hasard)
        if not change:
            continue
        suite.faites.append(f"{modification.__name__} : {change}")
        if suite.comparer(leger=n % _IMPRIME != _IMPRIME - 1):
            suite.garder()
        else:
            # What is refused is put right before anything else is done.
            refused += 1
            suite.projet.prendre(suite.etats[-1])
            suite.faites.append("remis en état")
    assert refused <= len(suite.faites) / 4, suite.faites


def _suite(hasard: random.Random) -> Iterator[Modification]:
    if longueur(0, 1):
        yield from hasard.sample(MODIFICATIONS, len(MODIFICATIONS))
    else:
        yield from _COURTE
