"""The explorer: keyboard, small screens, no script, the boxes of the other pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Fenetre
from .explorateur import (
    COMPTE,
    TITRES,
    Ouvrir,
    case,
    pret,
    total,
)
from .serveur import SOUS_CHEMIN
from .test_clavier import tab_through

# — Clavier, petit écran —


def test_le_clavier_seul_garde_sa_place(ouvrir: Ouvrir):
    page = ouvrir("?age=tous&qpv=oui")
    box = case(page, "axe", "politiques-publiques")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".puce")).to_have_count(3)
    expect(box).to_be_focused()
    page.locator(".puce").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".puce")).to_have_count(2)
    expect(page.locator(".puce").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".puce")).to_have_count(1)
    expect(page.locator(".puce").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".puce")).to_have_count(0)
    expect(page.locator("[data-compte]")).to_be_focused()
    summary = page.locator("summary", has_text="Public")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator('input[name="public"]').first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "public"
    view = page.locator("[data-vue=tableau]")
    view.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tableau")).to_be_visible()
    expect(view).to_be_focused()
    assert page.evaluate("controles.focusMark().visible")


@pytest.mark.parametrize(("query", "width"), [("?vue=carte&q=sport&qpv=oui", 1280), ("?vue=tableau&q=sommeil", 390)])
def test_on_voit_ou_l_on_est_et_rien_ne_retient(ouvrir: Ouvrir, query: str, width: int):
    page = ouvrir(query, width=width)
    page.locator(".france__liste").evaluate("details => { details.open = true }")
    stops = tab_through(page)
    assert len(stops) > 30
    assert [stop["element"] for stop in stops if not stop["visible"]] == []


def test_la_feuille_des_filtres_retient_et_rend_le_foyer(ouvrir: Ouvrir):
    page = ouvrir(width=390)
    assert page.locator("#filtres").is_hidden()
    button = page.locator("[data-ouvrir-filtres]")
    expect(button).to_have_text("Filtres")
    button.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Filtres")
    expect(sheet).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').matches(':modal')")
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    case(page, "qpv", "oui").check()
    expect(page.locator(".puce")).to_have_count(1)
    assert page.locator("[data-voir]").inner_text().removeprefix("Voir ") == page.locator(COMPTE).inner_text()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_text("Filtres (1)")
    button.click()
    page.locator("[data-voir]").click()
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(sheet).to_be_hidden()
    expect(page.locator("#filtres")).to_be_visible()
    expect(case(page, "qpv", "oui")).to_be_checked()


# — Sans script, en-tête —


def test_sans_script_tout_mene_quelque_part(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/explorer/?q=sport", script=False)
    expect(page.locator("[data-explorer]")).to_be_hidden()
    content = page.locator("#contenu")
    for chemin in ("actions/", "territoires/", "ages/", "thematiques/", "freins/", "plan-du-site/"):
        expect(content.locator(f'a[href="../{chemin}"]:visible').first).to_be_visible()
    assert content.locator("button:visible, input:visible, select:visible").count() == 1
    content.get_by_role("button", name="Voir toutes les actions").click()
    expect(page).to_have_url(re.compile(r"/actions/\??$"))
    page.locator("#q-tete").fill("sport")
    page.locator("#q-tete").press("Enter")
    expect(page).to_have_url(re.compile(r"/explorer/\?q=sport$"))


@pytest.mark.parametrize("chemin", ["", "territoires/", "a-propos/"])
def test_l_en_tete_suggere(fenetre: Fenetre, serveur: str, chemin: str):
    page = fenetre.open(f"{serveur}/{chemin}")
    page.wait_for_load_state("networkidle")
    asked = lambda: [url for url in fenetre.journal.requests if "/recherche/" in url or url.endswith("engine.js")]  # noqa: E731
    assert asked() == []
    champ = page.locator("#q-tete")
    with page.expect_request("**/recherche/manifeste.json.gz"):
        champ.focus()
    champ.press_sequentially("nutri", delay=20)
    options = page.locator("#q-tete-suggestions [role=option]")
    expect(options.first).to_be_visible()
    expect(champ).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(champ).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(champ).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#q-tete-suggestions")).to_be_hidden()
    expect(champ).to_have_value("nutri")
    champ.press_sequentially("t")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(actions|villes|thematiques)/[^/]+/$"))
    assert fenetre.journal.faults == []


def test_l_en_tete_sans_choix_mene_a_l_explorateur(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/a-propos/")
    page.locator("#q-tete").fill("sommeil")
    page.locator("#q-tete").press("Enter")
    page.wait_for_url("**/explorer/?q=sommeil")
    pret(page)
    expect(page.locator("#q")).to_have_value("sommeil")


def test_les_exemples_de_l_accueil_donnent_des_actions(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/")
    for href in page.locator(".essais a").evaluate_all("all => all.map((a) => a.href)"):
        page.goto(href)
        pret(page)
        assert total(page) > 0, href
        # Nothing is corrected or unknown: at most, the line says how many actions have every word.
        for avis in page.locator(".avis").all_text_contents():
            assert "tous ces mots" in avis, href


def test_tout_marche_sous_un_chemin(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}{SOUS_CHEMIN}explorer/?q=sport")
    pret(page)
    page.locator("#q-tete").press_sequentially("nutri", delay=20)
    page.locator("#q-tete-suggestions [role=option]").first.click()
    page.wait_for_url(re.compile(f"{SOUS_CHEMIN}(actions|villes|thematiques)/"))
    page.go_back()
    pret(page)
    page.locator(f"{TITRES} a").first.click()
    page.wait_for_url(re.compile(f"{SOUS_CHEMIN}actions/"))
    assert fenetre.journal.faults == []
