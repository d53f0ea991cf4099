"""The explorer: CSV, link, paper; nothing found, nothing received."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inspiractions.model.banque import Banque

from .conftest import Fenetre
from .explorateur import (
    COMPTE,
    TITRES,
    Ouvrir,
    case,
    compter,
    pret,
    total,
)

# — Emporter —


def test_le_csv_est_la_selection(ouvrir: Ouvrir, serveur: str, banque_reelle: Banque):
    page = ouvrir("?q=sant%C3%A9+mentale&qpv=oui")
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    assert download.value.suggested_filename.endswith(".csv")
    octets = download.value.path().read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) == total(page)
    assert {ligne["QPV"] for ligne in lignes} == {"oui"}
    assert all(ligne["Adresse"].startswith(f"{serveur}/actions/") for ligne in lignes)
    fold = lambda text: re.sub(r"\W+", "", text)  # noqa: E731
    shown = [fold(titre) for titre in page.locator(TITRES).all_inner_texts()]
    assert [fold(ligne["Titre"]) for ligne in lignes][: len(shown)] == shown
    # Amounts in numbers: as many euros as the fiche has, each with what it is for.
    for ligne in lignes:
        budget = banque_reelle.par_id[ligne["Adresse"].split("/")[-2]].budget
        amounts = budget.montants if budget else ()
        assert ligne["Montants (€)"] == " | ".join(str(amount.euros) for amount in amounts)
        assert fold(ligne["Ce que chaque somme couvre"]) == fold("".join(amount.objet or "" for amount in amounts))
        assert bool(ligne["Ordre de coût"]) == bool(amounts)
    assert any(ligne["Ordre de coût"] for ligne in lignes)


def test_le_csv_ne_porte_aucune_formule(ouvrir: Ouvrir):
    page = ouvrir()
    texte = page.evaluate(
        """async () => (await import("../assets/js/lib/csv.js")).csv([{id: "x", url: "actions/x/", titre: '=1+1";"', resume: "@a\\nb",
        lieux: "+33", autour: "-1+1", axes: [], ages: "\\tx", periode: "2012", qpv: false, dep: [], texte: ""}], [])"""
    )
    _, ligne = csv.reader(io.StringIO(texte.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert ligne[:5] == ['\'=1+1";"', "'+33", "'-1+1", "2012", "'\tx"]
    assert ligne[7] == "'@a\nb"


def test_le_lien_se_copie(ouvrir: Ouvrir):
    page = ouvrir("?q=sport")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    case(page, "qpv", "oui").check()
    expect(page).to_have_url(re.compile("qpv=oui"))
    expect(page.locator("#adresse")).to_have_value(page.url)
    # The word of the button goes after 2.5 s, less than a busy machine takes to look: time stands still.
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    button = page.locator("[data-copie=adresse]")
    button.click()
    expect(button).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_imprimer_donne_toute_la_selection(ouvrir: Ouvrir):
    page = ouvrir("?qpv=oui")
    page.evaluate(
        "() => { window.print = () => { document.body.dataset.printed = document.querySelectorAll('.carte__titre').length } }"
    )
    page.locator("[data-imprimer-tout]").click()
    assert total(page) > 10
    expect(page.locator("body")).to_have_attribute("data-printed", str(total(page)))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(TITRES)).to_have_count(10)


def test_l_impression_du_navigateur_aussi(ouvrir: Ouvrir):
    page = ouvrir("?qpv=oui")
    page.evaluate("() => { window.print = () => { document.body.dataset.printed = 'oui' } }")
    note = page.locator("[data-imprime]")
    expect(note).to_be_hidden()
    page.emulate_media(media="print")
    expect(note).to_be_visible()
    assert note.inner_text().startswith(f"10 actions imprimées sur {total(page)}. ")
    page.emulate_media(media="screen")
    page.keyboard.press("Control+p")
    expect(page.locator("body")).to_have_attribute("data-printed", "oui")
    expect(page.locator(TITRES)).to_have_count(total(page))
    page.emulate_media(media="print")
    expect(note).to_be_hidden()


@pytest.mark.parametrize(("valeur", "dit"), [("oui", "oui"), ("non", "non"), ("inconnu", "non renseigné")])
def test_non_et_non_renseigne_ne_se_confondent_pas(ouvrir: Ouvrir, valeur: str, dit: str):
    page = ouvrir(f"?vue=tableau&qpv={valeur}")
    cells = page.locator(".tableau tbody td:nth-of-type(5)").all_inner_texts()
    assert {" ".join(cell.split()) for cell in cells} == {
        dit.capitalize() if valeur != "inconnu" else "– Non renseigné"
    }
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    octets = download.value.path().read_bytes()
    lignes = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert {ligne["QPV"] for ligne in lignes} == {dit}


# — Rien trouvé, rien reçu —


def test_rien_trouve_dit_quel_filtre_retirer(ouvrir: Ouvrir, banque_reelle: Banque):
    age, axe = next(
        (a, x)
        for a in ("0-3", "4-11", "12-17", "65-plus")
        for x in (d for d in compter(banque_reelle, "territoire", {}) if d.startswith("d-"))
        if not compter(banque_reelle, "territoire", {"age": {a}})[x]
    )
    page = ouvrir(f"?age={age}&territoire={axe}")
    assert total(page) == 0
    gains = page.locator("[data-desserrer] a")
    expect(gains).to_have_count(2)
    expect(gains.first).to_contain_text("Sans « ")
    gain = int(gains.first.locator(".conduite__n").inner_text().split()[0])
    assert gain == max(
        len([a for a in banque_reelle.actions if age in a.ages]), compter(banque_reelle, "territoire", {})[axe]
    )
    expect(page.get_by_role("link", name="Proposer une action").first).to_be_visible()
    gains.first.press("Enter")
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{gain} "))
    expect(page.locator("[data-compte]")).to_be_focused()


def test_rien_trouve_sans_filtre_parle_d_orthographe(ouvrir: Ouvrir):
    page = ouvrir("?q=zzzzqqqq")
    assert total(page) == 0
    expect(page.locator("[data-resultats]")).to_contain_text("Vérifiez l’orthographe de «\u00a0zzzzqqqq\u00a0»")
    expect(page.locator("[data-desserrer]")).to_be_hidden()


def test_un_fichier_qui_manque_se_dit_et_se_redemande(ouvrir: Ouvrir):
    page = ouvrir()
    shown = page.locator(TITRES).all_inner_texts()
    page.route("**/recherche/s-*", lambda route: route.abort())
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-echec]")).to_be_visible()
    expect(page.locator("[data-echec]")).to_have_attribute("role", "alert")
    assert page.locator(TITRES).all_inner_texts() == shown
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-echec]")).to_be_visible()
    page.unroute("**/recherche/s-*")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-echec]")).to_be_hidden()
    expect(page.locator(f"{TITRES} mark").first).to_be_visible()


@pytest.mark.parametrize("missing", ["**/recherche/manifeste*", "**/assets/joints/recherche-*"])
def test_rien_n_arrive(fenetre: Fenetre, serveur: str, missing: str):
    page = fenetre.open(f"{serveur}/explorer/")
    page.route(missing, lambda route: route.abort())
    page.goto(f"{serveur}/explorer/?q=sport")
    expect(page.locator("[data-echec]")).to_be_visible()
    expect(page.locator("[data-facettes]")).to_have_text("Les filtres ne sont pas arrivés.")
    expect(page.locator("[data-echec]").get_by_role("link", name="Toutes les actions")).to_be_visible()
    page.unroute(missing)
    page.get_by_role("button", name="Réessayer").click()
    pret(page)
    expect(page.locator("[data-echec]")).to_be_hidden()
    assert total(page) > 0


def test_des_fichiers_d_un_autre_format_ne_sont_pas_lus(fenetre: Fenetre, serveur: str, site: Path):
    """A page that a cache has kept meets the files of a site that has changed."""
    manifest = json.loads(gzip.decompress((site / "recherche/manifeste.json.gz").read_bytes()))
    other = gzip.compress(json.dumps(manifest | {"format": manifest["format"] + 1}).encode())
    page = fenetre.open(f"{serveur}/explorer/")
    page.route("**/recherche/manifeste.json.gz", lambda route: route.fulfill(body=other))
    page.goto(f"{serveur}/explorer/?q=sport")
    expect(page.locator("[data-echec]")).to_be_visible()
    expect(page.locator(TITRES)).to_have_count(0)
    page.unroute("**/recherche/manifeste.json.gz")
    # Loads the page again.
    page.get_by_role("button", name="Réessayer").click()
    pret(page)
    expect(page.locator("[data-echec]")).to_be_hidden()


def test_l_attente_se_dit(ouvrir: Ouvrir):
    page = ouvrir()
    held, libre = [], []
    # A request that comes while the others are let go is let go, too.
    page.route("**/recherche/s-*", lambda route: route.continue_() if libre else held.append(route))
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-explorer].est-en-attente")).to_be_visible()
    libre.append(True)
    for route in held:
        route.continue_()
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-explorer].est-en-attente")).to_have_count(0)
