"""Lines that hold several labels: « Nom : A	Fonction : B », « Nom : A, tél. : 01… »; each label begins a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from inspiractions.forms.reading.document import couper, tranche
from inspiractions.forms.reading.labels import Accord, Etiquette, accords, debut, mots
from inspiractions.forms.reading.lines import FormLine, ligne

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
