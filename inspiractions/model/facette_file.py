"""What a file of ``vocabulaire/`` says of its facet, above its terms: « facette: » then « termes: »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from inspiractions.base.paths import PROJECT
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.facette import FACETTES, Facette
from inspiractions.model.identity import Identity
from inspiractions.model.source import Place, Source, Value

_TEXTS = ("titre", "singulier", "entier", "ensemble", "presentation", "description")
_SWITCHES = ("carte", "obligatoire", "ouverte")
_NUMBERS = ("ordre", "maximum")
_KEYS = (*_TEXTS, *_SWITCHES, *_NUMBERS)
# A key of YAML, of Python, of an address and of a column at once.
_CLE = re.compile(r"[a-z][a-z0-9]{2,30}")
# The folders of the site that no page of docs/ holds.
_FOLDERS = frozenset(["admin", "api", "assets", "communes", "departements", "oembed", "recherche", "regions", "villes"])
# After the product's own, before what tells the state of a fiche.
_ORDRE = 8


class FacetReader:
    """Reads the head of one file. ``facette``: that of the product, with what the file changes; or a new one (``is_own``); or none."""

    def __init__(self, source: Source, facette: Facette | None, is_own: bool, identity: Identity) -> None:
        self._source, self._is_own, self._identity = source, is_own, identity
        self.facette = facette
        self.problems: list[Problem] = []

    def split(self, value: Value) -> tuple[Value, Place]:
        """The entries, and where they stand in the file."""
        if not isinstance(value, dict):
            if self.facette is None and self._is_own:
                self._tell(
                    (),
                    "ce vocabulaire n’est pas de ceux du produit : commencez par « facette: {titre: …, singulier: …} », puis « termes: ».",
                )
            return value, ()
        head = value.get("facette")
        for key in value:
            if key not in ("facette", "termes"):
                self._tell(
                    (key,),
                    f"clé inconnue « {key} » : un vocabulaire est une liste d’entrées « - id: … », ou « facette: » puis « termes: ».",
                )
        if self.facette is None and not self._is_own:
            self._tell(("facette",), "ce vocabulaire n’est pas une facette : ôtez « facette: ».")
        elif not isinstance(head, dict):
            self._tell(("facette",), "« facette » attend des clés : titre: …, singulier: …")
        else:
            self._read(head)
        return value.get("termes"), ("termes",)

    def _tell(self, place: Place, message: str) -> None:
        self.problems.append(self._source.problem(place or 1, "vocabulaire", message))

    def _read(self, head: Mapping[str, Value]) -> None:
        values: dict[str, Any] = {key: self._value(key, value) for key, value in head.items() if self._is_known(key)}
        values = {key: value for key, value in values.items() if value not in (None, "")}
        ordre = values.pop("ordre", None)
        changes: dict[str, Any] = {**values, **({"rang": ordre} if ordre is not None else {})}
        if self.facette:
            self.facette = replace(self.facette, **changes)
        elif self._is_free():
            for key in ("titre", "singulier"):
                if key not in values:
                    self._tell(("facette",), f"sous « facette », il manque « {key} ».")
                    return
            cle = self._source.stem
            self.facette = Facette(cle=cle, adresse=cle, parametre=cle, **{"rang": _ORDRE, **changes}, propre=True)

    def _is_known(self, key: str) -> bool:
        if key in _KEYS:
            return True
        near = nearest(key, _KEYS)
        self._tell(
            ("facette", key),
            f"clé inconnue « {key} » : "
            + (f"vouliez-vous « {near} » ?" if near else f"écrivez l’une de {', '.join(_KEYS)}."),
        )
        return False

    def _value(self, key: str, value: Value) -> object:
        if key in _TEXTS and isinstance(value, str) and not re.search(r"[<>\"]", value):
            return self._identity.fill(" ".join(value.split()))
        if key in _SWITCHES and value in ("oui", "non", True, False):
            return value in ("oui", True)
        if key in _NUMBERS and str(value).isdecimal():
            return int(str(value))
        wanted = (
            "un texte sans « < », « > » ni guillemet droit"
            if key in _TEXTS
            else "oui ou non"
            if key in _SWITCHES
            else "un nombre"
        )
        self._tell(("facette", key), f"« {key} » attend {wanted}.")
        return None

    def _is_free(self) -> bool:
        """Whether the name of the file may be a key of the fiches and a folder of the site."""
        # Here, not above: the model of a fiche reads its closed lists, and so this file.
        from inspiractions.model.action import Action

        name = self._source.stem
        known = {facette.parametre for facette in FACETTES} | {facette.adresse for facette in FACETTES}
        taken = name in (*Action.model_fields, *known, *_FOLDERS) or (PROJECT / "docs" / name).exists()
        if not _CLE.fullmatch(name) or taken or hasattr(Action, name):
            self._tell(
                (),
                f"« {name} » ne peut être le nom d’une facette : renommez le fichier, en minuscules sans accent ni tiret, d’un mot qui ne soit pas déjà une clé ou une adresse.",
            )
            return False
        return True
