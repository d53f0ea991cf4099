"""What a draft may not hold, and what it may not lose.

Keep people out of drafts and reports: what names them is taken out of each text and set aside.

The last net: lines of a document that neither the form nor anything written for readers holds, told so that none is lost. A
line is kept where its words follow one another there as in the document; that each of them occurs somewhere proves nothing.
What went to ``.contacts/`` alone does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import pairwise
from typing import Any

from inspiractions.base.personal_data import Kind, PersonalDatum, find_personal_data
from inspiractions.base.personal_life import Lexicon
from inspiractions.forms.drafting.deduce import jour
from inspiractions.forms.reading.filled_form import GOODBYE, Lecture
from inspiractions.forms.reading.labels import mots
from inspiractions.forms.reading.lines import FormLine

_MARKS: Mapping[Kind, str] = {
    "phone": "[téléphone retiré]",
    "email": "[courriel retiré]",
    "name": "[nom retiré]",
    "nir": "[numéro retiré]",
    "birth": "[date retirée]",
    "address": "[adresse retirée]",
    "situation": "[personne retirée]",
}


@dataclass
class Redactor:
    """What is only possible is taken out, too: nothing is lost, and whoever reads the draft puts it back.

    ``names``: those of the people that the form asks for; ``removed``: each text taken out, for ``.contacts/`` only."""

    lexicon: Lexicon
    names: tuple[str, ...] = ()
    removed: list[str] = field(default_factory=list)

    def text(self, texte: str) -> str:
        """The same text without persons: « [nom retiré] », « [téléphone retiré] », « [courriel retiré] »."""
        spans = [*self._known(texte), *find_personal_data(texte, self.lexicon)]
        # What is taken out may have hidden more: in « Mme Modèle+33199001234 », the number shows once the name is gone.
        while spans:
            texte = self._redact(texte, _disjoint(spans))
            spans = [*find_personal_data(texte, self.lexicon)]
        return texte

    def value(self, value: Any) -> Any:
        """The same, of texts at any depth."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(k): self.value(v) for k, v in value.items()}
        return [self.value(v) for v in value] if isinstance(value, list) else value

    def _known(self, texte: str) -> Iterator[PersonalDatum]:
        for nom in self.names:
            for match in _as_written(nom).finditer(texte):
                yield PersonalDatum(*match.span(), "name", match[0])

    def _redact(self, texte: str, spans: Iterable[tuple[int, int, Kind]]) -> str:
        parts, at = [], 0
        for start, end, kind in spans:
            self.removed.append(texte[start:end])
            parts += [texte[at:start], _MARKS[kind]]
            at = end
        return "".join((*parts, texte[at:]))


def what_remains(text: str, lexicon: Lexicon) -> list[str]:
    """The words that still tell of a person in what was written, each once: told to whoever reads it over."""
    return list(dict.fromkeys(" ".join(datum.text.split()) for datum in find_personal_data(text, lexicon)))


def _disjoint(data: Iterable[PersonalDatum]) -> list[tuple[int, int, Kind]]:
    """Start, end and kind of each piece, in order; pieces that overlap are one, of the kind of the longest."""
    spans: list[tuple[int, int, Kind]] = []
    for datum in sorted(data):
        span = (datum.start, datum.end, datum.kind)
        if spans and datum.start < spans[-1][1]:
            last = spans.pop()
            kind = max(last, span, key=lambda one: one[1] - one[0])[2]
            span = (last[0], max(last[1], datum.end), kind)
        spans.append(span)
    return spans


def _as_written(nom: str) -> re.Pattern[str]:
    """A whole name in any case, its words in their order or the reverse; one word as it is, or in capitals."""
    words = [re.escape(word) for word in nom.split()]
    if len(words) > 1:
        orders = (r"[\s._-]+".join(order) for order in (words, [*words[1:], words[0]], [words[-1], *words[:-1]]))
        return re.compile(rf"(?<!\w)(?:{'|'.join(orders)})(?!\w)", re.I)
    return re.compile(rf"(?<!\w)(?:{words[0]}|{re.escape(nom.upper())})(?!\w)")


def noms_de(contacts: Iterable[dict[str, str | None]], lexicon: Lexicon) -> tuple[str, ...]:
    """The names that contacts bear: whole, and the words that are no first name."""
    names: dict[str, None] = {}
    for contact in contacts:
        nom = " ".join((contact.get("nom") or "").split())
        if len(nom) > 3 and any(map(str.isalpha, nom)):
            names[nom] = None
            names.update(
                (word, None)
                for word in nom.split()
                if len(word) > 3 and (word.isupper() or not lexicon.is_first_name(word)) and word[0].isupper()
            )
    return tuple(sorted(names, key=len, reverse=True))


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
