"""What was typed, understood: words, "exact phrases", -words. Twin: ``docs/assets/js/search/query.js``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspiractions.base.text import fold
from inspiractions.search.stems import clean, words

_PART = re.compile(r'(-?)["“”„«]([^"“”„«»]*)["“”„»]?|(\S+)')
# « -mot » is an exclusion, « -25 ans » is an age, and so is « 11 -17 ans ».
_EXCLUSION = re.compile(r"-+[^\W\d_]")
_AGE = re.compile(
    r"(?:(moins de|jusqu['’]à|[-<])\s*|(plus de|>)\s*)?(\d{1,3})(?:\s*(?:-|à|/|et)\s*-?(\d{1,3}))?\s*(ans?|mois)(?!\w)(\s*(?:et plus|et \+|\+))?"
)
# After these, « été » is the verb.
_SUMMER = re.compile(r"(?:(\S+)(\s+))?\b(?:été|ete)\b(?!['’])", re.I)
_BEEN = frozenset("a ai as avait avaient avoir ayant ont eu eut aura auront aurait avons avez n'a n'ont".split())  # noqa: SIM905
OLDEST = 120

QueryWord = tuple[str, str]
"""A word as typed (folded), and its stem."""


@dataclass(frozen=True)
class Bounds:
    """How far the engine looks; the manifest of the index tells it to the browser.

    ``expansions``: stems tried for a last word that may go on, the commonest first; ``phrases_read``: actions whose text
    is read again for an exact phrase; ``few``: where fewer actions have all of three words or more, those that come near
    are shown too; ``words``: how many words of a long paste are searched; ``enough``: the share of the weight of two words
    that an action must bear to be shown beside those that have them all, ``enough_of_many``: that of three or more.
    """

    expansions: int
    phrases_read: int
    few: int
    words: int
    enough: float
    enough_of_many: float


BOUNDS = Bounds(expansions=40, phrases_read=60, few=3, words=24, enough=0.6, enough_of_many=0.45)


@dataclass(frozen=True)
class Query:
    """``derniere``: the last word may go on, for nothing follows it.

    ``ages``: from and to, where an age is asked for; its words are in ``facultatifs``: they count, and none is required.
    """

    mots: tuple[QueryWord, ...]
    phrases: tuple[tuple[str, ...], ...]
    exclus: tuple[str, ...]
    derniere: bool
    ages: tuple[int, int] | None = None
    facultatifs: frozenset[str] = frozenset()


def understand(q: str) -> Query:
    """Nothing that can be typed is an error."""
    q = clean(q)
    mots: list[QueryWord] = []
    phrases: list[tuple[str, ...]] = []
    exclus: list[str] = []
    ages: tuple[int, int] | None = None
    facultatifs: set[str] = set()
    derniere = False
    for kind, text in _segments(q):
        derniere = False
        if kind == "-":
            exclus += [racine for _, racine in words(text)]
        elif kind == '"':
            mots += (added := words(text))
            phrases += [tuple(racine for _, racine in added)] if len(added) > 1 else []
        else:
            mots += words(_summer(text))
            for age in _AGE.finditer(text.lower()):
                ages = _ages(age)
                facultatifs.update(part for part, _ in words(age[0]))
            derniere = bool(words(_summer(text.split()[-1])))
    ordered = tuple(dict.fromkeys(mots))[: BOUNDS.words]
    return Query(ordered, tuple(phrases), tuple(exclus), derniere and q == q.rstrip(), ages, frozenset(facultatifs))


def _segments(q: str) -> Iterator[tuple[str, str]]:
    """Phrases (``"``), exclusions (``-``) and, as wide as they go, the plain words between (empty kind)."""
    plain: list[str] = []
    for part in _PART.finditer(q):
        minus, phrase, word = part[1] or "", part[2], part[3]
        if phrase is None and not _EXCLUSION.match(word):
            plain.append(word)
            continue
        if plain:
            yield "", " ".join(plain)
            plain = []
        yield ("-", phrase or word or "") if minus or phrase is None else ('"', phrase)
    if plain:
        yield "", " ".join(plain)


def _summer(text: str) -> str:
    """« été » in a query is the season, but after « a » and « ont »."""

    def season(mention: re.Match[str]) -> str:
        before = (mention[1] or "") + (mention[2] or "")
        return mention[0] if fold(mention[1] or "") in _BEEN else f"{before}l’été"

    return _SUMMER.sub(season, text)


def _ages(ages: re.Match[str]) -> tuple[int, int]:
    first, second = int(ages[3]), int(ages[4] or ages[3])
    if ages[5] == "mois":
        first, second = first // 12, second // 12
    if ages[1]:
        return 0, second
    return (first, OLDEST) if ages[2] or ages[6] else (min(first, second), max(first, second))
