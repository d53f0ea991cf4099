"""Rules on the bank as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspiractions.base.problem import Problem
from inspiractions.base.text import fold
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Place
from inspiractions.rules.front_matter import ID


def titres_proches(actions: list[Action], banque: Banque) -> Iterator[Problem]:
    """Deux actions d’une même ville ne portent pas presque le même titre."""
    by_city: dict[str, list[tuple[frozenset[str], Action]]] = {}
    for action in sorted(actions, key=lambda a: a.id):
        words = frozenset(re.findall(r"\w+", fold(action.titre)))
        others = by_city.setdefault(action.chef_de_file.code, [])
        for other_words, other in others:
            if len(words & other_words) >= 0.9 * len(words | other_words):
                message = f"titre presque identique à celui de {other.source.path}, même ville : précisez l’un des deux, ou réunissez les fiches."
                yield action.source.problem(("titre",), "titres-proches", message)
        others.append((words, action))


def anciennes_adresses(actions: list[Action], banque: Banque) -> Iterator[Problem]:
    """Un ancien identifiant ne désigne qu’une action, et plus aucune fiche ne le porte."""
    owners = {action.id: action for action in actions}
    for action in actions:
        for i, old in enumerate(action.anciens_ids):
            place: Place = ("anciens_ids", i)
            if not ID.fullmatch(old):
                yield action.source.problem(
                    place,
                    "anciens-ids",
                    f"« {old} » n’est pas un identifiant : écrivez l’ancien nom du fichier, sans « .md ».",
                )
            elif old == action.id:
                yield action.source.problem(
                    place, "anciens-ids", f"« {old} » est le nom actuel de cette fiche : ôtez cette ligne."
                )
            elif old in owners and owners[old].id == old:
                yield action.source.problem(
                    place,
                    "anciens-ids",
                    f"« {old} » est le nom d’une fiche en place, {owners[old].source.path} : ôtez cette ligne, ou renommez cette fiche-là.",
                )
            elif owners.setdefault(old, action) is not action:
                yield action.source.problem(
                    place,
                    "anciens-ids",
                    f"« {old} » désigne déjà {owners[old].source.path} : gardez-le dans une seule fiche.",
                )
