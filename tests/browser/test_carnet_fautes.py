"""The carnet when something is wrong: nothing crashes, nothing is lost in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inspiractions.build.site import BuildOptions, build

from .carnet import OuvrirCarnet, carnet, gardes, lu, titres
from .conftest import Fenetre
from .serveur import serve

# — Ce qui peut mal tourner —


def test_une_valeur_abimee_est_mise_de_cote(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    for brut in ("{pas du json", '{"actions": 3}', json.dumps(carnet([ids[0], "PAS un id"]))):
        page = ouvrir_carnet(brut)
        expect(page.locator("[data-illisible]")).to_be_visible()
        assert page.evaluate("localStorage.getItem('inspiractions-carnet-illisible')") == brut
        expect(page.locator("[data-liste] > li")).to_have_count(1 if ids[0] in brut else 0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer l’ancien contenu").click()
    assert download.value.path().read_text("utf-8") == brut
    page.get_by_role("button", name="L’effacer").click()
    expect(page.locator("[data-illisible]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-liste] > li")).to_have_count(1)
    expect(page.locator("[data-illisible]")).to_be_hidden()


REFUS = {
    "refuse": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('non', 'SecurityError') } })",
    "plein": "Storage.prototype.setItem = () => { throw new DOMException('plein', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("refus", REFUS)
def test_un_stockage_refuse_se_dit(fenetre: Fenetre, serveur: str, ids: list[str], refus: str):
    page = fenetre.open(f"{serveur}/")
    page.context.add_init_script(REFUS[refus])
    page.goto(f"{serveur}/actions/{ids[0]}/")
    bouton = page.locator(".barre--recit [data-garder]")
    bouton.click()
    expect(page.get_by_role("alert")).to_contain_text("rien n’a changé dans le carnet")
    expect(bouton).to_have_attribute("aria-pressed", "false")
    page.goto(f"{serveur}/carnet/#carnet=1&a={ids[0]}")
    page.get_by_role("button", name="Ajouter à mon carnet").click()
    expect(page.locator("[data-probleme]")).to_contain_text("ne permet pas d’enregistrer")
    expect(page.locator("[data-recu]")).to_be_visible()
    assert fenetre.journal.faults == []


def test_sans_les_fiches_le_carnet_reste_lisible(ouvrir_carnet: OuvrirCarnet, serveur: str, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:2]))
    page.route("**/carnet/fiches/**", lambda route: route.abort())
    page.reload()
    expect(page.locator("[data-probleme]")).to_contain_text("n’est pas arrivé")
    assert titres(page) == [f"Titre {i}" for i in ids[:2]]
    page.unroute("**/carnet/fiches/**")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-probleme]")).to_be_hidden()
    expect(page.locator(".carte__resume").first).to_be_visible()


def test_un_carnet_plein_se_dit(ouvrir_carnet: OuvrirCarnet, serveur: str, ids: list[str]):
    page = ouvrir_carnet(carnet([f"action-{i}" for i in range(200)]))
    expect(page.locator("[data-long]")).to_contain_text("certaines messageries le coupent")
    page.goto(f"{serveur}/actions/{ids[0]}/")
    page.locator(".barre--recit [data-garder]").click()
    expect(page.get_by_role("alert")).to_contain_text("200 actions au plus")
    assert len(gardes(page)) == 200


@pytest.fixture
def remanie(ecrire, partage: None, racine: Path) -> Iterator[str]:
    """A small site where one action was renamed and another withdrawn."""
    ecrire("nouvelle", anciens_ids="[ancienne]")
    ecrire("partie", titre="Une action partie", statut="retiree", anciens_ids="[partie-avant]")
    assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=True)).problems == []
    with serve(racine / "site") as address:
        yield address


def test_les_ids_changes_se_suivent_et_les_retirees_gardent_leur_nom(ouvrir_carnet: OuvrirCarnet, remanie: str):
    contenu = carnet(["ancienne", "partie-avant", "nouvelle", "jamais-vue"])
    contenu["actions"][0]["note"], contenu["actions"][2]["note"] = "une", "deux"
    page = ouvrir_carnet(contenu, adresse=remanie)
    expect(page.locator("[data-liste] > li")).to_have_count(3)
    assert gardes(page) == ["nouvelle", "partie", "jamais-vue"]
    assert lu(page)["actions"][0]["note"] == "une\ndeux"
    assert titres(page) == ["Marcher ensemble le mardi", "Une action partie", "Titre jamais-vue"]
    assert [a.inner_text() for a in page.locator("[data-avis]:visible").all()] == [
        "Cette fiche a été retirée de la banque.",
        "Cette fiche est introuvable dans la banque\u00a0: son adresse est peut-être mal écrite.",
    ]
    page.locator("[data-liste] h3 a").nth(1).click()
    expect(page.locator("h1")).to_have_text("Une action partie")
    page = ouvrir_carnet(None, "#carnet=1&a=ancienne&n=note", adresse=remanie)
    expect(page.locator("[data-recu-liste] h3")).to_have_text("Marcher ensemble le mardi")
    page.locator("[data-recu-liste] [data-garder]").click()
    assert gardes(page) == ["nouvelle"]
