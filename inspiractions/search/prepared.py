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
from inspiractions.base.kept_values import NotData, dump, load

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
    return cast(Value, load(octets)) if key == _key(name, folder) else make()


def write(values: Mapping[str, object]) -> None:
    """Write the values of the product's own references."""
    ready = {name: (_key(name, PREPARED.parent), dump(value)) for name, value in values.items()}
    PREPARED.write_bytes(dump(ready))


@cache
def _all() -> Mapping[str, tuple[bytes, bytes]]:
    try:
        return cast(Mapping[str, tuple[bytes, bytes]], load(PREPARED.read_bytes()))
    except (OSError, NotData):
        return {}


def _key(name: str, folder: Path) -> bytes:
    paths = [folder / file for file in _MADE_OF[name]]
    return digest(*(path.read_bytes() for path in paths if path.is_file()))
