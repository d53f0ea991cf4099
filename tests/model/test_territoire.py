from __future__ import annotations

import csv
import json
from collections import Counter

import pytest

from inspiractions.base.files import PROJECT, find
from inspiractions.model.territoire import Referentiel, UnknownLieu, official_name


def _lignes(nom: str) -> list[dict[str, str]]:
    return list(csv.DictReader((find(PROJECT, "referentiels") / nom).read_text("utf-8").splitlines()))


COMMUNES = _lignes("communes.csv")


@pytest.mark.parametrize(
    ("nom", "genre", "code"),
    [
        ("Aubervilliers", "commune", "93001"),
        ("aubervilliers", "commune", "93001"),
        ("Saint-Denis (93)", "commune", "93066"),
        ("Saint-Denis (974)", "commune", "97411"),
        ("St Etienne", "commune", "42218"),
        ("L'Haÿ-les-Roses", "commune", "94038"),
        ("L’Hay les Roses", "commune", "94038"),
        ("Paris", "commune", "75056"),
        ("Lyon", "commune", "69123"),
        ("Marseille", "commune", "13055"),
        ("Ajaccio", "commune", "2A004"),
        ("Fort-de-France (972)", "commune", "97209"),
        ("Mamoudzou", "commune", "97611"),
        ("Saint-Étienne Métropole", "epci", "244200770"),
        ("Grenoble-Alpes-Métropole", "epci", "200040715"),
        ("Est Ensemble", "epci", "200057875"),
        ("EPT Plaine Commune", "epci", "200057867"),
        ("Bretagne (région)", "region", "53"),
        ("bretagne (Region)", "region", "53"),
        ("Aveyron (département)", "departement", "12"),
        ("Martinique (région)", "region", "02"),
    ],
)
def test_un_lieu_se_trouve_comme_on_l_ecrit(referentiel: Referentiel, nom: str, genre: str, code: str) -> None:
    lieu = referentiel.resolve(nom)
    assert (lieu.genre, lieu.code) == (genre, code)


@pytest.mark.parametrize(
    "nom",
    ["CC Faucigny - Glières", "Communauté de communes Faucigny - Glières", "Faucigny Glieres", "CC Faucigny-Glieres"],
)
def test_une_intercommunalite_a_plusieurs_ecritures(referentiel: Referentiel, nom: str) -> None:
    lieu = referentiel.resolve(nom)
    assert (lieu.code, lieu.nom, lieu.departement) == ("200000172", "Communauté de communes Faucigny - Glières", "74")


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Saint-Denis", "« Saint-Denis (974) », « Saint-Denis (93) »"),
        ("Saint-Denis (75)", "aucune commune de ce nom dans « 75 »"),
        ("Aubervilier", "vouliez-vous « Aubervilliers »"),
        ("Bretagnes (région)", "aucune région ; vouliez-vous « Bretagne (région) »"),
        ("Avairon (département)", "aucun département ; vouliez-vous « Aveyron (département) »"),
        ("", "n’est ni une commune"),
        ("zzzzzz", "n’est ni une commune"),
    ],
)
def test_un_lieu_inconnu_dit_quoi_ecrire(referentiel: Referentiel, nom: str, dit: str) -> None:
    with pytest.raises(UnknownLieu) as error:
        referentiel.resolve(nom)
    assert dit in str(error.value)


def test_chaque_commune_se_nomme_avec_son_departement(referentiel: Referentiel) -> None:
    assert len(COMMUNES) > 34_000
    doubles = Counter((c["nom"].lower(), c["departement"]) for c in COMMUNES)
    wrong = []
    for commune in COMMUNES:
        nom = f"{commune['nom']} ({commune['departement']})"
        try:
            code = referentiel.resolve(nom).code
        except UnknownLieu as error:
            code = "ambigu" if "plusieurs" in str(error) or "communes portent ce nom" in str(error) else "inconnu"
        ambiguous = doubles[commune["nom"].lower(), commune["departement"]] > 1
        if code != commune["code"] and not (ambiguous and code == "ambigu"):
            wrong.append((nom, code))
    assert wrong == []


def test_outre_mer_la_region_est_aussi_le_departement(referentiel: Referentiel) -> None:
    assert referentiel.resolve("Martinique (région)").departement == "972"
    assert referentiel.resolve("Bretagne (région)").departement == ""


def test_l_adresse_d_un_homonyme_porte_le_departement(referentiel: Referentiel) -> None:
    assert referentiel.resolve("Saint-Denis (974)").slug == "saint-denis-974"
    assert referentiel.resolve("Aubervilliers").slug == "aubervilliers"


def test_deux_lieux_n_ont_jamais_la_meme_adresse(referentiel: Referentiel) -> None:
    epci = _lignes("epci.csv")
    slugs = Counter(referentiel._commune(c).slug for c in COMMUNES)
    slugs.update(referentiel._intercommunalite(e).slug for e in epci if e["code"] in referentiel._members)
    assert {slug: n for slug, n in slugs.items() if n > 1} == {}


def test_un_nom_plein_d_espaces_se_lit_vite(referentiel: Referentiel) -> None:
    with pytest.raises(UnknownLieu):
        referentiel.resolve("a" + " " * 180_000 + "b")


def test_la_categorie_n_est_pas_dite_deux_fois() -> None:
    assert official_name("CA Agglo du Pays d'Issoire", "CA") == "Agglo du Pays d’Issoire"
    assert official_name("CC du Val", "CC") == "Communauté de communes du Val"


def test_deux_intercommunalites_du_meme_nom_se_distinguent(referentiel: Referentiel) -> None:
    with pytest.raises(UnknownLieu, match=r"\(70\) », « .* \(74\) »"):
        referentiel.resolve("CC des Quatre Rivières")
    assert referentiel.resolve("CC des Quatre Rivières (74)").departement == "74"


def test_chaque_point_est_dans_son_departement() -> None:
    """A wrong point would give wrong distances and a wrong place on the maps: it is better unknown."""
    contours = json.loads((find(PROJECT, "referentiels") / "departements.geojson").read_text("utf-8"))
    boites = {f["properties"]["code"]: _boite(f["geometry"]["coordinates"]) for f in contours["features"]}
    ailleurs = []
    for ligne in COMMUNES:
        boite = boites.get(ligne["departement"])
        if boite and ligne["lon"]:
            ouest, sud, est, nord = boite
            lon, lat = float(ligne["lon"]), float(ligne["lat"])
            # Outlines are simplified: a town hall by the sea may lie a little outside.
            if not (ouest - 0.06 <= lon <= est + 0.06 and sud - 0.06 <= lat <= nord + 0.06):
                ailleurs.append(ligne["code"])
    assert len(boites) == 101
    assert ailleurs == []


def _boite(coordonnees: list) -> tuple[float, float, float, float]:
    if isinstance(coordonnees[0], float | int):
        lon, lat = coordonnees
        return lon, lat, lon, lat
    parties = [_boite(partie) for partie in coordonnees]
    return (
        min(p[0] for p in parties),
        min(p[1] for p in parties),
        max(p[2] for p in parties),
        max(p[3] for p in parties),
    )
