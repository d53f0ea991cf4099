"""Values and bytes as the site serves them: JSON, gzip; the same bytes for the same content."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from inspiractions.base.outputs import Fichier

_LEVEL = 6


def as_json(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def compressed(content: bytes) -> bytes:
    """gzip, without a date in the header."""
    return gzip.compress(content, _LEVEL, mtime=0)


def zipped(nom: str, content: bytes) -> Fichier:
    """Compress under a fixed name."""
    return Fichier(nom, compressed(content))


@dataclass(frozen=True)
class Serie:
    """Files of one kind, numbered from 0: ``<debut>0.gz``, ``<debut>1.gz``… ``debut`` bears the hash of them all.

    One name for all costs the manifest next to nothing; and a new action renumbers every document, so that a hash a file
    would spare no download.
    """

    debut: str
    fichiers: tuple[Fichier, ...]


def numbered(kind: str, contents: Iterable[bytes]) -> Serie:
    """Compress each content; only the compressed bytes are kept."""
    return serie(kind, map(compressed, contents))


def serie(kind: str, compressed: Iterable[bytes]) -> Serie:
    """Contents that are already compressed."""
    octets = list(compressed)
    digest = hashlib.sha256()
    for some in octets:
        digest.update(hashlib.sha256(some).digest())
    debut = f"{kind}-{digest.hexdigest()[:10]}-"
    return Serie(debut, tuple(Fichier(f"{debut}{i}.gz", some) for i, some in enumerate(octets)))
