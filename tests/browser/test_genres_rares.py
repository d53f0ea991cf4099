"""Pages that the real bank has not, or not yet, on a scratch site: a survey, an illustrated récit, a withdrawn one, a moved one.

Of a survey: only what a city agreed to publish, inert. Fictitious answers.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from inspiractions.build.site import BuildOptions, build
from tests.conftest import fiche
from tests.pages.test_html import faults

from .conftest import AILLEURS, Fenetre
from .serveur import serve
from .test_accessibilite import ALL, AXE, COLOURS, violations
from .test_polices import layout_faults

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


RARES = ("actions/illustree/", "actions/partie/")


@pytest.fixture(scope="module")
def rares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rares")
    images = root / "actions" / "images" / "illustree"
    images.mkdir(parents=True)
    for nom, width in (("grande.jpg", 1400), ("petite.png", 300)):
        Image.new("RGB", (width, 200), "teal").save(images / nom)
    shown = "[{fichier: grande.jpg, alt: Des marcheurs, legende: Un mardi, credit: La Ville}, {fichier: petite.png, alt: Un plan}]"
    for identifiant, keys in {
        "illustree": {"illustrations": shown, "anciens_ids": "[ancienne]"},
        "partie": {"statut": "retiree", "titre": "Une action partie"},
    }.items():
        (root / "actions" / f"{identifiant}.md").write_text(fiche(**keys), "utf-8")
    folder = root / "enquetes" / "sej-2024"
    folder.mkdir(parents=True)
    (folder / "nantes.yml").write_text(PUBLIQUE, "utf-8")
    (folder / "besancon.yml").write_text(PRIVEE, "utf-8")
    assert build(root, root / "site", root / "travail", BuildOptions(leger=True)).problems == []
    return root / "site"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_les_pages_rares_sont_accessibles(fenetre: Fenetre, rares: Path, width: int, scheme: str):
    with serve(rares) as address:
        for chemin in RARES:
            page = fenetre.open(f"{address}/{chemin}", width=width, scheme=scheme)
            page.evaluate(AXE)
            assert violations(page, ALL) == [], chemin
            page.locator("[data-schema]").click()
            assert violations(page, COLOURS) == [], chemin
            assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == [], chemin
            page.wait_for_load_state("networkidle")
            page.close()
    assert fenetre.journal.faults == []


@pytest.mark.parametrize("police", AILLEURS)
def test_les_pages_rares_sous_d_autres_polices(fenetre: Fenetre, rares: Path, police: str):
    with serve(rares) as address:
        for chemin in (*RARES, "enquetes/sej-2024/"):
            page = fenetre.open(f"{address}/{chemin}")
            page.wait_for_load_state("networkidle")
            assert layout_faults(page) == {}, chemin
    assert fenetre.journal.faults == []


def test_les_pages_rares_sont_bien_faites(rares: Path):
    """The page of a former address, too, which a browser leaves at once."""
    for chemin in (*RARES, "actions/ancienne/", "enquetes/sej-2024/", "campagnes/sej-2024/"):
        assert faults((rares / chemin / "index.html").read_text("utf-8")) == [], chemin


def test_seul_ce_qui_est_public_parait(rares: Path):
    texts = [p for p in rares.rglob("*") if p.suffix in (".html", ".json", ".csv", ".xml", ".atom", ".txt")]
    assert len(texts) > 100
    for path in texts:
        text = path.read_text("utf-8")
        assert "motprive" not in text
        assert "partenaireprive" not in text
    assert 'href="../../enquetes/sej-2024/"' in (rares / "campagnes/sej-2024/index.html").read_text("utf-8")
    assert not (rares / "enquetes" / "sdtp-2025").exists()
    assert 'href="../enquetes/sej-2024/"' in (rares / "plan-du-site/index.html").read_text("utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_la_page_est_inerte_et_accessible(fenetre: Fenetre, rares: Path, width: int, scheme: str):
    with serve(rares) as address:
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
        assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == []
