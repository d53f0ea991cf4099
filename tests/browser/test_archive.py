"""The archive, opened from a disk: pages, search, filters, carnet."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inspiractions.cli.main import main

from .conftest import Fenetre
from .explorateur import COMPTE, pret
from .test_accessibilite import ALL, AXE, violations


@pytest.fixture(scope="session")
def archive(zip_du_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the archive of the real bank unpacks to."""
    folder = tmp_path_factory.mktemp("extraite")
    with zipfile.ZipFile(zip_du_site) as packed:
        packed.extractall(folder)
    return next(path for path in folder.iterdir() if path.is_dir())


def test_la_recherche_mene_au_recit(fenetre: Fenetre, archive: Path) -> None:
    page = fenetre.open((archive / "index.html").as_uri())
    page.fill("#q-tete", "sport sur ordonnance")
    page.press("#q-tete", "Enter")
    page.locator("[data-resultats] a[href*='actions/strasbourg']").first.click()
    page.locator(".recit").wait_for()
    expect(page).to_have_url(re.compile(r"/actions/strasbourg[^/]*/index\.html$"))
    page.locator(".recit a[href*='thematiques/']").first.click()
    page.wait_for_url("**/thematiques/*/index.html")
    assert fenetre.journal.faults == []
    assert [url for url in fenetre.journal.requests if not url.startswith("file:")] == []


def test_une_suggestion_mene_a_sa_page(fenetre: Fenetre, archive: Path) -> None:
    page = fenetre.open((archive / "actions/index.html").as_uri())
    page.locator("#q-tete").press_sequentially("nutri")
    page.locator(".suggestions [role=option]").first.wait_for()
    page.press("#q-tete", "ArrowDown")
    page.press("#q-tete", "Enter")
    page.wait_for_url(lambda url: url.endswith("/index.html") and "/actions/" not in url)
    assert fenetre.journal.faults == []


def test_les_filtres_et_leur_oubli(fenetre: Fenetre, archive: Path) -> None:
    page = fenetre.open((archive / "explorer/index.html").as_uri())
    pret(page)
    toutes = page.locator(COMPTE).inner_text()
    case = page.locator("#filtres input[type=checkbox]").first
    case.check()
    page.wait_for_url("**/explorer/index.html?*")
    expect(page.locator(COMPTE)).not_to_have_text(toutes)
    case.uncheck()
    page.wait_for_url(lambda url: url.endswith("/explorer/index.html"))
    expect(page.locator(COMPTE)).to_have_text(toutes)
    assert fenetre.journal.faults == []


def test_le_carnet_garde_une_action(fenetre: Fenetre, archive: Path) -> None:
    recit = sorted((archive / "actions").glob("strasbourg*/index.html"))[0]
    page = fenetre.open(recit.as_uri())
    page.locator("[data-garder]").first.click()
    page.locator(".entete__carnet").click()
    page.locator("[data-carnet-page]:not([hidden], [aria-busy])").wait_for()
    page.locator(".gardee a").first.click()
    page.locator(".recit").wait_for()
    expect(page).to_have_url(recit.as_uri())
    assert fenetre.journal.faults == []


def test_deux_recits_se_comparent(fenetre: Fenetre, archive: Path) -> None:
    recit = sorted((archive / "actions").glob("strasbourg*/index.html"))[0]
    page = fenetre.open(recit.as_uri())
    page.get_by_role("link", name="Comparer avec").click()
    page.locator(".comparaison tbody tr").first.wait_for()
    assert page.locator(".comparer__titre a").count() >= 2
    page.locator("[data-retirer]").first.click()
    page.locator(".comparer__titre a").last.click()
    page.locator(".recit").wait_for()
    assert fenetre.journal.faults == []


def test_l_exemple_lunr_repond(fenetre: Fenetre, archive: Path) -> None:
    page = fenetre.open((archive / "donnees/exemple-lunr.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.fill("#q", "sommeil")
    page.press("#q", "Enter")
    page.locator("#resultats a").first.click()
    page.locator(".recit").wait_for()
    assert fenetre.journal.faults == []


def test_la_lettre_est_accessible(fenetre: Fenetre, tmp_path: Path) -> None:
    assert main(["lettre", "--depuis", "2020-01-01", "--jusque", "2030-01-01", "--sortie", str(tmp_path)]) == 0
    for width, scheme in ((600, "light"), (390, "dark")):
        page = fenetre.open((tmp_path / "lettre-2030-01-01.html").as_uri(), width=width, scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(AXE)
        assert violations(page, ALL) == []
    assert fenetre.journal.faults == []
    assert len(fenetre.journal.requests) == 2
