"""The words that exist, as files of hashes; that no such word is ever replaced is told in ``tests/browser/test_recherche_mots.py``."""

from __future__ import annotations

from zlib import crc32

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.model.territoire import Referentiel
from inspiractions.search.known_words import FILES, key_of_word, known_words
from inspiractions.search.places import france_table


def read_hashes(octets: bytes) -> set[int]:
    hashes, value, gap, shift = set(), 0, 0, 0
    for octet in octets:
        gap |= (octet & 127) << shift
        shift += 7
        if octet < 128:
            value += gap
            hashes.add(value)
            gap = shift = 0
    return hashes


@pytest.fixture(scope="module")
def files() -> list[set[int]]:
    return [read_hashes(octets) for octets in known_words(PROJECT)]


def exists(part: str, files: list[set[int]]) -> bool:
    value = crc32(key_of_word(part).encode())
    return value >> 4 & (1 << 24) - 1 in files[value % FILES]


@pytest.mark.parametrize(
    "mot",
    [
        "prostate",
        "peaux",
        "desirs",
        "publications",
        "tennis",
        "seine",
        "vaccinerait",
        "caen",
        "rouen",
        "stent",
        "wifi",
        "covid",
    ],
)
def test_un_mot_juste_existe(mot: str, files: list[set[int]]) -> None:
    assert exists(mot, files)


@pytest.mark.parametrize("mot", ["mdecin", "farmacie", "desante", "sportsante", "alimentatoin", "hopitql", "zqxw"])
def test_une_faute_n_existe_pas(mot: str, files: list[set[int]]) -> None:
    assert not exists(mot, files)


def test_peu_de_suites_de_lettres_passent_pour_des_mots(files: list[set[int]]) -> None:
    assert sum(exists(f"zq{i}xw", files) for i in range(20_000)) < 40


def test_chaque_mot_d_un_nom_de_lieu_existe(files: list[set[int]]) -> None:
    """The page looks for a place only where each word of four letters or more exists (``docs/assets/js/search/engine.js``)."""
    names = {word for key in france_table(Referentiel(PROJECT)) for word in key.split(" ")}
    words = {word for word in names if len(word) > 3 and word.isalpha()}
    assert len(words) > 20_000
    assert [word for word in words if not exists(word, files)] == []
