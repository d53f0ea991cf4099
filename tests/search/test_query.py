from __future__ import annotations

import re

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.search.measures import OLDEST
from inspiractions.search.query import BOUNDS, understand
from inspiractions.search.stems import STOP_WORDS, TELLING_WORDS
from inspiractions.search.texts import keys_of


@pytest.mark.parametrize(
    ("q", "mots", "phrases", "exclus", "derniere"),
    [
        ("l’école des jardins", ["ecole", "jardins"], [], [], True),
        ("jardins jardins ", ["jardins"], [], [], False),
        ('"conseil local" santé', ["conseil", "local", "sante"], [("conseil", "local")], [], True),
        ('"jardins"', ["jardins"], [], [], False),
        ("tabac -lycée", ["tabac"], [], ["lyce"], False),
        ('-"petit déjeuner', [], [], ["pet", "dejeun"], False),
        ('"santé m', ["sante", "m"], [], [], True),
        ('"santé mentale" "vie noc', ["sante", "mentale", "vie", "noc"], [("sant", "mental")], [], True),
        ("- de la", [], [], [], False),
        ("« conseil local » santé", ["conseil", "local", "sante"], [("conseil", "local")], [], True),
        ("“conseil local”", ["conseil", "local"], [("conseil", "local")], [], False),
        ("2 897 habitants", ["2897", "habitants"], [], [], True),
        ("plan été", ["plan", "ete"], [], [], True),
        ("ont été mémé", ["meme"], [], [], True),
    ],
)
def test_ce_qui_est_tape_est_compris(
    q: str, mots: list[str], phrases: list[tuple[str, ...]], exclus: list[str], derniere: bool
) -> None:
    requete = understand(q)
    assert [part for part, _ in requete.mots] == mots
    assert (list(requete.phrases), list(requete.exclus), requete.derniere) == (phrases, exclus, derniere)


@pytest.mark.parametrize(
    ("q", "ages", "facultatifs"),
    [
        ("bébé -3 ans", ((0, 3),), {"3"}),
        ("11 -17 ans", ((11, 17),), {"11", "17"}),
        ("prévention des 6 à 12 mois", ((0, 1),), {"6", "12"}),
        ("60 ans et plus", ((60, OLDEST),), {"60"}),
        ("plus de 75 ans", ((75, OLDEST),), {"75"}),
        ("moins de 25 ans", ((0, 25),), {"25"}),
        ("6e et 3e", ((11, 12), (14, 15)), {"6e", "3e"}),
        ("plan 2025", (), set()),
    ],
)
def test_un_age_n_est_pas_une_exclusion(q: str, ages: tuple[tuple[int, int], ...], facultatifs: set[str]) -> None:
    requete = understand(q)
    assert (requete.ages, requete.facultatifs, requete.exclus) == (ages, facultatifs, ())


def test_un_mot_vide_qui_change_le_sens_reste_a_cote_de_son_mot() -> None:
    pas, chez = understand("pas de bus"), understand("les vieux chez le docteur")
    assert [(word.part, word.before, word.after) for word in pas.en_contexte] == [("bus", "pas_", "")]
    assert [(word.part, word.before, word.after) for word in chez.en_contexte] == [
        ("vieux", "", "chez_"),
        ("docteur", "chez_", ""),
    ]
    # « Les vieux docteurs » is another thing: its key is not that of these words.
    assert [key for key, _ in keys_of(chez.en_contexte)] == ["vieux_chez_docteur"]
    assert dict(keys_of(pas.en_contexte)) == {"bus_": 1, "bus_<pas_": 2}


def test_la_page_connait_les_memes_mots_vides_qui_changent_le_sens() -> None:
    script = (PROJECT / "docs/assets/js/search/query.js").read_text("utf-8")
    (told,) = re.findall(r"const TELLING = /\^\(\?:([a-z|]+)\)\$/;", script)
    assert told.split("|") == sorted(TELLING_WORDS)
    assert TELLING_WORDS < STOP_WORDS


def test_une_longue_suite_de_mots_est_bornee() -> None:
    assert len(understand(" ".join(f"m{i}" for i in range(4_000))).mots) == BOUNDS.words
