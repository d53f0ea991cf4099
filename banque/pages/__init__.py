"""From a ``Banque`` to ``Page`` objects: each module makes one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from banque.banque import Banque
from banque.depot import Empreinte
from banque.forge import Forge
from banque.gabarits import Gabarits
from banque.inventaire import Donnee
from banque.listes import make_listes
from banque.page import Cadre, Page
from banque.pages import (
    accueil,
    campagnes,
    carnet,
    champs,
    chiffres,
    couverture,
    donnees,
    dossiers,
    enquetes,
    explorer,
    fils,
    index,
    integrations,
    paroles,
    plan,
    recit,
    redirections,
    territoires,
    verifications,
)
from banque.pages.cartes import Cartes
from banque.permaliens import deplacements
from banque.recit import Recits


def make_pages(
    banque: Banque,
    recits: Recits,
    fichiers: Sequence[tuple[Donnee, Empreinte]],
    pdfs: Mapping[str, int],
    cadres: Mapping[str, Cadre],
    site_url: str,
    forge: Forge,
) -> Iterator[Page]:
    """Every generated page, one at a time. ``pdfs``: the size in bytes of each PDF of the site, by address."""
    gabarits = Gabarits(banque.root, forge)
    cartes = Cartes(banque, gabarits)
    carte = territoires.make_carte(banque)
    listes = list(make_listes(banque))
    suites = fils.Suites(listes, gabarits)
    yield accueil.make_home(
        banque, gabarits, cartes, carte, cadres["accueil"], donnees.json_ld(banque, fichiers, site_url)
    )
    yield explorer.make_explorer(banque, gabarits, carte, cadres["explorer"])
    yield from recit.make_recits(banque, recits, pdfs, gabarits, cartes, site_url)
    yield from redirections.make_redirections(deplacements(banque), gabarits)
    yield from index.make_all_actions(banque, gabarits, cadres["actions"])
    for pages in (
        index.make_indexes(banque, gabarits, cartes, cadres["entrees"]),
        paroles.make_paroles(banque, gabarits, cartes, cadres["entrees"]),
        campagnes.make_campagnes(banque, pdfs, gabarits, cartes, cadres["entrees"]),
        dossiers.make_dossiers(banque, pdfs, gabarits, cartes, cadres["dossiers"]),
        territoires.make_territoires(banque, gabarits, cartes, carte, cadres["territoires"]),
    ):
        yield from map(suites.add, pages)
    yield from enquetes.make_enquetes(banque, gabarits, cadres["entrees"])
    yield donnees.make_donnees(banque, gabarits, fichiers, cadres["donnees"], site_url)
    yield couverture.make_couverture(banque, gabarits, cadres["couverture"])
    yield chiffres.make_chiffres(banque, gabarits, cadres["chiffres"])
    yield carnet.make_carnet(banque, gabarits, cadres["carnet"])
    yield fils.make_fils(listes, gabarits, site_url, cadres["fils"])
    yield integrations.make_integrer(banque, listes, gabarits, cadres["integrer"])
    yield from integrations.make_embeds(banque, listes, gabarits, cartes, cadres["embed"])
    yield plan.make_plan(banque, gabarits, cadres["plan"])
    yield champs.make_champs(banque, gabarits, cadres["champs"])
    yield verifications.make_verifications(gabarits, cadres["verifications"])
