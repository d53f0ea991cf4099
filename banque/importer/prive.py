"""Keep people out of drafts and reports: what names them is taken out of each text and set aside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from banque.confidentialite import donnees_personnelles

_ENTRE = re.compile(r"« (.*) » :", re.S)


@dataclass
class Ecart:
    """``noms``: those of the people that the form asks for; ``retires``: each text taken out, for ``.contacts/`` only."""

    boites: Collection[str]
    noms: tuple[str, ...] = ()
    retires: list[str] = field(default_factory=list)

    def texte(self, texte: str) -> str:
        """The same text without persons: « [nom retiré] », « [téléphone retiré] », « [courriel retiré] »."""
        for nom in self.noms:
            texte = self._sub(re.compile(rf"(?<!\w){re.escape(nom)}(?!\w)"), "[nom retiré]", texte)
        # Each pass takes out the first one: places change.
        for _ in range(200):
            fault = next(donnees_personnelles(texte, self.boites, ()), None)
            if fault is None:
                break
            at, message = fault
            found = _ENTRE.search(message)
            length = len(found[1]) if found else 0
            if not length or texte[at : at + length] != found[1]:  # type: ignore[index]
                length = len(re.split(r"[\n]", texte[at:])[0])
            self.retires.append(texte[at : at + length])
            kind = "téléphone" if "téléphone" in message else "courriel" if "courriel" in message else "nom"
            texte = f"{texte[:at]}[{kind} retiré]{texte[at + length :]}"
        return texte

    def valeur(self, value: Any) -> Any:
        """The same, of texts at any depth."""
        if isinstance(value, str):
            return self.texte(value)
        if isinstance(value, dict):
            return {self.texte(k): self.valeur(v) for k, v in value.items()}
        return [self.valeur(v) for v in value] if isinstance(value, list) else value

    def _sub(self, pattern: re.Pattern[str], mark: str, texte: str) -> str:
        self.retires += [m[0] for m in pattern.finditer(texte)]
        return pattern.sub(mark, texte)


def noms_de(contacts: Iterable[dict[str, str | None]]) -> tuple[str, ...]:
    """The names that contacts bear: whole, and the surname in capitals."""
    found: dict[str, None] = {}
    for contact in contacts:
        nom = " ".join((contact.get("nom") or "").split())
        if len(nom) > 3:
            found[nom] = None
            found.update((w, None) for w in nom.split() if len(w) > 3 and w.isupper())
    return tuple(sorted(found, key=len, reverse=True))
