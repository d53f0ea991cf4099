"""The ten tasks of a coordinator, each from the home page in four steps at most: a click, or a field typed in and Enter.

A task ends where its answer stands: the test reads it there and holds it against the fiches.
"""

from __future__ import annotations

import math
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Lieu
from inspiractions.model.vocabulaire import parse_points
from inspiractions.story.labels import sizes_of

from .conftest import Fenetre
from .explorateur import TITRES, pret, total

STEPS = 4


class Visit:
    """A visitor on the home page, whose steps are counted."""

    def __init__(self, fenetre: Fenetre, serveur: str) -> None:
        self.page: Page = fenetre.open(f"{serveur}/")
        self.steps = 0

    def search(self, words: str) -> None:
        """Types in the field of the home page, then Enter."""
        self.type_in(self.page.locator(".accueil #q"), words)
        pret(self.page)

    def type_in(self, field: Locator, words: str) -> None:
        self._count()
        field.fill(words)
        field.press("Enter")

    def click(self, what: Locator) -> None:
        self._count()
        what.click()

    def _count(self) -> None:
        self.steps += 1
        assert self.steps <= STEPS, f"plus de {STEPS} pas"

    def ids(self) -> list[str]:
        """The actions of the list that is shown."""
        links = self.page.locator(f"{TITRES} a").evaluate_all("all => all.map((a) => a.href)")
        return [link.split("/actions/")[1].strip("/") for link in links]


@pytest.fixture
def visit(fenetre: Fenetre, serveur: str):
    visit = Visit(fenetre, serveur)
    yield visit
    assert fenetre.journal.faults == []


def distance(one: Lieu, other: Lieu) -> float:
    """Kilometres between two places, on a sphere of 6,371 km; far away where one has no point."""
    if other.lat is None or other.lon is None:
        return 20_000
    lat, lon, lat2, lon2 = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    cosine = math.sin(lat) * math.sin(lat2) + math.cos(lat) * math.cos(lat2) * math.cos(lon - lon2)
    return 6371 * math.acos(min(1, cosine))


def box(page: Page, key: str, value: str) -> Locator:
    """The line of a filter, which takes the click."""
    return page.locator(f'label:has(input[name="{key}"][value="{value}"])')


def test_la_nutrition_des_12_17_ans_en_quartier_prioritaire(visit: Visit, banque_reelle: Banque):
    page = visit.page
    visit.search("nutrition")
    visit.click(box(page, "age", "12-17"))
    visit.click(box(page, "qpv", "oui"))
    expect(page).to_have_url(re.compile("qpv=oui"))
    pret(page)
    shown = [banque_reelle.par_id[i] for i in visit.ids()]
    assert len(shown) >= 3
    assert all({"12-17", "tous"} & {*action.ages} for action in shown)
    assert {action.qpv for action in shown} == {"oui"}


def test_qui_appeler_dans_mon_departement(visit: Visit):
    """A letter to the city or to the secretariat, with the récit in it."""
    page = visit.page
    visit.search("Gard")
    visit.click(page.locator(f"{TITRES} a").first)
    title = page.locator(".recit-tete h1").inner_text()
    expect(page.locator(".recit-tete .lieu")).to_contain_text("Gard")
    letter = page.get_by_role("link", name="Être mis en relation")
    expect(letter).to_be_visible()
    address = urlsplit(letter.get_attribute("href") or "")
    assert address.scheme == "mailto"
    assert re.fullmatch(r"[\w.+-]+@[\w.-]+", unquote(address.path))
    assert title.split(" ")[0] in parse_qs(address.query)["body"][0]


def test_comparer_trois_actions(visit: Visit):
    page = visit.page
    visit.search("bus santé")
    visit.click(page.locator(f"{TITRES} a").first)
    visit.click(page.get_by_role("link", name="Comparer avec les plus proches"))
    expect(page.locator(".comparer__titre a")).to_have_count(3)
    expect(page.locator(".comparaison tbody tr").first).to_be_visible()


def test_comparer_ce_que_l_on_garde(visit: Visit):
    """The same from a list: two are kept, then laid side by side."""
    page = visit.page
    visit.search("bus santé")
    kept = visit.ids()[:2]
    visit.click(page.locator("[data-resultats] [data-garder]").nth(0))
    visit.click(page.locator("[data-resultats] [data-garder]").nth(1))
    visit.click(page.get_by_role("link", name="Comparer les 2 dernières gardées"))
    expect(page.locator(".comparer__titre a")).to_have_count(2)
    assert parse_qs(urlsplit(page.url).query)["ids"] == [",".join(kept)]


def test_les_villes_de_vingt_mille_habitants(visit: Visit, banque_reelle: Banque):
    page = visit.page
    visit.click(page.get_by_role("navigation", name="Rubriques du site").get_by_role("link", name="Explorer"))
    pret(page)
    whole = total(page)
    visit.click(page.locator("summary", has_text="Taille"))
    visit.click(box(page, "taille", "20000-50000"))
    expect(page).to_have_url(re.compile("taille=20000-50000"))
    expect(page.locator(".compte__n")).not_to_have_text(re.compile(rf"^{whole}\b"))
    assert all("20000-50000" in sizes_of(banque_reelle.par_id[i]) for i in visit.ids())


def test_a_cinquante_kilometres_d_ales(visit: Visit, banque_reelle: Banque):
    page = visit.page
    visit.click(page.get_by_role("navigation", name="Rubriques du site").get_by_role("link", name="Explorer"))
    pret(page)
    whole = page.locator(".compte__n").inner_text()
    visit.type_in(page.get_by_label("Autour de"), "Alès")
    expect(page).to_have_url(re.compile("autour="))
    expect(page.locator(".compte__n")).not_to_have_text(whole)
    pret(page)
    shown = [banque_reelle.par_id[i] for i in visit.ids()]
    assert len(shown) >= 3
    ales = next(lieu for action in banque_reelle.actions for lieu in action.villes if lieu.nom == "Alès")
    assert all(min(distance(ales, lieu) for lieu in action.villes) <= 51 for action in shown)


def test_ce_qui_a_echoue_et_pourquoi(visit: Visit, banque_reelle: Banque):
    """« Mobiliser le public »: each city's own words, with what was done."""
    page = visit.page
    visit.click(page.get_by_role("navigation", name="Consulter").get_by_role("link", name="Freins"))
    visit.click(page.locator("main").get_by_role("link", name=re.compile("[Mm]obilis")).first)
    obstacle = urlsplit(page.url).path.split("/")[-2]
    points = [
        point
        for action in banque_reelle.actions
        if (part := action.rubriques_par_id.get("difficultes"))
        for point in parse_points(part.texte, part.line + 1, banque_reelle.vocabulaires["freins"])
        if point.terme and point.terme.id == obstacle
    ]
    assert len(points) >= 10
    words = page.locator(".paire blockquote").all_inner_texts()
    assert len(words) == len(points)
    assert min(map(len, words)) > 10
    expect(page.locator(".paire__part--reponse")).to_have_count(sum(bool(point.reponse) for point in points))
    expect(page.locator(".paire__part--reponse").first).to_be_visible()


def test_l_ordre_de_cout_d_un_bus_sante(visit: Visit):
    """What several cities say that theirs cost, side by side."""
    page = visit.page
    visit.search("bus santé")
    visit.click(page.locator("summary", has_text="La fiche donne"))
    visit.click(box(page, "donne", "budget"))
    expect(page).to_have_url(re.compile("donne=budget"))
    pret(page)
    assert total(page) >= 3
    visit.click(page.locator(f"{TITRES} a").first)
    budget = page.locator(".identite dl > div", has=page.locator("dt", has_text="Budget")).locator("dd")
    expect(budget).to_contain_text(re.compile(r"\d"))


def test_suivre_un_theme(visit: Visit, serveur: str):
    page = visit.page
    visit.click(page.get_by_role("navigation", name="Consulter").get_by_role("link", name="Thématiques"))
    visit.click(page.locator("main").get_by_role("link", name=re.compile("^Sommeil|^Bien-être et sommeil")).first)
    follow = page.get_by_role("link", name=re.compile("[Ss]uivre"))
    feed = follow.first.get_attribute("href") or ""
    assert feed.endswith("fil.atom")
    answer = page.request.get(page.evaluate("href => new URL(href, location).href", feed))
    assert answer.ok
    assert "<entry>" in answer.text()


def test_un_dossier_a_imprimer(visit: Visit):
    page = visit.page
    visit.search("bus santé")
    visit.click(page.locator("[data-resultats] [data-garder]").first)
    page.add_init_script("window.print = () => (document.body.dataset.printed = 'oui')")
    visit.click(page.locator(".entete__carnet"))
    page.locator("[data-carnet-page]:not([hidden], [aria-busy])").wait_for()
    visit.click(page.get_by_role("button", name="Dossier pour les élus"))
    expect(page.locator("body")).to_have_attribute("data-printed", "oui")
    expect(page.locator(".dossier .dossier__piece")).to_have_count(1)


def test_partager_avec_un_collegue(visit: Visit):
    """A letter already written, with the permanent address."""
    page = visit.page
    visit.search("sport sur ordonnance")
    visit.click(page.locator(f"{TITRES} a").first)
    letter = page.get_by_role("link", name="Envoyer par courriel").get_attribute("href") or ""
    body = parse_qs(urlsplit(letter).query)["body"][0]
    assert page.locator("#adresse").input_value() in body
    assert page.locator(".recit-tete .chapo").inner_text()[:20] in body
