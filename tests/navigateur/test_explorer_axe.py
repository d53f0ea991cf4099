"""The explorer, judged by axe-core in each of its states."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Fenetre
from .explorateur import (
    Ouvrir,
    fautes,
)
from .test_accessibilite import ALL, AXE, violations

# — Accessibilité —

ETATS = {
    "liste": "?q=nutrition",
    "filtres": "?q=sport&age=tous&axe=politiques-publiques&territoire=r-11",
    "carte": "?vue=carte&q=sport&territoire=d-69",
    "tableau": "?vue=tableau&q=sommeil",
    "corrige": "?q=alimentatoin+zzzzqqqq",
    "vide": "?q=m%C3%A9dicobus&age=0-3&qpv=oui",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("etat", ETATS)
def test_axe_dans_chaque_etat(ouvrir: Ouvrir, fenetre: Fenetre, etat: str, scheme: str, width: int):
    page = ouvrir(ETATS[etat], width=width, scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("controles.violations") == []
    assert page.evaluate("controles.inlineStyles()") == []
    assert page.evaluate("controles.overflow()") == []
    assert page.evaluate("controles.smallTargets()") == []
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    assert fautes(fenetre) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_feuille_ouverte(ouvrir: Ouvrir, scheme: str):
    page = ouvrir("?q=sport&age=tous", width=390, scheme=scheme)
    page.locator("[data-ouvrir-filtres]").click()
    page.locator("dialog summary", has_text="Territoire").click()
    expect(page.locator('dialog input[name="territoire"]').first).to_be_visible()
    page.locator("dialog .deplier").first.click()
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    assert page.evaluate("controles.overflow()") == []
    assert page.evaluate("controles.smallTargets()") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("chemin", "champ", "width"), [("", "#q", 390), ("", "#q", 1280), ("actions/", "#q-tete", 1280)]
)
def test_axe_suggestions_ouvertes(fenetre: Fenetre, serveur: str, chemin: str, champ: str, width: int, scheme: str):
    page = fenetre.open(f"{serveur}/{chemin}", scheme=scheme, width=width)
    page.locator(champ).press_sequentially("san", delay=20)
    expect(page.locator(f"{champ}-suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    assert page.evaluate("controles.overflow()") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_en_echec(ouvrir: Ouvrir, scheme: str):
    page = ouvrir(scheme=scheme)
    page.route("**/recherche/s-*", lambda route: route.abort())
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-echec]")).to_be_visible()
    page.evaluate(AXE)
    assert violations(page, ALL) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
def test_rien_ne_deborde(ouvrir: Ouvrir, width: int):
    for query in ("", "?vue=carte", "?vue=tableau&q=sommeil"):
        page = ouvrir(query, width=width)
        assert page.evaluate("controles.overflow()") == [], query


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_couleurs_imposees_et_mouvement_reduit(ouvrir: Ouvrir, scheme: str):
    """High contrast: where one is shows without our colours. Nothing moves, so there is nothing to reduce."""
    page = ouvrir("?q=sport&age=tous", scheme=scheme, forced_colors="active", reduced_motion="reduce")
    ground = "e => getComputedStyle(e).backgroundColor"
    here, other = page.locator(".vues [aria-current]"), page.locator(".vues a:not([aria-current])").first
    assert here.evaluate(ground) != other.evaluate(ground)
    assert page.locator(".nom__apostrophe").first.evaluate(ground) != page.locator(".entete").evaluate(ground)
    border = "e => getComputedStyle(e).borderBottomColor"
    tab, tabs = page.locator(".onglets__lien[aria-current]"), page.locator(".onglets__lien:not([aria-current])")
    assert tab.evaluate(border) != tabs.first.evaluate(border)
    page.keyboard.press("Tab")
    assert page.evaluate("controles.focusMark().visible")
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter((e) => {
            const { transitionDuration, animationName } = getComputedStyle(e);
            return e.checkVisibility() && (parseFloat(transitionDuration) > 0 || animationName !== "none");
        }).map((e) => e.outerHTML.slice(0, 120))"""
        )
        == []
    )
