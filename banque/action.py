"""The one schema: an ``Action`` and its parts. Field names are the YAML keys; field descriptions document them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr

from banque.champs import (
    Age,
    Axe,
    Campagne,
    Connaissance,
    Debut,
    Determinant,
    Echelle,
    Fin,
    Frein,
    Jour,
    Levier,
    Public,
    Qpv,
    Texte,
    Textes,
    Thematique,
    UneVille,
    Url,
    code_quartier,
)
from banque.source import Source
from banque.territoire import Lieu
from banque.text import slugify
from banque.vocabulaire import Terme, Vocabulaire, Vocabulaires

MAX_ID = 80


@dataclass(frozen=True)
class Rubrique:
    """One part of the récit. ``id`` is that of the vocabulary, or a slug where the city added its own heading."""

    id: str
    titre: str
    texte: str
    line: int


class _Partie(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Quartier(_Partie):
    """A neighbourhood; the code is that of the décrets 2014-1750 (QP…) or 2023-1314 (QN…)."""

    nom: Texte
    code: Annotated[Texte, AfterValidator(code_quartier)] | None = None


class Periode(_Partie):
    """When: years or months. No ``fin``: in progress; ``inconnue``: nobody knows whether it goes on."""

    debut: Debut | None = None
    fin: Fin | None = None
    precision: Texte | None = None


class Budget(_Partie):
    """Money, as the city wrote it."""

    fonctionnement: Texte | None = None
    investissement: Texte | None = None
    contribution: Texte | None = None
    financeurs: Texte | None = None
    precision: Texte | None = None


class Contact(_Partie):
    """Whom to write to: a service and a generic mailbox, never a person."""

    service: Texte | None = None
    fonction: Texte | None = None
    courriel: Texte | None = None


class Lien(_Partie):
    """A public document."""

    titre: Texte
    url: Url


class Illustration(_Partie):
    """A file of ``actions/images/<id>/`` and what it shows, for those who do not see it."""

    fichier: Texte
    alt: Texte
    legende: Texte | None = None
    credit: Texte | None = None


class Consentement(_Partie):
    """A person's recorded agreement that this exact text about them is published."""

    texte: Texte
    date: Jour


class Action(_Partie):
    """What a city did, as ``actions/<id>.md`` tells it."""

    titre: Annotated[Texte, Field(max_length=140, description="Le nom de l’action, en 140 signes au plus.")]
    resume: Annotated[Texte, Field(max_length=300, description="Une ou deux phrases, en 300 signes au plus.")]
    villes: Annotated[
        tuple[UneVille, ...],
        Field(min_length=1, description="Communes ou intercommunalités, la première porte l’action."),
    ]
    ages: Annotated[tuple[Age, ...], Field(min_length=1, description="Tranches d’âge.")]
    axes: Annotated[tuple[Axe, ...], Field(min_length=1, description="Axes de la charte d’Ottawa.")]
    qpv: Annotated[Qpv, Field(description="L’action touche-t-elle un quartier prioritaire ?")]
    thematiques: Annotated[tuple[Thematique, ...], Field(min_length=1, max_length=6, description="De un à six thèmes.")]
    porteur: Annotated[Texte, Field(description="Qui porte ou pilote l’action.")]
    connaissance: Annotated[Connaissance, Field(description="Sur quoi la fiche repose.")]
    date_publication: Annotated[Jour, Field(description="Première mise en ligne.")]
    quartiers: Annotated[tuple[Quartier, ...], Field(description="Quartiers concernés.")] = ()
    determinants: Annotated[
        tuple[Determinant, ...], Field(description="Déterminants de la santé mentale (formulaire C).")
    ] = ()
    publics: Annotated[tuple[Public, ...], Field(description="À qui l’action s’adresse.")] = ()
    campagne: Annotated[Campagne | None, Field(description="Le recueil qui a fait connaître l’action.")] = None
    periode: Annotated[Periode | None, Field(description="Début, fin, précision.")] = None
    echelle: Annotated[Echelle | None, Field(description="Échelle du territoire concerné.")] = None
    perimetre: Annotated[
        Texte | None, Field(max_length=200, description="Le territoire concerné, dans les mots de la ville.")
    ] = None
    service_pilote: Texte | None = None
    role_collectivite: Texte | None = None
    role_service_sante: Texte | None = None
    services_elus: Textes = ()
    partenaires: Textes = ()
    budget: Budget | None = None
    leviers: tuple[Levier, ...] = ()
    freins: tuple[Frein, ...] = ()
    inspiree_de: Textes = ()
    contact: Contact | None = None
    sources: tuple[Lien, ...] = ()
    documents: tuple[Lien, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    champs_deduits: Textes = ()
    date_redaction: Jour | None = None
    verifie_le: Jour | None = None
    statut: Literal["publiee", "brouillon", "retiree"] = "publiee"
    anciens_ids: Textes = ()
    licence: Texte | None = None
    consentements: tuple[Consentement, ...] = ()

    _source: Source = PrivateAttr()
    _rubriques: tuple[Rubrique, ...] = PrivateAttr(default=())

    @cached_property
    def id(self) -> str:
        """The stem of the file: the permanent id. Kept: a private attribute of a model is slow to reach."""
        return self._source.stem

    @property
    def source(self) -> Source:
        """The file that tells the action."""
        return self._source

    @property
    def rubriques(self) -> tuple[Rubrique, ...]:
        """The parts of the récit that hold text, in the order of the file."""
        return self._rubriques

    @property
    def chef_de_file(self) -> Lieu:
        """The place that leads."""
        return self.villes[0]

    @property
    def date_maj(self) -> date:
        """The newest date that the fiche bears."""
        return max(d for d in (self.date_publication, self.verifie_le, self.date_redaction) if d)

    @cached_property
    def rubriques_par_id(self) -> Mapping[str, Rubrique]:
        """The same, by id."""
        return {r.id: r for r in self._rubriques}

    def attach(self, source: Source, vocabulaires: Vocabulaires) -> Action:
        """Tie the action to the file it was read from."""
        self._source = source
        self._rubriques = tuple(
            Rubrique(canonical.id, canonical.libelle, section.texte.strip("\n"), section.line)
            if (canonical := rubrique_de(section.titre, vocabulaires["rubriques"]))
            else Rubrique(f"r-{slugify(section.titre)}", section.titre, section.texte.strip("\n"), section.line)
            for section in source.sections
            if section.texte.strip()
        )
        return self


def rubrique_de(titre: str, rubriques: Vocabulaire) -> Terme | None:
    """The canonical rubrique that a heading names by its label, its short label or its id."""
    return rubriques.par_nom.get(slugify(titre))
