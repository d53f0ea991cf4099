"""The keyboard alone: skip link, menu, scheme, visible focus."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Fenetre

SCHEMA = "document.body.dataset.mdColorScheme"


def tab_through(page: Page) -> list[dict[str, object]]:
    """The focus mark of each stop of Tab, until it goes out of the page; asked by twenties, each question being slow."""
    page.evaluate("controles.followFocus()")
    for _ in range(20):
        for _ in range(20):
            page.keyboard.press("Tab")
        if page.evaluate("controles.focusPath.left"):
            return page.evaluate("controles.focusPath.marks")
    return pytest.fail("la tabulation ne sort pas de la page")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.className")


@pytest.mark.parametrize("genre", ["accueil", "recit-riche", "thematique", "a-propos", "404"])
def test_le_premier_pas_mene_au_contenu(fenetre: Fenetre, adresse, genre: str):
    page = fenetre.open(adresse(genre))
    page.keyboard.press("Tab")
    assert focused(page) == "saut"
    expect(page.locator(".saut")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#contenu$"))
    expect(page.locator("#contenu")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#contenu') !== null")


def test_le_menu_s_ouvre_et_se_ferme(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("accueil"), width=390)
    button, menu = page.locator("[data-menu]"), page.locator("#onglets")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    menu.locator("a").nth(1).focus()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(menu).to_be_visible()


@pytest.mark.parametrize(("scheme", "chosen"), [("light", "slate"), ("dark", "default")])
def test_le_schema_choisi_dure(fenetre: Fenetre, adresse, scheme: str, chosen: str):
    page = fenetre.open(adresse("accueil"), scheme=scheme)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.locator("[data-schema]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(SCHEMA) == chosen
    assert page.evaluate(paper) != before
    page.reload()
    assert page.evaluate(SCHEMA) == chosen
    page.goto(adresse("recit-riche"))
    assert page.evaluate(SCHEMA) == chosen
    word = "Passer en mode clair" if chosen == "slate" else "Passer en mode sombre"
    expect(page.get_by_role("button", name=word)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("genre", "width"), [("accueil", 390), ("recit-riche", 1280), ("territoires", 1280), ("couverture", 390)]
)
def test_on_voit_ou_l_on_est_et_rien_ne_retient(fenetre: Fenetre, adresse, genre: str, width: int, scheme: str):
    """Tab goes through the whole page and out of it, and each stop shows."""
    page = fenetre.open(adresse(genre), width=width, scheme=scheme)
    marks = tab_through(page)
    last = page.locator("a:visible").last.evaluate("e => e.outerHTML.slice(0, 160).replace(/\\s+/g, ' ')")
    assert last in {mark["element"] for mark in marks}
    assert [mark["element"] for mark in marks if not mark["visible"]] == []
