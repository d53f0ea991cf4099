from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspiractions.base.text import enumerate_fr, fold, nearest, slugify, typography


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("Cœur d’Éstérel", "coeur d'esterel"), ("ŒUVRE Æ", "oeuvre ae"), ("Straße", "strasse"), ("ASCII", "ascii")],
)
def test_fold(texte: str, attendu: str) -> None:
    assert fold(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("Saint-Denis (974)", "saint-denis-974"), ("L’Haÿ-les-Roses", "l-hay-les-roses"), (" – ", ""), ("Œuf", "oeuf")],
)
def test_slugify(texte: str, attendu: str) -> None:
    assert slugify(texte) == attendu


def test_nearest_ignore_accents_et_casse_et_se_tait_quand_rien_ne_ressemble() -> None:
    assert nearest("Thematique", ["titre", "thématiques"]) == "thématiques"
    assert nearest("zzz", ["titre", "thématiques"]) is None


def test_enumerate_fr() -> None:
    assert [enumerate_fr(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]


@pytest.mark.parametrize(
    ("html", "attendu"),
    [
        ("<p>Oui ; non ! quoi ?</p>", "<p>Oui\u202f; non\u202f! quoi\u202f?</p>"),
        ("<b>Levier</b> : oui", "<b>Levier</b>\u00a0: oui"),
        ("<p>« ville »</p>", "<p>«\u00a0ville\u00a0»</p>"),
        ("12 345 678 habitants", "12\u202f345\u202f678 habitants"),
        ("en 2012 300 places", "en 2012 300 places"),
        ("30 % et 20 €", "30\u00a0% et 20\u00a0€"),
        ("<p>La 6e, le 18e arrondissement, 3e-4, /6e</p>", "<p>La 6ᵉ, le 18ᵉ arrondissement, 3e-4, /6e</p>"),
        ("<p>l'eau d&#39;ici</p>", "<p>l’eau d’ici</p>"),
    ],
)
def test_typographie(html: str, attendu: str) -> None:
    assert typography(html) == attendu


@pytest.mark.parametrize(
    "html",
    [
        "<code>a ; b's</code>", "<pre>x ! « y »</pre>", "<script>if (a ? b : c) { d = 'l'e' }</script>",
        "<style>a ; b</style>", '<a title="l\'eau ; « x » 12 345">', "<!-- a ; b's -->", "<textarea>a ; b</textarea>",
        "&amp; &nbsp; &lt;b&gt;",
    ],
)  # fmt: skip
def test_rien_ne_change_dans_les_balises_et_le_code(html: str) -> None:
    assert typography(html) == html


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<code>", "</code>", " ", "!", "'", "«", "»", "12", "345", "a", "&#39;", ":"])
    )
)
def test_la_typographie_se_pose_une_seule_fois_et_garde_les_balises(morceaux: list[str]) -> None:
    html = "".join(morceaux)
    once = typography(html)
    assert typography(once) == once
    assert re.findall(r"<[^>]*>", once) == re.findall(r"<[^>]*>", html)
