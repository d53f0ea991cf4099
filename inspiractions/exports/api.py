"""The static API, ``/api/v1/``: files that a page of another site reads. ``exports/openapi.py`` describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from inspiractions.base.encoding import as_json
from inspiractions.base.outputs import Batch, SiteFile
from inspiractions.exports.geo import Territoire, territoires
from inspiractions.exports.recit_formats import RecitFormats
from inspiractions.exports.records import bref
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import Facette
from inspiractions.model.vocabulaire import Terme
from inspiractions.story.keys import Keys

API_ROOT = "api/v1/"

JsonObject = dict[str, object]


def make_api(banque: Banque, site_url: str, formats: RecitFormats, keys: Keys) -> Iterator[Batch]:
    """Every file but those of the actions, which are the records themselves; named from the root of the site."""

    @cache
    def brief(identifiant: str) -> bytes:
        return as_json(bref(banque.par_id[identifiant], site_url))

    def listing(
        nom: str, head: JsonObject, actions: Sequence[Action], record: Callable[[Action], bytes] = lambda a: brief(a.id)
    ) -> Batch:
        octets = as_json(head)
        key = keys.key(nom, octets, keys.front_matters(actions))
        return Batch(f"{API_ROOT}{nom}", key, lambda: [_listing(nom, octets, map(record, actions))])

    yield Batch(API_ROOT, keys.key(keys.all_front_matters), lambda: _overviews(banque, site_url))
    yield listing("actions", {"nombre": len(banque.actions)}, banque.actions, formats.light_record)
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            value = {"facette": facette.cle, **_valeur(facette, terme, banque, site_url)}
            yield listing(f"facettes/{facette.adresse}/{terme.id}", value, banque.avec(facette, terme))
    for territoire in territoires(banque):
        yield listing(f"territoires/{territoire.chemin}", _lieu(territoire, site_url), territoire.actions)


def _overviews(banque: Banque, site_url: str) -> Iterator[SiteFile]:
    yield _file("index", _index(banque, site_url))
    yield _file("facettes", {"facettes": [_facette(f, banque, site_url) for f in banque.facettes]})
    groupes = groupby(territoires(banque), lambda t: t.dossier)
    yield _file("territoires", {dossier: [_lieu(t, site_url) for t in some] for dossier, some in groupes})
    yield _file("changements", {"changements": list(_changements(banque))})


def _index(banque: Banque, site_url: str) -> JsonObject:
    liens = ("actions", "facettes", "territoires", "changements", "openapi")
    return {
        "titre": banque.identity.nom,
        "version": "1",
        "licence": banque.identity.licence.nom,
        "licence_url": banque.identity.licence.adresse,
        "nombre": len(banque.actions),
        "date_maj": max((a.date_maj.isoformat() for a in banque.actions), default=None),
        "documentation": f"{site_url}donnees/",
        "liens": {nom: _url(nom, site_url) for nom in liens},
    }


def _facette(facette: Facette, banque: Banque, site_url: str) -> JsonObject:
    return {
        "cle": facette.cle,
        "titre": facette.titre,
        "url": f"{site_url}{facette.adresse}/",
        "valeurs": [_valeur(facette, terme, banque, site_url) for terme in banque.vocabulaire(facette)],
    }


def _valeur(facette: Facette, terme: Terme, banque: Banque, site_url: str) -> JsonObject:
    return {
        "id": terme.id,
        "libelle": terme.libelle,
        "definition": terme.definition,
        "parent": terme.parent or None,
        "nombre": len(banque.avec(facette, terme)),
        "url": site_url + facette.chemin(terme.id),
        "json": _url(f"facettes/{facette.adresse}/{terme.id}", site_url),
    }


def _lieu(territoire: Territoire, site_url: str) -> JsonObject:
    return {
        "genre": territoire.genre,
        "code": territoire.code,
        "nom": territoire.nom,
        "nombre": len(territoire.actions),
        "url": f"{site_url}{territoire.chemin}/",
        "json": _url(f"territoires/{territoire.chemin}", site_url),
    }


def _changements(banque: Banque) -> Iterator[JsonObject]:
    """What happened each day, the newest first, as the dates of the fiches tell it."""
    days: dict[str, dict[str, list[str]]] = {}
    for action in sorted(banque.actions, key=lambda a: a.id):
        days.setdefault(action.date_publication.isoformat(), {}).setdefault("publiees", []).append(action.id)
        if action.verifie_le:
            days.setdefault(action.verifie_le.isoformat(), {}).setdefault("verifiees", []).append(action.id)
    for day, changes in sorted(days.items(), reverse=True):
        yield {"date": day, "publiees": changes.get("publiees", []), "verifiees": changes.get("verifiees", [])}


def _listing(nom: str, head: bytes, records: Iterable[bytes]) -> SiteFile:
    """``head``, an object in JSON, then the records as they were serialised."""
    return SiteFile(f"{API_ROOT}{nom}.json", head[:-1] + b',"actions":[' + b",".join(records) + b"]}\n")


def _file(nom: str, value: object) -> SiteFile:
    return SiteFile(f"{API_ROOT}{nom}.json", as_json(value) + b"\n")


def _url(nom: str, site_url: str) -> str:
    return f"{site_url}{API_ROOT}{nom}.json"
