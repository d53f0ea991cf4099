"""Goldens: fiches in ``recit/actions/`` beside what they become. ``MAJ_ATTENDUS=1`` writes them anew: read the difference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inspiractions.base.outputs import BASE, Page
from inspiractions.model.banque import load_banque
from inspiractions.pages.lists import CardRenderer
from inspiractions.pages.recit import Beside, make_recit, make_retiree
from inspiractions.pages.reference import make_redirections
from inspiractions.pages.territoires import locator_maps
from inspiractions.rules.check import check_rules
from inspiractions.story.permalinks import redirections
from inspiractions.story.recit import Recits
from inspiractions.theme.templates import Templates

RECIT = Path(__file__).parent / "goldens"
SITE_URL = "https://exemple.fr/"
CHEMINS = ("complet", "reprise", "retiree", "ancien-complet")


@pytest.fixture
def pages(partage: None) -> dict[str, Page]:
    banque, fiches, problems = load_banque(RECIT)
    # « Bonne humeur » is a label of its own: the page shows it, and that is told.
    assert [(p.rule, p.doubt) for p in (*problems, *check_rules(banque, fiches))] == [("points", True)]
    gabarits, recits = Templates(RECIT), Recits(banque, SITE_URL)
    cartes = CardRenderer(banque, gabarits)
    maps = locator_maps(banque)
    besides = [Beside(82_500 * (r.action.id == "complet"), 0, maps.of_places(r.action.villes)) for r in recits]
    pages = [
        make_recit(r, beside, banque, gabarits, cartes, SITE_URL) for r, beside in zip(recits, besides, strict=True)
    ]
    pages += [make_retiree(action, gabarits) for action in banque.retirees]
    return {page.chemin: page for page in (*pages, *make_redirections(redirections(banque), gabarits))}


def test_toutes_les_pages_ont_leur_modele(pages: dict[str, Page]) -> None:
    # Former terms of the vocabularies lead on, too.
    assert {chemin for chemin in pages if chemin.startswith("actions/")} == {f"actions/{c}/" for c in CHEMINS}
    assert [p.indexable for p in map(pages.get, (f"actions/{c}/" for c in CHEMINS)) if p] == [True, True, False, False]


@pytest.mark.parametrize("chemin", CHEMINS)
def test_le_recit_est_celui_attendu(pages: dict[str, Page], chemin: str) -> None:
    attendu = RECIT / f"{chemin}.html"
    contenu = pages[f"actions/{chemin}/"].contenu.replace(BASE, "{base}")
    if os.environ.get("MAJ_ATTENDUS"):
        attendu.write_text(contenu, "utf-8")
    assert contenu == attendu.read_text("utf-8")


def test_l_ancienne_adresse_mene_a_la_nouvelle(pages: dict[str, Page]) -> None:
    assert f"url={BASE}actions/complet/" in pages["actions/ancien-complet/"].tete
