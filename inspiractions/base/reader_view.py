"""A Markdown text as a reader sees it, sign by sign, and where each sign comes from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from html import unescape

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
