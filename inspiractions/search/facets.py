"""Facet columns: for each facet, which of its values each action bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from inspiractions.base.outputs import SiteFile, as_json, compressed_parts
from inspiractions.base.text import gettext, message, slugify
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Lieu
from inspiractions.search.postings import hashed, varints
from inspiractions.story import labels
from inspiractions.story.labels import COSTS, SIZES, costs_of, sizes_of
from inspiractions.story.review import TOLD, told_in

# The filters that have no vocabulary of their own: key in the address, title, place among all (``Facette.rang``).
_OTHERS = {
    "territoire": (message("Territoire"), 3),
    "taille": (message("Taille de la commune"), 4),
    "donne": (message("La fiche donne"), 11),
    "cout": (message("Ordre de coût"), 12),
    "debut": (message("Début"), 13),
    "etat": (message("État"), 14),
    "echelle": (message("Échelle"), 15),
}
_ETATS = {"en-cours": message("En cours"), "terminee": message("Terminée"), "inconnu": message("Non renseigné")}


@dataclass
class FacetColumn:
    """A filter: its values in order, and for each action the ranks of those it bears.

    ``cle``: its key in the address of the explorer; ``place``: where it stands among the others there.
    ``adresse``: the folder of its values' pages, where they have some and their id names them. ``aide``: what is said above them.
    """

    cle: str
    titre: str
    place: int
    valeurs: list[dict[str, object]]
    rangs: list[list[int]]
    adresse: str = ""
    ouverte: bool = False
    aide: str = ""


Told = Sequence[Collection[str]]
"""The ids of ``TOLD`` of each action, where they are known; to find them is to unfold every récit."""

_MOST_NAMED = 10
"""Values of a facet that the manifest names; of one that has more, its own file does."""


def facet_contents(banque: Banque, told: Told = ()) -> Iterator[tuple[dict[str, object], Sequence[bytes]]]:
    """The description of each facet for the manifest, and its content, in parts that are each compressed by itself.

    Content: a line (the values in JSON, or the key of the facet, where the manifest names them), then ``encoded_ranks``. Cities
    bear their INSEE or SIREN code, those of their EPCI and EPT, and where they are.
    """
    for cle, colonne in facet_columns(banque, told).items():
        many = len(colonne.valeurs) > _MOST_NAMED
        description = {
            "cle": cle,
            "titre": colonne.titre,
            "adresse": colonne.adresse,
            "ouverte": colonne.ouverte,
            **({} if many else {"valeurs": colonne.valeurs}),
            **({"aide": colonne.aide} if colonne.aide else {}),
        }
        values = as_json(colonne.valeurs) if many else cle.encode()
        yield description, [values + b"\n", *encoded_ranks(colonne)]


_MOST_SETS = 128


def encoded_ranks(column: FacetColumn) -> Sequence[bytes]:
    """The ranks that each action bears, as LEB128, but those of what holds another one of them: the reader knows.

    How many sets of ranks there are, each as its ranks plus one, closed by 0; then, for each action, the number of its own. Where
    they are too many to weigh less so: 0 and how many ranks each action bears; the first of each that bears some; then, of each
    that bears more, how far each other one is from the next after the one before.
    """
    rank_of = {valeur["id"]: rank for rank, valeur in enumerate(column.valeurs)}
    parents = [rank_of.get(valeur["parent"]) for valeur in column.valeurs]
    sets = [
        tuple(rank for rank in rangs if not any(parents[other] == rank for other in rangs)) for rangs in column.rangs
    ]
    numbers = {ranks: number for number, (ranks, _) in enumerate(Counter(sets).most_common())}
    alone = [
        varints((0, *map(len, sets))),
        varints(rank for ranks in sets for rank in ranks[:1]),
        varints(rank - before - 1 for ranks in sets for before, rank in pairwise(ranks)),
    ]
    if len(numbers) > _MOST_SETS:
        return alone
    together = [varints((len(numbers), *_closed(numbers))), varints(numbers[ranks] for ranks in sets)]
    return min(alone, together, key=lambda parts: len(compressed_parts(parts)))


def _closed(sets: Iterable[Iterable[int]]) -> Iterator[int]:
    return (number for ranks in sets for number in (*(rank + 1 for rank in ranks), 0))


def facet_columns(banque: Banque, told: Told = ()) -> dict[str, FacetColumn]:
    """Every facet by its key in the address of the explorer, in the order in which the explorer shows them."""
    columns = (*_of_vocabularies(banque), *_others(banque, told), _territoire(banque))
    return {column.cle: column for column in sorted(columns, key=lambda column: column.place)}


def _of_vocabularies(banque: Banque) -> Iterator[FacetColumn]:
    for facette in banque.facettes:
        vocabulaire = banque.vocabulaire(facette)
        valeurs: list[dict[str, object]] = [
            {"id": t.id, "libelle": t.court, "parent": t.parent or None} for t in vocabulaire
        ]
        rangs_of = {t.id: [vocabulaire.rangs[i] for i in (t.id, t.parent) if i] for t in vocabulaire}
        ids = map(facette.ids, banque.actions)
        rangs = [sorted({rang for i in some for rang in rangs_of[i]}) for some in ids]
        yield FacetColumn(
            facette.parametre,
            facette.singulier,
            facette.rang,
            valeurs,
            rangs,
            facette.adresse,
            facette.ouverte,
            facette.aide,
        )


def _others(banque: Banque, told: Told) -> Iterator[FacetColumn]:
    actions, freins = banque.actions, banque.vocabulaires["freins"]
    echelles = {t.id: t.court for t in banque.vocabulaires["echelles"]}
    yield _simple("echelle", echelles, (_one(a.echelle) for a in actions))
    yield _simple("taille", SIZES, map(sizes_of, actions))
    yield _simple("donne", TOLD, told or (told_in(a, freins) for a in actions))
    yield _simple("cout", COSTS, map(costs_of, actions))
    yield _simple("etat", _ETATS, (_one(_etat(a)) for a in actions))
    lustres = [labels.lustre(a) for a in actions]
    debuts = sorted({*lustres} - {""}, reverse=True)
    yield _simple("debut", {d: f"{d}-{int(d) + 4}" for d in debuts}, map(_one, lustres))


def _etat(action: Action) -> str:
    shown = labels.etat(action)
    return next((identifiant for identifiant, nom in _ETATS.items() if shown == gettext(nom)), "inconnu")


def _one(identifiant: str | None) -> Collection[str]:
    return (identifiant,) if identifiant else ()


def _simple(cle: str, noms: Mapping[str, str], borne: Iterable[Collection[str]]) -> FacetColumn:
    """``borne``: the ids that each action bears."""
    ids = list(noms)
    valeurs: list[dict[str, object]] = [{"id": i, "libelle": gettext(nom), "parent": None} for i, nom in noms.items()]
    titre, place = _OTHERS[cle]
    return FacetColumn(cle, gettext(titre), place, valeurs, [sorted(map(ids.index, some)) for some in borne])


def _territoire(banque: Banque) -> FacetColumn:
    """Régions, then départements, then cities; an action bears each level of each of its places."""
    referentiel = banque.referentiel
    valeurs: list[dict[str, object]] = [
        {
            "id": f"r-{code}",
            "libelle": referentiel.regions[code],
            "parent": None,
            "adresse": f"regions/{referentiel.slug_of_region(code)}/",
        }
        for code in sorted(banque.par_region, key=referentiel.slug_of_region)
    ]
    valeurs += [
        {
            "id": f"d-{code}",
            "libelle": f"{referentiel.departements[code]} ({code})",
            "parent": f"r-{referentiel.region_of[code]}",
            "adresse": f"departements/{code}/",
        }
        for code in banque.par_departement
    ]
    valeurs += [
        {
            "id": f"v-{slug}",
            "libelle": v.nom,
            "parent": f"d-{v.departement}",
            "codes": [v.code, *referentiel.around(v.code)],
            "lon": v.lon,
            "lat": v.lat,
        }
        for slug, v in banque.villes.items()
    ]
    rang = {v["id"]: i for i, v in enumerate(valeurs)}
    rangs = [
        sorted({rang[i] for v in a.villes for i in (f"r-{v.region}", f"d-{v.departement}", _city(v)) if i in rang})
        for a in banque.actions
    ]
    titre, place = _OTHERS["territoire"]
    return FacetColumn("territoire", gettext(titre), place, valeurs, rangs)


def _city(lieu: Lieu) -> str:
    """The id of a city; a département may bear the name of one, as Vienne does."""
    return f"v-{lieu.slug}" if lieu.genre in ("commune", "epci") else ""


def city_order(banque: Banque) -> SiteFile:
    """The documents sorted by city, then title, as LEB128."""
    ordre = sorted(
        range(len(banque.actions)), key=lambda i: (slugify(banque.actions[i].chef_de_file.nom), banque.actions[i].titre)
    )
    return hashed("o", varints(ordre))
