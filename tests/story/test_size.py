from __future__ import annotations

from types import SimpleNamespace

import pytest

from inspiractions.model.territoire import Lieu, Referentiel
from inspiractions.story.labels import SIZES, inhabitants_of_all, short_inhabitants, size_class, sizes_of


def _action(*lieux: Lieu) -> SimpleNamespace:
    return SimpleNamespace(villes=lieux)


def _commune(population: int) -> Lieu:
    return Lieu("commune", "0", "Ville", "ville", "93", "11", population)


@pytest.mark.parametrize(
    ("population", "attendu"),
    [
        (0, set()), (1, {"moins-de-2000"}), (1_999, {"moins-de-2000"}), (2_000, {"2000-10000"}), (9_999, {"2000-10000"}),
        (10_000, {"10000-20000"}), (49_999, {"20000-50000"}), (50_000, {"50000-100000"}), (199_999, {"100000-200000"}),
        (200_000, {"200000-et-plus"}),
    ],
)  # fmt: skip
def test_chaque_commune_a_sa_classe(population: int, attendu: set[str]) -> None:
    assert sizes_of(_action(_commune(population))) == attendu
    assert attendu <= SIZES.keys()


def test_une_intercommunalite_et_un_departement_ont_la_leur(referentiel: Referentiel) -> None:
    lieux = map(referentiel.resolve, ("Grenoble-Alpes-Métropole", "Isère (département)", "Grenoble"))
    assert sizes_of(_action(*lieux)) == {"intercommunalite", "departement-region", "100000-200000"}


def test_les_habitants_se_disent_et_leur_lieu_s_il_y_en_a_plusieurs(referentiel: Referentiel) -> None:
    grenoble, isere = referentiel.resolve("Grenoble"), referentiel.resolve("Isère (département)")
    assert list(inhabitants_of_all(_action(grenoble))) == ["156 140 habitants"]
    assert list(inhabitants_of_all(_action(grenoble, isere))) == ["Grenoble : 156 140 habitants"]
    assert short_inhabitants(_action(grenoble, isere)) == ""


@pytest.mark.parametrize(
    ("population", "attendu"),
    [(0, ""), (7, "7 hab."), (1_250, "1 200 hab."), (87_432, "87 000 hab."), (2_103_778, "2 100 000 hab.")],
)
def test_une_carte_arrondit(population: int, attendu: str) -> None:
    assert short_inhabitants(_action(_commune(population))) == attendu


def test_une_classe_se_dit_en_toutes_lettres(referentiel: Referentiel) -> None:
    classes = {nom: size_class(referentiel.resolve(nom)) for nom in ("Paris", "Alès", "Rosans")}
    assert classes == {
        "Paris": "200 000 habitants et plus",
        "Alès": "20 000 à 50 000 habitants",
        "Rosans": "moins de 2 000 habitants",
    }
