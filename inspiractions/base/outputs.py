"""What the site is made of: pages before they are put into a frame, files, and what is told of those that partners take.

``Batch``: files of the site that are made together, or not at all where nothing that they depend upon has changed.

Values and bytes as the site serves them: JSON, gzip; the same bytes for the same content. CSV as French spreadsheets open it
at a click, the twin of ``docs/assets/js/lib/csv.js``.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from inspiractions.base.kept_values import kept

# Stands for the relative way to the root of the site; a sign of private use, which no content may hold (rules/privacy.py).
BASE = "\ue000"
# The groups of the files that partners take, as the page of the data calls them.
ACTIONS, CITATIONS = "Les actions", "Les références bibliographiques"
VOCABULAIRES, MACHINES = "Les vocabulaires", "Pour les machines et les catalogues"


@kept
@dataclass(frozen=True)
class FramePage:
    """A frame: a page of ``docs/`` that bears ``cadre: <nom>``, its address, and the words of its overview page.

    ``essais``: words and address of the searches that the home page offers, where its page names some.
    """

    name: str
    chemin: str
    titre: str
    description: str
    essais: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SiteFile:
    """A file of the site that is no page: its address from the folder it goes to, and its bytes.

    ``aussi``: a second address, from the root of the site, where the same bytes are served.
    """

    name: str
    content: bytes
    aussi: str = ""


@kept
@dataclass(frozen=True)
class FileStats:
    """What a file weighs, in bytes, its SHA-256 in hexadecimal, and how it starts."""

    size: int
    sha256: str
    start: str


@kept
@dataclass(frozen=True)
class DataFile:
    """A file that partners take. ``nom``: its address from the root; ``media``: its IANA media type; ``compte``: what it counts, of which ``unite``."""

    nom: str
    groupe: str
    titre: str
    presentation: str
    media: str
    compte: int = 0
    unite: str = "action"

    @property
    def fichier(self) -> str:
        """Its address from the page of the data."""
        return self.nom.removeprefix("donnees/")

    @property
    def extension(self) -> str:
        """What its name ends with."""
        return self.nom.rsplit(".", 1)[1]


@dataclass(frozen=True)
class Page:
    """``chemin`` is the address from the root of the site (``ages/0-3/``, empty for the home page); ``frame`` a frame's name.

    ``contenu`` and ``tete`` are HTML whose links start with ``BASE``. ``maj``: the newest date of what the page shows.
    """

    chemin: str
    frame: str
    titre: str
    description: str
    contenu: str
    tete: str = ""
    maj: date | None = None
    indexable: bool = True
    # The address that stands for this one, where another does.
    canonique: str = ""
    # Whether the tab of its frame is where one is.
    en_rubrique: bool = True

    @property
    def base(self) -> str:
        """The way from this page to the root."""
        return "../" * self.chemin.count("/") or "./"

    @property
    def jour(self) -> str:
        """``maj`` as a sitemap gives it, empty where the page has none."""
        return self.maj.isoformat() if self.maj else ""


@dataclass(frozen=True)
class BatchNote:
    """Something that others must know of a batch, and that is kept with it."""

    value: object


@dataclass(frozen=True)
class Batch:
    """``key`` is the digest of all that the files depend upon; ``name`` tells the batch from the others of a site.

    ``make`` gives pages, files, the names of files that it wrote itself, and notes. ``renames``: many files, which may bear
    another name and still hold the same.
    """

    name: str
    key: bytes
    make: Callable[[], Iterable[Page | SiteFile | BatchNote | str]]
    renames: bool = False


@dataclass(frozen=True)
class BatchGroup:
    """Batches that are the same ones, with the same keys, as long as ``key`` is: to name thousands of them costs digests."""

    name: str
    key: bytes
    batches: Callable[[], Iterable[Batch]]


_LEVEL, _GZIP = 6, 31
_SYSTEM = 9
# What ``compressed`` begins with, and the last block of deflate where nothing is left to say.
_HEAD, _END = bytes.fromhex("1f8b08000000000000ff"), bytes.fromhex("0300")


def as_json(value: object) -> bytes:
    """Compact UTF-8 JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def compressed(content: bytes) -> bytes:
    """gzip (RFC 1952), without a date in the header and with « unknown » for the system: what else stands there depends on Python."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    octets = compressor.compress(content) + compressor.flush()
    return octets[:_SYSTEM] + b"\xff" + octets[_SYSTEM + 1 :]


def compressed_parts(parts: Iterable[bytes]) -> bytes:
    """The gzip of several contents, one after another, each with codes of its own: numbers and words that share theirs weigh more.

    Of each the shorter of two: with its repeats, or without, for columns of numbers repeat by chance, and to say so costs more.
    Read as any other gzip; ``compressed`` of the whole, where that is shorter: what is short has nothing to share.
    """
    contents = [part for part in parts if part]
    whole = b"".join(contents)
    # One part with its repeats is the whole.
    strategies = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)[len(contents) == 1 :]
    octets = [min((_deflated(part, strategy) for strategy in strategies), key=len) for part in contents]
    together = b"".join((_HEAD, *octets, _END, struct.pack("<II", zlib.crc32(whole), len(whole) & 0xFFFF_FFFF)))
    return min(together, compressed(whole), key=len)


def _deflated(content: bytes, strategy: int) -> bytes:
    """Blocks of deflate (RFC 1951), none the last, that end with a whole byte."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
    return compressor.compress(content) + compressor.flush(zlib.Z_SYNC_FLUSH)


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
