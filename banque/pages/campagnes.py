"""The collections: a page per campaign, with what was asked, when, how many answered, and its récits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from banque.banque import FACETTES, Banque
from banque.gabarits import Gabarits
from banque.page import Cadre, Page
from banque.pages.cartes import ACCUEIL, Cartes, Fil
from banque.pages.index import CARDS_A_PAGE, lignes, make_overview, newest, numbered, poids_de, tranches

_CAMPAGNE = next(facette for facette in FACETTES if facette.cle == "campagne")


def make_campagnes(
    banque: Banque, pdfs: Mapping[str, int], gabarits: Gabarits, cartes: Cartes, cadre: Cadre
) -> Iterator[Page]:
    """``/campagnes/`` and its pages, with the recueil where ``pdfs`` holds ``campagnes/<id>/<id>.pdf``."""
    entrees = Fil(cadre.titre, cadre.chemin)
    yield make_overview(banque, gabarits, _CAMPAGNE, entrees)
    for terme in banque.vocabulaire(_CAMPAGNE):
        actions = banque.avec(_CAMPAGNE, terme)
        chemin = f"{_CAMPAGNE.adresse}/{terme.id}/"
        for tranche in tranches(actions, chemin, CARDS_A_PAGE):
            contenu = gabarits.render(
                "campagne",
                terme=terme,
                total=len(actions),
                tranche=tranche,
                cartes=cartes.list(tranche.actions),
                recueil=f"{chemin}{terme.id}.pdf",
                enquete=banque.enquetes.get(terme.id),
                pdf=poids_de(pdfs, f"{chemin}{terme.id}.pdf"),
                autres=[ligne for ligne in lignes(banque, _CAMPAGNE) if ligne.terme != terme],
                fil=[ACCUEIL, entrees, Fil(_CAMPAGNE.titre, f"{_CAMPAGNE.adresse}/"), Fil(terme.court)],
            )
            titre = numbered(f"{terme.court} – {_CAMPAGNE.singulier}", tranche)
            yield Page(tranche.chemin, "entrees", titre, terme.definition, contenu, maj=newest(tranche.actions))
