"""The inverted index: for each stem, the documents that have it, how much, and in which rubrique.

Weights are BM25F-like (Robertson & Zaragoza 2009, « The Probabilistic Relevance Framework »): occurrences weighed by field,
normalised by length, saturated, and kept on 4 bits; the rarity of the word is the engine's business, which knows how many
documents bear it.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.search.cards import HandWrittenPage
from inspiractions.search.shards import varints
from inspiractions.search.stems import words
from inspiractions.search.texts import CORPS, RESUME, TITRE, WeightedText, weighted_texts

SHARD = 26_000
_SATURATION = 6.0
_MEAN_BODY = 400
_LENGTH_PART = 0.4


@dataclass(frozen=True)
class DocumentWords:
    """The words of a document. ``poids``: each stem with its byte (weight, rubrique); ``formes``: each word with its stem."""

    poids: tuple[tuple[str, int], ...]
    formes: tuple[tuple[str, str], ...]


def words_of_action(action: Action, banque: Banque) -> DocumentWords:
    """The words of an action."""
    return _weigh(weighted_texts(action, banque))


def words_of_annexe(annexe: HandWrittenPage) -> DocumentWords:
    """The words of a page, which bears no facet."""
    return _weigh(
        [WeightedText(annexe.titre, TITRE), WeightedText(annexe.resume, RESUME), WeightedText(annexe.texte, CORPS, 1)]
    )


def _weigh(fields: list[WeightedText]) -> DocumentWords:
    weights: dict[str, float] = {}
    where: dict[str, int] = {}
    pairs: dict[tuple[str, str], None] = {}
    for champ in fields:
        found = Counter(words(champ.texte))
        pairs.update(dict.fromkeys(found))
        length = max(1.0, found.total() / _MEAN_BODY)
        poids = champ.poids / (1 - _LENGTH_PART + _LENGTH_PART * length)
        for (_, racine), times in found.items():
            if racine in weights:
                weights[racine] += poids * times
            else:
                weights[racine] = poids * times
                where[racine] = champ.rubrique
    return DocumentWords(
        tuple(
            (racine, max(1, int(15 * weight / (weight + _SATURATION) + 0.5)) << 4 | where[racine])
            for racine, weight in weights.items()
        ),
        tuple(pairs),
    )


class Index:
    """Postings by stem, filled one document after another."""

    def __init__(self) -> None:
        self._documents = 0
        self._postings: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._forms: Counter[tuple[str, str]] = Counter()

    def add(self, mots: DocumentWords) -> None:
        """Index the next document."""
        self._forms.update(mots.formes)
        self._counts.update(racine for racine, _ in mots.poids)
        self._append(self._documents, mots.poids)
        self._documents += 1

    def replace(self, document: int, before: DocumentWords, after: DocumentWords) -> None:
        """Index a document anew that was added with other words."""
        for pair in before.formes:
            _count(self._forms, pair, -1)
        for pair in after.formes:
            _count(self._forms, pair, 1)
        old, new = dict(before.poids), dict(after.poids)
        for racine in old.keys() | new.keys():
            if old.get(racine) != new.get(racine):
                _count(self._counts, racine, (racine in new) - (racine in old))
                self._rewrite(racine, document, new.get(racine))

    def _rewrite(self, racine: str, document: int, byte: int | None) -> None:
        """The postings of a stem with another byte for a document, or without it."""
        entries = dict(_entries(self._postings.get(racine, b"")))
        entries.pop(document, None)
        if byte is not None:
            entries[document] = byte
        if not entries:
            del self._postings[racine], self._last[racine]
            return
        self._postings[racine], self._last[racine] = bytearray(), -1
        for other, kept in sorted(entries.items()):
            self._append(other, [(racine, kept)])

    def _append(self, document: int, poids: Iterable[tuple[str, int]]) -> None:
        last, postings = self._last, self._postings
        for racine, byte in poids:
            gap = document - last.get(racine, -1) - 1
            last[racine] = document
            if racine not in postings:
                postings[racine] = bytearray()
            # Nearly every gap holds in one byte.
            postings[racine] += bytes((gap, byte)) if gap < 128 else varints((gap,)) + bytes((byte,))

    def shards(self) -> Iterator[tuple[str, bytes]]:
        """Sorted stems in files of some 10 KB, each with its first stem.

        File: length of the head (u32, little end first), head (a line a stem: stem, documents, bytes), then the postings:
        gap to the document before (LEB128), then a byte: weight in the high half, rubrique in the low one.
        """
        batch: list[str] = []
        size = 0
        for racine in sorted(self._postings):
            weight = len(self._postings[racine]) + len(racine) + 6
            if batch and size + weight > SHARD:
                yield batch[0], self._shard(batch)
                batch, size = [], 0
            batch.append(racine)
            size += weight
        if batch:
            yield batch[0], self._shard(batch)

    def _shard(self, racines: list[str]) -> bytes:
        head = "\n".join(f"{r} {self._counts[r]} {len(self._postings[r])}" for r in racines).encode()
        return struct.pack("<I", len(head)) + head + b"".join(self._postings[r] for r in racines)

    def term_list(self) -> bytes:
        """For spelling: a line a stem, with its number of documents and its commonest form where that differs."""
        commonest: dict[str, tuple[int, str]] = {}
        for (form, racine), times in sorted(self._forms.items()):
            if racine not in commonest or times > commonest[racine][0]:
                commonest[racine] = (times, form)
        lines = []
        for racine, (_, form) in sorted(commonest.items()):
            lines.append(f"{racine} {self._counts[racine]}" + (f" {form}" if form != racine else ""))
        return "\n".join(lines).encode()


def _count(counter: Counter[Any], key: object, change: int) -> None:
    """Count one more or one less; what is not there any more leaves no trace."""
    counter[key] += change
    if not counter[key]:
        del counter[key]


def _entries(postings: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Document and byte, as ``_append`` wrote them."""
    at, document = 0, -1
    while at < len(postings):
        gap = shift = 0
        while postings[at] > 127:
            gap |= (postings[at] & 127) << shift
            shift += 7
            at += 1
        document += (gap | postings[at] << shift) + 1
        yield document, postings[at + 1]
        at += 2
