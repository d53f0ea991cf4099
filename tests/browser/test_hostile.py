"""The site of a bank where every free text is hostile (tests/security/hostile.py): nothing of it acts, anywhere."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import pypdf
import pytest
import rdflib
import rispy
from playwright.sync_api import Page

from inspiractions.build.site import build
from inspiractions.cli.main import main
from inspiractions.exports.host import CSP
from inspiractions.search.query import understand
from tests.security import hostile

from .attaques import CARNETS, FRAGMENTS, REQUETES, SIGNES
from .carnet import CLE
from .conftest import Fenetre
from .serveur import serve
from .test_recherche import OUVRIR

INERTE = (Path(__file__).parent / "inerte.js").read_text("utf-8")
# Set before any script of a page: what hostile content would do, it would do here.
GUETTEUR = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
ETAT = "[window.__xss ?? 0, ...(window.violations ?? [])]"


@pytest.fixture(scope="module")
def racine_hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree of hostile content and its site, PDFs and share images included."""
    root = tmp_path_factory.mktemp("hostile") / "racine"
    hostile.ecrire(root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    built = build(root, root.parent / "site", root.parent / "travail")
    assert built.problems == []
    # Nothing was written beside the site and the caches.
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in root.parent.iterdir()) == ["racine", "site", "travail"]
    return root


@pytest.fixture(scope="module")
def hostiles(racine_hostile: Path) -> Path:
    return racine_hostile.parent / "site"


@pytest.fixture(scope="module")
def hote(hostiles: Path) -> Iterator[str]:
    with serve(hostiles) as address:
        yield address


def pages(site: Path) -> list[str]:
    return sorted(f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*.html"))


def visiter(page: Page, url: str, charge: bool = False) -> None:
    """Opens a page; ``charge``: and waits for all that its scripts fetch."""
    page.goto(url, wait_until="load")
    if charge:
        page.wait_for_load_state("networkidle")
    assert page.evaluate(ETAT) == [0], url


@pytest.fixture
def onglet(fenetre: Fenetre, hote: str) -> Page:
    page = fenetre.open(f"{hote}/a-propos/")
    page.context.add_init_script(GUETTEUR)
    page.on("dialog", lambda dialog: fenetre.journal.faults.append(f"dialogue : {dialog.message}"))
    return page


def calme(fenetre: Fenetre, hote: str) -> None:
    """Nothing failed, and nothing went out."""
    assert fenetre.journal.faults == []
    assert [url for url in fenetre.journal.requests if not url.startswith((f"{hote}/", "blob:"))] == []


# — Ce que le navigateur en lit —


def test_aucune_page_n_a_rien_qui_agisse(onglet: Page, hostiles: Path) -> None:
    paths = pages(hostiles)
    assert len(paths) > 400
    assert onglet.evaluate(INERTE, paths) == []


def test_chaque_page_porte_sa_politique(hostiles: Path) -> None:
    """For hosts that send no header, as GitHub Pages: the same policy, first thing in the page. Who may frame it, only a header can say."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{CSP.removesuffix("; frame-ancestors ")}">'
    for chemin in pages(hostiles):
        before, policy, after = (hostiles / chemin[1:]).read_text("utf-8").partition(meta)
        assert policy, chemin
        assert not re.search("<(link|script|style|body)", before), chemin
        assert 'http-equiv="Content' not in after, chemin


def test_rien_en_ligne_dans_le_vrai_site(fenetre: Fenetre, serveur: str, site: Path) -> None:
    page = fenetre.open(f"{serveur}/a-propos/")
    # One page in seven of each folder, and all that stand alone.
    some = [
        path for rang, path in enumerate(pages(site)) if rang % (1 if hostile.SOAK else 7) == 0 or path.count("/") < 3
    ]
    assert page.evaluate(INERTE, some) == []


def test_les_pages_hostiles_s_ouvrent_sous_la_politique_stricte(fenetre: Fenetre, onglet: Page, hote: str) -> None:
    recits = [f"actions/piege-{nom}/" for nom in hostile.PIEGES]
    values = [
        "thematiques/piege/",
        "leviers/portage-politique/",
        "ages/100-120/",
        "campagnes/piege/",
        "dossiers/piege/",
        "enquetes/sej-2024/",
    ]
    others = [
        "",
        "actions/",
        "actions/constructor/",
        "actions/piege-retiree/",
        "couverture/",
        "plan-du-site/",
    ]
    frames = ["embed/actions/constructor/", "embed/ages/100-120/", "integrer/?theme=piege"]
    for chemin in (*recits, *values, *others, *frames):
        visiter(onglet, f"{hote}/{chemin}")
    # A former address moves on by itself.
    onglet.goto(f"{hote}/actions/ancien-constructor/", wait_until="commit")
    onglet.wait_for_url(f"{hote}/actions/constructor/")
    assert onglet.evaluate(ETAT) == [0]
    for secret in ("/etc/passwd", "{{ 7*7 }}"):
        onglet.goto(f"{hote}/actions/piege-typst/")
        assert secret in onglet.locator("main").inner_text()
    assert "root:" not in onglet.content()
    calme(fenetre, hote)


@pytest.mark.parametrize("chemin", ["explorer/", "embed/", "integrer/"])
def test_une_adresse_hostile_ne_fait_rien(fenetre: Fenetre, onglet: Page, hote: str, chemin: str) -> None:
    # The three read the address with the same words: the explorer is asked everything.
    for requete in REQUETES if chemin == "explorer/" or hostile.SOAK else REQUETES[::3]:
        visiter(onglet, f"{hote}/{chemin}{requete}", charge=True)
        assert onglet.evaluate("[({}).x, Object.keys(Object.prototype).length, Array.prototype.x]") == [None, 0, None]
    calme(fenetre, hote)


def test_l_explorateur_montre_l_hostile_comme_du_texte(fenetre: Fenetre, onglet: Page, hote: str) -> None:
    for requete in ("script", "%22script%22 constructor -zzz"):
        for vue in ("", "&vue=tableau", "&vue=carte"):
            visiter(onglet, f"{hote}/explorer/?q={requete}{vue}", charge=True)
    onglet.goto(f"{hote}/explorer/")
    onglet.get_by_role("combobox").first.type("script")
    onglet.wait_for_timeout(300)
    assert onglet.evaluate(ETAT) == [0]
    assert "<script>window.__xss=1</script>" in onglet.locator("main").inner_text()
    calme(fenetre, hote)


def test_le_moteur_comprend_tout_comme_son_jumeau(onglet: Page) -> None:
    onglet.evaluate(OUVRIR)
    hasard = random.Random(os.urandom(8) if hostile.SOAK else 7)
    requetes = [
        "".join(hasard.choices(SIGNES, k=hasard.randint(1, 12))) for _ in range(20_000 if hostile.SOAK else 250)
    ]
    js = """async (requetes) => {
      const { understand } = await import("/assets/js/search/query.js");
      const found = [];
      for (const q of requetes) {
        const { words, phrases, excluded, unfinished } = understand(q, moteur.stopWords);
        found.push([words.map(({ part, stem }) => [part, stem]), phrases, excluded, unfinished]);
        await moteur.search({ q, prefix: true, filtres: { theme: ["__proto__", "piege"], constructor: ["x"], ["__proto__"]: ["y"] } });
        await moteur.suggest(q);
      }
      return found;
    }"""
    for q, theirs in zip(requetes, onglet.evaluate(js, requetes), strict=True):
        ours = understand(q)
        assert theirs == [
            [list(mot) for mot in ours.mots],
            [list(p) for p in ours.phrases],
            list(ours.exclus),
            ours.derniere,
        ], q


def test_un_carnet_hostile_ne_fait_rien(fenetre: Fenetre, onglet: Page, hote: str) -> None:
    for fragment in FRAGMENTS:
        onglet.goto(f"{hote}/a-propos/")
        visiter(onglet, f"{hote}/carnet/{fragment}", charge=True)
    for carnet in CARNETS:
        onglet.goto(f"{hote}/a-propos/")
        onglet.evaluate(
            "([cle, brut]) => localStorage.setItem(cle, brut)",
            [CLE, carnet if isinstance(carnet, str) else json.dumps(carnet)],
        )
        visiter(onglet, f"{hote}/carnet/", charge=True)
        assert onglet.evaluate("[({}).x, ({}).y, ({}).actions]") == [None, None, None]
    calme(fenetre, hote)


def test_une_comparaison_hostile_ne_fait_rien(fenetre: Fenetre, onglet: Page, hote: str) -> None:
    for ids in (
        "piege-balises,piege-svg,constructor,piege-typst",
        "__proto__,../../x,%2e%2e,javascript:x",
        f"piege-balises,{'a' * 5_000},%ed%a0%80,%00",
        ",".join(f"a{i}" for i in range(5_000)),
    ):
        visiter(onglet, f"{hote}/comparer/?ids={ids}", charge=True)
    onglet.goto(f"{hote}/comparer/?ids=piege-balises,constructor")
    onglet.locator(".comparaison").wait_for()
    assert onglet.locator(".comparaison").locator("img, script, svg:not(.ic), [style]").count() == 0
    calme(fenetre, hote)


# — Ce que les machines en lisent —


def test_chaque_fichier_de_donnees_se_lit(hostiles: Path) -> None:
    lus = {"json": json.loads, "geojson": json.loads, "jsonld": json.loads, "xml": ElementTree.fromstring, "atom": ElementTree.fromstring, "svg": ElementTree.fromstring}  # fmt: skip
    compte = dict.fromkeys([*lus, "jsonl", "ttl", "bib", "ris", "gz"], 0)
    for path in sorted(hostiles.rglob("*")):
        genre = path.suffix[1:]
        if not path.is_file() or genre not in compte:
            continue
        compte[genre] += 1
        octets = path.read_bytes()
        text = octets.decode("utf-8") if genre != "gz" else ""
        assert "root:x:" not in text, path
        if genre in lus:
            lus[genre](octets)
        elif genre == "jsonl":
            assert len([json.loads(line) for line in text.split("\n") if line]) == len(hostile.PIEGES) + 1
        elif genre == "ttl":
            assert len(rdflib.Graph().parse(data=text, format="turtle"))
        elif genre == "ris":
            notices = rispy.loads(text)
            assert [notice["type_of_reference"] for notice in notices] == ["ELEC"] * _combien(path)
        elif genre == "bib":
            entries = bibtexparser.loads(text).entries
            assert [entry["ENTRYTYPE"] for entry in entries] == ["misc"] * _combien(path)
        else:
            gzip.decompress(octets)
    assert min(compte.values()) > 0, compte


def _combien(path: Path) -> int:
    """How many actions a file of citations holds: one beside its récit, all in the open data."""
    return 1 if path.parent.parent.name == "actions" else len(hostile.PIEGES) + 1


def test_aucune_cellule_n_est_une_formule(racine_hostile: Path, hostiles: Path, tmp_path: Path) -> None:
    assert main(["enquete", "sej-2024", "--root", str(racine_hostile), "--out", str(tmp_path)]) == 0
    tables = [*hostiles.rglob("*.csv"), *tmp_path.rglob("*.csv")]
    assert len(tables) > 2
    for path in tables:
        text = path.read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if text.split("\n")[0].count(";") else ","))
        assert len({len(row) for row in rows}) == 1, path
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"[=+\-@\t\r\n＝＋－＠]", cell) or re.fullmatch(r"-?\d+(\.\d+)?", cell), (path, cell)


def test_les_redirections_ne_portent_que_des_adresses(hostiles: Path) -> None:
    for nom in ("_redirects", "redirections.map"):
        lines = (hostiles / nom).read_text("utf-8").split("\n")[1:-1]
        assert lines
        assert [line for line in lines if not re.fullmatch(r"/[a-z0-9./-]+ /[a-z0-9./-]+(?: 301|;)", line)] == []


def test_les_pdf_disent_tout_et_ne_font_rien(hostiles: Path) -> None:
    pdfs = sorted(hostiles.rglob("*.pdf"))
    assert len(pdfs) > len(hostile.PIEGES)
    for path in pdfs:
        octets = path.read_bytes()
        reader = pypdf.PdfReader(io.BytesIO(octets))
        for page in reader.pages:
            for annotation in page.get("/Annots", ()):
                action = annotation.get_object().get("/A", {})
                assert action.get("/S", "/GoTo") in ("/URI", "/GoTo"), path
                assert str(action.get("/URI", "https:")).startswith(("https:", "mailto:")), path
        assert not {"/OpenAction", "/AA"} & reader.trailer["/Root"].keys(), path
        assert b"/JavaScript" not in octets, path
        assert b"/Launch" not in octets, path
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(hostiles / "actions/piege-typst/piege-typst.pdf").pages
    )
    assert '#read("/etc/passwd")' in text.replace("\n", " ")
    assert "root:x:" not in text


def test_une_image_qui_est_aussi_une_page_reste_une_image(fenetre: Fenetre, onglet: Page, hote: str) -> None:
    chemin = "/actions/images/constructor/polyglotte.jpg"
    reponse = onglet.request.get(f"{hote}{chemin}")
    assert (reponse.headers["content-type"], reponse.headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
    onglet.goto(f"{hote}{chemin}")
    assert onglet.evaluate("[window.__xss, document.contentType, document.scripts.length]") == [None, "image/jpeg", 0]
