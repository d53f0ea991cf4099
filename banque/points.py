"""The lists of « Facteurs favorables » and « Difficultés »: ``- **Portage politique** : texte`` names a lever or an obstacle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from banque.text import slugify
from banque.vocabulaire import Terme, Vocabulaire

_ITEM = re.compile(r"[-*+] +(?:\*\*(?P<mot>[^*]+?)\s*:?\*\*\s*:?\s+)?(?P<texte>\S.*)")

# Which vocabulary names the points of which rubrique.
VOCABULAIRE_DE = {"facteurs-favorables": "leviers", "difficultes": "freins"}


@dataclass(frozen=True)
class Point:
    """One item. ``mot`` is the bold label as written, ``terme`` what it names if the vocabulary knows it."""

    mot: str
    terme: Terme | None
    texte: str
    line: int


def parse_points(texte: str, first_line: int, vocabulaire: Vocabulaire) -> list[Point]:
    """The items of a rubrique that is one plain list; an empty list where it is anything else."""
    points: list[Point] = []
    for number, line in enumerate(texte.split("\n"), first_line):
        if not line.strip():
            continue
        item = _ITEM.fullmatch(line)
        if item:
            mot = item["mot"] or ""
            points.append(Point(mot, vocabulaire.par_nom.get(slugify(mot)) if mot else None, item["texte"], number))
        elif points and line.startswith("  ") and not line.lstrip().startswith(("-", "*", "+", "#", ">", "```")):
            last = points[-1]
            points[-1] = Point(last.mot, last.terme, f"{last.texte} {line.strip()}", last.line)
        else:
            return []
    return points
