"""Where the new site is put together: what did not change since the site in place is taken from it, the rest is made.

A batch that bears the same digest as last time is not made. The site before the site in place is put right where it stands;
what changed between the two is linked (``link(2)``), for no file of a site is ever written twice. The record of both lies
under ``build/cache/``; what it says of a file counts only as long as its size and its time agree.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import cast

from inspiractions.base import parallel
from inspiractions.base.digests import digest
from inspiractions.base.files import MARK, Sizes, walk
from inspiractions.base.kept_values import dump, load
from inspiractions.base.memo import SIZE, Memo, seal
from inspiractions.base.outputs import BASE, Batch, BatchGroup, BatchNote, Page, SiteFile
from inspiractions.base.problem import Problem
from inspiractions.build.budgets import PageLinks, find_dead, read_page
from inspiractions.build.staging import name_of
from inspiractions.theme.frames import Frames


class ReusedFolder:
    """``folder``, and the files of a former site that lie in it; ``mark`` is a file that is not of the site."""

    def __init__(self, folder: Path, mark: str) -> None:
        self.folder = folder
        self._former = dict(walk(folder))
        self._former.pop(mark, None)
        self._made = {os.fspath(folder)}
        self._aside = f"{folder}/.ancien"

    def holds(self, files: Sizes) -> bool:
        """Whether these lie there as they were; then they stay."""
        if any(self._former.get(name) != stats for name, stats in files.items()):
            return False
        for name in files:
            del self._former[name]
        return True

    def place(self, name: str) -> str:
        """The path where a file goes: nothing stands there, its folder is there."""
        path = f"{self.folder}/{name}"
        if self._former.pop(name, None):
            os.unlink(path)
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            self._make(parent)
        if self._former and os.path.isdir(path):
            self._drop(f"{name}/")
        return path

    @property
    def empty(self) -> bool:
        """Whether nothing of a former site is left."""
        return not self._former

    def clear(self) -> None:
        """Put the former site aside; ``finish`` takes it away."""
        # Some file systems are slow to make files where many were removed shortly before.
        entries = os.listdir(self.folder)
        os.mkdir(self._aside)
        for entry in entries:
            os.rename(f"{self.folder}/{entry}", f"{self._aside}/{entry}")
        self._former = {}

    def finish(self) -> None:
        """Take away what the new site does not have, and the folders that are empty then."""
        for name in list(self._former):
            self._remove(name)
        if os.path.isdir(self._aside):
            shutil.rmtree(self._aside)

    def _make(self, folder: str) -> None:
        try:
            os.makedirs(folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            # A file of the former site bears the name of a folder of the new one.
            parts = os.path.relpath(folder, self.folder).split("/")
            for name in ("/".join(parts[:i]) for i in range(1, len(parts) + 1)):
                if name in self._former:
                    self._remove(name)
            os.makedirs(folder, exist_ok=True)
        self._made.add(folder)

    def _drop(self, start: str) -> None:
        """Take away a folder of the former site, where a file is to stand."""
        self._former = {name: stats for name, stats in self._former.items() if not name.startswith(start)}
        shutil.rmtree(f"{self.folder}/{start}")

    def _remove(self, name: str) -> None:
        del self._former[name]
        path = f"{self.folder}/{name}"
        os.unlink(path)
        with suppress(OSError):
            while (path := path.rpartition("/")[0]) not in self._made:
                os.rmdir(path)


@dataclass
class BatchRecord:
    """What is kept of a batch: its files with size and time, how many pages it has.

    ``addresses``: those of its pages that are for search engines, each with the day of its newest content. ``digests``: of
    a series, the names of the files by the digest of what they hold.
    """

    key: bytes
    files: dict[str, tuple[int, int]] = field(default_factory=dict)
    pages: int = 0
    addresses: dict[str, str] = field(default_factory=dict)
    note: object = None
    digests: dict[bytes, str] = field(default_factory=dict)
    # Of a record that was read, its line: most are written again as they were.
    line: str = ""

    @cached_property
    def links(self) -> dict[str, PageLinks]:
        """The links of its pages: of most records nobody asks for them."""
        links = json.loads(self.line.partition(_THEN_LINKS)[2] or "{}")
        return {name: PageLinks(*page) for name, page in links.items()}

    def as_line(self, name: str) -> str:
        """The record of the batch ``name`` in a line."""
        if self.line:
            return self.line
        note = "" if self.note is None else dump(self.note).hex()
        digests = {one.hex(): file for one, file in self.digests.items()}
        links = {page: (of_page.cibles, of_page.ancres) for page, of_page in self.links.items()}
        record = [name, self.key.hex(), self.files, self.pages, self.addresses, note, digests]
        return f"{_json(record)}{_THEN_LINKS}{_json(links)}"

    @classmethod
    def of_line(cls, line: str) -> tuple[str, BatchRecord]:
        """What ``as_line`` wrote. Raises ``ValueError``, ``TypeError``, ``AttributeError``."""
        name, key, files, pages, addresses, note, digests = json.loads(line.partition(_THEN_LINKS)[0])
        return name, cls(
            bytes.fromhex(key),
            {name: (size, time) for name, (size, time) in files.items()},
            pages,
            addresses,
            load(bytes.fromhex(note)) if note else None,
            {bytes.fromhex(one): name for one, name in digests.items()},
            line,
        )


# JSON writes this sign otherwise.
_THEN_LINKS = "\t"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class SiteLinks(Mapping[str, PageLinks]):
    """The links of all pages of a site, by their files; ``own``: of some, others than their records tell."""

    def __init__(self, records: Iterable[BatchRecord]) -> None:
        self.own: dict[str, PageLinks] = {}
        self._of = {name: record for record in records for name in record.files if name.endswith(".html")}

    def __getitem__(self, name: str) -> PageLinks:
        return self.own.get(name) or self._of[name].links[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._of.keys() | self.own.keys())

    def __len__(self) -> int:
        return len(self._of.keys() | self.own.keys())


SiteRecord = dict[str, BatchRecord]
"""How a site was made: by name of batch."""
PreviousRecords = dict[str, BatchRecord | None]
"""How the site before it was made, for the batches that it had otherwise, or had not."""


class SiteFolder:
    """Puts batches into ``folder``, which holds the site before ``site``, or nothing. ``cache``: where the record lies.

    The record of another code, which the base of ``memo`` tells, is not read.
    """

    def __init__(self, folder: Path, site: Path, cache: Path, frames: Frames, memo: Memo) -> None:
        self._reused, self._site, self._frames = ReusedFolder(folder, MARK), site, frames
        self._memo = memo
        self._head = digest(memo.base, str(site))
        self._record_path = cache / f"releve-{name_of(site)}"
        self._in_place, self._previous = _read(self._record_path, self._head)
        if not self._in_place:
            # Nothing of the former site is known to be right.
            self._reused.clear()
        self._records: SiteRecord = {}
        self.made: list[str] = []
        """The names of the batches of ``put_all`` that were not taken over."""
        self._common: dict[str, PageLinks] = {}

    def has(self, batch: Batch) -> bool:
        """Whether the site in place seems to hold the batch as it is to be."""
        current = self._in_place.get(batch.name)
        return current is not None and current.key == batch.key

    def put(self, batch: Batch) -> BatchRecord:
        """Take the batch over or make it."""
        record = self._take(batch) or self._make(batch)
        self._records[batch.name] = record
        return record

    def put_all(
        self,
        batches: Iterable[Batch],
        done: Callable[[int], None] = lambda _: None,
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        """Each of these batches, of which none needs another; ``done`` is told how many are put.

        ``prepare`` is called before other processes take part in it.
        """
        missing, taken = [], 0
        for batch in batches:
            if record := self._take(batch):
                self._records[batch.name] = record
                taken += 1
            else:
                missing.append(batch)
        # Whatever happens, nobody is at work any more when this returns.
        with closing(self._make_all(missing, prepare)) as results:
            for count, (batch, record) in enumerate(zip(missing, results, strict=True), taken + 1):
                self._records[batch.name] = record
                self.made.append(batch.name)
                done(count)

    def batches_of(self, group: BatchGroup) -> list[Batch]:
        """The batches of a group; where its key is that of last time, as they were named then."""

        @cache
        def named() -> Mapping[str, Batch]:
            return {batch.name: batch for batch in group.batches()}

        record = self._in_place.get(group.name)
        if not record or record.key != group.key:
            self._records[group.name] = BatchRecord(group.key, note=list(named()))
            return list(named().values())
        self._records[group.name] = record
        # Where the site in place lost a file of one of them, it is made.
        return [
            Batch(name, self._in_place[name].key, partial(lambda name: named()[name].make(), name))
            for name in cast(list[str], record.note)
        ]

    def made_pages(self) -> list[str]:
        """The addresses of the pages of the batches ``made``."""
        names = (name for batch in self.made for name in self._records[batch].links)
        return [name.removesuffix("index.html") for name in names if name.endswith("/index.html")]

    def note(self, name: str) -> object:
        """What the batch of that name, put before, tells of itself."""
        return self._records[name].note

    @property
    def pages(self) -> int:
        """How many pages are put until now."""
        return sum(record.pages for record in self._records.values())

    def addresses(self) -> dict[str, str]:
        """The addresses put until now that are for search engines, with the day of their newest content."""
        return {chemin: jour for record in self._records.values() for chemin, jour in record.addresses.items()}

    def folders(self) -> set[str]:
        """The folders at the root of the site, as put until now."""
        return {name.partition("/")[0] for record in self._records.values() for name in record.files if "/" in name}

    def sizes(self) -> dict[str, int]:
        """The size in bytes of each file put until now."""
        return {name: size for record in self._records.values() for name, (size, _) in record.files.items()}

    def dead_links(self) -> list[Problem]:
        """The links that lead nowhere."""
        files = {name for record in self._records.values() for name in record.files}
        links = SiteLinks(self._records.values())
        for name, frame in self._frames.frames.items():
            page, common = f"{frame.page.chemin}index.html", self._of_frame(name)
            links.own[page] = links[page].and_of(common) if page in links else common
        return find_dead(links, files, None if self._something_gone(links, files) else self._new_pages(links))

    def _new_pages(self, links: SiteLinks) -> set[str]:
        """The pages that are not as the site in place, whose links all lead somewhere, has them."""
        new = set(links.own)
        for name, record in self._records.items():
            if record is not self._in_place.get(name):
                new.update(record.links)
        return new

    def _something_gone(self, links: SiteLinks, files: Set[str]) -> bool:
        """Whether the site in place has something to which one of its pages may lead, and the new one has not."""
        if not self._in_place:
            return True
        changed = [was for name, was in self._in_place.items() if self._records.get(name) is not was]
        # The names of a series bear digests: no page leads there.
        gone = (name not in files for was in changed if not was.digests for name in was.files)
        lost = (not page.anchors <= links[name].anchors for was in changed for name, page in was.links.items())
        return any(gone) or any(lost)

    def finish(self) -> None:
        """Leave in the folder only what was put there."""
        self._reused.finish()

    def record(self) -> None:
        """Keep how the site was made, for the next time. Where there is no room for it, the next time is a first time."""
        # What is in place now will be the site before.
        names = self._records.keys() | self._in_place.keys()
        previous = {name: was for name in names if (was := self._in_place.get(name)) is not self._records.get(name)}
        content = self._head + b"".join((*_lines(_OF_SITE, self._records), *_lines(_OF_PREVIOUS, previous)))
        unfinished = self._record_path.with_suffix(".part")
        try:
            self._record_path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(seal(_RECORD, content) + content)
            unfinished.replace(self._record_path)
        except OSError:
            unfinished.unlink(missing_ok=True)

    def _take(self, batch: Batch) -> BatchRecord | None:
        """The batch as the site before, or the site in place, holds it; nothing where one of its files is not what it was."""
        in_place = self._in_place.get(batch.name)
        previous = self._previous.get(batch.name, in_place)
        if previous and previous.key == batch.key and self._reused.holds(previous.files):
            return previous
        return in_place if in_place and in_place.key == batch.key and self._link(in_place) else None

    def _link(self, record: BatchRecord) -> bool:
        done: list[str] = []
        for name, stats in record.files.items():
            path = self._reused.place(name)
            if not self._linked(name, stats, path):
                for linked in done:
                    os.unlink(linked)
                return False
            done.append(path)
        return True

    def _linked(self, name: str, stats: tuple[int, int], path: str) -> bool:
        """Give a file of the site in place another name, if it is still as ``stats`` say (size, time)."""
        try:
            source = f"{self._site}/{name}"
            status = os.stat(source, follow_symlinks=False)
            if (status.st_size, status.st_mtime_ns) != stats:
                return False
            os.link(source, path, follow_symlinks=False)
        except OSError:
            return False
        return True

    def _make_all(self, batches: Sequence[Batch], prepare: Callable[[], None]) -> Generator[BatchRecord]:
        """By several processes where nothing of a former site is in their way."""
        if self._reused.empty:
            # For the copies, which read what is written.
            self._memo.commit()
            yield from parallel.map_forked(self._make, batches, self._memo, prepare)
        else:
            yield from map(self._make, batches)

    def _make(self, batch: Batch) -> BatchRecord:
        record, in_place = BatchRecord(batch.key), self._in_place.get(batch.name)
        for item in batch.make():
            if isinstance(item, Page):
                name = f"{item.chemin}index.html"
                record.pages += 1
                if item.indexable:
                    record.addresses[item.chemin] = item.jour
                html = f"{item.tete}{item.contenu}".replace(BASE, item.base)
                base_path, frame = self._frames.settings.base_path, self._of_frame(item.frame)
                record.links[name] = read_page(name, html, base_path, frame)
                self._write(record, name, self._frames.fill(item).encode())
            elif isinstance(item, SiteFile):
                if item.name.endswith(".html"):
                    record.links[item.name] = read_page(
                        item.name, item.content.decode(), self._frames.settings.base_path
                    )
                if not (batch.renames and self._renamed(record, item, in_place)):
                    self._write(record, item.name, item.content)
                if item.aussi:
                    self._write_again(record, item)
            elif isinstance(item, BatchNote):
                record.note = item.value
            else:
                status = os.stat(f"{self._reused.folder}/{item}")
                record.files[item] = (status.st_size, status.st_mtime_ns)
        return record

    def _of_frame(self, name: str) -> PageLinks:
        """The links that every page in a frame bears: they are looked at once a frame."""
        if name not in self._common:
            empty = self._frames.fill(Page("", name, "", "", ""))
            self._common[name] = read_page("index.html", empty, self._frames.settings.base_path)
        return self._common[name]

    def place(self, name: str) -> Path:
        """Where a batch writes a file itself."""
        return Path(self._reused.place(name))

    def _renamed(self, record: BatchRecord, file: SiteFile, in_place: BatchRecord | None) -> bool:
        """Whether the site in place holds the same under another name: one file that changes may rename its whole series."""
        file_digest = digest(file.content)
        record.digests[file_digest] = file.name
        former = in_place.digests.get(file_digest) if in_place else None
        if not in_place or not former:
            return False
        stats = in_place.files[former]
        if not self._linked(former, stats, self._reused.place(file.name)):
            return False
        record.files[file.name] = stats
        return True

    def _write_again(self, record: BatchRecord, file: SiteFile) -> None:
        """The second address of a file: one more name where the disk has that, else a copy."""
        try:
            os.link(f"{self._reused.folder}/{file.name}", self._reused.place(file.aussi))
        except OSError:
            self._write(record, file.aussi, file.content)
        else:
            record.files[file.aussi] = record.files[file.name]

    def _write(self, record: BatchRecord, name: str, octets: bytes) -> None:
        with open(self._reused.place(name), "xb") as file:
            file.write(octets)
            file.flush()
            record.files[name] = (len(octets), os.fstat(file.fileno()).st_mtime_ns)


_RECORD = b"releve"
# How a line of the record begins: a batch of the site, or of the site before it.
_OF_SITE, _OF_PREVIOUS = "s", "a"


def _lines(site: str, records: Mapping[str, BatchRecord | None]) -> Iterator[bytes]:
    """A line of JSON a batch: to read and to write all of them is what each build does, whatever changed."""
    for name, record in records.items():
        line = record.as_line(name) if record else _json(name)
        yield f"{site}{line}\n".encode("utf-8", "surrogatepass")


def _read(site_record: Path, head: bytes) -> tuple[SiteRecord, PreviousRecords]:
    """What is recorded of the two sites; nothing where the record is missing, damaged, or starts with another ``head``."""
    try:
        content = site_record.read_bytes()
    except OSError:
        return {}, {}
    sealed = memoryview(content)[SIZE:]
    if seal(_RECORD, sealed) != content[:SIZE] or sealed[: len(head)] != head:
        return {}, {}
    records: SiteRecord = {}
    previous: PreviousRecords = {}
    try:
        for line in str(sealed[len(head) :], "utf-8", "surrogatepass").split("\n")[:-1]:
            if line[1:2] != "[":
                previous[json.loads(line[1:])] = None
                continue
            name, record = BatchRecord.of_line(line[1:])
            (records if line[0] == _OF_SITE else previous)[name] = record
    except (ValueError, TypeError, AttributeError):
        return {}, {}
    return records, previous
