"""The lists of « Facteurs favorables » and « Difficultés »: ``- **Portage politique** : texte`` names a lever or an obstacle.

Under « Difficultés », « → » parts what stood in the way from what was done about it: ``- **Frein** : constat → réponse``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from inspiractions.base.text import slugify
from inspiractions.model.vocabulaire import Terme, Vocabulaire

_ITEM = re.compile(r"[-*+] +(?:\*\*(?P<mot>[^*]+?)\s*:?\*\*\s*:?\s+)?(?P<texte>\S.*)")

_TYPED = re.compile(r"(?<!\S)->(?!\S)")
_ARROW = re.compile(r"(?:^|\s+)→(?:\s+|$)")

# Which vocabulary names the points of which rubrique.
VOCABULAIRE_DE = {"facteurs-favorables": "leviers", "difficultes": "freins"}


@dataclass(frozen=True)
class ListedPoint:
    """One item. ``mot`` is the bold label as written, ``terme`` what it names if the vocabulary knows it.

    ``texte`` is all that follows, answer included; an arrow typed « -> » is kept as « → ».
    """

    mot: str
    terme: Terme | None
    texte: str
    line: int

    @property
    def parts(self) -> list[str]:
        """The text cut at its arrows: one part, or what stood in the way and what was done about it."""
        return _ARROW.split(self.texte)

    @property
    def constat(self) -> str:
        """What is said first: all of it where there is no arrow."""
        return self.parts[0]

    @property
    def reponse(self) -> str:
        """What was done about it, or nothing: a text without an arrow may tell it, too, but not apart."""
        return self.parts[1] if len(self.parts) == 2 else ""


def parse_points(texte: str, first_line: int, vocabulaire: Vocabulaire) -> list[ListedPoint]:
    """The items of a rubrique that is one plain list; an empty list where it is anything else."""
    points: list[ListedPoint] = []
    for number, line in enumerate(texte.split("\n"), first_line):
        if not line.strip():
            continue
        item = _ITEM.fullmatch(line)
        if item:
            mot = item["mot"] or ""
            points.append(
                ListedPoint(mot, vocabulaire.par_nom.get(slugify(mot)) if mot else None, item["texte"], number)
            )
        elif points and line.startswith("  ") and not line.lstrip().startswith(("-", "*", "+", "#", ">", "```")):
            last = points[-1]
            points[-1] = ListedPoint(last.mot, last.terme, f"{last.texte} {line.strip()}", last.line)
        else:
            return []
    return [replace(point, texte=_TYPED.sub("→", point.texte)) for point in points]
