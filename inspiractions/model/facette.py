"""The ways into a bank: those that the product knows, and those that a vocabulary file declares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspiractions.model.action import Action


@dataclass(frozen=True)
class Facette:
    """A way into the bank: an attribute of ``Action`` whose values are a vocabulary. ``adresse`` is its folder on the site.

    ``parametre``: its key in the addresses of the explorer (``?age=0-3``); ``rang``: its place among the filters there, where
    others stand, too (``inspiractions/search/facets.py``); ``ouverte``: whether its filter is open at first.
    ``presentation``: what its overview page says first, where the title does not tell all; ``aide``: what its filter says. ``vocabulaire``: the name of its
    closed list, where that is not ``cle``. ``entier``: what one of its values is, in full; ``ensemble``: the work that they come
    from. Of those that a bank declares (``propre``): what the key says, whether it must be there, how many values at most (0: no
    limit), and whether the cards of the lists show it.
    """

    cle: str
    adresse: str
    titre: str
    singulier: str
    parametre: str
    rang: int
    ouverte: bool = False
    presentation: str = ""
    aide: str = ""
    vocabulaire: str = ""
    entier: str = ""
    ensemble: str = ""
    propre: bool = False
    description: str = ""
    obligatoire: bool = False
    maximum: int = 0
    carte: bool = False

    @property
    def nom_de_l_ensemble(self) -> str:
        """The work that its values come from, as a title: « Charte d’Ottawa »."""
        bare = re.sub(r"^(?:La |Le |Les |L’)", "", self.ensemble or self.titre)
        return bare[:1].upper() + bare[1:]

    @property
    def par_valeur(self) -> str:
        """What one of its values is, in full."""
        return self.entier or self.singulier

    @property
    def nom_de_liste(self) -> str:
        """The name of its closed list: ``vocabulaire/<nom>.yml``."""
        return self.vocabulaire or self.cle

    def chemin(self, identifiant: str) -> str:
        """The address of a value from the root of the site."""
        return f"{self.adresse}/{identifiant}/"

    def ids(self, action: Action) -> tuple[str, ...]:
        """The ids that the action itself bears."""
        value = getattr(action, self.cle)
        return value if isinstance(value, tuple) else (value,) if value else ()


FACETTES = (
    Facette(
        "ages",
        "ages",
        "Âges",
        "Âge",
        "age",
        0,
        ouverte=True,
        aide="Une tranche laisse de côté les actions pour tous les âges : cochez aussi « Tous les âges » pour les voir.",
    ),
    Facette("axes", "axes", "Axes", "Axe", "axe", 1, ouverte=True),
    Facette("qpv", "qpv", "Quartiers prioritaires", "Quartiers prioritaires", "qpv", 5, ouverte=True),
    Facette("thematiques", "thematiques", "Thématiques", "Thématique", "theme", 2, ouverte=True),
    Facette("determinants", "determinants", "Déterminants de la santé mentale", "Déterminant", "determinant", 7),
    Facette("publics", "publics", "Publics", "Public", "public", 6),
    Facette("leviers", "leviers", "Leviers", "Levier", "levier", 9),
    Facette("freins", "freins", "Freins", "Frein", "frein", 8),
    Facette("campagne", "campagnes", "Campagnes", "Campagne", "campagne", 16, vocabulaire="campagnes"),
    Facette(
        "connaissance",
        "connaissance",
        "Sur quoi reposent les fiches",
        "Sur quoi repose la fiche",
        "connaissance",
        17,
        presentation="Chaque fiche dit d’où vient ce qu’elle raconte. Ce n’est ni une note ni un classement : une action que "
        "personne n’a évaluée peut être excellente, et une action évaluée peut ne pas convenir à votre ville.",
    ),
    Facette(
        "evaluation",
        "evaluations",
        "Évaluations",
        "Évaluation",
        "evaluation",
        10,
        presentation="Qui a regardé ce que l’action a produit, et comment. La plupart des fiches n’en disent rien : leur "
        "source ne parle d’aucune évaluation, ce qui ne veut pas dire qu’il n’y en a pas eu.",
        vocabulaire="evaluations",
    ),
)

PEUT_MANQUER = ("qpv", "determinants")
"""Those that a bank may do without (``mkdocs.yml``, ``extra: sans:``)."""
