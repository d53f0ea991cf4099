"""``api/v1/openapi.json``: the OpenAPI 3.1 description of the static API, written from the same schemas as its files."""

from __future__ import annotations

from typing import Any

from inspiractions.exports.records import Schema, record_schemas
from inspiractions.model.action import fiche_model
from inspiractions.model.banque import Banque

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
