"""CSV as French spreadsheets open it at a click, the twin of ``docs/assets/js/tableur.js``."""

from __future__ import annotations

from collections.abc import Iterable

# What a spreadsheet would run as a formula, in full width, too (OWASP, « CSV Injection »).
FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def make_csv(lignes: Iterable[Iterable[str]]) -> str:
    """UTF-8 with its mark, semicolons, CRLF, every cell quoted."""
    return "\ufeff" + "".join(";".join(map(_cellule, ligne)) + "\r\n" for ligne in lignes)


def _cellule(texte: str) -> str:
    """Quoted; a cell that a spreadsheet would run as a formula starts with an apostrophe (OWASP, « CSV Injection »)."""
    sure = f"'{texte}" if texte.startswith(FORMULE) else texte
    return '"{}"'.format(sure.replace('"', '""'))
