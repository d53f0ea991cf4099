from pathlib import Path

import pytest

from inspiractions.search.stems import STOP_WORDS, stems, words

VECTEURS = Path(__file__).parent / "vectors" / "normaliser.tsv"
LIGNES = [line.split("\t") for line in VECTEURS.read_text("utf-8").split("\n")[1:-1]]


@pytest.mark.parametrize(("texte", "racines"), LIGNES)
def test_vecteurs(texte: str, racines: str) -> None:
    assert stems(texte) == racines.split()


def test_accents_apostrophes_et_pluriels_se_rejoignent() -> None:
    assert stems("l’école") == stems("L'ECOLE") == stems("écoles")
    assert stems("santé") == stems("sante")
    assert stems("cœur") == stems("coeur")


def test_les_mots_vides_sont_deja_plies() -> None:
    assert not [mot for mot in STOP_WORDS if not mot.isascii() or mot != mot.lower()]
    assert words("dans les villes") == [("villes", "vill")]
