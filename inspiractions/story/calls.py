"""The calls for actions: the blank form of each campaign that has one, and which of them a city fills in today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import Terme
from inspiractions.story import labels


@dataclass(frozen=True)
class Call:
    """A campaign, and its blank form. ``chemin``: its address from the root of the site; ``size``: in bytes.

    ``ouverte``: answers are still awaited on the day of the last change of the bank, by its ``cloture``.
    """

    terme: Terme
    chemin: str
    size: int
    ouverte: bool

    @property
    def poids(self) -> str:
        """``48 ko``."""
        return labels.poids(self.size)

    @property
    def jusquau(self) -> str:
        """The last day to answer, « 31 janvier 2027 », while the campaign is open; else nothing."""
        return labels.jour(date.fromisoformat(self.terme.cloture)) if self.ouverte else ""

    @property
    def page(self) -> str:
        """Where it is told what is asked, until when, and what becomes of the answers."""
        return f"campagnes/{self.terme.id}/#repondre"


def form_path(campagne: str) -> str:
    """The address of the blank form of a campaign."""
    return f"campagnes/{campagne}/formulaire-{campagne}.docx"


def make_calls(banque: Banque, sizes: Mapping[str, int]) -> dict[str, Call]:
    """By campaign, in the order of the vocabulary. ``sizes``: of the blank forms, by address."""
    last = max((action.date_maj.isoformat() for action in banque.actions), default="")
    return {
        terme.id: Call(terme, path, sizes[path], terme.cloture >= last and bool(terme.cloture))
        for terme, path in _forms(banque)
        if path in sizes
    }


def current(calls: Mapping[str, Call]) -> Call | None:
    """The one that a city is led to: open, and open the longest; with none open, the last one, whose form is still read."""
    return max(calls.values(), key=lambda call: (call.ouverte, call.terme.cloture, call.terme.annee), default=None)


def _forms(banque: Banque) -> Iterator[tuple[Terme, str]]:
    return ((terme, form_path(terme.id)) for terme in banque.vocabulaires["campagnes"])
