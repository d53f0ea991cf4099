from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.model.action import Action
from inspiractions.model.source import Source
from inspiractions.story.labels import amounts_in, costs_of


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("8 500 € par an", [8500]), ("2,1 millions d’euros hors taxes", [2_100_000]), ("24 M€ estimés, 12 k€", [24_000_000, 12_000]),
        ("1 million d'euros votés", [1_000_000]), ("Coût de 1,90 € par repas", [1]), ("de 5 000 à 6 000 euros", [6000]),
        ("200 000 €, dont 145 000 € de la mairie", [200_000, 145_000]), ("En 2019, 12 ateliers", []), ("733 000 €", [733_000]),
        ("0,50 euro par kilomètre", [0]), ("Part de 12 %, 3 000 habitants", []),
    ],
)  # fmt: skip
def test_les_sommes_d_un_texte(texte: str, attendu: list[int]) -> None:
    assert amounts_in(texte) == attendu


@pytest.mark.parametrize(
    ("montants", "attendu"),
    [
        ("[{euros: 8500, par: an}]", {"moins-de-10000"}),
        ("[{euros: 10000}]", {"10000-50000"}),
        ("[{euros: 1000, par: mois}]", {"10000-50000"}),
        ("[{euros: 15000, par: trimestre}]", {"50000-200000"}),
        ("[{euros: 8500, par: an}, {euros: 1000000, par: total}]", {"1000000-et-plus"}),
        ("[]", set()),
    ],
)
def test_l_ordre_est_celui_de_la_plus_grande_somme(
    ecrire: Callable[..., Path], lire: Callable[[Path], tuple[Source, Action]], montants: str, attendu: set[str]
) -> None:
    _, action = lire(ecrire("marche", budget=f"{{precision: x, montants: {montants}}}"))
    assert costs_of(action) == attendu
