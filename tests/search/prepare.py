"""``python -m tests.search.prepare``: write ``referentiels/recherche.bin`` again; see ``prepared.py``."""

from __future__ import annotations

from inspiractions.base.files import PROJECT
from inspiractions.base.kept_values import dump
from inspiractions.model.territoire import Referentiel
from inspiractions.search import prepared
from inspiractions.search.known_words import known_words_files
from inspiractions.search.places import areas, cities, parts_of_france


def values() -> dict[str, object]:
    """What the file holds, made of the references as they are, by name."""
    referentiel = Referentiel(PROJECT)
    return {
        "zones": areas(referentiel),
        "france": parts_of_france(referentiel),
        "communes": cities(referentiel),
        "connus": known_words_files(PROJECT),
    }


def main() -> None:
    """Write the values of the product's own references."""
    folder = prepared.PREPARED.parent
    ready = {name: (prepared.key_of(name, folder), dump(value)) for name, value in values().items()}
    prepared.PREPARED.write_bytes(dump(ready))


if __name__ == "__main__":
    main()
