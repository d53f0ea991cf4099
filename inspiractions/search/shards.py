"""The files of the search: their names, and whole numbers in few bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from inspiractions.base.encoding import zipped
from inspiractions.base.outputs import SiteFile


def hashed(kind: str, content: bytes) -> SiteFile:
    """Compress under a name that is that of its content: the browser may keep it for ever."""
    return zipped(f"{kind}-{hashlib.sha256(content).hexdigest()[:10]}.gz", content)


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
