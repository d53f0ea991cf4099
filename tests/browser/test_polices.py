"""The size of a page comes from its style sheet: nothing sticks out and every target is large enough, whatever the fonts.

The first family is that of every other test (``conftest.police``): here, all pages again with the two others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import AILLEURS, CHECKS, sous_chaque_police
from .explorateur import ETATS
from .genres import EMBEDS, GENRES, SEULES
from .polices import POLICES, Police, only

PAGES = {
    **GENRES,
    **SEULES,
    **{f"explorer-{etat}": lambda _, query=query: f"explorer/{query}" for etat, query in ETATS.items()},
    **{f"embed-demande-{nom}": lambda _, query=query: f"embed/{query}" for nom, query in EMBEDS.items()},
}
# What scripts fill once it has come.
REMPLIES = ("explorer", "embed-", "integrer", "carnet", "exemple")


@pytest.fixture(scope="module")
def onglets(browsers: Callable[[str], Browser]) -> Iterator[Callable[[str], Page]]:
    """One page for all tests of a family: what is looked at here is only how large things are."""
    contexts = []

    @cache
    def onglet(police: str) -> Page:
        contexts.append(browsers(police).new_context(locale="fr-FR"))
        contexts[-1].add_init_script(CHECKS)
        return contexts[-1].new_page()

    yield onglet
    for context in contexts:
        context.close()


def layout_faults(page: Page) -> dict[int, list[str]]:
    """What sticks out or is too small, by width of the screen."""
    by_width = {}
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        by_width[width] = page.evaluate("[...controles.overflow(), ...controles.smallTargets()]")
    return {width: faults for width, faults in by_width.items() if faults}


def fonts_used(page: Page, selector: str) -> set[str]:
    """The families that Chromium drew the text of an element with."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {font["familyName"] for font in fonts}


@sous_chaque_police
def test_la_police_demandee_est_celle_des_pages(onglets, adresse, police: str) -> None:
    page = onglets(police)
    page.goto(adresse("recit-riche"))
    families = POLICES[police]
    assert fonts_used(page, ".fil a") == {families.sans}
    assert fonts_used(page, "h1") == {families.serif}
    assert fonts_used(page, "#adresse") == {families.mono}
    assert fonts_used(page, "body") <= set(families.families)


def test_une_police_absente_se_dit(tmp_path: Path) -> None:
    """Never another in its place: pages would be judged with what the machine happens to have."""
    with pytest.raises(LookupError, match=r"Police introuvable : Aucune Police\. Installez le paquet fonts-aucune"):
        only(Police("fonts-aucune", "Liberation Sans", "Aucune Police", "Liberation Mono"), tmp_path)


@pytest.mark.parametrize("police", AILLEURS)
@pytest.mark.parametrize("genre", PAGES)
def test_rien_ne_deborde_et_tout_s_atteint(onglets, serveur: str, site: Path, police: str, genre: str) -> None:
    page = onglets(police)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{serveur}/{PAGES[genre](site)}", wait_until="load")
    if genre.startswith(REMPLIES):
        page.wait_for_load_state("networkidle")
    assert layout_faults(page) == {}
    if genre in GENRES:
        page.locator("[data-menu]").click()
        expect(page.locator("#onglets")).to_be_visible()
        assert layout_faults(page) == {}


def test_un_lien_de_la_hauteur_de_ses_lettres_se_voit(onglets, adresse) -> None:
    """The proof that the check can fail: a link in line, padded until it is large enough with this font."""
    page = onglets("noto")
    page.goto(adresse("a-propos"))
    page.evaluate(
        """() => {
          document.body.innerHTML = "<div><a href='#'>Un lien</a></div><p>Dans une <a href='#'>phrase</a>.</p>";
          document.querySelector("a").style.padding = "9px";
        }"""
    )
    [fault] = page.evaluate("controles.smallTargets()")
    assert "(en ligne) : <a href=" in fault
    page.evaluate("() => { document.querySelector('a').style.display = 'inline-block'; }")
    assert page.evaluate("controles.smallTargets()") == []
