"""A thousand generated actions: the build ends well and every page is there, whole and linked."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bench.corpus import make_actions, write_corpus
from inspiractions.base.files import PROJECT
from inspiractions.build.budgets import dead_links
from inspiractions.model.banque import Banque, load_banque
from inspiractions.model.facette import FACETTES
from inspiractions.pages.paroles import CITING_SHOWN

NOMBRE = 1000
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Balance(HTMLParser):
    """Every tag that opens closes, in order; ids are unique."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> ligne {self.getpos()[0]}")


@pytest.fixture(scope="module")
def mille(tmp_path_factory: pytest.TempPathFactory) -> tuple[Banque, Path]:
    """The bank of a thousand actions and its site, built by the command itself."""
    root = tmp_path_factory.mktemp("mille")
    write_corpus(root, NOMBRE)
    command = [sys.executable, str(PROJECT / "build_site.py"), "build", "--leger", "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    banque, _, problems = load_banque(root)
    assert problems == []
    return banque, root / "site"


def test_le_generateur_est_deterministe():
    assert list(make_actions(20, seed=3)) == list(make_actions(20, seed=3))
    assert list(make_actions(20, seed=3)) != list(make_actions(20, seed=4))


def test_mille_recits(mille: tuple[Banque, Path]):
    banque, site = mille
    pages = {path.parent.name for path in site.glob("actions/*/index.html")}
    assert pages - {"page"} == {action.id for action in banque.actions}
    assert len(banque.actions) == NOMBRE


def test_chaque_index_a_sa_page(mille: tuple[Banque, Path]):
    banque, site = mille
    expected = ["", "actions", "entrees", "territoires", "regions", "departements", "villes", "plan-du-site"]
    expected += [facette.adresse for facette in FACETTES]
    expected += [f"{f.adresse}/{terme.id}" for f in FACETTES for terme in banque.vocabulaire(f)]
    expected += [f"villes/{slug}" for slug in banque.par_ville]
    expected += [f"departements/{code}" for code in banque.par_departement]
    expected += [f"regions/{banque.referentiel.slug_of_region(code)}" for code in banque.par_region]
    assert [address for address in expected if not (site / address / "index.html").is_file()] == []
    assert (site / "404.html").is_file()
    assert (site / "sitemap.xml").read_text("utf-8").count("<loc>") > NOMBRE + len(expected) - 1


def test_les_longues_listes_se_suivent(mille: tuple[Banque, Path]):
    """Every action is found on the pages of its values and of its région, once and however many."""
    banque, site = mille
    lists = {facette.chemin(t.id): banque.avec(facette, t) for facette in FACETTES for t in banque.vocabulaire(facette)}
    lists |= {f"regions/{banque.referentiel.slug_of_region(c)}/": some for c, some in banque.par_region.items()}
    lists["actions/"] = banque.actions
    for chemin, wanted in lists.items():
        pages = sorted([site / chemin / "index.html", *(site / chemin).glob("page/*/index.html")])
        html = "".join(path.read_text("utf-8") for path in pages)
        shown = re.findall(
            r'<(?:h3 class="carte__titre"|p class="lignes__titre")><a href="[./]*actions/([^/"]+)/"', html
        )
        shown += re.findall(r'class="paire__pied"><p>.*?actions/([^/"]+)/#', html)
        assert sorted(shown) == sorted(action.id for action in wanted), chemin
    assert sum(len(some) > 260 for some in lists.values()) > 10


def test_un_document_tres_cite_a_sa_liste(mille: tuple[Banque, Path]):
    """The library shows some of the récits that cite it, and leads to the page of them all."""
    banque, site = mille
    citing: dict[str, set[str]] = {}
    for action in banque.actions:
        for lien in (*action.sources, *action.documents):
            citing.setdefault(lien.url, set()).add(action.id)
    letters = "".join(path.read_text("utf-8") for path in site.glob("bibliotheque/editeurs/**/index.html"))
    entries = {
        entry[1]: entry[0]
        for entry in re.finditer(r'<li><p class="lignes__titre"><a href="([^"]*)">.*?</li>', letters, re.S)
    }
    assert entries.keys() == citing.keys()
    assert max(map(len, citing.values())) > CITING_SHOWN
    for url, wanted in citing.items():
        shown = set(re.findall(r'href="[./]*actions/([^/"]+)/"', entries[url]))
        assert len(shown) == min(len(wanted), CITING_SHOWN)
        assert shown <= wanted
        others = re.search(r'et <a href="[./]*(bibliotheque/documents/[^"]+)">(\d+)', entries[url])
        assert bool(others) == (len(wanted) > CITING_SHOWN), url
        if others:
            assert int(others[2]) == len(wanted) - CITING_SHOWN
            html = "".join(path.read_text("utf-8") for path in (site / others[1]).rglob("index.html"))
            assert set(re.findall(r'href="[./]*actions/([^/"]+)/"', html)) >= wanted


def test_une_page_de_liste_ne_pese_pas(mille: tuple[Banque, Path]):
    """150 KB of HTML, however many actions bear a term; the lists of places and of values are not lists of actions."""
    _, site = mille
    folders = [
        *(facette.adresse for facette in FACETTES),
        "regions",
        "departements",
        "villes",
        "dossiers",
        "bibliotheque",
    ]
    pages = [path for folder in folders for path in site.glob(f"{folder}/*/**/index.html")]
    pages += [site / "actions" / "index.html", *site.glob("actions/page/*/index.html")]
    assert len(pages) > 800
    assert [(path, path.stat().st_size) for path in pages if path.stat().st_size > 150_000] == []


def test_aucun_lien_mort(mille: tuple[Banque, Path]):
    assert dead_links(mille[1]) == []


def test_les_pages_sont_bien_formees(mille: tuple[Banque, Path]):
    banque, site = mille
    sample = [*(f"actions/{action.id}" for action in banque.actions[::50]), "", "actions", "territoires", "entrees"]
    sample += [f"villes/{slug}" for slug in list(banque.par_ville)[::60]]
    sample += [f"{facette.adresse}/{next(iter(banque.vocabulaire(facette))).id}" for facette in FACETTES]
    for address in sample:
        page = _Balance((site / address / "index.html").read_text("utf-8"))
        assert page.faults == [], address
        assert page.open == [], address
        assert len(page.ids) == len(set(page.ids)), address
