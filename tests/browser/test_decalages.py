"""What is being read does not move while the rest arrives (Cumulative Layout Shift, web.dev/articles/cls)."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from .carnet import CLE, carnet
from .conftest import Fenetre
from .explorateur import wait_until
from .genres import GENRES

LIMIT = 0.05
OBSERVE = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def slow_page(fenetre: Fenetre, serveur: str, width: int) -> Page:
    """A page that tells its shifts, on a slow network, as a phone has: what comes in pieces comes late."""
    page = fenetre.open(f"{serveur}/a-propos/", width=width)
    page.add_init_script(OBSERVE)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
    network.send("Network.emulateNetworkConditions", slow)
    return page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("chemin", "garde"),
    [
        ("", False),
        ("carnet/", False),
        ("carnet/", True),
        ("explorer/", False),
        ("explorer/?q=nutrition&qpv=non", False),
        ("integrer/", False),
        ("comparer/", True),
    ],
)
def test_rien_ne_saute(fenetre: Fenetre, serveur: str, ids: list[str], chemin: str, width: int, garde: bool):
    page = slow_page(fenetre, serveur, width)
    if garde:
        page.evaluate("([cle, texte]) => localStorage.setItem(cle, texte)", [CLE, json.dumps(carnet(ids))])
    page.goto(f"{serveur}/{chemin}")
    page.wait_for_timeout(2500)
    assert page.evaluate("window.shift") <= LIMIT


@pytest.mark.parametrize("width", [1280, 390])
def test_rien_ne_saute_sur_aucun_genre_de_page(fenetre: Fenetre, serveur: str, adresse, width: int):
    """Every other kind, one after the other in one page."""
    page = slow_page(fenetre, serveur, width)
    shifts = {}
    for genre in GENRES.keys() - {"accueil", "carnet", "explorer", "integrer", "comparer"}:
        page.goto(adresse(genre), wait_until="load")
        page.wait_for_timeout(300)
        shifts[genre] = page.evaluate("window.shift")
    assert {genre: shift for genre, shift in shifts.items() if shift > LIMIT} == {}
    # The proof that it can fail: twenty paragraphs that come late.
    page.evaluate(
        "() => { for (let i = 0; i < 20; i++) document.body.prepend(document.createElement('h2'), 'Tard venu') }"
    )
    wait_until(page, f"window.shift > {LIMIT}")


@pytest.mark.parametrize("width", [1280, 390])
def test_le_pied_ne_bouge_pas_quand_il_arrive_par_morceaux(fenetre: Fenetre, serveur: str, width: int):
    """On a page shorter than the window it starts where the content ends, however much of it is there."""
    page = fenetre.open(f"{serveur}/regions/", width=width)
    page.set_viewport_size({"width": width, "height": 3000})
    top = "() => document.querySelector('.pied').getBoundingClientRect().top"
    whole = page.evaluate(top)
    page.evaluate("() => document.querySelector('.pied').replaceChildren()")
    assert page.evaluate(top) == whole
    assert page.evaluate("() => document.querySelector('.pied').getBoundingClientRect().bottom") == 3000
