"""The groups of keys of a fiche: what a period, a budget, a link… is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from inspiractions.model.types import CodeQuartier, Courriel, Debut, Fin, Jour, Texte, UneImage, Url


class Partie(BaseModel):
    """What the schema is made of: frozen, and without unknown keys."""

    # The English docstrings stay out of the JSON Schema, whose descriptions are the fields' own.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        json_schema_extra=lambda schema: schema.pop("description", None),
    )


class Quartier(Partie):
    """A neighbourhood; the code is that of the décrets 2014-1750 (QP…) or 2023-1314 (QN…)."""

    nom: Annotated[Texte, Field(title="Nom du quartier", description="Tel que les habitants le disent.")]
    code: Annotated[
        CodeQuartier | None,
        Field(
            title="Code",
            description="QP et six chiffres (2015-2023), ou QN, cinq chiffres et une lettre (depuis 2024).",
        ),
    ] = None


class Periode(Partie):
    """When: years or months. No ``fin``: in progress; ``inconnue``: nobody knows whether it goes on."""

    debut: Annotated[Debut | None, Field(title="Début", description="Une année (2019) ou un mois (2019-09).")] = None
    fin: Annotated[
        Fin | None,
        Field(
            title="Fin",
            description="Vide si l’action est en cours ; « inconnue » si personne ne sait si elle continue.",
        ),
    ] = None
    precision: Annotated[Texte | None, Field(title="Précision", description="Ce que les deux dates ne disent pas.")] = (
        None
    )


class Budget(Partie):
    """Money, as the city wrote it."""

    fonctionnement: Annotated[
        Texte | None, Field(title="Fonctionnement", description="Par exemple : 8 500 € par an.")
    ] = None
    investissement: Annotated[Texte | None, Field(title="Investissement", description="Travaux, matériel, étude.")] = (
        None
    )
    contribution: Annotated[
        Texte | None, Field(title="Part de la collectivité", description="En argent ou en temps.")
    ] = None
    financeurs: Annotated[
        Texte | None, Field(title="Financeurs", description="Qui paie, avec la part de chacun si elle est connue.")
    ] = None
    precision: Annotated[
        Texte | None, Field(title="Précision", description="Convient quand on ne peut pas répartir.")
    ] = None


class Contact(Partie):
    """Whom to write to: a service and a generic mailbox, never a person."""

    service: Annotated[Texte | None, Field(title="Service", description="Le service à qui écrire.")] = None
    fonction: Annotated[Texte | None, Field(title="Fonction", description="Jamais de nom.")] = None
    courriel: Annotated[
        Courriel | None,
        Field(title="Courriel", description="Une boîte générique : sante@…, contact@… Pas celle d’une personne."),
    ] = None


class Lien(Partie):
    """A public document."""

    titre: Annotated[Texte, Field(title="Titre du document", description="Ce que le lecteur y trouvera.")]
    url: Annotated[Url, Field(title="Adresse", description="Commence par https://.")]


class Illustration(Partie):
    """A file of ``actions/images/<id>/`` and what it shows, for those who do not see it."""

    fichier: Annotated[UneImage, Field(title="Image", description="JPEG, PNG ou WebP, 1 Mo au plus.")]
    alt: Annotated[Texte, Field(title="Ce que l’image montre", description="Une phrase, pour qui ne la voit pas.")]
    legende: Annotated[Texte | None, Field(title="Légende", description="Ce que le lecteur lira sous l’image.")] = None
    credit: Annotated[Texte | None, Field(title="Crédit", description="La ville, le service ; pas une personne.")] = (
        None
    )


class Consentement(Partie):
    """A person's recorded agreement that this exact text about them is published."""

    texte: Annotated[
        Texte, Field(title="Texte exact", description="Le nom ou l’adresse que la personne accepte de voir publié.")
    ]
    date: Annotated[
        Jour, Field(title="Date de l’accord", description="AAAA-MM-JJ. La preuve est gardée hors des fichiers publics.")
    ]
