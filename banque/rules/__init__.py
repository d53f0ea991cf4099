"""What is acceptable. One rule, one function; its French docstring is the published rule; ``REGLES`` is the ordered list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from banque.action import Action
from banque.banque import Banque
from banque.problem import Problem
from banque.rules import ensemble, entete, illustrations, recit, vie_privee
from banque.source import Source

Regle = Callable[[Source, Action, Banque], Iterator[Problem]]

REGLES: tuple[Regle, ...] = (
    entete.identifiant,
    entete.dates,
    entete.doublons,
    entete.quartier_du_departement,
    entete.champs_deduits,
    entete.inspirations,
    recit.recit,
    recit.rubriques_proches,
    recit.html_brut,
    recit.images_du_recit,
    recit.liens,
    recit.points,
    vie_privee.caracteres,
    vie_privee.vie_privee,
    illustrations.illustrations,
)

REGLES_D_ENSEMBLE: tuple[Callable[[list[Action]], Iterator[Problem]], ...] = (
    ensemble.titres_proches,
    ensemble.anciennes_adresses,
)


def check_rules(banque: Banque, fiches: Iterable[tuple[Source, Action]]) -> list[Problem]:
    """Every problem of every fiche that could be parsed, then of the bank as a whole."""
    fiches = list(fiches)
    found = [p for source, action in fiches for regle in REGLES for p in regle(source, action, banque)]
    for regle_d_ensemble in REGLES_D_ENSEMBLE:
        found += regle_d_ensemble([action for _, action in fiches])
    return found
