"""The seal of what a build keeps: only what this user wrote on this machine is read again.

What is kept lies in the content tree, which may come from a stranger, and is published. The seal's secret
lies outside (``~/.cache/inspiractions/sceau``). Without a place for one, each process has its own, and keeps nothing for the next.
"""

from __future__ import annotations

import os
import secrets
from functools import cache
from hashlib import blake2b
from pathlib import Path

SIZE = 16
_SECRET = 32


def seal(name: bytes, octets: bytes | memoryview) -> bytes:
    """``SIZE`` bytes of keyed BLAKE2b (RFC 7693). Of the name, too: a sound value under another's name is wrong."""
    hasher = blake2b(len(name).to_bytes(4, "little") + name, digest_size=SIZE, key=_secret())
    hasher.update(octets)
    return hasher.digest()


@cache
def _secret() -> bytes:
    try:
        path = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "inspiractions" / "sceau"
        path.parent.mkdir(parents=True, exist_ok=True)
        return _read_or_make(path) or _read_or_make(path) or secrets.token_bytes(_SECRET)
    except (OSError, RuntimeError):
        return secrets.token_bytes(_SECRET)


def _read_or_make(path: Path) -> bytes | None:
    """The secret of a file, made where there is none. One that is cut short is taken away; another user's is not read."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_SECRET))
    except FileExistsError:
        pass
    secret = path.read_bytes()
    if hasattr(os, "geteuid") and path.stat().st_uid != os.geteuid():
        return None
    if len(secret) != _SECRET:
        path.unlink(missing_ok=True)
        return None
    return secret
