"""The explorer, judged by axe-core in each of its states."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import D_ABORD, Fenetre, sous_chaque_police
from .explorateur import ETATS, Ouvrir
from .test_accessibilite import ALL, AXE, COLOURS, SCHEMA, violations

# — Accessibilité —

TOUT = "['inlineStyles', 'overflow', 'smallTargets'].flatMap((nom) => controles[nom]()).concat(controles.violations)"


def in_each_scheme(page: Page) -> None:
    """Nothing for axe-core, light and dark; not by the button: a click would close what is open."""
    page.evaluate("controles.shorten()")
    page.evaluate(AXE)
    for schema, rules in (("default", ALL), ("slate", COLOURS)):
        page.evaluate("(schema) => { document.body.dataset.mdColorScheme = schema; }", schema)
        assert violations(page, rules) == [], schema


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@pytest.mark.parametrize("etat", ETATS)
def test_axe_dans_chaque_etat(ouvrir: Ouvrir, fenetre: Fenetre, etat: str, scheme: str, width: int):
    """One opening for both schemes, one by the system, the other by the button."""
    page = ouvrir(ETATS[etat], width=width, scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(TOUT) == []
    # Every element was looked at; axe-core judges every kind of element, then what colours can change.
    page.evaluate("controles.shorten()")
    page.evaluate(AXE)
    rules = ALL
    for schema in ("default", "slate") if scheme == "light" else ("slate", "default"):
        assert page.evaluate(SCHEMA) == schema
        assert page.evaluate(TOUT) == []
        assert violations(page, rules) == []
        page.locator("[data-schema]").click()
        rules = COLOURS
    assert fenetre.journal.faults == []


@sous_chaque_police
def test_axe_feuille_ouverte(ouvrir: Ouvrir, police: str):
    page = ouvrir("?q=sport&age=tous", width=390)
    page.locator("[data-ouvrir-filtres]").click()
    page.locator("dialog summary", has_text="Territoire").click()
    expect(page.locator('dialog input[name="territoire"]').first).to_be_visible()
    page.locator("dialog .deplier").first.click()
    assert page.evaluate(TOUT) == []
    if police == D_ABORD:
        in_each_scheme(page)


@sous_chaque_police
@pytest.mark.parametrize(
    ("chemin", "champ", "width"), [("", "#q", 390), ("", "#q", 1280), ("actions/", "#q-tete", 1280)]
)
def test_axe_suggestions_ouvertes(fenetre: Fenetre, serveur: str, police: str, chemin: str, champ: str, width: int):
    page = fenetre.open(f"{serveur}/{chemin}", width=width)
    page.locator(champ).press_sequentially("san", delay=20)
    expect(page.locator(f"{champ}-suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("controles.overflow()") == []
    if police == D_ABORD:
        in_each_scheme(page)


def test_axe_en_echec(ouvrir: Ouvrir):
    page = ouvrir()
    page.route("**/recherche/s-*", lambda route: route.abort())
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-echec]")).to_be_visible()
    in_each_scheme(page)


@sous_chaque_police
@pytest.mark.parametrize("query", ["", "?vue=carte", "?vue=tableau&q=sommeil"])
def test_rien_ne_deborde(ouvrir: Ouvrir, query: str):
    page = ouvrir(query, width=320)
    for width in (320, 390, 768, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("controles.overflow()") == [], width


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
