import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspiractions.search.stems import PARTS_OF, STEMS_OF, STOP_WORDS, pieces, stems, tokens, words

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


# As docs/assets/js/search/stems.js has it: what is quicker in Python says the same.
PLAIN = re.compile(
    r"(?:[^\W_]+['’ʼ])?(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])"
    r"|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![^\W_])"
    r"|(?:[Cc]et|[Ee]n|[Uu]n|[Cc]haque|[Pp]lein|[Bb]el)[ \u00a0]été(?![^\W_])"
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*"
)
PARTS = [
    "a",
    "B",
    "é",
    "l",
    "1",
    "234",
    "12",
    ".",
    "'",
    "’",
    " ",
    "\u00a0",
    "_",
    "-",
    "\n",
    "été",
    "un ",
    "En ",
    "S.",
    "A.",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("été’A.A.S.’En")
@example("l’O.M.S. en été")
@example("1 234 567 et 12 34")
def test_un_texte_a_les_mots_que_lui_donne_la_forme_la_plus_simple(texte: str) -> None:
    assert tokens(texte) == PLAIN.findall(texte)


@given(st.lists(st.sampled_from([*PARTS, "\u202f", "\u00ad", "\u200b", "cet\u00a0"]), max_size=12).map("".join))
@example("Cet été, 1 234 567 habitants de l’été’A.A.S.’En 1\u202f234")
def test_les_morceaux_d_un_texte_ont_ses_mots(texte: str) -> None:
    assert [*chain.from_iterable(map(STEMS_OF.__getitem__, pieces(texte)))] == stems(texte)
    assert [*chain.from_iterable(map(PARTS_OF.__getitem__, pieces(texte)))] == [part for part, _ in words(texte)]
