"""« Autour de » a commune or a postcode: what is near, from the nearest, in the list, the map, the address, and in the twin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from inspiractions.model.banque import Banque
from inspiractions.search.selection import Searcher, read_selection

from .explorateur import COMPTE, TITRES, Ouvrir, pret, requete, total

OUVRIR = """async () => {
  const { Engine } = await import("/assets/js/search/engine.js");
  const { readState, requestOf } = await import("/assets/js/explorer/state.js");
  const moteur = await Engine.open(async (nom) => (await fetch(`/recherche/${nom}`)).arrayBuffer());
  window.trouver = async (adresse) => {
    const { cards, autour } = await moteur.search({ ...requestOf(readState(adresse)), perPage: 2000, prefix: true });
    return { ids: cards.map((card) => card.id), distances: cards.map((card) => card.distance), code: autour.place?.codes[0] ?? "" };
  };
}"""
# Whether the one circle shown stands in a département, and its radius.
CERCLE = """(code) => {
  const [circle, ...others] = document.querySelectorAll(".cercle:not([hidden]) circle");
  if (others.length) throw new Error("plusieurs cercles");
  const point = new DOMPoint(circle.cx.baseVal.value, circle.cy.baseVal.value);
  return [document.querySelector(`[data-departement="${code}"] path`).isPointInFill(point), circle.r.baseVal.value];
}"""
# An address, and the INSEE, SIREN code of the place that it is about.
AUTOUR = (
    ("?autour=Alès", "30007"), ("?autour=ales&km=20", "30007"), ("?autour=30100&km=100", "30007"),
    ("?autour=Saint-Denis", "97411"), ("?autour=Saint-Denis+(93)", "93066"), ("?autour=Saint-Denis+(974)&km=20", "97411"), ("?autour=st+denis+97400", "97411"),
    ("?autour=havre&km=100", "76351"), ("?autour=Le+Blanc+36&km=100", "36018"), ("?autour=Grand+Cahors&km=100", "200023737"),
    ("?autour=Lyon&theme=tabac&theme=alcool&km=100", "69123"), ("?autour=Ajaccio+2A", "2A004"),
    ("?autour=Paris&q=alimentation&age=0-3", "75056"), ("?autour=Rosans&km=20", "05126"),
)  # fmt: skip


def test_le_generateur_et_l_explorateur_cherchent_autour_du_meme_lieu(moteur: Page, banque_reelle: Banque) -> None:
    chercheur, wanted = Searcher(banque_reelle), 0
    for adresse, code in AUTOUR:
        selection = read_selection(adresse)
        theirs, ours = moteur.evaluate("(adresse) => trouver(adresse)", selection.adresse), chercheur.find(selection)
        assert theirs["code"] == code, adresse
        assert sorted(theirs["ids"]) == sorted(a.id for a in ours), adresse
        assert theirs["distances"] == sorted(theirs["distances"]), adresse
        assert all(km <= selection.km for km in theirs["distances"]), adresse
        wanted += len(ours)
    assert wanted > 150


def test_un_nom_inconnu_n_est_aucun_lieu(moteur: Page, banque_reelle: Banque) -> None:
    chercheur = Searcher(banque_reelle)
    for adresse in ("?autour=zutville", "?autour=Gard", "?autour=99999", "?autour=Saint-Denis+(75)", "?autour=(((("):
        assert moteur.evaluate("(adresse) => trouver(adresse)", adresse) == {"ids": [], "distances": [], "code": ""}
        (fault,) = chercheur.faults(read_selection(adresse))
        assert "n’est ni une commune" in fault


def test_a_50_km_d_ales_en_deux_gestes(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    page.get_by_label("Autour de").fill("ales")
    page.get_by_label("Autour de").press("Enter")
    chip = page.locator("[data-puces] button")
    expect(chip).to_have_text(re.compile(r"Autour\s: Alès \(30\), 50 km"))
    pret(page)
    assert requete(page) == {"autour": ["ales"]}
    near = total(page)
    assert 0 < near < 100
    shown = page.locator("[data-resultats] [data-autour]").all_inner_texts()
    distances = [int(re.search(r"à (?:moins de )?(\d+) km", text)[1]) for text in shown]
    assert distances == sorted(distances)
    assert distances[-1] <= 50
    assert page.get_by_label("Trier par").input_value() == "distance"
    # Further; then elsewhere: the same address on the map, which counts what is near.
    page.get_by_label("Distance au plus").select_option("100")
    expect(page.locator(COMPTE)).not_to_have_text(re.compile(rf"^{near} action"))
    assert requete(page) == {"autour": ["ales"], "km": ["100"]}
    further = total(page)
    assert further > near
    page.get_by_role("link", name="Carte").click()
    expect(page.locator("[data-france]")).to_be_visible()
    assert requete(page) == {"autour": ["ales"], "km": ["100"], "vue": ["carte"]}
    # The circle stands on the place and grows with the distance; words say what it is.
    expect(page.locator("[data-cercle]")).to_contain_text("100 km autour du lieu demandé : Alès (30)")
    at, wide = page.evaluate(CERCLE, "30")
    assert at
    page.get_by_label("Distance au plus").select_option("20")
    expect(page.locator("[data-cercle]")).to_contain_text("20 km")
    assert page.evaluate(CERCLE, "30") == [True, pytest.approx(wide / 5, abs=0.1)]
    page.get_by_label("Distance au plus").select_option("100")
    expect(page.locator("[data-cercle]")).to_contain_text("100 km")
    page.get_by_text("La même chose en liste").click()
    departements = page.locator("[data-departements] .conduite__mot").all_inner_texts()
    assert any("Gard" in name for name in departements)
    assert not any("Nord" in name for name in departements)
    chip.click()
    expect(page.locator(COMPTE)).to_have_text(re.compile(r"^593"))
    assert page.get_by_label("Autour de").input_value() == ""
    expect(page.locator("[data-cercle]")).to_be_hidden()
    expect(page.locator(".cercle:not([hidden])")).to_have_count(0)
    page.get_by_label("Autour de").fill("97400")
    page.get_by_label("Autour de").press("Enter")
    expect(page.locator("[data-cercle]")).to_contain_text("(974)")
    assert page.evaluate(CERCLE, "974")[0]


def test_rien_de_si_pres_propose_plus_loin(ouvrir: Ouvrir, fenetre: object, serveur: str) -> None:
    page = fenetre.open(f"{serveur}/explorer/?autour=Le+Blanc&km=20")
    expect(page.locator(COMPTE)).to_have_text(re.compile(r"^0 action"))
    page.get_by_role("link", name=re.compile("Jusqu’à 100 km autour")).click()
    pret(page)
    assert requete(page) == {"autour": ["Le Blanc"], "km": ["100"]}
    page = fenetre.open(f"{serveur}/explorer/?autour=zutville")
    expect(page.locator("[data-compte]")).to_contain_text("ne s’appelle « zutville »")
    assert page.locator(TITRES).count() == 0
    page = ouvrir("?autour=Saint-Denis")
    page.get_by_role("link", name="Saint-Denis (93)").click()
    expect(page.locator("[data-puces] button")).to_have_text(re.compile(r"Autour\s: Saint-Denis \(93\), 50 km"))


def test_du_lieu_nomme_a_ce_qui_l_entoure(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=santé+Lyon")
    page.get_by_role("link", name="Chercher à 50 km autour").click()
    expect(page.locator("[data-puces] button")).to_have_text(re.compile(r"Autour\s: Lyon \(69\), 50 km"))
    assert requete(page) == {"q": ["santé"], "autour": ["Lyon (69)"]}


def test_le_lieu_ecrit_deux_fois_a_une_issue(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=Lyon&autour=Lyon")
    within = total(page)
    page.get_by_role("link", name="Chercher à 50 km autour").click()
    expect(page.locator("[data-puces] button")).to_have_count(1)
    assert requete(page) == {"autour": ["Lyon (69)"]}
    assert total(page) > within


def test_un_lieu_qui_a_peu_mene_a_toute_la_banque(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=strasbourg+chien+lecture")
    lacks, within = page.locator("[data-compte] .avis"), total(page)
    # No card has all the words: none is said to.
    expect(lacks).to_contain_text("ne contient pas tous ces mots" if within == 1 else "Aucune de ces actions")
    page.get_by_role("link", name="Chercher dans toute la banque").click()
    assert requete(page) == {"q": ["chien lecture"]}
    assert total(page) > within
    expect(page.locator(TITRES).first).to_contain_text("bibliothèque")
