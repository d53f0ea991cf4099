"""What the check refuses: the docstrings of the rules, published as they are."""

from __future__ import annotations

from inspiractions.base.outputs import Cadre, Page
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.rules.check import REGLES, REGLES_D_ENSEMBLE, REGLES_DE_SOURCE, REGLES_DE_VOISINAGE
from inspiractions.rules.dossiers import REGLES_DE_DOSSIER
from inspiractions.theme.templates import Gabarits


def make_verifications(gabarits: Gabarits, cadre: Cadre) -> Page:
    """One line a rule, in the order in which they run."""
    ordered = (*REGLES_DE_SOURCE, *REGLES, *REGLES_DE_VOISINAGE, *REGLES_D_ENSEMBLE, *REGLES_DE_DOSSIER)
    regles = [(regle.__doc__ or "").strip() for regle in ordered]
    fil = [ACCUEIL, Fil("Contribuer", "contribuer/"), Fil(cadre.titre)]
    contenu = gabarits.render("verifications", cadre=cadre, regles=regles, fil=fil)
    return Page(cadre.chemin, cadre.nom, cadre.titre, cadre.description, contenu)
