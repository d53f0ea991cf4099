"""The explorer: facets and views."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from inspiractions.model.banque import Banque

from .explorateur import (
    COMPTE,
    COUNTS,
    DISABLED,
    Ouvrir,
    case,
    compter,
    pret,
    requete,
    total,
    valeurs,
)

# — Facettes —


@pytest.mark.parametrize(
    "filtres",
    [
        {},
        {"age": {"tous"}},
        {"age": {"0-3", "4-11"}, "qpv": {"oui", "inconnu"}},
        {"axe": {"services-de-sante"}, "theme": {"sante-mentale"}},
        {"territoire": {"r-11", "r-84"}, "axe": {"action-communautaire", "politiques-publiques"}},
    ],
)
def test_les_nombres_sont_ceux_des_fiches(ouvrir: Ouvrir, banque_reelle: Banque, filtres: dict[str, set[str]]):
    page = ouvrir("?" + "&".join(f"{cle}={v}" for cle, some in filtres.items() for v in sorted(some)))
    for cle in ("territoire", "public", "frein"):
        page.locator("summary", has_text=re.compile(f"^{cle}", re.I)).click()
        expect(page.locator(f'input[name="{cle}"]').first).to_be_attached()
    borne = [valeurs(banque_reelle, action) for action in banque_reelle.actions]
    assert total(page) == sum(all(b[cle] & wanted for cle, wanted in filtres.items()) for b in borne)
    for cle in ("age", "axe", "qpv", "theme", "territoire", "public", "frein"):
        shown = page.evaluate(COUNTS, cle)
        wanted = compter(banque_reelle, cle, filtres)
        assert {k: v for k, v in shown.items() if v} == dict(wanted), cle
        disabled = {valeur for valeur, nombre in shown.items() if nombre == 0 and valeur not in filtres.get(cle, ())}
        assert set(page.evaluate(DISABLED, cle)) == disabled, cle


def test_un_age_propose_ce_qui_est_pour_tous(ouvrir: Ouvrir, banque_reelle: Banque):
    """A filter by one age leaves out what is for all; it says so, and the results offer them."""
    page = ouvrir("?age=0-3")
    assert "pour tous les âges" in page.locator("fieldset", has=case(page, "age", "0-3")).inner_text()
    seuls = total(page)
    assert seuls == sum("0-3" in action.ages for action in banque_reelle.actions)
    tous = sum("tous" in action.ages and "0-3" not in action.ages for action in banque_reelle.actions)
    page.locator(".compte__ages a").click()
    expect(page.locator(".compte__ages")).to_have_count(0)
    pret(page)
    assert requete(page)["age"] == ["0-3", "tous"]
    assert total(page) == seuls + tous


def test_les_enfants_sont_sous_leur_parent(ouvrir: Ouvrir):
    page = ouvrir()
    child = case(page, "theme", "aller-vers")
    expect(child).to_be_hidden()
    page.get_by_role("button", name=re.compile("Préciser.*Accès aux soins")).click()
    expect(child).to_be_visible()
    child.check()
    expect(page).to_have_url(re.compile("theme=aller-vers"))
    expect(page.locator(".puce")).to_have_count(1)
    page.reload()
    expect(child).to_be_visible()
    expect(child).to_be_checked()


def test_chercher_dans_une_longue_facette(ouvrir: Ouvrir):
    page = ouvrir()
    assert page.get_by_label("Chercher dans «\u00a0Âge\u00a0»").count() == 0
    page.locator("summary", has_text="Territoire").click()
    champ = page.get_by_label("Chercher dans «\u00a0Territoire\u00a0»")
    champ.fill("LYON")
    lyon = case(page, "territoire", "v-lyon")
    expect(lyon).to_be_visible()
    expect(case(page, "territoire", "r-84")).to_be_visible()
    expect(case(page, "territoire", "r-11")).to_be_hidden()
    champ.fill("")
    expect(case(page, "territoire", "r-11")).to_be_visible()
    expect(lyon).to_be_hidden()


def test_tout_effacer_garde_les_mots(ouvrir: Ouvrir):
    page = ouvrir("?q=sport&age=tous&qpv=oui")
    expect(page.locator(".puce")).to_have_count(2)
    page.locator(".actifs [data-effacer]").click()
    expect(page.locator(".puce")).to_have_count(0)
    assert requete(page) == {"q": ["sport"]}
    expect(page.locator("[data-effacer]:visible")).to_have_count(0)
    expect(page.locator("[data-compte]")).to_be_focused()


# — Vues —


def test_la_carte_filtre_par_departement(ouvrir: Ouvrir, banque_reelle: Banque):
    page = ouvrir("?vue=carte&axe=services-de-sante")
    wanted = compter(banque_reelle, "territoire", {"axe": {"services-de-sante"}})
    code, nombre = max(
        ((k.removeprefix("d-"), n) for k, n in wanted.items() if k.startswith("d-")), key=lambda item: item[1]
    )
    place = page.locator(f'[data-departement="{code}"][href]')
    expect(place.locator("text")).to_have_text(str(nombre))
    empty = page.locator("a[data-departement]:not([href])")
    assert empty.count() > 0
    assert set(empty.evaluate_all("all => all.map((a) => a.querySelector('path').getAttribute('class'))")) == {"d0"}
    drawn = page.locator("path[data-departement]").evaluate_all(
        "all => all.map((p) => [p.dataset.departement, p.className.baseVal])"
    )
    assert len(drawn) == 4
    for double, classe in drawn:
        expect(page.locator(f'a[data-departement="{double}"] path')).to_have_class(classe)
    place.focus()
    page.keyboard.press("Enter")
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{nombre} "))
    expect(place).to_be_focused()
    expect(place).to_have_attribute("aria-current", "true")
    assert requete(page)["territoire"] == [f"d-{code}"]
    place.press("Enter")
    expect(page).not_to_have_url(re.compile("territoire"))
    page.locator(".france__liste summary").click()
    expect(page.locator("[data-departements] li")).to_have_count(sum(k.startswith("d-") for k in wanted))


def test_le_tableau_a_des_en_tetes(ouvrir: Ouvrir):
    page = ouvrir("?vue=tableau&q=sommeil")
    assert page.get_by_role("columnheader").all_inner_texts() == [
        "Action", "Lieu", "Période", "Âges", "Axes", "QPV", "Carnet"
    ]  # fmt: skip
    assert page.get_by_role("rowheader").count() == total(page)
    expect(page.locator("caption")).to_have_text(page.locator(COMPTE).inner_text())
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/actions/"))
    expect(page.locator("h1")).to_be_visible()


def test_ce_qui_ne_donnerait_rien_se_plie_dans_une_longue_liste(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=punaises")
    theme = page.locator("details", has=page.locator("summary", has_text="Thématique"))
    empty = theme.locator("fieldset > .choix-bloc--nul").first
    expect(empty).to_be_hidden()
    fold = theme.get_by_role("button", name=re.compile("valeurs? sans action"))
    fold.click()
    expect(empty).to_be_visible()
    expect(theme.get_by_role("button", name="Masquer ce qui ne donnerait rien")).to_have_attribute(
        "aria-expanded", "true"
    )
    # What is looked for by name shows, folded or not; a short list keeps its places.
    theme.get_by_role("button", name="Masquer ce qui ne donnerait rien").click()
    theme.get_by_role("searchbox").fill("tabac")
    expect(theme.locator(".choix__mot", has_text="abac").first).to_be_visible()
    assert page.locator('input[name="age"]').count() == page.locator('input[name="age"]:visible').count()


def test_affiner_propose_ce_qui_partage_les_resultats(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=sport")
    before = total(page)
    offered = page.locator("[data-affiner] a")
    counts = [int(re.search(r"\((\d+)\)$", text)[1]) for text in offered.all_inner_texts()]
    assert len(counts) == 5
    assert all(0.08 * before <= count <= 0.65 * before for count in counts)
    offered.first.click()
    expect(page.locator(COMPTE)).to_have_text(re.compile(rf"^{counts[0]} actions"))
    assert len(requete(page)) == 2
    assert page.locator("[data-puces] button").count() == 1
