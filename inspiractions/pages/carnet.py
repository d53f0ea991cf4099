"""The carnet: the page of the actions that a visitor keeps, made by ``docs/assets/js/carnet/page.js`` in the browser."""

from __future__ import annotations

from inspiractions.base.outputs import Cadre, Page
from inspiractions.model.banque import Banque
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.theme.templates import Gabarits


def make_carnet(banque: Banque, gabarits: Gabarits, cadre: Cadre) -> Page:
    """``/carnet/``: what it is for and where it stays; the script fills the rest."""
    contenu = gabarits.render(
        "carnet", cadre=cadre, axes=list(banque.vocabulaires["axes"]), fil=[ACCUEIL, Fil(cadre.titre)]
    )
    return Page(cadre.chemin, cadre.nom, cadre.titre, cadre.description, contenu)
