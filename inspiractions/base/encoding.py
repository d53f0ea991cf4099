"""Values and bytes as the site serves them: JSON, gzip; the same bytes for the same content.

CSV as French spreadsheets open it at a click, the twin of ``docs/assets/js/lib/csv.js``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from inspiractions.base.outputs import SiteFile

_LEVEL = 6
_SYSTEM = 9


def as_json(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def compressed(content: bytes) -> bytes:
    """gzip (RFC 1952), without a date in the header and with « unknown » for the system: what else stands there depends on Python."""
    octets = gzip.compress(content, _LEVEL, mtime=0)
    return octets[:_SYSTEM] + b"\xff" + octets[_SYSTEM + 1 :]


def zipped(nom: str, content: bytes) -> SiteFile:
    """Compress under a fixed name."""
    return SiteFile(nom, compressed(content))


@dataclass(frozen=True)
class Serie:
    """Files of one kind, numbered from 0: ``<debut>0.gz``, ``<debut>1.gz``… ``debut`` bears the hash of them all.

    One name for all costs the manifest next to nothing; and a new action renumbers every document, so that a hash a file
    would spare no download.
    """

    debut: str
    fichiers: tuple[SiteFile, ...]


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
    return Serie(debut, tuple(SiteFile(f"{debut}{i}.gz", some) for i, some in enumerate(octets)))


# What a spreadsheet would run as a formula, in full width, too.
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOMBRE = re.compile(r"-?\d+(\.\d+)?")


def make_csv(lignes: Iterable[Iterable[str]]) -> str:
    """UTF-8 with its mark, semicolons, CRLF, every cell quoted."""
    return "\ufeff" + "".join(";".join(map(_cellule, ligne)) + "\r\n" for ligne in lignes)


def inerte(texte: str) -> str:
    """The cell itself; one that a spreadsheet would run as a formula starts with an apostrophe (OWASP, « CSV Injection »)."""
    return f"'{texte}" if texte.startswith(_FORMULE) and not _NOMBRE.fullmatch(texte) else texte


def _cellule(texte: str) -> str:
    return '"{}"'.format(inerte(texte).replace('"', '""'))
