"""Find the labels of a form in a document: the best reading that keeps their order, and starts again for each action.

Labels that were reworded beyond recognition, or added: told by their place and their look.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from inspiractions.forms.reading.document import CASE
from inspiractions.forms.reading.labels import AVANT, Accord, Etiquette, Mot, accords, debut, distance, mots
from inspiractions.forms.reading.lines import COCHE_APRES, FormLine
from inspiractions.model.questionnaire import Questionnaire

# What people add to « Fiche-action » where there are several.
NUMERO_DE_FICHE = re.compile(r"\W*(?:n\s?°|no|num[ée]ro)?\s*\d+(?:\s*/\s*\d+)?\W*", re.I)
# How many lines a label may run over.
_PORTEE = 4
# What it costs to go back in the form: to a respondent, to the head of an action, elsewhere.
_RETOUR_REPONDANT, _RETOUR_FICHE, _RETOUR = 0.5, 5.0, 14.0
# What a label weighs by its words (each counts, twelve at most), where shortened, where it follows the one before.
_PAR_MOT, _MOTS, _COURTE, _SUITE = 0.25, 12, 0.9, 0.15
_EXACT = 0.95
_HELP = re.compile(r"\([^()]{3,200}\)[\s:]*")
_CLOSES = re.compile(r"[:?=→➔]|\s[-–—]")


@dataclass(frozen=True)
class Weight:
    """A row of ``WEIGHTS``: what a line must show for a label of a ``kind`` to weigh so much there.

    ``place``: « left » and « right » of a table, « body » elsewhere; of an option, what stands before it, or after: a « box »,
    a « mark », nothing (« bare »); empty: anywhere. ``needs``: « exact » (no word of the label is missing), « closed » (a
    « : », a « ? », the end of the line or of the bold follows it), « bold », « apart » (bold, or in a shaded cell),
    « N words » (the label has as many, or more).
    """

    kind: str
    place: str
    needs: frozenset[str]
    weight: float


def _row(kind: str, place: str, needs: str, weight: float) -> Weight:
    return Weight(kind, place, frozenset(filter(None, needs.split(", "))), weight)


# The first row that a line fulfils counts; a line that fulfils none is no label.
#
# Set by hand on the six public forms, then on forms filled at random. Their order is what counts: any of them a fifth less
# or a quarter more leaves every public form read the same, while with all of them at 1 a sixth of what becomes of them in
# other hands is read wrong.
# tests/forms/test_poids.py shows (pytest -rP) how many labels rest on each row, on these forms and on what becomes of
# them: tables undone (an old .doc), bold lost, boxes erased or typed, words typed after a label, a form copied in its
# answers. Rows on which nothing rested there, nor on some two hundred other readings, are gone: a row label on the right,
# a short question on the left with words after it, another weight for row labels of one word set apart.
WEIGHTS = (
    _row("option", "box", "", 1.0),
    _row("option", "mark", "", 0.7),
    _row("option", "bare", "closed", 0.25),
    _row("print", "right", "exact, closed", 0.3),
    _row("print", "right", "4 words", 0.3),
    _row("print", "", "exact, closed", 0.7),
    _row("print", "", "4 words", 0.7),
    _row("row", "left", "apart, 2 words", 1.0),
    _row("row", "left", "closed", 0.85),
    _row("row", "left", "exact", 0.85),
    _row("row", "left", "2 words", 0.85),
    _row("row", "right", "exact, closed", 0.4),
    _row("row", "body", "closed, bold", 0.8),
    _row("row", "body", "closed, exact", 0.6),
    _row("row", "body", "closed", 0.4),
    _row("row", "body", "5 words", 0.3),
    _row("question", "", "closed, bold", 1.0),
    _row("question", "", "closed, exact", 0.9),
    _row("question", "", "closed", 0.6),
    _row("question", "", "bold", 0.6),
    _row("question", "", "4 words", 0.6),
)
_KINDS = {"option": "option", "ligne": "row", "partenaires": "row"}
_KINDS |= dict.fromkeys(("titre", "bandeau", "groupe", "texte"), "print")
_LONGUEURS = (2, 4, 5)


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


@dataclass(frozen=True)
class Candidate:
    """A label that a line may be.

    ``repere.poids``: what its words weigh, before its place and its look are counted; ``share``: what a shortened label
    keeps of its weight.
    """

    repere: Repere
    kind: str
    place: str
    signs: frozenset[str]
    share: float = 1


def reperer(lignes: list[FormLine], etiquettes: list[Etiquette]) -> list[Repere]:
    """The labels found, in the order of the document."""
    return best_path(list(weigh(candidates(lignes, etiquettes), WEIGHTS)), etiquettes)


def weigh(possible: Iterable[Candidate], table: Sequence[Weight]) -> Iterator[Repere]:
    """Those that a row of the table lets in, with their weights."""
    for one in possible:
        row = row_of(one, table)
        if row is not None:
            yield replace(one.repere, poids=one.repere.poids * row.weight * one.share)


def row_of(one: Candidate, table: Sequence[Weight]) -> Weight | None:
    """The first row that a candidate fulfils."""
    rows = (row for row in table if row.kind == one.kind and row.place in ("", one.place))
    return next((row for row in rows if row.needs <= one.signs), None)


def candidates(lignes: list[FormLine], etiquettes: list[Etiquette]) -> Iterator[Candidate]:
    """The labels that each line may be, in the order of the lines."""
    index: dict[str, list[Etiquette]] = {}
    for etiquette in etiquettes:
        for key in {word[:3] for forme in etiquette.formes for word in forme.mots[:4]}:
            index.setdefault(key, []).append(etiquette)
    for i, line in enumerate(lignes):
        at = debut(line.texte)
        if not re.search(r"\w", line.texte[at:]):
            continue
        window = _window(lignes, i)
        words = [Mot(w.texte, w.start + at, w.end + at) for w in mots(window.text[at : at + 1500])]
        near = {e.rang: e for w in words[:4] for e in index.get(w.texte[:3], ())}
        for rang in sorted(near):
            for match in accords(near[rang], window.text, words):
                candidate = _candidate(near[rang], match, window)
                if not match.courte or "closed" in candidate.signs:
                    yield candidate


@dataclass(frozen=True)
class _Window:
    """A line and those that follow it in the same cell. ``starts``: where each begins in their text."""

    first: int
    lines: tuple[FormLine, ...]
    starts: tuple[int, ...]
    text: str


def _window(lignes: list[FormLine], i: int) -> _Window:
    here = lignes[i]
    lines = [here]
    for line in lignes[i + 1 : i + _PORTEE]:
        if line.cellule != here.cellule or line.tableau != here.tableau:
            break
        lines.append(line)
    starts = accumulate((len(line.texte) + 1 for line in lines[:-1]), initial=0)
    return _Window(i, tuple(lines), tuple(starts), "\n".join(line.texte for line in lines))


def _candidate(e: Etiquette, match: Accord, window: _Window) -> Candidate:
    j = bisect_right(window.starts, max(match.fin - 1, 0)) - 1
    line, last = window.lines[0], window.lines[j]
    reste = min(match.fin - window.starts[j], len(last.texte))
    weight = (1 + _PAR_MOT * min(match.longueur, _MOTS)) * match.note
    repere = Repere(
        e, window.first, window.first + j, reste, weight, match.note, line.puce + line.texte[: debut(line.texte)]
    )
    kind = _KINDS.get(e.genre, "question")
    place = _mark(line, last.texte[reste:]) if kind == "option" else _side(line)
    signs = {f"{n} words" for n in _LONGUEURS if match.longueur >= n}
    signs |= {"exact"} if match.note > _EXACT else set()
    tabbed = any(match.mots - window.starts[j] <= tab <= reste for tab in last.tabs)
    signs |= {"closed"} if tabbed or _is_closed(last, reste, window.text[match.mots : match.fin]) else set()
    signs |= _look(line)
    return Candidate(repere, kind, place, frozenset(signs), _COURTE if match.courte else 1)


def _is_closed(last: FormLine, reste: int, closing: str) -> bool:
    """Whether the label ends there: by its sign, or because what follows is nothing, a number, or of another look."""
    after = last.texte[reste:].strip(" |\u00a0")
    if not after or _CLOSES.search(closing) or NUMERO_DE_FICHE.fullmatch(after) or _HELP.fullmatch(after):
        return True
    return last.gras > 0 and last.texte[last.gras :].strip() == after


def _look(line: FormLine) -> set[str]:
    if line.gras and line.texte[: line.gras].strip():
        return {"bold", "apart"}
    return {"apart"} if line.ombree else set()


def _mark(line: FormLine, after: str) -> str:
    """What stands before the words of an option, else right after them."""
    mark = AVANT.match(line.puce + line.texte)
    if mark is None or not mark[0].strip():
        return "mark" if COCHE_APRES.match(after) else "bare"
    return "box" if CASE.search(mark[0]) else "mark"


def _side(line: FormLine) -> str:
    if line.droite or line.place == "reponse":
        return "right"
    return "left" if line.place == "tete" else "body"


def best_path(possible: list[Repere], etiquettes: list[Etiquette]) -> list[Repere]:
    """The heaviest chain of candidates: each begins after the last one ends."""
    if not possible:
        return []
    head = _head(etiquettes)
    best: dict[int, tuple[float, int]] = {}
    total: list[float] = []
    before: list[int] = []
    pending: list[tuple[int, int]] = []
    for n, here in enumerate(possible):
        while pending and pending[0][0] < here.debut:
            _, k = pending.pop(0)
            rang = possible[k].etiquette.rang
            if total[k] > best.get(rang, (0.0, -1))[0]:
                best[rang] = (total[k], k)
        value, last = 0.0, -1
        for rang, (score, k) in best.items():
            reached = score - _back(etiquettes[rang], here.etiquette, head)
            if here.etiquette.rang == rang + 1:
                reached += _SUITE
            if reached > value:
                value, last = reached, k
        total.append(value + here.poids)
        before.append(last)
        insort(pending, (here.fin, n))
    k = max(range(len(possible)), key=lambda n: total[n])
    path = []
    while k >= 0:
        path.append(possible[k])
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


_MAX_MOTS = 14


@dataclass(frozen=True)
class Ajout:
    """A heading or a row that the city added. ``rang``: that of the label before it."""

    titre: str
    debut: int
    fin: int
    reste: int
    rang: int
    rubrique: bool


def completer(
    stream: list[FormLine], reperes: list[Repere], labels: list[Etiquette], form: Questionnaire
) -> list[Repere | Ajout]:
    """The labels found, with those guessed between them and the additions, in order."""
    steps: list[Repere | Ajout] = []
    for n, here in enumerate(reperes):
        steps.append(here)
        after = reperes[n + 1] if n + 1 < len(reperes) else None
        if here.etiquette.partie != "fiche":
            continue
        stop = after.debut if after else len(stream)
        missing = _missing(here, after, labels)
        heads = [h for i in range(here.fin + 1, stop) if (h := _table_head(stream, i, here, form))]
        for k, (i, end, row) in enumerate(heads):
            title = stream[i].texte[:end].strip(" :\u00a0\u202f")
            wanted = [e for e in missing if (e.genre == "ligne") == row]
            guess = _guess(title, wanted, len(heads) - k, row)
            if guess is not None:
                missing = [e for e in missing if e.rang > guess.rang]
                steps.append(Repere(guess, i, i, end, 0.0, 0.0))
            elif row or (form.rubriques_libres and here.etiquette.bloc.rubrique):
                steps.append(Ajout(title, i, i, end, here.etiquette.rang, not row))
    return steps


def _missing(here: Repere, after: Repere | None, labels: list[Etiquette]) -> list[Etiquette]:
    """The questions of the fiche that stand between two labels found."""
    stop = after.etiquette.rang if after and after.etiquette.rang > here.etiquette.rang else len(labels)
    between = labels[here.etiquette.rang + 1 : stop]
    return [e for e in between if e.partie == "fiche" and e.genre in ("ligne", "question")]


def _table_head(stream: list[FormLine], i: int, here: Repere, form: Questionnaire) -> tuple[int, int, bool] | None:
    """Whether a line looks like a label: its number, where the label ends, whether it is a row of a table."""
    line = stream[i]
    if not line.texte.strip() or line.suite or line.tableau == 0:
        return None
    bold = line.gras >= 0.8 * len(line.texte.rstrip())
    if line.place == "tete" and not line.droite:
        answered = any(other.rangee == line.rangee and other.droite for other in stream[i + 1 : i + 40])
        if (answered and (bold or line.ombree)) or (bold and line.ombree):
            return i, _end(line), True
    if line.tableau != stream[here.debut].tableau:
        return None
    words = line.texte[: line.gras].strip()
    if line.titre and not line.liste:
        return i, len(line.texte), False
    if not words or len(mots(words)) > _MAX_MOTS or line.liste or line.ombree or not mots(words):
        return None
    colon = line.texte.find(":", len(words) - 1, line.gras + 2)
    if words.endswith(":") or colon >= 0:
        return i, max(_end(line), colon + 1), False
    if bold and words.endswith("?"):
        return i, line.gras, False
    if bold and form.rubriques_libres and len(mots(words)) <= 8 and words[-1] not in ".;,!" and line.apres_vide:
        return i, _end(line), False
    return None


def _end(line: FormLine) -> int:
    """Where the label stops: at its « : » where words of the same look follow it, else with the bold."""
    whole = line.gras or len(line.texte)
    colon = line.texte.find(":")
    return colon + 1 if 0 < colon < whole - 1 and line.texte[colon + 1 : whole].strip() else whole


def _guess(title: str, missing: list[Etiquette], heads: int, row: bool) -> Etiquette | None:
    """The label that a title rewords: the likest, or the only one left where a row must be one."""
    scored = [(_likeness(title, e), -e.rang, e) for e in missing]
    best = max(scored, key=lambda s: s[:2], default=None)
    if best and best[0] >= (0.34 if row else 0.5):
        return best[2]
    if row and missing and len(missing) == heads:
        return missing[0]
    return None


def _likeness(title: str, label: Etiquette) -> float:
    """The share of the words that two titles have in common, small words apart."""
    mine = [m.texte for m in mots(title) if len(m.texte) > 3]
    best = 0.0
    for forme in label.formes:
        theirs = [w for w in forme.mots if len(w) > 3]
        if mine and theirs:
            common = sum(min(distance(a, b) for b in theirs) < 0.7 for a in mine)
            best = max(best, common / max(1, min(len(mine), len(theirs))))
    return best
