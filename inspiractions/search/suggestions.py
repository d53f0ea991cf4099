"""What is offered as one types: themes, régions, départements and cities, by every name that they have."""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.encoding import as_json
from inspiractions.base.outputs import SiteFile
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES
from inspiractions.search.shards import hashed

Row = tuple[str, str, str, int, list[str]]
"""Kind, label, address, number of actions, other names."""


def suggestions_file(banque: Banque) -> SiteFile:
    """The themes and places that have an action, in JSON."""
    rows = [row for row in (*_themes(banque), *_areas(banque), *_cities(banque)) if row[3]]
    return hashed("v", as_json(rows))


def _themes(banque: Banque) -> Iterator[Row]:
    facette = next(f for f in FACETTES if f.parametre == "theme")
    for terme in banque.vocabulaire(facette):
        actions = banque.avec(facette, terme)
        yield "theme", terme.court, f"{facette.adresse}/{terme.id}/", len(actions), [terme.libelle, *terme.synonymes]


def _areas(banque: Banque) -> Iterator[Row]:
    referentiel = banque.referentiel
    usual: dict[str, list[str]] = {}
    for row in referentiel.noms_usuels:
        codes = row["territoires"].split()
        if len(codes) == 1:
            usual.setdefault(codes[0], []).append(row["nom"])
    for code, actions in banque.par_region.items():
        address = f"regions/{referentiel.slug_of_region(code)}/"
        yield "region", referentiel.regions[code], address, len(actions), usual.get(f"r-{code}", [])
    for code, actions in banque.par_departement.items():
        nom = referentiel.departements[code]
        others = [nom, code, *usual.get(f"d-{code}", [])]
        yield "departement", f"{nom} ({code})", f"departements/{code}/", len(actions), others


def _cities(banque: Banque) -> Iterator[Row]:
    for slug, lieu in banque.villes.items():
        yield "ville", lieu.nom, f"villes/{slug}/", len(banque.par_ville[slug]), []
