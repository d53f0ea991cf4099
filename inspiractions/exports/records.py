"""The JSON Schema of a fiche and that of a published action, both from the one model.

The JSON of an action, made in this one place: every file for machines tells the same under the same keys.
"""

from __future__ import annotations

from typing import Any

from inspiractions.model.action import Action, fiche_model
from inspiractions.model.vocabulaire import Vocabulaire, Vocabulaires
from inspiractions.story.labels import COSTS, costs_of
from inspiractions.story.permalinks import Redirection
from inspiractions.story.recit import Recit, chemin_de

DIALECTE = "https://json-schema.org/draft/2020-12/schema"
# What a fiche holds and nobody is told.
PRIVE = ("consentements",)

Schema = dict[str, Any]

_LIEU = {
    "genre": "commune, epci, departement ou region.",
    "code": "Code INSEE (commune, département, région) ou SIREN (intercommunalité).",
    "nom": "Le nom officiel.",
    "slug": "La fin de l’adresse de sa page : villes/<slug>/.",
    "departement": "Code du département ; vide pour une région de plusieurs départements.",
    "region": "Code de la région.",
    "population": "Habitants ; 0 si elle n’est pas connue.",
    "lon": "Longitude en degrés (WGS 84) de la mairie, ou de celle de la plus grande commune.",
    "lat": "Latitude en degrés (WGS 84).",
}
_AJOUTS: Schema = {
    "id": {"type": "string", "description": "L’identifiant permanent."},
    "url": {"type": "string", "format": "uri", "description": "L’adresse permanente du récit."},
    "json": {"type": "string", "format": "uri", "description": "L’adresse de ces données."},
    "licence": {"type": "string", "description": "La licence."},
    "rubriques": {
        "type": "array",
        "description": "Le récit, dans l’ordre de la fiche.",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["id", "titre", "texte"],
            "properties": {
                "id": {"type": "string", "description": "L’identifiant de la rubrique ; r-… si la ville l’a ajoutée."},
                "titre": {"type": "string", "description": "Le titre de la rubrique."},
                "texte": {"type": "string", "description": "Le texte, en Markdown."},
            },
        },
    },
    "reprises": {
        "type": "array",
        "description": "Les identifiants des actions qui s’inspirent de celle-ci.",
        "items": {"type": "string"},
    },
    "date_maj": {"type": "string", "format": "date", "description": "La plus récente des dates de la fiche."},
    "citation": {"type": "string", "description": "Comment citer le récit."},
    "cout": {
        "anyOf": [{"type": "string", "enum": [*COSTS]}, {"type": "null"}],
        "description": "L’ordre de coût, en euros, d’après le plus grand de ses montants.",
    },
}


def fiche_schema(vocabulaires: Vocabulaires) -> Schema:
    """What the front matter of ``actions/<id>.md`` may hold; the closed lists are enums with their labels."""
    schema = _of_bank(_tidy(fiche_model(vocabulaires).model_json_schema(), nullable=False), vocabulaires)
    schema["$defs"].pop("Mois", None)
    schema["$defs"] |= {
        nom: _closed_list(v) for nom, v in vocabulaires.items() if nom not in ("rubriques", *vocabulaires.sans)
    }
    return {"$schema": DIALECTE, "title": "En-tête d’une fiche d’action", **schema}


def record_schemas(modele: type[Action], refs: str = "#/$defs/{model}") -> dict[str, Schema]:
    """The schema of a published action and of its parts, by name; every key is always there. ``modele``: that of the bank; ``refs``: where parts stand."""
    action = _tidy(modele.model_json_schema(mode="serialization", ref_template=refs), nullable=True)
    parts = action.pop("$defs")
    parts["Lieu"]["properties"] = {k: {**v, "description": _LIEU[k]} for k, v in parts["Lieu"]["properties"].items()}
    for nom in ("Consentement", "Mois"):
        parts.pop(nom, None)
    kept = {k: v for k, v in action["properties"].items() if k not in (*PRIVE, *modele.sans)}
    kept["statut"] = {"const": "publiee", "description": "Une action en ligne."}
    first = {k: _AJOUTS[k] for k in ("id", "url", "json")}
    schemas = {"Action": {**action, "properties": first | kept | _AJOUTS}, **parts}
    for schema in schemas.values():
        schema["required"] = list(schema["properties"])
    return schemas


def _of_bank(schema: Schema, vocabulaires: Vocabulaires) -> Schema:
    """Without the keys that the bank does not have."""
    for cle in vocabulaires.sans:
        schema["properties"].pop(cle)
    return schema


def _tidy(value: Any, nullable: bool) -> Any:
    """Without pydantic's English titles and defaults, nor ``null`` where an absent key is left out."""
    if isinstance(value, list):
        return [_tidy(item, nullable) for item in value]
    if not isinstance(value, dict):
        return value
    if nom := value.get("vocabulaire"):
        description = {"description": value["description"]} if "description" in value else {}
        ids = f"Un identifiant de donnees/vocabulaires/{nom}.json."
        return (
            {"type": "string", "description": ids, **description}
            if nullable
            else {"$ref": f"#/$defs/{nom}", **description}
        )
    tidy = {k: _tidy(v, nullable) for k, v in value.items() if k not in ("title", "default")}
    choices = [c for c in tidy.get("anyOf", ()) if nullable or c != {"type": "null"}]
    if len(choices) == 1:
        del tidy["anyOf"]
        tidy = choices[0] | tidy
    return tidy


def _closed_list(vocabulaire: Vocabulaire) -> Schema:
    return {
        "type": "string",
        "enum": [terme.id for terme in vocabulaire],
        "oneOf": [{"const": t.id, "title": t.libelle, "description": t.definition} for t in vocabulaire],
    }


Enregistrement = dict[str, Any]

_PLACE = {"nom", "genre", "code", "departement", "region"}
_LEGER: dict[str, Any] = dict.fromkeys(
    ("titre", "resume", "ages", "axes", "qpv", "thematiques", "connaissance", "date_publication"), True
)


def complet(recit: Recit, site_url: str, licence: str) -> Enregistrement:
    """All that is published of an action; its keys are those of the fiche, then what the bank adds. ``licence``: its name."""
    action = recit.action
    return {
        **_adresses(action, site_url),
        **action.model_dump(mode="json", exclude={*PRIVE}),
        "licence": action.licence or licence,
        "rubriques": [{"id": r.id, "titre": r.titre, "texte": r.texte} for r in action.rubriques],
        "reprises": [reprise.id for reprise in recit.reprises],
        "date_maj": action.date_maj.isoformat(),
        "citation": recit.citation,
        "cout": next(iter(costs_of(action)), None),
    }


def leger(action: Action, site_url: str) -> Enregistrement:
    """What a list shows of an action."""
    return {
        **_adresses(action, site_url),
        **action.model_dump(mode="json", include={**_LEGER, "villes": {"__all__": _PLACE}}),
        "date_maj": action.date_maj.isoformat(),
    }


def bref(action: Action, site_url: str) -> Enregistrement:
    """What the list of a value or of a place says of an action: it stands in some twenty of them, and all of it is one file away."""
    return {
        **_adresses(action, site_url),
        **action.model_dump(
            mode="json", include={"titre": True, "villes": {"__all__": _PLACE}, "date_publication": True}
        ),
        "date_maj": action.date_maj.isoformat(),
    }


def retiree(action: Action, site_url: str) -> Enregistrement:
    """What stays of a withdrawn action."""
    return {**_adresses(action, site_url), "statut": "retiree", "titre": action.titre}


def deplacee(deplacement: Redirection, site_url: str) -> Enregistrement:
    """Where the action of a former id went."""
    ancien, nouveau = (chemin.split("/")[1] for chemin in (deplacement.ancienne, deplacement.nouvelle))
    return {
        "id": ancien,
        "statut": "deplacee",
        "titre": deplacement.nom,
        "nouvel_id": nouveau,
        "url": site_url + deplacement.nouvelle,
        "json": json_de(nouveau, site_url),
    }


def json_de(identifiant: str, site_url: str) -> str:
    """The absolute address of the JSON of an action in the API."""
    return f"{site_url}api/v1/actions/{identifiant}.json"


def _adresses(action: Action, site_url: str) -> Enregistrement:
    return {"id": action.id, "url": site_url + chemin_de(action), "json": json_de(action.id, site_url)}
