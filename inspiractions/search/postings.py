"""The inverted index: for each stem, the documents that have it, how much, and where in the title or the summary.

Weights are those of BM25F (Robertson & Zaragoza 2009, « The Probabilistic Relevance Framework », § 3.6): the occurrences in each
field, weighed and normalised by its length against that of the bank's, added up, then saturated, and kept on 8 bits; the rarity
of the word is the engine's business, which knows how many documents bear it.

The files of the search: their names, and whole numbers in few bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any
from zlib import Z_FILTERED

from inspiractions.base.kept_values import kept
from inspiractions.base.outputs import SiteFile, compressed, zipped
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.search.stems import words
from inspiractions.search.texts import (
    CORPS,
    RESUME,
    TITRE,
    Expressions,
    Field,
    HandWrittenPage,
    row_of,
    terms_borne,
    weighted_texts,
)


def hashed(kind: str, content: bytes) -> SiteFile:
    """Compress under a name that is that of its content: the browser may keep it for ever."""
    return zipped(f"{kind}-{hashlib.sha256(content).hexdigest()[:10]}.gz", content)


def hashed_columns(kind: str, content: bytes) -> SiteFile:
    """The same, compressed in the better of two ways: of many numbers, short repeats weigh more than they spare."""
    fichier = hashed(kind, content)
    return min(fichier, replace(fichier, content=compressed(content, Z_FILTERED)), key=lambda one: len(one.content))


def gaps(numbers: Iterable[int]) -> Iterator[int]:
    """Of sorted numbers, each one's distance from the one before; the first's from 0."""
    before = 0
    for number in numbers:
        yield number - before
        before = number


def varints(numbers: Iterable[int]) -> bytes:
    """LEB128: seven bits a byte, the low ones first."""
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)


SHARD, TERMS_SHARD = 8_000, 30_000
"""Bytes before compression: of a file of words, some 4 KB after; of one of the terms of the vocabularies (keys with « ~ »), some 10 KB."""
MANY_ACTIONS, TERMS_SHARD_OF_MANY = 1_200, 4_000
"""Beyond so many documents a term alone is a file's worth, and a query that means it need not open its neighbours."""
_SATURATION = 6.0
# Of two that weigh the same, the récit that tells more comes first: a full body adds so much.
_RICHNESS, _FULL = 0.03, 200
_LAST_PLACE = 255
_NOTHING: Mapping[str, str] = MappingProxyType({})
# « aidants » stands under the stem of « aide », and is not to be missed.
_FORMS = 4

Contents = Mapping[str, bytes | bytearray]
"""What each stem and each expression has in its file."""

StemWeight = tuple[str, int, int]
"""A stem, its weight (1 to 255) and its place among the words of title and summary, from 1; 0 elsewhere."""


@kept
@dataclass(frozen=True)
class DocumentWords:
    """The words of a document. ``formes``: each word with its stem, for spelling; ``annexe``: it is no action."""

    poids: tuple[StemWeight, ...]
    formes: tuple[tuple[str, str], ...]
    annexe: bool = False


def words_of_action(action: Action, banque: Banque) -> DocumentWords:
    """The words of an action, and the terms that it bears."""
    texts = [(some.champ, words(some.texte)) for some in weighted_texts(action, banque)]
    racines: dict[Field, list[str]] = {}
    for champ, word_pairs in texts:
        racines.setdefault(champ, []).extend(racine for _, racine in word_pairs)
    rows = {champ: row_of(some) for champ, some in racines.items()}
    mots = _weigh(texts)
    return replace(mots, poids=(*mots.poids, *((key, weight, 0) for key, weight in terms_borne(action, banque, rows))))


def words_of_annexe(annexe: HandWrittenPage) -> DocumentWords:
    """The words of a page: it answers a query beside the actions, and counts for nothing there."""
    texts = [(TITRE, words(annexe.titre)), (RESUME, words(annexe.resume)), (CORPS, words(annexe.texte))]
    return replace(_weigh(texts), formes=(), annexe=True)


def _weigh(texts: list[tuple[Field, list[tuple[str, str]]]]) -> DocumentWords:
    places: dict[str, int] = {}
    times: dict[Field, Counter[str]] = {}
    pairs: dict[tuple[str, str], None] = {}
    place = 0
    for champ, word_pairs in texts:
        pairs.update(dict.fromkeys(word_pairs))
        times.setdefault(champ, Counter()).update(racine for _, racine in word_pairs)
        if champ in (TITRE, RESUME):
            for _, racine in word_pairs:
                place += 1
                places.setdefault(racine, min(place, _LAST_PLACE))
            # A word of the summary does not follow the last one of the title.
            place += 5
    weights: dict[str, float] = {}
    for champ, counter in times.items():
        dilution = 1 - champ.part + champ.part * counter.total() / champ.longueur
        for racine, n in counter.items():
            weights[racine] = weights.get(racine, 0) + champ.poids * n / dilution
    body = times.get(CORPS, Counter()).total()
    scale = 255 / (1 + _RICHNESS) * (1 + _RICHNESS * min(1, body / _FULL))
    return DocumentWords(
        tuple(
            (racine, max(1, int(scale * weight / (weight + _SATURATION) + 0.5)), places.get(racine, 0))
            for racine, weight in weights.items()
        ),
        tuple(pairs),
    )


@kept
class Index:
    """Postings by stem, filled one document after another."""

    def __init__(self) -> None:
        self._documents = 0
        self._postings: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._annexes: Counter[str] = Counter()
        self._forms: Counter[tuple[str, str]] = Counter()

    def add(self, mots: DocumentWords) -> None:
        """Index the next document."""
        self._forms.update(mots.formes)
        self._counts.update(racine for racine, _, _ in mots.poids)
        if mots.annexe:
            self._annexes.update(racine for racine, _, _ in mots.poids)
        self._append(self._documents, mots.poids)
        self._documents += 1

    def replace(self, document: int, before: DocumentWords, after: DocumentWords) -> None:
        """Index a document anew that was added with other words."""
        for pair in before.formes:
            _count(self._forms, pair, -1)
        for pair in after.formes:
            _count(self._forms, pair, 1)
        old, new = ({racine: (weight, place) for racine, weight, place in mots.poids} for mots in (before, after))
        for racine in old.keys() | new.keys():
            in_pages = (after.annexe and racine in new) - (before.annexe and racine in old)
            if in_pages:
                _count(self._annexes, racine, in_pages)
            if old.get(racine) != new.get(racine):
                _count(self._counts, racine, (racine in new) - (racine in old))
                self._rewrite(racine, document, new.get(racine))

    def _rewrite(self, racine: str, document: int, marks: tuple[int, int] | None) -> None:
        """The postings of a stem with other marks for a document, or without it."""
        entries = dict(_entries(self._postings.get(racine, b"")))
        entries.pop(document, None)
        if marks is not None:
            entries[document] = marks
        if not entries:
            del self._postings[racine], self._last[racine]
            return
        self._postings[racine], self._last[racine] = bytearray(), -1
        for other, weights in sorted(entries.items()):
            self._append(other, [(racine, *weights)])

    def _append(self, document: int, poids: Iterable[StemWeight]) -> None:
        last, postings = self._last, self._postings
        for racine, weight, place in poids:
            gap = document - last.get(racine, -1) - 1
            last[racine] = document
            if racine not in postings:
                postings[racine] = bytearray()
            # Nearly every gap holds in one byte.
            postings[racine] += bytes((gap, weight, place)) if gap < 128 else varints((gap,)) + bytes((weight, place))

    def shards(
        self, expressions: Expressions = _NOTHING, termes: Mapping[str, str] = _NOTHING
    ) -> Iterator[tuple[str, bytes]]:
        """Sorted stems and expressions in files of some 4 KB, each with what begins no key of the file before.

        A stem and the expressions that begin with it are in one file, which the stem alone tells. File: length of the head (u32, little end first), head (a line a stem: stem, documents that are actions, bytes, other
        documents where there are some; for a term of a vocabulary, what ``termes`` says of it after a tab), then the postings of each:
        the gaps from document to document (LEB128), a byte of weight for each, a byte of place for each. An expression has 0
        documents, and for bytes what it stands for.
        """
        contents: Contents = {**self._postings, **{key: text.encode() for key, text in expressions.items()}}
        last = ""
        for batch in self._batches(contents, termes):
            first = _first_stem(batch[0])
            yield _between(last, first), self._shard(batch, contents, termes)
            last = _first_stem(batch[-1])

    def _batches(self, contents: Contents, termes: Mapping[str, str]) -> Iterator[list[str]]:
        """The keys of each file."""
        batch: list[str] = []
        size = 0
        of_terms = TERMS_SHARD if self._documents <= MANY_ACTIONS else TERMS_SHARD_OF_MANY
        for first, some in groupby(sorted(contents, key=_place_of), key=_first_stem):
            racines = list(some)
            weight = sum(len(contents[racine]) + len(racine) + len(termes.get(racine, "")) + 6 for racine in racines)
            common = first[0] == "~"
            if batch and (size + weight > (of_terms if common else SHARD) or common != (batch[0][0] == "~")):
                yield batch
                batch, size = [], 0
            batch += racines
            size += weight
        if batch:
            yield batch

    def _shard(self, racines: list[str], contents: Contents, termes: Mapping[str, str]) -> bytes:
        head = "\n".join(
            f"{r} {self._counts[r] - self._annexes[r]} {len(contents[r])}"
            + (f" {n}" if (n := self._annexes[r]) else "")
            + (f"\t{termes[r]}" if r in termes else "")
            for r in racines
        ).encode()
        postings = (_in_columns(contents[r], self._counts[r]) if r in self._postings else contents[r] for r in racines)
        return struct.pack("<I", len(head)) + head + b"".join(postings)

    def term_list(self) -> bytes:
        """For spelling: a line a stem, with its number of actions and its commonest forms, but a lone one that is the stem."""
        forms: dict[str, list[tuple[int, str]]] = {}
        for (form, racine), times in sorted(self._forms.items()):
            forms.setdefault(racine, []).append((-times, form))
        lines = []
        for racine, counted_forms in sorted(forms.items()):
            commonest = [form for _, form in sorted(counted_forms)[:_FORMS]]
            count = self._counts[racine] - self._annexes[racine]
            lines.append(" ".join([racine, str(count), *(commonest if commonest != [racine] else [])]))
        return "\n".join(lines).encode()


def _first_stem(key: str) -> str:
    """Of an expression (« punais_lit »), the stem that it begins with; of a stem, itself."""
    return key.partition("_")[0]


def _between(before: str, after: str) -> str:
    """The shortest beginning of a word that stands after another one."""
    return next(after[:end] for end in range(1, len(after) + 1) if after[:end] > before)


def _place_of(key: str) -> tuple[str, str]:
    """The expressions after the stem that they begin with, and before any other."""
    return _first_stem(key), key


def _count(counter: Counter[Any], key: object, change: int) -> None:
    """Count one more or one less; what is not there any more leaves no trace."""
    counter[key] += change
    if not counter[key]:
        del counter[key]


def _in_columns(postings: bytes | bytearray, count: int) -> bytes | bytearray:
    """Of postings as ``_append`` wrote them, the gaps, then the weights, then the places: what is alike is sooner compressed."""
    if len(postings) == 3 * count:
        return postings[::3] + postings[1::3] + postings[2::3]
    gaps_, weights, places = bytearray(), bytearray(), bytearray()
    at = 0
    while at < len(postings):
        while postings[at] > 127:
            gaps_.append(postings[at])
            at += 1
        gaps_.append(postings[at])
        weights.append(postings[at + 1])
        places.append(postings[at + 2])
        at += 3
    return gaps_ + weights + places


def _entries(postings: bytes | bytearray) -> Iterator[tuple[int, tuple[int, int]]]:
    """Document, weight and place, as ``_append`` wrote them."""
    at, document = 0, -1
    while at < len(postings):
        gap = shift = 0
        while postings[at] > 127:
            gap |= (postings[at] & 127) << shift
            shift += 7
            at += 1
        document += (gap | postings[at] << shift) + 1
        yield document, (postings[at + 1], postings[at + 2])
        at += 3
