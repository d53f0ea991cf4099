"""The archive, opened from a disk: pages, search, filters, carnet."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from banque.cli import main

from .conftest import Fenetre


@pytest.fixture(scope="session")
def archive(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the archive of the real bank unpacks to."""
    folder = tmp_path_factory.mktemp("archive")
    assert main(["archive", "--site", str(site), "-o", str(folder / "a.zip")]) == 0
    with zipfile.ZipFile(folder / "a.zip") as packed:
        packed.extractall(folder)
    return next(path for path in folder.iterdir() if path.is_dir())


def test_la_recherche_mene_au_recit(fenetre: Fenetre, archive: Path):
    page = fenetre.open((archive / "index.html").as_uri())
    page.fill("#q-tete", "sport sur ordonnance")
    page.locator(".suggestions [role=option]").first.wait_for()
    page.press("#q-tete", "Enter")
    page.get_by_role("link", name="Strasbourg").or_(page.locator("a[href*='strasbourg']")).first.wait_for()
    assert page.url.startswith((archive / "explorer/index.html").as_uri() + "?q=sport")
    page.locator("#resultats a[href*='strasbourg'], main a[href*='actions/strasbourg']").first.click()
    page.locator(".recit").wait_for()
    assert "/actions/strasbourg" in page.url
    assert page.url.endswith("/index.html")
    page.locator(".recit a[href*='thematiques/']").first.click()
    page.locator("h1").wait_for()
    assert "/thematiques/" in page.url
    assert page.url.endswith("/index.html")
    assert fenetre.journal.faults == []
    assert [url for url in fenetre.journal.requests if not url.startswith("file:")] == []


def test_une_suggestion_mene_a_sa_page(fenetre: Fenetre, archive: Path):
    page = fenetre.open((archive / "actions/index.html").as_uri())
    page.locator("#q-tete").press_sequentially("nutri")
    page.locator(".suggestions [role=option]").first.wait_for()
    page.press("#q-tete", "ArrowDown")
    page.press("#q-tete", "Enter")
    page.wait_for_url(lambda url: "/actions/index.html" not in url)
    page.locator("h1").wait_for()
    assert page.url.partition("?")[0].endswith("/index.html")
    assert fenetre.journal.faults == []


def test_les_filtres_et_leur_oubli(fenetre: Fenetre, archive: Path):
    page = fenetre.open((archive / "explorer/index.html").as_uri())
    page.locator("[data-compte]").filter(has_text="170").or_(page.locator("text=170 actions").first).first.wait_for()
    page.locator("#filtres input[type=checkbox]").first.check()
    page.wait_for_url("**/explorer/index.html?*")
    page.go_back()
    page.wait_for_url(lambda url: url.endswith("/explorer/index.html"))
    assert fenetre.journal.faults == []


def test_le_carnet_garde_et_imprime(fenetre: Fenetre, archive: Path):
    recit = next(path for path in sorted((archive / "actions").glob("strasbourg*/index.html")))
    page = fenetre.open(recit.as_uri())
    page.locator("[data-garder]").first.click()
    page.locator(".entete__carnet").click()
    page.locator("[data-carnet-page]:not([hidden], [aria-busy])").wait_for()
    page.locator(".gardee a").first.click()
    page.locator(".recit").wait_for()
    assert page.url == recit.as_uri()
    assert fenetre.journal.faults == []


def test_l_exemple_lunr(fenetre: Fenetre, archive: Path):
    page = fenetre.open((archive / "donnees/exemple-lunr.html").as_uri())
    page.locator("input").first.fill("sommeil")
    page.locator("li a, p a[href*='actions/']").first.wait_for()
    assert fenetre.journal.faults == []


def test_aucune_page_ne_mene_a_un_dossier(archive: Path):
    pages = sorted(archive.rglob("*.html"))
    assert len(pages) > 900
    assert [p for p in pages if 'type="module"' in (text := p.read_text("utf-8")) or 'href="../"' in text] == []
