"""Markdown to the tree that ``templates/pdf/document.typ`` lays out: data, never markup, so that no text can act in it.

The tree is read from the HTML of the page (``markdown.to_html``, then ``typography``): page and PDF say the same.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from inspiractions.base.markdown import to_html
from inspiractions.base.text import typography

Node = str | dict[str, object]
"""A text, or ``{"g": genre, "c": [Noeud…]}`` and what the kind asks for: ``url``, ``niveau``, ``debut``, ``texte``."""

_GENRES = {
    "p": "p", "strong": "fort", "em": "italique", "del": "barre", "blockquote": "citation", "ul": "liste",
    "ol": "liste", "li": "point", "table": "tableau", "tr": "rangee", "th": "case", "td": "case",
}  # fmt: skip
_TITRES = ("h1", "h2", "h3", "h4", "h5", "h6")
# Kinds that hold blocks only: the line breaks between them are no text.
_BLOCS = ("racine", "citation", "liste", "tableau", "rangee")
# Typst stops at some eighty calls within calls; nobody nests lists so deep. What is deeper is told without its form.
_PROFONDEUR, _APLATI = 10, "aplati"
_PIECES = ("point", "rangee", "case")

# Signs that the fonts inside Typst can show; PDF/UA refuses a text with any other (tests/documents/test_markdown_tree.py tries each).
_AFFICHABLES = (
    "\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u0377\u038e-\u03a1\u03a3-\u0481\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u202f-\u203a"
    "\u2070\u2071\u2074-\u208e\u20a0-\u20a4\u20a6-\u20bf\u2100-\u211e\u2153-\u215e\u2190-\u21ff\u2200-\u22ff\u2460-\u2473"
    "\u25a0-\u25ff\u2713\u2714"
)
_AUTRES = re.compile(f"[^{_AFFICHABLES}]+")
_SANS_LARGEUR = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_ABSENT = "□"


def affichable(texte: str) -> str:
    """The same text, with a white square for what the fonts cannot show (emoji, Chinese…)."""
    composed = unicodedata.normalize("NFC", _SANS_LARGEUR.sub("", texte))
    return _AUTRES.sub(_ABSENT, composed)


def soigner(texte: str) -> str:
    """A plain text in French typography, ready to be shown."""
    return affichable(unescape(typography(escape(texte, quote=False))))


def to_tree(texte: str, adresse: str, niveau: int = 3) -> list[Node]:
    """The nodes of a Markdown text. Relative links start from ``adresse``; headings from level ``niveau``, none skipped."""
    reader = _HtmlReader(adresse, niveau)
    reader.feed(typography(to_html(texte)))
    reader.close()
    return reader.enfants[0]


def to_inline_tree(texte: str, adresse: str) -> list[Node]:
    """The same for a text of one paragraph, without the paragraph."""
    nodes = to_tree(texte, adresse)
    first = nodes[0] if len(nodes) == 1 else ""
    if isinstance(first, dict) and first["g"] == "p" and isinstance(content := first["c"], list):
        return content
    return nodes


class _HtmlReader(HTMLParser):
    """Reads the HTML of cmark, which is well formed. ``enfants[0]`` is what it found."""

    def __init__(self, adresse: str, niveau: int) -> None:
        super().__init__()
        self._adresse, self._first, self._niveau = adresse, niveau, niveau - 1
        self._shift: int | None = None
        self._genres = ["racine"]
        self.enfants: list[list[Node]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._add({"g": "saut"})
        elif tag == "hr":
            self._add({"g": "filet"})
        elif tag == "img":
            self._add(affichable(values.get("alt", "")))
        elif node := self._node(tag, values):
            self._open(node)

    def _node(self, tag: str, values: dict[str, str]) -> dict[str, object] | None:
        if tag in _TITRES:
            level = int(tag[1])
            self._shift = level - self._first if self._shift is None else self._shift
            self._niveau = max(self._first, min(level - self._shift, self._niveau + 1))
            return {"g": "titre", "niveau": self._niveau}
        if tag in ("pre", "code"):
            # Of « <pre><code> », one node.
            return None if self._genres[-1] == "bloc" else {"g": "bloc" if tag == "pre" else "code"}
        if tag == "a":
            return {"g": "lien", "url": urljoin(self._adresse, values.get("href", ""))}
        if tag not in _GENRES:
            return None
        node: dict[str, object] = {"g": _GENRES[tag]}
        if tag == "ol":
            node["debut"] = min(int(values.get("start", "1")), 999_999)
        if tag in ("th", "td"):
            node |= {"tete": tag == "th", "cote": values.get("align", "left")}
        return node

    def _open(self, node: dict[str, object]) -> None:
        genre, depth = str(node["g"]), len(self._genres)
        if self._genres[-1] == _APLATI if genre in _PIECES else depth > _PROFONDEUR:
            self._genres.append(_APLATI)
            self.enfants.append(self.enfants[-1])
            return
        content: list[Node] = []
        self._add(node | {"c": content})
        self._genres.append(genre)
        self.enfants.append(content)

    def handle_endtag(self, tag: str) -> None:
        if tag == "code" and self._genres[-1] == "bloc":
            return
        if tag in _GENRES or tag in _TITRES or tag in ("pre", "code", "a"):
            self._genres.pop()
            self.enfants.pop()

    def handle_data(self, data: str) -> None:
        genre = self._genres[-1]
        if genre in _BLOCS and not data.strip():
            return
        if genre == "point" and not data.strip() and "\n" in data:
            return
        self._add(affichable(data) if genre == "bloc" else affichable(data.replace("\n", " ")))

    def _add(self, node: Node) -> None:
        if node != "":
            self.enfants[-1].append(node)
