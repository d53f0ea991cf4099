"""Bytes that are the same wherever they are made."""

from __future__ import annotations

import gzip
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
