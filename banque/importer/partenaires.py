"""The table of partners of a survey: pairs, however the rows were filled."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from banque.formulaire import Bloc
from banque.importer.flux import Ligne


def partenaires(bloc: Bloc, head: Ligne, lines: Iterable[Ligne]) -> tuple[list[dict[str, str]], list[Ligne]]:
    """The pairs of the table under its heading, and the lines that stand beside it."""
    rows: dict[int, dict[int, list[str]]] = {}
    rest: list[Ligne] = []
    for line in lines:
        if line.tableau != head.tableau or not head.tableau:
            rest.append(line)
        elif line.rangee != head.rangee and line.texte.strip():
            cells = rows.setdefault(line.rangee, {})
            if line.suite and cells.get(line.cellule):
                cells[line.cellule][-1] += line.texte.rstrip()
            else:
                cells.setdefault(line.cellule, []).append(line.texte.strip())
        elif line.rangee != head.rangee:
            rows.setdefault(line.rangee, {}).setdefault(line.cellule, [])
    found = []
    for cells in rows.values():
        columns = [texts for _, texts in sorted(cells.items())][: len(bloc.champs)]
        if columns and len(columns[0]) == 1:
            columns = [["\n".join(texts)] for texts in columns]
        for values in zip_longest(*columns, fillvalue=""):
            pair = dict(zip_longest(bloc.champs, values, fillvalue=""))
            if any(pair.values()):
                found.append({champ: pair[champ] for champ in bloc.champs})
    return found, rest
