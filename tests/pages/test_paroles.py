"""The pages of levers and obstacles, and of campaigns, in the built site."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES
from inspiractions.pages.paroles import Quotes

PAROLES = [facette for facette in FACETTES if facette.cle in ("leviers", "freins")]


@pytest.mark.parametrize("facette", PAROLES, ids=lambda facette: facette.cle)
def test_chaque_action_y_est_une_fois_par_terme_et_les_reponses_d_abord(banque_reelle: Banque, facette) -> None:
    quotes = Quotes(banque_reelle)
    for terme in banque_reelle.vocabulaire(facette):
        paroles, expected = quotes.of(facette, terme), banque_reelle.avec(facette, terme)
        assert sorted(p.action.id for p in paroles) == sorted(a.id for a in expected)
        assert [p.rang for p in paroles] == sorted(p.rang for p in paroles)


@pytest.mark.parametrize("facette", PAROLES, ids=lambda facette: facette.cle)
def test_chaque_point_est_cite_avec_un_lien_vers_sa_rubrique(banque_reelle: Banque, site: Path, facette) -> None:
    rubrique = {"leviers": "facteurs-favorables", "freins": "difficultes"}[facette.cle]
    quotes = Quotes(banque_reelle)
    for terme in banque_reelle.vocabulaire(facette):
        paroles = quotes.of(facette, terme)
        folder = site / facette.adresse / terme.id
        pages = [folder / "index.html", *folder.glob("page/*/index.html")]
        html = "".join(page.read_text("utf-8").replace("../../../../actions/", "../../actions/") for page in pages)
        quoted = [p for p in paroles if p.points]
        assert html.count("<blockquote>") == sum(len(p.points) for p in quoted)
        assert html.count("paire__part--reponse") == sum(bool(point.reponse) for p in quoted for point in p.points)
        assert all(f'href="../../actions/{p.action.id}/#{rubrique}"' in html for p in quoted)


def test_une_difficulte_et_sa_reponse(site: Path) -> None:
    html = (site / "freins/mobilisation-du-public/index.html").read_text("utf-8")
    texte = unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))
    assert re.search(
        r"La difficulté \(Thionville\) Des lycéens qui fument déjà.* Ce qui a été fait \(Thionville\) Après ceux des écoles",
        texte,
    )


def test_la_campagne_asv_a_ses_dix_recits_et_dit_ce_qui_a_ete_demande(banque_reelle: Banque, site: Path) -> None:
    html = (site / "campagnes/asv-2015/index.html").read_text("utf-8")
    assert html.count('<article class="carte">') == 10
    assert "50 ateliers santé ville" in html
    inconnu = (site / "campagnes/veille/index.html").read_text("utf-8")
    assert inconnu.count('<span class="nr">Non renseigné</span>') == 2
