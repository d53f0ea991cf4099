"""What follows a label on its line: the answer, or words that the city added to the label itself."""

from __future__ import annotations

import re

from inspiractions.forms.reading.form_data import Leftover
from inspiractions.forms.reading.labels import mots
from inspiractions.forms.reading.lines import FormLine
from inspiractions.forms.reading.locate import Repere

_AVANT_DEUX_POINTS = re.compile(r"^([^:\n]{1,60}?)\s*:\s*")


def separer(step: Repere, lines: list[FormLine], stream: list[FormLine]) -> tuple[list[FormLine], Leftover | None]:
    """The lines of the answer, and the label as the city wrote it, where it changed it."""
    label = stream[step.fin]
    guessed = None if step.note else _changed(step, label.texte[: step.reste])
    if not lines or lines[0].paragraphe != label.paragraphe or not lines[0].texte.strip():
        return lines, guessed
    first, others = lines[0], lines[1:]
    if not first.texte.strip().strip(" .…:)?_"):
        return others, guessed
    at = _end_of_label(step, label, first, others)
    if not at:
        return lines, guessed
    return [first.depuis(at), *others], _changed(step, f"{label.texte[: step.reste]}{first.texte[:at]}")


def _changed(step: Repere, written: str) -> Leftover:
    return Leftover("changed_label", written.strip(), step.etiquette.bloc.libelle)


def _end_of_label(step: Repere, label: FormLine, first: FormLine, others: list[FormLine]) -> int:
    """How many signs of the first line still belong to the label."""
    words = first.texte.strip()
    bold = first.texte[: first.gras].strip()
    if bold and bold[-1] in ":?" and len(mots(bold)) <= 8:
        return first.gras
    answered_below = any(line.texte.strip() for line in others)
    if bold == words and answered_below and len(mots(words)) <= 6 and first.place == "tete":
        return len(first.texte)
    if step.etiquette.bloc.texte.rstrip().endswith(":") and ":" not in label.texte[: step.reste]:
        head = _AVANT_DEUX_POINTS.match(first.texte)
        if head and len(mots(head[1])) <= 4 and "//" not in first.texte[head.end() - 1 : head.end() + 2]:
            return head.end()
    return 0
