"""Territoires: the map of France and its table, and the lists of régions, départements and cities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspiractions.base.outputs import Cadre, Page
from inspiractions.base.paths import find
from inspiractions.base.text import enumerate_fr
from inspiractions.model.banque import Banque
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.pages.lists import Ligne, newest
from inspiractions.pages.territoires import region_lines, ville_lines
from inspiractions.theme.figures.carte import Carte, draw
from inspiractions.theme.figures.contours import read_contours
from inspiractions.theme.templates import Gabarits

_MAX_NOMS = 8


@dataclass(frozen=True)
class _Rang:
    """A row of the table: a département and its cities in words."""

    ligne: Ligne
    villes: str


def make_apercus(banque: Banque, gabarits: Gabarits, carte: Carte, cadre: Cadre) -> Iterator[Page]:
    """``/territoires/``, then the list of régions, of départements and of cities."""
    regions = region_lines(banque)
    contenu = gabarits.render(
        "territoires",
        cadre=cadre,
        regions=regions,
        tableau=[(region, [_Rang(d, _noms(d)) for d in region.enfants]) for region in regions if region.nombre],
        absents=enumerate_fr(forme.nom for forme in carte.formes if not forme.nombre),
        nombre_absents=sum(not forme.nombre for forme in carte.formes),
        banque=banque,
        carte=carte,
        fil=[ACCUEIL, Fil(cadre.titre)],
    )
    yield Page(cadre.chemin, "territoires", cadre.titre, cadre.description, contenu, maj=newest(banque.actions))
    racine = Fil(cadre.titre, cadre.chemin)
    yield from _overviews(banque, gabarits, regions, racine)


def make_carte(banque: Banque) -> Carte:
    """The map of the bank."""
    counts = {code: len(actions) for code, actions in banque.par_departement.items()}
    return draw(read_contours(find(banque.root, "referentiels")), counts, banque.referentiel.departements)


def _noms(departement: Ligne) -> str:
    """The first cities of a département, and how many more."""
    noms = [ville.titre for ville in departement.enfants]
    more = len(noms) - _MAX_NOMS
    return ", ".join(noms) if more < 2 else f"{', '.join(noms[:_MAX_NOMS])} et {more} de plus"


def _overviews(banque: Banque, gabarits: Gabarits, regions: tuple[Ligne, ...], racine: Fil) -> Iterator[Page]:
    departements = [ligne for region in regions for ligne in region.enfants]
    villes = ville_lines(banque, banque.actions)
    for chemin, titre, lignes in (
        ("regions/", "Régions", regions),
        ("departements/", "Départements", tuple(sorted(departements, key=lambda ligne: ligne.chemin))),
        ("villes/", "Villes et intercommunalités", villes),
    ):
        contenu = gabarits.render("lieux", titre=titre, lignes=lignes, fil=[ACCUEIL, racine, Fil(titre)])
        description = f"{titre} dont Inspir’Actions raconte une action, avec leur nombre d’actions."
        yield Page(chemin, "territoires", titre, description, contenu, maj=newest(banque.actions))
