from __future__ import annotations

import pytest

from inspiractions.base.markdown import raw_html, to_html, to_inline_html


@pytest.mark.parametrize(
    "texte",
    [
        "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](data:text/html,x)", "[a](vbscript:x)", "![a](javascript:x)",
        "[a][b]\n\n[b]: javascript:alert(1)", "<javascript:alert(1)>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "<a href='javascript:x'>a</a>", "<svg/onload=alert(1)>", "<!-- x -->", "[a](java&#115;cript:alert(1))",
    ],
)  # fmt: skip
def test_rien_d_hostile_ne_passe(texte: str) -> None:
    html = to_html(texte).lower()
    for interdit in ('="javascript:', '="data:', '="vbscript:', "<script", "<img src=x", "<!--", "<svg"):
        assert interdit not in html


def test_un_paragraphe_en_ligne() -> None:
    assert to_inline_html("un **mot**") == "un <strong>mot</strong>"
    assert to_inline_html("a\n\nb").count("<p>") == 2


def test_les_balises_sont_dites_a_leur_ligne() -> None:
    assert list(raw_html("a\n`<b>`\n<i>x</i>\n", 10)) == [(12, "<i>"), (12, "</i>")]
    assert list(raw_html("3 < 5, <https://a.fr>\n```\n<b>\n```\n", 1)) == []
