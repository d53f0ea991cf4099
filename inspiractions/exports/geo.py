"""The régions, départements and cities that have an action, as the API and partners name them.

``actions.geojson`` (RFC 7946): a point an action and city, so that every city of an action is on the map.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspiractions.base.encoding import as_json
from inspiractions.exports.records import leger
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


def make_geojson(banque: Banque, site_url: str) -> Iterator[bytes]:
    """A feature a line. A département or a région has no point: its geometry is null. ``porteuse``: the city that leads."""
    yield b'{"type":"FeatureCollection","features":[\n'
    first = True
    for action in banque.actions:
        properties = leger(action, site_url)
        del properties["villes"]
        for rang, ville in enumerate(action.villes):
            geometry = None if ville.lon is None else {"type": "Point", "coordinates": [ville.lon, ville.lat]}
            place = {"ville": ville.nom, "code": ville.code, "genre": ville.genre, "porteuse": rang == 0}
            feature = {
                "type": "Feature",
                "id": f"{action.id}-{ville.code}",
                "geometry": geometry,
                "properties": {**properties, **place, "departement": ville.departement, "region": ville.region},
            }
            yield (b"" if first else b",\n") + as_json(feature)
            first = False
    yield b"\n]}\n"
