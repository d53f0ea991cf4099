"""The new site is made beside the old one and takes its place in one step; a failed build leaves the old one as it was.

A build that is killed leaves folders and locks behind: they stop nobody, and the next build takes them away.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from banque.writing import EXCHANGE, rename


class Occupied(Exception):
    """Another build of the same site or content is under way, or the folder holds something that is not a site."""


MARK = ".inspiractions"


@contextmanager
def staging(site: Path, work: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder beside ``site``; when the block ends well, it becomes ``site``, else it goes.

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
        _mend(site, folder)
        folder.mkdir()
        try:
            yield folder
            (folder / MARK).touch()
            _swap(folder, site)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(lock: Path, what: str) -> Iterator[None]:
    """Hold a lock that ends with the process, however it ends; the file goes when the block ends."""
    while True:
        held = lock.open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
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
    shutil.rmtree(old, ignore_errors=True)
