"""Where the new site is put together: what did not change since the site in place is taken from it, the rest is made.

A lot that bears the same digest as last time is not made: its files are linked (``link(2)``), for no file of a site is ever
written twice. The record of a site lies under ``build/cache/``; what it says of a file counts only as long as the size and
the time of the file agree.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from banque.digests import digest
from banque.frame import Frames
from banque.links import Lue, find_dead, read_page
from banque.lot import Lot, Note
from banque.page import Fichier, Page
from banque.problem import Problem

_SUM = sha256().digest_size


@dataclass
class Fait:
    """What is kept of a lot: its files with size and time (ns), its pages as the sitemap needs them, their links."""

    cle: bytes
    fichiers: list[tuple[str, int, int]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    lues: dict[str, Lue] = field(default_factory=dict)
    note: object = None


class Chantier:
    """Puts lots into ``folder``. ``site``: the site in place; ``releve``: the file that records how it was made.

    ``base``: the digest of the code among others; the record of another code is not read.
    """

    def __init__(self, folder: Path, site: Path, releve: Path, base: bytes, frames: Frames) -> None:
        self._folder, self._site, self._releve, self._frames = folder, site, releve, frames
        self._head = digest(base, str(site))
        self._anciens = _read(releve, self._head)
        self._faits: dict[str, Fait] = {}
        self._made: set[str] = set()
        self.pages = 0

    def has(self, lot: Lot) -> bool:
        """Whether the site in place seems to hold the lot as it is to be."""
        ancien = self._anciens.get(lot.nom)
        return ancien is not None and ancien.cle == lot.cle

    def put(self, lot: Lot) -> Fait:
        """Take the lot over or make it."""
        fait = self._take(lot) or self._make(lot)
        self._faits[lot.nom] = fait
        self.pages += len(fait.pages)
        return fait

    def put_all(self, lots: Iterable[Lot]) -> None:
        """Each of these lots."""
        for lot in lots:
            self.put(lot)

    def all_pages(self) -> Iterator[Page]:
        """The pages put until now, without their content."""
        return (page for fait in self._faits.values() for page in fait.pages)

    def dead_links(self) -> list[Problem]:
        """The links that lead nowhere."""
        files = {nom for fait in self._faits.values() for nom, _, _ in fait.fichiers}
        return find_dead({nom: lue for fait in self._faits.values() for nom, lue in fait.lues.items()}, files)

    def record(self) -> None:
        """Keep how the site was made, for the next time. Without room for it, the next time is a first time."""
        content = self._head + pickle.dumps(self._faits, pickle.HIGHEST_PROTOCOL)
        unfinished = self._releve.with_suffix(".part")
        try:
            self._releve.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(sha256(content).digest() + content)
            unfinished.replace(self._releve)
        except OSError:
            unfinished.unlink(missing_ok=True)

    def _take(self, lot: Lot) -> Fait | None:
        """The lot as the site in place holds it; nothing where it is another, or where one file is not what it was."""
        ancien = self._anciens.get(lot.nom)
        if ancien is None or ancien.cle != lot.cle:
            return None
        done = []
        for nom, size, time in ancien.fichiers:
            try:
                source = f"{self._site}/{nom}"
                found = os.stat(source, follow_symlinks=False)
                if (found.st_size, found.st_mtime_ns) != (size, time):
                    raise FileNotFoundError
                os.link(source, self._place(nom), follow_symlinks=False)
                done.append(nom)
            except OSError:
                for linked in done:
                    os.unlink(f"{self._folder}/{linked}")
                return None
        return ancien

    def _make(self, lot: Lot) -> Fait:
        fait = Fait(lot.cle)
        for made in lot.make():
            if isinstance(made, Page):
                nom = f"{made.chemin}index.html"
                html = self._frames.fill(made)
                fait.pages.append(made.without_content())
                fait.lues[nom] = read_page(nom, html, self._frames.base_path)
                self._write(fait, nom, html.encode())
            elif isinstance(made, Fichier):
                if made.nom.endswith(".html"):
                    fait.lues[made.nom] = read_page(made.nom, made.octets.decode(), self._frames.base_path)
                self._write(fait, made.nom, made.octets)
            elif isinstance(made, Note):
                fait.note = made.valeur
            else:
                found = os.stat(f"{self._folder}/{made}")
                fait.fichiers.append((made, found.st_size, found.st_mtime_ns))
        return fait

    def _write(self, fait: Fait, nom: str, octets: bytes) -> None:
        with open(self._place(nom), "xb") as file:
            file.write(octets)
            file.flush()
            fait.fichiers.append((nom, len(octets), os.fstat(file.fileno()).st_mtime_ns))

    def _place(self, nom: str) -> str:
        """Where a file goes; its folder is made."""
        path = f"{self._folder}/{nom}"
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        return path


def releve_of(site: Path, cache: Path) -> Path:
    """Where the record of a site lies: one for each place where sites are put."""
    return cache / f"releve-{digest(str(site)).hex()[:12]}"


def _read(releve: Path, head: bytes) -> dict[str, Fait]:
    """What is recorded of a site; nothing where the record is missing, damaged, or starts with another ``head``."""
    try:
        content = releve.read_bytes()
    except OSError:
        return {}
    kept = content[_SUM:]
    if sha256(kept).digest() != content[:_SUM] or not kept.startswith(head):
        return {}
    faits: dict[str, Fait] = pickle.loads(kept[len(head) :])
    return faits
