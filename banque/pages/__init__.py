"""From a ``Banque`` to ``Page`` objects: each module makes one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from banque.banque import Banque
from banque.forge import Forge
from banque.gabarits import Gabarits
from banque.page import Cadre, Page
from banque.pages import accueil, explorer, index, plan, recit, territoires, verifications
from banque.pages.cartes import Cartes


def make_pages(banque: Banque, cadres: Mapping[str, Cadre], site_url: str, forge: Forge) -> Iterator[Page]:
    """Every generated page, one at a time."""
    gabarits = Gabarits(banque.root, forge)
    cartes = Cartes(banque, gabarits)
    carte = territoires.make_carte(banque)
    yield accueil.make_home(banque, gabarits, cartes, carte, cadres["accueil"])
    yield explorer.make_explorer(banque, gabarits, carte, cadres["explorer"])
    yield from recit.make_recits(banque, gabarits, site_url)
    yield from index.make_all_actions(banque, gabarits, cadres["actions"])
    yield from index.make_indexes(banque, gabarits, cartes, cadres["entrees"])
    yield from territoires.make_territoires(banque, gabarits, cartes, carte, cadres["territoires"])
    yield plan.make_plan(banque, gabarits, cadres["plan"])
    yield verifications.make_verifications(gabarits, cadres["verifications"])
