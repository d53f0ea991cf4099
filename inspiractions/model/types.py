"""The types of the front matter's values: each reads a text and says in French what is wrong with it.

And what the schema says of each field, for those who ask questions, draw a form or write a file: read from ``Action`` itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from inspiractions.base.kept_values import kept
from inspiractions.model.territoire import Lieu, Referentiel, UnknownLieu
from inspiractions.model.vocabulaire import Vocabulaires

_QUARTIER = re.compile(r"QP[0-9AB]{6}|QN[0-9AB]{5}[IMN]")
_EUROS = re.compile(r"[1-9][0-9]{0,11}")
_MOIS = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
COURRIEL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
# No user before the host (« https://ville.fr@ailleurs.example »), no sign that browsers read as another.
LIEN_SUR = re.compile(r"https://(?=[^\s/?#.])[^\s/?#.@\[\]\\<>\"]*+(?:\.[^\s/?#.@\[\]\\<>\"]++)++(?:[/?#]\S*)?")
# Beyond, a list of ids is not read: the message names the file only.
_FEW = 20
_JOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Browsers and PDF readers cut longer addresses, and the PDFs of the bank cannot hold them.
MAX_URL = 2000
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class ParseContext:
    """What a value is checked against."""

    vocabulaires: Vocabulaires
    referentiel: Referentiel


@kept
@dataclass(frozen=True, order=True)
class Mois:
    """A year, or a month of a year (0 where only the year is known)."""

    annee: int
    mois: int = 0

    @property
    def iso(self) -> str:
        """``2019`` or ``2019-09``."""
        return f"{self.annee:04d}-{self.mois:02d}" if self.mois else f"{self.annee:04d}"


def fault(message: str) -> PydanticCustomError:
    """A fault told by a French sentence."""
    # Braces would be read as fields of the template.
    return PydanticCustomError("regle", "{texte}", {"texte": message})


def _lieu(value: Any, info: ValidationInfo[ParseContext]) -> Lieu:
    if not isinstance(value, str):
        raise fault("écrivez un nom de commune ou d’intercommunalité.")
    try:
        lieu: Lieu = info.context.referentiel.resolve(value)
    except UnknownLieu as error:
        raise fault(str(error)) from error
    return lieu


def _jour(value: Any) -> date:
    if not isinstance(value, str) or not _JOUR.fullmatch(value):
        raise fault(f"« {value} » n’est pas une date : écrivez AAAA-MM-JJ, par exemple 2024-03-15.")
    try:
        jour = date.fromisoformat(value)
    except ValueError:
        raise fault(f"le {value} n’existe pas au calendrier : corrigez le jour ou le mois.") from None
    if jour.year not in _YEARS:
        raise fault(f"l’année de « {value} » n’est pas entre {_YEARS[0]} et {_YEARS[-1]} : corrigez-la.")
    return jour


def _mois(value: Any) -> Mois:
    match = _MOIS.fullmatch(value) if isinstance(value, str) else None
    if not match or int(match[1]) not in _YEARS:
        raise fault(f"« {value} » n’est ni une année ni un mois : écrivez 2019 ou 2019-09.")
    return Mois(int(match[1]), int(match[2] or 0))


def _annee(value: Any) -> str:
    if not isinstance(value, str) or not value.isdecimal() or int(value) not in _YEARS:
        raise fault(f"« {value} » n’est pas une année : écrivez-en une en quatre chiffres, par exemple 2019.")
    return value


def _euros(value: Any) -> int:
    if not isinstance(value, str) or not _EUROS.fullmatch(value):
        raise fault(f"« {value} » n’est pas un nombre d’euros : écrivez-le sans espace ni signe, par exemple 8500.")
    return int(value)


def _fin(value: Any) -> Mois | Literal["inconnue"]:
    return "inconnue" if value == "inconnue" else _mois(value)


def _url(value: str) -> str:
    if not LIEN_SUR.fullmatch(value):
        raise fault(f"« {value} » n’est pas un lien sûr : écrivez une adresse complète en https://.")
    if len(value) > MAX_URL:
        raise fault(
            f"« {value} » compte {len(value)} signes : une adresse en a {MAX_URL} au plus, citez la page qui y mène."
        )
    return value


def _courriel(value: str) -> str:
    if not COURRIEL.fullmatch(value):
        raise fault(f"« {value} » n’est pas une adresse de courriel : écrivez-en une seule, comme sante@ville.fr.")
    return value


def _code_quartier(value: str) -> str:
    if not _QUARTIER.fullmatch(value):
        raise fault(
            f"« {value} » n’est pas un code de quartier : QP et six chiffres (2015-2023), ou QN, cinq chiffres et I, M ou N (depuis 2024)."
        )
    return value


def _written(value: str) -> str:
    if value in ("…", "..."):
        raise fault("« … » n’est pas une valeur : écrivez un texte, ou effacez la ligne.")
    return value


@dataclass(frozen=True)
class TextKind:
    """Marks what a text must look like, for those who ask for it (``FicheField``)."""

    genre: Literal["lieu", "jour", "mois", "url", "quartier", "fiche", "cle", "image", "id", "courriel"]


Texte = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_written)]
Textes = tuple[Texte, ...]
Url = Annotated[Texte, AfterValidator(_url), TextKind("url")]
Jour = Annotated[date, BeforeValidator(_jour), TextKind("jour")]
Debut = Annotated[
    Mois,
    BeforeValidator(_mois),
    PlainSerializer(lambda value: value.iso),
    WithJsonSchema({"type": "string", "pattern": f"^{_MOIS.pattern}$"}),
    TextKind("mois"),
]
Annee = Annotated[
    str, BeforeValidator(_annee), WithJsonSchema({"type": "string", "pattern": r"^\d{4}$"}), TextKind("annee")
]
# A fiche writes digits, which its readers take for a text or for a number; what is published is a number.
Euros = Annotated[
    int,
    BeforeValidator(_euros),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_EUROS.pattern}$", "minimum": 1}, mode="validation"),
    WithJsonSchema({"type": "integer", "minimum": 1}, mode="serialization"),
    TextKind("nombre"),
]
Fin = Annotated[
    Mois | Literal["inconnue"],
    BeforeValidator(_fin),
    PlainSerializer(lambda value: value.iso if isinstance(value, Mois) else value),
    WithJsonSchema({"type": "string", "pattern": f"^({_MOIS.pattern}|inconnue)$"}),
    TextKind("mois"),
]
# A fiche names a place; what is published tells all of it.
UneVille = Annotated[
    Lieu,
    BeforeValidator(_lieu),
    WithJsonSchema({"type": "string", "minLength": 1}, mode="validation"),
    TextKind("lieu"),
]
Courriel = Annotated[Texte, AfterValidator(_courriel), TextKind("courriel")]
CodeQuartier = Annotated[Texte, AfterValidator(_code_quartier), TextKind("quartier")]
UneFiche = Annotated[Texte, TextKind("fiche")]
UneCle = Annotated[Texte, TextKind("cle")]
UneImage = Annotated[Texte, TextKind("image")]
UnAncienId = Annotated[Texte, TextKind("id")]


@dataclass(frozen=True)
class DuVocabulaire:
    """Marks a text as an id of ``vocabulaire/<nom>.yml``; the JSON Schema names the vocabulary."""

    nom: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "vocabulaire": self.nom}

    def _check(self, value: str, info: ValidationInfo[ParseContext]) -> str:
        vocabulaire = info.context.vocabulaires[self.nom]
        if value in vocabulaire:
            return value
        near = vocabulaire.suggest(value)
        advice = (
            f"vouliez-vous « {near.id} » ({near.libelle}) ?"
            if near
            else f"écrivez l’un de {', '.join(vocabulaire.termes)}."
            if len(vocabulaire.termes) <= _FEW
            else "écrivez l’un de ses identifiants."
        )
        raise fault(f"« {value} » n’est pas dans vocabulaire/{self.nom}.yml ; {advice}")


Age = Annotated[Texte, DuVocabulaire("ages")]
Axe = Annotated[Texte, DuVocabulaire("axes")]
Qpv = Annotated[Texte, DuVocabulaire("qpv")]
Thematique = Annotated[Texte, DuVocabulaire("thematiques")]
Determinant = Annotated[Texte, DuVocabulaire("determinants")]
Public = Annotated[Texte, DuVocabulaire("publics")]
Campagne = Annotated[Texte, DuVocabulaire("campagnes")]
Echelle = Annotated[Texte, DuVocabulaire("echelles")]
Connaissance = Annotated[Texte, DuVocabulaire("connaissance")]
Evaluation = Annotated[Texte, DuVocabulaire("evaluations")]
Levier = Annotated[Texte, DuVocabulaire("leviers")]
Frein = Annotated[Texte, DuVocabulaire("freins")]


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
