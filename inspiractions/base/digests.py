"""What the parts of the site depend upon, as digests: same digest, same bytes. See docs/adr/013-constructions-a-chaud.md."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from inspiractions.base.files import CODE, PROJECT, docs_files, layers

SIZE = 16
# Everything that a page may depend upon, beside the fiches, the dossiers and ``docs/``: with another one, all is made anew.
FOUNDATION = (
    "templates", "locales", "vocabulaire", "referentiels", "formulaires", "enquetes", "mkdocs.yml", "docs/assets/css/tokens.css",
)  # fmt: skip


def digest(*parts: str | bytes) -> bytes:
    """``SIZE`` bytes of BLAKE2b (RFC 7693); each part with its length, so that none runs into the next."""
    hasher = blake2b(digest_size=SIZE)
    for part in parts:
        octets = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        hasher.update(len(octets).to_bytes(8, "little"))
        hasher.update(octets)
    return hasher.digest()


def digest_tree(*roots: Path) -> bytes:
    """Of the names and the contents of the files under some folders; a root may be a file, or may not exist."""
    parts: list[str | bytes] = []
    for root in roots:
        for path in _files(root):
            parts += (path.relative_to(root.parent).as_posix(), path.read_bytes())
    return digest(*parts)


def state(root: Path) -> bytes:
    """Of when and where each file was last written that a build of ``root`` reads at its leisure: all but code, fiches, dossiers.

    Same state, same contents all the time between: a file that was another one and is again what it was has another state.
    """
    return _state_of(*_grounds(root), *docs_files(root).values(), root / "actions" / "images")


def _state_of(*folders: Path) -> bytes:
    return digest(*(_file_state(path) for folder in folders for path in _files(folder)))


def _file_state(path: Path) -> str:
    try:
        status = path.stat()
    except FileNotFoundError:
        # Taken away since the folder was listed.
        return str(path)
    return f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _files(root: Path) -> Iterable[Path]:
    if root.is_file():
        return [root]
    return sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def docs_digest(root: Path) -> bytes:
    """Of the hand-written pages and the assets."""
    parts = ((name, path.read_bytes()) for name, path in docs_files(root).items())
    return digest(*(part for pair in parts for part in pair))


def foundation(root: Path) -> bytes:
    """Of the code that this process loaded, the packages, the templates, the vocabularies, the references, the settings."""
    return digest(_LOADED, digest_tree(*_grounds(root)))


def code_is_loaded() -> bool:
    """Whether the code and the packages still lie there as this process loaded them; it never loads them again."""
    return _code_state() == _LOADED_STATE


def _grounds(root: Path) -> Iterable[Path]:
    return [path for name in FOUNDATION for path in layers(root, name)]


def _packages() -> list[str]:
    """The installed packages with their versions, as their folders bear them."""
    # Where this one lies, they all lie.
    spec = importlib.util.find_spec("yaml")
    folder = Path(str(spec.origin)).parent.parent if spec else PROJECT
    return sorted(path.name for path in folder.glob("*.dist-info"))


def _code() -> list[Path]:
    return sorted(CODE.rglob("*.py"))


def _code_state() -> bytes:
    return digest(_state_of(*_code()), *_packages())


# Once, at import: what the files say later is not what this process runs. The state first: what changes meanwhile shows in it.
_LOADED_STATE = _code_state()
_LOADED = digest(
    sys.version,
    *_packages(),
    digest(*(part for path in _code() for part in (path.relative_to(CODE).as_posix(), path.read_bytes()))),
)
