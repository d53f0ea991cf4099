"""CSV as French spreadsheets open it at a click, the twin of ``docs/assets/js/lib/csv.js``."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What a spreadsheet would run as a formula, in full width, too.
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOMBRE = re.compile(r"-?\d+(\.\d+)?")


def make_csv(lignes: Iterable[Iterable[str]]) -> str:
    """UTF-8 with its mark, semicolons, CRLF, every cell quoted."""
    return "\ufeff" + "".join(";".join(map(_cellule, ligne)) + "\r\n" for ligne in lignes)


def inerte(texte: str) -> str:
    """The cell itself; one that a spreadsheet would run as a formula starts with an apostrophe (OWASP, « CSV Injection »)."""
    return f"'{texte}" if texte.startswith(_FORMULE) and not _NOMBRE.fullmatch(texte) else texte


def _cellule(texte: str) -> str:
    return '"{}"'.format(inerte(texte).replace('"', '""'))
