"""What holds for every kind of page, scheme and width: axe-core finds nothing (every default rule and the size of targets),
nothing leaves the host, nothing fails, nothing sticks out, headings follow each other; and paper stays white."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from .conftest import Fenetre
from .genres import GENRES, SEULES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# Off by default in axe-core although it is WCAG 2.2 AA.
ALL = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# What a change of scheme can change.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
SCHEMA = "document.body.dataset.mdColorScheme"


def violations(page: Page, options: dict[str, object], where: str | list[list[str]] = "html") -> list[str]:
    result = page.evaluate("([where, options]) => axe.run({ include: where }, options)", [where, options])
    return [
        f"{v['id']} ({v['help']}) : {node['html'][:200]} – {node['failureSummary'][:300]}"
        for v in result["violations"]
        for node in v["nodes"][:3]
    ]


# What paper has no use for.
HORS_PAPIER = (".entete", "#onglets", ".pied", ".saut")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("genre", GENRES)
def test_chaque_genre_de_page(fenetre: Fenetre, serveur: str, adresse, genre: str, width: int):
    """One opening for all checks: they take longer to load than to look at."""
    # Large screens start light, small ones dark: each reaches both schemes, one by the system, one by the button.
    first, second = ("light", "dark") if width == 1280 else ("dark", "light")
    page = fenetre.open(adresse(genre), width=width, scheme=first)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SCHEMA) == {"light": "default", "dark": "slate"}[first]
    levels = page.evaluate("controles.headings()")
    assert levels.count(1) == 1, levels
    assert all(after <= before + 1 for before, after in pairwise([0, *levels])), levels
    assert page.evaluate("controles.repeatedIds()") == []
    for narrower in ({1280: 768, 390: 320}[width], width):
        page.set_viewport_size({"width": narrower, "height": 900})
        assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == [], narrower
    # Every element was looked at; axe-core judges every kind of element.
    page.evaluate("controles.shorten()")
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    page.locator("[data-schema]").click()
    assert page.evaluate(SCHEMA) == {"light": "default", "dark": "slate"}[second]
    assert violations(page, COLOURS) == []
    if width == 390:
        page.locator("[data-menu]").click()
        expect(page.locator("#onglets")).to_be_visible()
        assert violations(page, ALL, [[".entete"], [".onglets"]]) == []
        for narrower in (390, 320):
            page.set_viewport_size({"width": narrower, "height": 900})
            assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == [], narrower
    if width == 1280:
        page.emulate_media(media="print")
        assert page.locator(", ".join(HORS_PAPIER)).filter(visible=True).count() == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert violations(page, COLOURS) == []
    page.wait_for_load_state("networkidle")
    assert [url for url in fenetre.journal.requests if not url.startswith(f"{serveur}/")] == []
    assert fenetre.journal.faults == []
    assert page.evaluate("[...controles.violations, ...controles.inlineStyles()]") == []
    assert fenetre.contexts[0].cookies() == []


def test_une_liste_abregee_garde_chaque_sorte(fenetre: Fenetre, adresse):
    """What axe-core would find in the long list, it finds in the short one."""
    page = fenetre.open(adresse("404"))
    page.evaluate(
        """() => {
      const line = (i) => `<li><a href="#" ${i === 150 ? 'class="pale"' : ""}>${i}</a>${i === 170 ? '<img src="">' : ""}</li>`;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".pale { color: #ccc; background: #fff; }");
      document.adoptedStyleSheets = [sheet];
      document.querySelector("main").innerHTML = `<h1>Liste</h1><ul class="longue">${Array.from({ length: 200 }, (_, i) => line(i)).join("")}</ul>`;
      controles.shorten();
    }"""
    )
    assert page.locator(".longue > li").count() == 5
    page.evaluate(AXE)
    assert {fault.split(" ")[0] for fault in violations(page, ALL)} >= {"color-contrast", "image-alt"}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_l_exemple_pour_lunr(fenetre: Fenetre, serveur: str, site: Path, width: int, scheme: str):
    page = fenetre.open(f"{serveur}/{SEULES['exemple'](site)}", width=width, scheme=scheme)
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[...controles.overflow(), ...controles.violations, ...controles.inlineStyles()]") == []
    assert fenetre.journal.faults == []
