"""Images and links are judged on what the page is made of, whatever way they are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inspiractions.base.problem import Problem
from tests.conftest import Ecrire

PISTEUR = "https://pisteur.example/1.png"


@pytest.mark.parametrize(
    "image",
    [
        f"![pixel]\n\n[pixel]: {PISTEUR}",
        f"![pixel][]\n\n[pixel]: {PISTEUR}",
        f"![a [b] c]({PISTEUR})",
        f"![a\\]]({PISTEUR})",
        f"![`[`]({PISTEUR})",
        f"### ![pixel]\n\n[pixel]: {PISTEUR}",
        f"![{'x' * 600}]({PISTEUR})",
        f"![a\nb]({PISTEUR})",
        f"> ![pixel]\n\n[pixel]: {PISTEUR}",
        f"[![a]({PISTEUR})](https://exemple.fr/)",
    ],
)
def test_une_image_d_ailleurs_est_refusee(ecrire: Ecrire, problemes: Callable[[], list[Problem]], image: str) -> None:
    ecrire("aubervilliers-marche", f"\n## Contexte\n\nUn texte.\n\n{image}\n")
    problems = [p for p in problemes() if p.rule == "images"]
    assert [p.path for p in problems] == ["actions/aubervilliers-marche.md"]
    assert problems[0].line > 13


@pytest.mark.parametrize("texte", ["`![a](https://a.fr/x.png)`", "Bravo ! [ici](https://exemple.fr/)", "\\![a](https://exemple.fr/)", "`http://a.fr`", "![a]"])  # fmt: skip
def test_ce_qui_n_en_est_pas_une_passe(ecrire: Ecrire, problemes: Callable[[], list[Problem]], texte: str) -> None:
    ecrire("aubervilliers-marche", f"\n## Contexte\n\n{texte}\n")
    assert problemes() == []


def test_un_lien_est_juge_dans_sa_rubrique(ecrire: Ecrire, problemes: Callable[[], list[Problem]]) -> None:
    # In the whole text the first definition counts; in its section, the second does.
    corps = "\n## Contexte\n\n[a][r]\n\n[r]: https://exemple.fr/\n\n## Résultats\n\n[b][r]\n\n[r]: http://a.fr/\n"
    ecrire("aubervilliers-marche", corps)
    assert [p.rule for p in problemes()] == ["liens"]
