"""The explorer of another bank, in which the filter of the themes is folded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from inspiractions.base.files import PROJECT
from inspiractions.build.site import BuildOptions, build
from inspiractions.cli.main import main

from .explorateur import COUNTS, pret, requete, total
from .serveur import serve

THEMES = 'details:has(> summary:has-text("Sujet"))'


@pytest.fixture(scope="module")
def autre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of its explorer."""
    root = tmp_path_factory.mktemp("autre") / "banque"
    assert main(["init", str(root), "--nom", "Santé Ouest"]) == 0
    product = (PROJECT / "vocabulaire/thematiques.yml").read_text("utf-8")
    (root / "vocabulaire/thematiques.yml").write_text(
        f"facette: {{titre: Sujets, singulier: Sujet, ouverte: non}}\ntermes:\n{product}", "utf-8"
    )
    assert build(root, root / "site", root / "build", BuildOptions(leger=True)).problems == []
    with serve(root / "site") as address:
        yield f"{address}/explorer/"


def test_une_facette_repliee_s_ouvre_et_compte(fenetre: object, autre: str) -> None:
    page: Page = fenetre.open(autre)
    assert total(page) == 2
    themes = page.locator(THEMES)
    assert themes.get_attribute("open") is None
    themes.locator("summary").focus()
    page.keyboard.press("Enter")
    alimentation = page.locator('input[name="theme"][value="alimentation"]')
    expect(alimentation).to_be_visible()
    counts = page.evaluate(COUNTS, "theme")
    assert {theme for theme, count in counts.items() if count} >= {"alimentation", "activite-physique"}
    assert set(counts.values()) <= {0, 1}
    alimentation.check()
    pret(page)
    assert total(page) == 1
    assert requete(page)["theme"] == ["alimentation"]
    # What another value of the same facet would give stays counted.
    assert page.evaluate(COUNTS, "theme")["activite-physique"] == 1


def test_une_adresse_choisit_dans_une_facette_repliee(fenetre: object, autre: str) -> None:
    page: Page = fenetre.open(f"{autre}?q=repas&theme=alimentation")
    assert total(page) == 1
    expect(page.locator(THEMES).locator(".filtres__n")).to_contain_text("1 filtre actif")
    page.locator("[data-puces] button", has_text="Alimentation").click()
    pret(page)
    assert "theme" not in requete(page)
