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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from types import MappingProxyType
from typing import Any

from inspiractions.base.kept_values import kept
from inspiractions.base.outputs import SiteFile, compressed_parts
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.search.stems import PARTS_OF, STEMS_OF, stem
from inspiractions.search.texts import (
    CORPS,
    RESUME,
    TITRE,
    Expressions,
    Field,
    HandWrittenPage,
    Texts,
    WeightedText,
    terms_borne,
    weighted_texts,
)


def hashed(kind: str, *parts: bytes) -> SiteFile:
    """Compress under a name that is that of its content: the browser may keep it for ever.

    Of several ``parts``, one after another, each is compressed by itself.
    """
    name = f"{kind}-{hashlib.sha256(b''.join(parts)).hexdigest()[:10]}.gz"
    return SiteFile(name, compressed_parts(parts))


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


MANY_ACTIONS = 1_200
SHARD, SHARD_OF_MANY = 8_000, 12_000
"""Bytes before compression of a file of words: some 4 KB after; beyond ``MANY_ACTIONS``, where most hold one common stem alone."""
TERMS_SHARD, TERMS_SHARD_OF_MANY = 30_000, 2_000
"""The same of one of the terms of the vocabularies (keys with « ~ »): some 10 KB after; where actions are many, a term alone is a
file's worth, and a query that means it need not open its neighbours."""
_SATURATION = 6.0
# Documents from which on the columns of a stem are worth codes of their own: these take some 40 bytes each.
_COLUMN = 200
# Of two that weigh the same, the récit that tells more comes first: a full body adds so much.
_RICHNESS, _FULL = 0.03, 200
_LAST_PLACE = 255
_NOTHING: Mapping[str, str] = MappingProxyType({})
# « aidants » stands under the stem of « aide », and is not to be missed.
_FORMS = 4

Contents = Mapping[str, bytes | bytearray]
"""What each stem and each expression has in its file."""


@kept
@dataclass(frozen=True)
class DocumentWords:
    """The words of a document, in few strings: they are many, and kept.

    ``racines``: its stems and terms, a space between; of each, a byte in ``poids``, its weight, from 1, and one in ``places``,
    that among the words of title and summary, from 1, or 0 elsewhere. ``formes``: its words, for spelling; ``annexe``: it is no action.
    """

    racines: str
    poids: bytes
    places: bytes
    formes: str = ""
    annexe: bool = False

    @property
    def marks(self) -> dict[str, tuple[int, int]]:
        """By stem, its weight and its place."""
        return dict(zip(self.racines.split(), zip(self.poids, self.places, strict=True), strict=True))


def words_of_action(action: Action, banque: Banque, texts: Texts | None = None) -> DocumentWords:
    """The words of an action, and the terms that it bears; ``texts``: its own, where they are at hand."""
    texts = texts or weighted_texts(action, banque)
    racines = _stems(texts)
    mots = _weigh(texts, racines)
    terms = dict(terms_borne(action, banque, racines))
    return replace(
        mots,
        racines=" ".join((mots.racines, *terms)),
        poids=mots.poids + bytes(terms.values()),
        places=mots.places + bytes(len(terms)),
    )


def words_of_annexe(annexe: HandWrittenPage) -> DocumentWords:
    """The words of a page: it answers a query beside the actions, and counts for nothing there."""
    fields = (annexe.titre, TITRE), (annexe.resume, RESUME), (annexe.texte, CORPS)
    texts = Texts(WeightedText(texte, champ) for texte, champ in fields)
    return replace(_weigh(texts, _stems(texts)), formes="", annexe=True)


def _stems(texts: Texts) -> dict[Field, list[str]]:
    """By field, its stems in order."""
    return {some.champ: list(chain.from_iterable(map(STEMS_OF.__getitem__, some.pieces))) for some in texts}


def _weigh(texts: Texts, racines: Mapping[Field, Sequence[str]]) -> DocumentWords:
    weights: dict[str, float] = {}
    for champ, some in racines.items():
        dilution = 1 - champ.part + champ.part * len(some) / champ.longueur
        times = Counter(some)
        # Most stems of a field stand there as often as others.
        weight_of = {n: champ.poids * n / dilution for n in set(times.values())}
        own = dict(zip(times, map(weight_of.__getitem__, times.values()), strict=True))
        for racine in weights.keys() & own.keys():
            own[racine] += weights[racine]
        weights |= own
    scale = 255 / (1 + _RICHNESS) * (1 + _RICHNESS * min(1, len(racines[CORPS]) / _FULL))
    octets = {weight: max(1, int(scale * weight / (weight + _SATURATION) + 0.5)) for weight in set(weights.values())}
    places = _places(racines)
    return DocumentWords(
        " ".join(weights),
        bytes(map(octets.__getitem__, weights.values())),
        # Title and summary are read first: their stems are the first ones, in the same order.
        bytes(places.values()) + bytes(len(weights) - len(places)),
        " ".join(dict.fromkeys(chain.from_iterable(map(PARTS_OF.__getitem__, texts.pieces)))),
    )


def _places(racines: Mapping[Field, Sequence[str]]) -> dict[str, int]:
    """Where each stem of title and summary first stands among them."""
    places: dict[str, int] = {}
    place = 0
    for champ in (TITRE, RESUME):
        for racine in racines[champ]:
            place += 1
            places.setdefault(racine, min(place, _LAST_PLACE))
        # A word of the summary does not follow the last one of the title.
        place += 5
    return places


@kept
class Index:
    """Postings by stem, filled one document after another."""

    def __init__(self) -> None:
        self._documents = 0
        self._postings: dict[str, bytearray] = {}
        self._last: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._annexes: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()

    def add(self, mots: DocumentWords) -> None:
        """Index the next document."""
        racines = mots.racines.split()
        self._forms.update(mots.formes.split())
        self._counts.update(racines)
        if mots.annexe:
            self._annexes.update(racines)
        self._append(self._documents, zip(racines, mots.poids, mots.places, strict=True))
        self._documents += 1

    def replace(self, document: int, before: DocumentWords, after: DocumentWords) -> None:
        """Index a document anew that was added with other words."""
        for form in before.formes.split():
            _count(self._forms, form, -1)
        for form in after.formes.split():
            _count(self._forms, form, 1)
        old, new = before.marks, after.marks
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

    def _append(self, document: int, marks: Iterable[tuple[str, int, int]]) -> None:
        """Stems of a document, each with its weight and its place."""
        last, postings = self._last, self._postings
        for racine, weight, place in marks:
            if racine in last:
                own, gap = postings[racine], document - last[racine] - 1
            else:
                own, gap = postings.setdefault(racine, bytearray()), document
            last[racine] = document
            # Nearly every gap holds in one byte.
            if gap < 128:
                own.append(gap)
            else:
                own += varints((gap,))
            own.append(weight)
            own.append(place)

    def shards(
        self, expressions: Expressions = _NOTHING, termes: Mapping[str, str] = _NOTHING
    ) -> Iterator[tuple[str, Sequence[bytes]]]:
        """Sorted stems and expressions in files of some 4 KB, each with what begins no key of the file before; a file in parts, of
        which each is compressed by itself.

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
        many = self._documents > MANY_ACTIONS
        of_words, of_terms = (SHARD_OF_MANY, TERMS_SHARD_OF_MANY) if many else (SHARD, TERMS_SHARD)
        for first, some in groupby(sorted(contents, key=_place_of), key=_first_stem):
            racines = list(some)
            weight = sum(len(contents[racine]) + len(racine) + len(termes.get(racine, "")) + 6 for racine in racines)
            common = first[0] == "~"
            if batch and (size + weight > (of_terms if common else of_words) or common != (batch[0][0] == "~")):
                yield batch
                batch, size = [], 0
            batch += racines
            size += weight
        if batch:
            yield batch

    def _shard(self, racines: list[str], contents: Contents, termes: Mapping[str, str]) -> Sequence[bytes]:
        head = "\n".join(
            f"{r} {self._counts[r] - self._annexes[r]} {len(contents[r])}"
            + (f" {n}" if (n := self._annexes[r]) else "")
            + (f"\t{termes[r]}" if r in termes else "")
            for r in racines
        ).encode()
        parts = [bytearray(struct.pack("<I", len(head)) + head)]
        for racine in racines:
            columns = _columns(contents[racine], self._counts[racine]) if racine in self._postings else ()
            if self._counts[racine] >= _COLUMN:
                parts += [*map(bytearray, columns), bytearray()]
            else:
                parts[-1] += b"".join(columns) or contents[racine]
        return list(map(bytes, parts))

    def term_list(self, typed: Iterable[str] = ()) -> bytes:
        """For spelling: a line a stem, with its number of actions and its commonest forms, but a lone one that is the stem.

        ``typed``: words that expressions are made of; no action has their stem, where it has no other form.
        """
        forms: dict[str, list[tuple[int, str]]] = {}
        for form, times in sorted(self._forms.items()):
            forms.setdefault(stem(form), []).append((-times, form))
        known = set(forms)
        for form in typed:
            if (racine := stem(form)) not in known:
                forms.setdefault(racine, []).append((-1, form))
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


def _columns(postings: bytes | bytearray, count: int) -> Sequence[bytes | bytearray]:
    """Of postings as ``_append`` wrote them, the gaps, the weights, the places: what is alike is sooner compressed."""
    if len(postings) == 3 * count:
        return postings[::3], postings[1::3], postings[2::3]
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
    return gaps_, weights, places


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
