"""Where things lie: a content tree, and behind it the product's own folders for what the tree does not bring.

Files that people keep are put in place whole: what stops the machine meanwhile leaves the old one or the new one.

And the folders of a site: the mark by which one is known, the files that lie in one.

From the bytes of a file to its text: its size, its encoding, its ends of line.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from inspiractions.base.problem import Problem

_AT_FDCWD = -100
KEEP, EXCHANGE = 1, 2
MARK = ".inspiractions"
"""The name of the file by which a folder is known to be a site that was built here."""
Sizes = Mapping[str, tuple[int, int]]
"""Size in bytes and time of change (ns) of files, by name from the root of the site."""


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file in one step, and its folder where there is none. Raises ``OSError``.

    Where it takes the place of another it keeps its mode; behind a link, it takes the place of what the link leads to.
    """
    with open_whole(path) as file:
        file.write(_bytes(text))


@contextmanager
def open_whole(path: Path) -> Iterator[BinaryIO]:
    """The same for a file written piece by piece: it stands in its place once the block has ended well."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        # A pipe, « /dev/stdout »: it keeps nothing, and must stay what it is.
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with _beside(path) as (beside, file):
        yield file
        _to_disk(file)
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)


def write_new(path: Path, text: str | bytes) -> None:
    """Write a file that must not be there yet. Raises ``FileExistsError``, ``OSError``."""
    with _beside(path) as (beside, file):
        file.write(_bytes(text))
        _to_disk(file)
        if not rename(beside, path, KEEP):
            # Unlike a plain renaming, a second name never takes the place of a file.
            path.hardlink_to(beside)
            beside.unlink()


def rename(a: Path, b: Path, flags: int) -> bool:
    """Rename in one step as only Linux can; false where the system or the disk cannot.

    ``EXCHANGE``: what stands at ``b`` takes the name ``a``. ``KEEP``: it stays there. Raises ``OSError``.
    """
    renameat2 = _of_libc("renameat2")
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), flags) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(b))


def flush_folder(folder: Path) -> None:
    """All that was written below a folder is on the disk itself: a machine that stops later leaves no empty files there.

    One call for the whole disk where the system has one (Linux ``syncfs``; it asks nothing of a disk in memory), else one for
    all disks: a site has ten thousand files, and ``fsync`` for each would take minutes. Raises ``OSError``.
    """
    syncfs = _of_libc("syncfs")
    if syncfs is None:
        getattr(os, "sync", lambda: None)()  # Windows has none
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)


def _of_libc(name: str) -> Callable[..., int] | None:
    """A function of the C library, whose error ``ctypes.get_errno`` tells; nothing where there is none, or no such library."""
    try:
        return cast(Callable[..., int], getattr(ctypes.CDLL(None, use_errno=True), name))
    except (OSError, AttributeError, TypeError):  # TypeError: Windows
        return None


def is_debris(name: str) -> bool:
    """Whether a file is what an editor leaves beside the true one: ``.#x.md``, ``._x.md``, ``~$x.md``."""
    return name.startswith((".", "~$"))


def written_files(folder: Path, pattern: str) -> list[Path]:
    """The files of a pattern in the order of their names, without what editors leave beside them."""
    return sorted(path for path in folder.glob(pattern) if not is_debris(path.name))


def walk(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file below a folder, with its size and its time; links are not followed."""
    waiting = [""]
    while waiting:
        start = waiting.pop()
        with os.scandir(f"{folder}/{start}") as entries:
            for entry in entries:
                name = f"{start}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                else:
                    status = entry.stat(follow_symlinks=False)
                    yield name, (status.st_size, status.st_mtime_ns)


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file of another name in the same folder, to be given its name; gone where the block ends badly."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.partiel")
    try:
        with beside.open("wb") as file:
            yield beside, file
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _to_disk(file: BinaryIO) -> None:
    """On the disk itself, and not only on its way there."""
    file.flush()
    os.fsync(file.fileno())


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


MAX_BYTES = 200_000
_NOT_A_FILE = "ceci est un dossier ou un lien symbolique : mettez à cette place le fichier lui-même."
# YAML ends a line at these, no editor does: the lines of the problems would be wrong.
_LINE_BREAKS = re.compile("[\u0085\u2028\u2029]")


@dataclass(frozen=True)
class RawFile:
    """A file as it lies: its name from the root of the content, its first bytes (hardly more than ``MAX_BYTES``), its size.

    ``is_clean`` is false for what is no file of that folder: a folder, a link that leads elsewhere.
    """

    name: str
    content: bytes
    size: int
    is_clean: bool = True


def read_raw_file(root: Path, path: Path) -> RawFile:
    """Read a file once: what is decoded and what is told of it are the same bytes, whoever writes in it meanwhile."""
    relative = path.relative_to(root)
    name = relative.as_posix()
    # Only what lies below the root is looked at: to resolve all of the path, for each file, costs more than to read it.
    below = (path, *path.parents)[: len(relative.parts)]
    if not path.is_file() or ".." in relative.parts or any(map(os.path.islink, below)):
        return RawFile(name, b"", 0, is_clean=False)
    with path.open("rb") as file:
        octets = file.read(MAX_BYTES + 1)
    return RawFile(name, octets, len(octets) if len(octets) <= MAX_BYTES else path.stat().st_size)


def decode(raw: RawFile) -> tuple[str | None, list[Problem]]:
    """The text of a file, its lines ended as Unix does, and what is wrong with how it was saved."""
    name, size = raw.name, raw.size
    if not raw.is_clean:
        return None, [Problem(name, 1, "fichier", _NOT_A_FILE)]
    if size > MAX_BYTES:
        message = f"le fichier pèse {size / 1_000_000:.1f} Mo ; une fiche ne dépasse pas {MAX_BYTES // 1000} Ko : mettez les annexes en ligne et citez-les dans « documents »."
        return None, [Problem(name, 1, "taille", message.replace(".", ",", 1))]
    data, problems = raw.content, []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems.append(
            Problem(
                name,
                1,
                "encodage",
                "le fichier commence par une marque d’octets (BOM) : enregistrez-le en « UTF-8 sans BOM ».",
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"octet 0x{data[error.start]:02X} illisible : le fichier n’est pas en UTF-8 (Latin-1 ?) ; enregistrez-le en « UTF-8 »."
        return None, [*problems, Problem(name, line, "encodage", message)]
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        problems.append(
            Problem(
                name,
                line,
                "fins-de-ligne",
                "fins de ligne Windows (CRLF) : enregistrez le fichier avec des fins de ligne Unix (LF).",
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if line_break := _LINE_BREAKS.search(text):
        line = text.count("\n", 0, line_break.start()) + 1
        message = f"saut de ligne invisible U+{ord(line_break[0]):04X} : remplacez-le par une espace."
        problems.append(Problem(name, line, "caracteres", message))
        text = _LINE_BREAKS.sub(" ", text)
    return text, problems


CODE = Path(__file__).resolve().parents[1]
"""The package."""
# What an installed package carries (pyproject.toml, force-include) lies at the top of the repository.
_CARRIED = CODE / "produit"
PROJECT = _CARRIED if _CARRIED.is_dir() else CODE.parent
"""The templates, assets, references, vocabularies and pages of the product; in the repository, its first bank as well."""

# What is written for those who change the product.
_NOT_SERVED = "adr/"


def find(root: Path, name: str) -> Path:
    """``root/name``, or the product's own where the content tree has none."""
    own = root / name
    return own if own.exists() else PROJECT / name


def layers(root: Path, name: str) -> list[Path]:
    """The product's own folder or file of that name and the content tree's, where they exist; once where they are the same."""
    return [path for path in dict.fromkeys((PROJECT / name, root / name)) if path.exists()]


def docs_files(root: Path) -> Mapping[str, Path]:
    """The hand-written pages and assets, by name from ``docs/``, sorted: the product's, and over them the content tree's.

    The pages by which the first bank says what it is are no product: another bank has those of ``templates/banque/docs``,
    to fill in, until it brings its own.
    """
    folders = [PROJECT / "docs"]
    if root != PROJECT:
        folders += [PROJECT / "templates" / "banque" / "docs", root / "docs"]
    files = {name: path for folder in folders for name, path in _files(folder)}
    return {name: files[name] for name in sorted(files) if not name.startswith(_NOT_SERVED)}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path
