"""What the schema says of each field, for those who ask questions, draw a form or write a file: read from ``Action`` itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from inspiractions.model.types import DuVocabulaire, TextKind

Genre = Literal[
    "texte",
    "terme",
    "lieu",
    "jour",
    "mois",
    "annee",
    "nombre",
    "url",
    "quartier",
    "fiche",
    "cle",
    "image",
    "id",
    "courriel",
    "choix",
    "groupe",
]


@dataclass(frozen=True)
class FicheField:
    """One key of the front matter, or of a group of keys.

    ``maximum`` counts signs of a text, values of a list (0: no limit). ``choix``: the values of a ``choix``.
    """

    cle: str
    genre: Genre
    titre: str
    description: str
    requis: bool
    liste: bool = False
    maximum: int = 0
    vocabulaire: str = ""
    choix: tuple[str, ...] = ()
    defaut: str = ""
    enfants: Mapping[str, FicheField] = field(default_factory=dict)


@cache
def champs_de(modele: type[BaseModel]) -> Mapping[str, FicheField]:
    """The fields of a model, in its order."""
    return {
        cle: _champ(cle, info) for cle, info in modele.model_fields.items() if cle not in getattr(modele, "sans", ())
    }


def _champ(cle: str, info: FieldInfo) -> FicheField:
    marks = [*_marks(info.annotation), *info.metadata]
    liste = any(get_origin(part) is tuple for part in (info.annotation, *get_args(info.annotation)))
    modele = _first(marks, lambda m: isinstance(m, type) and issubclass(m, BaseModel))
    vocabulaire = _first(marks, lambda m: isinstance(m, DuVocabulaire))
    forme = _first(marks, lambda m: isinstance(m, TextKind))
    choix = () if forme else get_args(_first(marks, _is_literal))
    # The limit of the field itself, not that of the items of a list.
    longueur = _first(info.metadata, lambda m: isinstance(m, MaxLen))
    genre: Genre = (
        "groupe" if modele else "terme" if vocabulaire else forme.genre if forme else "choix" if choix else "texte"
    )
    return FicheField(
        cle,
        genre,
        info.title or cle,
        info.description or "",
        info.is_required(),
        liste,
        longueur.max_length if longueur else 0,
        vocabulaire.nom if vocabulaire else "",
        choix,
        info.default if isinstance(info.default, str) else "",
        champs_de(modele) if modele else {},
    )


def _marks(annotation: Any) -> Iterator[Any]:
    """Every type and mark inside an annotation."""
    yield annotation
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        if not isinstance(part, str):
            yield from _marks(part)


def _is_literal(mark: Any) -> bool:
    origin: Any = get_origin(mark)
    return origin is Literal


def _first(marks: list[Any], wanted: Any) -> Any:
    return next((mark for mark in marks if wanted(mark)), None)
