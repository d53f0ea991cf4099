"""The static API, ``/api/v1/``: files that a page of another site reads.

``api/v1/openapi.json``: its OpenAPI 3.1 description, written from the same schemas as its files.

The régions, départements and cities that have an action, as the API and partners name them. ``actions.geojson`` (RFC 7946): a
point an action and city, so that every city of an action is on the map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from inspiractions.base.outputs import Batch, SiteFile, as_json
from inspiractions.exports.records import Schema, bref, leger, record_schemas
from inspiractions.exports.tables import RecitFormats
from inspiractions.model.action import Action, fiche_model
from inspiractions.model.banque import Actions, Banque
from inspiractions.model.facette import Facette
from inspiractions.model.vocabulaire import Terme
from inspiractions.story.keys import Keys

_TEXTE: Schema = {"type": "string"}
_URL: Schema = {"type": "string", "format": "uri"}
_JOUR: Schema = {"type": "string", "format": "date"}
_NOMBRE: Schema = {"type": "integer", "minimum": 0}
_IDS: Schema = {"type": "array", "items": _TEXTE}


def make_openapi(site_url: str, banque: Banque) -> Schema:
    """The description. What it promises is on the page ``donnees/engagements``."""
    identity = banque.identity
    identifiant = _parameter("id", "L’identifiant de l’action : la fin de son adresse.")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"API {identity.de_nom}",
            "version": "1",
            "description": "Des fichiers JSON, sans clé ni quota. Une clé peut s’ajouter, aucune ne disparaît : "
            f"voir {site_url}donnees/engagements/. Le récit d’une action se lit aussi en Markdown : "
            f"{site_url}actions/{{id}}/index.md.",
            "license": {"name": identity.licence.nom, "url": identity.licence.adresse},
        },
        "servers": [{"url": f"{site_url}api/v1"}],
        "paths": {
            "/index.json": _get("Ce que la banque contient", "Index"),
            "/actions.json": _get("Toutes les actions, en bref", "Liste"),
            "/actions/{id}.json": _get("Une action, avec son récit", "ActionOuAvis", identifiant),
            "/facettes.json": _get("Les entrées de la banque et leurs valeurs", "Facettes"),
            "/facettes/{facette}/{id}.json": _get(
                "Les actions d’une valeur",
                "ActionsDUneValeur",
                _parameter("facette", "Le dossier de la facette.", [facette.adresse for facette in banque.facettes]),
                _parameter("id", "L’identifiant de la valeur."),
            ),
            "/territoires.json": _get("Les régions, départements et villes", "Territoires"),
            "/territoires/{dossier}/{id}.json": _get(
                "Les actions d’un territoire",
                "ActionsDUnTerritoire",
                _parameter("dossier", "Le genre de territoire.", ["regions", "departements", "villes"]),
                _parameter("id", "Le nom de la région, le code du département ou le nom de la ville, comme dans l’adresse de sa page."),
            ),
            "/changements.json": _get("Ce qui a changé, jour par jour", "Changements"),
            "/openapi.json": _get("Cette description", "Description"),
        },
        "components": {"schemas": _schemas(banque)},
    }  # fmt: skip


def _schemas(banque: Banque) -> dict[str, Schema]:
    records = record_schemas(fiche_model(banque.vocabulaires), "#/components/schemas/{model}")
    action = records["Action"]["properties"]
    lieu = records["Lieu"]["properties"]
    light = ("id", "url", "json", "titre", "resume", "villes", "ages", "axes", "qpv", "thematiques", "connaissance", "date_publication", "date_maj")  # fmt: skip
    legere = {key: action[key] for key in light if key in action}
    legere["villes"] = {"type": "array", "items": _ref("LieuBref")}
    breve = {key: legere[key] for key in ("id", "url", "json", "titre", "villes", "date_publication", "date_maj")}
    breves = {"actions": _list(_ref("ActionBreve"))}
    valeur = {
        "id": _TEXTE, "libelle": _TEXTE, "definition": _TEXTE, "parent": {"type": ["string", "null"]},
        "nombre": _NOMBRE, "url": _URL, "json": _URL,
    }  # fmt: skip
    territoire = {"genre": _TEXTE, "code": _TEXTE, "nom": _TEXTE, "nombre": _NOMBRE, "url": _URL, "json": _URL}
    adresses = {key: action[key] for key in ("id", "url", "json")}
    liens = _object(dict.fromkeys(("actions", "facettes", "territoires", "changements", "openapi"), _URL))
    return {
        **records,
        "LieuBref": _object({key: lieu[key] for key in ("genre", "code", "nom", "departement", "region")}),
        "ActionLegere": _object(legere),
        "ActionBreve": _object(breve),
        "ActionRetiree": _object({**adresses, "statut": {"const": "retiree"}, "titre": _TEXTE}),
        "ActionDeplacee": _object({**adresses, "statut": {"const": "deplacee"}, "titre": _TEXTE, "nouvel_id": _TEXTE}),
        "ActionOuAvis": {"oneOf": [_ref("Action"), _ref("ActionRetiree"), _ref("ActionDeplacee")]},
        "Index": _object({
            "titre": _TEXTE, "version": {"const": "1"}, "licence": _TEXTE, "licence_url": _URL, "nombre": _NOMBRE,
            "date_maj": {"type": ["string", "null"], "format": "date"}, "documentation": _URL, "liens": liens,
        }),
        "Liste": _object({"nombre": _NOMBRE, "actions": _list(_ref("ActionLegere"))}),
        "Valeur": _object(valeur),
        "Facettes": _object({"facettes": _list(_object({"cle": _TEXTE, "titre": _TEXTE, "url": _URL, "valeurs": _list(_ref("Valeur"))}))}),
        "ActionsDUneValeur": _object({"facette": _TEXTE, **valeur, **breves}),
        "Territoire": _object(territoire),
        "Territoires": _object({nom: _list(_ref("Territoire")) for nom in ("regions", "departements", "villes")}, required=()),
        "ActionsDUnTerritoire": _object({**territoire, **breves}),
        "Changements": _object({"changements": _list(_object({"date": _JOUR, "publiees": _IDS, "verifiees": _IDS}))}),
        "Description": {"type": "object", "required": ["openapi", "info", "paths"]},
    }  # fmt: skip


def _object(properties: dict[str, Schema], required: tuple[str, ...] | None = None) -> Schema:
    """An object whose keys are all there, unless told otherwise."""
    names = list(properties) if required is None else list(required)
    return {"type": "object", "additionalProperties": False, "required": names, "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(nom: str) -> Schema:
    return {"$ref": f"#/components/schemas/{nom}"}


def _parameter(nom: str, description: str, values: list[str] | None = None) -> Schema:
    schema: dict[str, Any] = {**_TEXTE, "enum": values} if values else _TEXTE
    return {"name": nom, "in": "path", "required": True, "description": description, "schema": schema}


def _get(summary: str, schema: str, *parameters: Schema) -> Schema:
    answers = {
        "200": {"description": "Le fichier.", "content": {"application/json": {"schema": _ref(schema)}}},
        "404": {"description": "Rien à cette adresse : une page HTML le dit."},
    }
    operation: Schema = {"summary": summary, "operationId": f"lire{schema}", "responses": answers}
    return {"get": {**operation, "parameters": list(parameters)} if parameters else operation}


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
