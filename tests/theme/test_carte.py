"""The map of France and the small maps of places, on the real bank."""

from __future__ import annotations

import zlib
from itertools import pairwise

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Referentiel
from inspiractions.pages.territoires import make_carte
from inspiractions.theme.figures.carte import COTE, LocatorMaps, draw
from inspiractions.theme.figures.contours import OUTRE_MER, read_outlines


@pytest.fixture(scope="module")
def situations(banque_reelle: Banque) -> LocatorMaps:
    referentiel = banque_reelle.referentiel
    nombres = {code: len(actions) for code, actions in banque_reelle.par_departement.items()}
    contours = read_outlines(PROJECT / "referentiels")
    return LocatorMaps(contours, referentiel.departements, referentiel.region_of, nombres)


def test_la_carte_dit_le_nombre_de_chaque_departement(banque_reelle: Banque) -> None:
    carte = make_carte(banque_reelle)
    assert {f.code: f.nombre for f in carte.formes if f.nombre} == {
        code: len(actions) for code, actions in banque_reelle.par_departement.items()
    }
    assert len(carte.formes) == 101
    # What has no action lies beneath, so that borders show; Paris and around are drawn twice.
    assert [f.nombre > 0 for f in carte.formes] == sorted(f.nombre > 0 for f in carte.formes)
    assert {f.code for f in carte.loupe} == {f.code for f in carte.doubles} == {"75", "92", "93", "94"}
    assert {f.nom for f in carte.formes if f.code in OUTRE_MER} <= {cadre.nom for cadre in carte.insets}
    assert all(0 <= f.x <= carte.largeur and 0 <= f.y <= carte.hauteur for f in (*carte.formes, *carte.loupe))


@pytest.mark.parametrize(
    ("codes", "insets", "plans"),
    [
        (("75", "77", "78", "91", "92", "93", "94", "95"), [], [""]),
        (("93",), [], [""]),
        (("974",), [], ["974"]),
        (("971", "972"), ["Martinique"], ["971", "972"]),
        (("13", "974"), ["La Réunion"], ["", "974"]),
        (("59", "75", "92", "13"), ["Paris et petite couronne"], [""]),
    ],
)
def test_un_territoire_remplit_la_carte(codes: tuple[str, ...], insets: list[str], plans: list[str]) -> None:
    referentiel = Referentiel(PROJECT)
    outlines = read_outlines(PROJECT / "referentiels").only(codes)
    carte = draw(outlines, dict.fromkeys(codes, 1), referentiel.departements)
    assert sorted(f.code for f in carte.formes) == sorted(codes)
    assert [cadre.nom for cadre in carte.insets] == insets
    assert [plan.code for plan in carte.plans] == plans
    assert {f.code for f in carte.doubles} == {f.code for f in carte.loupe}
    main = [point for f in carte.formes if f.code in codes for point in _corners(f.path)]
    xs, ys = zip(*main, strict=True)
    assert min(*xs, *ys) >= 0
    assert max(xs) <= carte.largeur
    assert max(ys) <= carte.hauteur
    # One side of the drawing touches the edge.
    assert max(xs) - min(xs) > 0.8 * carte.largeur or max(ys) - min(ys) > 0.9 * carte.hauteur


def test_une_region_montre_ses_departements_et_leurs_nombres(situations: LocatorMaps) -> None:
    carte = situations.of_region("84")
    assert carte is not None
    ici = {c.code: c.nombre for c in carte.contours if c.genre == "ici"}
    assert set(ici) == {"01", "03", "07", "15", "26", "38", "42", "43", "63", "69", "73", "74"}
    assert {code: n for code, n in ici.items() if n} == {
        code: n for code, n in situations.nombres.items() if code in ici
    }
    assert {c.genre for c in carte.contours} == {"ici", "fond"}
    assert carte.points == ()


def test_un_departement_se_voit_dans_sa_region(situations: LocatorMaps, banque_reelle: Banque) -> None:
    villes = [v for v in banque_reelle.villes.values() if v.departement == "93"]
    carte = situations.of_departement("93", villes)
    assert carte is not None
    assert [c.code for c in carte.contours if c.genre == "ici"] == ["93"]
    assert {"75", "92", "94"} <= {c.code for c in carte.contours if c.genre == "region"}
    assert len(carte.points) == len({(v.lon, v.lat) for v in villes})
    assert carte.contours[-1].code == "93"


def test_outre_mer_rien_d_autre_n_est_sur_le_plan(situations: LocatorMaps) -> None:
    for code in OUTRE_MER:
        carte = situations.of_departement(code, [])
        assert carte is not None
        assert [c.code for c in carte.contours] == [code]


def test_un_lieu_sans_contour_n_a_pas_de_carte(situations: LocatorMaps) -> None:
    assert situations.of_region("977") is None
    assert situations.of_departement("977", []) is None


def test_chaque_ville_est_dans_son_departement(situations: LocatorMaps, banque_reelle: Banque) -> None:
    """Outlines are simplified to some 2 km: a point may lie that much outside."""
    for ville in banque_reelle.villes.values():
        carte = situations.of_ville(ville)
        assert carte is not None
        [(x, y)] = carte.points
        [ici] = [c for c in carte.contours if c.genre == "ici"]
        xs, ys = zip(*_corners(ici.path), strict=True)
        assert min(xs) - 6 <= x <= max(xs) + 6, ville
        assert min(ys) - 6 <= y <= max(ys) + 6, ville
        assert 0 < x < COTE, ville
        assert 0 < y < COTE, ville


def test_les_petites_cartes_sont_legeres(situations: LocatorMaps, banque_reelle: Banque) -> None:
    cartes = [situations.of_region(code) for code in banque_reelle.par_region]
    cartes += [situations.of_departement(code, []) for code in banque_reelle.par_departement]
    weights = [len(zlib.compress("".join(c.path for c in carte.contours).encode())) for carte in cartes if carte]
    assert max(weights) < 4_000


def _corners(path: str) -> list[tuple[int, int]]:
    """The absolute points of a path of ours."""
    points = []
    for ring in path.removesuffix("z").split("zM"):
        start, *moves = ring.removeprefix("M").split("l")
        x, y = _pair(start)
        points.append((x, y))
        for dx, dy in map(_pair, moves):
            x, y = x + dx, y + dy
            points.append((x, y))
    assert any(a != b for a, b in pairwise(points))
    return points


def _pair(text: str) -> tuple[int, int]:
    x, y = text.replace("-", " -").split()
    return int(x), int(y)


def test_un_recit_montre_les_departements_de_ses_lieux(situations: LocatorMaps, referentiel: Referentiel) -> None:
    def drawn(*noms: str) -> tuple[list[str], int]:
        carte = situations.of_places([referentiel.resolve(nom) for nom in noms])
        assert carte is not None
        return [shape.code for shape in carte.contours if shape.genre == "ici"], len(carte.points)

    assert drawn("Alès") == (["30"], 1)
    assert drawn("Saint-Denis (974)") == (["974"], 1)
    assert drawn("Gard (département)") == (["30"], 0)
    assert drawn("Bretagne (région)") == (["22", "29", "35", "56"], 0)
    # Far from each other: the rest of the mainland lies behind; an island is on no same plane.
    assert drawn("Lille", "Marseille", "Cayenne") == (["59", "13"], 2)
    carte = situations.of_places([referentiel.resolve(nom) for nom in ("Lille", "Marseille")])
    assert carte is not None
    assert sum(shape.genre == "fond" for shape in carte.contours) == 94
    assert sum(len(shape.path) for shape in carte.contours) < 20_000
