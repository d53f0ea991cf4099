"""Messages, as a mailbox saves them (``.eml``, ``.emlx`` of Apple Mail, ``.msg`` of Outlook): what they say, what they carry."""

from __future__ import annotations

import email
import email.policy
import io
import re
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import olefile

from inspiractions.forms.reading.document import Morceau, Paragraphe, WordDocument
from inspiractions.forms.reading.package import MAX_FICHIER, MAX_LIGNES, MAX_SIGNES, TOO_LONG, Refus

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
