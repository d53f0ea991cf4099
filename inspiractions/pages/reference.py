"""The fields of a fiche, as the schema itself describes them: nothing of it is written twice."""

from __future__ import annotations

from inspiractions.base.outputs import Cadre, Page
from inspiractions.model.action import Action
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.model.schema import champs_de
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.theme.templates import Gabarits

# How the value of each kind is called, for who writes it.
GENRES = {
    "texte": "texte",
    "terme": "identifiant",
    "lieu": "commune ou intercommunalité",
    "jour": "date, AAAA-MM-JJ",
    "mois": "année ou mois, 2019 ou 2019-09",
    "url": "adresse en https://",
    "courriel": "adresse de courriel",
    "quartier": "code de quartier, QP… ou QN…",
    "fiche": "identifiant d’une fiche",
    "cle": "clé de l’en-tête ou rubrique",
    "image": "nom d’un fichier",
    "id": "identifiant",
    "choix": "un mot de la liste",
    "groupe": "plusieurs clés, en retrait",
}


def make_champs(banque: Banque, gabarits: Gabarits, cadre: Cadre) -> Page:
    """A block a key, in the order of a fiche; closed lists with their values and the pages that define them."""
    adresses = {("campagnes" if f.cle == "campagne" else f.cle): f.adresse for f in FACETTES}
    contenu = gabarits.render(
        "champs",
        cadre=cadre,
        champs=list(champs_de(Action).values()),
        genres=GENRES,
        vocabulaires=banque.vocabulaires,
        adresses=adresses,
        fil=[ACCUEIL, Fil("Contribuer", "contribuer/"), Fil(cadre.titre)],
    )
    return Page(cadre.chemin, cadre.nom, cadre.titre, cadre.description, contenu)
