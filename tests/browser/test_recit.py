"""The tools of a récit: copy, print; and the pages without scripts."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from .conftest import Fenetre

# A search form is sent without a script, too.
DEAD = "button:not([type=submit]):visible, [aria-expanded]:visible, [data-copie]:visible, [data-imprimer]:visible"


def test_les_boutons_copient(fenetre: Fenetre, serveur: str, adresse):
    page = fenetre.open(adresse("recit-riche"), permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    address = page.locator("#adresse").input_value()
    citation = page.locator("#citation").inner_text()
    assert address == page.locator("link[rel=canonical]").get_attribute("href")
    assert address.removeprefix("https://").partition("/")[2] == adresse("recit-riche").removeprefix(f"{serveur}/")
    for key, text in (("adresse", address), ("citation", citation)):
        button = page.locator(f"[data-copie={key}]")
        label = button.inner_text()
        button.click()
        expect(button).to_have_text("Copié")
        assert page.evaluate("navigator.clipboard.readText()") == text
        page.clock.run_for(3000)
        expect(button).to_have_text(label)
    assert fenetre.journal.faults == []


def test_les_citations_se_telechargent(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-riche"))
    identifiant = adresse("recit-riche").rstrip("/").rpartition("/")[2]
    for nom, fin, beginning in (
        ("BibTeX", ".bib", "@misc{"),
        ("RIS", ".ris", "TY  - "),
        ("CSL-JSON", ".csl.json", "["),
    ):
        with page.expect_download() as download:
            page.locator("#citer").get_by_role("link", name=nom, exact=True).click()
        assert download.value.suggested_filename == f"{identifiant}{fin}"
        assert Path(download.value.path()).read_text("utf-8").startswith(beginning)


def test_une_fiche_ancienne_le_dit(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-riche"))
    verifie = date.fromisoformat(page.locator("[data-verifie]").get_attribute("data-verifie"))
    old = page.locator("[data-perime]")
    for quand, perime in (
        (verifie.replace(year=verifie.year + 1), False),
        (verifie.replace(year=verifie.year + 3), True),
    ):
        page.clock.set_fixed_time(datetime(quand.year, quand.month, quand.day))
        page.reload()
        expect(old).to_be_visible(visible=perime)


def test_les_actions_proches_disent_pourquoi(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-pauvre"))
    cards = page.locator("section[aria-labelledby=proches] .carte")
    assert cards.count() == 3
    for reason in page.locator("section[aria-labelledby=proches] .carte__raison").all_inner_texts():
        assert reason.startswith("Pourquoi\u00a0:")
        assert len(reason) > len("Pourquoi : ") + 8
    cards.first.locator("h3 a").click()
    expect(page).not_to_have_url(adresse("recit-pauvre"))
    expect(page.locator(".recit__texte")).to_be_visible()


def test_zotero_lit_une_page_web(fenetre: Fenetre, adresse):
    """The tags that Zotero’s « Embedded Metadata » reads: « z:itemType » wins over what it would guess, a journal article."""
    page = fenetre.open(adresse("recit-riche"))
    read = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('head meta[name]')].map((m) => [m.name, m.content]))"
    )
    assert read["z:itemType"] == "webpage"
    assert read["citation_title"] == page.locator("h1").inner_text()
    assert read["citation_public_url"] == page.locator("link[rel=canonical]").get_attribute("href")
    assert read["citation_author"] == "Inspir’Actions"
    assert re.fullmatch(r"\d{4}/\d{2}/\d{2}", read["citation_publication_date"])
    assert read["citation_abstract"] == page.locator(".chapo").inner_text().replace("\u202f", " ").replace(
        "\u00a0", " "
    )
    assert read["DC.identifier"] == read["citation_public_url"]
    subjects = page.locator("head meta[name='DC.subject']").evaluate_all("all => all.map((m) => m.content)")
    assert read["citation_keywords"].split("; ") == subjects


def test_copie_refusee_le_texte_est_choisi(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-riche"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refus')); }")
    button = page.locator("[data-copie=citation]")
    button.click()
    expect(button).to_have_text("Ctrl + C pour copier")
    assert page.evaluate("getSelection().toString().trim()") == page.locator("#citation").inner_text()


def test_sans_script_le_site_reste_utile(fenetre: Fenetre, adresse):
    for width, genre in ((1280, "recit-riche"), (390, "recit-riche"), (390, "thematique"), (390, "actions")):
        page = fenetre.open(adresse(genre), width=width, script=False)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator(DEAD).count() == 0
        assert all(tab.is_visible() for tab in page.locator("#onglets a").all())
    page.locator("#contenu .lignes a").first.click()
    expect(page.locator(".recit__texte")).to_be_visible()
    expect(page.locator("#citation")).to_be_visible()
    page.locator("#onglets a").nth(2).click()
    expect(page).to_have_url(re.compile("/territoires/$"))
    expect(page.locator("h1")).to_be_visible()
    assert fenetre.journal.faults == []


def test_le_recit_s_imprime(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-riche"), scheme="dark")
    citation = page.locator("#citation").inner_text()
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert len(paper) > 10_000
    page.emulate_media(media="print")
    for hidden in (".entete", "#onglets", ".pied", ".sommaire", ".fil", "#citer", ".barre--recit"):
        expect(page.locator(hidden)).to_be_hidden()
    for kept in ("h1", ".chapo", ".identite", ".recit__texte", "#contact"):
        expect(page.locator(kept).first).to_be_visible()
    foot = page.locator(".imprime")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text(citation)
    expect(foot).to_contain_text(page.locator("#adresse").input_value())


def test_le_papier_reste_blanc(fenetre: Fenetre, adresse):
    """Printed from the dark scheme, the text is still dark on white."""
    page = fenetre.open(adresse("recit-riche"), scheme="dark")
    page.emulate_media(media="print")
    ink = page.locator(".recit__texte").evaluate("e => getComputedStyle(e).color")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    red, green, blue = (int(part) for part in ink[4:-1].split(","))
    assert max(red, green, blue) < 100, ink


FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"
BEFORE_TEXT = f"""() => [...document.querySelectorAll("#contenu :is({FOCUSABLE})")].filter((element) =>
    element.checkVisibility() && element.compareDocumentPosition(document.querySelector(".recit__texte")) & 4).length"""


def test_le_texte_vient_avant_la_carte_d_identite(fenetre: Fenetre, adresse):
    """What stands before: the breadcrumb and what one does with the récit."""
    for genre in ("recit-riche", "recit-pauvre"):
        page = fenetre.open(adresse(genre))
        assert page.evaluate(BEFORE_TEXT) <= page.locator("nav.fil a, .barre--recit > *").count()


def test_le_recit_commence_sur_le_premier_ecran_d_un_telephone(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-varie"), width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".recit__texte h2").first).to_be_in_viewport()
    assert 2 <= page.locator(".bref dt:visible").count() <= 4
    # Where it is, drawn small beside the name of the place, above the title; its words are in the card.
    small, title = page.locator(".dessin > svg").bounding_box(), page.locator("h1").bounding_box()
    assert 40 <= small["width"] <= 64
    assert small["y"] + small["height"] <= title["y"] + 4
    expect(page.locator(".dessin figcaption")).to_be_hidden()
    page.get_by_role("link", name="Toute la carte d’identité").click()
    expect(page.locator("#h-id")).to_be_in_viewport()
    assert fenetre.open(adresse("recit-varie")).locator(".bref").is_hidden()


def test_le_sommaire_ne_mene_a_rien_de_vide(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-pauvre"))
    blanks = page.locator(".blancs .est-vide")
    assert blanks.count() > 3
    listed = page.locator(".sommaire a").evaluate_all("all => all.map((a) => a.hash.slice(1))")
    assert set(listed).isdisjoint(blanks.evaluate_all("all => all.map((span) => span.id)"))
    for anchor in listed:
        assert page.locator(f"#{anchor}").count() == 1
    assert page.get_by_role("heading", name="Non renseigné").count() == 0


def test_les_lettres_sont_deja_ecrites(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-pauvre"))
    for name, subject in (
        ("Être mis en relation", "Mise en relation : "),
        ("Complétez-la", "Compléter : "),
        ("Signaler une erreur", "Erreur : "),
    ):
        link = page.locator("article").get_by_role("link", name=name)
        letter = urlsplit(link.get_attribute("href"))
        fields = parse_qs(letter.query)
        assert (letter.scheme, letter.path) == ("mailto", "contact@inspiractions.example")
        assert fields["subject"] == [
            subject + page.locator("h1").inner_text().replace("\u00a0", " ").replace("\u202f", " ")
        ]
        assert page.locator("#adresse").input_value() in fields["body"][0].split()
    assert page.locator("#onglets [aria-current]").count() == 0


def test_le_nom_se_lit_d_un_trait(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-riche"))
    name = page.locator(".entete .nom").aria_snapshot()
    assert "Inspir’Actions La banque d’expériences" in name


def test_un_texte_deux_fois_plus_grand_garde_l_en_tete(fenetre: Fenetre, adresse):
    """Text alone enlarged, as Firefox does: the width of the window stays."""
    page = fenetre.open(adresse("recit-riche"))
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    for part in page.locator(".entete :is(a, button, input):visible").all():
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280, part.get_attribute("class")


def test_l_epingle_ne_laisse_pas_de_blanc_sur_papier(fenetre: Fenetre, adresse):
    page = fenetre.open(adresse("recit-riche"), forced_colors="active")
    pin = page.locator(".lieu__goutte")
    assert pin.evaluate(
        "pin => getComputedStyle(pin).backgroundColor !== getComputedStyle(document.body).backgroundColor"
    )
    page.emulate_media(media="print")
    expect(pin).to_be_hidden()
    # The identity card comes first on paper, and once.
    identity, texte = page.locator(".identite").bounding_box(), page.locator(".recit__texte").bounding_box()
    assert identity["y"] + identity["height"] <= texte["y"]
    expect(page.locator(".bref")).to_be_hidden()
