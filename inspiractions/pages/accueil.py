"""The home page: what the bank is, and every way in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.text import decapitalise, ngettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import ListedPoint, parse_points
from inspiractions.pages.lists import CardRenderer, ListRow, list_rows, newest, short
from inspiractions.story.review import Gist
from inspiractions.theme.figures.carte import FranceMap
from inspiractions.theme.templates import Templates

_NEWEST = 6
_THEMES = 7
_SEARCHES = 3


def make_home(banque: Banque, frame: FramePage, contenu: str, tete: str) -> Page:
    """The home page; its title and its description are those of ``docs/index.md``."""
    titre, maj = banque.identity.home_title, newest(banque.actions)
    return Page(frame.chemin, "accueil", titre, frame.description, contenu, tete, maj)


def make_content(
    banque: Banque,
    templates: Templates,
    cards: CardRenderer,
    carte: FranceMap,
    frame: FramePage,
    une: FrontPage | None,
) -> str:
    """What the home page shows, ``une`` among it: the récit that it tells."""
    par_cle = {facette.cle: list_rows(banque, facette) for facette in banque.facettes}
    return templates.render(
        "accueil",
        cadre=frame,
        essais=frame.essais or _searches(par_cle["thematiques"]),
        chiffres=[
            (len(banque.actions), ngettext("action racontée", "actions racontées", len(banque.actions))),
            (
                len(banque.villes),
                ngettext("ville ou intercommunalité", "villes et intercommunalités", len(banque.villes)),
            ),
            (len(banque.par_region), ngettext("région", "régions", len(banque.par_region))),
        ],
        ages=par_cle["ages"],
        axes=par_cle["axes"],
        facette=banque.facette("axes"),
        themes=_biggest(par_cle["thematiques"]),
        freins=_biggest(par_cle["freins"])[:5],
        carte=carte,
        dossiers=[d for d in banque.dossiers if d.entete.genre == "sujet"],
        projets=[d for d in banque.dossiers if d.entete.genre == "projet"],
        une={**short(une.action, banque), "point": une.point} if une else None,
        cartes=cards.list(banque.actions[:_NEWEST]),
    )


class FrontPage(NamedTuple):
    """The récit that the home page tells, and the point of its obstacles that it quotes."""

    action: Action
    point: ListedPoint


def front_page(banque: Banque, gists: Mapping[str, Gist]) -> FrontPage | None:
    """The récit that the editors chose last, else the newest with results and an obstacle that was met, which is told; or nothing."""
    freins = banque.vocabulaires["freins"]
    chosen = sorted((a for a in banque.actions if a.a_la_une), key=lambda a: str(a.a_la_une), reverse=True)
    for action in (*chosen, *banque.actions):
        if not {"resultats", "reponses"}.issubset(gists[action.id].told):
            continue
        obstacles = action.rubriques_par_id["difficultes"]
        for point in parse_points(obstacles.texte, obstacles.line + 1, freins):
            if point.reponse:
                return FrontPage(action, point)
    return None


def _searches(themes: tuple[ListRow, ...]) -> list[tuple[str, str]]:
    """What a bank that names no example may search for: its biggest themes, by their words."""
    terms = [row.terme for row in _biggest(themes)[:_SEARCHES] if row.terme and row.nombre]
    return [(decapitalise(terme.court), f"?theme={terme.id}") for terme in terms]


def _biggest(rows: tuple[ListRow, ...]) -> list[ListRow]:
    return sorted(rows, key=lambda ligne: -ligne.nombre)[:_THEMES]
