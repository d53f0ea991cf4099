"""Where the files for machines are put: those that partners take leave their size and their checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from inspiractions.base.outputs import FileStats

# Bytes: enough to show what a file looks like.
_START = 700


class HashingFile:
    """A file that is written piece by piece, however long it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._digest, self._size = file, hashlib.sha256(), 0
        self._start = b""

    def write(self, octets: bytes) -> None:
        """Add a piece."""
        self._file.write(octets)
        self._digest.update(octets)
        self._size += len(octets)
        if len(self._start) < _START:
            self._start += octets[:_START]

    @property
    def stats(self) -> FileStats:
        """What was written until now."""
        start = self._start[:_START].decode("utf-8", "ignore").removeprefix("\ufeff")
        return FileStats(self._size, self._digest.hexdigest(), start)


@dataclass
class DataWriter:
    """Files, and the stats of those of ``open`` and ``measured``, by their address. ``place`` says where a file goes.

    ``names``: the addresses of all files written.
    """

    place: Callable[[str], Path]
    stats: dict[str, FileStats] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def put(self, name: str, octets: bytes) -> None:
        """Write a small file, one of many: it leaves no stats."""
        self._place(name).write_bytes(octets)

    @contextmanager
    def open(self, name: str) -> Iterator[HashingFile]:
        """A file to write piece by piece."""
        with self._place(name).open("wb") as file:
            hashing = HashingFile(file)
            yield hashing
        self.stats[name] = hashing.stats

    def _place(self, name: str) -> Path:
        self.names.append(name)
        return self.place(name)

    def measured(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write all the pieces of a file."""
        with self.open(name) as hashing:
            for chunk in chunks:
                hashing.write(chunk)
