"""Labels that were reworded beyond recognition, or added: told by their place and their look."""

from __future__ import annotations

from dataclasses import dataclass

from inspiractions.forms.reading.labels import Etiquette, distance, mots
from inspiractions.forms.reading.lines import FormLine
from inspiractions.forms.reading.locate import Repere
from inspiractions.model.questionnaire import Questionnaire

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
        heads = [h for i in range(here.fin + 1, stop) if (h := _head(stream, i, here, form))]
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


def _head(stream: list[FormLine], i: int, here: Repere, form: Questionnaire) -> tuple[int, int, bool] | None:
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
