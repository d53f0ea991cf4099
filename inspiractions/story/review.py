"""What the secretariat has to look at: how long ago each fiche was checked, what it lacks, its sources, its twins.

What a fiche gives besides its story: results, figures, an evaluation, obstacles and what was done about them, a budget, tools.

Fiches that may tell the same action twice: by their titles in one place, by a source that they share, by their words.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import chain, combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

from inspiractions.base.digests import digest
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import make_csv
from inspiractions.base.text import fold, gettext, message
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import VOCABULAIRE_DE, Vocabulaire, parse_points
from inspiractions.story.labels import MOIS

# By id, which an address of the explorer may hold for ever; in the order of the filter.
TOLD = {
    "resultats": message("Des résultats"),
    "chiffres": message("Des résultats chiffrés"),
    "evaluation": message("Une évaluation"),
    "difficultes": message("Des difficultés"),
    "reponses": message("Des réponses aux difficultés"),
    "budget": message("Un budget"),
    "outils": message("Des outils à reprendre"),
}
_NUMBER = re.compile(
    rf"(?<![\w,.-])\d+(?![\w-])(?:[\s\u00a0\u202f]\d{{3}}\b)*(?![\s\u00a0\u202f]*(?:{'|'.join(MOIS)})\b)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def told_in(action: Action, freins: Vocabulaire) -> frozenset[str]:
    """The ids of ``TOLD`` that a fiche gives; ``freins``: the vocabulary that its list of obstacles names."""
    parts = action.rubriques_par_id
    results, obstacles = parts.get("resultats"), parts.get("difficultes")
    points = parse_points(obstacles.texte, obstacles.line + 1, freins) if obstacles else []
    given = {
        "resultats": results is not None,
        "chiffres": results is not None and has_figure(results.texte),
        "evaluation": "evaluation" in parts or bool(action.evaluation) or action.connaissance.startswith("evalue-"),
        "difficultes": obstacles is not None,
        "reponses": any(point.reponse for point in points),
        "budget": action.budget is not None,
        "outils": "reprendre" in parts or bool(action.documents),
    }
    return frozenset(identifiant for identifiant, is_given in given.items() if is_given)


_GISTS = "en bref"


class Gist(NamedTuple):
    """What pages on the whole bank ask of the text of a récit: to unfold all texts takes seconds.

    ``told``: the ids of ``told_in``; ``signs``: how long its parts are; ``quoted``: the digests of those of ``VOCABULAIRE_DE``,
    in that order, in hexadecimal, empty where there is none.
    """

    told: Sequence[str]
    signs: int
    quoted: Sequence[str]


def gists_of(banque: Banque, memo: Memo) -> Mapping[str, Gist]:
    """By id of action, the gist of each, made again where a fiche changed; kept as one value, of plain lists: all are read each time."""
    known: dict[str, Sequence[Any]] = memo.last(_GISTS) or {}
    freins = banque.vocabulaires["freins"]
    gists = {
        key: known.get(key) or list(_gist(action, freins))
        for key, action in ((action.source.digest.hex(), action) for action in banque.actions)
    }
    if gists != known:
        memo.keep_last(_GISTS, gists)
    return {action.id: Gist(*gist) for action, gist in zip(banque.actions, gists.values(), strict=True)}


def _gist(action: Action, freins: Vocabulaire) -> Gist:
    parts = action.rubriques_par_id
    quoted = [digest(parts[heading].texte).hex() if heading in parts else "" for heading in VOCABULAIRE_DE]
    return Gist(sorted(told_in(action, freins)), sum(len(part.texte) for part in action.rubriques), quoted)


def has_figure(texte: str) -> bool:
    """Whether a text holds a number that is neither a year, nor the day of a date, nor part of a range or of a reference."""
    return any(not _YEAR.fullmatch(number[0]) for number in _NUMBER.finditer(texte))


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
    """The pairs that somebody should look at, the likeliest first; ``memo`` keeps the words of each fiche, and the pairs.

    Where the texts of some fiches changed alone, the pairs of the others are those of last time.
    """
    memo = memo or Memo(None, b"")
    actions = sorted(actions, key=lambda action: action.id)
    by_id = {action.id: action for action in actions}
    front = digest(*(action.source.front_digest for action in actions))
    digests = [action.source.digest.hex() for action in actions]
    front_before, digests_before, pairs = memo.last(_TWINS) or _NO_TWINS
    if digests != digests_before or front != front_before:
        rows = WordRows(actions, memo)
        both = zip(by_id, digests, digests_before, strict=True) if front == front_before else ()
        changed = {i: rows.former(was) for i, now, was in both if now != was}
        before = {i: own for i, own in changed.items() if own is not None}
        said = {*chain.from_iterable(before.values()), *chain.from_iterable(rows.of[i] for i in before)}
        held = {i: said.intersection(own) for i, own in rows.of.items()} if before else {}
        times = Counter(chain.from_iterable(held.values()))
        if held and len(before) == len(changed) and not _others_changed(before, rows.of, times):
            others = (pair for pair in pairs if before.keys().isdisjoint(pair[:2]))
            pairs = [*others, *_pairs(actions, _shared_words(rows.of, held, times, before.keys()), before.keys())]
        else:
            times = Counter(chain.from_iterable(rows.of.values()))
            pairs = list(_pairs(actions, _shared_words(rows.of, rows.of, times, by_id.keys()), by_id.keys()))
        memo.keep_last(_TWINS, (front, digests, pairs))
    likeliest = sorted(pairs, key=lambda pair: (-pair[3], *pair[:2]))
    return [Twins(by_id[first], by_id[second], tuple(reasons), score) for first, second, reasons, score in likeliest]


_TWINS = "jumelles"
_Pair = tuple[str, str, Sequence[str], float]
_NO_TWINS: tuple[bytes, list[str], list[_Pair]] = (b"", [], [])
# What one fiche in so many said is kept by itself: all of it is written again when more of them changed.
_LOOSE = 50


class WordRows:
    """The words in a row of each fiche, as numbers of 64 bits: ``of`` by id. What all say is kept as one value, read at once."""

    def __init__(self, actions: Sequence[Action], memo: Memo) -> None:
        self._memo = memo
        self._known: dict[str, bytes] = memo.last("suites de mots") or {}
        keys = [action.source.digest.hex() for action in actions]
        many = sum(key not in self._known for key in keys) * _LOOSE > len(keys)
        octets = {
            key: self._known.get(key)
            or (
                _rows_of(action)
                if many
                else memo.get_or_make("suite de mots", action.source.digest, partial(_rows_of, action))
            )
            for key, action in zip(keys, actions, strict=True)
        }
        if many:
            memo.keep_last("suites de mots", octets)
        self.of = {action.id: array("Q", own) for action, own in zip(actions, octets.values(), strict=True)}

    def former(self, key: str) -> array[int] | None:
        """What a fiche said whose digest was ``key``, if it is still known."""
        octets = self._known.get(key)
        if octets is None:
            octets = self._memo.peek("suite de mots", bytes.fromhex(key))
        return None if octets is None else array("Q", octets)


def _others_changed(before: Mapping[str, array[int]], rows: Mapping[str, array[int]], times: Counter[int]) -> bool:
    """Whether some words in a row, of those that fiches said ``before`` or say now, have begun or ceased to be common.

    ``times``: how many fiches say each of them now.
    """
    now = Counter(chain.from_iterable(rows[i] for i in before))
    then = Counter(chain.from_iterable(before.values()))
    said = now.keys() | then.keys()
    return any((times[row] > _COMMON) != (times[row] - now[row] + then[row] > _COMMON) for row in said)


def _pairs(actions: Sequence[Action], shared_words: Mapping[tuple[str, str], float], of: Set[str]) -> Iterator[_Pair]:
    """The pairs that have a fiche among ``of``: two ids, why, the score."""
    by_id = {action.id: action for action in actions}
    title_of = cache(lambda identifiant: _title_words(by_id[identifiant]))
    sources = set(_together(((source.url, action.id) for action in actions for source in action.sources), of, _COMMON))
    places = set(_together(((place.code, action.id) for action in actions for place in action.villes), of))
    for pair in sorted({*shared_words, *sources, *places}):
        title = _share(title_of(pair[0]), title_of(pair[1])) if pair in places else 0.0
        words = shared_words.get(pair, 0.0)
        reasons = [
            gettext("même lieu, titres proches") if title >= _TITLE else "",
            gettext("une même source") if pair in sources else "",
            gettext("mêmes phrases") if words >= _WORDS else "",
        ]
        if any(reasons):
            yield *pair, list(filter(None, reasons)), title + words + (pair in sources) * _TITLE


def _together(holders: Iterable[tuple[Key, str]], of: Set[str], most: int | None = None) -> Iterator[tuple[str, str]]:
    """The pairs of ids, one of them among ``of``, that stand under one key, once for each key, but for a key of more than ``most``."""
    under: dict[Key, set[str]] = defaultdict(set)
    for key, identifiant in holders:
        under[key].add(identifiant)
    for ids in under.values():
        if (most is None or len(ids) <= most) and not of.isdisjoint(ids):
            yield from (pair for pair in combinations(sorted(ids), 2) if not of.isdisjoint(pair))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _title_words(action: Action) -> frozenset[str]:
    places = {word for place in action.villes for word in _words(place.nom)}
    return frozenset(_words(action.titre)) - places


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _shared_words(
    rows: Mapping[str, array[int]], held: Mapping[str, Iterable[int]], times: Counter[int], of: Set[str]
) -> Mapping[tuple[str, str], float]:
    """By pair, the share of the words in a row (two by two) that both say and few others do.

    ``held``: of ``rows``, those that fiches ``of`` say, too; ``times``: how many fiches say each of them.
    """
    # Most stand in one fiche alone, or in too many: they are set aside before anything is made of them.
    telling = {row for row, n in times.items() if 1 < n <= _COMMON}
    shared = Counter(
        _together(((row, identifiant) for identifiant, own in held.items() for row in telling.intersection(own)), of)
    )
    return {pair: n / max(1, min(len(rows[pair[0]]), len(rows[pair[1]]))) for pair, n in shared.items()}


def _rows_of(action: Action) -> bytes:
    """The words in a row, two by two, each pair once: as one number of 64 bits, of the CRC-32 of both (ISO 3309)."""
    words = [crc32(word.encode()) for word in _words(f"{action.resume} {action.source.body}")]
    return array("Q", sorted({a << 32 | b for a, b in pairwise(words)})).tobytes()


# What matters to whoever would do it again; ids of ``TOLD``.
MATTERS = {
    "resultats": message("résultats"),
    "difficultes": message("difficultés"),
    "evaluation": message("évaluation"),
    "budget": message("budget"),
}
# As the notice of a récit says it (docs/assets/js/pages).
STALE_MONTHS = 24
BEFORE_THE_CITY = ("sources-publiques", "declaratif")
"""What a fiche rests on until its city re-reads it; one that somebody evaluated says more than « relu »."""
TO_CHECK = "sources-a-verifier.tsv"
"""Beside the fiches: sources that somebody should open. Three columns: fiche, address, why; the first line names them."""


CSV_NAME = "revue.csv"
COLUMNS = (
    "fiche", "titre", "ville", "verifiee_le", "connaissance", "relue_par_la_ville", "manque", "sources_a_verifier", "jumelles",
)  # fmt: skip


@dataclass(frozen=True)
class ReviewRow:
    """A fiche to look at. ``sources``: the addresses to open, and why; ``twins``: the fiches that may tell the same."""

    action: Action
    missing: tuple[str, ...]
    sources: Mapping[str, str]
    twins: tuple[Twins, ...]

    @property
    def checked(self) -> date:
        """When somebody last looked whether it is right."""
        return last_check(self.action)

    @property
    def reread(self) -> bool:
        """Whether its city, or who led the action, has re-read or told it."""
        return self.action.connaissance not in BEFORE_THE_CITY

    def cells(self) -> tuple[str, ...]:
        """The row as ``COLUMNS`` name it."""
        others = (other.id for pair in self.twins for other in (pair.first, pair.second) if other.id != self.action.id)
        return (
            self.action.id,
            self.action.titre,
            self.action.chef_de_file.nom,
            self.checked.isoformat(),
            self.action.connaissance,
            "oui" if self.reread else "non",
            ", ".join(self.missing),
            " ".join(self.sources),
            " ".join(others),
        )

    def months(self, today: date) -> int:
        """How many months ago it was checked."""
        whole = (today.year - self.checked.year) * 12 + today.month - self.checked.month
        return max(0, whole - (today.day < self.checked.day))

    def to_reread(self, today: date) -> bool:
        """Whether its city should be asked: it never was, or long ago."""
        return not self.reread or self.months(today) >= STALE_MONTHS


def last_check(action: Action) -> date:
    """When somebody last looked whether a fiche is right: its publication, at first."""
    return action.verifie_le or action.date_publication


def make_review(banque: Banque, memo: Memo | None = None, gists: Mapping[str, Gist] | None = None) -> list[ReviewRow]:
    """Every published fiche, those checked longest ago first, then those that lack most; ``memo``: see ``find_twins``."""
    memo = memo or Memo(None, b"")
    twins, gists = find_twins(banque.actions, memo), gists or gists_of(banque, memo)
    of: dict[str, list[Twins]] = {}
    for pair in twins:
        for action in (pair.first, pair.second):
            of.setdefault(action.id, []).append(pair)
    sources = sources_to_check(banque)
    rows = [
        ReviewRow(action, _missing(gists[action.id].told), sources.get(action.id, {}), tuple(of.get(action.id, ())))
        for action in banque.actions
    ]
    return sorted(rows, key=lambda row: (row.checked, -len(row.missing), row.action.id))


def review_csv(rows: Iterable[ReviewRow]) -> str:
    """The whole table, for a spreadsheet."""
    return make_csv([COLUMNS, *(row.cells() for row in rows)])


def twins_in(rows: Iterable[ReviewRow]) -> list[Twins]:
    """Each pair of twins once, the likeliest first."""
    pairs = {(pair.first.id, pair.second.id): pair for row in rows for pair in row.twins}
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.first.id))


def _missing(told: Collection[str]) -> tuple[str, ...]:
    return tuple(gettext(label) for identifiant, label in MATTERS.items() if identifiant not in told)


def sources_to_check(banque: Banque) -> dict[str, dict[str, str]]:
    """By fiche, the addresses that ``actions/sources-a-verifier.tsv`` lists and that the fiche still gives."""
    path = banque.root / "actions" / TO_CHECK
    listed: dict[str, dict[str, str]] = {}
    for identifiant, url, why in _lines(path):
        action = banque.par_id.get(identifiant)
        if action and url in (link.url for link in (*action.sources, *action.documents)):
            listed.setdefault(identifiant, {})[url] = why
    return listed


def lines_to_remove(banque: Banque) -> int:
    """How many lines of that list name no fiche, or an address that the fiche no longer gives."""
    kept = sum(map(len, sources_to_check(banque).values()))
    return len(list(_lines(banque.root / "actions" / TO_CHECK))) - kept


def _lines(path: Path) -> Iterable[tuple[str, str, str]]:
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines()[1:]:
        identifiant, _, rest = line.partition("\t")
        url, _, why = rest.partition("\t")
        yield identifiant, url, why
