"""What a document is once read, whatever its format: blocks, runs, cells."""

from __future__ import annotations

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
