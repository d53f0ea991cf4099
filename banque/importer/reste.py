"""What follows a label on its line: the answer, or words that the city added to the label itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from banque.importer.etiquettes import mots
from banque.importer.flux import FormLine
from banque.importer.reperage import Repere

_AVANT_DEUX_POINTS = re.compile(r"^([^:\n]{1,60}?)\s*:\s*")


@dataclass
class Reste:
    """What an action says beside its answers; nothing of it is lost."""

    precisions: dict[str, str] = field(default_factory=dict)
    libelles: dict[str, str] = field(default_factory=dict)
    doutes: list[str] = field(default_factory=list)

    def extra(self) -> dict[str, Any]:
        """Those that hold something, by their name in the extraction."""
        named = (("precisions", self.precisions), ("libelles_modifies", self.libelles), ("doutes", self.doutes))
        return {key: value for key, value in named if value}


def separer(step: Repere, lines: list[FormLine], stream: list[FormLine], said: Reste) -> list[FormLine]:
    """The lines of the answer; the words added to the label go to ``said``."""
    label = stream[step.fin]
    if not step.note:
        said.libelles[step.etiquette.bloc.libelle] = label.texte[: step.reste].strip()
    if not lines or lines[0].paragraphe != label.paragraphe or not lines[0].texte.strip():
        return lines
    first, others = lines[0], lines[1:]
    others_filled = any(line.texte.strip() for line in others)
    words = first.texte.strip()
    if not words.strip(" .…:)?_"):
        return others
    bold = first.texte[: first.gras].strip()
    at = 0
    if bold and bold[-1] in ":?" and len(mots(bold)) <= 8:
        at = first.gras
    elif bold == words and others_filled and len(mots(words)) <= 6 and first.place == "tete":
        at = len(first.texte)
    elif step.etiquette.bloc.texte.rstrip().endswith(":") and ":" not in label.texte[: step.reste]:
        found = _AVANT_DEUX_POINTS.match(first.texte)
        if found and len(mots(found[1])) <= 4 and "//" not in first.texte[found.end() - 1 : found.end() + 2]:
            at = found.end()
    if not at:
        return lines
    said.libelles[step.etiquette.bloc.libelle] = f"{label.texte[: step.reste]}{first.texte[:at]}".strip()
    return [first.depuis(at), *others]
