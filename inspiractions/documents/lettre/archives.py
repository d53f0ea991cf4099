"""The letters kept under ``docs/lettres/``, and the page that lists them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.documents.lettre.content import Lettre
from inspiractions.documents.lettre.render import make_markdown
from inspiractions.model.source import read_fiche

_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
_TETE = """---
title: Lettres
description: Ce qui est paru dans la banque, lettre par lettre.
---

# Lettres

Ce qui est paru dans la banque, de la lettre la plus récente à la plus ancienne.

"""


def keep(root: Path, lettre: Lettre) -> Path:
    """Write ``docs/lettres/<jusque>.md`` and the list of all letters; returns the path of the letter."""
    folder = root / "docs" / "lettres"
    path = folder / f"{lettre.jusque.isoformat()}.md"
    write_whole(path, make_markdown(lettre))
    lines = [f"- [{_titre(root, p)}]({p.name})\n" for p in sorted(folder.glob("*.md"), reverse=True) if _is_lettre(p)]
    write_whole(folder / "index.md", _TETE + "".join(lines))
    return path


def _is_lettre(path: Path) -> bool:
    if not _JOUR.fullmatch(path.stem):
        return False
    try:
        date.fromisoformat(path.stem)
    except ValueError:
        return False
    return True


def _titre(root: Path, path: Path) -> str:
    source, _ = read_fiche(root, path)
    return str(source.meta.get("title", path.stem)) if source else path.stem
