"""The JSON of an action, made in this one place: every file for machines tells the same under the same keys."""

from __future__ import annotations

from typing import Any

from inspiractions.exports.records import PRIVE
from inspiractions.model.action import Action
from inspiractions.story.permalinks import Deplacement
from inspiractions.story.recit import Recit, chemin_de

Enregistrement = dict[str, Any]

LICENCE = "Licence Ouverte 2.0"
_PLACE = {"nom", "genre", "code", "departement", "region"}
_LEGER: dict[str, Any] = dict.fromkeys(
    ("titre", "resume", "ages", "axes", "qpv", "thematiques", "connaissance", "date_publication"), True
)


def complet(recit: Recit, site_url: str) -> Enregistrement:
    """All that is published of an action; its keys are those of the fiche, then what the bank adds."""
    action = recit.action
    return {
        **_adresses(action, site_url),
        **action.model_dump(mode="json", exclude={*PRIVE}),
        "licence": action.licence or LICENCE,
        "rubriques": [{"id": r.id, "titre": r.titre, "texte": r.texte} for r in action.rubriques],
        "reprises": [reprise.id for reprise in recit.reprises],
        "date_maj": action.date_maj.isoformat(),
        "citation": recit.citation,
    }


def leger(action: Action, site_url: str) -> Enregistrement:
    """What a list shows of an action."""
    return {
        **_adresses(action, site_url),
        **action.model_dump(mode="json", include={**_LEGER, "villes": {"__all__": _PLACE}}),
        "date_maj": action.date_maj.isoformat(),
    }


def retiree(action: Action, site_url: str) -> Enregistrement:
    """What stays of a withdrawn action."""
    return {**_adresses(action, site_url), "statut": "retiree", "titre": action.titre}


def deplacee(deplacement: Deplacement, site_url: str) -> Enregistrement:
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
