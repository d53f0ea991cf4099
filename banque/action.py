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
    # The English docstrings stay out of the JSON Schema, whose descriptions are the fields' own.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        json_schema_extra=lambda schema: schema.pop("description", None),
    )


class Quartier(_Partie):
    """A neighbourhood; the code is that of the décrets 2014-1750 (QP…) or 2023-1314 (QN…)."""

    nom: Annotated[Texte, Field(description="Le nom du quartier.")]
    code: Annotated[
        Annotated[Texte, AfterValidator(code_quartier)] | None,
        Field(description="Son code : QP… (2015-2023) ou QN… (depuis 2024)."),
    ] = None


class Periode(_Partie):
    """When: years or months. No ``fin``: in progress; ``inconnue``: nobody knows whether it goes on."""

    debut: Annotated[Debut | None, Field(description="Une année (2019) ou un mois (2019-09).")] = None
    fin: Annotated[
        Fin | None, Field(description="Une année, un mois, ou « inconnue » ; absente, l’action est en cours.")
    ] = None
    precision: Annotated[Texte | None, Field(description="Ce qui précise la période.")] = None


class Budget(_Partie):
    """Money, as the city wrote it."""

    fonctionnement: Annotated[Texte | None, Field(description="Le fonctionnement.")] = None
    investissement: Annotated[Texte | None, Field(description="L’investissement.")] = None
    contribution: Annotated[Texte | None, Field(description="La part de la collectivité.")] = None
    financeurs: Annotated[Texte | None, Field(description="Qui finance.")] = None
    precision: Annotated[Texte | None, Field(description="Ce qui précise le budget.")] = None


class Contact(_Partie):
    """Whom to write to: a service and a generic mailbox, never a person."""

    service: Annotated[Texte | None, Field(description="Le service.")] = None
    fonction: Annotated[Texte | None, Field(description="La fonction, jamais le nom d’une personne.")] = None
    courriel: Annotated[Texte | None, Field(description="Une boîte générique.")] = None


class Lien(_Partie):
    """A public document."""

    titre: Annotated[Texte, Field(description="Le titre du document.")]
    url: Annotated[Url, Field(description="Son adresse, en https.")]


class Illustration(_Partie):
    """A file of ``actions/images/<id>/`` and what it shows, for those who do not see it."""

    fichier: Annotated[Texte, Field(description="Le nom du fichier, dans actions/images/<identifiant>/.")]
    alt: Annotated[Texte, Field(description="Ce que l’image montre, pour qui ne la voit pas.")]
    legende: Annotated[Texte | None, Field(description="La légende.")] = None
    credit: Annotated[Texte | None, Field(description="Le crédit.")] = None


class Consentement(_Partie):
    """A person's recorded agreement that this exact text about them is published."""

    texte: Annotated[Texte, Field(description="Le texte exact qui est publié.")]
    date: Annotated[Jour, Field(description="La date de l’accord.")]


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
    service_pilote: Annotated[Texte | None, Field(description="Le service qui pilote.")] = None
    role_collectivite: Annotated[Texte | None, Field(description="Le rôle de la collectivité.")] = None
    role_service_sante: Annotated[Texte | None, Field(description="Le rôle du service santé.")] = None
    services_elus: Annotated[Textes, Field(description="Les services et les délégations d’élus associés.")] = ()
    partenaires: Annotated[Textes, Field(description="Les partenaires.")] = ()
    budget: Annotated[Budget | None, Field(description="Le budget, dans les mots de la ville.")] = None
    leviers: Annotated[tuple[Levier, ...], Field(description="Ce qui a aidé.")] = ()
    freins: Annotated[tuple[Frein, ...], Field(description="Ce qui a fait obstacle.")] = ()
    inspiree_de: Annotated[
        Textes, Field(description="Les identifiants des actions de la banque dont celle-ci s’inspire.")
    ] = ()
    contact: Annotated[Contact | None, Field(description="À qui écrire : un service, une boîte générique.")] = None
    sources: Annotated[tuple[Lien, ...], Field(description="Les documents publics d’où vient la fiche.")] = ()
    documents: Annotated[tuple[Lien, ...], Field(description="Les documents à consulter.")] = ()
    illustrations: Annotated[tuple[Illustration, ...], Field(description="Les images.")] = ()
    champs_deduits: Annotated[
        Textes, Field(description="Les clés et les rubriques que la rédaction a déduites des faits.")
    ] = ()
    date_redaction: Annotated[Jour | None, Field(description="La date de rédaction par la ville.")] = None
    verifie_le: Annotated[Jour | None, Field(description="La date de la dernière vérification.")] = None
    statut: Annotated[
        Literal["publiee", "brouillon", "retiree"],
        Field(description="publiee, brouillon (pas en ligne) ou retiree (l’adresse garde un avis)."),
    ] = "publiee"
    anciens_ids: Annotated[
        Textes, Field(description="Les anciens identifiants de la fiche : leurs adresses mènent à celle-ci.")
    ] = ()
    licence: Annotated[
        Texte | None, Field(description="La licence, si ce n’est pas celle de la banque (Licence Ouverte 2.0).")
    ] = None
    consentements: Annotated[
        tuple[Consentement, ...], Field(description="Les accords écrits de personnes citées.")
    ] = ()

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
