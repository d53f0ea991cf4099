"""What people type and no récit says: everyday words, English and acronyms of ``vocabulaire/`` (``NOMS``), for the search alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from inspiractions.base.paths import find
from inspiractions.base.problem import Problem
from inspiractions.model.source import Source, Value, read_yaml

NOMS = ("anglais", "mots-courants", "sigles")

Glossaire = Mapping[str, tuple[str, ...]]
"""By expression as people type it, the expressions that the récits use."""


def load_glossaire(root: Path) -> tuple[Glossaire, list[Problem]]:
    """Read the three files; one that is missing has no entry, a faulty entry is a problem."""
    meanings: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for nom in NOMS:
        path = find(root, f"vocabulaire/{nom}.yml")
        if path.is_file():
            value, source, faults = read_yaml(path.parents[1], path)
            problems += faults
            for rang, entry in enumerate(value if isinstance(value, list) else []):
                problems += _add(entry, rang, meanings, source)
    return meanings, problems


def _add(entry: Value, rang: int, meanings: dict[str, tuple[str, ...]], source: Source) -> list[Problem]:
    typed = _texts(entry.get("dit")) if isinstance(entry, dict) else ()
    meant = _texts(entry.get("cherche")) if isinstance(entry, dict) else ()
    if not typed or not meant:
        message = "écrivez « - dit: ce que l’on tape » puis « cherche: [ce que disent les récits] »."
        return [source.problem((rang,), "vocabulaire", message)]
    twice = [text for text in typed if text in meanings]
    if twice:
        return [source.problem((rang,), "vocabulaire", f"« {twice[0]} » est déjà dit plus haut : gardez une entrée.")]
    meanings.update(dict.fromkeys(typed, meant))
    return []


def _texts(value: Value) -> tuple[str, ...]:
    """A text, or a list of texts."""
    items = value if isinstance(value, list) else [value]
    return tuple(" ".join(str(item).split()) for item in items if isinstance(item, str | int) and str(item).strip())
