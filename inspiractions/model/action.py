"""The one schema: an ``Action`` and its parts. Field names are the YAML keys; field descriptions document them.

The groups of keys of a fiche: what a period, a budget, a link… is made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, create_model

from inspiractions.base.digests import digest
from inspiractions.base.kept_values import dump, kept, load
from inspiractions.base.text import slugify
from inspiractions.model.facette import Facette
from inspiractions.model.source import Source
from inspiractions.model.territoire import Lieu
from inspiractions.model.types import (
    Age,
    Annee,
    Axe,
    Campagne,
    CodeQuartier,
    Connaissance,
    Courriel,
    Debut,
    Determinant,
    DuVocabulaire,
    Echelle,
    Euros,
    Evaluation,
    Fin,
    Frein,
    Jour,
    Levier,
    Public,
    Qpv,
    Texte,
    Textes,
    Thematique,
    UnAncienId,
    UneCle,
    UneFiche,
    UneImage,
    UneVille,
    Url,
)
from inspiractions.model.vocabulaire import Terme, Vocabulaire, Vocabulaires


class FicheModel(BaseModel):
    """What the schema is made of: frozen, and without unknown keys."""

    # The English docstrings stay out of the JSON Schema, whose descriptions are the fields' own.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        json_schema_extra=lambda schema: schema.pop("description", None),
    )


@kept
class Quartier(FicheModel):
    """A neighbourhood; the code is that of the décrets 2014-1750 (QP…) or 2023-1314 (QN…)."""

    nom: Annotated[Texte, Field(title="Nom du quartier", description="Tel que les habitants le disent.")]
    code: Annotated[
        CodeQuartier | None,
        Field(
            title="Code",
            description="QP et six chiffres (2015-2023), ou QN, cinq chiffres et une lettre (depuis 2024).",
        ),
    ] = None


@kept
class Periode(FicheModel):
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


@kept
class Montant(FicheModel):
    """An amount that the words of the budget hold. Without ``par``, the source does not say for how long."""

    euros: Annotated[Euros, Field(title="Euros", description="Un nombre entier, sans espace ni signe : 8500.")]
    par: Annotated[
        Literal["total", "an", "trimestre", "mois"] | None,
        Field(title="Par", description="« total » pour une dépense faite une fois ; vide si la source ne le dit pas."),
    ] = None
    annee: Annotated[Annee | None, Field(title="Année", description="Celle de la somme, si la source la dit.")] = None
    objet: Annotated[
        Texte | None,
        Field(title="Objet", description="Ce que la somme couvre, ou qui la donne.", max_length=120),
    ] = None


@kept
class Budget(FicheModel):
    """Money, as the city wrote it, and as amounts."""

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
    montants: Annotated[
        tuple[Montant, ...],
        Field(
            title="Montants",
            description="Les sommes que les lignes ci-dessus disent, en nombres : le filtre « Ordre de coût » les lit.",
        ),
    ] = ()


@kept
class ChiffreCle(FicheModel):
    """The figure that sums up what an action gave, pulled out of its results."""

    valeur: Annotated[
        Texte,
        Field(title="Valeur", description="Le chiffre et son unité, écrits comme dans le récit : 86 %.", max_length=24),
    ]
    compte: Annotated[
        Texte,
        Field(
            title="Ce qu’il compte",
            description="La suite de la phrase : des bénéficiaires sont logés à 24 mois.",
            max_length=120,
        ),
    ]


@kept
class Contact(FicheModel):
    """Whom to write to: a service and a generic mailbox, never a person."""

    service: Annotated[Texte | None, Field(title="Service", description="Le service à qui écrire.")] = None
    fonction: Annotated[Texte | None, Field(title="Fonction", description="Jamais de nom.")] = None
    courriel: Annotated[
        Courriel | None,
        Field(title="Courriel", description="Une boîte générique : sante@…, contact@… Pas celle d’une personne."),
    ] = None


@kept
class Lien(FicheModel):
    """A public document."""

    titre: Annotated[Texte, Field(title="Titre du document", description="Ce que le lecteur y trouvera.")]
    url: Annotated[Url, Field(title="Adresse", description="Commence par https://.")]


@kept
class Illustration(FicheModel):
    """A file of ``actions/images/<id>/`` and what it shows, for those who do not see it."""

    fichier: Annotated[UneImage, Field(title="Image", description="JPEG, PNG ou WebP, 1 Mo au plus.")]
    alt: Annotated[Texte, Field(title="Ce que l’image montre", description="Une phrase, pour qui ne la voit pas.")]
    legende: Annotated[Texte | None, Field(title="Légende", description="Ce que le lecteur lira sous l’image.")] = None
    credit: Annotated[Texte | None, Field(title="Crédit", description="La ville, le service ; pas une personne.")] = (
        None
    )


@kept
class Consentement(FicheModel):
    """A person's recorded agreement that this exact text about them is published."""

    texte: Annotated[
        Texte, Field(title="Texte exact", description="Le nom ou l’adresse que la personne accepte de voir publié.")
    ]
    date: Annotated[
        Jour, Field(title="Date de l’accord", description="AAAA-MM-JJ. La preuve est gardée hors des fichiers publics.")
    ]


MAX_ID = 80


@dataclass(frozen=True)
class Rubrique:
    """One part of the récit. ``id`` is that of the vocabulary, or a slug where the city added its own heading."""

    id: str
    titre: str
    texte: str
    line: int


@kept
class Action(FicheModel):
    """What a city did, as ``actions/<id>.md`` tells it. The order of the fields is that of every fiche and of the web form."""

    titre: Annotated[
        Texte,
        Field(
            title="Titre",
            description="Le nom de l’action, en 140 signes au plus. Ce que l’on fait, pour qui ; pas de slogan.",
            max_length=140,
        ),
    ]
    resume: Annotated[
        Texte,
        Field(
            title="Résumé",
            description="Une ou deux phrases, en 300 signes au plus. Il paraît dans les listes.",
            max_length=300,
        ),
    ]
    villes: Annotated[
        tuple[UneVille, ...],
        Field(
            title="Villes",
            description="Communes ou intercommunalités ; la première porte l’action. Si plusieurs communes ont ce nom, ajoutez le département : Saint-Denis (974).",
            min_length=1,
        ),
    ]
    quartiers: Annotated[tuple[Quartier, ...], Field(title="Quartiers", description="Les quartiers concernés.")] = ()
    perimetre: Annotated[
        Texte | None,
        Field(
            title="Périmètre",
            description="Le territoire concerné, dans les mots de la ville, s’il dit plus que l’échelle.",
            max_length=200,
        ),
    ] = None
    echelle: Annotated[Echelle | None, Field(title="Échelle", description="Le territoire couvert.")] = None
    ages: Annotated[tuple[Age, ...], Field(title="Âges", description="Les tranches d’âge concernées.", min_length=1)]
    axes: Annotated[
        tuple[Axe, ...],
        Field(title="Axes de la charte d’Ottawa", description="Un ou plusieurs axes.", min_length=1),
    ]
    qpv: Annotated[
        Qpv,
        Field(
            title="Quartier prioritaire (QPV)",
            description="L’action touche-t-elle un quartier prioritaire ? « Inconnu » si rien ne permet de le dire.",
        ),
    ]
    thematiques: Annotated[
        tuple[Thematique, ...],
        Field(
            title="Thématiques",
            description="De un à six thèmes, les plus précis possible, le plus parlant d’abord.",
            min_length=1,
            max_length=6,
        ),
    ]
    determinants: Annotated[
        tuple[Determinant, ...],
        Field(title="Déterminants", description="Les déterminants de la santé mentale sur lesquels l’action agit."),
    ] = ()
    publics: Annotated[
        tuple[Public, ...], Field(title="Publics", description="À qui l’action s’adresse, si la source le dit.")
    ] = ()
    campagne: Annotated[
        Campagne | None,
        Field(title="Campagne", description="Le recueil d’où vient la fiche, ou la veille de la rédaction."),
    ] = None
    periode: Annotated[Periode | None, Field(title="Période", description="Début, fin, précision.")] = None
    porteur: Annotated[Texte, Field(title="Porteur", description="Qui porte ou pilote l’action.")]
    service_pilote: Annotated[
        Texte | None, Field(title="Service pilote", description="Le service ou la direction qui pilote.")
    ] = None
    role_collectivite: Annotated[
        Texte | None,
        Field(title="Rôle de la collectivité", description="Pilote, financeur, partenaire, appui technique."),
    ] = None
    role_service_sante: Annotated[
        Texte | None, Field(title="Rôle du service santé", description="Le rôle du service chargé de la santé.")
    ] = None
    services_elus: Annotated[
        Textes,
        Field(
            title="Services et élus",
            description="Les services et les élus impliqués, par leur délégation. Pas de noms.",
        ),
    ] = ()
    partenaires: Annotated[Textes, Field(title="Partenaires", description="Un partenaire par ligne.")] = ()
    budget: Annotated[Budget | None, Field(title="Budget", description="Les sommes telles que la ville les donne.")] = (
        None
    )
    chiffre_cle: Annotated[
        ChiffreCle | None,
        Field(
            title="Chiffre clé",
            description="Le résultat le plus parlant, pris dans « Résultats » ; ni une dépense, ni un nombre d’agents.",
        ),
    ] = None
    leviers: Annotated[tuple[Levier, ...], Field(title="Leviers", description="Ce qui a aidé.")] = ()
    freins: Annotated[tuple[Frein, ...], Field(title="Freins", description="Ce qui a gêné.")] = ()
    inspiree_de: Annotated[
        tuple[UneFiche, ...],
        Field(title="Inspirée de", description="Les actions de la banque dont celle-ci s’inspire."),
    ] = ()
    contact: Annotated[
        Contact | None, Field(title="Contact", description="Une boîte générique seulement. Ni nom, ni téléphone.")
    ] = None
    connaissance: Annotated[Connaissance, Field(title="Connaissance", description="Ce sur quoi la fiche repose.")]
    evaluation: Annotated[
        tuple[Evaluation, ...],
        Field(
            title="Évaluation",
            description="Qui a évalué l’action, et comment, si la source le dit. Un compte d’activité n’en est pas une.",
        ),
    ] = ()
    sources: Annotated[
        tuple[Lien, ...], Field(title="Sources", description="Les documents dont la fiche est tirée.")
    ] = ()
    documents: Annotated[
        tuple[Lien, ...],
        Field(title="Documents", description="Les documents utiles au lecteur : bilan, guide, affiche."),
    ] = ()
    illustrations: Annotated[
        tuple[Illustration, ...],
        Field(title="Illustrations", description="Les images, rangées dans actions/images/, au dossier de la fiche."),
    ] = ()
    champs_deduits: Annotated[
        tuple[UneCle, ...],
        Field(
            title="Champs déduits",
            description="Ce que la rédaction a déduit elle-même : la page y ajoute « classement de la rédaction ».",
        ),
    ] = ()
    a_verifier: Annotated[
        tuple[UneCle, ...],
        Field(
            title="À vérifier",
            description="Ce que l’import d’un formulaire propose : relisez, puis ôtez la clé d’ici. La fiche ne paraît pas avant.",
        ),
    ] = ()
    empreinte: Annotated[
        Texte | None,
        Field(title="Empreinte", description="Posée par l’import : reconnaît un formulaire déjà importé."),
    ] = None
    date_redaction: Annotated[
        Jour | None,
        Field(title="Date de rédaction", description="AAAA-MM-JJ : quand la ville a écrit. Pas après la publication."),
    ] = None
    date_publication: Annotated[
        Jour, Field(title="Date de publication", description="AAAA-MM-JJ : la première mise en ligne.")
    ]
    verifie_le: Annotated[
        Jour | None,
        Field(
            title="Vérifiée le",
            description="AAAA-MM-JJ : quand quelqu’un a vérifié que la fiche était encore juste. Pas avant la publication.",
        ),
    ] = None
    a_la_une: Annotated[
        Jour | None,
        Field(
            title="À la une",
            description="AAAA-MM-JJ : quand la rédaction l’a choisie pour la page d’accueil ; la plus récente y est racontée.",
        ),
    ] = None
    statut: Annotated[
        Literal["publiee", "brouillon", "retiree"],
        Field(
            title="Statut",
            description="Un brouillon n’est pas mis en ligne ; l’adresse d’une fiche retirée garde un avis.",
        ),
    ] = "publiee"
    anciens_ids: Annotated[
        tuple[UnAncienId, ...],
        Field(
            title="Anciens identifiants",
            description="Les noms que le fichier a portés : les anciennes adresses conduisent à la nouvelle.",
        ),
    ] = ()
    licence: Annotated[
        Texte | None, Field(title="Licence", description="Seulement si ce n’est pas la Licence Ouverte 2.0.")
    ] = None
    consentements: Annotated[
        tuple[Consentement, ...],
        Field(title="Consentements", description="Les textes exacts que des personnes ont accepté de voir publiés."),
    ] = ()

    sans: ClassVar[tuple[str, ...]] = ()
    """The keys that the fiches of a bank do not have, and that the model keeps as « unknown »."""

    _source: Source = PrivateAttr()
    # Folded: lists do without them, and unfolded they would take twice the room in every process.
    _rubriques: bytes = PrivateAttr(default=b"")

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
        return _unfolded(self._rubriques)[0]

    @property
    def chef_de_file(self) -> Lieu:
        """The place that leads."""
        return self.villes[0]

    @property
    def date_maj(self) -> date:
        """The newest date that the fiche bears."""
        return max(d for d in (self.date_publication, self.verifie_le, self.date_redaction) if d)

    @property
    def rubriques_par_id(self) -> Mapping[str, Rubrique]:
        """The same, by id."""
        return _unfolded(self._rubriques)[1]

    def attach(self, source: Source, vocabulaires: Vocabulaires) -> Action:
        """Tie the action to the file it was read from."""
        self._source = source
        self._rubriques = dump(
            [
                (canonical.id, canonical.libelle, section.texte.strip("\n"), section.line)
                if (canonical := rubrique_de(section.titre, vocabulaires["rubriques"]))
                else (added_rubrique(section.titre), section.titre, section.texte.strip("\n"), section.line)
                for section in source.sections
                if section.texte.strip()
            ]
        )
        return self


# What is made of an action is made at once: more need not fill the memory.
@lru_cache(64)
def _unfolded(folded: bytes) -> tuple[tuple[Rubrique, ...], Mapping[str, Rubrique]]:
    rubriques = tuple(Rubrique(*row) for row in (load(folded) if folded else ()))
    return rubriques, {rubrique.id: rubrique for rubrique in rubriques}


def added_rubrique(titre: str) -> str:
    """The id of a rubrique that is none of the vocabulary."""
    return f"r-{slugify(titre)}"


def rubrique_de(titre: str, rubriques: Vocabulaire) -> Terme | None:
    """The canonical rubrique that a heading names by its label, its short label or its id."""
    return rubriques.par_nom.get(slugify(titre))


def fiche_model(vocabulaires: Vocabulaires) -> type[Action]:
    """The model of the fiches of a bank: ``Action``, with the facets that it declares and without those that it does not have."""
    own = tuple(facette for facette in vocabulaires.facettes if facette.propre)
    axes = next((facette.titre for facette in vocabulaires.facettes if facette.cle == "axes"), "")
    return _model_of(own, axes, vocabulaires.sans) if own or vocabulaires.sans or axes != _TITRE_DES_AXES else Action


_TITRE_DES_AXES = str(Action.model_fields["axes"].title)
# What a fiche says of a facet that the bank does not have.
_SILENT: dict[str, Any] = {"qpv": "inconnu", "determinants": ()}


@lru_cache(32)
def _model_of(own: tuple[Facette, ...], axes: str, sans: tuple[str, ...]) -> type[Action]:
    fields: dict[str, Any] = {}
    for facette in own:
        texte = Annotated[Texte, DuVocabulaire(facette.nom_de_liste)]
        options: dict[str, Any] = {"title": facette.singulier, "description": facette.description or facette.titre}
        options |= {"min_length": 1} if facette.obligatoire else {"default": ()}
        options |= {"max_length": facette.maximum} if facette.maximum else {}
        fields[facette.cle] = (tuple[texte, ...], Field(**options))
    for cle in sans:
        info = Action.model_fields[cle]
        fields[cle] = (info.rebuild_annotation(), Field(default=_SILENT[cle], title=info.title, exclude=True))
    if axes != _TITRE_DES_AXES:
        info = Action.model_fields["axes"]
        fields["axes"] = (info.annotation, Field(title=axes, description="Un ou plusieurs.", min_length=1))
    name = f"Action_{digest(repr(own), axes, *sans).hex()[:12]}"
    modele: type[Action] = create_model(name, __base__=Action, **fields)
    modele.sans = sans
    # What is made of a fiche is kept by the name of its class.
    return kept(modele)
