"""Lists on the site of a partner: a second server on another port plays it. What is copied from /integrer/ is what runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Frame, Page, expect

from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque
from inspiractions.pages.tools import SHOWN_ACTIONS

from .conftest import Fenetre, sous_chaque_police
from .explorateur import wait_until
from .genres import EMBEDS, SEULES
from .serveur import SOUS_CHEMIN, serve
from .test_accessibilite import ALL, AXE, violations

CADRE, HTML = "[data-code-cadre]", "[data-code-html]"
Publier = Callable[..., Page]


@pytest.fixture
def publier(fenetre: Fenetre, tmp_path: Path) -> Iterator[Publier]:
    """Puts what was copied into a page of the partner's site, with or without the script of heights, and opens it."""
    shutil.copy(PROJECT / "docs/assets/js/hote.js", tmp_path / "hauteur.js")
    with serve(tmp_path, partenaire=True) as partenaire:

        def publier(code: str, script: bool = True, **options: object) -> Page:
            (tmp_path / "index.html").write_text(
                "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Notre ville</title>"
                f"<link rel='icon' href='data:,'></head><body><main><h1>Notre ville</h1>{code}</main>"
                f"{'<script src=hauteur.js></script>' * script}</body></html>",
                "utf-8",
            )
            return fenetre.open(f"{partenaire}/", **options)

        yield publier


@pytest.fixture
def copier(fenetre: Fenetre, serveur: str) -> Callable[..., str]:
    """The code that /integrer/ gives for a selection."""

    def copier(query: str, what: str = CADRE, racine: str = "/") -> str:
        page = fenetre.open(f"{serveur}{racine}integrer/{query}")
        expect(page.locator(what)).to_have_value(re.compile("https?://"))
        code = page.locator(what).input_value()
        page.close()
        return code

    return copier


def cadre(page: Page) -> Frame:
    frame = page.locator("iframe").element_handle().content_frame()
    assert frame is not None
    return frame


def cartes(page: Page):
    return page.frame_locator("iframe").locator(".carte__titre a")


def tient(page: Page) -> None:
    """Waits until the list fits in its frame: the heights that it says meanwhile come and go."""
    wait_until(cadre(page), "document.documentElement.scrollHeight <= innerHeight + 1")


def hauteur(page: Page) -> float:
    return page.locator("iframe").first.bounding_box()["height"]


def test_le_cadre_copie_montre_la_selection_et_mene_au_recit(
    fenetre: Fenetre, serveur: str, copier, publier: Publier, banque_reelle: Banque
):
    wanted = [a.titre for a in banque_reelle.actions if a.qpv == "oui" and "action-communautaire" in a.axes]
    page = publier(copier("?qpv=oui&axe=action-communautaire&n=3"))
    expect(cartes(page)).to_have_count(3)
    fold = lambda text: re.sub(r"\W+", "", text)  # noqa: E731
    assert [fold(t) for t in cartes(page).all_inner_texts()] == [fold(t) for t in wanted[:3]]
    expect(page.frame_locator("iframe").locator("h2")).to_have_text(f"{len(wanted)} actions, les 3 plus récentes")
    expect(page.frame_locator("iframe").locator(".embed__pied")).to_contain_text("Licence Ouverte 2.0")
    assert page.locator("iframe").get_attribute("title").startswith("Inspir’Actions : ")
    page.wait_for_load_state("networkidle")
    assert [url for url in fenetre.journal.requests if not url.startswith((serveur, "data:", page.url))] == []
    # The preview of /integrer/ may be left while it loads.
    assert fenetre.journal.faults == []
    assert fenetre.contexts[-1].cookies() == []
    cartes(page).first.click()
    page.wait_for_url(f"{serveur}/actions/*/")
    assert fold(page.locator("h1").inner_text()) == fold(wanted[0])
    page.go_back()
    expect(page.locator("h1")).to_have_text("Notre ville")


def test_une_seule_valeur_donne_une_liste_toute_faite(serveur: str, copier, publier: Publier):
    code = copier("?age=0-3")
    assert f'src="{serveur}/embed/ages/0-3/"' in code
    page = publier(code, script=False)
    expect(cartes(page)).to_have_count(SHOWN_ACTIONS)


def test_la_liste_toute_faite_se_passe_de_script(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/embed/ages/0-3/", script=False, width=600)
    assert page.locator(".carte__titre a").count() == SHOWN_ACTIONS
    page.locator(".embed__suite a").click()
    expect(page).to_have_url(f"{serveur}/ages/0-3/")
    page = fenetre.open(f"{serveur}/embed/?age=0-3&n=2", script=False)
    expect(page.locator("noscript p")).to_be_visible()
    assert page.locator(".embed__suite a").get_attribute("href") == "../explorer/"


@pytest.mark.parametrize("query", ["?age=0-3", "?age=0-3&qpv=oui"])
def test_le_cadre_prend_la_hauteur_de_sa_liste(copier, publier: Publier, query: str):
    page = publier(copier(query))
    expect(cartes(page).first).to_be_visible()
    wait_until(page, "document.querySelector('iframe').height !== '620'")
    tient(page)
    # Narrower, the list is longer: the frame follows.
    before = hauteur(page)
    page.set_viewport_size({"width": 390, "height": 900})
    wait_until(page, f"document.querySelector('iframe').height > {before}")
    tient(page)


def test_sans_le_script_la_liste_defile_dans_un_cadre_fixe(copier, publier: Publier):
    page = publier(copier("?age=0-3"), script=False)
    expect(cartes(page)).to_have_count(SHOWN_ACTIONS)
    assert hauteur(page) == pytest.approx(624, abs=1)
    assert cadre(page).evaluate("document.documentElement.scrollHeight - innerHeight") > 100


def test_le_script_n_ecoute_que_son_cadre(copier, publier: Publier):
    page = publier(copier("?age=0-3"))
    expect(cartes(page)).to_have_count(SHOWN_ACTIONS)
    wait_until(page, "document.querySelector('iframe').height > 640")
    tient(page)
    before = hauteur(page)
    # From the page itself: neither the window nor the origin is that of the frame.
    page.evaluate("postMessage({ inspiractions: 'hauteur', hauteur: 40 }, '*')")
    # From another frame, of the partner's own site.
    page.evaluate(
        """() => new Promise((done) => {
            const other = document.createElement("iframe");
            other.dataset.inspiractions = "";
            other.srcdoc = "<script>parent.postMessage({ inspiractions: 'hauteur', hauteur: 41 }, '*')<" + "/script>";
            other.onload = () => setTimeout(done, 100);
            document.body.append(other);
        })"""
    )
    assert hauteur(page) == before


def test_le_html_copie_est_une_liste_de_liens(serveur: str, copier, publier: Publier):
    code = copier("?age=0-3&n=10", HTML)
    assert "<script" not in code
    assert "<iframe" not in code
    page = publier(code, script=False)
    links = page.locator("li a")
    assert links.count() == 10
    for href in links.evaluate_all("all => all.map((a) => a.href)"):
        assert href.startswith(f"{serveur}/actions/")
        assert urlopen(href).status == 200
    expect(page.locator("main p")).to_contain_text("Source : Inspir’Actions")
    assert page.get_by_role("link", name="Inspir’Actions").get_attribute("href") == f"{serveur}/explorer/?age=0-3"
    page.evaluate(AXE)
    assert violations(page, ALL, "main") == []


def test_sous_un_sous_chemin(serveur: str, copier, publier: Publier):
    code = copier("?age=0-3&qpv=oui", racine=SOUS_CHEMIN)
    assert f'src="{serveur}{SOUS_CHEMIN}embed/?age=0-3&amp;qpv=oui' in code
    page = publier(code)
    expect(cartes(page).first).to_be_visible()
    assert cartes(page).first.evaluate("a => a.href").startswith(f"{serveur}{SOUS_CHEMIN}actions/")


def _adresses(site: Path) -> list[str]:
    ready = [SEULES[f"embed-{genre}"](site) for genre in ("valeur", "vide", "recit")]
    return [*(f"embed/{query}" for query in EMBEDS.values()), *ready]


@pytest.mark.parametrize("schema", ["clair", "sombre"])
def test_ce_que_montre_le_cadre_est_accessible(fenetre: Fenetre, serveur: str, site: Path, schema: str):
    for address in _adresses(site):
        join = "&" if "?" in address else "?"
        page = fenetre.open(f"{serveur}/{address}{join}schema={schema}", width=320, scheme="light")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.body.dataset.mdColorScheme") == {"clair": "default", "sombre": "slate"}[schema]
        page.evaluate(AXE)
        for width in (320, 600):
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page, ALL) == [], (address, width)
            assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == [], (address, width)
        assert page.evaluate("controles.violations") == []
        assert page.evaluate("controles.inlineStyles()") == []
        levels = page.evaluate("controles.headings()")
        assert levels[0] == 1, address
        page.keyboard.press("Tab")
        assert page.evaluate("controles.focusMark()")["visible"]
        page.close()
    assert fenetre.journal.faults == []


@sous_chaque_police
def test_la_carte_d_un_recit_tient_dans_le_cadre_annonce(fenetre: Fenetre, serveur: str, banque_reelle: Banque):
    """oEmbed says a size: the longest cards fit in it."""
    for action in sorted(banque_reelle.actions, key=lambda a: -len(a.resume) - len(a.titre))[:4]:
        page = fenetre.open(f"{serveur}/embed/actions/{action.id}/", width=600)
        assert page.evaluate("document.body.scrollHeight") <= 400
        page.close()


def test_wordpress_recoit_la_hauteur_et_le_lien(serveur: str, publier: Publier, banque_reelle: Banque):
    """The closed sandbox and the messages of WordPress's wp-embed.js, for what it discovers by oEmbed."""
    action = banque_reelle.actions[0]
    src = f"{serveur}/embed/actions/{action.id}/#?secret=abc123"
    page = publier(
        f"""<script>const recus = []; addEventListener("message", ({{ data }}) => recus.push(data));</script>
        <iframe sandbox="allow-scripts" src="{src}" width="600" height="400" title="Un récit"></iframe>""",
        script=False,
    )
    wait_until(page, "recus.some((data) => data.message === 'height' && data.value > 100 && data.secret === 'abc123')")
    cartes(page).first.click()
    wait_until(page, "recus.some((data) => data.message === 'link')")
    link = page.evaluate("recus.find((data) => data.message === 'link')")
    assert link == {"message": "link", "value": f"{serveur}/actions/{action.id}/", "secret": "abc123"}
