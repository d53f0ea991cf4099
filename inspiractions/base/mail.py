"""Letters that a link begins: the reader's own program opens them, and sends them or not (RFC 6068)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote


def mailto(address: str, subject: str, lines: Iterable[str]) -> str:
    """The link that begins a letter to ``address``, with its subject and its lines."""
    body = "\r\n".join(lines)
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
