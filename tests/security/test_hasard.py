"""Random and mutated inputs: no reader fails, nothing that comes out acts. Long by night: ``SOAK=1 pytest tests/security``."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspiractions.base.markdown import raw_html, to_html, to_inline_html, without_code
from inspiractions.base.text import INVISIBLE, typography
from inspiractions.documents.pdf.markdown_tree import to_tree
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.parse import parse_action
from inspiractions.model.source import parse_fiche
from inspiractions.model.types import ParseContext, champs_de
from inspiractions.model.vocabulaire import parse_points
from inspiractions.rules.check import check_rules
from inspiractions.search.query import understand
from tests.conftest import fiche

from .hasard import essais
from .hostile import SOAK, texte

pytestmark = [pytest.mark.soak, pytest.mark.timeout(0 if SOAK else 300)]


# — Markdown —

_MORCEAUX = st.sampled_from([
    "[", "]", "(", ")", "<", ">", "!", "`", "``", "```", "~~~", "*", "**", "_", "~~", "|", "\n", "\n\n", " ", "    ", "\t", "\\", "&", ";", "#", "## ", "> ", "- ", "1. ", "---", "===", ":", '"', "'", "=",
    "a", "é", "x onerror=y", "javascript:", "JAVASCRIPT&colon;", "data:text/html,", "vbscript:", "https://a.fr", "http://", "//", "www.", "a@b.fr", "<script>", "</script>", "<!--", "-->", "<?", "<![CDATA[", "]]>",
    "<img src=x onerror=y>", "&#106;", "&Tab;", "&lt;", "&#xE000;", "&#xE003;", "&#xFFFF;", "&#0;", "&#x80;", "[r]: ", "[r]", "\ue000", "\ue003", "\x00", "\u202e", "{{", "}}", "|-|", "«", "»", " ?", "12 000",
])  # fmt: skip
MARKDOWN = st.lists(_MORCEAUX | st.text(max_size=4), max_size=40).map("".join)
_BALISES = "p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a img table thead tbody tr th td"
_ATTRIBUTS = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"align"},
    "td": {"align"},
}
_VIDES = ("br", "hr", "img")


class Juge(HTMLParser):
    """Reads HTML and keeps what is not well formed, or could act."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ouvertes: list[str] = []
        self.fautes: list[str] = []
        self.feed(html)
        self.close()
        self.fautes += [f"<{tag}> reste ouverte" for tag in self.ouvertes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _BALISES.split() or {name for name, _ in attrs} - _ATTRIBUTS.get(tag, set()):
            self.fautes.append(f"<{tag} {attrs}>")
        for name, value in attrs:
            scheme = urlsplit(value or "").scheme if name in ("href", "src") else ""
            if scheme.startswith(("java", "vb", "file")) or (
                scheme == "data" and not (value or "").startswith("data:image/")
            ):
                self.fautes.append(f"{name}={value}")
        if tag not in _VIDES:
            self.ouvertes.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.ouvertes or self.ouvertes.pop() != tag:
            self.fautes.append(f"</{tag}> de trop")

    def handle_comment(self, _: str) -> None:
        self.fautes.append("commentaire")

    handle_decl = handle_pi = unknown_decl = handle_comment


@essais(400, 10_000)
@given(MARKDOWN)
@example("&#xFFFF; &#65534; &#xfffe;")
@example("a" + "`" * 3_000)
@example("> [r]: javascript:x\n\n[r]")
@example("[a](https://[) [b](//[::1) <https://[>")
@example("&#xE003;'a' ; b&#xE003;")
def test_le_markdown_est_bien_forme_et_n_agit_pas(source: str) -> None:
    for html in (to_html(source), to_inline_html(source)):
        assert Juge(html).fautes == [], html
        assert Juge(typography(html)).fautes == [], html
    list(raw_html(source, 1))
    assert len(without_code(source)) == len(source)
    to_tree(source, "https://exemple.fr/actions/a/")


# — Fiches —

_MUET = re.compile(INVISIBLE.pattern + "|[\n\t]")

_CHAMPS = sorted(champs_de(Action))
VALEURS = st.recursive(
    st.text(max_size=30) | st.none() | st.integers() | st.floats(allow_nan=False) | st.booleans(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from([*_CHAMPS, "url", "alt", "debut", "__class__"]) | st.text(max_size=5), inside, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.fixture(scope="module")
def juger(contexte: ParseContext, tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("hasard")

    def juger(text: str):
        source, problems = parse_fiche("actions/essai.md", text)
        action, faults = parse_action(source, contexte) if source else (None, [])
        banque = Banque(root, contexte.vocabulaires, contexte.referentiel, (action,) if action else ())
        return source, action, [*problems, *faults, *(check_rules(banque, [(source, action)]) if source else [])]

    return juger


@essais(300, 5_000)
@given(st.dictionaries(st.sampled_from(_CHAMPS), VALEURS, max_size=4), MARKDOWN)
@example({"titre": "a\uffffb"}, "")
@example({"documents": [{"titre": "t", "url": "https://exemple.fr/\U0001f468"}]}, "x")
@example({"contact": {"courriel": "\U0001f468"}}, "")
@example({"a_la_une": "\U000e0100"}, "")
@example({"villes": ["__proto__"], "ages": ["constructor"]}, "&#xE000;")
@example({}, "```&#xE000;")
def test_une_fiche_quelconque_est_jugee(juger, cles: dict[str, object], corps: str) -> None:
    text = fiche(f"\n## Contexte\n\n{corps}\n", **{cle: texte(v) for cle, v in cles.items()})
    source, action, problems = juger(text)
    lines = text.count("\n") + 1
    assert all(1 <= p.line <= lines and p.message and not _MUET.search(p.message) for p in problems), problems
    if not problems:
        # What is let in holds no sign that nobody sees, and no link but safe ones.
        assert action is not None
        assert not INVISIBLE.search(source.body + texte(source.meta))
        html = to_html(source.body)
        assert Juge(html).fautes == []
        assert not INVISIBLE.search(html)
        assert all(href.startswith(("https://", "#", "mailto:")) for href in re.findall(r'href="([^"]*)"', html)), html


@essais(300, 5_000)
@given(MARKDOWN)
def test_les_points_se_lisent_toujours(contexte: ParseContext, source: str) -> None:
    for point in parse_points(source, 1, contexte.vocabulaires["leviers"]):
        assert Juge(to_inline_html(point.constat)).fautes == []
        assert Juge(to_inline_html(point.reponse)).fautes == []


# — Requêtes —


@essais(300, 5_000)
@given(
    st.lists(
        st.sampled_from(
            ['"', "-", " ", "__proto__", "constructor", "l’eau", "œ", "\x00", "\u202e", "'", "\\", "(", "*"]
        )
        | st.text(max_size=8),
        max_size=20,
    ).map("".join)
)
@example('-"a b" "c d')
@example("'" * 5_000)
@example('"' * 5_000)
def test_toute_requete_se_comprend(q: str) -> None:
    query = understand(q)
    assert all(part.isascii() and stem for part, stem in query.mots)
    assert all(len(phrase) > 1 for phrase in query.phrases)
