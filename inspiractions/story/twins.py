"""Fiches that may tell the same action twice: by their titles in one place, by a source that they share, by their words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from typing import TypeVar

from inspiractions.base.memo import Memo
from inspiractions.base.text import fold
from inspiractions.base.texts import gettext
from inspiractions.model.action import Action

# Read on the first 593 fiches: 26 pairs, among them every one that their authors had looked at twice. Lower, pairs of one
# kind of action (two local contracts, two buses) fill the list.
_TITLE, _WORDS = 0.5, 0.1
_WORD = re.compile(r"[a-z0-9]{4,}")
# Words in a row, or a source, that more fiches share say nothing of two of them: a portal, a guide, the page of a plan.
_COMMON = 20


Key = TypeVar("Key")


@dataclass(frozen=True)
class Twins:
    """Two fiches, the one of the first id first. ``reasons``: why, in French; ``score``: the higher, the likelier."""

    first: Action
    second: Action
    reasons: tuple[str, ...]
    score: float


def find_twins(actions: Iterable[Action], memo: Memo | None = None) -> list[Twins]:
    """The pairs that somebody should look at, the likeliest first; ``memo`` keeps the words of each fiche."""
    actions = sorted(actions, key=lambda action: action.id)
    by_id = {action.id: action for action in actions}
    titles = {action.id: _title_words(action) for action in actions}
    shared_words = _shared_words(actions, memo or Memo(None, b""))
    sources = set(_together(((source.url, action.id) for action in actions for source in action.sources), _COMMON))
    places = set(_together((place.code, action.id) for action in actions for place in action.villes))
    twins = []
    for pair in sorted({*shared_words, *sources, *places}):
        title = _share(titles[pair[0]], titles[pair[1]]) if pair in places else 0.0
        words = shared_words.get(pair, 0.0)
        reasons = [
            gettext("même lieu, titres proches") if title >= _TITLE else "",
            gettext("une même source") if pair in sources else "",
            gettext("mêmes phrases") if words >= _WORDS else "",
        ]
        if any(reasons):
            score = title + words + (pair in sources) * _TITLE
            twins.append(Twins(by_id[pair[0]], by_id[pair[1]], tuple(filter(None, reasons)), score))
    return sorted(twins, key=lambda pair: -pair.score)


def _together(holders: Iterable[tuple[Key, str]], most: int | None = None) -> Iterator[tuple[str, str]]:
    """The pairs of ids that stand under one key, once for each key, but for a key that has more than ``most``."""
    under: dict[Key, set[str]] = defaultdict(set)
    for key, identifiant in holders:
        under[key].add(identifiant)
    for ids in under.values():
        if most is None or len(ids) <= most:
            yield from combinations(sorted(ids), 2)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _title_words(action: Action) -> frozenset[str]:
    places = {word for place in action.villes for word in _words(place.nom)}
    return frozenset(_words(action.titre)) - places


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _shared_words(actions: Iterable[Action], memo: Memo) -> Mapping[tuple[str, str], float]:
    """By pair, the share of the words in a row (two by two) that both say and few others do."""
    rows = {action.id: frozenset(pairwise(_words_of(action, memo))) for action in actions}
    # Most stand in one fiche alone: they are set aside before anything is made of them.
    times = Counter(chain.from_iterable(rows.values()))
    common = {row for row, n in times.items() if n > 1}
    shared = Counter(
        _together(((row, identifiant) for identifiant, own in rows.items() for row in own & common), _COMMON)
    )
    return {pair: n / max(1, min(len(rows[pair[0]]), len(rows[pair[1]]))) for pair, n in shared.items()}


def _words_of(action: Action, memo: Memo) -> list[str]:
    def make() -> str:
        return " ".join(_words(f"{action.resume} {action.source.body}"))

    return memo.get_or_make("jumelles", action.source.digest, make).split()
