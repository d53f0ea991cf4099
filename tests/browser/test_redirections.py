"""A former address leads to the new one, at the root and under a sub-path, and the data of a récit are named in its head."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from inspiractions.build.site import BuildOptions, build
from tests.conftest import fiche

from .conftest import Fenetre
from .serveur import SOUS_CHEMIN, serve


@pytest.fixture(scope="module")
def demenage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of one action that had another name."""
    racine = tmp_path_factory.mktemp("demenage")
    (racine / "actions").mkdir()
    (racine / "actions" / "nouveau-nom.md").write_text(fiche(anciens_ids="[ancien-nom]"), "utf-8")
    assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=True)).problems == []
    with serve(racine / "site") as address:
        yield address


@pytest.mark.parametrize("racine_du_site", ["/", SOUS_CHEMIN])
def test_l_ancienne_adresse_mene_au_recit(fenetre: Fenetre, demenage: str, racine_du_site: str) -> None:
    page = fenetre.open(f"{demenage}{racine_du_site}actions/ancien-nom/")
    page.wait_for_url(f"{demenage}{racine_du_site}actions/nouveau-nom/")
    expect(page.locator("h1")).to_have_text("Marcher ensemble le mardi")
    # What the first page was still loading is dropped when it moves on.
    assert fenetre.journal.faults == []


def test_le_recit_nomme_ses_donnees(fenetre: Fenetre, adresse) -> None:
    page = fenetre.open(adresse("recit-riche"))
    url = page.evaluate("document.querySelector('link[rel=alternate][type=\"application/json\"]').href")
    data = page.evaluate("url => fetch(url).then((reponse) => reponse.json())", url)
    assert data["url"].endswith(f"actions/{data['id']}/")
    assert data["titre"].split()[0] in page.locator("h1").inner_text()
    assert fenetre.journal.faults == []


def test_les_adresses_de_la_page_des_donnees_repondent(fenetre: Fenetre, adresse) -> None:
    page = fenetre.open(adresse("donnees"))
    links = page.evaluate(
        "[...document.querySelectorAll('article a[href]')].map((a) => a.href).filter((h) => h.startsWith(location.origin))"
    )
    assert len(links) > 40
    statuses = page.evaluate(
        "links => Promise.all(links.map((l) => fetch(l, { method: 'HEAD' }).then((r) => r.status)))", links
    )
    assert set(statuses) == {200}
    summary = page.locator("summary").first
    summary.press("Enter")
    expect(page.locator("details[open] pre")).to_be_visible()
