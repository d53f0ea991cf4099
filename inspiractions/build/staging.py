"""The new site is made beside the old one and takes its place in one step; a failed build leaves the old one as it was.

A build that is killed leaves folders and locks behind: they stop nobody, and the next build takes them away.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from inspiractions.base.files import EXCHANGE, MARK, flush_folder, rename
from inspiractions.base.problem import Stop

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Occupied(Stop):
    """Another build of the same site or content is under way, or the folder holds something that is not a site."""


@contextmanager
def staging(site: Path, work: Path | None = None, park: bool = False) -> Iterator[Path]:
    """Yield a folder beside ``site``; when the block ends well, it becomes ``site``, else it goes.

    The folder is empty; or, with ``park``, it is the one that was the site before this one, parked in ``work`` since.
    ``work``: a folder that two builds must not share, whatever sites they make. Raises ``Occupied``, ``OSError``.
    """
    site = site.resolve()
    _refuse_foreign(site)
    site.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as locks:
        locks.enter_context(_alone(site.parent / f".{site.name}.verrou", f"{site.name}/"))
        if work:
            work.mkdir(parents=True, exist_ok=True)
            locks.enter_context(_alone(work / ".verrou", "ce contenu"))
        folder = site.parent / f".{site.name}.nouveau"
        parked = work / "cache" / f"avant-{name_of(site)}" if work and park else None
        _mend(site, folder)
        if not (parked and _moved(parked, folder)):
            folder.mkdir()
        try:
            yield folder
            _put_mark(folder / MARK)
            # A new name may reach the disk before what bears it.
            flush_folder(folder)
            _swap(folder, site)
            if parked and folder.exists():
                _moved(folder, parked)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _put_mark(path: Path) -> None:
    """An empty file, whatever became of that of the former site."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.touch()


def name_of(site: Path) -> str:
    """What tells the places where sites are put from one another, in the names of files."""
    return sha256(os.fsencode(site.resolve())).hexdigest()[:12]


def _moved(folder: Path, target: Path) -> bool:
    """Give a folder another name where the system can, and nothing stands there."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(target)
    except OSError:
        return False
    return True


@contextmanager
def _alone(lock: Path, what: str) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends; the file goes when the block ends."""
    while True:
        held = lock.open("w")
        try:
            _lock(held)
        except (BlockingIOError, PermissionError) as error:
            held.close()
            raise Occupied(f"une autre construction de {what} est en cours : attendez qu’elle finisse.") from error
        # Whoever held it may have removed the file since it was opened: then another could lock a new one.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(lock.stat(), os.fstat(held.fileno())):
                break
        held.close()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.unlink()
        held.close()


def _lock(file: IO[str]) -> None:
    """Raises ``BlockingIOError`` or ``PermissionError`` when another process holds it."""
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        msvcrt = importlib.import_module("msvcrt")
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)


def _refuse_foreign(site: Path) -> None:
    """Never replace a folder that we did not make."""
    if site.exists() and (not site.is_dir() or (any(site.iterdir()) and not (site / MARK).exists())):
        raise Occupied(f"{site} existe et n’est pas un site construit ici : choisissez un autre dossier avec --site.")


def _mend(site: Path, folder: Path) -> None:
    """Undo what a killed build left: its half site, and the old site where it was on its way."""
    old = _old(site)
    if old.exists() and not site.exists():
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _old(site: Path) -> Path:
    return site.parent / f".{site.name}.ancien"


def _swap(new: Path, site: Path) -> None:
    """Exchange two folders in one step where the system can (Linux ``renameat2``), else rename twice."""
    if not site.exists():
        new.rename(site)
        return
    if rename(new, site, EXCHANGE):
        return
    old = _old(site)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(new)
