"""The collections: a page per campaign, with what was asked, when, how many answered, and its récits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inspiractions.base.outputs import Page
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.model.vocabulaire import Terme
from inspiractions.pages.cards import ACCUEIL, Cartes, Fil
from inspiractions.pages.lists import CARDS_A_PAGE, lignes, newest, numbered, poids_de, tranches
from inspiractions.theme.templates import Gabarits

CAMPAGNE = next(facette for facette in FACETTES if facette.cle == "campagne")


def make_campagne(
    banque: Banque, terme: Terme, pdfs: Mapping[str, int], gabarits: Gabarits, cartes: Cartes, entrees: Fil
) -> Iterator[Page]:
    """The page of a campaign, with its recueil where ``pdfs`` holds ``campagnes/<id>/<id>.pdf``."""
    actions = banque.avec(CAMPAGNE, terme)
    chemin = CAMPAGNE.chemin(terme.id)
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
            autres=[ligne for ligne in lignes(banque, CAMPAGNE) if ligne.terme != terme],
            fil=[ACCUEIL, entrees, Fil(CAMPAGNE.titre, f"{CAMPAGNE.adresse}/"), Fil(terme.court)],
        )
        titre = numbered(f"{terme.court} – {CAMPAGNE.singulier}", tranche)
        yield Page(tranche.chemin, "entrees", titre, terme.definition, contenu, maj=newest(tranche.actions))
