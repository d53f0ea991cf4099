"""The last net: what a document says that neither the form nor anything written holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from inspiractions.forms.reading.filled_form import Lecture
from inspiractions.forms.reading.labels import mots


def orphelins(lecture: Lecture, ecrits: Iterable[str]) -> list[str]:
    """The lines that hold a word found in none of the texts written, nor in the description of the form."""
    known = _words(_texts(lecture.formulaire)) | _words(ecrits)
    lines = (" ".join(line.texte.split()) for line in lecture.lignes)
    return list(dict.fromkeys(line for line in lines if _words([line]) - known))


def _words(texts: Iterable[str]) -> set[str]:
    return {mot.texte for text in texts for mot in mots(text) if len(mot.texte) > 1 or mot.texte.isdigit()}


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
