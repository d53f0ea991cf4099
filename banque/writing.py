"""Files that people keep are put in place whole: what stops the machine meanwhile leaves the old one or the new one."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

_AT_FDCWD = -100
KEEP, EXCHANGE = 1, 2


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file in one step; where it takes the place of another it keeps its mode. Raises ``OSError``."""
    beside = _write_beside(path, text)
    if path.exists():
        beside.chmod(path.stat().st_mode)
    beside.replace(path)


def write_new(path: Path, text: str | bytes) -> None:
    """The same for a file that must not be there yet. Raises ``FileExistsError``, ``OSError``."""
    beside = _write_beside(path, text)
    try:
        if not rename(beside, path, KEEP):
            # Unlike a plain renaming, a second name never takes the place of a file.
            path.hardlink_to(beside)
    finally:
        beside.unlink(missing_ok=True)


def rename(a: Path, b: Path, flags: int) -> bool:
    """Rename in one step as only Linux can; false where the system or the disk cannot.

    ``EXCHANGE``: what stands at ``b`` takes the name ``a``. ``KEEP``: it stays there. Raises ``OSError``.
    """
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), flags) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(b))


def _write_beside(path: Path, text: str | bytes) -> Path:
    """A whole file of another name, on the disk itself and not only on its way there."""
    beside = path.with_name(f".{path.name}.partiel")
    try:
        with beside.open("wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside
