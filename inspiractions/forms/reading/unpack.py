"""What secretariats receive: a folder, a ``.zip``, a message with forms attached; each form in it, one by one.

The name of an attachment never becomes a path: pieces are numbered.

Messages, as a mailbox saves them (``.eml``, ``.emlx`` of Apple Mail, ``.msg`` of Outlook): what they say, what they carry.

Old formats (``.doc``, ``.odt``, ``.rtf``) through LibreOffice, where the machine has it: no network, bounds, no child left.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import olefile

from inspiractions.forms.reading.document import Morceau, Paragraphe, WordDocument
from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.reading.package import (
    MAX_FICHIER,
    MAX_LIGNES,
    MAX_SIGNES,
    OLE,
    TOO_LONG,
    Archive,
    Refus,
    genre,
)

# Where a message of Outlook keeps its words, an attachment, its name and its bytes; the last digits say Unicode or not
# (MS-OXMSG 2.2.2; MS-OXPROPS: PidTagBody, PidTagHtml).
_ATTACHED, _DATA = "__attach_version1.0_", "__substg1.0_37010102"
_NAMES = ("__substg1.0_3707001F", "__substg1.0_3707001E", "__substg1.0_3704001F", "__substg1.0_3704001E")
_BODIES, _HTML = ("__substg1.0_1000001F", "__substg1.0_1000001E"), "__substg1.0_10130102"
_DAMAGED = "le message est abîmé : enregistrez de nouveau la pièce jointe depuis votre messagerie."
_BLOCKS = frozenset(("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table"))


@dataclass(frozen=True)
class Message:
    """What a message says, as plain text, and the name and the bytes of each file that it carries."""

    text: str
    files: tuple[tuple[str, bytes], ...]


def text_document(text: str) -> WordDocument:
    """A plain text, read as a document: a paragraph a line. Raises ``Refus``."""
    if len(text) > MAX_SIGNES or text.count("\n") > MAX_LIGNES:
        raise Refus(TOO_LONG)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return WordDocument(tuple(Paragraphe((Morceau(line),) if line else ()) for line in lines))


def decoded(data: bytes) -> str:
    """A text saved by whatever tool: UTF-8 or UTF-16 with their marks, else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[1:200:2].count(0) > 80:
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read_eml(data: bytes) -> Message:
    """A message of the internet, those forwarded in it included. Raises ``Refus``."""
    # Apple Mail writes before it how long it is.
    data = re.sub(rb"\A\d+\s*\n", b"", data)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        files = []
        texts = []
        for part in message.walk():
            name, kind = _name(part), part.get_content_type()
            if kind == "message/rfc822" or part.is_multipart():
                continue  # walked through as well
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                continue
            if name:
                files.append((name, payload))
            elif kind in ("text/plain", "text/html"):
                texts.append((kind, _words(part, payload)))
        return Message(_one_of(texts), tuple(files))
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise Refus(_DAMAGED) from error


def _name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        # A header that no rule foresees: the bytes are there, all the same.
        match = re.search(
            r"name\*?=\"?([^\";\r\n]+)", f"{part.get('Content-Disposition', '')};{part.get('Content-Type', '')}"
        )
        return match[1] if match else ""


def _words(part: EmailMessage, payload: bytes) -> str:
    charset = part.get_content_charset() or ""
    try:
        text = payload.decode(charset) if charset else decoded(payload)
    except (UnicodeDecodeError, LookupError):
        text = decoded(payload)
    return text_of_html(text) if part.get_content_type() == "text/html" else text


def _one_of(texts: list[tuple[str, str]]) -> str:
    """What a message says once, though it says it as text and as a page."""
    plain = [text for kind, text in texts if kind == "text/plain" and text.strip()]
    return "\n\n".join(plain or [text for _, text in texts])


def read_msg(path: Path) -> Message | None:
    """A message of Outlook, those attached to it included; ``None`` where the file is none. Raises ``Refus``."""
    try:
        with olefile.OleFileIO(io.BytesIO(path.read_bytes())) as ole:
            streams = ole.listdir()
            if not any(parts[0] == "__properties_version1.0" for parts in streams):
                return None

            def text(parts: list[str]) -> str:
                data = ole.openstream(parts).read(MAX_FICHIER)
                words: str = data.decode("utf-16-le" if parts[-1].endswith("001F") else "cp1252", "replace")
                return words.strip("\0")

            names: dict[tuple[str, ...], str] = {}
            for kind in _NAMES:
                for parts in streams:
                    if parts[-1] == kind:
                        names.setdefault(tuple(parts[:-1]), text(parts))
            files = [
                (names.get(tuple(parts[:-1]), ""), ole.openstream(parts).read(MAX_FICHIER))
                for parts in streams
                if parts[-1] == _DATA and len(parts) > 1 and parts[-2].startswith(_ATTACHED)
            ]
            bodies = [text(parts) for kind in _BODIES for parts in streams if parts[-1] == kind]
            pages = [
                text_of_html(decoded(ole.openstream(parts).read(MAX_FICHIER)))
                for parts in streams
                if parts[-1] == _HTML
            ]
            return Message("\n\n".join(body for body in bodies if body.strip()) or "\n\n".join(pages), tuple(files))
    except (OSError, ValueError, IndexError) as error:
        raise Refus(_DAMAGED) from error


class _Page(HTMLParser):
    """The words of a page, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in ("style", "script", "head")
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("style", "script", "head")))
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"[ \r\n]+", " ", data))


def text_of_html(page: str) -> str:
    """The words of a page, as lines."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    text = re.sub(r"[^\S\n\t]*\n[^\S\n]*", "\n", "".join(reader.pieces))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


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


try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_AVIS_DOC = "le fichier est un ancien .doc : la conversion peut avoir défait les tableaux ; comparez avec l’original."
_SECONDS = 90
_BYTES_WRITTEN = 200_000_000
_MEMORY = 4_000_000_000
# Nothing is fetched for a document, no macro runs, and what would ask for the network anyway meets a closed door.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""


def recevoir(path: Path) -> WordDocument:
    """Read a form, whatever its format. Raises ``Refus``."""
    if path.suffix.lower() in (".txt", ".text"):
        return text_document(decoded(path.read_bytes()[: MAX_FICHIER + 1]))
    kind = genre(path)
    if kind == "docx":
        return read_docx(path)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Refus(
            f"le fichier est au format .{kind} : ouvrez-le dans Word, « Enregistrer sous » .docx, puis réessayez."
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"formulaire.{kind}"
        shutil.copyfile(path, copy)
        _convert(office, Path(folder), copy)
        try:
            document = read_docx(Path(folder) / "formulaire.docx")
            # Pictures are read while the copy is still there.
            kept = {nom: read() for nom, read in document.images.items()}
        except OSError as error:
            raise Refus(_failed(kind)) from error
    images = {nom: (lambda data=data: data) for nom, data in kept.items()}
    avis = (*document.avis, *([_AVIS_DOC] if kind == "doc" else []))
    return replace(document, images=images, avis=avis)


def _convert(office: str, folder: Path, copy: Path) -> None:
    """Write ``formulaire.docx`` beside the copy. Raises ``Refus``."""
    profile = folder / "profil"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "docx"]
    command = [*_without_network(), office, *options, "--outdir", str(folder), str(copy)]
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **closed, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
        preexec_fn=_bounds if resource else None,
    )
    try:
        code = process.wait(timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refus(_failed(copy.suffix[1:])) from error
    finally:
        # LibreOffice starts children of its own: they are of its session, and end with it.
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    if code or not (folder / "formulaire.docx").is_file():
        raise Refus(_failed(copy.suffix[1:]))


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """How to run a command in a network of its own, which leads nowhere; nothing where the system cannot."""
    unshare = shutil.which("unshare")
    shut = (unshare or "", "--map-root-user", "--net", "--")
    if unshare and subprocess.run([*shut, "true"], capture_output=True, check=False).returncode == 0:
        return shut
    return ()


def _bounds() -> None:
    """What the conversion may take: processor, memory, the size of what it writes."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_BYTES_WRITTEN, _BYTES_WRITTEN))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _failed(kind: str) -> str:
    return f"LibreOffice n’a pas su convertir ce .{kind} : enregistrez-le en .docx depuis Word."
