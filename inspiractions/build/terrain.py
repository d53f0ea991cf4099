"""The folder where a site is put together. It may hold a former site, whose files stay where they are still right.

No file is ever written into: it may be a link to one of the site in place. What is not right any more goes, and a new file
comes.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from inspiractions.base.files import Tailles, walk


class Terrain:
    """``folder``, and the files of a former site that lie in it; ``marque`` is a file that is not of the site."""

    def __init__(self, folder: Path, marque: str) -> None:
        self.folder = folder
        self._former = dict(walk(folder))
        self._former.pop(marque, None)
        self._made = {os.fspath(folder)}
        self._aside = f"{folder}/.ancien"

    def holds(self, files: Tailles) -> bool:
        """Whether these lie there as they were; then they stay."""
        if any(self._former.get(nom) != seen for nom, seen in files.items()):
            return False
        for nom in files:
            del self._former[nom]
        return True

    def place(self, nom: str) -> str:
        """The path where a file goes: nothing stands there, its folder is there."""
        path = f"{self.folder}/{nom}"
        if self._former.pop(nom, None):
            os.unlink(path)
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            self._make(parent)
        if self._former and os.path.isdir(path):
            self._drop(f"{nom}/")
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
        for nom in list(self._former):
            self._remove(nom)
        if os.path.isdir(self._aside):
            shutil.rmtree(self._aside)

    def _make(self, folder: str) -> None:
        try:
            os.makedirs(folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            # A file of the former site bears the name of a folder of the new one.
            parts = os.path.relpath(folder, self.folder).split("/")
            for nom in ("/".join(parts[:i]) for i in range(1, len(parts) + 1)):
                if nom in self._former:
                    self._remove(nom)
            os.makedirs(folder, exist_ok=True)
        self._made.add(folder)

    def _drop(self, start: str) -> None:
        """Take away a folder of the former site, where a file is to stand."""
        self._former = {nom: seen for nom, seen in self._former.items() if not nom.startswith(start)}
        shutil.rmtree(f"{self.folder}/{start}")

    def _remove(self, nom: str) -> None:
        del self._former[nom]
        path = f"{self.folder}/{nom}"
        os.unlink(path)
        with suppress(OSError):
            while (path := path.rpartition("/")[0]) not in self._made:
                os.rmdir(path)
