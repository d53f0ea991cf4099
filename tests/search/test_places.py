"""The places of a query. That the explorer reads them the same way is told in ``tests/browser/test_lieux.py``."""

from __future__ import annotations

import gzip
import re

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.memo import Memo
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Referentiel, name_key
from inspiractions.search.index import make_france
from inspiractions.search.places import NEAR_PART, areas, france_table, near_table, table_parts
from inspiractions.search.selection import Searcher, Selection


@pytest.fixture(scope="module")
def referentiel() -> Referentiel:
    return Referentiel(PROJECT)


@pytest.fixture(scope="module")
def chercheur(banque_reelle: Banque) -> Searcher:
    return Searcher(banque_reelle)


def test_toute_commune_toute_intercommunalite_tout_code_postal_a_sa_place(referentiel: Referentiel) -> None:
    table = france_table(referentiel)
    for row in referentiel.communes:
        assert row["code"] in {place.codes[0] for place in table[name_key(row["nom"])]}, row
    for row in referentiel.intercommunalites:
        assert row["code"] in {place.codes[0] for place in table[name_key(row["nom"])]}, row
    for row in referentiel.codes_postaux:
        for code in row["codes_postaux"].split():
            assert any(row["code"] in place.codes for place in table[code]), row


def test_tout_departement_et_toute_region_par_leur_nom_et_leur_numero(banque_reelle: Banque) -> None:
    table, referentiel = near_table(banque_reelle, Memo(None, b"")), banque_reelle.referentiel
    for code, nom in referentiel.departements.items():
        if code[:2] != "98":
            same = {place.nom for place in table[code.lower()]}
            assert same == {nom}
            assert nom in {place.nom for place in table[name_key(nom)]}
    for code, nom in referentiel.regions.items():
        if code not in ("984", "989"):
            assert f"r-{code}" in {c for place in table[name_key(nom)] for c in place.codes}


def test_les_noms_usuels_ne_nomment_que_des_territoires_connus(referentiel: Referentiel) -> None:
    known = {f"d-{code}" for code in referentiel.departements} | {f"r-{code}" for code in referentiel.regions}
    communes = {row["code"] for row in referentiel.communes}
    one = communes | {row["code"] for row in referentiel.intercommunalites}
    named = [row["territoires"].split() for row in referentiel.noms_usuels]
    assert len(named) > 25
    # « lyonnais » names one commune, the others départements or régions.
    assert all(codes and (set(codes) <= known or (len(codes) == 1 and set(codes) <= one)) for codes in named)
    assert sum(codes[0] in communes for codes in named) > 40
    # The former régions of 2015, but those that stayed as they were, cover their départements once each.
    former = [codes for row, codes in zip(referentiel.noms_usuels, named, strict=True) if row["nom"] in FORMER]
    flat = [code for codes in former for code in codes]
    assert len(former) == len(FORMER)
    assert len(flat) == len(set(flat))
    kept = {"r-11", "r-24", "r-52", "r-53", "r-93", "r-94"}
    metropole = {d for d, r in referentiel.region_of.items() if len(d) == 2 and f"r-{r}" not in kept}
    assert {code[2:] for code in flat} == metropole


def test_une_region_naturelle_est_entre_les_villes_de_ses_departements(referentiel: Referentiel) -> None:
    """Not at Dijon, from which distances to the Morvan would be told."""
    zones = {key: place for key, place in areas(referentiel) if place.genre == "zone"}
    for key, (lon, lat) in {"morvan": (3.9, 47.1), "vercors": (5.4, 45.0), "alsace": (7.5, 48.2)}.items():
        assert abs(float(zones[key].lon) - lon) < 0.4
        assert abs(float(zones[key].lat) - lat) < 0.25


FORMER = (
    "Alsace", "Aquitaine", "Auvergne", "Basse-Normandie", "Bourgogne", "Champagne-Ardenne", "Franche-Comté",
    "Haute-Normandie", "Languedoc-Roussillon", "Limousin", "Lorraine", "Midi-Pyrénées", "Nord-Pas-de-Calais", "Picardie",
    "Poitou-Charentes", "Rhône-Alpes",
)  # fmt: skip


def test_les_fichiers_des_lieux_restent_petits(banque_reelle: Banque) -> None:
    france = make_france(banque_reelle.referentiel)
    weights = [len(f.content) for f in france.files]
    assert max(weights) <= 16 * 1024
    assert sum(weights) <= 1024 * 1024
    assert len(weights) <= 90
    near = list(table_parts(near_table(banque_reelle, Memo(None, b"")), NEAR_PART))
    # Any query may open one for nothing.
    assert max(len(gzip.compress(lines)) for _, lines in near) <= 4 * 1024
    parts = [
        (first, gzip.decompress(f.content))
        for first, f in zip(france.description["france"]["premiers"], france.files, strict=True)
    ]
    for some in (parts, near):
        firsts = [first for first, _ in some]
        assert firsts == sorted(set(firsts))
        for first, lines in some:
            key, _, nom = lines.decode().split("\n")[0].split("\t")[:3]
            assert (key or name_key(nom)) == first


# Query, what is left of it, the places that filter it, the places that are offered.
READINGS = [
    ("addictions 93", "addictions ", ["Seine-Saint-Denis"], []),
    ("bretagne suicide", "suicide", ["Bretagne"], []),
    ("suicide en Bretagne et en Normandie", "suicide en et en ", ["Bretagne", "Normandie"], []),
    ("alsace canicule", "canicule", ["Alsace"], []),
    ("brive vélo", "vélo", ["Brive-la-Gaillarde"], []),
    ("Issy", "", ["Issy-les-Moulineaux"], []),
    ("Lourdes", "Lourdes", [], ["Lourdes"]),
    ("lourdes", "lourdes", [], []),
    ("50 km orange", "50 km ", ["Orange"], []),
    ("20 000 habitants Alès", "20 000 habitants ", ["Alès"], []),
    ("paca cantine", "cantine", ["Provence-Alpes-Côte d’Azur"], []),
    ("IDF", "", ["Île-de-France"], []),
    ("Nice", "", ["Nice"], []),
    ("Le Blanc", "", ["Le Blanc"], []),
    ("le blanc", "le blanc", [], []),
    ("le blanc 36", "", ["Le Blanc"], []),
    ("Vienne 38", "", ["Vienne"], []),
    ("à tours", "à ", ["Tours"], []),
    ("tours", "tours", [], ["Tours"]),
    ('"tours" vélo', '"tours" vélo', [], []),
    ("«\u00a0Tours\u00a0» vélo", "« Tours » vélo", [], []),
    ("vélo -bretagne", "vélo -bretagne", [], []),
    ("dans le nord", "dans le ", ["Nord"], []),
    ("nord", "nord", [], ["Nord"]),
    ("saint denis 974", "", ["Saint-Denis"], []),
    ("st-denis (93)", "", ["Saint-Denis"], []),
    ("46000 seniors", "seniors", ["Cahors"], []),
    ("plaine commune", "", ["Plaine Commune"], []),
    ("Est Ensemble vélo", "vélo", ["Est Ensemble"], []),
    ("mantes la jolie vélo", "vélo", ["Mantes-la-Jolie"], []),
    ("L’Haÿ-les-Roses", "", ["L’Haÿ-les-Roses"], []),
    ("grand est canicule", "canicule", ["Grand Est"], []),
    ("2A", "", ["Corse-du-Sud"], []),
    ("11-17 ans", "11-17 ans", [], []),
    ("moins de 18 ans", "moins de 18 ans", [], []),
    ("covid 19", "covid 19", [], []),
    ("10000 pas", "10000 pas", [], []),
    ("zone 30", "zone 30", [], []),
    ("ville à 30", "ville à 30", [], []),
    ("prostate", "prostate", [], []),
    ("cantine caen", "cantine ", ["Caen"], []),
    ("lens", "", ["Lens"], []),
    ("pas de calais", "", ["Pas-de-Calais"], []),
    ("pays de Morlaix", "pays de ", ["Morlaix"], []),
    ("81 cours d’école", "81 cours d’école", [], []),
    ("59 jeunes", "jeunes", ["Nord"], []),
    ("27 % sans médecin traitant", "27 % sans médecin traitant", [], []),
    ("12 séances psychologue", "12 séances psychologue", [], []),
    ("sport quartiers lyonnais", "sport quartiers ", ["Lyon"], []),
    ("QPV métropole de lyon", "QPV ", ["Métropole de Lyon"], []),
    ("ville de tours", "", ["Tours"], []),
    ("région Bretagne", "", ["Bretagne"], []),
    ("le département de la Creuse", "le ", ["Creuse"], []),
    ("vélo dans la Creuse", "vélo dans la ", ["Creuse"], []),
    ("dept 62 vélo", "vélo", ["Pas-de-Calais"], []),
    ("contrat de ville Lyon", "contrat de ville ", ["Lyon"], []),
    ("rennes agglo vélo", "vélo", ["Rennes"], []),
    ("nantes métropole", "", ["Nantes Métropole"], []),
    ("angers loire métropole", "", ["Angers Loire Métropole"], []),
    ("nantes métropole cantine", "cantine", ["Nantes Métropole"], []),
    ("région semaine bleue", "région semaine bleue", [], []),
    ("l'hay les roses", "", ["L’Haÿ-les-Roses"], []),
    ("grand poitiers", "", ["Communauté urbaine du Grand Poitiers"], []),
    ("grand lyon", "", ["Métropole de Lyon"], []),
    ("grand chalon", "", ["Communauté d’agglomération Le Grand Chalon"], []),
    ("grand besançon", "", ["Grand Besançon Métropole"], []),
    ("Vélo à Saint-Ouen", "Vélo à ", ["Saint-Ouen-sur-Seine"], []),
    ("squats st laurent", "squats st laurent", [], []),
    ("mantes", "", ["Mantes-la-Jolie"], []),
    ("flandre vélo", "vélo", ["Nord"], []),
    ("savoie mont blanc", "", ["Savoie Mont Blanc"], []),
    ("bassin d’arcachon", "", ["Gironde"], []),
    ("golfe du morbihan", "", ["Golfe du Morbihan - Vannes Agglomération"], []),
    ("polynésie", "", ["Polynésie française"], []),
    ("creusot", "", ["Le Creusot"], []),
    ("réunion d’information", "réunion d’information", [], ["La Réunion"]),
    ("dpt 33", "", ["Gironde"], []),
    ("grand âge", "grand âge", [], []),
    ("neuilly sur marne", "", ["Neuilly-sur-Marne"], []),
    ("port saint louis du rhone", "", ["Port-Saint-Louis-du-Rhône"], []),
    ("villeneuve-saint-georges", "", ["Villeneuve-Saint-Georges"], []),
    ("salon de provence", "", ["Salon-de-Provence"], []),
    ("saint cyr au mont d or", "", ["Saint-Cyr-au-Mont-d’Or"], []),
    ("sainte foy les lyon", "", ["Sainte-Foy-lès-Lyon"], []),
    ("st lo", "", ["Saint-Lô"], []),
    ("canicule saint denis", "canicule ", ["Saint-Denis"], []),
    ("seine-et-oise", "seine-et-oise", [], []),
    ("santé sur ordonnance", "santé sur ordonnance", [], []),
    ("constructor", "constructor", [], []),
    ("Paris 18 vélo", "18e vélo", ["Paris"], []),
    ("paris 20ème", "20e", ["Paris"], []),
    ("Lyon 8ème", "", ["Lyon 8e Arrondissement"], []),
    ("lyon 3e arrondissement", "", ["Lyon 3e Arrondissement"], []),
    ("marseille 13", "", ["Marseille"], []),
    ("paris 10 jours", "10 jours", ["Paris"], []),
    ("11 à 17 ans", "11 à 17 ans", [], []),
    ("moins de 25", "moins de 25", [], []),
    ("38 °C", "38 °C", [], []),
    ("65+", "65+", [], []),
    ("24h/24", "24h/24", [], []),
    ("93/94", "/ ", ["Seine-Saint-Denis", "Val-de-Marne"], []),
    ("10000 €", "10000 €", [], []),
    ("à côté de Nantes", "à côté de ", ["Nantes"], []),
    ("région nantaise", "région ", ["Nantes"], []),
    ("région dieppoise", "", ["Communauté d’agglomération de la Région Dieppoise"], []),
    ("région parisienne vélo", "vélo", ["Île-de-France"], []),
    ("banlieue de Toulouse", "banlieue de ", ["Toulouse"], []),
    ("près de bus", "près de bus", [], []),
    ("croix rouge camion", "croix rouge camion", [], []),
    ("vaccin Croix Rouge", "vaccin Croix Rouge", [], []),
    ("vaccin à Croix", "vaccin à ", ["Croix"], []),
    ("CLSI Nord Caraïbe", "CLSI Nord Caraïbe", [], ["Nord"]),
    ("vélo Tours", "vélo ", ["Tours"], []),
    ("vaccin Croix-Rouge", "vaccin Croix-Rouge", [], []),
    ("aînés isolés", "aînés isolés", [], []),
    ("Lorraine", "", ["Lorraine"], []),
    ("asnières", "", ["Asnières-sur-Seine"], []),
    ("ars", "ars", [], []),
    ("mutuelle ARS", "mutuelle ARS", [], []),
    ("cantine CAEN", "cantine ", ["Caen"], []),
    ("Maison sport santé", "Maison sport santé", [], []),
    ("chauve-souris", "chauve-souris", [], []),
    ("", "", [], []),
    ("?!… 😀", "?!… 😀", [], []),
]


@pytest.mark.parametrize(("q", "rest", "places", "offered"), READINGS)
def test_un_lieu_filtre_et_un_mot_reste_un_mot(
    chercheur: Searcher, q: str, rest: str, places: list[str], offered: list[str]
) -> None:
    reading = chercheur.read_places(Selection(q, {}))
    assert [place.nom for place in reading.lieux] == places
    assert [place.nom for place in reading.offerts] == offered
    assert re.sub(r"\s+", " ", reading.reste) == rest


def test_le_numero_choisit_entre_les_homonymes(chercheur: Searcher) -> None:
    for number in ("93", "974"):
        (place,) = chercheur.read_places(Selection(f"saint denis {number}", {})).lieux
        assert place.autour == number


def test_un_long_texte_ne_nomme_pas_de_lieux(chercheur: Searcher) -> None:
    text = "Bretagne " * 50
    assert chercheur.read_places(Selection(text, {})).reste == text


def test_une_selection_qui_nomme_un_lieu_le_prend_pour_filtre(chercheur: Searcher, banque_reelle: Banque) -> None:
    actions = chercheur.find(Selection("bretagne", {}))
    assert {a.id for a in actions} == {a.id for a in banque_reelle.par_region["53"]}
    assert list(chercheur.faults(Selection("bretagne", {}))) == []
    assert "les plus proches de « Saint-Brevin-les-Pins »" in next(
        chercheur.faults(Selection("Saint-Brevin-les-Pins", {}))
    )


def test_une_ville_en_petites_lettres_n_est_pas_prise_pour_une_autre(
    chercheur: Searcher, referentiel: Referentiel
) -> None:
    """With or without hyphens; « Roussillon » is the natural region, and a name that is a word may stay one."""
    for row in referentiel.communes:
        if int(row["population"] or 0) < 10_000 or row["nom"].endswith("Arrondissement"):
            continue
        for q in (row["cle"], row["nom"].lower()):
            named = {name_key(place.nom) for place in chercheur.read_places(Selection(q, {})).lieux}
            assert not named or row["cle"] in named, (q, named)


def test_de_deux_homonymes_celui_qui_repond(chercheur: Searcher) -> None:
    """The one with most actions has none about them: the other one has."""
    (action,) = chercheur.find(Selection("saint denis bains douches", {}))
    assert action.id == "saint-denis-bains-douches-plaine"
    assert {a.villes[0].departement for a in chercheur.find(Selection("vienne médiatrices", {}))} == {"38"}
    assert {a.villes[0].departement for a in chercheur.find(Selection("saint denis dengue", {}))} == {"974"}


def test_un_mot_qu_aucune_action_n_a_laisse_le_lieu(chercheur: Searcher, banque_reelle: Banque) -> None:
    found = chercheur.find(Selection("savoie prostate", {}))
    assert {a.id for a in found} == {
        a.id for a in banque_reelle.actions if any(v.departement == "73" for v in a.villes)
    }
