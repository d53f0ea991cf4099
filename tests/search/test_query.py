from __future__ import annotations

import pytest

from inspiractions.search.query import understand


@pytest.mark.parametrize(
    ("q", "mots", "phrases", "exclus", "derniere"),
    [
        ("l’école des jardins", ["ecole", "jardins"], [], [], True),
        ("jardins jardins ", ["jardins"], [], [], False),
        ('"conseil local" santé', ["conseil", "local", "sante"], [("conseil", "local")], [], True),
        ('"jardins"', ["jardins"], [], [], False),
        ("tabac -lycée", ["tabac"], [], ["lyce"], False),
        ('-"petit déjeuner', [], [], ["pet", "dejeun"], False),
        ("- de la", [], [], [], False),
    ],
)
def test_ce_qui_est_tape_est_compris(
    q: str, mots: list[str], phrases: list[tuple[str, ...]], exclus: list[str], derniere: bool
) -> None:
    requete = understand(q)
    assert [part for part, _ in requete.mots] == mots
    assert (list(requete.phrases), list(requete.exclus), requete.derniere) == (phrases, exclus, derniere)
