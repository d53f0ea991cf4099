"""The explorer: typing, the address, the way back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from inspiractions.base.text import slugify
from inspiractions.model.banque import Banque

from .conftest import Fenetre
from .explorateur import (
    COMPTE,
    TITRES,
    Ouvrir,
    case,
    pret,
    requete,
    total,
)

# — Chercher —


def test_chercher_en_tapant(ouvrir: Ouvrir):
    page = ouvrir()
    before = page.evaluate("history.length")
    everything = total(page)
    page.locator("#q").press_sequentially("nutri", delay=20)
    expect(page).to_have_url(re.compile(r"\?q=nutri$"))
    expect(page.locator(COMPTE)).not_to_have_text(re.compile(f"^{everything} "))
    page.locator("#q").press_sequentially("tion", delay=20)
    expect(page).to_have_url(re.compile(r"\?q=nutrition$"))
    expect(page.locator(f"{TITRES} mark", has_text=re.compile("nutrition", re.I)).first).to_be_visible()
    assert 0 < total(page) < everything
    assert page.evaluate("history.length") == before
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("[data-compte]")).to_have_attribute("role", "status")
    # Both in one look: another answer may come between two.
    assert page.locator("[data-compte]").evaluate(
        "(zone, compte) => zone.innerText.startsWith(zone.querySelector(compte).innerText)", COMPTE
    )


def test_l_extrait_nomme_sa_rubrique(ouvrir: Ouvrir):
    # Words that the title and the summary do not show.
    page = ouvrir("?q=accord+du+propriétaire")
    extrait = page.locator(".carte__extrait:visible").first
    expect(extrait.locator("mark").first).to_be_visible()
    assert extrait.locator("b").inner_text().endswith("\u00a0:")


def test_le_mot_mal_ecrit_est_corrige_et_dit(ouvrir: Ouvrir):
    page = ouvrir("?q=alimentatoin")
    expect(page.locator("[data-compte]")).to_contain_text("Résultats pour «\u00a0alimentation\u00a0»")
    page.locator("#q").fill("mediatoin")
    expect(page.locator("[data-compte]")).to_contain_text("Résultats pour «\u00a0médiation\u00a0»")
    assert total(page) > 0


def test_certains_mots_seulement_est_dit(ouvrir: Ouvrir):
    page = ouvrir("?q=sport+zzzzqqqq")
    expect(page.locator("[data-compte]")).to_contain_text("Aucune action ne contient tous ces mots")
    assert total(page) > 0


def test_un_mot_qui_existe_et_qu_aucun_recit_ne_contient_est_dit(ouvrir: Ouvrir):
    page = ouvrir("?q=prostate+vaccination")
    zone = page.locator("[data-compte]")
    expect(zone).to_contain_text("Aucun récit ne contient «\u00a0prostate\u00a0»")
    expect(zone).not_to_contain_text("Résultats pour")
    assert total(page) > 0
    page.locator("#q").fill("prostate")
    # It is spelt right: nobody is told to look at its spelling.
    expect(page.locator("[data-resultats]")).to_contain_text("Essayez un mot plus courant")
    page.locator("#q").fill("qqqzzzxw")
    expect(page.locator("[data-resultats]")).to_contain_text("Vérifiez l’orthographe")


def test_un_mot_proche_est_propose_par_un_lien(ouvrir: Ouvrir):
    page = ouvrir("?q=jardinerie+école")
    link = page.locator("[data-compte] a", has_text="jardin")
    expect(page.locator("[data-compte]")).to_contain_text(
        "Aucun récit ne contient «\u00a0jardinerie\u00a0». Vouliez-vous dire"
    )
    word = link.inner_text()
    link.click()
    expect(page.locator("#q")).to_have_value(f"{word} école")
    expect(page.locator("[data-compte]")).not_to_contain_text("Aucun récit")


def test_la_carte_dit_par_quoi_elle_est_trouvee_et_ce_qui_lui_manque(ouvrir: Ouvrir):
    page = ouvrir("?q=punaises+de+lit")
    reasons = page.locator(".carte__raison:visible")
    expect(reasons.filter(has_text="Trouvé par\u00a0: Logement").first).to_be_visible()
    expect(page.locator(".carte").first.locator(".carte__raison")).to_be_hidden()
    page = ouvrir("?q=jeunes+et+écrans")
    expect(page.locator("[data-compte]")).to_contain_text("tous ces mots")
    expect(page.locator(".carte__raison", has_text="Sans\u00a0: «\u00a0jeunes\u00a0»").first).to_be_visible()


@pytest.mark.parametrize("q", ["de la", "???", "🥕"])
def test_rien_a_chercher_est_dit(ouvrir: Ouvrir, q: str):
    page = ouvrir(f"?q={q}")
    expect(page.locator("[data-resultats]")).to_contain_text("Rien à chercher dans")
    assert total(page) == 0


def test_en_tapant_une_lettre_rien_ne_tombe_a_zero(ouvrir: Ouvrir):
    page = ouvrir()
    for typed in ("s", "sa", "santé m", "le"):
        page.locator("#q").fill(typed)
        expect(page.locator("[data-compte]")).to_contain_text(f"pour «\u00a0{typed}\u00a0»")
        assert total(page) > 0


@pytest.mark.parametrize("q", ['"', "-", "a:b ~ ^ * ( [", "<img src=x onerror=alert(1)>", "%", "'; --", " "])
def test_rien_de_ce_qu_on_tape_ne_casse(ouvrir: Ouvrir, fenetre: Fenetre, q: str):
    page = ouvrir()
    page.locator("#q").fill(q)
    page.locator("#q").press("Enter")
    page.wait_for_load_state("networkidle")
    pret(page)
    assert page.locator("[data-echec]").is_hidden()
    assert fenetre.journal.faults == []


# — Adresse, retour —


def test_l_adresse_dit_l_etat_et_le_retour_le_rend(ouvrir: Ouvrir):
    page = ouvrir("?q=sport")
    first = total(page)
    case(page, "age", "tous").check()
    expect(page).to_have_url(re.compile("age=tous"))
    expect(
        page.get_by_role("button", name="Tous les âges : retirer ce filtre".replace(" :", "\u00a0:"))
    ).to_be_visible()
    second = total(page)
    case(page, "age", "12-17").check()
    expect(page).to_have_url(re.compile("age=tous&age=12-17"))
    page.locator("[data-vue=tableau]").click()
    expect(page.locator(".tableau")).to_be_visible()
    assert requete(page) == {"q": ["sport"], "age": ["tous", "12-17"], "vue": ["tableau"]}
    page.go_back()
    expect(page.locator(".tableau")).to_have_count(0)
    page.go_back()
    expect(case(page, "age", "12-17")).not_to_be_checked()
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{second} "))
    page.go_back()
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{first} "))
    expect(case(page, "age", "tous")).not_to_be_checked()
    assert requete(page) == {"q": ["sport"]}
    page.go_forward()
    expect(case(page, "age", "tous")).to_be_checked()


def test_les_pages_se_tournent(ouvrir: Ouvrir):
    page = ouvrir()
    first = page.locator(TITRES).first.inner_text()
    assert page.locator(TITRES).count() == 10
    page.get_by_role("link", name="Page 2", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    expect(page.locator("[data-pages] [aria-current=page]")).to_have_text("Page 2")
    assert page.locator(TITRES).first.inner_text() != first
    expect(page.locator("[data-compte]")).to_be_focused()
    page.reload()
    expect(page.locator("[data-pages] [aria-current=page]")).to_have_text("Page 2")
    case(page, "qpv", "oui").check()
    expect(page).to_have_url(re.compile(r"\?qpv=oui$"))


def test_le_tri_change_l_ordre(ouvrir: Ouvrir, banque_reelle: Banque):
    page = ouvrir()
    expect(page.locator(TITRES).first).to_have_text(re.compile(banque_reelle.actions[0].titre.split(" ")[0]))
    newest = page.locator(TITRES).first.inner_text()
    page.locator("#tri").select_option("ville")
    expect(page).to_have_url(re.compile("tri=ville"))
    expect(page.locator(TITRES).first).not_to_have_text(newest)
    places = [slugify(place) for place in page.locator(".carte__lieu b").all_inner_texts()]
    assert places[0][0] == "a"
    assert [place[0] for place in places] == sorted(place[0] for place in places)
    page.go_back()
    expect(page.locator("#tri")).to_have_value("date")


def test_les_mots_etrangers_de_l_adresse_sont_ignores(ouvrir: Ouvrir, banque_reelle: Banque):
    page = ouvrir("?utm_source=lettre&page=9999&tri=x&vue=y")
    assert total(page) == len(banque_reelle.actions)
    expect(page.locator(".puce")).to_have_count(0)
    assert page.locator(TITRES).count() > 0
