"""The map of France and the maps of places: by keyboard alone, equal to the table, told apart without colour."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Fenetre

CARTE = "figure.france svg a[href]"
# Address and number of each département, on the map and in the table.
SUR_LA_CARTE = """all => Object.fromEntries(all.map((a) => [a.getAttribute("href"), Number(a.querySelector("text").textContent)]))"""
AU_TABLEAU = """all => Object.fromEntries(all.map((row) =>
    [row.querySelector("a").getAttribute("href"), Number(row.querySelector(".num").textContent)]))"""
# WCAG 2.x contrast of the border of each shade with its own ground.
BORDS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((n) => Number(n) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return Object.fromEntries([1, 2, 3, 4].map((teinte) => {
    const { fill, stroke } = getComputedStyle(document.querySelector(`figure.france a .d${teinte}`));
    const [a, b] = [light(fill), light(stroke)].sort((x, y) => y - x);
    return [teinte, (a + 0.05) / (b + 0.05)];
  }));
}"""


def stops(page: Page) -> list[str]:
    """The addresses that Tab reaches in the map, in order."""
    addresses = []
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "document.activeElement.closest('figure.france svg') && document.activeElement.getAttribute('href')"
        )
        if not here:
            return addresses
        assert page.evaluate("controles.focusMark()")["visible"], here
        addresses.append(here)
    raise AssertionError("la tabulation ne sort pas de la carte")


def test_le_clavier_atteint_chaque_departement_et_entree_l_ouvre(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("territoires"))
    links = page.locator(CARTE).evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert len(links) >= 60
    page.locator("#carte-aide a").focus()
    reached = stops(page)
    assert sorted(reached) == sorted(set(links))
    for href in (reached[0], reached[len(reached) // 2], reached[-1]):
        nom, n = re.fullmatch(r"(.*) \(\w+\)\s:\s(\d+) actions?", _label(page, href)).groups()
        page.locator(f'{CARTE}[href="{href}"]').focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(nom)
        expect(page.locator("h2.compte")).to_have_text(re.compile(rf"^{n} action"))
        page.go_back()


def _label(page: Page, href: str) -> str:
    return page.locator(f'{CARTE}[href="{href}"]').get_attribute("aria-label")


def test_le_tableau_dit_la_meme_chose_que_la_carte(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("territoires"))
    on_map = page.locator(CARTE).evaluate_all(SUR_LA_CARTE)
    rows = page.locator("table.lieux tbody tr:not(.lieux__region):has(th)")
    assert rows.evaluate_all(AU_TABLEAU) == on_map
    # Grey on the map, named below the table.
    absents = page.locator(".absents p").first.inner_text()
    assert re.search(rf"\b{101 - len(on_map)} départements", absents)
    page.locator("#carte-aide a").click()
    expect(page.locator("#tableau table")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_deux_voisins_se_distinguent_par_leur_bord(fenetre: Fenetre, adresse, scheme: str):
    page = fenetre.open(adresse("territoires"), scheme=scheme)
    bords = page.evaluate(BORDS)
    assert len(bords) == 4
    assert {teinte: round(ratio, 1) for teinte, ratio in bords.items() if ratio < 3} == {}


def test_d_une_region_a_un_departement_puis_a_une_ville(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/territoires/")
    page.get_by_role("link", name="Auvergne-Rhône-Alpes").first.click()
    # The whole page, before its links are counted.
    page.wait_for_url("**/regions/auvergne-rhone-alpes/")
    carte = page.get_by_role("group", name="Carte")
    rows = page.locator(".encart .conduite a")
    assert carte.get_by_role("link").count() == rows.count()
    carte.get_by_role("link", name="Isère (38)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="Carte de situation")).to_be_visible()
    page.locator(".encart").first.get_by_role("link", name="Grenoble").click()
    expect(page.locator("h1")).to_have_text("Grenoble")
    page.locator(".situation figcaption a").click()
    expect(page.locator("h1")).to_have_text("Isère")
    page.locator(".encart").last.get_by_role("link", name="Rhône").click()
    expect(page.locator("h1")).to_have_text("Rhône")
    assert fenetre.journal.faults == []
