"""The card of an action: made once, shown on every page that lists it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from banque import libelles
from banque.action import Action
from banque.banque import Banque
from banque.gabarits import Gabarits
from banque.text import DONE, typography


@dataclass(frozen=True)
class Fil:
    """A step of the breadcrumb; without an address it is the page itself."""

    titre: str
    chemin: str | None = None


ACCUEIL = Fil("Accueil", "")


class Cartes:
    """Cards by action id."""

    def __init__(self, banque: Banque, gabarits: Gabarits) -> None:
        self._banque, self._gabarits = banque, gabarits
        self._made: dict[str, str] = {}

    def list(self, actions: Iterable[Action]) -> Markup:
        """The cards of these actions, each a list item."""
        return Markup(DONE + "".join(map(self._of, actions)) + DONE)

    def _of(self, action: Action) -> str:
        if action.id not in self._made:
            self._made[action.id] = typography(self._gabarits.render("carte", **short(action, self._banque)))
        return self._made[action.id]


def short(action: Action, banque: Banque) -> dict[str, object]:
    """What a card or a line says of an action."""
    return {
        "action": action,
        "lieux": libelles.lieux(action),
        "autour": libelles.autour(action.chef_de_file, banque.referentiel),
        "axes": list(banque.vocabulaires["axes"]),
        "ages": libelles.ages(action.ages, banque.vocabulaires["ages"]),
        "periode": libelles.periode_courte(action.periode),
    }
