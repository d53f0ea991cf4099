"""The page of lost addresses; the policy that every test is served under; what a page weighs (each kind: test_accessibilite.py)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inspiractions.build.budgets import Weighing

from .conftest import Fenetre
from .explorateur import Ouvrir, wait_until
from .genres import GENRES
from .serveur import SOUS_CHEMIN


@pytest.mark.parametrize("genre", ["accueil", "recit-varie", "explorer", "carnet"])
def test_un_budget_compte_ce_que_le_navigateur_demande(fenetre: Fenetre, serveur: str, site: Path, genre: str):
    """But the search and its engine, which have their own."""
    chemin = GENRES[genre](site)
    page = fenetre.open(f"{serveur}/{chemin}")
    page.wait_for_load_state("networkidle")
    loaded = {u.removeprefix(f"{serveur}/").partition("?")[0] for u in fenetre.journal.requests}
    loaded = {f"{name}index.html" if name == "" or name.endswith("/") else name for name in loaded}
    balance = Weighing(site)
    search = ("recherche/", "assets/joints/recherche-")
    later = balance.modules("assets/js/search/engine.js") | {n for n in loaded if n.startswith(search)}
    counted = set(balance.loads(f"{chemin}index.html"))
    assert counted <= loaded
    assert loaded - counted - later == set()


def test_une_adresse_inconnue_a_sa_page(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/actions/nulle-part/")
    assert page.locator("h1").inner_text() == "Page introuvable"
    assert page.locator(".entete").evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert [fault for fault in fenetre.journal.faults if "nulle-part" not in fault and "404" not in fault] == []


def test_une_politique_stricte_est_servie(fenetre: Fenetre, serveur: str):
    """The proof that the checks of the policy can fail: what it forbids is refused, and reported."""
    page = fenetre.open(f"{serveur}{SOUS_CHEMIN}")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    wait_until(page, "controles.violations.length")
    assert "style-src-attr" in page.evaluate("controles.violations")[0]


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_un_recit_est_sur_le_premier_ecran_de_l_accueil(fenetre: Fenetre, adresse, width: int, height: int):
    page = fenetre.open(adresse("accueil"), width=width)
    page.set_viewport_size({"width": width, "height": height})
    une = page.locator(".une")
    expect(une.get_by_role("heading", level=2)).to_be_in_viewport(ratio=1)
    for word in ("Ce qui a gêné", "Ce qui a été fait"):
        part = une.locator(".paire__part", has_text=word)
        assert len(part.inner_text()) > len(word) + 10
    if width == 390:
        assert page.evaluate("document.documentElement.scrollHeight") <= 5500
    une.get_by_role("link").click()
    expect(page.locator("#difficultes")).to_be_attached()
    expect(page.locator("#resultats")).to_be_attached()


def test_un_titre_tient_de_meme_dans_une_carte_et_sur_son_recit(ouvrir: Ouvrir):
    """Cards are made in Python and in JavaScript: the same words stay on a line, those that are searched, too."""
    count = 0
    for query in ("?q=sport-santé", "?q=sport-santé&vue=tableau"):
        page = ouvrir(query)
        titles = page.locator("[data-resultats]").locator(".carte__titre a, tbody th a, tbody td:first-child a")
        for a in titles.all():
            h1 = page.request.get(a.get_attribute("href")).text().partition("<h1>")[2].partition("</h1>")[0]
            held = a.locator(".insecable").all_text_contents()
            assert held == re.findall('<span class="insecable">([^<]*)</span>', h1)
            count += len(held)
        assert page.locator("[data-resultats] .insecable mark").count() > 0
        assert page.locator(".insecable").evaluate_all(
            "all => all.every((e) => new Set([...e.getClientRects()].map((r) => r.top)).size <= 1)"
        )
    assert count >= 4
