"""Numbers with units of a query. That the explorer reads them the same way is told in ``tests/browser/test_nombres.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.model.banque import Banque
from inspiractions.search.measures import Measures, hide_measures, read_measures, values_for, without_measures
from inspiractions.search.selection import Searcher, read_selection
from inspiractions.story.labels import COSTS, SIZES

VECTEURS = [
    line.split("\t")
    for line in (Path(__file__).parent / "vectors" / "mesures.tsv").read_text("utf-8").split("\n")[1:-1]
]


def ecrites(lues: Measures) -> str:
    """As the vectors write them: filter, from, to, text."""
    return " ; ".join(f"{m.cle} {m.first:g} {m.last:g} {m.texte}" for m in lues.mesures)


@pytest.mark.parametrize(("requete", "mesures", "rayon", "reste"), VECTEURS)
def test_un_nombre_ne_filtre_que_s_il_le_dit(requete: str, mesures: str, rayon: str, reste: str) -> None:
    lues = read_measures(requete)
    assert ecrites(lues) == mesures
    assert (str(lues.rayon.km) if lues.rayon else "") == rayon
    assert without_measures(requete).strip() == reste
    assert len(hide_measures(requete)) == len(requete)


@pytest.mark.parametrize(
    ("requete", "ids", "attendus"),
    [
        ("20 000 habitants", SIZES, ["10000-20000", "20000-50000"]),
        ("plus de 200 000 habitants", SIZES, ["200000-et-plus"]),
        ("moins de 2 000 habitants", SIZES, ["moins-de-2000"]),
        ("moins de 10 000 €", COSTS, ["moins-de-10000"]),
        ("entre 50 000 et 1 000 000 €", COSTS, ["50000-200000", "200000-1000000"]),
        ("plus de 65 ans", ("0-3", "26-64", "65-plus", "tous"), ["65-plus", "tous"]),
        ("6e", ("0-3", "4-11", "12-17", "tous"), ["4-11", "12-17", "tous"]),
    ],
)
def test_les_valeurs_qu_un_nombre_choisit(requete: str, ids: tuple[str, ...], attendus: list[str]) -> None:
    (mesure,) = read_measures(requete).mesures
    assert values_for(mesure, ids) == attendus


def test_une_selection_en_nombres_filtre_comme_ses_filtres(banque_reelle: Banque) -> None:
    chercheur = Searcher(banque_reelle)

    def trouver(adresse: str) -> set[str]:
        selection = read_selection(adresse)
        assert list(chercheur.faults(selection)) == []
        return {a.id for a in chercheur.find(selection)}

    assert trouver("?q=ville de 20 000 habitants") == trouver("?taille=10000-20000&taille=20000-50000")
    assert trouver("?q=moins de 10 000 € vélo") == trouver("?q=vélo&cout=moins-de-10000")
    assert trouver("?q=50 km Alès") == trouver("?autour=Alès&km=50")
    selection = read_selection("?q=Lyon moins de 5 000 habitants")
    assert any("laisserait ce filtre de côté" in fault for fault in chercheur.faults(selection))
