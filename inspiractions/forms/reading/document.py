"""What a document is once read, whatever its format: blocks, runs, cells.

The signs of boxes, empty and ticked, as text; signs set in Wingdings or Symbol, as people see them: boxes, bullets, ≤ and ≥.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Morceau:
    """A run: text of one look. ``lien`` is an address; ``image`` a name in ``WordDocument.images``; ``note`` an id of a note.

    A line break is a run whose text is a newline. ``alt``: the words that the author gave to a picture; ``relief``: how
    the run stands out (« surligné », « souligné »…).
    """

    texte: str = ""
    gras: bool = False
    lien: str = ""
    image: str = ""
    note: str = ""
    commentaires: tuple[str, ...] = ()
    alt: str = ""
    relief: str = ""


@dataclass(frozen=True)
class Paragraphe:
    """``liste``: « puce », « numero » or nothing; ``titre``: the level of a heading, else 0; ``puce``: a box that is its bullet."""

    morceaux: tuple[Morceau, ...]
    liste: str = ""
    niveau: int = 0
    titre: int = 0
    puce: str = ""

    @property
    def texte(self) -> str:
        """What one reads."""
        return "".join(m.texte for m in self.morceaux)


@dataclass(frozen=True)
class Cellule:
    """``ombree``: coloured; ``suite``: continues the cell above."""

    blocs: tuple[WordBlock, ...]
    ombree: bool = False
    suite: bool = False


@dataclass(frozen=True)
class Tableau:
    """Rows of cells."""

    rangees: tuple[tuple[Cellule, ...], ...]


WordBlock = Paragraphe | Tableau


@dataclass(frozen=True)
class Aside:
    """Words that the document holds beside its text. ``place`` says where, in French: « Texte barré », « En-tête… »."""

    place: str
    text: str


@dataclass(frozen=True)
class WordDocument:
    """``commentaires`` and ``notes`` by id; ``images`` reads a picture by its name; ``avis``: what could not be read, in French.

    ``asides``: words that are no part of what the author says there, and are told apart. ``properties``: the custom ones
    of the document, by name.
    """

    blocs: tuple[WordBlock, ...]
    commentaires: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    avis: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


def paragraphes(blocs: tuple[WordBlock, ...]) -> Iterator[Paragraphe]:
    """Every paragraph, those of the tables included, in order."""
    for bloc in blocs:
        if isinstance(bloc, Paragraphe):
            yield bloc
        else:
            for rangee in bloc.rangees:
                for cellule in rangee:
                    yield from paragraphes(cellule.blocs)


def couper(morceaux: tuple[Morceau, ...], places: Sequence[int]) -> list[tuple[Morceau, ...]]:
    """The runs before, between and after some places of their text, in order; what is no text stays with what precedes it."""
    pieces: list[list[Morceau]] = [[]]
    at = 0
    for m in morceaux:
        start = 0
        while len(pieces) <= len(places) and places[len(pieces) - 1] < at + len(m.texte):
            cut = places[len(pieces) - 1] - at
            if cut > start:
                pieces[-1].append(replace(m, texte=m.texte[start:cut]))
            pieces.append([])
            start = cut
        if start < len(m.texte) or not m.texte:
            pieces[-1].append(replace(m, texte=m.texte[start:]) if start else m)
        at += len(m.texte)
    pieces += [[] for _ in range(len(places) + 1 - len(pieces))]
    return [tuple(piece) for piece in pieces]


def tranche(morceaux: tuple[Morceau, ...], start: int, end: int | None = None) -> tuple[Morceau, ...]:
    """The runs between two places of their text; pictures and notes stay with what follows them."""
    runs: list[Morceau] = []
    at = 0
    for m in morceaux:
        stop = at + len(m.texte)
        if not m.texte:
            if at >= start and (end is None or at <= end):
                runs.append(m)
        elif stop > start and (end is None or at < end):
            cut = m.texte[max(0, start - at) : None if end is None else max(0, end - at)]
            if cut:
                runs.append(replace(m, texte=cut))
        at = stop
    return tuple(runs)


VIDES = "☐□▢◻❏❑❒⬜🔲⃞○◯⚪"
COCHEES = "☒☑✓✔✗✘⊠⊡■▣◼⬛🗹🗵🗷⌧✅❌√●◉🗸⬤"
CASE = re.compile(rf"[{VIDES}{COCHEES}]\ufe0f?")
# A box, or a cross, that stands alone.
MARK = re.compile(rf"[xX{VIDES}{COCHEES}]\ufe0f?|\[[ xX]?\]|\([ xX]?\)")
EMPTY_MARK = re.compile(rf"[{VIDES}]\ufe0f?|\[ ?\]|\( ?\)")


# The signs of the Wingdings fonts that stand for a box.
_COCHE = {0x52, 0x53, 0x54, 0x55, 0x78, 0xFB, 0xFC, 0xFD, 0xFE}
_VIDE = {0x2A, 0x30, 0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA3, 0xA8}
# Adobe Symbol as Unicode maps it (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt), letters and what a
# text of ours may hold.
_SYMBOL = dict(
    zip(
        b"\x22\x24\x27\x2d\x40\x5c\x5e\x60ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcywV",
        "∀∃∋−≅∴⊥‾ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψως",
        strict=True,
    )
) | dict(
    zip(
        (*range(0xA0, 0xC0), *range(0xC0, 0xF0), *range(0xF1, 0xFF)),
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)


def signs(text: str, font: str) -> str:
    """Text set in one of these fonts, or in the private characters that stand for them, as one reads it."""
    if font.startswith("Wingdings"):
        return "".join(c if c.isspace() else sign(ord(c), font) for c in text)
    if any("\uf000" <= c <= "\uf0ff" for c in text):
        own = font if font == "Symbol" else "Wingdings"
        return "".join(sign(ord(c), own) if "\uf000" <= c <= "\uf0ff" else c for c in text)
    return text


def sign(code: int, font: str) -> str:
    """The sign of a code in a font: ☒, ☐, a letter, a bullet, or itself."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF or code < 0x100 else 0
    if font.startswith("Wingdings") and low in _COCHE:
        return "☒"
    if font.startswith("Wingdings") and low in _VIDE:
        return "☐"
    if font == "Symbol" and low:
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else "•")
    if low == 0xB7 or font.startswith("Wingdings") or not 0x20 <= code < 0x110000 or 0xD800 <= code <= 0xF8FF:
        return "•"
    return chr(code)
