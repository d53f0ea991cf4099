"""The carnet taken along: link, file, table, paper."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from .carnet import ATTAQUE, NOTE, OuvrirCarnet, carnet, gardes, lu, titres
from .conftest import Fenetre

# — Partager, emporter —


def test_un_lien_se_lit_ailleurs_sans_rien_ecraser(ouvrir_carnet: OuvrirCarnet, fenetre: Fenetre, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:2], titre="Mon titre"))
    page.get_by_label("Ma note").first.fill(ATTAQUE)
    page.locator("[data-textes]").check()
    lien = page.locator("#carnet-lien").input_value()
    page.locator("[data-textes]").uncheck()
    assert page.locator("#carnet-lien").input_value().endswith(f"/carnet/#carnet=1&a={ids[0]}&a={ids[1]}")
    montres = titres(page)

    fragment = lien[lien.index("#") :]
    before = len(fenetre.journal.requests)
    autre = ouvrir_carnet(carnet([ids[1], ids[2]], titre="À moi"), fragment)
    assert [url for url in fenetre.journal.requests[before:] if "img" in url or "onerror" in url] == []
    expect(autre.get_by_role("heading", name="2 actions : carnet reçu par un lien")).to_be_focused()
    assert titres(autre, "[data-recu-liste]") == montres
    expect(autre.locator("[data-note]").first).to_contain_text(ATTAQUE)
    expect(autre.locator("[data-recu] h3").first).to_have_text("Mon titre")
    assert gardes(autre) == [ids[1], ids[2]]
    assert autre.locator("[data-recu] textarea").count() == 0
    autre.get_by_role("button", name="Ajouter à mon carnet").click()
    assert gardes(autre) == [ids[1], ids[2], ids[0]]
    assert lu(autre)["titre"] == "À moi"
    expect(autre).not_to_have_url(re.compile("#"))
    expect(autre.locator("#h-liste")).to_be_focused()

    autre = ouvrir_carnet(carnet([ids[2]]), fragment)
    autre.get_by_role("button", name="Remplacer mon carnet").click()
    dialogue = autre.get_by_role("dialog", name="Remplacer votre carnet ?")
    dialogue.get_by_role("button", name="Annuler").click()
    assert gardes(autre) == [ids[2]]
    autre.get_by_role("button", name="Remplacer mon carnet").click()
    dialogue.get_by_role("button", name="Remplacer").click()
    expect(autre.locator("[data-liste] > li")).to_have_count(2)
    assert gardes(autre) == ids[:2]
    assert fenetre.journal.faults == []


@pytest.mark.parametrize(
    ("fragment", "dit"),
    [
        ("#carnet=1", "n’est pas un carnet lisible"),
        ("#carnet=1&a=%ZZ%00&a=<script>alert(1)</script>&a=../../x", "n’est pas un carnet lisible"),
        ("#carnet=1&a=" + "x" * 1_000_000, "n’est pas un carnet lisible"),
        ("#<img src=x onerror=alert(1)>", "n’est pas un carnet lisible"),
        ("#carnet=1&a=constructor&a=__proto__&n=<b>x</b>&t=" + ATTAQUE, "introuvable"),
    ],
    ids=["vide", "script", "geant", "autre", "prototype"],
)
def test_un_fragment_hostile_est_inerte_et_se_dit(
    ouvrir_carnet: OuvrirCarnet, fenetre: Fenetre, ids: list[str], fragment: str, dit: str
):
    page = ouvrir_carnet(carnet(ids[:1]), fragment)
    page.on("dialog", lambda _: pytest.fail("un script a tourné"))
    expect(page.locator("[data-probleme]:visible, [data-recu]:visible")).to_contain_text(dit)
    assert gardes(page) == ids[:1]
    assert page.locator("#contenu img, #contenu script").count() == 0
    assert page.evaluate("controles.violations") == []
    assert fenetre.journal.faults == []


def test_prendre_une_action_d_un_carnet_recu(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(None, f"#carnet=1&a={ids[0]}&a={ids[1]}")
    bouton = page.locator("[data-recu-liste] [data-garder]").nth(1)
    bouton.focus()
    page.keyboard.press("Enter")
    expect(bouton).to_be_focused()
    expect(bouton).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-recu-dit]")).to_contain_text("Il contient déjà une de ces actions.")
    assert gardes(page) == [ids[1]]


def test_le_lien_d_evitement_n_est_pas_uncarnet(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:1]), "#contenu")
    expect(page.locator("[data-probleme]")).to_be_hidden()
    expect(page.locator("[data-liste] > li")).to_have_count(1)


def test_le_fichier_va_et_revient(ouvrir_carnet: OuvrirCarnet, ids: list[str], tmp_path: Path):
    contenu = carnet(ids[:2], titre="Comité", introduction="Deux\nlignes")
    contenu["actions"][0]["note"] = NOTE
    page = ouvrir_carnet(contenu)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer le fichier").click()
    assert download.value.suggested_filename.endswith(".json")
    fichier = tmp_path / "carnet.json"
    download.value.save_as(fichier)
    ailleurs = ouvrir_carnet()
    expect(ailleurs.locator("#h-vide")).to_be_visible()
    mauvais = tmp_path / "mauvais.json"
    mauvais.write_text("<html>", "utf-8")
    for path in (mauvais, fichier):
        with ailleurs.expect_file_chooser() as choix:
            ailleurs.get_by_role("button", name="Ouvrir un carnet enregistré").click()
        choix.value.set_files(path)
        expect(ailleurs.locator("[data-probleme]")).to_be_visible(visible=path == mauvais)
    ailleurs.get_by_role("button", name="Ajouter à mon carnet").click()
    recu = lu(ailleurs)
    assert [(a["id"], a["note"]) for a in recu["actions"]] == [(ids[0], NOTE), (ids[1], "")]
    assert (recu["titre"], recu["introduction"]) == ("Comité", "Deux\nlignes")


def test_le_csv_porte_les_notes_sans_formule(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:2]))
    page.get_by_label("Ma note").first.fill('=HYPERLINK("http://x")')
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    octets = download.value.path().read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [ligne["Note"] for ligne in lignes] == ['\'=HYPERLINK("http://x")', ""]
    assert [ligne["Adresse"].split("/")[-2] for ligne in lignes] == ids[:2]
    assert all(ligne["Résumé"] and ligne["Axes"] for ligne in lignes)


_LATE = """const arrive = window.fetch;
window.fetch = async (...request) => {
  if (String(request[0]).includes("carnet/fiches")) await new Promise((settle) => setTimeout(settle, 2000));
  return arrive(...request);
};"""


def test_le_dossier_attend_ce_que_la_banque_sait_des_actions(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    """On a slow network the page shows before the cards are there: who asks for whole récits then has them all the same."""
    page = ouvrir_carnet(carnet(ids[:2]))
    page.add_init_script(_LATE)
    page.reload(wait_until="domcontentloaded")
    page.evaluate("() => { window.print = () => (document.body.dataset.printed = 'oui') }")
    page.locator("[data-entiers]").check()
    page.get_by_role("button", name="Imprimer le dossier").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "oui", timeout=15_000)
    page.emulate_media(media="print")
    counts = [piece.locator("h3").count() for piece in page.locator(".dossier section").all()]
    assert len(counts) == 2
    assert min(counts) >= 2


def test_le_dossier_s_imprime(ouvrir_carnet: OuvrirCarnet, fenetre: Fenetre, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:3], titre="Comité <b>", introduction="Un\nDeux"), scheme="dark")
    page.get_by_label("Ma note").first.fill(NOTE)
    page.evaluate("() => { window.print = () => (document.body.dataset.printed = 'oui') }")
    page.locator("[data-entiers]").check()
    page.get_by_role("button", name="Imprimer le dossier").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "oui")
    page.emulate_media(media="print")
    for hidden in (".entete", "#onglets", ".pied", ".fil", ".page-tete", "[data-plein]", ".carnet-aide"):
        expect(page.locator(hidden)).to_be_hidden()
    dossier = page.locator(".dossier")
    expect(dossier.locator("h1")).to_have_text("Comité <b>")
    expect(dossier.locator(".dossier__sommaire li")).to_have_count(3)
    expect(dossier.locator(".dossier__note")).to_contain_text("=1+1")
    expect(dossier.locator(".dossier__adresse").first).to_have_text(f"https://inspiractions.example/actions/{ids[0]}/")
    assert dossier.locator("section").count() == 3
    assert all(piece.locator("h3").count() >= 2 for piece in dossier.locator("section").all())
    assert dossier.locator("a, script, [style], button, svg").count() == 0
    # Whole récits have their identity card: who carries the action, for how much, with whom.
    for piece in dossier.locator("section").all():
        expect(piece.get_by_role("heading", name="Carte d’identité")).to_have_count(1)
        assert {"Territoire", "Âges", "Porteur"} <= set(piece.locator("dt").all_inner_texts())
    assert dossier.locator("dt", has_text="Non renseigné").count() == 0
    assert dossier.locator(".dossier__resume").first.inner_text() != ""
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert "Carte d’identité" in paper.pages[0].extract_text()
    assert fenetre.journal.faults == []


def test_un_recit_qui_manque_se_dit(ouvrir_carnet: OuvrirCarnet, ids: list[str]):
    page = ouvrir_carnet(carnet(ids[:2]))
    page.evaluate("window.print = () => {}")
    page.route(f"**/actions/{ids[0]}/", lambda route: route.abort())
    page.locator("[data-entiers]").check()
    page.get_by_role("button", name="Imprimer le dossier").click()
    expect(page.locator("[data-lecture]")).to_have_text(re.compile("^Un récit n’est pas arrivé"))
