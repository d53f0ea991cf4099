"""What is being read does not move while the rest arrives (Cumulative Layout Shift, web.dev/articles/cls)."""

from __future__ import annotations

import json

import pytest

from .carnet import CLE, carnet
from .conftest import Fenetre

LIMIT = 0.05
OBSERVE = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


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
    ],
)
def test_rien_ne_saute(fenetre: Fenetre, serveur: str, ids: list[str], chemin: str, width: int, garde: bool):
    page = fenetre.open(f"{serveur}/a-propos/", width=width)
    page.add_init_script(OBSERVE)
    if garde:
        page.evaluate("([cle, texte]) => localStorage.setItem(cle, texte)", [CLE, json.dumps(carnet(ids))])
    # A slow network, as a phone has: what comes in pieces comes late.
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
    network.send("Network.emulateNetworkConditions", slow)
    page.goto(f"{serveur}/{chemin}")
    page.wait_for_timeout(2500)
    assert page.evaluate("window.shift") <= LIMIT
