"""The matrix of coverage: each number is what the explorer shows; a table at a time without any script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import Fenetre
from .explorateur import pret, total

CHOIX = ".couverture__outils input"
CASES = "all => all.map((a) => [a.getAttribute('href'), Number(a.querySelector('b').textContent)])"


def _cases(page: Page, perimetre: int) -> list[tuple[str, int]]:
    return page.locator(f'[data-perimetre="{perimetre}"] a.case:not(.case--vide)').evaluate_all(CASES)


def test_chaque_nombre_est_celui_de_l_explorateur(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("couverture"))
    wanted = {perimetre: _some(_cases(page, perimetre)) for perimetre in range(4)}
    for perimetre, cases in wanted.items():
        for href, nombre in cases:
            page.goto(adresse("couverture"))
            page.locator(CHOIX).nth(perimetre).check()
            page.locator(f'[data-perimetre="{perimetre}"] a.case[href="{href}"]').click()
            pret(page)
            assert total(page) == nombre, href
    assert fenetre.journal.faults == []


def _some(cases: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The first, the fullest and the last, which is of « tous les âges »."""
    return [cases[0], max(cases, key=lambda case: case[1]), cases[-1]]


def test_les_totaux_sont_ceux_de_l_explorateur(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("couverture"))
    rangee = page.locator('[data-perimetre="0"] tbody tr', has_text="12-17 ans")
    displayed = int(rangee.locator("td.matrice__n").inner_text())
    rangee.locator("th a").click()
    pret(page)
    assert total(page) == displayed
    page.go_back()
    displayed = int(page.locator('[data-perimetre="0"] tfoot td').nth(2).inner_text())
    page.locator('[data-perimetre="0"] thead a').nth(2).click()
    pret(page)
    assert total(page) == displayed


@pytest.mark.parametrize("script", [True, False])
def test_un_tableau_a_la_fois_avec_ou_sans_script(fenetre: Fenetre, adresse, script: bool):
    page = fenetre.open(adresse("couverture"), script=script)
    tables = page.locator("table.matrice")
    expect(tables).to_have_count(4)
    assert [tables.nth(i).is_visible() for i in range(4)] == [True, False, False, False]
    page.locator(CHOIX).first.focus()
    page.keyboard.press("ArrowDown")
    assert [tables.nth(i).is_visible() for i in range(4)] == [False, True, False, False]
    expect(page.get_by_role("heading", name="En quartier prioritaire (QPV)", exact=True)).to_be_visible()


def test_une_case_vide_invite_a_raconter(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("couverture"), width=390)
    page.locator(CHOIX).nth(1).check()
    vide = page.locator('[data-perimetre="1"] .case--vide').first
    # On a phone the word is not shown, but said.
    expect(vide).to_have_accessible_name(re.compile(r"^0-3 ans, Politiques publiques\s: aucune action, à raconter$"))
    expect(page.locator(".cle-axes")).to_be_visible()
    vide.click()
    # It leads to the form of today's campaign.
    expect(page.get_by_role("heading", name="Raconter une action avec ce formulaire")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("link", name="Le formulaire Word vierge").click()
    assert download.value.suggested_filename == "formulaire-sdtp-2025.docx"


def test_le_csv_est_a_cote_de_la_page(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("couverture"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger").click()
    assert download.value.suggested_filename == "couverture.csv"
    text = download.value.path().read_bytes().decode("utf-8-sig")
    [first] = re.findall(r'"0-3 ans";"Politiques publiques";"Ensemble";"(\d+)"', text)
    assert int(first) == int(page.locator('[data-perimetre="0"] .case b').first.inner_text())
