"""A document as one stream of lines, in reading order; each knows where it stands (cell, row, table).

However they were drawn: tables drawn otherwise than the form draws them are made as it does (numbers before the questions,
ticks in columns). In lines that hold several labels (« Nom : A	Fonction : B », « Nom : A, tél. : 01… »), each label begins
a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from inspiractions.base.text import fold
from inspiractions.forms.reading.document import (
    COCHEES,
    EMPTY_MARK,
    MARK,
    VIDES,
    Cellule,
    Morceau,
    Paragraphe,
    Tableau,
    WordBlock,
    WordDocument,
    couper,
    paragraphes,
    tranche,
)
from inspiractions.forms.reading.labels import Accord, Etiquette, accords, debut, mots
from inspiractions.forms.reading.package import MAX_LIGNES, TOO_LONG, Refus

_COUNT = re.compile(r"(?:[qQ]|[nN]\s?[°o]\s?)?\s?\d{1,2}(?:\.\d{1,2})?\s?[.):°/-]?|[a-zA-Z][.)]")
_COUNT_HEAD = re.compile(r"(?:n\s?[°o]s?|#|num[ée]ros?|rang)?\.?", re.I)
_HEAD = re.compile(
    r"(?:(?:vos|votre|les|la) )?(?:questions?|reponses?|rubriques?|champs?|libelles?|intitules?|items?|remarques?|commentaires?"
    r"|observations?|elements?|themes?|contenu|a (?:remplir|completer))(?: (?:de la ville|a remplir|eventuelles))?"
)
_YES = ("oui", "x", "choix", "a cocher", "cocher", "concerne", "votre choix")
_NO = ("non", "pas concerne", "ne sait pas", "nsp", "sans objet")
_WORDS = re.compile(r"\w{2}")
_LEAST_COUNTS, _LOOKED = 3, 60

Row = tuple[Cellule, ...]


def plain_table(table: Tableau) -> Tableau:
    """The same table without a column of numbers, its ticks before the words that they are for."""
    return _ticks_first(_without_counts(_without_head(table)))


def upright(table: Tableau, is_label: Callable[[str], bool]) -> Tableau:
    """The same table, its questions on the left: they stood on the right, or in the first row, answers under them."""
    rows = table.rangees
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return table
    # A long table shows in its first rows what it is.
    looked = rows[:_LOOKED]
    if len(rows[0]) == 2 and not any(is_label(_text(row[0])) for row in looked):
        right = sum(is_label(_text(row[1])) for row in looked)
        return Tableau(tuple(row[::-1] for row in rows)) if right >= 3 and 2 * right > len(looked) else table
    heads = sum(is_label(_text(cell)) for cell in rows[0][:_LOOKED]) if len(rows[0]) >= 3 else 0
    if heads < 3 or 2 * heads <= len(rows[0]) or any(is_label(_text(cell)) for row in looked[1:] for cell in row):
        return table
    return Tableau(tuple((head, answer) for row in rows[1:] for head, answer in zip(rows[0], row, strict=True)))


def box_first(row: Row, yes: bool = False) -> Row:
    """A row whose boxes, or crosses, stand in a cell before the words that they tick: each goes with its words.

    ``yes``: « oui » ticks as well.
    """
    cells = list(row)
    for i in range(0, len(cells) - 1, 2):
        mark = _text(cells[i])
        if yes and fold(mark) in ("oui", "non"):
            mark = "☒" if fold(mark) == "oui" else "☐"
        if mark and not MARK.fullmatch(mark):
            break
        if mark and _WORDS.search(_text(cells[i + 1])):
            cells[i], cells[i + 1] = replace(cells[i], blocs=()), _after(mark, cells[i + 1])
    return tuple(cells)


def _after(mark: str, cell: Cellule) -> Cellule:
    """A cell with a mark before its first words."""
    first = next(b for b in paragraphes(cell.blocs) if b.texte.strip())
    ticked = replace(first, morceaux=(Morceau(f"{mark} "), *first.morceaux))
    return replace(cell, blocs=tuple(ticked if bloc is first else bloc for bloc in cell.blocs))


def _without_head(table: Tableau) -> Tableau:
    """The same table without a first row that says what its columns are, « Question », « Réponse »."""
    heads = [fold(text) for cell in table.rangees[0] if (text := _text(cell))] if table.rangees else []
    plain = len(heads) > 1 and all(_HEAD.fullmatch(head) or _COUNT_HEAD.fullmatch(head) for head in heads)
    return Tableau(table.rangees[1:]) if plain and len(table.rangees) > 1 else table


def _without_counts(table: Tableau) -> Tableau:
    firsts = [_text(row[0]) for row in table.rangees if len(row) > 1]
    counts = [text for text in firsts if _COUNT.fullmatch(text)]
    heads = firsts[:1] if firsts and _COUNT_HEAD.fullmatch(firsts[0]) else []
    blank = sum(not text for text in firsts[len(heads) :])
    if len(counts) < _LEAST_COUNTS or len(counts) + blank + len(heads) < len(firsts) or len(set(counts)) < len(counts):
        return table
    return Tableau(tuple(row[1:] if len(row) > 1 else row for row in table.rangees))


def _ticks_first(table: Tableau) -> Tableau:
    """Choices, a row each, with a column « Oui » to tick, and often one « Non »."""
    if len(table.rangees) < 2:
        return table
    head, *rows = table.rangees
    titles = [fold(_text(cell)) for cell in head[1:]]
    yes = next((i for i, title in enumerate(titles, 1) if title in _YES), 0)
    known = all(title in (*_YES, *_NO, "") for title in titles)
    if not yes or not known or not all(len(row) == len(head) and _is_tick_row(row) for row in rows):
        return table
    chosen = [
        _after("☒" if _ticks(row[yes]) else "☐", row[0]) if _WORDS.search(_text(row[0])) else row[0] for row in rows
    ]
    return Tableau(((head[0],), *((cell,) for cell in chosen)))


def _is_tick_row(row: Row) -> bool:
    return all(not (text := _text(cell)) or MARK.fullmatch(text) or fold(text) in ("oui", "non") for cell in row[1:])


def _ticks(cell: Cellule) -> bool:
    text = _text(cell)
    return bool(text) and not EMPTY_MARK.fullmatch(text) and fold(text) != "non"


def _text(cell: Cellule) -> str:
    return " ".join(p.texte.strip() for p in paragraphes(cell.blocs)).strip()


# A box, with what was typed just before it: « x ☐ », « [x] ».
_COUPE = re.compile(rf"(?:(?<!\w)[xX]\s*)?[{VIDES}{COCHEES}]|\[[ xX]?\]")

# A tick that follows the words it is for.
COCHE_APRES = re.compile(
    rf"[\s|]*(?:[xX](?=$|[\s|:,;({VIDES}])|[{VIDES}{COCHEES}]\ufe0f?|\[[ xX]?\]|\([xX]\)|[Oo][Uu][Ii]\s*(?=$|[:,;(]))"
)


@dataclass(frozen=True)
class FormLine:
    """A line, or the part of a line that a check box opens (``suite``: it goes on the line before).

    ``place``: « corps », « tete » (the first words of a cell that may hold a label), « reponse » (those of the last cell
    of a row of several), « dans » (further down in a cell); ``droite``: in the last cell of a row of several.
    ``cases``: how many cells it joins, where it is a row of a table drawn in an answer. ``bloc``: which block of the
    document it stands in. ``tabs``: where tabs stood in its text, spaces now.
    ``puce``: a box, ticked or not, that is the bullet of its list.
    """

    morceaux: tuple[Morceau, ...]
    place: str = "corps"
    droite: bool = False
    tableau: int = 0
    rangee: int = 0
    cellule: int = 0
    ombree: bool = False
    liste: str = ""
    niveau: int = 0
    titre: int = 0
    puce: str = ""
    paragraphe: int = 0
    suite: bool = False
    apres_vide: bool = False
    cases: int = 0
    bloc: int = -1
    tabs: tuple[int, ...] = field(default=(), compare=False)
    texte: str = field(default="", compare=False)

    @property
    def gras(self) -> int:
        """How many characters are bold from the start; spaces and boxes are of either look."""
        at = 0
        for m in self.morceaux:
            if m.texte.strip() and not m.gras:
                break
            at += len(m.texte)
        return at if any(m.gras and m.texte.strip() for m in tranche(self.morceaux, 0, at)) else 0

    def depuis(self, at: int) -> FormLine:
        """What follows a place of the text."""
        return self if at == 0 else ligne(self, tranche(self.morceaux, at))


def ligne(model: FormLine, morceaux: tuple[Morceau, ...]) -> FormLine:
    """Another text at the same place; tabs become spaces, their places kept."""
    text = "".join(m.texte for m in morceaux)
    tabs = tuple(m.start() for m in re.finditer("\t", text))
    if tabs:
        morceaux = tuple(replace(m, texte=m.texte.replace("\t", " ")) for m in morceaux)
    return replace(model, morceaux=morceaux, tabs=tabs, texte=text.replace("\t", " "))


def texte(lines: Iterable[FormLine]) -> str:
    """Lines as one text, a newline between them; blank ones go."""
    return "\n".join(paragraph for paragraph in paragraphes_de(lines) if paragraph)


def paragraphes_de(lines: Iterable[FormLine]) -> list[str]:
    """The text of each line; what a box had cut is one again."""
    paragraphs: list[str] = []
    for line in lines:
        if line.suite and paragraphs:
            paragraphs[-1] += line.texte
        else:
            paragraphs.append(line.texte)
    return [paragraph.strip() for paragraph in paragraphs]


class _Compteur:
    def __init__(self) -> None:
        self.tableau = self.rangee = self.cellule = self.paragraphe = 0


def lignes(document: WordDocument, is_form: Callable[[Tableau, bool], bool]) -> list[FormLine]:
    """The lines of a document. A table for which ``is_form`` is false belongs to an answer: one line a row. Raises ``Refus``."""
    stream = list(islice(_blocs(document.blocs, FormLine(()), is_form, _Compteur()), MAX_LIGNES + 1))
    if len(stream) > MAX_LIGNES:
        raise Refus(TOO_LONG)
    return stream


def _blocs(
    blocs: tuple[WordBlock, ...], here: FormLine, is_form: Callable[[Tableau, bool], bool], n: _Compteur
) -> Iterator[FormLine]:
    first, blank, outer = True, False, here
    for k, bloc in enumerate(blocs):
        here = outer if outer.bloc >= 0 else replace(outer, bloc=k)
        if isinstance(bloc, Tableau):
            bloc = plain_table(bloc)
            if is_form(bloc, here.tableau > 0):
                yield from _tableau(bloc, here, is_form, n)
            else:
                yield from _reponse(bloc, here, n)
            first = False
            continue
        n.paragraphe += 1
        place = here.place if first or here.place == "corps" else "dans"
        lines = list(_paragraphe(bloc, replace(here, place=place, paragraphe=n.paragraphe, apres_vide=blank)))
        blank = not bloc.texte.strip()
        if lines and any(line.texte.strip() for line in lines):
            first = False
        yield from lines


def _tableau(
    table: Tableau, here: FormLine, is_form: Callable[[Tableau, bool], bool], n: _Compteur
) -> Iterator[FormLine]:
    if here.tableau == 0:
        n.tableau += 1
    number = here.tableau or n.tableau
    for rangee in map(box_first, table.rangees):
        n.rangee += 1
        row = n.rangee
        last = len(rangee) - 1
        # A cell that goes on from the row above stands for no label of its own row.
        first = next((i for i, cellule in enumerate(rangee) if not cellule.suite), last)
        for i, cellule in enumerate(rangee):
            n.cellule += 1
            droite = last > first and i == last
            place = "reponse" if droite else "tete"
            look = FormLine((), place, droite, number, row, n.cellule, cellule.ombree, bloc=here.bloc)
            yield from _blocs(cellule.blocs, look, is_form, n)


def _reponse(table: Tableau, here: FormLine, n: _Compteur) -> Iterator[FormLine]:
    """A table that somebody put in an answer: « a | b | c », a line a row."""
    place = "dans" if here.place != "corps" else "corps"
    for rangee in (box_first(row, yes=True) for row in table.rangees):
        n.paragraphe += 1
        runs: list[Morceau] = []
        for i, cellule in enumerate(rangee):
            if i:
                runs.append(Morceau(" | "))
            inner = [
                line for line in _blocs(cellule.blocs, FormLine(()), lambda *_: False, _Compteur()) if line.morceaux
            ]
            for j, line in enumerate(inner):
                runs += ([Morceau(" ")] if j and not line.suite else []) + list(line.morceaux)
        joined = ligne(replace(here, place=place, paragraphe=n.paragraphe, cases=len(rangee)), tuple(runs))
        if joined.texte.strip(" |") or any(m.image for m in runs):
            yield joined


def _paragraphe(paragraphe: Paragraphe, here: FormLine) -> Iterator[FormLine]:
    look = replace(here, liste=paragraphe.liste, niveau=paragraphe.niveau, titre=paragraphe.titre, puce=paragraphe.puce)
    text = paragraphe.texte
    starts: dict[int, bool] = {}
    for line in re.finditer(r"[^\n]*(?:\n|$)", text):
        starts.setdefault(line.start(), False)
        blank = len(line[0]) - len(line[0].lstrip())
        starts.update((line.start() + at, True) for at in _before_boxes(line[0]) if at > blank)
    if text and not text.endswith("\n"):
        starts.pop(len(text), None)
    places = [at for at in sorted(starts) if at]
    first = True
    for at, whole in zip([0, *places], couper(paragraphe.morceaux, places), strict=True):
        runs = tuple(
            replace(m, texte=m.texte.replace("\n", "")) if "\n" in m.texte else m for m in whole if m.texte != "\n"
        )
        if runs or first:
            place = look.place if first or look.place == "corps" else "dans"
            yield ligne(replace(look, place=place, suite=starts[at]), runs)
        first = first and not any(m.texte.strip() for m in runs)


def _before_boxes(line: str) -> list[int]:
    """Where to cut a line: before each box; after, where the boxes follow their words (« Oui ☒ Non ☐ »)."""
    boxes = list(_COUPE.finditer(line))
    if boxes and line[: boxes[0].start()].strip() and not line[boxes[-1].end() :].strip(" .)\n\u00a0"):
        return [box.end() for box in boxes[:-1]]
    return [box.start() for box in boxes]


# A column, drawn with blanks; and what parts the ways to reach somebody.
_GAP = re.compile(r"(?: |\u00a0){3,}| \| ")
_PART = re.compile(r"[,;/\u2022\u00b7)]?[\s\u00a0]+(?:[-–—|\u2022\u00b7][\s\u00a0]+)?")
_EXACT, _REACH = 0.95, 120
_QUOTED = re.compile(r"\s*(?:>[ \u00a0]?)+")

_Index = dict[str, list[Etiquette]]


def cut_at_labels(stream: list[FormLine], labels: Iterable[Etiquette]) -> list[FormLine]:
    """The same lines, one more before each further label that a line holds, its « : » after it."""
    index: _Index = {}
    for label in labels:
        if label.demande and label.genre in ("ligne", "question", "choix"):
            for head in {shape.mots[0][:3] for shape in label.formes}:
                index.setdefault(head, []).append(label)
    return [piece for line in stream for piece in _pieces(line, index)]


def without_quotes(stream: list[FormLine]) -> list[FormLine]:
    """The same lines without the « > » of an answer to a message, where most lines begin so."""
    written = [line for line in stream if line.texte.strip()]
    quoted = sum(bool(_QUOTED.match(line.texte)) for line in written)
    if quoted < 3 or 2 * quoted < len(written):
        return stream
    return [line.depuis(mark.end()) if (mark := _QUOTED.match(line.texte)) else line for line in stream]


def _pieces(line: FormLine, index: _Index) -> Iterator[FormLine]:
    places = sorted({at for at in _places(line, index) if line.texte[:at].strip()})
    if not places:
        yield line
        return
    stops = [0, *places, len(line.texte)]
    for n, runs in enumerate(couper(line.morceaux, places)):
        text = "".join(m.texte for m in runs)
        end = len(text) if n == len(places) else len(text.rstrip(" ,;/|\u00a0\u2022\u00b7"))
        piece = ligne(line, tranche(runs, 0, end))
        tabs = tuple(tab - stops[n] for tab in line.tabs if stops[n] <= tab < stops[n + 1])
        place = "dans" if n and line.place != "corps" else line.place
        yield replace(piece, tabs=tabs, suite=line.suite or n > 0, place=place)


def _places(line: FormLine, index: _Index) -> Iterator[int]:
    text = line.texte
    if line.cases or len(text) > 1500 or (":" not in text and len(line.tabs) < 2):
        return
    for at in (*(tab + 1 for tab in line.tabs), *(gap.end() for gap in _GAP.finditer(text))):
        at += len(text[at:]) - len(text[at:].lstrip())
        match, label = _label_at(text, at, index)
        if match and label and (_colon(text, at, match) or match.fin + at - 1 in line.tabs):
            yield at
    first, label = _label_at(text, debut(text), index)
    if first is None or label is None or not _reaches(label) or not _colon(text, debut(text), first):
        return
    for gap in _PART.finditer(text, debut(text) + first.fin):
        match, label = _label_at(text, gap.end(), index)
        if match and label and _reaches(label) and _colon(text, gap.end(), match):
            yield gap.end()


def _reaches(label: Etiquette) -> bool:
    """Whether it asks who somebody is, or how to reach them."""
    return label.partie == "repondants" or label.bloc.vers.startswith("contact.")


def _label_at(text: str, at: int, index: _Index) -> tuple[Accord | None, Etiquette | None]:
    """The label whose very words stand at a place, the longest; what it matches starts there."""
    window = text[at : at + _REACH]
    words = mots(window)
    best: tuple[Accord | None, Etiquette | None] = (None, None)
    for label in index.get(words[0].texte[:3], ()) if words and not window[: words[0].start].strip() else ():
        for match in accords(label, window, words):
            if match.note > _EXACT and (best[0] is None or match.fin > best[0].fin):
                best = match, label
    return best


def _colon(text: str, at: int, match: Accord) -> bool:
    return ":" in text[at + match.mots : at + match.fin]
