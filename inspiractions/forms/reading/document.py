"""What a document is once read, whatever its format: blocks, runs, cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Morceau:
    """A run: text of one look. ``lien`` is an address; ``image`` a name in ``WordDocument.images``; ``note`` an id of a note.

    A line break is a run whose text is a newline.
    """

    texte: str = ""
    gras: bool = False
    lien: str = ""
    image: str = ""
    note: str = ""
    commentaires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraphe:
    """``liste``: « puce », « numero » or nothing; ``titre``: the level of a heading, else 0."""

    morceaux: tuple[Morceau, ...]
    liste: str = ""
    niveau: int = 0
    titre: int = 0

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
class WordDocument:
    """``commentaires`` and ``notes`` by id; ``images`` reads a picture by its name; ``avis``: what could not be read, in French."""

    blocs: tuple[WordBlock, ...]
    commentaires: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    avis: tuple[str, ...] = ()


def paragraphes(blocs: tuple[WordBlock, ...]) -> Iterator[Paragraphe]:
    """Every paragraph, those of the tables included, in order."""
    for bloc in blocs:
        if isinstance(bloc, Paragraphe):
            yield bloc
        else:
            for rangee in bloc.rangees:
                for cellule in rangee:
                    yield from paragraphes(cellule.blocs)


def tranche(morceaux: tuple[Morceau, ...], start: int, end: int | None = None) -> tuple[Morceau, ...]:
    """The runs between two places of their text; pictures and notes stay with what follows them."""
    runs: list[Morceau] = []
    at = 0
    for m in morceaux:
        stop = at + len(m.texte)
        if not m.texte:
            if at >= start and (end is None or at < end or (at == end and stop == end)):
                runs.append(m)
        elif stop > start and (end is None or at < end):
            cut = m.texte[max(0, start - at) : None if end is None else max(0, end - at)]
            if cut:
                runs.append(Morceau(cut, m.gras, m.lien, m.image, m.note, m.commentaires))
        at = stop
    return tuple(runs)
