"""Rules on the images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from inspiractions.base.images import MAX_BYTES, MAX_PIXELS, ImageDemesuree, ImageIllisible, decode
from inspiractions.base.problem import Problem
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Place, Source

# What an address can hold as it is, and any file system, too.
_FICHIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,100}\.(?:jpe?g|png|webp)", re.A)


def illustrations(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Une illustration est un fichier de actions/images/<id>/, d’un mégaoctet au plus, sans métadonnées."""
    folder = banque.root / "actions" / "images" / source.stem
    for i, illustration in enumerate(action.illustrations):
        place: Place = ("illustrations", i, "fichier")
        path = folder / illustration.fichier
        shown = f"actions/images/{source.stem}/{illustration.fichier}"
        if not _FICHIER.fullmatch(illustration.fichier):
            yield source.problem(
                place,
                "illustrations",
                f"« {illustration.fichier} » n’est pas un nom de fichier admis dans actions/images/{source.stem}/ : lettres sans accent, chiffres et tirets, puis .jpg, .jpeg, .png ou .webp.",
            )
            continue
        if path.resolve() != banque.root.resolve() / shown:
            yield source.problem(
                place,
                "illustrations",
                f"{shown} est un lien symbolique : mettez à cette place l’image elle-même.",
            )
            continue
        if not path.is_file():
            yield source.problem(
                place, "illustrations", f"l’image {shown} n’existe pas : ajoutez le fichier ou corrigez son nom."
            )
            continue
        yield from _image_faults(source, place, path, shown)


def _image_faults(source: Source, place: Place, path: Path, shown: str) -> Iterator[Problem]:
    if path.stat().st_size > MAX_BYTES:
        yield source.problem(
            place,
            "illustrations",
            f"l’image {shown} pèse {path.stat().st_size // 1000} Ko ; {MAX_BYTES // 1000} Ko au plus : réduisez-la.",
        )
        return
    try:
        image = decode(path)
    except ImageDemesuree:
        yield source.problem(
            place,
            "illustrations",
            f"l’image {shown} compte plus de {MAX_PIXELS // 1_000_000} millions de pixels : réduisez ses dimensions.",
        )
        return
    except ImageIllisible:
        yield source.problem(
            place, "illustrations", f"{shown} n’est pas une image JPEG, PNG ou WebP lisible : exportez-la de nouveau."
        )
        return
    if image.has_metadata:
        yield source.problem(
            place,
            "illustrations",
            f"l’image {shown} porte des métadonnées (appareil, lieu, auteur) : enregistrez-la sans EXIF.",
        )
