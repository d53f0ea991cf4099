"""The home page: what the bank is, and every way in."""

from __future__ import annotations

from markupsafe import Markup

from inspiractions.base.outputs import FramePage, Page
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.pages.cards import CardRenderer
from inspiractions.pages.lists import ListRow, list_rows, newest
from inspiractions.theme.figures.carte import FranceMap
from inspiractions.theme.templates import Templates

_NEWEST = 6
_THEMES = 7


def make_home(
    banque: Banque, gabarits: Templates, cartes: CardRenderer, carte: FranceMap, cadre: FramePage, lie: Markup
) -> Page:
    """The home page; its first words are the title and the description of ``docs/index.md``. ``lie``: its JSON-LD."""
    par_cle = {facette.cle: list_rows(banque, facette) for facette in FACETTES}
    contenu = gabarits.render(
        "accueil",
        cadre=cadre,
        chiffres=[
            (len(banque.actions), "actions racontées"),
            (len(banque.villes), "villes et intercommunalités"),
            (len(banque.par_region), "régions"),
        ],
        ages=par_cle["ages"],
        axes=par_cle["axes"],
        themes=_biggest(par_cle["thematiques"]),
        freins=_biggest(par_cle["freins"])[:5],
        carte=carte,
        dossiers=[d for d in banque.dossiers if d.entete.genre == "sujet"],
        projets=[d for d in banque.dossiers if d.entete.genre == "projet"],
        cartes=cartes.list(banque.actions[:_NEWEST]),
    )
    return Page(
        cadre.chemin,
        "accueil",
        "Inspir’Actions – la banque d’expériences des villes pour la santé",
        cadre.description,
        contenu,
        gabarits.render("donnees_tete", lie=lie),
        newest(banque.actions),
    )


def _biggest(found: tuple[ListRow, ...]) -> list[ListRow]:
    return sorted(found, key=lambda ligne: -ligne.nombre)[:_THEMES]
