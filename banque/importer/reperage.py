"""Find the labels of a form in a document: the best reading that keeps their order, and starts again for each action."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass

from banque.importer.etiquettes import AVANT, Accord, Etiquette, Mot, accords, debut, mots
from banque.importer.flux import CASE, FormLine

# What people add to « Fiche-action » where there are several.
NUMERO_DE_FICHE = re.compile(r"\W*(?:n\s?°|no|num[ée]ro)?\s*\d+(?:\s*/\s*\d+)?\W*", re.I)
# How many lines a label may run over.
_PORTEE = 4
# What it costs to go back in the form: to a respondent, to the head of an action, elsewhere.
_RETOUR_REPONDANT, _RETOUR_FICHE, _RETOUR = 0.5, 5.0, 14.0


@dataclass(frozen=True)
class Repere:
    """A label found: its words run from ``debut`` (a line) to ``fin`` (a line) and stop at ``reste`` in that line."""

    etiquette: Etiquette
    debut: int
    fin: int
    reste: int
    poids: float
    note: float
    avant: str = ""


def reperer(lignes: list[FormLine], etiquettes: list[Etiquette]) -> list[Repere]:
    """The labels found, in the order of the document."""
    return _best_path(list(_candidates(lignes, etiquettes)), etiquettes)


def _candidates(lignes: list[FormLine], etiquettes: list[Etiquette]) -> Iterable[Repere]:
    index: dict[str, list[Etiquette]] = {}
    for etiquette in etiquettes:
        for key in {word[:3] for forme in etiquette.formes for word in forme.mots[:4]}:
            index.setdefault(key, []).append(etiquette)
    for i, line in enumerate(lignes):
        at = debut(line.texte)
        if not line.texte[at:].strip():
            continue
        spans, text = _window(lignes, i)
        words = [Mot(w.texte, w.start + at, w.end + at) for w in mots(text[at : at + 1500])]
        near = {e.rang: e for w in words[:4] for e in index.get(w.texte[:3], ())}
        for rang in sorted(near):
            for found in accords(near[rang], text, words):
                yield from _candidate(near[rang], found, lignes, i, spans, text)


def _window(lignes: list[FormLine], i: int) -> tuple[list[tuple[int, int]], str]:
    """The text of a line and of those that follow it in the same cell; for each, its line and where it starts."""
    spans, text, here = [(i, 0)], lignes[i].texte, lignes[i]
    for j in range(i + 1, min(i + _PORTEE, len(lignes))):
        if lignes[j].cellule != here.cellule or lignes[j].tableau != here.tableau:
            break
        text += "\n"
        spans.append((j, len(text)))
        text += lignes[j].texte
    return spans, text


def _candidate(
    e: Etiquette, found: Accord, lignes: list[FormLine], i: int, spans: list[tuple[int, int]], text: str
) -> Iterable[Repere]:
    j, start = next((j, s) for j, s in reversed(spans) if s <= max(found.fin - 1, 0))
    reste = min(found.fin - start, len(lignes[j].texte))
    line, last = lignes[i], lignes[j]
    after = last.texte[reste:].strip()
    closing = text[found.mots : found.fin]
    bold = line.gras > 0 and bool(line.texte[: line.gras].strip())
    boundary = (bold and not after) or (last.gras and last.texte[last.gras :].strip() == after)
    closed = (
        not after or NUMERO_DE_FICHE.fullmatch(after) is not None or ":" in closing or "?" in closing or bool(boundary)
    )
    factor = _factor(e, found, line, closed, bold)
    if factor:
        weight = (1 + 0.25 * min(found.longueur, 12)) * found.note * factor * (0.9 if found.courte else 1)
        yield Repere(e, i, j, reste, weight, found.note, line.texte[: debut(line.texte)])


def _factor(e: Etiquette, found: Accord, line: FormLine, closed: bool, bold: bool) -> float:
    """How much the place and the look of a line speak for a label; 0: it cannot be one."""
    exact = found.note > 0.95
    if found.courte and not closed:
        return 0.0
    if e.genre == "option":
        before = AVANT.match(line.texte)
        marked = before is not None and bool(before[0].strip())
        return (
            1.0 if marked and CASE.search(before[0] if before else "") else 0.7 if marked else 0.25 if closed else 0.0
        )
    if e.genre in ("titre", "bandeau", "groupe", "texte"):
        if found.longueur <= 3 and not (exact and closed):
            return 0.0
        return 0.3 if line.droite else 0.7
    if e.genre in ("ligne", "partenaires"):
        if line.droite or line.place == "reponse":
            return 0.4 if exact and closed and found.longueur >= 4 else 0.0
        if line.place == "tete":
            return (1.0 if bold or line.ombree else 0.85) if closed or found.longueur > 1 or exact else 0.0
        if not closed:
            return 0.3 if found.longueur >= 5 else 0.0
        return 0.8 if bold else 0.6 if exact else 0.4
    if closed:
        return 1.0 if bold else 0.9 if exact else 0.6
    return 0.6 if bold or found.longueur >= 4 else 0.3 if exact and line.place == "tete" else 0.0


def _best_path(found: list[Repere], etiquettes: list[Etiquette]) -> list[Repere]:
    """The heaviest chain of candidates: each begins after the last one ends."""
    if not found:
        return []
    head = _head(etiquettes)
    best: dict[int, tuple[float, int]] = {}
    total: list[float] = []
    before: list[int] = []
    pending: list[tuple[int, int]] = []
    for n, here in enumerate(found):
        while pending and pending[0][0] < here.debut:
            _, k = pending.pop(0)
            rang = found[k].etiquette.rang
            if total[k] > best.get(rang, (0.0, -1))[0]:
                best[rang] = (total[k], k)
        value, last = 0.0, -1
        for rang, (score, k) in best.items():
            reached = score - _back(etiquettes[rang], here.etiquette, head)
            if here.etiquette.rang == rang + 1:
                reached += 0.15
            if reached > value:
                value, last = reached, k
        total.append(value + here.poids)
        before.append(last)
        insort(pending, (here.fin, n))
    k = max(range(len(found)), key=lambda n: total[n])
    path = []
    while k >= 0:
        path.append(found[k])
        k = before[k]
    return path[::-1]


def _head(etiquettes: list[Etiquette]) -> int:
    """The rank of the first question of the fiche that is not of its identity."""
    return next((e.rang for e in etiquettes if e.partie == "fiche" and (e.genre == "choix" or e.bloc.rubrique)), 10**6)


def _back(last: Etiquette, here: Etiquette, head: int) -> float:
    if here.rang > last.rang:
        return 0.0
    if here.partie == last.partie == "repondants":
        return _RETOUR_REPONDANT
    if here.partie in ("presentation", "repondants", "introduction"):
        return _RETOUR_FICHE
    if here.partie == "fiche" and here.rang < head:
        return _RETOUR_FICHE
    return _RETOUR
