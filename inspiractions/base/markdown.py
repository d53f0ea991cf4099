"""Markdown of actions to HTML, by cmark-gfm in its safe mode: raw HTML and unsafe links never pass.

The sections of a récit: one a level-2 heading.

The text as a reader sees it, sign by sign, and where each sign comes from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import repeat

import cmarkgfm


@dataclass(frozen=True)
class Section:
    """One level-2 heading and the Markdown under it, up to the next one. ``line`` is that of the heading."""

    titre: str
    line: int
    texte: str


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}##(?!#)(.*)")


def fenced_lines(texte: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a fenced code block, its fences included."""
    if "```" not in texte and "~~~" not in texte:
        yield from zip(texte.split("\n"), repeat(False))
        return
    fence = ""
    for line in texte.split("\n"):
        mark = _FENCE.match(line)
        yield line, bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
            fence = ""


def split_sections(body: str, first_line: int) -> tuple[str, tuple[Section, ...]]:
    """Text before the first ``##`` heading, then one ``Section`` a heading; headings inside code fences do not count."""
    preamble: list[str] = []
    parts: list[tuple[str, int, list[str]]] = []
    for number, (line, inside) in enumerate(fenced_lines(body), first_line):
        heading = None if inside else _HEADING.match(line)
        if heading:
            parts.append((_heading_text(heading[1]), number, []))
        else:
            (parts[-1][2] if parts else preamble).append(line)
    sections = tuple(Section(titre, number, "\n".join(lines)) for titre, number, lines in parts)
    return "\n".join(preamble), sections


def heading(titre: str) -> str:
    """The line of a level-2 heading; a sign at its end that would close it is escaped by a closing sequence."""
    return f"## {titre} ##" if titre.endswith("#") else f"## {titre}".rstrip()


def _heading_text(text: str) -> str:
    """``Contexte ##`` → ``ParseContext``; the signs that close a heading stand after a space."""
    text = text.strip()
    opened = text.rstrip("#")
    return opened.rstrip() if opened != text and opened[-1:].strip() == "" else text


_EXTENSIONS = ["table", "autolink", "strikethrough"]
_OMITTED = "<!-- raw HTML omitted -->"
_TAG = re.compile(r"<(?!https?://|mailto:)[A-Za-z/!?][^\n>]{0,40}>?")
# Possessive, and from the first sign of a run only: a run that nothing closes is read once.
_CODE_SPAN = re.compile(r"(?<!`)`++[^`\n]++`++")
# U+FFFE and U+FFFF by their number: cmark writes them as bytes that are no UTF-8.
_NO_UTF8 = re.compile(r"&#(?:0*6553[45]|[xX]0*[fF]{3}[eEfF]);")
_HREF = re.compile(r' href="([^"]*)"')
_PARAGRAPH = re.compile(r"<p>(.*)</p>\s*", re.S)


def to_html(texte: str) -> str:
    """Block HTML. Headings are shifted nowhere: a section's text starts at level 3."""
    return _render(texte).replace(_OMITTED, "")


def to_inline_html(texte: str) -> str:
    """HTML of one paragraph, without its ``<p>``."""
    html = to_html(texte)
    paragraph = _PARAGRAPH.fullmatch(html)
    return paragraph[1] if paragraph and "<p>" not in paragraph[1] else html


def targets(texte: str) -> list[str]:
    """The address of every link, as the page bears it; empty where it was unsafe."""
    return [unescape(href) for href in _HREF.findall(to_html(texte))]


def images(texte: str) -> list[int]:
    """Where each image of the page is written (in characters); the page says how many, its text where they may be."""
    if "![" not in texte:
        return []
    count = _render(texte).count("<img ")
    written = [mark.start() for mark in re.finditer(r"!\[", without_code(texte))] if count else []
    # One that is not seen so is told at the beginning: none goes untold.
    return [*written, *([0] * count)][:count]


def raw_html(texte: str, first_line: int) -> Iterator[tuple[int, str]]:
    """The line and the beginning of every HTML tag; autolinks and code are no tags."""
    if "<" not in texte or _OMITTED not in _render(texte):
        return
    bare = without_code(texte)
    tags = [(first_line + bare.count("\n", 0, m.start()), m[0]) for m in _TAG.finditer(bare)]
    yield from tags or [(first_line, "<…>")]


def _render(texte: str) -> str:
    html: str = cmarkgfm.markdown_to_html_with_extensions(_NO_UTF8.sub("&#xFFFD;", texte), extensions=_EXTENSIONS)
    return html


def without_code(texte: str) -> str:
    """The same text, same length, with blanks in place of fenced blocks and code spans."""
    if "`" not in texte and "~~~" not in texte:
        return texte
    return "\n".join(
        " " * len(line) if inside else _CODE_SPAN.sub(lambda m: " " * len(m[0]), line)
        for line, inside in fenced_lines(texte)
    )


# One sign for one: spaces, dashes, apostrophes, full-width signs.
_ALIKE: dict[int, str] = {
    **dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63), "-"),
    **dict.fromkeys((0x2018, 0x2019, 0x02BC, 0xB4), "'"),
    0xFE6B: "@",
    0x2024: ".",
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}
_USUAL = (("\u2019", "'"), ("\u00a0", " "), ("\u202f", " "), ("\u2013", "-"), ("\u2014", "-"))
_RARE = frozenset(map(chr, _ALIKE)) - {usual for usual, _ in _USUAL}
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ACCENTS = frozenset(map(chr, range(0x300, 0x370)))
# What a reader does not see, or sees as something else. It opens with the sign itself: the engine leaps from one to the next.
_MARKUP = re.compile(
    rf"[\\&*`~_<\[\]{_UNSEEN}](?:"
    r"(?<=\\)(?=[!-/:-@\[-`{-~])|(?<=&)#?\w{1,32};|(?<=[*`])[*`]*|(?<=~)~|(?<=_)(?:(?<!\w_)_*(?=\w)|_*(?!\w))"
    r"|(?<=<)(?!at>)/?[a-zA-Z][a-zA-Z0-9]{0,10}/?>|(?<=\[)(?=[^\[\]\n]{0,200}\]\()|(?<=\])(?=\()"
    rf"|(?<=[{_UNSEEN}]))"
)
_DECOMPOSED = re.compile("[A-Za-z][\u0300-\u036f]+")
_MARKS = frozenset(f"\\&*`~_<[{_UNSEEN}")


class ReaderView:
    """``text``: what is seen; ``origin``: where it is written."""

    def __init__(self, written: str) -> None:
        signs = {*written}
        # The usual ones first: a whole translation is slow.
        for usual, plain in _USUAL:
            if usual in signs:
                written = written.replace(usual, plain)
        if not signs.isdisjoint(_RARE):
            written = written.translate(_ALIKE)
        # Where, in what is seen, each written piece begins, and where in the text.
        self._seen, self._written = [0], [0]
        self.text = written
        marks = [*_MARKUP.finditer(written)] if not signs.isdisjoint(_MARKS) else []
        if not signs.isdisjoint(_ACCENTS):
            marks = sorted((*marks, *_DECOMPOSED.finditer(written)), key=lambda mark: mark.start())
        parts: list[str] = []
        length = at = 0
        for match in marks:
            shown = _shown(match[0])
            if shown == match[0]:
                continue
            parts += [written[at : match.start()], shown]
            length += match.start() - at
            self._seen += [length, length + len(shown)]
            self._written += [match.start(), match.end()]
            length += len(shown)
            at = match.end()
        self.text = "".join((*parts, written[at:]))

    def origin(self, place: int, closing: bool = False) -> int:
        """The place in the text of a place in what is seen. ``closing``: the end of a piece, before any mark that follows."""
        if closing:
            return self.origin(place - 1) + self._width(place - 1)
        piece = bisect_right(self._seen, place) - 1
        return self._written[piece] + (place - self._seen[piece] if not self._is_mark(piece) else 0)

    def _is_mark(self, piece: int) -> bool:
        """Pieces are, in turn, text and what stands for a mark."""
        return piece % 2 == 1

    def _width(self, place: int) -> int:
        """How many written signs a seen one stands for."""
        piece = bisect_right(self._seen, place) - 1
        return self._written[piece + 1] - self._written[piece] if self._is_mark(piece) else 1


def _shown(mark: str) -> str:
    if mark[0] == "&":
        return unescape(mark).translate(_ALIKE)
    if mark[0].isalpha():
        return unicodedata.normalize("NFC", mark)
    return " " if mark[0] in "<]" else ""
