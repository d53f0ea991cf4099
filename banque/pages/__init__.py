"""From a ``Banque`` to ``Page`` objects: each module makes one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from banque.banque import Banque
from banque.gabarits import Gabarits
from banque.listes import make_listes
from banque.page import Cadre, Page
from banque.pages import accueil, explorer, fils, index, integrations, plan, recit, territoires, verifications
from banque.pages.cartes import Cartes
from banque.recit import Recits


def make_pages(banque: Banque, recits: Recits, cadres: Mapping[str, Cadre], site_url: str) -> Iterator[Page]:
    """Every generated page, one at a time."""
    gabarits = Gabarits(banque.root)
    cartes = Cartes(banque, gabarits)
    carte = territoires.make_carte(banque)
    listes = list(make_listes(banque))
    suites = fils.Suites(listes, gabarits)
    yield accueil.make_home(banque, gabarits, cartes, carte, cadres["accueil"])
    yield explorer.make_explorer(banque, gabarits, carte, cadres["explorer"])
    yield from recit.make_recits(banque, recits, gabarits, cartes, site_url)
    yield from index.make_all_actions(banque, gabarits, cadres["actions"])
    yield from map(suites.add, index.make_indexes(banque, gabarits, cartes, cadres["entrees"]))
    yield from map(suites.add, territoires.make_territoires(banque, gabarits, cartes, carte, cadres["territoires"]))
    yield fils.make_fils(listes, gabarits, site_url, cadres["fils"])
    yield integrations.make_integrer(banque, listes, gabarits, cadres["integrer"])
    yield from integrations.make_embeds(banque, listes, gabarits, cartes, cadres["embed"])
    yield plan.make_plan(banque, gabarits, cadres["plan"])
    yield verifications.make_verifications(gabarits, cadres["verifications"])
