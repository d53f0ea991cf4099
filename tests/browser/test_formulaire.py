"""The web form, end to end: Decap CMS in Chromium writes branches of a scratch repository through decap-server.

Both are npm packages that ``make test`` fetches where it can; without them these tests are skipped, and say why.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import ndiff
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from inspiractions.base.paths import PROJECT
from inspiractions.build.site import BuildOptions, build
from inspiractions.cli.main import main
from inspiractions.forms.web_form import DECAP, WebForm
from inspiractions.model.canonical import filled
from inspiractions.model.source import parse_fiche
from inspiractions.model.vocabulaire import Terme, Vocabulaires

from .conftest import Fenetre

_OUTILS = PROJECT / "tests" / "admin" / "node_modules"
_DECAP = Path(os.environ.get("DECAP", PROJECT / "build" / "decap"))
_MODELE = "clichy-sous-bois-bouge-ta-sante"


def _manque() -> str:
    if not shutil.which("node"):
        return "node n’est pas installé"
    if not (_OUTILS / ".bin" / "decap-server").exists():
        return "decap-server n’est pas installé (npm ci dans tests/admin)"
    return "" if (_DECAP / DECAP).is_file() else f"{_DECAP / DECAP} manque (make decap)"


pytestmark = pytest.mark.skipif(bool(_manque()), reason=f"formulaire en ligne non essayé : {_manque()}")


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Silent."""


@dataclass(frozen=True)
class Essai:
    """A scratch repository, and the address of the site whose form writes in it."""

    depot: Path
    adresse: str

    def git(self, *words: str) -> str:
        return subprocess.run(["git", *words], cwd=self.depot, check=True, capture_output=True, text=True).stdout

    def branches(self) -> list[str]:
        return self.git("branch", "--list", "cms/*", "--format=%(refname:short)").split()

    def checkout(self, folder: Path, branche: str) -> Path:
        """The files of a branch, apart: Decap's server keeps the repository on its main branch."""
        self.git("worktree", "add", "--quiet", "--detach", str(folder), branche)
        return folder


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="module")
def essai(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Essai]:
    folder = tmp_path_factory.mktemp("formulaire")
    depot = folder / "depot"
    (depot / "actions").mkdir(parents=True)
    shutil.copy(PROJECT / "actions" / f"{_MODELE}.md", depot / "actions")
    port = _free_port()
    built = build(
        depot,
        folder / "site",
        folder / "travail",
        BuildOptions(formulaire=WebForm(_DECAP, f"http://127.0.0.1:{port}/api/v1")),
    )
    assert built.problems == []
    essai = Essai(depot, "")
    for words in (["init", "-q", "-b", "main"], ["config", "user.name", "essai"], ["config", "user.email", "essai@ville.example"],
                  ["add", "."], ["commit", "-qm", "Essai"]):  # fmt: skip
        essai.git(*words)
    environment = {
        **os.environ,
        "PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MODE": "git",
        "GIT_REPO_DIRECTORY": str(depot),
    }
    decap = subprocess.Popen(
        [_OUTILS / ".bin" / "decap-server"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder / "site")))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    _wait_for(port)
    yield Essai(depot, f"http://127.0.0.1:{server.server_port}")
    decap.terminate()
    decap.wait()
    server.shutdown()
    thread.join()
    server.server_close()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("decap-server n’a pas démarré en 30 s")


@pytest.fixture
def formulaire(fenetre: Fenetre, essai: Essai) -> Page:
    """The form, signed in, showing the list of the fiches."""
    page = fenetre.open(f"{essai.adresse}/admin/")
    page.set_default_timeout(10_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button").first.click()
    expect(page.get_by_role("link", name=re.compile("Bouge ta santé"))).to_be_visible(timeout=30_000)
    return page


def _champ(page: Page, cle: str):
    return page.locator(f"[id^={cle}-field]").first


def _choisir(page: Page, cle: str, *termes: Terme) -> None:
    for terme in termes:
        _champ(page, cle).click()
        page.get_by_role("option", name=terme.libelle, exact=True).click()


def _ajouter(page: Page, cle: str, valeur: str) -> None:
    group = page.locator(f"div:has(> [id^={cle}-field])").first
    group.get_by_role("button", name=re.compile("Ajouter")).first.click()
    page.locator(f"[id^={cle}-field]:is(input)").last.fill(valeur)


def _enregistrer(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modifications enregistrées")).to_be_visible(timeout=20_000)


def _dehors(fenetre: Fenetre) -> list[str]:
    return [url for url in fenetre.journal.requests if not url.startswith(("http://127.0.0.1:", "blob:", "data:"))]


def test_une_fiche_se_cree_dans_le_formulaire(
    formulaire: Page, fenetre: Fenetre, essai: Essai, vocabulaires: Vocabulaires, tmp_path: Path
) -> None:
    page = formulaire
    page.goto(f"{essai.adresse}/admin/#/collections/actions/new")
    _champ(page, "titre").fill("Cœur d’été : « marcher » l’après-midi avec les habitants du quartier et de ses abords")
    _champ(page, "resume").fill("Une marche par semaine relie le quartier et le centre de santé.")
    _ajouter(page, "villes", "Saint-Denis (93)")
    _ajouter(page, "villes", "Aubervilliers")
    mots = {nom: vocabulaire.termes for nom, vocabulaire in vocabulaires.items()}
    _choisir(page, "ages", mots["ages"]["65-plus"], mots["ages"]["26-64"])
    _choisir(page, "axes", mots["axes"]["action-communautaire"])
    _choisir(page, "qpv", mots["qpv"]["inconnu"])
    _choisir(page, "thematiques", mots["thematiques"]["sante-mentale"])
    _champ(page, "porteur").fill("Ville de Saint-Denis")
    _choisir(page, "connaissance", mots["connaissance"]["declaratif"])
    _champ(page, "date_publication").fill("demain")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Écrivez AAAA-MM-JJ").last).to_be_visible()
    _champ(page, "date_publication").press("Control+a")
    page.keyboard.type("2026-01-31")
    expect(_champ(page, "date_publication")).to_have_value("2026-01-31")
    _champ(page, "statut").click()
    page.get_by_role("option", name="Brouillon").click()
    _deposer_image(page, tmp_path)
    _enregistrer(page)
    [branche] = essai.branches()
    identifiant = branche.removeprefix("cms/actions/")
    folder = essai.checkout(tmp_path / "copie", branche)
    path = folder / "actions" / f"{identifiant}.md"
    assert identifiant == "saint-denis-93-coeur-d-ete-marcher-l-apres-midi-avec-les-hab"
    assert sorted(p.name for p in (folder / "actions" / "images" / identifiant).iterdir()) == ["marche-du-mardi.png"]
    assert main(["check", "--root", str(folder)]) == 0
    assert main(["format", "--root", str(folder)]) == 0
    assert _lu(path.read_text("utf-8")) == {
        "titre": "Cœur d’été : « marcher » l’après-midi avec les habitants du quartier et de ses abords",
        "resume": "Une marche par semaine relie le quartier et le centre de santé.",
        "villes": ["Saint-Denis (93)", "Aubervilliers"],
        "ages": ["65-plus", "26-64"],
        "axes": ["action-communautaire"],
        "qpv": "inconnu",
        "thematiques": ["sante-mentale"],
        "porteur": "Ville de Saint-Denis",
        "connaissance": "declaratif",
        "illustrations": [{"fichier": "marche-du-mardi.png", "alt": "Un carré vert"}],
        "date_publication": "2026-01-31",
        "statut": "brouillon",
    }
    assert _dehors(fenetre) == []


def _lu(text: str) -> dict[str, object]:
    source, problems = parse_fiche("actions/fiche.md", text)
    assert source is not None, problems
    return filled(source.meta)


def _deposer_image(page: Page, folder: Path) -> None:
    image = folder / "marche-du-mardi.png"
    Image.new("RGB", (20, 10), "green").save(image)
    group = page.locator("div:has(> [id^=illustrations-field])").last
    group.get_by_role("button", name=re.compile("Ajouter")).first.click()
    page.get_by_role("button", name="Choisir une image").click()
    page.locator("input[type=file]").last.set_input_files(image)
    expect(page.get_by_text("marche-du-mardi.png")).to_be_visible()
    page.get_by_role("button", name="Choisir les éléments sélectionnés").click()
    page.locator("[id^=alt-field]").fill("Un carré vert")


def test_une_fiche_se_modifie_sans_rien_perdre(
    formulaire: Page, fenetre: Fenetre, essai: Essai, tmp_path: Path
) -> None:
    page = formulaire
    page.goto(f"{essai.adresse}/admin/#/collections/actions/entries/{_MODELE}")
    expect(_champ(page, "titre")).to_have_value(re.compile("Bouge ta santé"))
    # A closed item of a list tells its text.
    expect(page.get_by_text("Clichy-sous-Bois", exact=True).first).to_be_visible()
    # Written, then given up: the form leaves an empty text, which is « non renseigné ».
    _champ(page, "perimetre").fill("Une idée")
    _champ(page, "perimetre").fill("")
    _champ(page, "resume").fill("Un résumé neuf : « court ».")
    page.locator("[data-slate-editor]").get_by_text("Des médiatrices ont obtenu").click()
    # The editor follows the cursor a moment later.
    page.wait_for_timeout(500)
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    page.keyboard.type(" Et encore une phrase.")
    _enregistrer(page)
    folder = essai.checkout(tmp_path / "copie", f"cms/actions/{_MODELE}")
    path = folder / "actions" / f"{_MODELE}.md"
    before = (essai.depot / "actions" / path.name).read_text("utf-8")
    # Nothing is lost: the values that were not touched are the same.
    assert _lu(path.read_text("utf-8")) == {**_lu(before), "resume": "Un résumé neuf : « court »."}
    assert main(["check", "--root", str(folder)]) == 0
    assert main(["format", "--root", str(folder)]) == 0
    # Once in form, two lines differ: the two that were edited.
    changed = [line for line in ndiff(before.split("\n"), path.read_text("utf-8").split("\n")) if line[0] in "+-"]
    assert [line for line in changed if line[0] == "+"] == [
        "+ resume: 'Un résumé neuf : « court ».'",
        "+ Des médiatrices ont obtenu un diplôme d’encadrement. Et encore une phrase.",
    ]
    assert len(changed) == 5
    assert _dehors(fenetre) == []
