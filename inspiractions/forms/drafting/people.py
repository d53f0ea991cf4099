"""Keep people out of drafts and reports: what names them is taken out of each text and set aside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from inspiractions.base.personal_data import Kind, PersonalDatum, find_personal_data

_MARKS: Mapping[Kind, str] = {"phone": "[téléphone retiré]", "email": "[courriel retiré]", "name": "[nom retiré]"}


@dataclass
class Ecart:
    """``noms``: those of the people that the form asks for; ``retires``: each text taken out, for ``.contacts/`` only."""

    boites: Collection[str]
    noms: tuple[str, ...] = ()
    retires: list[str] = field(default_factory=list)

    def texte(self, texte: str) -> str:
        """The same text without persons: « [nom retiré] », « [téléphone retiré] », « [courriel retiré] »."""
        spans = [*self._known(texte), *find_personal_data(texte, self.boites)]
        # What is taken out may have hidden more: in « Mme Modèle+33199001234 », the number shows once the name is gone.
        while spans:
            texte = self._redact(texte, _disjoint(spans))
            spans = [*find_personal_data(texte, self.boites)]
        return texte

    def valeur(self, value: Any) -> Any:
        """The same, of texts at any depth."""
        if isinstance(value, str):
            return self.texte(value)
        if isinstance(value, dict):
            return {self.texte(k): self.valeur(v) for k, v in value.items()}
        return [self.valeur(v) for v in value] if isinstance(value, list) else value

    def _known(self, texte: str) -> Iterator[PersonalDatum]:
        for nom in self.noms:
            # A whole name in any case, « Camille Exemple » where the form says « Camille EXEMPLE »; a surname as it stands.
            for match in re.finditer(rf"(?<!\w){re.escape(nom)}(?!\w)", texte, re.I if " " in nom else 0):
                yield PersonalDatum(*match.span(), "name", match[0])

    def _redact(self, texte: str, spans: Iterable[tuple[int, int, Kind]]) -> str:
        parts, at = [], 0
        for start, end, kind in spans:
            self.retires.append(texte[start:end])
            parts += [texte[at:start], _MARKS[kind]]
            at = end
        return "".join((*parts, texte[at:]))


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


def noms_de(contacts: Iterable[dict[str, str | None]]) -> tuple[str, ...]:
    """The names that contacts bear: whole, in both orders, and the surname in capitals."""
    found: dict[str, None] = {}
    for contact in contacts:
        nom = " ".join((contact.get("nom") or "").split())
        if len(nom) > 3 and any(map(str.isalpha, nom)):
            found[nom] = None
            found.update([(" ".join(nom.split()[::-1]), None)] * (nom.count(" ") == 1))
            found.update((w, None) for w in nom.split() if len(w) > 3 and w.isupper())
    return tuple(sorted(found, key=len, reverse=True))
