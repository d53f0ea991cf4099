"""The surveys of the campaigns: question by question, what the cities that agreed to it answered."""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.outputs import Cadre, Page
from inspiractions.model.banque import Banque
from inspiractions.model.enquete import Enquete, synthese
from inspiractions.model.territoire import Lieu
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.theme.templates import Gabarits


def make_enquetes(banque: Banque, gabarits: Gabarits, cadre: Cadre) -> Iterator[Page]:
    """``/enquetes/<campagne>/``, for each survey that has a public answer; none where no city agreed."""
    villes = {lieu: f"villes/{slug}/" for slug, lieu in banque.villes.items()}
    for campagne, enquete in banque.enquetes.items():
        yield _enquete(campagne, enquete, villes, banque, gabarits, cadre)


def _enquete(
    campagne: str, enquete: Enquete, villes: dict[Lieu, str], banque: Banque, gabarits: Gabarits, cadre: Cadre
) -> Page:
    terme = banque.vocabulaires["campagnes"][campagne]
    contenu = gabarits.render(
        "enquete",
        terme=terme,
        enquete=enquete,
        questions=synthese(enquete.form, enquete.reponses),
        villes=villes,
        fil=[
            ACCUEIL,
            Fil(cadre.titre, cadre.chemin),
            Fil("Campagnes", "campagnes/"),
            Fil(terme.court, f"campagnes/{terme.id}/"),
            Fil("L’enquête"),
        ],
    )
    description = (
        f"Ce que des villes ont répondu à l’enquête de la campagne « {terme.libelle} », question par question."
    )
    return Page(enquete.chemin, "entrees", f"L’enquête – {terme.libelle}", description, contenu)
