"""The régions, départements and cities that have an action, as the API and partners name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspiractions.model.banque import Actions, Banque


@dataclass(frozen=True)
class Territoire:
    """A place and its actions. ``chemin``: the address of its page, without the last slash. Codes: INSEE or SIREN."""

    genre: str
    code: str
    nom: str
    chemin: str
    actions: Actions

    @property
    def dossier(self) -> str:
        """``regions``, ``departements`` or ``villes``."""
        return self.chemin.split("/")[0]


def territoires(banque: Banque) -> Iterator[Territoire]:
    """Régions, then départements, then cities and EPCI."""
    referentiel = banque.referentiel
    for code, actions in banque.par_region.items():
        slug = referentiel.slug_of_region(code)
        yield Territoire("region", code, referentiel.regions[code], f"regions/{slug}", actions)
    for code, actions in banque.par_departement.items():
        yield Territoire("departement", code, referentiel.departements[code], f"departements/{code}", actions)
    for slug, actions in banque.par_ville.items():
        lieu = banque.villes[slug]
        yield Territoire(lieu.genre, lieu.code, lieu.nom, f"villes/{slug}", actions)
