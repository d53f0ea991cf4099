from __future__ import annotations

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.theme.figures.carte import make_shades
from inspiractions.theme.figures.contours import (
    OUTRE_MER,
    area,
    bounds,
    clip,
    fit,
    heart,
    move,
    read_outlines,
    svg_path,
)

CONTOURS = read_outlines(PROJECT / "referentiels")
CARRE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))


def test_la_projection_est_celle_de_l_ign() -> None:
    """Paris, Hôtel de Ville: coordinates given by the IGN's converter (EPSG:2154), to the metre."""
    [(x, y)] = CONTOURS.projection("75")([(2.3522, 48.8566)])
    assert (round(x), round(-y)) == (652469, 6862035)


def test_les_cent_un_departements_ont_un_contour() -> None:
    assert len(CONTOURS.degres) == 101
    assert set(OUTRE_MER) < set(CONTOURS.degres)


def test_les_voisins_se_touchent_dans_les_deux_sens() -> None:
    voisins = CONTOURS.voisins
    assert voisins["38"] == ("01", "05", "07", "26", "42", "69", "73")
    assert voisins["75"] == ("92", "93", "94")
    assert voisins["2A"] == ("2B",)
    assert [code for code in OUTRE_MER if voisins[code]] == []
    assert all(code in voisins[other] for code, others in voisins.items() for other in others)


def test_une_fenetre_coupe_un_contour() -> None:
    assert bounds([clip(CARRE, (4.0, -5.0, 20.0, 6.0))]) == (4.0, 0.0, 10.0, 6.0)
    assert clip(CARRE, (20.0, 20.0, 30.0, 30.0)) == ()
    inside = clip(CARRE, (-1.0, -1.0, 11.0, 11.0))
    assert abs(area(inside)) == 100


def test_un_chemin_suit_la_grille() -> None:
    assert svg_path([CARRE]) == "M0 0l10 0l0 10l-10 0l0-10z"
    assert svg_path([((0.4, 0.4), (9.6, 0.2), (10.1, 0.3), (9.8, 9.7), (0.4, 0.4))], step=5) == "M0 0l10 0l0 10l-10-10z"
    # An islet goes; alone, it stays.
    islet = ((20.0, 20.0), (21.0, 20.0), (21.0, 21.0), (20.0, 20.0))
    assert svg_path([CARRE, islet]) == svg_path([CARRE])
    assert svg_path([islet]).startswith("M20 20")


def test_une_fenetre_se_place_au_milieu_de_sa_boite() -> None:
    placed = move([CARRE], *fit((0, 0, 10, 10), (0, 0, 100, 50)))
    assert bounds(placed) == (25, 0, 75, 50)
    assert heart(placed[0]) == pytest.approx((50, 25), abs=5)


@pytest.mark.parametrize(
    ("nombres", "debuts", "mots"),
    [
        ([], (1,), ("aucune action", "1 et plus")),
        ([0, 1, 1], (1,), ("aucune action", "1 et plus")),
        ([1, 1, 2, 2, 3, 4, 5, 6, 8, 9], (1, 3, 6, 9), ("aucune action", "1 à 2", "3 à 5", "6 à 8", "9 et plus")),
        ([1, 2, 2, 2, 3, 3, 3, 3, 3, 4], (1, 3, 4), ("aucune action", "1 à 2", "3", "4 et plus")),
    ],
)
def test_les_teintes_et_leurs_mots(nombres: list[int], debuts: tuple[int, ...], mots: tuple[str, ...]) -> None:
    paliers = make_shades(nombres)
    assert paliers.debuts == debuts
    assert paliers.legende == mots
    assert [paliers.teinte(n) for n in (0, *debuts)] == list(range(len(mots)))
