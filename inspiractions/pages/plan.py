"""Plan du site."""

from __future__ import annotations

from inspiractions.base.outputs import Cadre, Page
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.pages.lists import lignes, newest
from inspiractions.pages.territoires import region_lines
from inspiractions.theme.templates import Gabarits


def make_plan(banque: Banque, gabarits: Gabarits, cadre: Cadre) -> Page:
    """Every page but the récits and the cities, which have their own lists."""
    campagnes = banque.vocabulaires["campagnes"]
    contenu = gabarits.render(
        "plan",
        cadre=cadre,
        groupes=[(facette, lignes(banque, facette)) for facette in FACETTES],
        dossiers=banque.dossiers,
        enquetes=[(campagnes[e.form.campagne], e.chemin) for e in banque.enquetes.values()],
        regions=region_lines(banque),
        fil=[ACCUEIL, Fil(cadre.titre)],
    )
    return Page(cadre.chemin, "plan", cadre.titre, cadre.description, contenu, maj=newest(banque.actions))
