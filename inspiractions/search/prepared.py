"""What the search takes of the references alone, brought along ready: ``referentiels/recherche.bin``, which tests/search/prepare.py writes.

Each value stands under the digest of the files that it was made of: beside other ones it is made when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from inspiractions.base.digests import digest
from inspiractions.base.files import PROJECT
from inspiractions.base.kept_values import NotData, load

Value = TypeVar("Value")
PREPARED = PROJECT / "referentiels" / "recherche.bin"
_PLACES = (
    "regions.csv",
    "departements.csv",
    "communes.csv",
    "epci.csv",
    "ept.csv",
    "codes_postaux.csv",
    "noms_usuels.csv",
)
_MADE_OF = {"zones": _PLACES, "france": _PLACES, "communes": _PLACES, "connus": ("mots.txt",)}


def get_or_make(name: str, folder: Path, make: Callable[[], Value]) -> Value:
    """The value of that name, one of ``_MADE_OF``, for a folder of references."""
    key, octets = _all().get(name, (b"", b""))
    return cast(Value, load(octets)) if key == key_of(name, folder) else make()


@cache
def _all() -> Mapping[str, tuple[bytes, bytes]]:
    try:
        return cast(Mapping[str, tuple[bytes, bytes]], load(PREPARED.read_bytes()))
    except (OSError, NotData):
        return {}


def key_of(name: str, folder: Path) -> bytes:
    """The digest of the files of a folder of references that the value of that name is made of."""
    paths = [folder / file for file in _MADE_OF[name]]
    return digest(*(path.read_bytes() for path in paths if path.is_file()))
