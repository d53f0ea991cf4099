"""Bytes that are the same wherever they are made."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from inspiractions.base import outputs


@pytest.mark.parametrize("system", [0, 3, 255])
def test_l_en_tete_gzip_ne_dit_pas_qui_l_a_ecrit(monkeypatch: pytest.MonkeyPatch, system: int) -> None:
    """Python 3.11 writes 3 there, others 255: the names of the files that bear the digest of their bytes would follow."""
    compress: Callable[..., bytes] = gzip.compress

    def elsewhere(*args: object, **options: object) -> bytes:
        octets = compress(*args, **options)
        return octets[:9] + bytes([system]) + octets[10:]

    monkeypatch.setattr(outputs.gzip, "compress", elsewhere)
    octets = outputs.compressed(b"Bien" * 100)
    assert octets[:10] == b"\x1f\x8b\x08\x00" + bytes(4) + b"\x00\xff"
    assert gzip.decompress(octets) == b"Bien" * 100
