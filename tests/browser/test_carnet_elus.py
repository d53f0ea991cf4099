"""The dossier for those who decide: at most four pages, whatever the fiches say and whatever font the computer has."""

from __future__ import annotations

import io
import re

import pypdf
from playwright.sync_api import expect

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque

from .carnet import OuvrirCarnet, carnet
from .conftest import Fenetre, sous_chaque_police

QUESTION = "Faut-il un bus santé, et pour qui ? " * 30
NOTE = "Demander à la ville ce que l’entretien coûte chaque année. " * 8


def printed_length(action: Action) -> int:
    """How much of a fiche the short dossier may print."""
    parts = action.rubriques_par_id
    texts = (parts[i].texte for i in ("deroule", "resultats", "difficultes") if i in parts)
    return len(action.titre) + len(action.resume) + sum(min(len(t), 420) for t in texts) + 60 * len(action.sources)


def words(text: str) -> str:
    return " ".join(text.split())


@sous_chaque_police
def test_quatre_pages_au_plus(ouvrir_carnet: OuvrirCarnet, fenetre: Fenetre, banque_reelle: Banque):
    heavy = sorted(banque_reelle.actions, key=printed_length)[-5:]
    kept = carnet([a.id for a in heavy], titre="Quel bus pour nos quartiers ?", introduction=QUESTION)
    for action in kept["actions"]:
        action["note"] = NOTE
    page = ouvrir_carnet(kept)
    page.evaluate("() => { window.print = () => (document.body.dataset.printed = 'oui') }")
    page.get_by_role("button", name="Dossier pour les élus").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "oui")
    # What is shortened is said before it is printed.
    expect(page.locator("[data-lecture]")).to_have_text(
        re.compile(r"^L’introduction est abrégée de \d+ signes\. 4 notes abrégées à 220 signes")
    )
    dossier = page.locator(".dossier--elus")
    expect(dossier.locator("h1")).to_have_text("Quel bus pour nos quartiers ?")
    assert dossier.locator("thead th").count() == 4
    assert dossier.locator("tbody tr").count() >= 6
    expect(dossier.locator(".dossier__piece")).to_have_count(4)
    for piece, action in zip(dossier.locator(".dossier__piece").all(), heavy, strict=False):
        expect(piece.locator("h2")).to_contain_text(re.compile(r"^\d\. "))
        assert words(piece.locator(".dossier__adresse").inner_text()).endswith(f"/actions/{action.id}/")
        assert piece.locator("p").count() >= 4
    expect(dossier.locator(".dossier__sources h3")).to_have_count(4)
    assert dossier.locator(".dossier__sources li").count() >= sum(bool(a.sources) for a in heavy[:4])
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert 3 <= len(paper.pages) <= 4, [words(sheet.extract_text())[:60] for sheet in paper.pages]
    first, second = (words(sheet.extract_text()) for sheet in paper.pages[:2])
    assert "Quel bus pour nos quartiers" in first
    assert "Budget" in first
    assert "1. " in second
    assert "2. " in second
    # The next print is the whole dossier again.
    page.emulate_media(media="screen")
    assert "dossier--elus" not in page.evaluate(
        "dispatchEvent(new Event('beforeprint')), document.querySelector('[data-dossier]').className"
    )
    assert fenetre.journal.faults == []
