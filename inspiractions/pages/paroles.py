"""The indexes of levers and obstacles: what each récit says of one, in its own words, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from inspiractions.base.outputs import Page
from inspiractions.base.texts import ngettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Actions, Banque
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.points import VOCABULAIRE_DE, ListedPoint, parse_points
from inspiractions.model.vocabulaire import Terme
from inspiractions.pages.cards import HOME, CardRenderer, Crumb, short
from inspiractions.pages.lists import (
    ListRow,
    ListSlice,
    described,
    list_rows,
    make_overview,
    newest,
    numbered,
    slices,
)
from inspiractions.theme.templates import Templates

RUBRIQUES = {nom: rubrique for rubrique, nom in VOCABULAIRE_DE.items()}
_EN_FACE = {"leviers": "freins", "freins": "leviers"}
_CITED = 8
# Quotes are what one reads here: each is shown, on pages of 150 KB at most.
QUOTES_A_PAGE = 75


@dataclass(frozen=True)
class Quote:
    """All that one action says of one lever or obstacle; ``points`` may be empty: declared, not told."""

    action: Action
    points: tuple[ListedPoint, ...]

    @property
    def repond(self) -> bool:
        """Whether it tells, apart, what was done about it."""
        return any(point.reponse for point in self.points)

    @property
    def rang(self) -> tuple[bool, bool]:
        """Sorts those that answer before those that only tell, and these before those that only declare."""
        return (not self.repond, not self.points)


class Quotes:
    """What the actions of a bank say of levers and obstacles; an action is read when it is first asked for."""

    def __init__(self, banque: Banque) -> None:
        self.banque = banque
        self._points = cache(self._read)

    def of(self, facette: Facette, terme: Terme) -> list[Quote]:
        """What each action of a term says of it: answers first, then from the newest to the oldest."""
        quotes = [
            Quote(action, tuple(point for point in self._points(action.id, facette) if point.terme == terme))
            for action in self.banque.avec(facette, terme)
        ]
        return sorted(quotes, key=lambda parole: parole.rang)

    def _read(self, identifiant: str, facette: Facette) -> list[ListedPoint]:
        rubrique = self.banque.par_id[identifiant].rubriques_par_id.get(RUBRIQUES[facette.cle])
        return parse_points(rubrique.texte, rubrique.line + 1, self.banque.vocabulaire(facette)) if rubrique else []


def make_quotes_overview(
    banque: Banque, paroles: Quotes, templates: Templates, facette: Facette, entrees: Crumb
) -> Page:
    """``/leviers/`` or ``/freins/``, with the words of one action on each value."""
    extraits = {terme.id: _first(paroles.of(facette, terme)) for terme in banque.vocabulaire(facette)}
    return make_overview(banque, templates, facette, entrees, "apercu_paroles", extraits=extraits)


def _first(paroles: Sequence[Quote]) -> dict[str, object] | None:
    """The words that the overview quotes: the first, which answer where any do."""
    if not paroles or not paroles[0].points:
        return None
    first = paroles[0]
    point = next((p for p in first.points if p.reponse), first.points[0])
    return {"point": point, "lieu": first.action.chef_de_file.nom}


def make_quotes_page(
    quotes: Quotes, templates: Templates, cards: CardRenderer, facette: Facette, terme: Terme, entrees: Crumb
) -> Iterator[Page]:
    """What is said of a lever or an obstacle; ``entrees``: the step of ``/entrees/`` in the breadcrumb."""
    banque, paroles = quotes.banque, quotes.of(facette, terme)
    fil = [HOME, entrees, Crumb(facette.titre, f"{facette.adresse}/")]
    par_id = {parole.action.id: parole for parole in paroles}
    actions = tuple(parole.action for parole in paroles)
    autre = next(f for f in FACETTES if f.cle == _EN_FACE[facette.cle])
    # The same on every page of a long list.
    whole = {
        "facette": facette,
        "terme": terme,
        "rubrique": RUBRIQUES[facette.cle],
        "total": len(actions),
        "resume": _resume(paroles),
        "deduite": all(facette.cle in a.champs_deduits for a in actions),
        "nombre_muettes": sum(not p.points for p in paroles),
        "en_face": _cited(banque, autre, actions),
        "autre": autre,
        "autres": [ligne for ligne in list_rows(banque, facette) if ligne.terme != terme],
        "fil": [*fil, Crumb(terme.court)],
    }
    for tranche in slices(actions, f"{facette.adresse}/{terme.id}/", QUOTES_A_PAGE):
        shown = [par_id[action.id] for action in tranche.actions]
        contenu = templates.render(
            "parole",
            **whole,
            tranche=tranche,
            paroles=[short(p.action, banque) | {"parole": p} for p in shown if p.points],
            muettes=[p for p in shown if not p.points] and cards.list(p.action for p in shown if not p.points),
        )
        yield _page(facette, terme, tranche, contenu)


def _page(facette: Facette, terme: Terme, tranche: ListSlice, contenu: str) -> Page:
    titre = numbered(f"{terme.court} – {facette.singulier}", tranche)
    description = described(terme.definition, tranche)
    return Page(tranche.chemin, "entrees", titre, description, contenu, maj=newest(tranche.actions))


def _resume(paroles: Sequence[Quote]) -> str:
    """``6 actions, dont 5 disent ce qui a été fait``."""
    total, answers = len(paroles), sum(parole.repond for parole in paroles)
    label = f"{total} {ngettext('action', 'actions', total)}"
    if not answers:
        return label
    of_which = ngettext(
        "{actions}, dont {n} dit ce qui a été fait", "{actions}, dont {n} disent ce qui a été fait", answers
    )
    return of_which.format(actions=label, n=answers)


def _cited(banque: Banque, facette: Facette, actions: Actions) -> list[ListRow]:
    """The terms of another vocabulary that these actions bear most, with how many of them do."""
    rows = [
        ListRow(terme.court, f"{facette.adresse}/{terme.id}/", sum(terme.id in facette.ids(a) for a in actions), terme)
        for terme in banque.vocabulaire(facette)
    ]
    return sorted((ligne for ligne in rows if ligne.nombre), key=lambda ligne: -ligne.nombre)[:_CITED]
