from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.model.action import Action
from inspiractions.model.source import Source
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.story.review import TOLD, has_figure, told_in


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Trente marcheurs.", False), ("En 2024, la ville recommence.", False), ("Depuis le 24 mars 2025.", False),
        ("Le 1er mars.", False), ("En 2024, 312 marcheurs.", True), ("80 % restent logées.", True),
        ("12 000 repas en 2019", True), ("De 1 500 à 2 000 habitants", True), ("La loi n° 2014-173", False), ("3 ateliers", True),
    ],
)  # fmt: skip
def test_un_chiffre_n_est_ni_une_annee_ni_une_date(texte: str, attendu: bool) -> None:
    assert has_figure(texte) is attendu


@pytest.mark.parametrize(
    ("corps", "cles", "attendu"),
    [
        ("\n## Contexte\n\nUn quartier.\n", {}, set()),
        ("\n## Résultats\n\nDes marcheurs contents.\n", {}, {"resultats"}),
        ("\n## Résultats\n\n312 marcheurs.\n", {}, {"resultats", "chiffres"}),
        ("\n## Difficultés\n\n- **Financement** : tardif.\n", {"freins": "[financement]"}, {"difficultes"}),
        (
            "\n## Difficultés\n\n- **Financement** : tardif → une avance de la Ville.\n",
            {"freins": "[financement]"},
            {"difficultes", "reponses"},
        ),
        ("\n## Contexte\n\nUn quartier.\n", {"budget": "{precision: 3 000 euros}"}, {"budget"}),
        ("\n## Reprendre cette action chez vous\n\nUn guide.\n", {}, {"outils"}),
        ("\n## Évaluation\n\nPar une université.\n", {}, {"evaluation"}),
        ("\n## Contexte\n\nUn quartier.\n", {"connaissance": "evalue-externe"}, {"evaluation"}),
        ("\n## Contexte\n\nUn quartier.\n", {"evaluation": "[en-cours]"}, {"evaluation"}),
    ],
)
def test_ce_que_la_fiche_donne(
    ecrire: Callable[..., Path],
    lire: Callable[[Path], tuple[Source, Action]],
    vocabulaires: Vocabulaires,
    corps: str,
    cles: dict[str, str],
    attendu: set[str],
) -> None:
    _, action = lire(ecrire("aubervilliers-marche", corps, **cles))
    assert told_in(action, vocabulaires["freins"]) == attendu
    assert attendu <= TOLD.keys()
