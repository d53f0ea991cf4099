"""A document as one stream of lines, in reading order; each knows where it stands (cell, row, table)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from inspiractions.forms.reading.document import (
    Morceau,
    Paragraphe,
    Tableau,
    WordBlock,
    WordDocument,
    couper,
    tranche,
)
from inspiractions.forms.reading.marks import COCHEES, VIDES
from inspiractions.forms.reading.package import MAX_LIGNES, TOO_LONG, Refus
from inspiractions.forms.reading.tables import box_first, plain_table

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
