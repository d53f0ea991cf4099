"""Territoires: the overview, and a page per région, département and city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banque.action import Action
from banque.banque import Banque
from banque.figures.carte import Carte, draw
from banque.gabarits import Gabarits
from banque.page import Cadre, Page
from banque.pages.cartes import ACCUEIL, Cartes, Fil
from banque.pages.index import CARDS_A_PAGE, Ligne, newest, tranches
from banque.racine import find

# The overseas régions and collectivities end every list: their codes are the lowest, or have three digits.
_METROPOLE = range(11, 100)


def make_territoires(banque: Banque, gabarits: Gabarits, cartes: Cartes, carte: Carte, cadre: Cadre) -> Iterator[Page]:
    """``/territoires/``, the three overviews, then a page for each place that has an action."""
    regions = region_lines(banque)
    racine = Fil(cadre.titre, cadre.chemin)
    fil = [ACCUEIL, Fil(cadre.titre)]
    contenu = gabarits.render("territoires", cadre=cadre, regions=regions, banque=banque, carte=carte, fil=fil)
    yield Page(cadre.chemin, "territoires", cadre.titre, cadre.description, contenu, maj=newest(banque.actions))
    yield from _overviews(banque, gabarits, regions, racine)
    yield from _regions(banque, gabarits, cartes, regions, racine)
    yield from _departements(banque, gabarits, cartes, racine)
    yield from _villes(banque, gabarits, cartes, racine)


def make_carte(banque: Banque) -> Carte:
    """The map of the bank."""
    counts = {code: len(actions) for code, actions in banque.par_departement.items()}
    return draw(find(banque.root, "referentiels"), counts, banque.referentiel.departements)


def region_lines(banque: Banque) -> tuple[Ligne, ...]:
    """Every région, its départements below it, overseas last; the other collectivities where they have an action."""
    referentiel = banque.referentiel
    codes = [code for code in referentiel.regions if len(code) == 2 or code in banque.par_region]
    ordered = sorted(codes, key=lambda code: (int(code) not in _METROPOLE, referentiel.slug_of_region(code)))
    return tuple(
        Ligne(
            referentiel.regions[code],
            f"regions/{referentiel.slug_of_region(code)}/",
            len(banque.par_region.get(code, ())),
            enfants=_departement_lines(banque, code),
        )
        for code in ordered
    )


def _departement_lines(banque: Banque, region: str) -> tuple[Ligne, ...]:
    referentiel = banque.referentiel
    return tuple(
        Ligne(referentiel.departements[code], f"departements/{code}/", len(actions))
        for code, actions in banque.par_departement.items()
        if referentiel.region_of[code] == region
    )


def ville_lines(banque: Banque, actions: Sequence[Action], departement: str = "") -> tuple[Ligne, ...]:
    """The cities of these actions, by name; only those of a département where one is given."""
    slugs = {
        v.slug for a in actions for v in a.villes if v.slug in banque.villes and departement in ("", v.departement)
    }
    return tuple(
        Ligne(banque.villes[slug].nom, f"villes/{slug}/", len(banque.par_ville[slug])) for slug in sorted(slugs)
    )


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


def _regions(
    banque: Banque, gabarits: Gabarits, cartes: Cartes, regions: tuple[Ligne, ...], racine: Fil
) -> Iterator[Page]:
    codes = {f"regions/{banque.referentiel.slug_of_region(code)}/": code for code in banque.referentiel.regions}
    for ligne in regions:
        actions = banque.par_region.get(codes[ligne.chemin], ())
        yield from _place(
            gabarits,
            cartes,
            ligne.titre,
            "Région",
            ligne.chemin,
            actions,
            ligne.enfants,
            "Départements",
            [ACCUEIL, racine],
        )


def _departements(banque: Banque, gabarits: Gabarits, cartes: Cartes, racine: Fil) -> Iterator[Page]:
    referentiel = banque.referentiel
    for code, actions in banque.par_departement.items():
        region = referentiel.region_of[code]
        fil = [ACCUEIL, racine, Fil(referentiel.regions[region], f"regions/{referentiel.slug_of_region(region)}/")]
        villes = ville_lines(banque, actions, code)
        titre = referentiel.departements[code]
        yield from _place(
            gabarits, cartes, titre, f"Département {code}", f"departements/{code}/", actions, villes, "Villes", fil
        )


def _villes(banque: Banque, gabarits: Gabarits, cartes: Cartes, racine: Fil) -> Iterator[Page]:
    referentiel = banque.referentiel
    for slug, actions in banque.par_ville.items():
        lieu = banque.villes[slug]
        departement = referentiel.departements[lieu.departement]
        fil = [
            ACCUEIL,
            racine,
            Fil(referentiel.regions[lieu.region], f"regions/{referentiel.slug_of_region(lieu.region)}/"),
            Fil(departement, f"departements/{lieu.departement}/"),
        ]
        genre = f"{'Commune' if lieu.genre == 'commune' else 'Intercommunalité'}, {departement}"
        yield from _place(gabarits, cartes, lieu.nom, genre, f"villes/{slug}/", actions, (), "", fil)


def _place(
    gabarits: Gabarits,
    cartes: Cartes,
    titre: str,
    genre: str,
    chemin: str,
    actions: Sequence[Action],
    lignes: tuple[Ligne, ...],
    titre_lignes: str,
    fil: list[Fil],
) -> Iterator[Page]:
    for tranche in tranches(actions, chemin, CARDS_A_PAGE):
        contenu = gabarits.render(
            "lieu",
            titre=titre,
            genre=genre,
            total=len(actions),
            tranche=tranche,
            cartes=cartes.list(tranche.actions),
            lignes=lignes,
            titre_lignes=titre_lignes,
            fil=[*fil, Fil(titre)],
        )
        nom = f"{titre} ({genre})" + (f", page {tranche.numero} sur {tranche.total}" if tranche.numero > 1 else "")
        description = f"Les actions pour la santé des habitants racontées par Inspir’Actions : {titre} ({genre})."
        yield Page(tranche.chemin, "territoires", nom, description, contenu, maj=newest(tranche.actions))
