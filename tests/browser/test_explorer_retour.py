"""The explorer keeps the reader's place: back from a récit, titles, the sheet of small screens, the way to the results."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Fenetre
from .explorateur import COMPTE, TITRES, Ouvrir, case, pret, requete, total

LOADED = "[data-resultats] .carte__titre a"


def wait_for_scroll(page: Page, top: float) -> None:
    """The policy of the pages lets no expression be polled in them."""
    for _ in range(100):
        if abs(page.evaluate("scrollY") - top) < 5:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"la page est à {page.evaluate('scrollY')}, non à {top}")


def test_revenir_d_un_recit_rend_sa_place(ouvrir: Ouvrir):
    page = ouvrir("?qpv=oui&page=2")
    link = page.locator(LOADED).nth(7)
    link.scroll_into_view_if_needed()
    titre, top = link.inner_text(), page.evaluate("scrollY")
    assert top > 300
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/actions/"))
    page.go_back()
    pret(page)
    expect(page.locator(LOADED).nth(7)).to_be_focused()
    assert page.locator(":focus").inner_text() == titre
    wait_for_scroll(page, top)


def test_revenir_d_un_filtre_rend_sa_place(ouvrir: Ouvrir):
    page = ouvrir()
    page.evaluate("scrollTo(0, 700)")
    case(page, "qpv", "oui").evaluate("box => box.click()")
    expect(page.locator(".puce")).to_have_count(1)
    page.evaluate("scrollTo(0, 0)")
    page.go_back()
    expect(page.locator(".puce")).to_have_count(0)
    wait_for_scroll(page, 700)


def test_le_titre_dit_la_recherche_et_la_page(ouvrir: Ouvrir):
    page = ouvrir()
    nu = page.title()
    page = ouvrir("?q=nutrition&age=4-11&page=2")
    last = page.locator("[data-pages] a").last.get_attribute("data-numero")
    assert (
        page.title() == f"«\u00a0nutrition\u00a0», 4-11 ans, page 2 sur {last} – Explorer les actions – Inspir’Actions"
    )
    assert nu.endswith("– Explorer les actions – Inspir’Actions")


def test_la_feuille_dit_le_compte_et_le_retour_la_ferme(ouvrir: Ouvrir):
    page = ouvrir(width=390)
    page.locator("[data-ouvrir-filtres]").click()
    case(page, "qpv", "oui").check()
    status = page.get_by_role("dialog", name="Filtres").get_by_role("status").filter(has_text="action")
    expect(status).to_have_text(re.compile(r"^\d+ actions$"))
    announced = status.inner_text()
    page.go_back()
    expect(page.get_by_role("dialog", name="Filtres")).to_be_hidden()
    assert requete(page) == {"qpv": ["oui"]}
    expect(page.locator(".puce")).to_have_count(1)
    assert page.locator(COMPTE).inner_text() == announced


def test_une_feuille_fermee_sans_choix_ne_laisse_pas_de_pas(ouvrir: Ouvrir, serveur: str):
    page = ouvrir("?qpv=oui", width=390)
    before = page.evaluate("history.length")
    page.locator("[data-ouvrir-filtres]").click()
    page.locator("#filtres [data-fermer]").first.click()
    expect(page.locator("#filtres")).to_be_hidden()
    page.locator("[data-ouvrir-filtres]").click()
    page.keyboard.press("Escape")
    expect(page.locator("#filtres")).to_be_hidden()
    assert page.evaluate("history.length") <= before + 1
    assert requete(page) == {"qpv": ["oui"]}
    assert total(page) > 0


def test_un_lien_mene_aux_resultats(ouvrir: Ouvrir):
    page = ouvrir("?qpv=oui")
    page.locator("#q").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Aller aux résultats")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-compte]")).to_be_focused()
    assert requete(page) == {"qpv": ["oui"]}


def test_la_loupe_mene_au_champ(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/a-propos/", width=390)
    page.locator(".entete__loupe").click()
    page.wait_for_url("**/explorer/**")
    pret(page)
    expect(page.locator("#q")).to_be_focused()
    page.locator(TITRES).first.click(trial=True)
    page.locator("[data-tri]").focus()
    page.locator(".entete__loupe").click()
    expect(page.locator("#q")).to_be_focused()
