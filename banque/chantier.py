"""Where the new site is put together: what did not change since the site in place is taken from it, the rest is made.

A lot that bears the same digest as last time is not made. The site before the site in place is put right where it stands
(``banque/terrain.py``); what changed between the two is linked (``link(2)``), for no file of a site is ever written twice. The
record of both lies under ``build/cache/``; what it says of a file counts only as long as its size and its time agree.
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
from banque.staging import MARK, name_of
from banque.terrain import Terrain

_SUM = sha256().digest_size


@dataclass
class Fait:
    """What is kept of a lot: its files with size and time, its pages as the sitemap needs them, their links."""

    cle: bytes
    fichiers: dict[str, tuple[int, int]] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    lues: dict[str, Lue] = field(default_factory=dict)
    note: object = None


Releve = dict[str, Fait]
"""How a site was made: by name of lot."""
Ecarts = dict[str, Fait | None]
"""How the site before it was made, for the lots that it had otherwise, or had not."""


class Chantier:
    """Puts lots into ``folder``, which holds the site before ``site``, or nothing. ``cache``: where the record lies.

    ``base``: the digest of the code among others; the record of another code is not read.
    """

    def __init__(self, folder: Path, site: Path, cache: Path, base: bytes, frames: Frames) -> None:
        self._terrain, self._site, self._frames = Terrain(folder, MARK), site, frames
        self._head = digest(base, str(site))
        self._releve = cache / f"releve-{name_of(site)}"
        self._en_place, self._ecarts = _read(self._releve, self._head)
        self._faits: Releve = {}
        self.pages = 0

    def has(self, lot: Lot) -> bool:
        """Whether the site in place seems to hold the lot as it is to be."""
        ancien = self._en_place.get(lot.nom)
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

    def dossiers(self) -> set[str]:
        """The folders at the root of the site, as put until now."""
        return {nom.partition("/")[0] for fait in self._faits.values() for nom in fait.fichiers if "/" in nom}

    def dead_links(self) -> list[Problem]:
        """The links that lead nowhere."""
        files = {nom for fait in self._faits.values() for nom in fait.fichiers}
        return find_dead({nom: lue for fait in self._faits.values() for nom, lue in fait.lues.items()}, files)

    def finish(self) -> None:
        """Leave in the folder only what was put there."""
        self._terrain.finish()

    def record(self) -> None:
        """Keep how the site was made, for the next time. Where there is no room for it, the next time is a first time."""
        # What is in place now will be the site before.
        names = self._faits.keys() | self._en_place.keys()
        ecarts = {nom: was for nom in names if (was := self._en_place.get(nom)) is not self._faits.get(nom)}
        content = self._head + pickle.dumps((self._faits, ecarts), pickle.HIGHEST_PROTOCOL)
        unfinished = self._releve.with_suffix(".part")
        try:
            self._releve.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(sha256(content).digest() + content)
            unfinished.replace(self._releve)
        except OSError:
            unfinished.unlink(missing_ok=True)

    def _take(self, lot: Lot) -> Fait | None:
        """The lot as the site before, or the site in place, holds it; nothing where one of its files is not what it was."""
        en_place = self._en_place.get(lot.nom)
        avant = self._ecarts.get(lot.nom, en_place)
        if avant and avant.cle == lot.cle and self._terrain.holds(avant.fichiers):
            return avant
        return en_place if en_place and en_place.cle == lot.cle and self._link(en_place) else None

    def _link(self, fait: Fait) -> bool:
        done = []
        for nom, seen in fait.fichiers.items():
            try:
                source = f"{self._site}/{nom}"
                found = os.stat(source, follow_symlinks=False)
                if (found.st_size, found.st_mtime_ns) != seen:
                    raise FileNotFoundError
                path = self._terrain.place(nom)
                os.link(source, path, follow_symlinks=False)
                done.append(path)
            except OSError:
                for linked in done:
                    os.unlink(linked)
                return False
        return True

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
                found = os.stat(f"{self._terrain.folder}/{made}")
                fait.fichiers[made] = (found.st_size, found.st_mtime_ns)
        return fait

    def place(self, nom: str) -> Path:
        """Where a lot writes a file itself."""
        return Path(self._terrain.place(nom))

    def _write(self, fait: Fait, nom: str, octets: bytes) -> None:
        with open(self._terrain.place(nom), "xb") as file:
            file.write(octets)
            file.flush()
            fait.fichiers[nom] = (len(octets), os.fstat(file.fileno()).st_mtime_ns)


def _read(releve: Path, head: bytes) -> tuple[Releve, Ecarts]:
    """What is recorded of the two sites; nothing where the record is missing, damaged, or starts with another ``head``."""
    try:
        content = releve.read_bytes()
    except OSError:
        return {}, {}
    kept = memoryview(content)[_SUM:]
    if sha256(kept).digest() != content[:_SUM] or kept[: len(head)] != head:
        return {}, {}
    found: tuple[Releve, Ecarts] = pickle.loads(kept[len(head) :])
    return found
