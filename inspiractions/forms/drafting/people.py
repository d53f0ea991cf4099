"""Keep people out of drafts and reports: what names them is taken out of each text and set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspiractions.base.lexicon import Lexicon
from inspiractions.base.personal_data import Kind, PersonalDatum, find_personal_data

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
