"""The index of the last build, put right for the documents that changed: most words of most documents did not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inspiractions.base.memo import Memoire
from inspiractions.search.postings import Index, Mots

Document = tuple[bytes, Callable[[], Mots]]
"""The digest of what the words of a document depend upon, and what finds them."""

# Beyond one document changed in so many, a new index is sooner made.
_FEW = 20
_KIND = "index"


def up_to_date(documents: Sequence[Document], memoire: Memoire) -> Index:
    """The index of these documents, the same bytes whether it is made or put right."""
    keys = [key for key, _ in documents]
    index = _mended(documents, keys, memoire) or _made(documents, memoire)
    memoire.keep_last(_KIND, (keys, index))
    return index


def _made(documents: Sequence[Document], memoire: Memoire) -> Index:
    index = Index()
    for key, find in documents:
        index.add(memoire.get("mots", key, find))
    return index


def _mended(documents: Sequence[Document], keys: list[bytes], memoire: Memoire) -> Index | None:
    """Nothing where the documents are others, or where what one of them said is not known any more."""
    last: tuple[list[bytes], Index] | None = memoire.last(_KIND)
    if last is None or len(last[0]) != len(keys):
        return None
    known, index = last
    changed = [i for i, key in enumerate(keys) if key != known[i]]
    if len(changed) * _FEW > len(keys):
        return None
    for i in changed:
        before: Mots | None = memoire.peek("mots", known[i])
        if before is None:
            return None
        index.replace(i, before, memoire.get("mots", *documents[i]))
    return index
