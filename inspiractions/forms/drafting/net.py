"""The last net: lines of a document that neither the form nor anything written for readers holds, told so that none is lost.

A line is kept where its words follow one another there as in the document; that each of them occurs somewhere proves
nothing. What went to ``.contacts/`` alone does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

from inspiractions.base.lexicon import Lexicon
from inspiractions.forms.drafting.deduce import jour
from inspiractions.forms.drafting.people import Redactor
from inspiractions.forms.reading.filled_form import GOODBYE, Lecture
from inspiractions.forms.reading.labels import mots
from inspiractions.forms.reading.lines import FormLine

_GREETING = re.compile(r"(?:bonjour|bonsoir|madame|monsieur|cher|chère|ch[eè]re?s)\b[^.!?:]{0,60}[,.!:]?$", re.I)
# The addresses of links, which the Markdown of a draft writes among the words.
_ADDRESS = re.compile(r"\]\([^)\s]*\)")
_CUT = re.compile(r"[\n;:|«»()\[\]\"/,.]")
# An answer that names a person is set apart; one of more words says something else, too.
_NAMES_SOMEBODY = 8


class Kept:
    """The texts that hold what was written for readers, to look lines up in."""

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = [_ADDRESS.sub("", text) for text in texts]
        self._text = "\n".join(pieces)
        self._words = f" {' '.join(map(_words, pieces))} "
        self._units = {words for text in pieces for unit in _CUT.split(text) if (words := _words(unit))}

    def holds(self, line: str) -> bool:
        """Whether the words of a line stand there in a row; one or two words, as a whole phrase."""
        words = _words(line)
        if not words or ((day := jour(line)) and day in self._text):
            return True
        if f" {words} " not in self._words:
            return False
        units = [unit for part in _CUT.split(line) if (unit := _words(part))]
        return words.count(" ") >= 2 or words in self._units or all(unit in self._units for unit in units)


def lost(lecture: Lecture, written: Iterable[str], redact: Callable[[str], str]) -> list[str]:
    """The lines that nothing holds, each once, without persons. ``redact`` takes these out, as it did of what was written."""
    kept = Kept([*_texts(lecture.formulaire), *written])
    lines = (redact(line).strip() for line in _unlabelled(lecture))
    return list(dict.fromkeys(line for line in lines if not kept.holds(line)))


def told_apart(lecture: Lecture, redact: Callable[[str], str]) -> list[str]:
    """What stands beside the text, struck, hidden or in a margin, without persons; what the form prints there goes."""
    kept = Kept(_texts(lecture.formulaire))
    asides = (
        (aside.place, re.sub(r"[^\S\n]+", " ", redact(aside.text)))
        for aside in lecture.document.asides
        if not kept.holds(aside.text)
    )
    return list(dict.fromkeys(f"{place} : « {text} »" for place, text in asides))


def words_of_message(text: str, lexicon: Lexicon) -> list[str]:
    """What a message says beside its forms, quoted, without persons: neither its first words nor its signature."""
    lines = [line.strip() for line in text.replace("\r", "").split("\n")]
    end = next((n for n, line in enumerate(lines) if GOODBYE.match(line) or line in ("--", "-- ")), len(lines))
    body = [line for line in lines[:end] if line and not _GREETING.match(line)]
    redactor = Redactor(lexicon)
    return [f"> {redactor.text(line)}" for line in body]


def _unlabelled(lecture: Lecture) -> Iterator[str]:
    """Each line without the words of the labels found in it; answers that name somebody are passed over."""
    rest: dict[int, FormLine | None] = {}
    private: set[int] = set()
    steps = lecture.reperes
    ends = [after.debut for _, after in pairwise(steps)] + [len(lecture.lignes)] * bool(steps)
    for step, end in zip(steps, ends, strict=True):
        rest |= dict.fromkeys(range(step.debut, step.fin))
        answer = lecture.lignes[step.fin].depuis(step.reste)
        rest[step.fin] = answer
        if step.etiquette.partie == "repondants" or step.etiquette.bloc.vers.startswith("contact."):
            cell = lecture.lignes[step.fin]
            near = [n for n in range(step.fin, end) if _beside(lecture.lignes[n], cell)]
            if not cell.tableau:
                near = _until_blank(lecture.lignes, near, bool(answer.texte.strip()))
            private |= {n for n in near if step.etiquette.bloc.vers != "ville"}
    for n, whole in enumerate(lecture.lignes):
        line = rest.get(n, whole)
        if line is None or (n in private and len(line.texte.split()) <= _NAMES_SOMEBODY):
            continue
        yield " ".join(line.texte.split())


def _until_blank(lines: list[FormLine], near: list[int], answered: bool) -> list[int]:
    """Of the lines under a label, those of its answer: a blank line ends it."""
    for k, n in enumerate(near):
        written = bool(lines[n].texte.strip())
        if k and answered and not written:
            return near[:k]
        answered = answered or (bool(k) and written)
    return near


def _beside(line: FormLine, label: FormLine) -> bool:
    """Whether a line stands in the row of a label, or, outside tables, anywhere under it."""
    return line.rangee == label.rangee if label.tableau else not line.tableau


def _words(text: str) -> str:
    return " ".join(mot.texte for mot in mots(text))


def _texts(value: Any) -> Iterator[str]:
    """Every text of the description of a form, at any depth."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
    elif isinstance(value, dict):
        yield from _texts([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
