"""The grid of accessibility: each criterion of the RGAA 4.1 on each kind of page, with what decides it.

``referentiels/rgaa.csv``: the criteria in their official words; ``referentiels/rgaa-grille.csv``: what is known of them. What
the grid does not say of a kind is « non testé ».
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from inspiractions.base.files import find
from inspiractions.base.problem import Stop

KINDS = {
    "accueil": "Accueil",
    "recit": "Récit",
    "explorer": "Explorateur",
    "carnet": "Carnet, comparaison",
    "listes": "Listes, index, bibliothèque",
    "territoires": "Territoires",
    "dossiers": "Dossiers, enquêtes",
    "chiffres": "Couverture, chiffres",
    "redigees": "Pages rédigées, données",
    "integrees": "Listes intégrées ailleurs",
}
STATES = {
    "conforme": "Conforme",
    "non-conforme": "Non conforme",
    "non-applicable": "Non applicable",
    "non-teste": "Non testé",
}
UNKNOWN = "non-teste"
ALL = "toutes"
_GRID = "referentiels/rgaa-grille.csv"


class UnreadableGrid(Stop):
    """A line of the grid cannot be read: where, and what to write."""


@dataclass(frozen=True)
class Decision:
    """What is known of a criterion on some kinds. ``preuves``: the tests that decide it, ``dossier/fichier.py::test``, from ``tests/``."""

    kinds: tuple[str, ...]
    etat: str
    preuves: tuple[str, ...]
    note: str

    @property
    def everywhere(self) -> bool:
        """Whether it holds for every kind."""
        return set(self.kinds) == set(KINDS)


@dataclass(frozen=True)
class Criterion:
    """``numero``: ``1.1``; ``enonce``: its official words; ``decisions``: all kinds, each in one of them."""

    numero: str
    theme: str
    enonce: str
    decisions: tuple[Decision, ...]

    def state_of(self, kind: str) -> str:
        """The id of ``STATES`` that it has on a kind of page."""
        return next(decision.etat for decision in self.decisions if kind in decision.kinds)


def read_grid(root: Path) -> tuple[Criterion, ...]:
    """The criteria in their order. Raises ``UnreadableGrid``."""
    known: dict[str, list[Decision]] = {}
    with find(root, "referentiels/rgaa.csv").open(encoding="utf-8", newline="") as file:
        criteria = list(csv.DictReader(file))
    numbers = {line["critere"] for line in criteria}
    with find(root, _GRID).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for line in reader:
            numero = line["critere"]
            if numero not in numbers:
                raise UnreadableGrid(f"{_GRID}:{reader.line_num}: « {numero} » n’est pas un critère du RGAA 4.1.")
            decision = _read(line, f"{_GRID}:{reader.line_num}:")
            for kind in decision.kinds:
                if any(kind in other.kinds for other in known.get(numero, ())):
                    raise UnreadableGrid(f"{_GRID}:{reader.line_num}: « {kind} » a déjà un état pour {numero}.")
            known.setdefault(numero, []).append(decision)
    return tuple(
        Criterion(line["critere"], line["theme"], line["enonce"], tuple(_completed(known.get(line["critere"], []))))
        for line in criteria
    )


def _read(line: Mapping[str, str], where: str) -> Decision:
    kinds = tuple(KINDS) if line["pages"] == ALL else tuple(line["pages"].split())
    unknown = [kind for kind in kinds if kind not in KINDS]
    if not kinds or unknown:
        raise UnreadableGrid(
            f"{where} pages « {', '.join(unknown)} » : écrivez « {ALL} », ou parmi {', '.join(KINDS)}."
        )
    if line["etat"] not in STATES:
        raise UnreadableGrid(f"{where} état « {line['etat']} » : écrivez {', '.join(STATES)}.")
    preuves = tuple((line["preuves"] or "").split())
    if line["etat"] in ("conforme", "non-applicable") and not preuves:
        raise UnreadableGrid(
            f"{where} « {line['etat']} » sans preuve : nommez le test qui en décide, ou « {UNKNOWN} »."
        )
    return Decision(kinds, line["etat"], preuves, line["note"] or "")


def _completed(decisions: list[Decision]) -> Iterator[Decision]:
    """Those of the grid, in the order of the states, then what it does not say."""
    yield from sorted(decisions, key=lambda decision: list(STATES).index(decision.etat))
    left = tuple(kind for kind in KINDS if not any(kind in decision.kinds for decision in decisions))
    if left:
        yield Decision(left, UNKNOWN, (), "")
