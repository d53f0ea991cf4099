"""What is offered as one types, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from inspiractions.base.text import slugify

OUVRIR = """async () => {
  const { Engine } = await import("/assets/js/search/engine.js");
  window.moteur = await Engine.open(async (nom) => (await fetch(`/recherche/${nom}`)).arrayBuffer());
}"""


@pytest.fixture
def moteur(fenetre: object, adresse: Callable[[str], str]) -> Page:
    page = fenetre.open(adresse("a-propos"))
    page.evaluate(OUVRIR)
    return page


def offerts(moteur: Page, typed: str) -> list[tuple[str, str]]:
    offers = moteur.evaluate("(q) => moteur.suggest(q)", typed)
    return [(s["kind"], s["url"]) for s in offers if s["kind"] != "action"]


@pytest.mark.parametrize(
    ("typed", "kind", "url"),
    [
        ("clsm", "theme", "thematiques/clsm/"),
        ("hpv", "theme", "thematiques/vaccination/"),
        ("désert", "theme", "thematiques/offre-de-soins/"),
        ("sant ment", "theme", "thematiques/sante-mentale/"),
        ("nutritoin", "theme", "thematiques/alimentation/"),
        ("tabca", "theme", "thematiques/tabac/"),
        ("veloo", "theme", "thematiques/mobilites-actives/"),
        ("déserts", "theme", "thematiques/offre-de-soins/"),
        ("toulouze", "ville", "villes/toulouse/"),
        ("marseile", "ville", "villes/marseille/"),
        ("bretange", "region", "regions/bretagne/"),
        ("93", "departement", "departements/93/"),
        ("seine-saint", "departement", "departements/93/"),
        ("bret", "region", "regions/bretagne/"),
        ("paca", "region", "regions/provence-alpes-cote-d-azur/"),
        ("st naz", "ville", "villes/saint-nazaire-44/"),
        ("saint naz", "ville", "villes/saint-nazaire-44/"),
        ("gren", "ville", "villes/grenoble/"),
        ("mobiliser le public", "frein", "freins/mobilisation-du-public/"),
        ("portage pol", "levier", "leviers/portage-politique/"),
    ],
)
def test_un_theme_ou_un_lieu_vient_par_tous_ses_noms(moteur: Page, typed: str, kind: str, url: str) -> None:
    assert (kind, url) in offerts(moteur, typed)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("gard", "departements/30/"),
        ("loire", "departements/42/"),
        ("somme", "departements/80/"),
        ("tabac", "thematiques/tabac/"),
        # A city before the département of its name.
        ("paris", "villes/paris/"),
        # Its own name before another: « outre-mer » for Martinique, « isolés » for a territory.
        ("mart", "regions/martinique/"),
        ("isol", "thematiques/isolement/"),
        ("cot", "departements/22/"),
    ],
)
def test_le_nom_exact_vient_en_premier(moteur: Page, typed: str, url: str) -> None:
    assert offerts(moteur, typed)[0][1] == url


def test_deux_villes_d_un_meme_nom_se_distinguent(moteur: Page) -> None:
    offers = moteur.evaluate("(q) => moteur.suggest(q)", "saint denis")
    assert [s["titre"] for s in offers if s["kind"] == "ville"] == ["Saint-Denis (974)", "Saint-Denis (93)"]


@pytest.mark.parametrize("typed", ["!!", "🚲🚲", "- -"])
def test_ou_rien_n_est_tape_rien_n_est_offert(moteur: Page, typed: str) -> None:
    assert moteur.evaluate("(q) => moteur.suggest(q)", typed) == []


@pytest.mark.parametrize("typed", ["âgé", "age", "tabca"])
def test_rien_d_absurde(moteur: Page, typed: str) -> None:
    assert not {url for _, url in offerts(moteur, typed)} & {
        "thematiques/sante-au-travail/",
        "thematiques/espaces-publics/",
    }


@pytest.mark.parametrize("typed", ["re", "ro", "pa", "an", "ca"])
def test_deux_lettres_ne_commencent_que_ce_qui_se_voit(moteur: Page, typed: str) -> None:
    """« re » is no « REAAP », « ro » no « ROR »: names that are not shown take three letters."""
    for titre in moteur.evaluate(
        "async (q) => (await moteur.suggest(q)).filter((s) => s.kind !== 'action').map((s) => s.titre)", typed
    ):
        assert any(word.startswith(typed) for word in slugify(titre).split("-")), titre


def test_ce_qui_est_offert_existe(moteur: Page, serveur: str) -> None:
    for typed in ("mobiliser", "saint", "la", "haut", "va", "93", "la réunion", "corse"):
        for _, url in offerts(moteur, typed):
            assert moteur.evaluate("async (url) => (await fetch(url)).status", f"{serveur}/{url}") == 200, url
