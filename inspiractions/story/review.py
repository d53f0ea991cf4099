"""What the secretariat has to look at: how long ago each fiche was checked, what it lacks, its sources, its twins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspiractions.base.encoding import make_csv
from inspiractions.base.memo import Memo
from inspiractions.base.texts import gettext, message
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story.told import told_in
from inspiractions.story.twins import Twins, find_twins

# What matters to whoever would do it again; ids of ``told.TOLD``.
MATTERS = {
    "resultats": message("résultats"),
    "difficultes": message("difficultés"),
    "evaluation": message("évaluation"),
    "budget": message("budget"),
}
# As the notice of a récit says it (docs/assets/js/pages).
STALE_MONTHS = 24
BEFORE_THE_CITY = ("sources-publiques", "declaratif")
"""What a fiche rests on until its city re-reads it; one that somebody evaluated says more than « relu »."""
TO_CHECK = "sources-a-verifier.tsv"
"""Beside the fiches: sources that somebody should open. Three columns: fiche, address, why; the first line names them."""


CSV_NAME = "revue.csv"
COLUMNS = (
    "fiche", "titre", "ville", "verifiee_le", "connaissance", "relue_par_la_ville", "manque", "sources_a_verifier", "jumelles",
)  # fmt: skip


@dataclass(frozen=True)
class ReviewRow:
    """A fiche to look at. ``sources``: the addresses to open, and why; ``twins``: the fiches that may tell the same."""

    action: Action
    missing: tuple[str, ...]
    sources: Mapping[str, str]
    twins: tuple[Twins, ...]

    @property
    def checked(self) -> date:
        """When somebody last looked whether it is right."""
        return last_check(self.action)

    @property
    def reread(self) -> bool:
        """Whether its city, or who led the action, has re-read or told it."""
        return self.action.connaissance not in BEFORE_THE_CITY

    def cells(self) -> tuple[str, ...]:
        """The row as ``COLUMNS`` name it."""
        others = (other.id for pair in self.twins for other in (pair.first, pair.second) if other.id != self.action.id)
        return (
            self.action.id,
            self.action.titre,
            self.action.chef_de_file.nom,
            self.checked.isoformat(),
            self.action.connaissance,
            "oui" if self.reread else "non",
            ", ".join(self.missing),
            " ".join(self.sources),
            " ".join(others),
        )

    def months(self, today: date) -> int:
        """How many months ago it was checked."""
        whole = (today.year - self.checked.year) * 12 + today.month - self.checked.month
        return max(0, whole - (today.day < self.checked.day))

    def to_reread(self, today: date) -> bool:
        """Whether its city should be asked: it never was, or long ago."""
        return not self.reread or self.months(today) >= STALE_MONTHS


def last_check(action: Action) -> date:
    """When somebody last looked whether a fiche is right: its publication, at first."""
    return action.verifie_le or action.date_publication


def make_review(banque: Banque, memo: Memo | None = None) -> list[ReviewRow]:
    """Every published fiche, those checked longest ago first, then those that lack most; ``memo``: see ``find_twins``."""
    twins = find_twins(banque.actions, memo)
    of: dict[str, list[Twins]] = {}
    for pair in twins:
        for action in (pair.first, pair.second):
            of.setdefault(action.id, []).append(pair)
    sources = sources_to_check(banque)
    rows = [
        ReviewRow(action, _missing(action, banque), sources.get(action.id, {}), tuple(of.get(action.id, ())))
        for action in banque.actions
    ]
    return sorted(rows, key=lambda row: (row.checked, -len(row.missing), row.action.id))


def review_csv(rows: Iterable[ReviewRow]) -> str:
    """The whole table, for a spreadsheet."""
    return make_csv([COLUMNS, *(row.cells() for row in rows)])


def twins_in(rows: Iterable[ReviewRow]) -> list[Twins]:
    """Each pair of twins once, the likeliest first."""
    pairs = {(pair.first.id, pair.second.id): pair for row in rows for pair in row.twins}
    return sorted(pairs.values(), key=lambda pair: (-pair.score, pair.first.id))


def _missing(action: Action, banque: Banque) -> tuple[str, ...]:
    given = told_in(action, banque.vocabulaires["freins"])
    return tuple(gettext(label) for identifiant, label in MATTERS.items() if identifiant not in given)


def sources_to_check(banque: Banque) -> dict[str, dict[str, str]]:
    """By fiche, the addresses that ``actions/sources-a-verifier.tsv`` lists and that the fiche still gives."""
    path = banque.root / "actions" / TO_CHECK
    listed: dict[str, dict[str, str]] = {}
    for identifiant, url, why in _lines(path):
        action = banque.par_id.get(identifiant)
        if action and url in (link.url for link in (*action.sources, *action.documents)):
            listed.setdefault(identifiant, {})[url] = why
    return listed


def lines_to_remove(banque: Banque) -> int:
    """How many lines of that list name no fiche, or an address that the fiche no longer gives."""
    kept = sum(map(len, sources_to_check(banque).values()))
    return len(list(_lines(banque.root / "actions" / TO_CHECK))) - kept


def _lines(path: Path) -> Iterable[tuple[str, str, str]]:
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines()[1:]:
        identifiant, _, rest = line.partition("\t")
        url, _, why = rest.partition("\t")
        yield identifiant, url, why
