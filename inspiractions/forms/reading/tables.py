"""Tables drawn otherwise than the form draws them, made as it does: numbers before the questions, ticks in columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from inspiractions.base.text import fold
from inspiractions.forms.reading.document import Cellule, Morceau, Tableau, paragraphes
from inspiractions.forms.reading.marks import EMPTY_MARK, MARK

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
