"""Files kept from one build to the next, each after the hash of its name and bytes: a damaged one is as good as none."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from inspiractions.base.seal import SIZE, seal


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
