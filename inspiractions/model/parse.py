"""From a ``Source`` to an ``Action``: types, unknown keys, closed lists; every fault becomes a French sentence at its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.action import Action, fiche_model
from inspiractions.model.source import Place, Source, Value, is_blank
from inspiractions.model.types import ParseContext

Modele = TypeVar("Modele", bound=BaseModel)


def parse_action(source: Source, contexte: ParseContext) -> tuple[Action | None, list[Problem]]:
    """The action, or ``None`` with every problem of its front matter."""
    modele = fiche_model(contexte.vocabulaires)
    action, problems = parse_meta(modele, source, contexte)
    problems += [
        source.problem((cle,), "cle-inconnue", _UNUSED.format(cle)) for cle in modele.sans if cle in source.meta
    ]
    return action.attach(source, contexte.vocabulaires) if action else None, problems


_UNUSED = "cette banque n’emploie pas « {} » (mkdocs.yml, « sans ») : ôtez la ligne."


def parse_meta(modele: type[Modele], source: Source, contexte: ParseContext) -> tuple[Modele | None, list[Problem]]:
    """A front matter as its model, or ``None`` with every problem."""
    read, errors = _validate(modele, source.meta, contexte)
    return read, [_problem(source, d, modele) for d in errors if not _misspelt(d, errors, modele)]


def faults_of(meta: Mapping[str, Value], contexte: ParseContext) -> list[str]:
    """What is wrong with the values of some keys, whatever else a fiche or a group would need."""
    modele = fiche_model(contexte.vocabulaires)
    _, errors = _validate(modele, meta, contexte)
    return [
        _problem(Source("", meta, {}), details, modele).message for details in errors if details["type"] != "missing"
    ]


def _validate(
    modele: type[Modele], meta: Mapping[str, Value], contexte: ParseContext
) -> tuple[Modele | None, list[ErrorDetails]]:
    try:
        given = {cle: value for cle, value in _given(meta, modele).items() if cle not in getattr(modele, "sans", ())}
        return modele.model_validate(given, context=contexte), []
    except ValidationError as error:
        # « too_short » only follows from faulty items: an empty list is a missing key (``_given``).
        return None, [details for details in error.errors() if details["type"] != "too_short"]


def _given(meta: Mapping[str, Value], modele: type[BaseModel]) -> dict[str, Value]:
    """The same without the keys that say nothing, at every level; one that the model does not know stays, to be told."""
    fields = modele.model_fields
    return {
        key: _inside(value, _model_in(fields[key].annotation)) if key in fields else value
        for key, value in meta.items()
        if key not in fields or not is_blank(value) or _strangers(value, _model_in(fields[key].annotation))
    }


def _inside(value: Value, modele: type[BaseModel] | None) -> Value:
    if modele and isinstance(value, dict):
        return _given(value, modele)
    if modele and isinstance(value, list):
        return [_given(item, modele) if isinstance(item, dict) else item for item in value]
    return value


def _strangers(value: Value, modele: type[BaseModel] | None) -> bool:
    """Whether a group that says nothing holds a key that its model does not know."""
    return isinstance(value, dict) and modele is not None and bool(value.keys() - modele.model_fields.keys())


def _misspelt(details: ErrorDetails, errors: list[ErrorDetails], modele: type[BaseModel]) -> bool:
    """Whether a key is missing only because another fault is that same key, misspelt."""
    return details["type"] == "missing" and any(
        other["type"] == "extra_forbidden" and _nearest_key(other["loc"], modele) == details["loc"] for other in errors
    )


def _problem(source: Source, details: ErrorDetails, modele: type[BaseModel]) -> Problem:
    place: Place = tuple(part for part in details["loc"])
    kind, value, ctx = details["type"], details["input"], details.get("ctx", {})
    key = _spell(place)
    match kind:
        case "missing":
            where = place[:-1] if len(place) > 1 else place
            empty = place in source.lines
            advice = f"« {place[-1]}: {_example(place, modele)} »"
            sentence = (
                f"est vide : écrivez par exemple {advice}"
                if empty
                else f"manque : ajoutez une ligne, par exemple {advice}"
            )
            return source.problem(place if empty else where, "cle-obligatoire", f"la clé « {key} » {sentence}.")
        case "extra_forbidden":
            return source.problem(place, "cle-inconnue", _unknown_key(place, modele))
        case "string_too_long" | "too_long" if isinstance(value, str):
            return source.problem(
                place, "longueur", f"« {key} » fait {len(value)} signes ; {ctx['max_length']} au plus : raccourcissez."
            )
        case "string_too_short":
            message = f"« {key} » est vide : écrivez un texte ou effacez la ligne."
        case "string_type" if value is None:
            message = f"« {key} » est vide : écrivez un texte ou effacez la ligne."
        case "string_type":
            message = f"« {key} » attend un texte : écrivez une seule valeur sur la ligne."
        case "tuple_type" if len(_fields_at(place, modele)) < len(modele.model_fields):
            message = f"« {key} » attend une liste : écrivez à la ligne « - {_fields_at(place, modele)[0]}: … », avec {_keys_of(place, modele)}."
        case "tuple_type":
            message = f"« {key} » attend une liste : écrivez {key}: [{_scalar(value)}]."
        case "too_long":
            message = f"« {key} » compte {ctx['actual_length']} valeurs ; {ctx['max_length']} au plus : gardez les plus parlantes."
        case "model_type" | "model_attributes_type" | "dict_type":
            message = f"« {key} » attend des lignes « clé: valeur » en retrait : {_keys_of(place, modele)}."
        case "literal_error":
            message = f"« {value} » n’est pas admis pour « {key} » : écrivez {_quoted(ctx['expected'])}."
        case _:
            message = f"{key} : {ctx.get('texte', details['msg'])}"
    return source.problem(place, _RULES.get(kind, str(place[0])), message)


# The names of the rules that the types themselves hold; a value's own fault bears the name of its key.
_RULES = {
    "string_too_short": "texte",
    "string_type": "texte",
    "tuple_type": "liste",
    "too_long": "longueur",
    "model_type": "groupe",
    "model_attributes_type": "groupe",
    "dict_type": "groupe",
    "literal_error": "valeur",
}


# Asked again for each key that misses.
@lru_cache(maxsize=20_000)
def _nearest_key(place: Place, modele: type[BaseModel]) -> Place | None:
    near = nearest(str(place[-1]), _fields_at(place[:-1], modele))
    return (*place[:-1], near) if near else None


def _unknown_key(place: Place, modele: type[BaseModel]) -> str:
    near = _nearest_key(place, modele)
    advice = (
        f"vouliez-vous « {near[-1]} » ?"
        if near
        else f"les clés admises sont {', '.join(_fields_at(place[:-1], modele))}."
    )
    return f"clé inconnue « {_spell(place)} » ; {advice}"


def _fields_at(place: Place, modele: type[BaseModel]) -> list[str]:
    """The keys of the model at that place of a front matter."""
    model = modele
    sans = getattr(modele, "sans", ()) if not place else ()
    for part in place:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation) or model
    return [cle for cle in model.model_fields if cle not in sans]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for arg in get_args(annotation) if (inner := _model_in(arg))), None)


def _keys_of(place: Place, modele: type[BaseModel]) -> str:
    return ", ".join(_fields_at(place, modele))


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


def _example(place: Place, modele: type[BaseModel]) -> str:
    """What a key may say; of a facet that a bank declares, its list is told."""
    key = str(place[-1])
    closed = len(place) == 1 and get_origin(modele.model_fields[key].annotation) is tuple
    return _EXAMPLES.get(key, f"[une valeur de vocabulaire/{key}.yml]" if closed else "un texte")


_EXAMPLES = {
    "titre": "Ateliers cuisine du quartier",
    "resume": "Une ou deux phrases qui disent l’action",
    "porteur": "Ville de Grenoble",
    "alt": "Deux personnes plantent un arbre",
    "texte": "le texte exact",
    "date": "2026-01-31",
    "ages": "[0-3]",
    "axes": "[action-communautaire]",
    "date_publication": "2026-01-31",
    "qpv": "inconnu",
    "thematiques": "[sante-mentale]",
    "villes": "[Aubervilliers]",
    "selection": '"?theme=sante-mentale"',
    "url": "https://exemple.fr/bilan",
    "connaissance": "sources-publiques",
}
