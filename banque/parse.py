"""From a ``Source`` to an ``Action``: types, unknown keys, closed lists; every fault becomes a French sentence at its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from banque.action import Action
from banque.champs import Contexte
from banque.problem import Problem
from banque.source import Place, Source, Value
from banque.text import nearest


def parse_action(source: Source, contexte: Contexte) -> tuple[Action | None, list[Problem]]:
    """The action, or ``None`` with every problem of its front matter."""
    filled = _without_empty(source.meta)
    try:
        action = Action.model_validate(filled, context=contexte)
    except ValidationError as error:
        # « too_short » only follows from faulty items: an empty list is a missing key (_without_empty).
        return None, [_problem(source, details) for details in error.errors() if details["type"] != "too_short"]
    return action.attach(source, contexte.vocabulaires), []


def _without_empty(meta: Mapping[str, Value]) -> dict[str, Value]:
    """A key without a value is « non renseigné », as if it were not there; same for the parts of a mapping."""
    return {
        key: _without_empty(value) if isinstance(value, dict) else value
        for key, value in meta.items()
        if value is not None and value != [] and value != {}
    }


def _problem(source: Source, details: ErrorDetails) -> Problem:
    place: Place = tuple(part for part in details["loc"])
    kind, value, ctx = details["type"], details["input"], details.get("ctx", {})
    key = _spell(place)
    match kind:
        case "missing":
            where = place[:-1] if len(place) > 1 else place
            empty = place in source.lines
            said = "est vide" if empty else "manque"
            return source.problem(
                place if empty else where,
                "cle-obligatoire",
                f"la clé « {key} » {said} : écrivez « {place[-1]}: {_example(str(place[-1]))} ».",
            )
        case "extra_forbidden":
            return source.problem(place, "cle-inconnue", _unknown_key(place))
        case "string_too_long":
            return source.problem(
                place,
                "longueur",
                f"« {key} » fait {len(str(value))} signes ; {ctx['max_length']} au plus : raccourcissez.",
            )
        case "string_too_short":
            message = f"« {key} » est vide : écrivez un texte ou effacez la ligne."
        case "string_type" if value is None:
            message = f"« {key} » est vide : écrivez un texte ou effacez la ligne."
        case "string_type":
            message = f"« {key} » attend un texte : écrivez une seule valeur sur la ligne."
        case "tuple_type" if len(_fields_at(place)) < len(Action.model_fields):
            message = f"« {key} » attend une liste : écrivez à la ligne « - {_fields_at(place)[0]}: … », avec {_keys_of(place)}."
        case "tuple_type":
            message = f"« {key} » attend une liste : écrivez {key}: [{_scalar(value)}]."
        case "too_long":
            message = f"« {key} » compte {ctx['actual_length']} valeurs ; {ctx['max_length']} au plus : gardez les plus parlantes."
        case "model_type" | "model_attributes_type" | "dict_type":
            message = f"« {key} » attend des lignes « clé: valeur » en retrait : {_keys_of(place)}."
        case "literal_error":
            message = f"« {value} » n’est pas admis pour « {key} » : écrivez {_quoted(ctx['expected'])}."
        case _:
            message = f"{key} : {ctx.get('texte', details['msg'])}"
    return source.problem(place, kind if kind != "regle" else str(place[0]), message)


def _unknown_key(place: Place) -> str:
    known = _fields_at(place[:-1])
    near = nearest(str(place[-1]), known)
    advice = f"vouliez-vous « {near} » ?" if near else f"les clés admises sont {', '.join(known)}."
    return f"clé inconnue « {_spell(place)} » ; {advice}"


def _fields_at(place: Place) -> list[str]:
    """The keys of the model at that place of an action."""
    model: type[BaseModel] = Action
    for part in place:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _keys_of(place: Place) -> str:
    return ", ".join(_fields_at(place))


def _spell(place: Place) -> str:
    """``("sources", 0, "url")`` → ``sources[1].url``: items counted from 1, as people do."""
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _quoted(expected: str) -> str:
    """« 'a', 'b' or 'c' » as French writes it."""
    return re.sub(r"'([^']*)'", r"« \1 »", expected).replace(" or ", " ou ")


def _scalar(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 60 else "…"


_EXAMPLES = {
    "ages": '["0-3"]',
    "axes": "[action-communautaire]",
    "date_publication": "2026-01-31",
    "qpv": "inconnu",
    "thematiques": "[sante-mentale]",
    "villes": "[Aubervilliers]",
    "url": "https://…",
    "connaissance": "sources-publiques",
}


def _example(key: str) -> str:
    return _EXAMPLES.get(key, "…")
