"""What says nothing: keys, texts, lists and groups left empty."""

from __future__ import annotations

from collections.abc import Mapping

from inspiractions.model.source import Value


def is_empty(value: Value) -> bool:
    """Whether a value says nothing: « non renseigné ». The web form leaves empty texts and groups behind."""
    return value in (None, "", []) or (isinstance(value, dict) and all(map(is_empty, value.values())))


def without_empty(meta: Mapping[str, Value]) -> dict[str, Value]:
    """The same, without the keys that say nothing, at every level."""
    return {key: _inside(value) for key, value in meta.items() if not is_empty(value)}


def _inside(value: Value) -> Value:
    if isinstance(value, dict):
        return without_empty(value)
    return [without_empty(v) if isinstance(v, dict) else v for v in value] if isinstance(value, list) else value
