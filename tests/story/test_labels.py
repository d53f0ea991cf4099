from __future__ import annotations

from datetime import date

import pytest

from inspiractions.model.action import Periode
from inspiractions.model.territoire import Referentiel
from inspiractions.model.types import Mois
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.story import labels


@pytest.mark.parametrize(
    ("ids", "attendu"),
    [
        (["0-3"], "0-3 ans"), (["4-11", "12-17"], "4-17 ans"), (["26-64", "65-plus"], "26 ans et plus"),
        (["0-3", "65-plus"], "0-3 ans et 65 ans et plus"), (["12-17", "4-11", "26-64"], "4-17 ans et 26-64 ans"),
    ],
)  # fmt: skip
def test_les_ages_voisins_se_joignent(vocabulaires: Vocabulaires, ids: list[str], attendu: str) -> None:
    assert labels.ages(ids, vocabulaires["ages"]) == attendu


def test_toutes_les_tranches_font_tous_les_ages(vocabulaires: Vocabulaires) -> None:
    toutes = [t.id for t in vocabulaires["ages"] if t.id != "tous"]
    assert labels.ages(toutes, vocabulaires["ages"]) == labels.ages(["tous"], vocabulaires["ages"])


@pytest.mark.parametrize(
    ("debut", "fin", "courte", "longue"),
    [
        (Mois(2012), Mois(2014, 6), "2012–2014", "de 2012 à juin 2014"), (Mois(2012), Mois(2012), "2012", "2012"),
        (Mois(2012, 3), None, "Depuis 2012", "depuis mars 2012"), (None, Mois(2014), "Jusqu’en 2014", "jusqu’en 2014"),
        (Mois(2012), "inconnue", "À partir de 2012", "à partir de 2012, fin non renseignée"), (None, None, "", ""),
    ],
)  # fmt: skip
def test_les_periodes(debut, fin, courte: str, longue: str) -> None:
    periode = Periode.model_construct(debut=debut, fin=fin)
    assert (labels.periode_courte(periode), labels.periode_longue(periode)) == (courte, longue)


def test_le_premier_du_mois() -> None:
    assert [labels.jour(date(2024, 3, j)) for j in (1, 2)] == ["1er mars 2024", "2 mars 2024"]


@pytest.mark.parametrize(
    ("villes", "attendu"),
    [
        (["Nantes"], "Loire-Atlantique"), (["Paris"], ""), (["Loire-Atlantique (département)"], "Pays de la Loire"),
        (["Nantes", "Angers"], "Loire-Atlantique et Maine-et-Loire"), (["Nantes", "Rezé"], "Loire-Atlantique"),
        (["Paris", "Lyon"], "Paris et Rhône"), (["Nantes", "Rezé", "Angers", "Cholet"], ""),
        (["Nantes", "Loire-Atlantique (département)", "Vendée (département)"], "Pays de la Loire"),
        (["Aisne (département)", "Oise (département)"], "Hauts-de-France"),
    ],
)  # fmt: skip
def test_autour_de_plusieurs_lieux_tous_ou_aucun(referentiel: Referentiel, villes: list[str], attendu: str) -> None:
    assert labels.autour([referentiel.resolve(nom) for nom in villes], referentiel) == attendu
