"""What is kept from one run to the next, under a seal.

What was computed once and may be needed again: ``build/cache/memoire.sqlite``. Nothing there is true by itself: each value stands
under the digest of all that it depends upon, and bears the seal. A file that is missing, damaged, locked or not writable costs
time, never a page.

Files, each after the hash of its name and bytes: a damaged one is as good as none.

The seal: only what this user wrote on this machine is read again. What is kept lies in the content tree, which may come from a
stranger, and is published. The seal's secret lies outside (``~/.cache/inspiractions/sceau``). Without a place for one, each
process has its own, and keeps nothing for the next.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG
from typing import Any, ClassVar, NamedTuple, TypeVar, cast

from inspiractions.base.digests import digest
from inspiractions.base.kept_values import NotData, dump, load

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


Value = TypeVar("Value")
_LAST = b"dernier"
_UNKNOWN = object()
_ROWS = 500
# Seconds to wait for another process, then do without.
_PATIENCE = 0.5
# How many builds in a row, of those that learnt something, a value may lie unused: one of this base, and one of another.
_BUILDS, _BUILDS_OF_OTHERS = 100, 3
# How many values may lie unused longer than that for each other one before the file is cleaned.
_SLACK = 1


class NewEntries(NamedTuple):
    """What a copy of the process found: values to keep, by name, and the names of what it asked for."""

    values: dict[bytes, bytes]
    asked: set[bytes]


class Memo:
    """Values by kind and key. ``base``: the digest of what all of them depend upon (``digests.foundation``).

    ``is_intact`` tells whether that, and whatever else values are made of, is still what it was: else what is new is dropped.
    """

    staying: ClassVar[dict[bytes, Any] | None] = None
    """Where this process is to build again (``cli/builder.py``): what one build leaves to the next, as it was read."""

    def __init__(self, path: Path | None, base: bytes, is_intact: Callable[[], bool] = lambda: True) -> None:
        self._path, self.base, self._is_intact = path, base, is_intact
        self._inherited: sqlite3.Connection | None = None
        self._pending: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._learnt = False
        self._file = _open(path) if path else None

    def get_or_make(
        self, kind: str, key: bytes, make: Callable[[], Value], holds: Callable[[Value], bool] = lambda _: True
    ) -> Value:
        """The value, made if it is not known or no more ``holds``. Its type is that of ``make``: ``kind`` names one maker."""
        name = digest(self.base, kind, key)
        self._used.add(name)
        value = self._value(name)
        if value is not _UNKNOWN and holds(value):
            return cast(Value, value)
        fresh = make()
        # To write a value as bytes takes as long as many take to make.
        if self._file:
            self._keep(name, dump(fresh))
        return fresh

    def peek(self, kind: str, key: bytes) -> Any:
        """What ``get_or_make`` once made under that key, if it is still known; else nothing."""
        name = digest(self.base, kind, key)
        self._used.add(name)
        value = self._value(name)
        return None if value is _UNKNOWN else value

    def peek_staying(self, kind: str, key: bytes) -> Any:
        """The same, of a value that nobody changes: where this process is to build again, it is read once."""
        if self.staying is None:
            return self.peek(kind, key)
        name = digest(self.base, kind, key)
        self._used.add(name)
        if name not in self.staying and (value := self.peek(kind, key)) is not None:
            self.staying[name] = value
        return self.staying.get(name)

    def last(self, kind: str) -> Any:
        """What was last kept of a kind, if it is known."""
        return self.peek(kind, _LAST)

    def keep_last(self, kind: str, value: object) -> None:
        """Keep the one value of a kind."""
        name = digest(self.base, kind, _LAST)
        self._used.add(name)
        if self._file:
            self._keep(name, dump(value))

    def disk_time(self) -> int:
        """The present time by the clock of the disk, in nanoseconds; 0 where nothing is kept there."""
        if not self._path or not self._file:
            return 0
        try:
            os.utime(self._path)
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0

    def reopen_in_child(self) -> None:
        """In a copy of the process: read by a connection of one's own, and write nothing."""
        # Not to be closed: what is locked there is locked by the process that was copied.
        self._inherited, self._file = self._file, _open(self._path) if self._path and self._file else None
        self._pending, self._used = {}, set()

    def pop_new(self) -> NewEntries:
        """In a copy: what it found since it last told it."""
        entries = NewEntries(self._pending, self._used)
        self._pending, self._used = {}, set()
        return entries

    def merge(self, new_entries: NewEntries) -> None:
        """Keep what a copy found."""
        self._used |= new_entries.asked
        for name, octets in new_entries.values.items():
            self._keep(name, octets)

    def commit(self) -> bool:
        """Write what is new, for copies and for later runs to read, or drop it; whether it may be kept."""
        intact = self._is_intact()
        if not intact:
            self._pending = {}
        self._flush()
        if self._file:
            with suppress(sqlite3.Error):
                self._file.commit() if intact else self._file.rollback()
        return intact

    def close(self) -> None:
        """Write what is new, and let go of what stays in this process, but was not asked for."""
        if self.staying is not None:
            for name in self.staying.keys() - self._used:
                del self.staying[name]
        if self._pending or (self._file and self._file.in_transaction):
            self.commit()
        if self._file:
            self._file.close()
            self._file = None

    def sweep(self) -> None:
        """At the end of a build, all being committed: drop what builds have not asked for in a long time.

        A build that learnt nothing asked for little, for it took nearly all over: it makes nothing older.
        """
        if self._file and not self._pending and not self._file.in_transaction:
            with suppress(sqlite3.Error):
                self._sweep(self._file)

    def _value(self, name: bytes) -> Any:
        known = self._read(name)
        try:
            return _UNKNOWN if known is None else load(known)
        except NotData:
            return _UNKNOWN

    def _read(self, name: bytes) -> bytes | None:
        if name in self._pending:
            return self._pending[name]
        if not self._file:
            return None
        try:
            row = self._file.execute("SELECT valeur FROM memoire WHERE cle = ?", (name,)).fetchone()
        except sqlite3.Error:
            self._file = None
            return None
        if not row or not isinstance(row[0], bytes):
            return None
        octets: bytes = row[0]
        return octets[SIZE:] if seal(name, octets[SIZE:]) == octets[:SIZE] else None

    def _keep(self, name: bytes, octets: bytes) -> None:
        if self._file:
            self._pending[name] = octets
            if len(self._pending) >= _ROWS and not self._inherited:
                self._flush()

    def _flush(self) -> None:
        if self._file and self._pending:
            rows = [(name, seal(name, octets) + octets) for name, octets in self._pending.items()]
            try:
                self._file.executemany("INSERT OR REPLACE INTO memoire VALUES (?, ?)", rows)
                self._learnt = True
            except sqlite3.Error:
                self._file = None
        self._pending = {}

    def _sweep(self, file: sqlite3.Connection) -> None:
        now: int = file.execute("PRAGMA user_version").fetchone()[0] + self._learnt
        file.execute(f"PRAGMA user_version = {now}")
        rows = ((name, self.base, now) for name in self._used)
        file.executemany("INSERT OR REPLACE INTO emplois VALUES (?, ?, ?)", rows)
        file.commit()
        limits = (self.base, now - _BUILDS, now - _BUILDS_OF_OTHERS)
        recent = "SELECT cle FROM emplois WHERE tour > CASE socle WHEN ? THEN ? ELSE ? END"
        kept = file.execute("SELECT count(*) FROM memoire").fetchone()[0]
        fresh = file.execute(f"SELECT count(*) FROM memoire WHERE cle IN ({recent})", limits).fetchone()[0]
        if kept <= (1 + _SLACK) * fresh:
            return
        file.execute(f"DELETE FROM memoire WHERE cle NOT IN ({recent})", limits)
        file.execute("DELETE FROM emplois WHERE cle NOT IN (SELECT cle FROM memoire)")
        file.commit()
        file.execute("VACUUM")


# The coarsest clock of a disk (FAT): what changed later than so long before it was read may change again, and look the same.
_COARSE = 2_000_000_000


class FileStates:
    """The keys of the files of a folder, as long as their states are what they were: such a file need not be read.

    A state: place on the disk, size, times of the last change of what it holds and of what is told of it (« ctime », which no
    program sets). As git does (« racy git »), what had just changed when it was read is read again. None is believed where the
    system has no such time, and behind a link.
    """

    def __init__(self, folder: Path, memo: Memo) -> None:
        self._kind, self._memo, self._start = f"états/{folder.name}", memo, memo.disk_time()
        usable = os.name == "posix" and not folder.is_symlink()
        self._before: dict[str, list[Any]] = (memo.last(self._kind) or {}) if usable else {}
        self._now: dict[str, list[Any]] = {}
        self._states: dict[str, list[int]] = {}

    def key_of(self, path: Path) -> bytes | None:
        """The key of a file, if it is still what it was; else nothing: read it, then ``learn``."""
        try:
            status = path.lstat()
        except OSError:
            return None
        state = [status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
        before = self._before.get(path.name)
        if before and before[1:] == state:
            self._now[path.name] = before
            return bytes.fromhex(before[0])
        if S_ISREG(status.st_mode) and max(state[2:]) < self._start - _COARSE:
            self._states[path.name] = state
        return None

    def learn(self, path: Path, key: bytes) -> None:
        """The key of a file that was read since ``key_of`` looked at it."""
        if path.name in self._states:
            self._now[path.name] = [key.hex(), *self._states[path.name]]

    def keep(self) -> None:
        """Once all files are looked at."""
        if self._now != self._before:
            self._memo.keep_last(self._kind, self._now)


def _open(path: Path) -> sqlite3.Connection | None:
    """The file, made anew where it is damaged; nothing where it cannot be."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(path, timeout=_PATIENCE)
            # A build that is cut short loses what it did not write; the file stays whole.
            file.execute("PRAGMA journal_mode = WAL")
            file.execute("PRAGMA synchronous = OFF")
            # Keys in a tree of their own: most of what is asked for by a first build is not there.
            file.execute("CREATE TABLE IF NOT EXISTS memoire (cle BLOB PRIMARY KEY, valeur BLOB)")
            # Which builds last asked for each, and for what base: apart, for values are long to write again.
            file.execute(
                "CREATE TABLE IF NOT EXISTS emplois (cle BLOB PRIMARY KEY, socle BLOB, tour INTEGER) WITHOUT ROWID"
            )
            return file
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            _remove(path)
        except OSError:
            return None
    return None


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


class FileStore:
    """A folder of its own, made when needed. Whatever stands there under the name of a file is in nobody's way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        """Whether something bears the name; ``read`` makes sure."""
        return (self._folder / name).exists()

    def read(self, name: str) -> bytes | None:
        """The bytes that were kept, or nothing."""
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            return None
        kept = content[SIZE:]
        return kept if seal(name.encode(), kept) == content[:SIZE] else None

    def keep(self, name: str, octets: bytes) -> None:
        """In one step: a build that stops leaves no half file, and two may keep the same. Raises ``OSError``."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path, beside = self._folder / name, self._folder / f"{name}.partiel"
        beside.write_bytes(seal(name.encode(), octets) + octets)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        beside.replace(path)

    def sweep(self, used: Collection[str], others: int = 0) -> None:
        """Remove all but these, and the newest ``others``."""
        rest = [(path.stat(follow_symlinks=False).st_mtime_ns, path) for path in self._folder.glob("*")]
        newest_first = sorted((item for item in rest if item[1].name not in used), reverse=True)
        for _, path in newest_first[others:]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
