"""The places of a query in the explorer: read as ``inspiractions/search/place_reading.py`` does, shown, taken off."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import Page, expect

from inspiractions.model.banque import Banque
from inspiractions.search.selection import Searcher, Selection

from ..search.test_places import READINGS
from .explorateur import COMPTE, TITRES, Ouvrir, pret, total

OUVRIR = """async () => {
  const { Engine } = await import("/assets/js/search/engine.js");
  window.demandes = [];
  window.moteur = await Engine.open(async (nom) => {
    demandes.push(nom);
    return (await fetch(`/recherche/${nom}`)).arrayBuffer();
  });
}"""
LIRE = """async (q) => {
  const { reste, lieux, offerts } = await moteur.readPlaces(q);
  return { reste, lieux: lieux.map((l) => l.place.codes), offerts: offerts.map((l) => l.place.codes), sans: lieux.map((l) => l.sans) };
}"""
AUTRES = (
    "nice", "caen", "rouen vélo", "savoie", "lot", "d'alsace", "ville de tours", "75018", "paris 18e", "hauts de seine tabac",
    "région sud", "PACA", "TOURS", "sommeil (Tours)", "Saint Denis", "saint", "01", "marche 93 jeunes", "deux-sèvres vélo",
    "bretagne normandie corse", "vienne isère", "zzzz qqqq wwww xxxx kkkk jjjj hhhh", "Œuvre", "œuvre à Nœux-les-Mines",
)  # fmt: skip


def test_les_deux_lectures_des_lieux_sont_la_meme(moteur: Page, banque_reelle: Banque) -> None:
    chercheur = Searcher(banque_reelle)
    for q in (*(reading[0] for reading in READINGS), *AUTRES):
        theirs, ours = moteur.evaluate(LIRE, q), chercheur.read_places(Selection(q, {}))
        assert theirs["reste"] == ours.reste, q
        assert theirs["lieux"] == [list(place.codes) for place in ours.lieux], q
        assert theirs["offerts"] == [list(place.codes) for place in ours.offerts], q


def test_un_lieu_ote_ne_revient_pas(moteur: Page) -> None:
    for q in ("bretagne suicide", "Le Blanc", "dans le nord", "saint denis 974", "le blanc 36", "alsace canicule"):
        for sans in moteur.evaluate(LIRE, q)["sans"]:
            assert moteur.evaluate(LIRE, sans)["lieux"] == [], (q, sans)


def test_un_lieu_filtre_comme_le_generateur(moteur: Page, banque_reelle: Banque) -> None:
    chercheur = Searcher(banque_reelle)
    for q in (
        "bretagne",
        "93",
        "alsace",
        "bretagne normandie",
        "nice",
        "Plaine Commune",
        "cantine paca",
        "vélo bretagne",
    ):
        selection = Selection(q, {})
        assert list(chercheur.faults(selection)) == [], q
        theirs = moteur.evaluate("async (q) => (await moteur.search({ q, perPage: 2000 })).cards.map((c) => c.id)", q)
        assert sorted(theirs) == sorted(a.id for a in chercheur.find(selection)), q


AUTOUR = (
    ("vaccination banlieue lyon", "Lyon", 20, "venissieux-bus-vaccination"),
    ("perturbateurs endocriniens banlieue de toulouse", "Toulouse", 20, "tournefeuille-vaisselle-sans-plastique"),
    ("région nantaise", "Nantes", 50, "nantes-bains-douches-quai-baco"),
    ("agglo de Chalon", "Chalon-sur-Saône", 20, "grand-chalon-nutrition"),
    ("sport métropole lilloise", "Lille", 20, "fleurbaix-laventie-obesite-enfant"),
    ("Lyon et sa banlieue vélo", "Lyon", 20, "venissieux-observatoire-sport-handicap"),
)
PEU = (
    "cantine bio strasbourg",
    "jardin paris école",
    "tabac enfants reims",
    "QPV métropole de lyon",
    "jeunes lyonnais",
)


def test_autour_d_un_lieu_comme_on_le_dit(moteur: Page, banque_reelle: Banque) -> None:
    """« Banlieue de », « région nantaise » look around; few answers of a place take weaker ones: as the generator does."""
    chercheur = Searcher(banque_reelle)
    js = "async (q) => { const { cards, centre, autour } = await moteur.search({ q, perPage: 2000 }); return { cards, nom: centre?.place.nom, sans: centre?.sans, km: autour?.km }; }"
    for q, lieu, km, recit in AUTOUR:
        answer = moteur.evaluate(js, q)
        assert (answer["nom"], answer["km"]) == (lieu, km), q
        assert recit in [card["id"] for card in answer["cards"]], q
        assert all(card["distance"] <= km for card in answer["cards"]), q
        # Taken off, it does not come back, be it a word, too (« nantaise »).
        assert moteur.evaluate(js, answer["sans"]).get("nom") is None, q
    for q in (*(row[0] for row in AUTOUR), *PEU):
        theirs = [card["id"] for card in moteur.evaluate(js, q)["cards"]]
        assert sorted(theirs) == sorted(a.id for a in chercheur.find(Selection(q, {}))), q


def test_ce_qu_un_lieu_a_de_moins_juste_vient_avant_ce_qui_est_loin(moteur: Page) -> None:
    chercher = "async (q) => { const { cards, proches } = await moteur.search({ q }); return { proches, cards }; }"
    answer = moteur.evaluate(chercher, "jeunes caries blois")
    assert answer["proches"]
    assert "blois-camionnette-jeunes-invisibles" in [card["id"] for card in answer["cards"][:3]]
    # The link to the département counts what it gives.
    wider = "async () => { const { ailleurs, lieux } = await moteur.search({ q: 'canicule bien-être Guéret' }); return [lieux[0].departement.codes[0], [...ailleurs].filter(([, n]) => n).slice(0, 20)]; }"
    code, counted = moteur.evaluate(wider)
    assert code == "d-23"
    assert len(counted) > 5
    for territoire, n in counted:
        js = "async (code) => (await moteur.search({ q: 'canicule bien-être', filtres: { territoire: [code] } })).total"
        assert moteur.evaluate(js, territoire) == n, territoire
    assert "d-41" not in dict(
        moteur.evaluate(
            "async () => [...(await moteur.search({ q: 'jeunes caries blois' })).ailleurs].filter(([, n]) => n)"
        )
    )
    # What is of the whole département, and has every word, is not hidden by it; a card says what it lacks.
    own, whole = moteur.evaluate(chercher, "culotte menstruelle collège angers")["cards"][:2]
    assert own["sans"]
    assert (whole["id"], whole["lien"], whole["sans"]) == ("maine-et-loire-kits-protections-colleges", "zone", [])
    # Seven kilometres from Calais, before what has every word at three hundred.
    first = moteur.evaluate(chercher, "télé consultation avec infirmière calais")["cards"][0]
    assert (first["id"], first["distance"]) == ("les-attaques-telemedecine-infirmiers", 7)


def test_un_lieu_sans_action_donne_les_plus_proches(moteur: Page, banque_reelle: Banque) -> None:
    r = moteur.evaluate("async () => moteur.search({ q: 'Saint-Brevin-les-Pins', perPage: 50 })")
    placed = [card for card in r["cards"] if not card.get("lien")]
    distances = [card["distance"] for card in placed]
    assert r["proches"]
    assert len(distances) == 10
    assert distances == sorted(distances)
    # Of all actions, these: distances by the law of cosines, from the town hall (IGN, -2.17, 47.25).
    far = {
        a.id: min((_km(-2.17, 47.25, v.lon, v.lat) for v in a.villes if v.lon is not None), default=math.inf)
        for a in banque_reelle.actions
    }
    for card, nearest in zip(placed, sorted(far.values()), strict=False):
        assert card["distance"] == pytest.approx(far[card["id"]], abs=2)
        assert card["distance"] == pytest.approx(nearest, abs=2)
    (lieu,) = r["lieux"]
    assert (lieu["departement"]["nom"], lieu["departement"]["autour"]) == ("Loire-Atlantique", "Pays de la Loire")


@pytest.mark.parametrize(
    ("q", "recit", "lien"),
    [
        ("PMI auxerre", "yonne-family-bus-pmi", "zone"),
        ("agen", "agen-adopte-ton-externe", "nom"),
        ("Caen", "rouen-vital-action", "nom"),
        ("pays de Morlaix", "pays-morlaix-sentinelles-suicide", "nom"),
    ],
)
def test_un_recit_qui_nomme_le_lieu_ou_le_couvre_vient_d_abord(moteur: Page, q: str, recit: str, lien: str) -> None:
    first, *others = moteur.evaluate("async (q) => (await moteur.search({ q, prefix: true })).cards", q)
    assert (first["id"], first["lien"]) == (recit, lien)
    assert [card for card in others if card.get("distance") is not None] != []


def test_le_nom_d_un_autre_lieu_ne_nomme_pas_la_ville(moteur: Page) -> None:
    """« Pas-de-Calais » names no Calais."""
    cards = moteur.evaluate("async () => (await moteur.search({ q: 'calais', perPage: 50 })).cards")
    assert [card for card in cards if card.get("lien") == "nom"] == []


def test_les_fichiers_de_france_ne_s_ouvrent_que_pour_un_mot_inconnu(moteur: Page) -> None:
    france = "async (q) => { demandes.length = 0; await moteur.search({ q }); return demandes.filter((n) => /^l-/.test(n)).length; }"
    assert moteur.evaluate(france, "santé mentale des jeunes en bretagne") == 0
    assert moteur.evaluate(france, "Saint-Brevin-les-Pins") == 1
    assert moteur.evaluate(france, "a1z b2z c3z wwa wwb wwc wwd wwe wwf wwg wwh wwi wwj wwk") <= 6


def _km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    a, b = math.radians(lat), math.radians(other_lat)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(math.radians(other_lon - lon))
    return 6371 * math.acos(min(1.0, cosine))


def test_la_puce_d_un_lieu_s_ote_au_clavier(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=bretagne+suicide")
    filtered = total(page)
    chip = page.locator("[data-puces] button", has_text="Lieu\u00a0: Bretagne")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=suicide$"))
    expect(page.locator("#q")).to_have_value("suicide")
    expect(chip).to_have_count(0)
    assert total(page) > filtered
    page.go_back()
    expect(chip).to_be_visible()


def test_un_nom_qui_est_un_mot_redevient_un_mot(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=tours")
    page.get_by_role("link", name=re.compile(r"^Tours \(37\), \d+ actions?$")).click()
    expect(page).to_have_url(re.compile(r"\?q=tours\+37$"))
    chip = page.locator("[data-puces] button", has_text="Lieu\u00a0: Tours (37)")
    chip.click()
    expect(page).to_have_url(re.compile(r"\?q=%22tours%22$"))
    expect(page.locator(COMPTE)).to_have_text(re.compile(r"^[1-9]"))
    expect(chip).to_have_count(0)


def test_un_lieu_sans_action_est_dit(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=Saint-Brevin-les-Pins")
    zone = page.locator("[data-compte]")
    expect(zone).to_contain_text(
        "Saint-Brevin-les-Pins (Loire-Atlantique, Pays de la Loire)\u00a0: aucune action n’y est encore racontée."
    )
    around = page.locator(".carte [data-autour]")
    expect(around.filter(has_text=re.compile(r" · à \d+ km$"))).not_to_have_count(0)
    expect(around.filter(has_text="couvre Saint-Brevin-les-Pins")).not_to_have_count(0)
    zone.get_by_role("link", name=re.compile("^Loire-Atlantique")).click()
    expect(page).to_have_url(re.compile(r"territoire=d-44"))
    pret(page)
    expect(page.locator(TITRES).first).to_be_visible()


def test_un_mot_absent_laisse_le_lieu_et_le_dit(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=prostate+savoie")
    zone = page.locator("[data-compte]")
    expect(zone).to_contain_text("Aucun récit ne contient «\u00a0prostate\u00a0».")
    expect(zone).to_contain_text("Lieu\u00a0: Savoie")
    expect(zone).not_to_contain_text("tous ces mots")
    expect(page.locator(TITRES).first).to_be_visible()
