"""What was typed, understood: words, "exact phrases", -words. Twin: ``docs/assets/js/search/query.js``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspiractions.search.stems import words

_PART = re.compile(r'(-?)"([^"]*)"?|(\S+)')

QueryWord = tuple[str, str]
"""A word as typed (folded), and its stem."""


@dataclass(frozen=True)
class Bounds:
    """How far the engine looks; the manifest of the index tells it to the browser.

    ``expansions``: stems tried for a last word that may go on, the commonest first; ``phrases_read``: actions whose text
    is read again for an exact phrase; ``few``: where fewer actions have all of three words or more, those that come near
    are shown too.
    """

    expansions: int
    phrases_read: int
    few: int


BOUNDS = Bounds(expansions=40, phrases_read=60, few=3)


@dataclass(frozen=True)
class Query:
    """``derniere``: the last word may go on, for nothing follows it."""

    mots: tuple[QueryWord, ...]
    phrases: tuple[tuple[str, ...], ...]
    exclus: tuple[str, ...]
    derniere: bool


def understand(q: str) -> Query:
    """Nothing that can be typed is an error."""
    mots: list[QueryWord] = []
    phrases: list[tuple[str, ...]] = []
    exclus: list[str] = []
    derniere = False
    for minus, phrase, word in _parts(q):
        derniere = False
        found = words(phrase if word is None else word)
        if minus or (word is not None and len(word) > 1 and word.startswith("-")):
            exclus += [racine for _, racine in found]
        elif word is None:
            mots += found
            phrases += [tuple(racine for _, racine in found)] if len(found) > 1 else []
        else:
            mots += found
            derniere = bool(found)
    ordered = tuple(dict.fromkeys(mots))
    return Query(ordered, tuple(phrases), tuple(exclus), derniere and q == q.rstrip())


def _parts(q: str) -> Iterator[tuple[str, str, str | None]]:
    for found in _PART.finditer(q):
        yield found[1] or "", found[2] or "", found[3]
