"""Files that people keep are put in place whole: what stops the machine meanwhile leaves the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path


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
        # Unlike a renaming, a second name never takes the place of a file.
        path.hardlink_to(beside)
    finally:
        beside.unlink()


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
