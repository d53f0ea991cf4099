"""The table of partners of a survey: pairs, however the rows were filled."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from inspiractions.forms.reading.lines import FormLine
from inspiractions.model.questionnaire import FormBlock


def partenaires(
    bloc: FormBlock, head: FormLine, lines: Iterable[FormLine]
) -> tuple[list[dict[str, str]], list[FormLine]]:
    """The pairs of the table under its heading, and the lines that stand beside it."""
    rows: dict[int, dict[int, list[str]]] = {}
    rest: list[FormLine] = []
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
    pairs = []
    for cells in rows.values():
        columns = [texts for _, texts in sorted(cells.items())][: len(bloc.champs)]
        if columns and len(columns[0]) == 1:
            columns = [["\n".join(texts)] for texts in columns]
        for values in zip_longest(*columns, fillvalue=""):
            pair = dict(zip_longest(bloc.champs, values, fillvalue=""))
            if any(pair.values()):
                pairs.append({champ: pair[champ] for champ in bloc.champs})
    return pairs, rest


def tableau_libre(
    asked: tuple[FormBlock, ...], bloc: FormBlock, lines: list[FormLine]
) -> tuple[dict[str, list[dict[str, str]]], list[FormLine]]:
    """The same, where the heading of the table was reworded: the rows of a table of as many columns, under its question."""
    after = asked[asked.index(bloc) + 1 :]
    if not after or after[0].genre != "partenaires":
        return {}, lines
    rows = [line for line in lines if line.cases == len(after[0].champs)]
    pairs = []
    for line in rows:
        values = [part.strip() for part in line.texte.split(" | ")]
        if len(values) == line.cases and not (line is rows[0] and _is_head(values, after[0])):
            pairs.append(dict(zip(after[0].champs, values, strict=True)))
    return {after[0].vers: pairs}, [line for line in lines if line not in rows]


def _is_head(values: list[str], bloc: FormBlock) -> bool:
    return all(v and i.lower().startswith(v.lower()[:5]) for v, i in zip(values, bloc.items, strict=False))
