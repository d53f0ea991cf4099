"""``actions.geojson`` (RFC 7946): a point an action and city, so that every city of an action is on the map."""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.encoding import as_json
from inspiractions.exports.enregistrement import leger
from inspiractions.model.banque import Banque


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
