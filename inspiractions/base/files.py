"""Files that people keep are put in place whole: what stops the machine meanwhile leaves the old one or the new one.

And the folders of a site: the mark by which one is known, the files that lie in one.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_AT_FDCWD = -100
KEEP, EXCHANGE = 1, 2
MARK = ".inspiractions"
"""The name of the file by which a folder is known to be a site that was built here."""
Tailles = Mapping[str, tuple[int, int]]
"""Size in bytes and time of change (ns) of files, by name from the root of the site."""


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file in one step, and its folder where there is none. Raises ``OSError``.

    Where it takes the place of another it keeps its mode; behind a link, it takes the place of what the link leads to.
    """
    with open_whole(path) as file:
        file.write(_bytes(text))


@contextmanager
def open_whole(path: Path) -> Iterator[BinaryIO]:
    """The same for a file written piece by piece: it stands in its place once the block has ended well."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        # A pipe, « /dev/stdout »: it keeps nothing, and must stay what it is.
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with _beside(path) as (beside, file):
        yield file
        _to_disk(file)
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)


def write_new(path: Path, text: str | bytes) -> None:
    """Write a file that must not be there yet. Raises ``FileExistsError``, ``OSError``."""
    with _beside(path) as (beside, file):
        file.write(_bytes(text))
        _to_disk(file)
        if not rename(beside, path, KEEP):
            # Unlike a plain renaming, a second name never takes the place of a file.
            path.hardlink_to(beside)
            beside.unlink()


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


def walk(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file below a folder, with its size and its time; links are not followed."""
    waiting = [""]
    while waiting:
        start = waiting.pop()
        with os.scandir(f"{folder}/{start}") as entries:
            for entry in entries:
                nom = f"{start}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{nom}/")
                else:
                    found = entry.stat(follow_symlinks=False)
                    yield nom, (found.st_size, found.st_mtime_ns)


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file of another name in the same folder, to be given its name; gone where the block ends badly."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.partiel")
    try:
        with beside.open("wb") as file:
            yield beside, file
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _to_disk(file: BinaryIO) -> None:
    """On the disk itself, and not only on its way there."""
    file.flush()
    os.fsync(file.fileno())


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
