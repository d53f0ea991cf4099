"""What holds for every kind of page: nothing leaves the host, nothing sticks out, headings and targets are sound."""

from __future__ import annotations

from itertools import pairwise

import pytest

from .conftest import Fenetre
from .genres import GENRES
from .serveur import SOUS_CHEMIN

WIDTHS = (320, 390, 768, 1280)


@pytest.fixture(params=GENRES)
def genre(request: pytest.FixtureRequest) -> str:
    return request.param


def test_rien_ne_sort_rien_n_echoue_et_les_titres_se_suivent(fenetre: Fenetre, serveur: str, adresse, genre: str):
    page = fenetre.open(adresse(genre))
    page.wait_for_load_state("networkidle")
    assert [url for url in fenetre.journal.requests if not url.startswith(f"{serveur}/")] == []
    assert fenetre.journal.faults == []
    assert page.evaluate("controles.violations") == []
    assert page.evaluate("controles.inlineStyles()") == []
    assert fenetre.contexts[0].cookies() == []
    assert page.evaluate("document.cookie") == ""
    levels = page.evaluate("controles.headings()")
    assert levels.count(1) == 1, levels
    assert levels[0] == 1, levels
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_rien_ne_deborde_et_les_cibles_sont_assez_grandes(fenetre: Fenetre, adresse, genre: str):
    page = fenetre.open(adresse(genre))
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width < 768:
            page.locator("[data-menu]").click()
        found[width] = page.evaluate("[...controles.overflow(), ...controles.smallTargets()]")
        if width < 768:
            page.locator("[data-menu]").click()
    assert found == {width: [] for width in WIDTHS}


def test_une_adresse_inconnue_a_sa_page(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/actions/nulle-part/")
    assert page.locator("h1").inner_text() == "Page introuvable"
    assert page.locator(".entete").evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert [fault for fault in fenetre.journal.faults if "nulle-part" not in fault and "404" not in fault] == []


def test_une_politique_stricte_est_servie(fenetre: Fenetre, serveur: str):
    """The proof that the checks of the policy can fail: what it forbids is refused, and reported."""
    page = fenetre.open(f"{serveur}{SOUS_CHEMIN}")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("controles.violations.length")
    assert "style-src-attr" in page.evaluate("controles.violations")[0]
