"""What was computed once and may be needed again: ``build/cache/memoire.sqlite``.

Nothing here is true by itself: each value stands under the digest of all that it depends upon, and bears the seal of this user on
this machine (``seal.py``): what anybody else wrote is never read.
A file that is missing, damaged, locked or not writable costs time, never a page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from inspiractions.base.digests import digest
from inspiractions.base.kept_values import NotData, dump, load
from inspiractions.base.seal import SIZE, seal

Value = TypeVar("Value")
_LAST = b"dernier"
_UNKNOWN = object()
_BATCH = 500
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
        self._keep(name, dump(fresh))
        return fresh

    def peek(self, kind: str, key: bytes) -> Any:
        """What ``get_or_make`` once made under that key, if it is still known; else nothing."""
        name = digest(self.base, kind, key)
        self._used.add(name)
        value = self._value(name)
        return None if value is _UNKNOWN else value

    def last(self, kind: str) -> Any:
        """What was last kept of a kind, if it is known."""
        return self.peek(kind, _LAST)

    def keep_last(self, kind: str, value: object) -> None:
        """Keep the one value of a kind."""
        name = digest(self.base, kind, _LAST)
        self._used.add(name)
        self._keep(name, dump(value))

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
        """Write what is new."""
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
            if len(self._pending) >= _BATCH and not self._inherited:
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
