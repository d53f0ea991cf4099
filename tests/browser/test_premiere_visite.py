"""What a first visit asks for, and what long pastes and old browsers meet."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import Fenetre
from .explorateur import Ouvrir, pret, total


def _asked(fenetre: Fenetre, serveur: str, path: str) -> list[str]:
    """The files that a page asks for until nothing more comes, from the root of the site."""
    before = len(fenetre.journal.requests)
    page = fenetre.open(f"{serveur}/{path}")
    page.wait_for_load_state("networkidle")
    return [
        unquote(urlsplit(url).path).lstrip("/") for url in fenetre.journal.requests[before:] if url.startswith(serveur)
    ]


def _weight(site: Path, name: str) -> int:
    path = site / name / "index.html" if (site / name).is_dir() else site / name
    content = path.read_bytes()
    return len(content) if content.startswith(b"\x1f\x8b") else len(gzip.compress(content, 9))


def test_l_explorateur_s_ouvre_avec_peu_de_fichiers(fenetre: Fenetre, serveur: str, site: Path) -> None:
    asked = _asked(fenetre, serveur, "explorer/")
    assert len(asked) <= 12, asked
    # What words need comes with the first of them.
    assert not [name for name in asked if "joints/mots-" in name]
    assert sum(_weight(site, name) for name in asked) <= 120 * 1024
    assert len([name for name in asked if name.endswith(".css")]) == 1
    # The styles come before all that the first paint can do without.
    styles = next(i for i, name in enumerate(asked) if name.endswith(".css"))
    assert all(name == "explorer/" for name in asked[:styles])


def test_une_requete_puis_une_autre_puis_une_page_ouvrent_peu_de_fichiers(
    fenetre: Fenetre, serveur: str, site: Path
) -> None:
    page = fenetre.open(f"{serveur}/explorer/")
    pret(page)

    def opened() -> list[str]:
        """The files of the search that were asked for since the last look."""
        page.wait_for_load_state("networkidle")
        asked = [unquote(urlsplit(url).path).lstrip("/") for url in fenetre.journal.requests[len(opened_before) :]]
        opened_before.extend(asked)
        return [name for name in asked if name.startswith("recherche/")]

    def ask(words: str) -> list[str]:
        page.locator("#q").fill(words)
        page.locator("#q").press("Enter")
        expect(page.locator("[data-compte]")).to_contain_text(f"pour «\u00a0{words}\u00a0»")
        return opened()

    opened_before: list[str] = []
    visit = opened()
    assert len(visit) == 2
    assert "recherche/manifeste.json.gz" in visit
    first = ask("jeunes et écrans")
    assert 0 < len(first) <= 8, first
    assert sum(_weight(site, name) for name in first) <= 64 * 1024
    # Neither of these words is a place: no table of places is opened.
    assert not [name for name in first if re.match("recherche/[ln]-", name)]
    assert len([name for name in opened_before if "joints/mots-" in name]) == 1
    # Nor does any need to be spelt.
    assert not [name for name in opened_before if "joints/rares-" in name]
    page.locator('[data-pages] a[data-numero="2"]').click()
    expect(page.locator('[data-pages] a[data-numero="2"]')).to_have_attribute("aria-current", "page")
    # Who looks further gets all the cards in one file, and asks for none after it.
    assert len([name for name in opened() if "/c-" in name]) == 1
    following = ask("prévention du suicide")
    assert 0 < len(following) <= 8, following
    assert not [name for name in following if "/c-" in name]
    assert sum(_weight(site, name) for name in following) <= 40 * 1024


def test_un_recit_ne_demande_ni_la_recherche_ni_plus_de_trois_scripts(
    fenetre: Fenetre, serveur: str, ids: list[str]
) -> None:
    asked = _asked(fenetre, serveur, f"actions/{ids[0]}/")
    assert not [name for name in asked if "recherche" in name]
    assert len([name for name in asked if name.endswith(".js")]) <= 3
    assert len([name for name in asked if name.endswith(".css")]) == 1


def test_un_long_texte_colle_est_borne(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    page.locator("#q").fill("Les habitants du quartier participent à des ateliers de nutrition. " * 60)
    expect(page.locator("[data-compte]")).to_contain_text("premiers mots")
    assert total(page) > 0


@pytest.mark.parametrize("text", ["a" * 4000, "-" * 4000, "xq1zt " * 700])
def test_un_texte_sans_fin_ne_fige_pas_la_page(ouvrir: Ouvrir, text: str) -> None:
    page = ouvrir()
    page.locator("#q").fill(text)
    expect(page).to_have_url(re.compile(r"\?q="))
    pret(page)
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-compte]")).to_contain_text("pour «\u00a0nutrition\u00a0»")


def test_sans_checkvisibility_la_page_marche(fenetre: Fenetre, serveur: str) -> None:
    page = fenetre.open("about:blank")
    page.context.add_init_script("delete Element.prototype.checkVisibility")
    page.goto(f"{serveur}/explorer/?age=0-3&age=tous")
    pret(page)
    page.locator("[data-puces] button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-puces] button")).to_have_count(1)
    expect(page.locator("[data-puces] button")).to_be_focused()
    expect(page.locator("[data-echec]")).to_be_hidden()


def test_sans_decompressionstream_la_page_dit_vrai(fenetre: Fenetre, serveur: str) -> None:
    page = fenetre.open("about:blank")
    page.context.add_init_script("delete globalThis.DecompressionStream")
    page.goto(f"{serveur}/explorer/")
    expect(page.get_by_role("alert")).to_contain_text("Votre navigateur est trop ancien pour la recherche.")
    expect(page.locator("[data-panne]")).to_be_hidden()
    expect(page.get_by_role("alert").get_by_role("link", name="Toutes les actions")).to_be_visible()
    expect(page.locator("[data-reessayer]")).to_be_hidden()
