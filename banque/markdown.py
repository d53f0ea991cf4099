"""Markdown of actions to HTML, by cmark-gfm in its safe mode: raw HTML and unsafe links never pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

import cmarkgfm

_EXTENSIONS = ["table", "autolink", "strikethrough"]
_OMITTED = "<!-- raw HTML omitted -->"
_TAG = re.compile(r"<(?!https?://|mailto:)[A-Za-z/!?][^\n>]{0,40}>?")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|^ {0,3}(```|~~~).*?^ {0,3}\2", re.S | re.M)
_PARAGRAPH = re.compile(r"<p>(.*)</p>\s*", re.S)


def to_html(texte: str) -> str:
    """Block HTML. Headings are shifted nowhere: a section's text starts at level 3."""
    html: str = cmarkgfm.markdown_to_html_with_extensions(texte, extensions=_EXTENSIONS)
    return html.replace(_OMITTED, "")


def to_inline_html(texte: str) -> str:
    """HTML of one paragraph, without its ``<p>``."""
    html = to_html(texte)
    found = _PARAGRAPH.fullmatch(html)
    return found[1] if found and "<p>" not in found[1] else html


def raw_html(texte: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The line and the beginning of every HTML tag; autolinks and code are no tags."""
    if "<" not in texte or _OMITTED not in cmarkgfm.markdown_to_html_with_extensions(texte, extensions=_EXTENSIONS):
        return
    without_code = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), texte)
    tags = [(first_line + without_code.count("\n", 0, m.start()), m[0]) for m in _TAG.finditer(without_code)]
    yield from tags or [(first_line, "<…>")]
