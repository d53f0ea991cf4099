"""What a fiche gives besides its story: results, figures, an evaluation, obstacles and what was done about them, a budget, tools."""

from __future__ import annotations

import re

from inspiractions.base.texts import message
from inspiractions.model.action import Action
from inspiractions.model.points import parse_points
from inspiractions.model.vocabulaire import Vocabulaire
from inspiractions.story.labels import MOIS

# By id, which an address of the explorer may hold for ever; in the order of the filter.
TOLD = {
    "resultats": message("Des résultats"),
    "chiffres": message("Des résultats chiffrés"),
    "evaluation": message("Une évaluation"),
    "difficultes": message("Des difficultés"),
    "reponses": message("Des réponses aux difficultés"),
    "budget": message("Un budget"),
    "outils": message("Des outils à reprendre"),
}
_NUMBER = re.compile(
    rf"(?<![\w,.-])\d+(?![\w-])(?:[\s\u00a0\u202f]\d{{3}}\b)*(?![\s\u00a0\u202f]*(?:{'|'.join(MOIS)})\b)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def told_in(action: Action, freins: Vocabulaire) -> frozenset[str]:
    """The ids of ``TOLD`` that a fiche gives; ``freins``: the vocabulary that its list of obstacles names."""
    parts = action.rubriques_par_id
    results, obstacles = parts.get("resultats"), parts.get("difficultes")
    points = parse_points(obstacles.texte, obstacles.line + 1, freins) if obstacles else []
    given = {
        "resultats": results is not None,
        "chiffres": results is not None and has_figure(results.texte),
        "evaluation": "evaluation" in parts or bool(action.evaluation) or action.connaissance.startswith("evalue-"),
        "difficultes": obstacles is not None,
        "reponses": any(point.reponse for point in points),
        "budget": action.budget is not None,
        "outils": "reprendre" in parts or bool(action.documents),
    }
    return frozenset(identifiant for identifiant, is_given in given.items() if is_given)


def has_figure(texte: str) -> bool:
    """Whether a text holds a number that is neither a year, nor the day of a date, nor part of a range or of a reference."""
    return any(not _YEAR.fullmatch(number[0]) for number in _NUMBER.finditer(texte))
