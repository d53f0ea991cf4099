"""axe-core, every default rule and the size of targets: no violation on any kind of page, scheme or width."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from .conftest import Fenetre
from .genres import GENRES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# Off by default in axe-core although it is WCAG 2.2 AA.
ALL = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# What a change of scheme can change.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
SCHEMA = "document.body.dataset.mdColorScheme"


def violations(page: Page, options: dict[str, object], where: str = "html") -> list[str]:
    found = page.evaluate("([where, options]) => axe.run({ include: where }, options)", [where, options])
    return [
        f"{v['id']} ({v['help']}) : {node['html'][:200]} – {node['failureSummary'][:300]}"
        for v in found["violations"]
        for node in v["nodes"][:3]
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("genre", GENRES)
def test_axe_ne_trouve_rien(fenetre: Fenetre, adresse, genre: str, width: int):
    # Large screens start light, small ones dark: each reaches both schemes, one by the system, one by the button.
    first, second = ("light", "dark") if width == 1280 else ("dark", "light")
    page = fenetre.open(adresse(genre), width=width, scheme=first)
    page.evaluate(AXE)
    assert page.evaluate(SCHEMA) == {"light": "default", "dark": "slate"}[first]
    assert violations(page, ALL) == []
    page.locator("[data-schema]").click()
    assert page.evaluate(SCHEMA) == {"light": "default", "dark": "slate"}[second]
    assert violations(page, COLOURS) == []
    if width == 390:
        page.locator("[data-menu]").click()
        expect(page.locator("#onglets")).to_be_visible()
        assert violations(page, ALL, ".entete") == []
        assert violations(page, ALL, ".onglets") == []
