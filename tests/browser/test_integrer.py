"""The page /integrer/ and the explorer’s « Intégrer »: the code they give, its preview, the feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, expect

from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque
from inspiractions.pages.tools import SHOWN_ACTIONS
from inspiractions.story.lists import make_feed_lists

from .conftest import Fenetre
from .test_embed import CADRE, cartes


def test_choisir_change_le_code_et_l_apercu(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/integrer/")
    expect(page.locator("[data-fil-lien]")).to_have_attribute("href", f"{serveur}/fil.atom")
    page.get_by_label("Âge").select_option("0-3")
    expect(page.locator(CADRE)).to_have_value(re.compile("/embed/ages/0-3/"))
    expect(page.locator("[data-fil-lien]")).to_have_attribute("href", f"{serveur}/ages/0-3/fil.atom")
    expect(cartes(page)).to_have_count(SHOWN_ACTIONS)
    page.get_by_label("Nombre d’actions").select_option("3")
    page.get_by_label("Couleurs").select_option("sombre")
    expect(page.locator(CADRE)).to_have_value(re.compile(r"/embed/\?age=0-3&amp;n=3&amp;schema=sombre"))
    expect(cartes(page)).to_have_count(3)
    expect(page.frame_locator("iframe").locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_label("Quartiers prioritaires").select_option("oui")
    expect(page.locator("[data-fil-non]")).to_be_visible()
    expect(page).to_have_url(f"{serveur}/integrer/?age=0-3&qpv=oui")
    expect(page.locator("[data-explorer-lien]")).to_have_attribute("href", f"{serveur}/explorer/?age=0-3&qpv=oui")
    assert fenetre.journal.faults == []


def test_le_code_se_copie(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/integrer/?age=0-3", permissions=["clipboard-read", "clipboard-write"])
    expect(page.locator(CADRE)).to_have_value(re.compile("embed"))
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    button = page.locator("[data-copie=code-cadre]")
    button.click()
    expect(button).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(CADRE).input_value()
    page.get_by_text("Sans barre de défilement").click()
    script = (PROJECT / "docs/assets/js/hote.js").read_text("utf-8")
    assert page.locator("#code-script").input_value() == f"<script>\n{script}</script>"


def test_l_explorateur_donne_la_selection_et_son_fil(fenetre: Fenetre, ouvrir: Callable[..., Page], serveur: str):
    page = ouvrir("?territoire=r-11")
    fil, integrer = page.locator("[data-fil]"), page.locator("[data-integrer]")
    expect(fil).to_have_attribute("href", f"{serveur}/regions/ile-de-france/fil.atom")
    assert urlopen(fil.get_attribute("href")).status == 200
    page.locator('input[name="qpv"][value="oui"]').check()
    expect(fil).to_be_hidden()
    page.locator("#q").fill("sport")
    expect(integrer).to_have_attribute("href", f"{serveur}/integrer/?q=sport&territoire=r-11&qpv=oui")
    integrer.click()
    expect(page.get_by_label("Territoire")).to_have_value("r-11")
    expect(page.locator("[data-autres] li")).to_have_text(["«\u00a0sport\u00a0»"])
    expect(page.locator(CADRE)).to_have_value(re.compile("q=sport&amp;territoire=r-11&amp;qpv=oui"))


def test_chaque_fil_de_l_explorateur_existe(
    serveur: str, site: Path, banque_reelle: Banque, ouvrir: Callable[..., Page]
):
    """The address that the script makes is that of the list, for each value that has one."""
    page = ouvrir()
    for liste in (liste for liste in make_feed_lists(banque_reelle) if liste.genre != "Dossiers"):
        addresses = page.evaluate(
            """async (choix) => {
                const [{ listPageOf }, { readState }, { openEngine }] = await Promise.all(
                    ["explorer/lists", "explorer/state", "lib/access"].map((nom) => import(`../assets/js/${nom}.js`)));
                const [state, engine] = [readState(choix), await openEngine()];
                await Promise.all(Object.keys(state.filtres).map((key) => engine.values(key)));
                return listPageOf(state, engine.manifest.facettes);
            }""",
            liste.selection,
        )
        assert addresses == liste.chemin


def test_sans_script_la_page_integrer_dit_comment_faire(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/integrer/", script=False)
    expect(page.locator("noscript code")).to_be_visible()
    expect(page.locator("[data-integrer]")).to_be_hidden()
