"""The carnet: kept on any page, ordered and annotated; everywhere, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .carnet import NOTE, OuvrirCarnet, carnet, gardes, lu, titres
from .conftest import AILLEURS, Fenetre
from .explorateur import pret
from .serveur import SOUS_CHEMIN
from .test_accessibilite import ALL, AXE, COLOURS, violations
from .test_polices import layout_faults

# — Garder —


def test_garder_partout_et_le_nombre_suit(fenetre: Fenetre, serveur: str, ids: list[str]):
    page = fenetre.open(f"{serveur}/")
    nombre = page.locator("[data-carnet-n]")
    expect(nombre).to_be_hidden()
    carte = page.locator(".carte").first
    bouton = carte.locator("[data-garder]")
    expect(bouton).to_have_text(re.compile("^Garder"))
    bouton.click()
    expect(bouton).to_have_text(re.compile("^Gardé "))
    expect(bouton).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-carnet-dit]")).to_have_text("Gardée dans le carnet, qui contient 1 action.")
    kept = lu(page)["actions"][0]
    assert kept["titre"] == carte.locator("h3").inner_text()
    assert kept["lieux"] == carte.locator("b").first.inner_text()

    page.goto(f"{serveur}/actions/{ids[0]}/")
    page.locator(".barre--recit [data-garder]").click()
    expect(nombre).to_have_text(re.compile("^2 actions gardées"))
    assert lu(page)["actions"][1]["titre"] == page.locator("h1").inner_text()

    page.goto(f"{serveur}/actions/")
    libre = page.locator(".lignes [data-garder][aria-pressed=false]").first.get_attribute("data-garder")
    ligne = page.locator(".lignes > li", has=page.locator(f"[data-garder={libre}]"))
    ligne.locator("[data-garder]").click()
    expect(nombre).to_have_text(re.compile("^3 "))
    kept = lu(page)["actions"][2]
    assert kept["titre"] == ligne.locator(".lignes__titre").inner_text()
    assert kept["lieux"] == ligne.locator("b").inner_text()

    for vue in ("", "?vue=tableau"):
        page.goto(f"{serveur}/explorer/{vue}")
        pret(page)
        libre = page.locator("[data-resultats] [data-garder][aria-pressed=false]").first
        identifiant = libre.get_attribute("data-garder")
        libre.click()
        expect(page.locator(f"[data-garder={identifiant}]")).to_have_attribute("aria-pressed", "true")
    expect(nombre).to_have_text(re.compile("^5 "))
    page.locator(f"[data-garder={identifiant}]").click()
    expect(nombre).to_have_text(re.compile("^4 "))
    page.locator(".entete__carnet").click()
    expect(page.locator("[data-liste] > li")).to_have_count(4)
    assert fenetre.journal.faults == []
    assert [url for url in fenetre.journal.requests if not url.startswith(f"{serveur}/")] == []


def test_le_retour_et_l_autre_onglet_voient_lecarnet(
    fenetre: Fenetre, serveur: str, ouvrir_carnet: OuvrirCarnet, ids: list[str]
):
    page = ouvrir_carnet(carnet(ids[:2]))
    page.locator("[data-liste] h3 a").first.click()
    other = page.context.new_page()
    other.goto(f"{serveur}/carnet/")
    other.locator("[data-retirer]").first.click()
    bouton = page.locator(".barre--recit [data-garder]")
    expect(bouton).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-carnet-n]")).to_have_text(re.compile("^1 "))
    bouton.click()
    expect(other.locator("[data-liste] > .gardee:not(.gardee--retiree)")).to_have_count(2)
    page.go_back()
    expect(page.locator("[data-liste] > li")).to_have_count(2)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("[data-liste] > li")).to_have_count(2)


# — Ordonner, annoter, retirer —


def test_ordonner_au_clavier(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:3]))
    premier, *suivants = titres(page)
    descendre = page.get_by_role("button", name=f"Descendre « {premier} »")
    expect(page.get_by_role("button", name=f"Monter « {premier} »")).to_be_disabled()
    descendre.focus()
    page.keyboard.press("Enter")
    expect(descendre).to_be_focused()
    expect(page.locator("[data-dit]")).to_have_text(re.compile(r"place 2 sur 3$"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=f"Monter « {premier} »")).to_be_focused()
    assert titres(page) == [*suivants, premier]
    assert gardes(page) == [ids[1], ids[2], ids[0]]
    assert page.locator(".gardee__rang").all_inner_texts() == ["1", "2", "3"]
    page.reload()
    expect(page.locator("[data-liste] h3").last).to_have_text(premier)


def test_les_notes_restent(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:2]))
    page.get_by_label("Titre du dossier").fill("Comité")
    page.get_by_role("textbox", name="Introduction").fill("Pourquoi")
    page.get_by_label("Ma note").nth(1).fill(NOTE)
    page.reload()
    expect(page.get_by_label("Titre du dossier")).to_have_value("Comité")
    expect(page.get_by_role("textbox", name="Introduction")).to_have_value("Pourquoi")
    expect(page.get_by_label("Ma note").nth(1)).to_have_value(NOTE)


def test_retirer_s_annule_et_tout_retirer_se_confirme(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:3]))
    page.get_by_label("Ma note").nth(1).fill(NOTE)
    page.locator("[data-retirer]").nth(1).click()
    expect(page.get_by_role("button", name="Annuler")).to_be_focused()
    assert gardes(page) == [ids[0], ids[2]]
    page.keyboard.press("Enter")
    expect(page.locator("[data-retirer]").nth(1)).to_be_focused()
    assert gardes(page) == ids[:3]
    expect(page.get_by_label("Ma note").nth(1)).to_have_value(NOTE)

    page.get_by_role("button", name="Tout retirer").click()
    dialogue = page.get_by_role("dialog", name="Tout retirer du carnet ?")
    dialogue.get_by_role("button", name="Annuler").click()
    assert gardes(page) == ids[:3]
    page.get_by_role("button", name="Tout retirer").click()
    dialogue.get_by_role("button", name="Tout retirer").click()
    expect(page.get_by_role("heading", name="Votre carnet est vide")).to_be_focused()
    expect(page.locator("[data-carnet-n]")).to_be_hidden()
    assert gardes(page) == []
    expect(page.locator("#contenu").get_by_role("link", name="Explorer les actions")).to_be_visible()


# — Partout —


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_sur_un_carnet_plein(
    ouvrir_carnet: OuvrirCarnet, fenetre: Fenetre, ids: list[str], width: int, scheme: str
):
    page = ouvrir_carnet(carnet([*ids, "jamais-vue"], titre="Comité"), width=width, scheme=scheme)
    page.locator("[data-retirer]").first.click()
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    page.locator("[data-schema]").click()
    assert violations(page, COLOURS) == []
    assert page.evaluate("[...controles.overflow(), ...controles.smallTargets(), ...controles.inlineStyles()]") == []
    page.goto(f"{page.url}#carnet=1&t=Titre&i=Texte&a={ids[0]}&n=note&a={ids[1]}&a=jamais-vue")
    page.locator("[data-recu-liste] .portee").first.wait_for()
    assert violations(page, ALL) == []
    assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == []
    page.get_by_role("button", name="Remplacer mon carnet").click()
    assert violations(page, ALL, "dialog") == []
    assert page.evaluate("controles.violations") == []
    assert fenetre.journal.faults == []


@pytest.mark.parametrize("police", AILLEURS)
def test_un_carnet_plein_sous_d_autres_polices(ouvrir_carnet: OuvrirCarnet, ids: list[str], police: str):
    page = ouvrir_carnet(carnet([*ids, "jamais-vue"], titre="Comité"))
    page.locator("[data-retirer]").first.click()
    assert layout_faults(page) == {}
    page.goto(f"{page.url}#carnet=1&t=Titre&i=Texte&a={ids[0]}&n=note&a={ids[1]}&a=jamais-vue")
    page.locator("[data-recu-liste] .portee").first.wait_for()
    assert layout_faults(page) == {}


def test_sous_un_sous_chemin(ouvrir_carnet: OuvrirCarnet, fenetre: Fenetre, serveur: str, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:1]))
    page.goto(f"{serveur}{SOUS_CHEMIN}carnet/")
    expect(page.locator(".carte__resume").first).to_be_visible()
    page.locator("[data-liste] h3 a").click()
    expect(page).to_have_url(f"{serveur}{SOUS_CHEMIN}actions/{ids[0]}/")
    page.locator(".entete__carnet").click()
    expect(page.locator("#carnet-lien")).to_have_value(re.compile(f"^{serveur}{SOUS_CHEMIN}carnet/#"))
    assert fenetre.journal.faults == []


def test_sans_script_rien_ne_promet_lecarnet(fenetre: Fenetre, adresse):
    for genre in ("accueil", "recit-riche", "carnet"):
        page = fenetre.open(adresse(genre), script=False)
        assert page.locator("[data-garder]:visible").count() == 0
    expect(page.locator("noscript p").first).to_be_visible()
    expect(page.locator("noscript").get_by_role("link", name="Toutes les actions")).to_be_visible()
