"""Bytes that are the same wherever they are made."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest

from inspiractions.base import outputs


@pytest.mark.parametrize("system", [0, 3, 255])
def test_l_en_tete_gzip_ne_dit_pas_qui_l_a_ecrit(monkeypatch: pytest.MonkeyPatch, system: int) -> None:
    """zlib writes its system there: the names of the files that bear the digest of their bytes would follow."""
    make = zlib.compressobj

    class Elsewhere:
        def __init__(self, *args: int, **options: int) -> None:
            self._here = make(*args, **options)

        def compress(self, content: bytes) -> bytes:
            # The header comes first.
            octets = self._here.compress(content)
            return octets[:9] + bytes([system]) + octets[10:]

        def flush(self) -> bytes:
            return self._here.flush()

    monkeypatch.setattr(outputs.zlib, "compressobj", Elsewhere)
    octets = outputs.compressed(b"Bien" * 100)
    assert octets[:10] == b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
    assert gzip.decompress(octets) == b"Bien" * 100


def test_des_parties_qui_ne_se_ressemblent_pas_pesent_moins_chacune_de_son_cote() -> None:
    rng = random.Random(0)
    words = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=4_000)).encode()
    parts = [words, bytes(rng.choices(range(200, 203), k=4_000)), b"", bytes(rng.choices((0, 1, 128), k=4_000))]
    octets = outputs.compressed_parts(parts)
    assert zlib.decompress(octets, wbits=31) == gzip.decompress(octets) == b"".join(parts)
    assert octets[:10] == b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
    assert len(octets) < 0.9 * len(outputs.compressed(b"".join(parts)))


@pytest.mark.parametrize("parts", [[], [b""], [b"a"], [b"a", b"b"], [b"mot" * 20, b"mots" * 20]])
def test_des_parties_courtes_se_lisent_comme_un_tout(parts: list[bytes]) -> None:
    octets = outputs.compressed_parts(parts)
    assert gzip.decompress(octets) == b"".join(parts)
    assert len(octets) <= len(outputs.compressed(b"".join(parts)))
