"""``Dossier``: an introduction and a living selection of actions, as ``dossiers/<id>.md`` tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from inspiractions.model.action import Action
from inspiractions.model.source import Source
from inspiractions.model.types import Jour, Texte, Textes

_RECIT = re.compile(r"\]\(\.\./actions/([a-z0-9-]+)\.md")


class EnTeteDeDossier(BaseModel):
    """The front matter. Field names are the YAML keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titre: Annotated[Texte, Field(max_length=100, description="Le sujet, en 100 signes au plus.")]
    resume: Annotated[Texte, Field(max_length=300, description="Une ou deux phrases, en 300 signes au plus.")]
    selection: Annotated[Texte, Field(description="L’adresse d’une recherche de l’explorateur.")]
    date_publication: Annotated[Jour, Field(description="Première mise en ligne.")]
    genre: Annotated[Literal["sujet", "projet"], Field(description="« projet » : par où commencer.")] = "sujet"
    epingles: Annotated[Textes, Field(description="Les actions montrées d’abord.")] = ()
    exclues: Annotated[Textes, Field(description="Les actions de la sélection à ne pas montrer.")] = ()
    verifie_le: Annotated[Jour | None, Field(description="Dernière relecture de l’introduction.")] = None
    anciens_ids: Annotated[Textes, Field(description="Les anciens noms du fichier : leurs adresses mènent ici.")] = ()


@dataclass(frozen=True)
class Dossier:
    """``adresse``: the search in the explorer, ``?theme=…``; ``trouvees``: how many actions it finds there."""

    source: Source
    entete: EnTeteDeDossier
    adresse: str
    trouvees: int
    epinglees: tuple[Action, ...]
    autres: tuple[Action, ...]

    @property
    def id(self) -> str:
        """The stem of the file: the permanent id."""
        return self.source.stem

    @property
    def chemin(self) -> str:
        """Where it stands on the site."""
        return f"dossiers/{self.id}/"

    @property
    def pdf(self) -> str:
        """The address of its recueil, where one is made."""
        return f"{self.chemin}{self.id}.pdf"

    @property
    def introduction(self) -> str:
        """The Markdown of its text, where ``../actions/<id>.md`` has become the address of the récit on the site."""
        return _RECIT.sub(r"](actions/\1/", self.source.body)

    @property
    def actions(self) -> tuple[Action, ...]:
        """All that it shows, the pinned ones first."""
        return self.epinglees + self.autres

    @property
    def date_maj(self) -> date:
        """The newest date of the introduction and of the actions."""
        own = self.entete.verifie_le or self.entete.date_publication
        return max(own, *(a.date_maj for a in self.actions))
