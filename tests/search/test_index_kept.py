"""The search index that is put right is the one that would have been made anew."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspiractions.base.memo import Memo
from inspiractions.search.index import IndexedDocument, update_index
from inspiractions.search.postings import DocumentWords, Index

TEXTES = st.lists(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 255)), min_size=1, max_size=300)


def mots(poids: dict[str, int]) -> DocumentWords:
    # One document in two is a page: what it says counts apart.
    annexe = sum(poids.values()) % 2 == 1
    weights = poids.values()
    return DocumentWords(
        " ".join(poids), bytes(weights), bytes(n // 2 for n in weights), "" if annexe else " ".join(poids), annexe
    )


def new_index(texts: list[dict[str, int]]) -> Index:
    index = Index()
    for text in texts:
        index.add(mots(text))
    return index


def octets(index: Index) -> tuple[list[tuple[str, Sequence[bytes]]], bytes]:
    return list(index.shards()), index.term_list()


@given(TEXTES, st.data())
def test_remplacer_un_document_revient_a_tout_refaire(texts: list[dict[str, int]], data: st.DataObject) -> None:
    index = new_index(texts)
    for _ in range(3):
        i = data.draw(st.integers(0, len(texts) - 1))
        after = data.draw(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 255)))
        index.replace(i, mots(texts[i]), mots(after))
        texts = [*texts[:i], after, *texts[i + 1 :]]
        assert octets(index) == octets(new_index(texts))
    index.add(mots({"a": 3, "z": 4}))
    assert octets(index) == octets(new_index([*texts, {"a": 3, "z": 4}]))


@pytest.mark.parametrize("oublie", [False, True])
def test_l_index_suit_ce_qui_change(tmp_path, oublie: bool) -> None:
    texts = [{f"m{i}": 17, "commun": 16 + i} for i in range(40)]
    keys: list[bytes] = []

    def find(text: dict[str, int], key: bytes) -> DocumentWords:
        keys.append(key)
        return mots(text)

    def build(texts: list[dict[str, int]]) -> Index:
        documents: list[IndexedDocument] = [(k := repr(text).encode(), partial(find, text, k)) for text in texts]
        memoire = Memo(tmp_path / "m.sqlite", b"socle" * (1 + oublie * len(keys)))
        index = update_index(documents, memoire)
        memoire.close()
        return index

    assert octets(build(texts)) == octets(new_index(texts))
    others = [*texts[:7], {"autre": 200}, *texts[8:]]
    assert octets(build(others)) == octets(new_index(others))
    assert len(keys) == (80 if oublie else 41)
    assert octets(build(others[1:])) == octets(new_index(others[1:]))
    assert octets(build(texts)) == octets(new_index(texts))
