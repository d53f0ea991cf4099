"""What was typed, understood: words, "exact phrases", -words. Twin: ``docs/assets/js/search/query.js``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from inspiractions.base.text import fold
from inspiractions.search.measures import ages_in, without_units
from inspiractions.search.stems import WordInContext, clean, words, words_in_context

# Quotes that are not closed are being typed: their words are words.
_PART = re.compile(r'(-["“”„«]|["“”„«](?=[^"“”„«»]*["“”„»]))([^"“”„«»]*)["“”„»]?|(\S+)')
# « -mot » is an exclusion, « -25 ans » is an age, and so is « 11 -17 ans ».
_EXCLUSION = re.compile(r"-+[^\W\d_]")
# After these, « été » is the verb.
_SUMMER = re.compile(r"(?:(\S+)(\s+))?\b(?:été|ete)\b(?!['’])", re.I)
# What a number counts says little: « 150 euros par mois ».
_COUNTED = frozenset(("euro", "euros", "mois", "habitants", "an", "ans", "km"))
_BEEN = frozenset("a ai as avait avaient avoir ayant ont eu eut aura auront aurait avons avez n'a n'ont".split())  # noqa: SIM905

QueryWord = tuple[str, str]
"""A word as typed (folded), and its stem."""


@dataclass(frozen=True)
class Bounds:
    """How far the engine looks; the manifest of the index tells it to the browser.

    ``expansions``: stems tried for a last word that may go on, the commonest first; ``phrases_read``: actions whose text
    is read again for an exact phrase; ``few``: where fewer actions have all of three words or more, those that come near
    are shown too; ``words``: how many words of a long paste are searched; ``enough``: the share of the weight of two words
    that an action must bear to be shown beside those that have them all, ``enough_of_many``: that of three or more; ``measured``:
    how near to the best of all comes, in weight, the best one that the numbers of the query choose, or they are set aside.
    """

    expansions: int
    phrases_read: int
    few: int
    words: int
    enough: float
    enough_of_many: float
    measured: float


BOUNDS = Bounds(expansions=40, phrases_read=60, few=3, words=24, enough=0.6, enough_of_many=0.45, measured=0.7)


@dataclass(frozen=True)
class Query:
    """``derniere``: the last word may go on, for nothing follows it.

    ``en_contexte``: the words, each with the ``TELLING_WORDS`` around it.
    ``ages``: from and to of each age that is asked for; their words are in ``facultatifs``: they count, and none is required.
    """

    en_contexte: tuple[WordInContext, ...]
    phrases: tuple[tuple[str, ...], ...]
    exclus: tuple[str, ...]
    derniere: bool
    ages: tuple[tuple[float, float], ...] = ()
    facultatifs: frozenset[str] = frozenset()

    @cached_property
    def mots(self) -> tuple[QueryWord, ...]:
        """The words alone."""
        return tuple((word.part, word.racine) for word in self.en_contexte)


def understand(q: str) -> Query:
    """Nothing that can be typed is an error."""
    q = clean(q)
    mots: list[WordInContext] = []
    phrases: list[tuple[str, ...]] = []
    exclus: list[str] = []
    ages: list[tuple[float, float]] = []
    facultatifs: set[str] = set()
    derniere = False
    for kind, text in _segments(q):
        derniere = False
        if kind == "-":
            exclus += [racine for _, racine in words(text)]
        elif kind == '"':
            mots += (added := words_in_context(text))
            phrases += [tuple(word.racine for word in added)] if len(added) > 1 else []
        else:
            asked = ages_in(text)
            mots += words_in_context(_summer(without_units(text) if asked else text))
            ages += [(age.first, age.last) for age in asked]
            facultatifs.update(part for age in asked for part, _ in words(without_units(age.texte)))
            # What ends with an age goes no further.
            derniere = bool(words(_summer(text.split()[-1]))) and not any(age.end == len(text) for age in asked)
    first_of: dict[str, WordInContext] = {}
    for word in mots:
        first_of.setdefault(word.part, word)
    en_contexte = tuple(first_of.values())[: BOUNDS.words]
    for before, word in pairwise(en_contexte):
        if word.part in _COUNTED and (before.part.isdigit() or before.part in _COUNTED):
            facultatifs.add(word.part)
    return Query(
        en_contexte, tuple(phrases), tuple(exclus), derniere and q == q.rstrip(), tuple(ages), frozenset(facultatifs)
    )


def _segments(q: str) -> Iterator[tuple[str, str]]:
    """Phrases (``"``), exclusions (``-``) and, as wide as they go, the plain words between (empty kind)."""
    plain: list[str] = []
    for part in _PART.finditer(q):
        excluded, phrase, word = bool(part[1]) and part[1][0] == "-", part[2], part[3]
        if phrase is None and not _EXCLUSION.match(word):
            plain.append(word)
            continue
        if plain:
            yield "", " ".join(plain)
            plain = []
        yield ("-", phrase or word or "") if excluded or phrase is None else ('"', phrase)
    if plain:
        yield "", " ".join(plain)


def _summer(text: str) -> str:
    """« été » in a query is the season, but after « a » and « ont »."""

    def season(mention: re.Match[str]) -> str:
        before = (mention[1] or "") + (mention[2] or "")
        return mention[0] if fold(mention[1] or "") in _BEEN else f"{before}l’été"

    return _SUMMER.sub(season, text)
