"""The ways into the bank that every peer gets as pages: each facet's terms, then régions, départements and cities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspiractions.model.banque import Actions, Banque
from inspiractions.model.facette import FACETTES


@dataclass(frozen=True)
class Valeur:
    """A page of a group: its address in the group, its name, the actions it lists."""

    id: str
    nom: str
    actions: Actions


@dataclass(frozen=True)
class Groupe:
    """An overview page and the pages of its values; ``adresse`` is their folder."""

    adresse: str
    titre: str
    valeurs: tuple[Valeur, ...]


def facettes(banque: Banque) -> list[Groupe]:
    """One group a facet, with every term of its vocabulary, used or not."""
    return [
        Groupe(f.adresse, f.titre, tuple(Valeur(t.id, t.libelle, banque.avec(f, t)) for t in banque.vocabulaire(f)))
        for f in FACETTES
    ]


def lieux(banque: Banque) -> list[Groupe]:
    """Every région, and the départements and cities that have an action."""
    referentiel = banque.referentiel
    regions = [
        Valeur(referentiel.slug_of_region(code), nom, banque.par_region.get(code, ()))
        for code, nom in referentiel.regions.items()
    ]
    departements = [
        Valeur(code, referentiel.departements[code], actions) for code, actions in banque.par_departement.items()
    ]
    villes = [Valeur(slug, banque.villes[slug].nom, actions) for slug, actions in banque.par_ville.items()]
    return [
        Groupe("regions", "Régions", tuple(regions)),
        Groupe("departements", "Départements", tuple(departements)),
        Groupe("villes", "Villes et intercommunalités", tuple(villes)),
    ]


def classement(groupes: Iterable[Groupe]) -> Mapping[str, Mapping[str, list[str]]]:
    """By id of action, then by address of group, the ids of the values that list it."""
    by_action: dict[str, dict[str, list[str]]] = {}
    for groupe in groupes:
        for valeur in groupe.valeurs:
            for action in valeur.actions:
                by_action.setdefault(action.id, {}).setdefault(groupe.adresse, []).append(valeur.id)
    return by_action
