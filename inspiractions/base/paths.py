"""Where things lie: a content tree, and behind it the product's own folders for what the tree does not bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

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
