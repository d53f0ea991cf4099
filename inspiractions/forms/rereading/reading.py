"""What a city wrote in a form for re-reading: the paragraphs of each row, the boxes ticked, and all the other words.

The rows are known, and so are the words that the form prints: what is neither a row's answer nor printed is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from inspiractions.base.text import fold, nearest
from inspiractions.forms.reading.document import (
    COCHEES,
    VIDES,
    Cellule,
    Paragraphe,
    Tableau,
    WordDocument,
    paragraphes,
    tranche,
)
from inspiractions.forms.rereading.form import CONFIRMATION, SEND_BACK, Mark, RereadingForm, read_mark
from inspiractions.forms.rereading.rows import Row, likeness, lines_of

_REFERENCE = re.compile(r"R[ée]f[ée]rence\s*:\s*([a-z0-9][a-z0-9-]{0,79}),\s*version\s+([0-9a-f]{12})\b")
_TITLE = re.compile(r"Relecture\s*:\s*(\S.*)")
_BOX = re.compile(rf"(?P<mark>(?:(?<!\w)[xX]\s*)?[{VIDES}{COCHEES}]\ufe0f?|\[[ xX]?\])")
# How near a reworded label must be.
_NEAR = 0.75
_TICKED = re.compile(rf"[xX{COCHEES}]")


@dataclass
class RowAnswer:
    """What stands in a row. ``ticked``: the labels of the boxes ticked.

    ``lines``: the paragraphs that are no box; ``confirmed``: whether the city confirms what the editors inferred.
    """

    lines: list[Paragraphe] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    confirmed: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs as plain texts."""
        return tuple(" ".join(line.texte.split()) for line in self.lines)


@dataclass
class Returned:
    """A form sent back. ``answers``: by place of the rows that it still has; ``beside``: words that stand in none."""

    answers: dict[str, RowAnswer] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sender:
    """What a form says of the fiche it was made of: its mark, or what is printed for whoever loses it."""

    mark: Mark | None
    titre: str = ""


def sender_of(document: WordDocument) -> Sender | None:
    """Whether a document is a form for re-reading, and of which fiche."""
    mark = read_mark(document.properties)
    titre, printed = "", None
    for n, paragraph in enumerate(paragraphes(document.blocs)):
        if n > 40:
            break
        text = " ".join(paragraph.texte.split())
        if title := _TITLE.fullmatch(text):
            titre = titre or title[1]
        if reference := _REFERENCE.search(text):
            printed = Mark(reference[1], reference[2])
            break
    if mark is None and printed is None:
        # A heading alone is of a form only where its rows follow.
        rows = sum(fold(p.texte.strip(" :")) in _WITNESSES for p in paragraphes(document.blocs))
        return Sender(None, titre) if titre and rows >= len(_WITNESSES) - 1 else None
    return Sender(mark or printed, titre)


# Labels that every form for re-reading prints.
_WITNESSES = frozenset(map(fold, ("Titre", "Résumé", "Porteur", "Contexte", "Objectifs", "Relue par la ville")))


def forms_in(document: WordDocument) -> tuple[WordDocument, ...]:
    """A document that holds several forms, copied one after the other, as one document each."""
    starts: list[int] = []
    for n, bloc in enumerate(document.blocs):
        if isinstance(bloc, Paragraphe) and _TITLE.fullmatch(" ".join(bloc.texte.split())):
            starts.append(n)
    if len(starts) < 2:
        return (document,)
    cuts = [0, *starts[1:], len(document.blocs)]
    first, *others = (document.blocs[a:b] for a, b in pairwise(cuts))
    # The mark is that of the first; what stands in the margins is told once.
    return (replace(document, blocs=first), *(WordDocument(blocs, images=document.images) for blocs in others))


def read_returned(document: WordDocument, form: RereadingForm) -> Returned:
    """Read a document as that form, whatever became of its tables."""
    return _Reader(form).read(document)


class _Reader:
    """Goes through a document once; ``here`` is the row whose answer goes on."""

    def __init__(self, form: RereadingForm) -> None:
        self.rows: Mapping[str, Row] = {fold(likeness(row.label)): row for row in form.every_row}
        self.printed = frozenset(fold(likeness(text)) for text in form.printed())
        self.returned = Returned()
        self.here: Row | None = None

    def read(self, document: WordDocument) -> Returned:
        in_table = False
        for bloc in document.blocs:
            if isinstance(bloc, Tableau):
                in_table = self._table(bloc) or in_table
            elif in_table:
                # Where the rows are those of a table, what follows it answers nothing.
                self._beside([bloc])
            else:
                self._paragraph(bloc)
        return self.returned

    def _table(self, table: Tableau) -> bool:
        """Whether it holds rows of the form; one that a city drew in an answer goes with it."""
        inside = False
        for rangee in table.rangees:
            cells = [cell for cell in rangee if not cell.suite]
            if not cells:
                continue
            label = self._label(cells[0])
            if label and label.place in self.returned.answers:
                # A row that stands twice: the first counts.
                self.here = None
                self._beside(paragraphes(tuple(bloc for cell in cells for bloc in cell.blocs)))
            elif label and len(cells) > 1:
                inside, self.here = True, label
                self._start(label)
                self._rest_of_label(cells[0])
                self._answer(paragraphes(tuple(bloc for cell in cells[1:] for bloc in cell.blocs)))
                self.here = None
            elif label:
                inside, self.here = True, label
                self._start(label)
                self._rest_of_label(cells[0])
            elif self.here and len(cells) == 1 and not cells[0].ombree:
                self._answer(paragraphes(cells[0].blocs))
            else:
                self.here = None
                self._beside(paragraphes(tuple(bloc for cell in cells for bloc in cell.blocs)))
        if inside:
            self.here = None
        return inside

    def _label(self, cell: Cellule) -> Row | None:
        """The row that a cell names; in a coloured cell, one whose label the city reworded, too."""
        first = next((p for p in paragraphes(cell.blocs) if p.texte.strip()), None)
        key = _key(first.texte) if first else ""
        if key in self.rows or not (key and cell.ombree):
            return self.rows.get(key)
        free = [label for label, row in self.rows.items() if row.place not in self.returned.answers]
        near = next((label for label in free if key.startswith(f"{label} ")), None) or nearest(key, free, _NEAR)
        return self.rows[near] if near else None

    def _rest_of_label(self, cell: Cellule) -> None:
        """What stands under a label: its help, which is printed, and what somebody typed there."""
        written = [p for p in paragraphes(cell.blocs) if p.texte.strip()]
        self._beside(written if _key(written[0].texte) not in self.rows else written[1:])

    def _paragraph(self, paragraph: Paragraphe) -> None:
        """One outside tables: a label, alone or followed by its answer; an answer; else words beside."""
        text = paragraph.texte.strip()
        head, colon, rest = text.partition(":")
        # A label may hold a colon of its own: « Budget : financeurs ».
        longer, second, more = rest.partition(":")
        for label, answer in ((text, ""), (f"{head}:{longer}", more if second else ""), (head, rest if colon else "")):
            row = self.rows.get(_key(label))
            if row and row.place not in self.returned.answers:
                self.here = row
                self._start(row)
                at = len(paragraph.texte.rstrip()) - len(answer)
                self._answer([replace(paragraph, morceaux=tranche(paragraph.morceaux, at))] if answer.strip() else [])
                return
        if self.here and _key(text) not in self.printed:
            self._answer([paragraph])
        else:
            self._beside([paragraph])

    def _start(self, row: Row) -> None:
        self.returned.answers.setdefault(row.place, RowAnswer())

    def _answer(self, paragraphs: Iterable[Paragraphe]) -> None:
        assert self.here is not None
        answer = self.returned.answers[self.here.place]
        for line in lines_of(paragraphs):
            if not self._boxes(line, answer):
                answer.lines.append(line)

    def _boxes(self, line: Paragraphe, answer: RowAnswer) -> bool:
        """Whether a paragraph is boxes: those of the row, or the one that confirms."""
        if not (self.here and _BOX.search(line.texte)):
            return False
        pieces = _BOX.split(line.texte)
        before, marked = pieces[0], list(zip(pieces[1::2], pieces[2::2], strict=True))
        if len(marked) == 1 and _key(marked[0][1]) == _key(CONFIRMATION):
            answer.confirmed = answer.confirmed or bool(_TICKED.search(marked[0][0]))
            self._words(before)
            return True
        if self.here.kind != "boxes":
            return False
        for mark, label in marked:
            self._box(bool(_TICKED.search(mark)), " ".join(label.split()), answer)
        if before.strip():
            answer.lines.append(replace(line, morceaux=tranche(line.morceaux, 0, len(before))))
        return True

    def _box(self, ticked: bool, words: str, answer: RowAnswer) -> None:
        """One box: its option, and what the city added to it; another label is told where it is not ticked."""
        assert self.here is not None
        options = sorted((self.here.options or {}).values(), key=len, reverse=True)
        option = next((one for one in options if _opens(words, one)), "")
        rest = words[len(option) :].strip(" :,;")
        if option and rest:
            self._words(f"{self.here.label}, « {option} » : {rest}")
        elif not option and not ticked and words:
            self._words(f"{self.here.label} : {words}")
        if ticked and words:
            answer.ticked.append(option or words)

    def _beside(self, paragraphs: Iterable[Paragraphe]) -> None:
        for line in lines_of(paragraphs):
            self._words(line.texte)

    def _words(self, text: str) -> None:
        words = " ".join(text.split())
        advice = words.startswith(SEND_BACK[0]) and words.endswith(SEND_BACK[1])
        if words and not advice and _key(words) not in self.printed:
            self.returned.beside.append(words)


def _opens(words: str, option: str) -> bool:
    """Whether words begin with an option, whole."""
    n = len(option)
    return _key(words[:n]) == _key(option) and not words[n : n + 1].isalnum()


def _key(text: str) -> str:
    return fold(likeness(text)).strip(" :")


def in_margins(document: WordDocument) -> Iterator[tuple[str, str]]:
    """What stands beside the text of a document: where, and the words."""
    yield from ((aside.place, aside.text) for aside in document.asides)
    yield from (("Note", text) for text in document.notes.values())
    yield from (("Commentaire Word", text) for text in document.commentaires.values())
    yield from (("À savoir", text) for text in document.avis)
