"""Couverture: ages by axes, cell by cell, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from inspiractions.base.outputs import Cadre, Page
from inspiractions.model.banque import Banque
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.pages.lists import newest
from inspiractions.story.coverage import Case, make_matrices
from inspiractions.theme.figures.carte import make_paliers
from inspiractions.theme.templates import Gabarits

_APPELS = 3


@dataclass(frozen=True)
class _Appel:
    """A call for actions: a cell with few or none, in a priority neighbourhood or anywhere."""

    case: Case
    precision: str


def make_couverture(banque: Banque, gabarits: Gabarits, cadre: Cadre) -> Page:
    """``/couverture/``: a matrix for all actions and one for each answer about priority neighbourhoods."""
    toutes, *par_qpv = make_matrices(banque)
    en_qpv = next(m for m in par_qpv if m.qpv and m.qpv.id == "oui")
    contenu = gabarits.render(
        "couverture",
        cadre=cadre,
        total=len(banque.actions),
        axes=list(banque.vocabulaires["axes"]),
        toutes=toutes,
        par_qpv=par_qpv,
        paliers=make_paliers(case.nombre for case in toutes.cases),
        appels=[
            *(_Appel(case, "") for case in toutes.rarest(_APPELS)),
            *(_Appel(case, "en quartier prioritaire") for case in en_qpv.rarest(_APPELS)),
        ],
        fil=[ACCUEIL, Fil(cadre.titre)],
    )
    return Page(cadre.chemin, "couverture", cadre.titre, cadre.description, contenu, maj=newest(banque.actions))
