"""What is offered as one types: themes, régions, départements and cities, what helped and what hindered, by every name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inspiractions.base.outputs import SiteFile, as_json
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES
from inspiractions.search.postings import hashed

Row = tuple[str, str, str, int, list[str]]
"""Kind, label, address, number of actions, other names."""


def suggestions_file(banque: Banque) -> SiteFile:
    """The themes, places, leviers and freins that have an action, in JSON."""
    terms = (row for kind in ("theme", "levier", "frein") for row in _terms(banque, kind))
    rows = [row for row in (*terms, *_areas(banque), *_cities(banque)) if row[3]]
    return hashed("v", as_json(rows))


def _terms(banque: Banque, kind: str) -> Iterator[Row]:
    """The terms of the facet that has ``kind`` for its key in addresses."""
    facette = next(f for f in FACETTES if f.parametre == kind)
    for terme in banque.vocabulaire(facette):
        actions = banque.avec(facette, terme)
        yield kind, terme.court, f"{facette.adresse}/{terme.id}/", len(actions), [terme.libelle, *terme.synonymes]


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
    names = Counter(lieu.nom for lieu in banque.villes.values())
    for slug, lieu in banque.villes.items():
        one_of_many = names[lieu.nom] > 1
        label = f"{lieu.nom} ({lieu.departement})" if one_of_many else lieu.nom
        yield "ville", label, f"villes/{slug}/", len(banque.par_ville[slug]), [lieu.nom] if one_of_many else []
