"""The card of an action: made once, shown on every page that lists it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from inspiractions.base.text import DONE, typography
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story import labels
from inspiractions.story.related import RelatedAction
from inspiractions.story.size import short_inhabitants
from inspiractions.theme.templates import Templates


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; without an address it is the page itself."""

    titre: str
    chemin: str | None = None


# Its word is that of the breadcrumb (templates/parts/macros.html.j2).
HOME = Crumb("", "")
# Where the reason goes in a card that is kept: a sign of private use, which no content may hold (rules/privacy.py).
_RAISON = "\ue004"


class CardRenderer:
    """Cards by action id."""

    def __init__(self, banque: Banque, templates: Templates) -> None:
        self._banque, self._templates = banque, templates
        self._made: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._cut: dict[str, tuple[str, str]] = {}

    def list(self, actions: Iterable[Action]) -> Markup:
        """The cards of these actions, each a list item."""
        return Markup(DONE + "".join(map(self._of, actions)) + DONE)

    def lines(self, actions: Iterable[Action]) -> Markup:
        """The same in a line each: title, place, period."""
        return Markup(DONE + "".join(map(self._line_of, actions)) + DONE)

    def proches(self, proches: Iterable[RelatedAction]) -> Markup:
        """The same for close actions: without summary, with the reason."""
        return Markup("".join(map(self._proche, proches)))

    def _proche(self, proche: RelatedAction) -> str:
        identifiant = proche.action.id
        if identifiant not in self._cut:
            html = self._templates.render("carte", **short(proche.action, self._banque), raison=_RAISON)
            before, _, after = typography(html).partition(_RAISON)
            self._cut[identifiant] = (DONE + before + DONE, DONE + after + DONE)
        before, after = self._cut[identifiant]
        return f"{before}{escape(proche.raison)}{after}"

    def _of(self, action: Action) -> str:
        if action.id not in self._made:
            self._made[action.id] = typography(self._templates.render("carte", **short(action, self._banque)))
        return self._made[action.id]

    def _line_of(self, action: Action) -> str:
        if action.id not in self._lines:
            lieux, periode = labels.lieux(action), labels.periode_courte(action.periode)
            line = self._templates.render("ligne", action=action, lieux=lieux, periode=periode)
            self._lines[action.id] = typography(line)
        return self._lines[action.id]


def short(action: Action, banque: Banque) -> dict[str, object]:
    """What a card or a line says of an action."""
    return {
        "action": action,
        "lieux": labels.lieux(action),
        "autour": labels.autour(action.villes, banque.referentiel),
        "axes": list(banque.vocabulaires["axes"]),
        "ages": labels.ages(action.ages, banque.vocabulaires["ages"]),
        "periode": labels.periode_courte(action.periode),
        "habitants": short_inhabitants(action),
        "marques": banque.on_cards(action),
    }
