"""A Word form as data: what it asks, in which words, and where the answers go.

One list of blocks a part, in the order of the document. The format is told at the top of ``formulaires/sej-2024.yml``
(docs/adr/007-formulaires-en-donnees.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

PARTIES = ("presentation", "repondants", "introduction", "fiche", "cloture", "enquete")
DISPOSITIONS = ("deux-colonnes", "pleine-largeur")
_QUESTION = ("vers", "rubrique", "sous_titre", "variantes", "lignes_vides", "gras")
# The kinds of blocks, each with the keys that it may carry.
GENRES: Mapping[str, tuple[str, ...]] = {
    "titre": ("niveau", "nouvelle_page"),
    "texte": ("gras", "centre", "italique"),
    "liste": (),
    "encadre": (),
    "espace": (),
    "bandeau": (),
    "ligne": (*_QUESTION, "longue", "puce"),
    "groupe": ("lignes", "case"),
    "case": (),
    "question": (*_QUESTION, "numero"),
    "nom": ("vers", "variantes"),
    "choix": ("vers", "variantes", "options", "en_ligne"),
    "partenaires": ("vers", "colonnes", "champs", "lignes_vides"),
    "photos": ("variantes",),
}
# The kinds that ask something.
DEMANDES = ("ligne", "question", "nom", "choix", "partenaires", "photos")

# Where answers go (``vers``), in the order of what is extracted: texts that every form has, texts that some have, the lines of
# a budget, who to write to, choices that every form may have, choices that one form has.
TEXTS = (
    "titre",
    "ville",
    "date_redaction",
    "periode",
    "echelle",
    "porteur",
    "role_collectivite",
    "services_elus",
    "partenaires",
)
MORE_TEXTS = ("service_pilote", "role_service_sante", "population_cible")
BUDGET = ("texte", "fonctionnement", "investissement", "contribution", "financeurs")
CONTACT = ("nom", "fonction", "service", "email", "telephone")
CHOICES = ("ages", "types_action", "determinants", "cible")
MORE_CHOICES = ("specificites_territoire", "presenter_gt")


@dataclass(frozen=True)
class Option:
    """A box to tick. ``valeur`` is its name in what is extracted; ``classement`` the ids that it gives, by key of the fiche."""

    libelle: str
    valeur: str
    autre: bool = False
    points: int = 0
    classement: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    qpv: str = ""


@dataclass(frozen=True)
class FormBlock:
    """One block. ``genre`` is a key of ``GENRES``; ``texte`` holds the exact words, a line break where the form has one.

    ``blocs``: what an ``encadre``, a ``case`` or a ``groupe`` holds (``rangees``: one row each). ``items``: the bullets of
    a ``liste``, the columns of a ``partenaires``.
    """

    genre: str
    texte: str
    line: int
    vers: str = ""
    rubrique: str = ""
    sous_titre: str = ""
    variantes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    blocs: tuple[FormBlock, ...] = ()
    rangees: bool = False
    items: tuple[str, ...] = ()
    champs: tuple[str, ...] = ()
    lignes_vides: int = 0
    niveau: int = 0
    longue: bool = False
    puce: bool = False
    numero: bool = False
    gras: bool = False
    centre: bool = False
    italique: bool = False
    nouvelle_page: bool = False
    en_ligne: bool = False

    @property
    def libelle(self) -> str:
        """The words on one line."""
        return " ".join(self.texte.split())

    @property
    def titre(self) -> str:
        """The words on one line, without the « : » that ends them: the name of the section in what is extracted."""
        return self.libelle.rstrip(": \u00a0\u202f")

    def demandes(self) -> Iterator[FormBlock]:
        """The blocks that ask something, this one or those that it holds, in order."""
        if self.genre in DEMANDES:
            yield self
        for bloc in self.blocs:
            yield from bloc.demandes()


@dataclass(frozen=True)
class Questionnaire:
    """A Word form. ``id`` is the stem of its file; ``parties`` holds the blocks by name of part, in order."""

    id: str
    titre: str
    modele: str
    campagne: str
    disposition: str
    parties: Mapping[str, tuple[FormBlock, ...]]
    pied: str = ""
    reconnaitre: tuple[str, ...] = ()
    nombre_repondants: int = 1
    disposition_repondants: str = "l-un-sous-l-autre"
    rubriques_libres: bool = False

    def demandes(self, partie: str) -> tuple[FormBlock, ...]:
        """What a part asks, in order."""
        return tuple(d for bloc in self.parties.get(partie, ()) for d in bloc.demandes())
