"""What secretariats receive: a folder, a ``.zip``, a message (``.eml``, ``.msg``) with forms attached; each form in it, one by one.

The name of an attachment never becomes a path: pieces are numbered.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import olefile

from inspiractions.forms.reading.messages import Message, read_eml, read_msg
from inspiractions.forms.reading.package import MAX_FICHIER, OLE, Archive, Refus

_MAX_PIECES = 500
_MAX_DEPTH = 4
_MARKS = (".DS_Store", "Thumbs.db", "desktop.ini")
# What goes with a message and is no form: pictures of a signature, cards, calendars.
_NOT_FORMS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".vcf", ".ics", ".asc", ".p7s", ".html", ".htm", ".txt")


@dataclass(frozen=True)
class Piece:
    """A file to read: where it lies, and how a report names it. ``fault``: why it cannot be taken, in French.

    ``message``: the words of a message, which may be answers themselves; what it carries comes in pieces of its own.
    """

    path: Path
    name: str
    fault: str = ""
    message: str = ""


def pieces(paths: Iterable[Path], folder: Path) -> Iterator[Piece]:
    """Each file to read, in order; what had to be taken out of an archive or a message is written in ``folder``."""
    taken = _Taken(folder)
    for n, path in enumerate(paths, 1):
        yield from taken.of(path, f"Fichier {n}", 0)


class _Taken:
    """Takes pieces out, one inside another, and counts them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def of(self, path: Path, name: str, depth: int) -> Iterator[Piece]:
        if path.is_dir():
            inner = (p for p in sorted(path.rglob("*")) if p.is_file() and not _is_noise(p.relative_to(path)))
            for n, one in enumerate(inner, 1):
                yield from self.of(one, f"{name}, pièce {n}", depth + 1)
            return
        if not path.is_file() or path.stat().st_size > MAX_FICHIER:
            yield Piece(path, name)
            return
        try:
            inside = self._inside(path) if depth < _MAX_DEPTH else None
        except Refus as refusal:
            yield Piece(path, name, str(refusal))
            return
        if inside is None:
            yield Piece(path, name)
            return
        words = ""
        if isinstance(inside, Message):
            words, inside = inside.text, _forms_of(inside)
        fault = "" if inside else "il ne contient aucun fichier à lire : demandez à la ville de joindre son formulaire."
        if fault or words.strip():
            yield Piece(path, name, fault, words)
        for n, (suffix, data) in enumerate(inside, 1):
            self.count += 1
            if self.count > _MAX_PIECES:
                yield Piece(path, name, f"plus de {_MAX_PIECES} pièces en un envoi : importez-le en plusieurs fois.")
                return
            piece = self.folder / f"piece-{self.count}{suffix}"
            piece.write_bytes(data)
            yield from self.of(piece, f"{name}, pièce {n}", depth + 1)

    def _inside(self, path: Path) -> list[tuple[str, bytes]] | Message | None:
        """The suffix and the bytes of each file that another holds, or a message; ``None`` where it is neither."""
        with path.open("rb") as file:
            head = file.read(8)
        if head.startswith(b"PK") and zipfile.is_zipfile(path):
            return _of_archive(path)
        if head.startswith(OLE) and olefile.isOleFile(path):
            return read_msg(path)
        if path.suffix.lower() in (".eml", ".emlx"):
            return read_eml(path.read_bytes())
        return None


def _is_noise(path: Path) -> bool:
    """What systems and Word leave beside files: « ~$formulaire.docx », « __MACOSX », hidden files."""
    return any(part.startswith((".", "~$", "__MACOSX")) or part in _MARKS for part in path.parts)


def _of_archive(path: Path) -> list[tuple[str, bytes]] | None:
    with Archive(path) as archive:
        # A document is an archive, too: of Word or Excel, of LibreOffice, of Pages.
        if {"[Content_Types].xml", "content.xml", "Index/Document.iwa", "index.xml"} & set(archive.noms):
            return None
        names = [n for n, info in archive.noms.items() if not info.is_dir() and not _is_noise(Path(n))]
        if any(n.endswith(".iwa") for n in names):
            return None
        total = sum(archive.noms[n].file_size for n in names)
        if total > 4 * MAX_FICHIER:
            raise Refus("l’archive se déplie démesurément : envoyez les formulaires en plusieurs fois.")
        return [(_suffix(n), archive.read(n, MAX_FICHIER)) for n in names]


def _forms_of(message: Message) -> list[tuple[str, bytes]]:
    """The files of a message that may be forms."""
    return [(_suffix(name), data) for name, data in message.files if _suffix(name) not in _NOT_FORMS]


def _suffix(name: str) -> str:
    """The suffix of a name, in lower case, of letters and digits only."""
    suffix = Path(name.strip("\x00 ")).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) < 8 else ""
