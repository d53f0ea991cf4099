"""The tools of a récit: copy, print; and the pages without scripts."""

from __future__ import annotations

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
        said = button.inner_text()
        button.click()
        expect(button).to_have_text("Copié")
        assert page.evaluate("navigator.clipboard.readText()") == text
        page.clock.run_for(3000)
        expect(button).to_have_text(said)
    assert fenetre.journal.faults == []


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
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/territoires/")
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
