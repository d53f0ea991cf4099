"""The page of a survey: only what a city agreed to publish, inert, and axe finds nothing. Fictitious answers, scratch site."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from banque.site import build

from .conftest import Fenetre
from .serveur import serve
from .test_accessibilite import ALL, AXE, COLOURS, violations

PUBLIQUE = """ville: Nantes
publie: true
reponses:
  gouvernance: |-
    Un contrat local <script>alert(1)</script> **de santé**.
    [lien](javascript:alert(1))
partenaires:
  - partenaire: École de santé
    nature: ""
"""
PRIVEE = """ville: Besançon
publie: false
reponses:
  gouvernance: motprive
partenaires:
  - partenaire: partenaireprive
    nature: naturepriv
"""


@pytest.fixture(scope="module")
def enquetes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("enquetes")
    (root / "actions").mkdir()
    folder = root / "enquetes" / "sej-2024"
    folder.mkdir(parents=True)
    (folder / "nantes.yml").write_text(PUBLIQUE, "utf-8")
    (folder / "besancon.yml").write_text(PRIVEE, "utf-8")
    assert build(root, root / "site", root / "travail", leger=True).problems == []
    return root / "site"


def test_seul_ce_qui_est_public_parait(enquetes: Path):
    said = [p for p in enquetes.rglob("*") if p.suffix in (".html", ".json", ".csv", ".xml", ".atom", ".txt")]
    assert len(said) > 100
    for path in said:
        text = path.read_text("utf-8")
        assert "motprive" not in text
        assert "partenaireprive" not in text
    assert 'href="../../enquetes/sej-2024/"' in (enquetes / "campagnes/sej-2024/index.html").read_text("utf-8")
    assert not (enquetes / "enquetes" / "sdtp-2025").exists()
    assert 'href="../enquetes/sej-2024/"' in (enquetes / "plan-du-site/index.html").read_text("utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_la_page_est_inerte_et_accessible(fenetre: Fenetre, enquetes: Path, width: int, scheme: str):
    with serve(enquetes) as address:
        page = fenetre.open(f"{address}/enquetes/sej-2024/", width=width, scheme=scheme)
        expect(page.locator("h1")).to_have_text("L’enquête")
        expect(page.locator(".chapo")).to_contain_text("1 réponse publiée")
        expect(page.locator(".chapo")).to_contain_text("1 ville sur 2 ayant répondu")
        expect(page.locator("h3", has_text="Nantes")).to_have_count(1)
        expect(page.get_by_text("Sans réponse, 1 sur 1 : Nantes.").first).to_be_visible()
        expect(page.get_by_text("<script>alert(1)</script>")).to_be_visible()
        assert page.locator("a[href^='javascript:']").count() == 0
        expect(page.locator("table")).to_contain_text("École de santé")
        page.evaluate(AXE)
        assert violations(page, ALL) == []
        page.locator("[data-schema]").click()
        assert violations(page, COLOURS) == []
        assert fenetre.journal.faults == []
        if width == 390:
            assert page.evaluate("controles.overflow()") == []
