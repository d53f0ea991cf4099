"""The illustrations of the récits, in the two sizes that pages show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inspiractions.base.images import LARGE, SMALL, read_image, shrink
from inspiractions.base.outputs import Fichier
from inspiractions.model.action import Action
from inspiractions.story.recit import dossier_images


def make_illustrations(action: Action, root: Path) -> Iterator[Fichier]:
    """``actions/images/<id>/<fichier>`` and, under ``640/``, the small one: their addresses do not change."""
    folder = dossier_images(action)
    for illustration in action.illustrations:
        path = root / folder / illustration.fichier
        yield Fichier(f"{folder}/{illustration.fichier}", shrink(path, LARGE))
        if read_image(path).largeur > SMALL:
            yield Fichier(f"{folder}/{SMALL}/{illustration.fichier}", shrink(path, SMALL))
