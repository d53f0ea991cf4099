"""Récits side by side: what the table says is what the fiches say; it differs, folds, prints, travels and hears the keyboard."""

from __future__ import annotations

import csv
import io
import re

import pypdf
import pytest
from playwright.sync_api import Page, expect

from inspiractions.model.banque import Banque

from .carnet import CLE, carnet, gardes
from .conftest import Fenetre
from .test_accessibilite import ALL, AXE, COLOURS, SCHEMA, violations

PRETE = "[data-comparer-page]:not([hidden], [aria-busy])"


def row(page: Page, label: str):
    """The cells of a line of the table, the name of the récit that small screens show apart."""
    line = page.locator(".comparaison tbody tr").filter(has=page.locator("th b", has_text=re.compile(f"^{label}$")))
    return line.locator(".comparer__texte")


@pytest.fixture(scope="session")
def trois(banque_reelle: Banque) -> list[str]:
    """Three récits of one campaign that share an age, not all ages; two say their budget; the first has the longest text."""
    candidates = sorted(
        banque_reelle.actions, key=lambda a: (a.budget is None, -max(len(r.texte) for r in a.rubriques))
    )
    first = next(a for a in candidates if len(a.ages) > 1 and a.budget)
    others = [a for a in candidates if a != first and set(a.ages) & set(first.ages) and set(a.ages) != set(first.ages)]
    others = [a for a in others if a.campagne == first.campagne]
    blank = next(a for a in others if a.budget is None)
    return [first.id, next(a.id for a in others if a.budget), blank.id]


@pytest.mark.parametrize("width", [1280, 390])
def test_la_table_dit_ce_que_disent_les_fiches(
    fenetre: Fenetre, serveur: str, banque_reelle: Banque, trois: list[str], width: int
):
    first, second = ("light", "dark") if width == 1280 else ("dark", "light")
    page = fenetre.open(f"{serveur}/comparer/?ids={','.join(trois)}", width=width, scheme=first)
    page.locator(PRETE).wait_for()
    actions = [banque_reelle.par_id[i] for i in trois]
    ages = banque_reelle.vocabulaires["ages"]
    for rank, action in enumerate(actions):
        expect(page.locator(".comparer__titre a").nth(rank)).to_have_attribute(
            "href", f"{serveur}/actions/{action.id}/"
        )
        lines = row(page, "Âges").nth(rank).locator("li, p").all_inner_texts()
        assert lines[: len(action.ages)] == [ages[i].court for i in action.ages]
        assert (row(page, "Budget").nth(rank).inner_text() == "Non renseigné") == (action.budget is None)
        partners = row(page, "Partenaires").nth(rank).locator("li, p").all_inner_texts()
        assert len(partners) == max(1, len(action.partenaires))
    # Bold: what only one of them has, where they share some.
    counts = {i: sum(i in action.ages for action in actions) for action in actions for i in action.ages}
    bold = row(page, "Âges").locator("b").all_inner_texts()
    assert sorted(bold) == sorted(ages[i].court for i, n in counts.items() if n == 1)
    # An obstacle comes with the answer that its fiche gives.
    answers = page.locator(".comparaison").get_by_text("Ce qui a été fait :", exact=True).count()
    html = [page.request.get(f"{serveur}/actions/{i}/").text() for i in trois]
    assert answers == sum(text.count("points__reponse") for text in html)
    # What none of them says is one line, no row.
    silent = page.locator("[data-vides]")
    for name in silent.inner_text().partition(":")[2].strip(" .\n").split(", "):
        assert page.locator(".comparaison th b", has_text=re.compile(f"^{re.escape(name)}$", re.I)).count() == 0
    # What differs alone, then all.
    same = page.locator(".comparaison tr.est-identique")
    assert same.count() >= 1
    expect(row(page, "Campagne").first).to_be_visible()
    page.locator("[data-differences]").check()
    expect(page.locator(".comparaison tr.est-identique:visible")).to_have_count(0)
    expect(row(page, "Budget").first).to_be_visible()
    page.locator("[data-differences]").uncheck()
    # The start of long texts, then the whole.
    long = page.locator("tr.est-long").first
    # A phone shows none of them before it is asked to, and tells how many récits have one.
    boxes = [cell.bounding_box() for cell in long.locator(".comparer__texte").all()]
    assert (boxes[0] is None) == (width == 390)
    before = max((box or {"height": 0})["height"] for box in boxes)
    if width == 390:
        assert page.evaluate("document.documentElement.scrollHeight") <= 5000
    long.get_by_role("button", name=re.compile("^Tout lire : ")).press("Enter")
    expect(long.get_by_role("button", name=re.compile("^Réduire : "))).to_have_attribute("aria-expanded", "true")
    assert max(cell.bounding_box()["height"] for cell in long.locator(".comparer__texte").all()) > before

    page.evaluate(AXE)
    assert violations(page, ALL) == []
    for narrower in (width, {1280: 768, 390: 320}[width]):
        page.set_viewport_size({"width": narrower, "height": 900})
        assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == [], narrower
    assert page.evaluate("document.querySelectorAll('.defile[tabindex]').length") == 1
    # The names and the roles stay where the table is laid out as a list.
    expect(page.get_by_role("columnheader")).to_have_count(3)
    assert page.get_by_role("rowheader").count() == page.locator(".comparaison tbody tr").count()
    page.locator("[data-schema]").click()
    assert page.evaluate(SCHEMA) == {"light": "default", "dark": "slate"}[second]
    assert violations(page, COLOURS) == []
    assert page.evaluate("[...controles.violations, ...controles.inlineStyles()]") == []
    assert fenetre.journal.faults == []


def test_la_comparaison_s_emporte_et_se_defait(fenetre: Fenetre, serveur: str, trois: list[str]):
    page = fenetre.open(f"{serveur}/comparer/?ids={','.join(trois)}")
    page.locator(PRETE).wait_for()
    titles = page.locator(".comparer__titre a").all_inner_texts()
    assert page.locator("#adresse").input_value() == page.url
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    lines = list(
        csv.reader(io.StringIO(download.value.path().read_bytes().decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert lines[0][1:] == titles
    assert [address.split("/")[-2] for address in lines[2][1:]] == trois
    labels = page.locator(".comparaison tbody th b").all_inner_texts()
    assert [line[0] for line in lines[3:]] == labels
    assert {len(line) for line in lines} == {4}
    budget = {line[0]: line[1:] for line in lines}["Budget"]
    assert [bool(cell) for cell in budget] == [True, True, False]

    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    box = paper.pages[0].mediabox
    assert box.width > box.height
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert [word for word in ("Tout lire", "Retirer", "Copier") if word in text] == []
    # Whole texts on paper: the last words of the longest cell.
    longest = max(page.locator(".comparer__texte").all_text_contents(), key=len)
    assert " ".join(longest.split())[-20:].split()[-1] in text

    # By the keyboard: one is taken off, the address says so, « back » brings it again.
    button = page.get_by_role("button", name=f"Retirer « {titles[0]} » de la comparaison".replace(" ", " "))
    button = button.or_(page.locator(f'[data-retirer="{trois[0]}"]')).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".comparer__titre a")).to_have_count(2)
    expect(page).to_have_url(re.compile(rf"\?ids={trois[1]},{trois[2]}$"))
    assert page.evaluate("document.activeElement.matches('[data-comparer-page]')")
    page.go_back()
    expect(page.locator(".comparer__titre a")).to_have_count(3)
    assert fenetre.journal.faults == []


def test_l_adresse_dit_tout_et_le_carnet_ajoute(fenetre: Fenetre, serveur: str, ids: list[str], trois: list[str]):
    """Without ids: the first of the carnet. Unknown ones are named. A récit that does not arrive is asked for again."""
    page = fenetre.open(f"{serveur}/comparer/")
    page.locator(PRETE).wait_for()
    expect(page.get_by_role("heading", name="Choisissez de deux à quatre actions")).to_be_visible()
    expect(page.locator("[data-outils]")).to_be_hidden()
    page.evaluate(f"value => localStorage.setItem('{CLE}', JSON.stringify(value))", carnet([*ids, trois[0]]))
    page.reload()
    page.locator(PRETE).wait_for()
    expect(page.locator(".comparer__titre a")).to_have_count(4)
    expect(page).to_have_url(re.compile(rf"\?ids={','.join(ids)}$"))
    expect(page.locator("[data-ajouter]")).to_be_hidden()
    page.locator("[data-retirer]").first.click()
    expect(page.locator(".comparer__titre a")).to_have_count(3)
    page.locator(f'[data-ajouter] button[data-id="{trois[0]}"]').click()
    expect(page).to_have_url(re.compile(rf"\?ids={','.join(ids[1:])},{trois[0]}$"))
    expect(page.locator(".comparer__titre a")).to_have_count(4)
    assert gardes(page) == [*ids, trois[0]]

    page.goto(f"{serveur}/comparer/?ids=nulle-part,{trois[0]},<img src=x onerror=alert(1)>,constructor")
    page.locator(PRETE).wait_for()
    expect(page.locator("[data-avis]")).to_contain_text("« nulle-part » n’est pas une action de la banque")
    expect(page.get_by_role("heading", name="Il faut une autre action")).to_be_visible()
    assert page.locator("#contenu img, #contenu script").count() == 0

    page.route(f"**/actions/{trois[1]}/", lambda route: route.abort())
    page.goto(f"{serveur}/comparer/?ids={trois[0]},{trois[1]}")
    expect(page.locator("[data-echec]")).to_be_visible()
    page.unroute(f"**/actions/{trois[1]}/")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".comparer__titre a")).to_have_count(2)
    expect(page.locator("[data-echec]")).to_be_hidden()
    assert page.evaluate("controles.violations") == []
