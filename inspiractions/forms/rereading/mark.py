"""The invisible mark of a form: which fiche it was made of, and all that this fiche said then, so that no history is needed.

Kept as custom properties of the document (ECMA-376, part 1, § 22.3), which Word and LibreOffice keep from one format to
another; 240 signs each, for Word takes 255.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from inspiractions.base.files import MAX_BYTES
from inspiractions.model.source import Source, parse_fiche

_NAME, _PIECE = "Inspiractions relecture", "Inspiractions fiche"
_SIGNS = 240
_DIGEST = 12
_ID = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Mark:
    """``id`` of the fiche, ``version`` of its text; ``text``: what it said, empty where the mark is lost."""

    id: str
    version: str
    text: str = ""

    @property
    def source(self) -> Source | None:
        """What the fiche said, read; nothing where the mark is lost."""
        return parse_fiche(f"actions/{self.id}.md", self.text)[0] if self.text else None


def mark_of(source: Source) -> Mark:
    """The mark of a fiche as it is; how its file was saved does not count."""
    text = "---\n{}\n---\n\n{}\n".format(source.front.strip("\n"), source.body.strip("\n"))
    return Mark(source.stem, version_of(text), text)


def version_of(text: str) -> str:
    """Twelve signs that tell this text of a fiche from any other."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def properties_of(mark: Mark) -> dict[str, str]:
    """The mark as properties of a document."""
    packed = base64.b64encode(zlib.compress(mark.text.encode(), 9)).decode()
    pieces = [packed[at : at + _SIGNS] for at in range(0, len(packed), _SIGNS)]
    head = {_NAME: f"1 {mark.id} {mark.version} {len(pieces)}"}
    return head | {f"{_PIECE} {n:02d}": piece for n, piece in enumerate(pieces, 1)}


def read_mark(properties: Mapping[str, str]) -> Mark | None:
    """The mark of a document; one that was cut short keeps the id and the version alone."""
    parts = properties.get(_NAME, "").split()
    if len(parts) != 4 or parts[0] != "1" or not (parts[3].isascii() and parts[3].isdigit() and len(parts[3]) < 4):
        return None
    _, identifiant, version, count = parts
    if not _ID.fullmatch(identifiant):
        return None
    packed = "".join(properties.get(f"{_PIECE} {n:02d}", "") for n in range(1, int(count) + 1))
    try:
        inflate = zlib.decompressobj()
        text = inflate.decompress(base64.b64decode(packed, validate=True), MAX_BYTES).decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        text = ""
    return Mark(identifiant, version, text if version_of(text) == version else "")
