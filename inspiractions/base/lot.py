"""``Lot``: files of the site that are made together, or not at all where nothing that they depend upon has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inspiractions.base.outputs import Fichier, Page


@dataclass(frozen=True)
class Note:
    """Something that others must know of a lot, and that is kept with it."""

    valeur: object


@dataclass(frozen=True)
class Lot:
    """``cle`` is the digest of all that the files depend upon; ``nom`` tells the lot from the others of a site.

    ``make`` gives pages, files, the names of files that it wrote itself, and notes. ``serie``: many files, which may bear
    another name and still hold the same.
    """

    nom: str
    cle: bytes
    make: Callable[[], Iterable[Page | Fichier | Note | str]]
    serie: bool = False
