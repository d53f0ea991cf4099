"""Small compressed files, the same bytes for the same content."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

LEVEL = 9


@dataclass(frozen=True)
class Fichier:
    """A file of ``recherche/``: its name and its bytes, gzip."""

    nom: str
    octets: bytes


def zipped(nom: str, content: bytes) -> Fichier:
    """Compress under a fixed name; no date in the header."""
    return Fichier(nom, gzip.compress(content, LEVEL, mtime=0))


def hashed(kind: str, content: bytes) -> Fichier:
    """Compress under a name that is that of its content: the browser may keep it for ever."""
    return zipped(f"{kind}-{hashlib.sha256(content).hexdigest()[:10]}.gz", content)


def as_json(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def varints(numbers: Iterable[int]) -> bytes:
    """LEB128: seven bits a byte, the low ones first."""
    out = bytearray()
    for number in numbers:
        while number > 127:
            out.append(number & 127 | 128)
            number >>= 7
        out.append(number)
    return bytes(out)
