"""The new site is made beside the old one and takes its place in one step; a failed build leaves the old one as it was."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Occupied(Exception):
    """Another build of the same site is under way, or the folder holds something that is not a site."""


MARK = ".inspiractions"


@contextmanager
def staging(site: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``site``; when the block ends well, it becomes ``site``, else it goes.

    Raises ``Occupied``.
    """
    site = site.resolve()
    _refuse_foreign(site)
    site.parent.mkdir(parents=True, exist_ok=True)
    lock = site.parent / f".{site.name}.verrou"
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Occupied(
                f"une autre construction de {site.name}/ est en cours : attendez qu’elle finisse."
            ) from error
        folder = site.parent / f".{site.name}.nouveau"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
            (folder / MARK).touch()
            _swap(folder, site)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _refuse_foreign(site: Path) -> None:
    """Never replace a folder that we did not make."""
    if site.exists() and (not site.is_dir() or (any(site.iterdir()) and not (site / MARK).exists())):
        raise Occupied(f"{site} existe et n’est pas un site construit ici : choisissez un autre dossier avec --site.")


def _swap(new: Path, site: Path) -> None:
    """Exchange two folders in one step where the system can (Linux ``renameat2``), else rename twice."""
    if not site.exists():
        new.rename(site)
        return
    if _exchange(new, site):
        return
    old = site.parent / f".{site.name}.ancien"
    shutil.rmtree(old, ignore_errors=True)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(b))
