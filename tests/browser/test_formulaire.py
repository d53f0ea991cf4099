"""The web form, end to end: Decap CMS in Chromium writes branches of a scratch repository through decap-server.

And what it reads and writes of each fiche of the bank, and of texts that editors spoil: what nobody touched stays, byte for byte.

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

from inspiractions.base.files import PROJECT
from inspiractions.build.site import BuildOptions, build
from inspiractions.cli.main import main
from inspiractions.forms.web_form import FETCHED, WebForm
from inspiractions.model.canonical import filled, write_fiche
from inspiractions.model.source import Source, parse_fiche
from inspiractions.model.vocabulaire import Terme, Vocabulaires
from inspiractions.story.changes import Change, find_changes

from .conftest import Fenetre
from .recits_retors import CORPS, ENTETES

_OUTILS = PROJECT / "tests" / "admin" / "node_modules"
_DECAP = Path(os.environ.get("DECAP", PROJECT / "build" / "decap"))
_MODELE = "clichy-sous-bois-bouge-ta-sante"
# A draft, so that it stops nobody: its récit is no sound one.
_RETORS = "metz-recits-retors"


def _retors() -> str:
    """One fiche of all the bodies, a rubrique each."""
    parts = (f"## Rubrique {n}\n\n{corps}\n" for n, corps in enumerate(CORPS))
    front = (
        "titre: Récits retors\nresume: 'Un : deux'\nvilles: [Metz]\nages: [tous]\naxes: [services-de-sante]\nqpv: non\n"
    )
    front += "thematiques: [sante-mentale]\nporteur: no\nconnaissance: declaratif\nstatut: brouillon\ncle_inconnue: {a: '01'}\n"
    front += "date_publication: 2026-01-31 # une remarque\n"
    return f"---\n{front}---\n\n" + "\n".join(parts)


def _manque() -> str:
    if not shutil.which("node"):
        return "node n’est pas installé"
    if not (_OUTILS / ".bin" / "decap-server").exists():
        return "decap-server n’est pas installé (npm ci dans tests/admin)"
    return next((f"{_DECAP / nom} manque (make decap)" for nom in FETCHED if not (_DECAP / nom).is_file()), "")


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
    (depot / "actions" / f"{_RETORS}.md").write_text(_retors(), "utf-8")
    port = _free_port()
    built = build(
        depot,
        folder / "site",
        folder / "travail",
        BuildOptions(leger=True, formulaire=WebForm(_DECAP, f"http://127.0.0.1:{port}/api/v1")),
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
    _champ(page, "porteur").fill("   ")
    _choisir(page, "connaissance", mots["connaissance"]["declaratif"])
    # The day is filled in; spaces alone are no answer, and the form leads there.
    aujourd_hui = page.evaluate("new Date().toLocaleDateString('sv')")
    expect(_champ(page, "date_publication")).to_have_value(aujourd_hui)
    _champ(page, "date_publication").scroll_into_view_if_needed()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Des espaces seuls ne disent rien")).to_be_in_viewport()
    expect(_champ(page, "porteur")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ville de Saint-Denis")
    # The titles of the rubriques are there, and the preview tells what is written below them.
    recit = _champ(page, "body")
    expect(recit).to_have_value(re.compile(r"^## Contexte\n\n## Objectifs\n\n"))
    recit.fill("## Contexte\n\nDeux marches ; **2 * 3 * 4** pas.\n")
    apercu = page.frame_locator("iframe")
    expect(apercu.get_by_role("heading", name="Contexte")).to_be_visible()
    expect(apercu.locator("strong")).to_have_text("2 * 3 * 4")
    # Posed by the import: nobody fills it in.
    expect(page.locator("[id^=empreinte-field]")).to_have_count(0)
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
    assert main(["check", "--root", str(folder), str(path)]) == 0
    assert main(["format", "--root", str(folder), str(path)]) == 0
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
        "date_publication": aujourd_hui,
        "statut": "brouillon",
    }
    assert path.read_text("utf-8").endswith("\n---\n\n## Contexte\n\nDeux marches ; **2 * 3 * 4** pas.\n")
    assert _dehors(fenetre) == []


def _lu(text: str) -> dict[str, object]:
    return filled(_source(text).meta)


def _deposer_image(page: Page, folder: Path) -> None:
    image = folder / "marche-du-mardi.png"
    Image.new("RGB", (20, 10), "green").save(image)
    group = page.locator("div:has(> [id^=illustrations-field])").last
    group.get_by_role("button", name=re.compile("Ajouter")).first.click()
    page.get_by_role("button", name="Choisir une image").click()
    too_big = folder / "trop-lourde.png"
    too_big.write_bytes(image.read_bytes() + bytes(1_000_000))
    with page.expect_event("dialog") as refusal:
        page.locator("input[type=file]").last.set_input_files(too_big)
    assert "1000 kB" in refusal.value.message
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
    recit = _champ(page, "body")
    recit.fill(
        recit.input_value().replace("un diplôme d’encadrement.", "un diplôme d’encadrement. Et encore une phrase.")
    )
    _enregistrer(page)
    folder = essai.checkout(tmp_path / "copie", f"cms/actions/{_MODELE}")
    path = folder / "actions" / f"{_MODELE}.md"
    before = (essai.depot / "actions" / path.name).read_text("utf-8")
    assert main(["check", "--root", str(folder), str(path)]) == 0
    # Two lines differ, the two that were edited; no other is written anew.
    changed = [line for line in ndiff(before.split("\n"), path.read_text("utf-8").split("\n")) if line[0] in "+-"]
    assert [line for line in changed if line[0] == "+"] == [
        "+ resume: 'Un résumé neuf : « court ».'",
        "+ Des médiatrices ont obtenu un diplôme d’encadrement. Et encore une phrase.",
    ]
    assert len(changed) == 5
    assert main(["format", "--verifier", "--root", str(folder), str(path)]) == 0
    # All the texts that editors spoil, in one fiche: one word is edited.
    page.goto(f"{essai.adresse}/admin/#/collections/actions")
    page.get_by_role("link", name="Récits retors").click()
    expect(_champ(page, "titre")).to_have_value("Récits retors")
    recit.fill(recit.input_value().replace("zèbre", "okapi", 1))
    _enregistrer(page)
    folder = essai.checkout(tmp_path / "retors", f"cms/actions/{_RETORS}")
    assert (folder / "actions" / f"{_RETORS}.md").read_text("utf-8") == _retors().replace("zèbre", "okapi", 1)
    assert _dehors(fenetre) == []


# What Decap calls to read a file and to write it, with the element that the récit is written in between.
_EDITION = """
    (documents) => {
      const { fiche } = CMS.getCustomFormatsFormatters();
      const element = document.createElement("textarea");
      return documents.map(([text, word, instead, resume]) => {
        const { body = "", ...meta } = JSON.parse(JSON.stringify(fiche.fromFile(text)));
        element.value = body;
        const start = element.value.indexOf(word);
        if (start >= 0) element.setRangeText(instead, start, start + word.length);
        return fiche.toFile({ ...meta, ...(resume && { resume }), body: element.value });
      });
    }
"""


def _edites(page: Page, documents: list[tuple[str, str, str, str]]) -> list[str]:
    """Each text once its word was replaced in the récit, and its résumé where another is given."""
    edited = page.evaluate(_EDITION, documents)
    assert len(edited) == len(documents)
    return list(edited)


def test_un_mot_change_et_rien_d_autre(formulaire: Page) -> None:
    """In each fiche of the bank, then in the texts that editors spoil: one page reads and writes them all."""
    _dans_chaque_fiche(formulaire)
    _dans_les_textes_retors(formulaire)


def _dans_chaque_fiche(formulaire: Page) -> None:
    fiches = [path.read_text("utf-8") for path in sorted((PROJECT / "actions").glob("*.md"))]
    assert len(fiches) > 500
    sources = [_source(text) for text in fiches]
    words = [
        next(
            word
            for word in re.findall(r"(?<![\w*/(])[a-zà-ÿ]{5,}(?![\w*/)])", source.body)
            if source.body.count(word) == 1
        )
        for source in sources
    ]
    documents = [(text, word, "zèbre", "") for text, word in zip(fiches, words, strict=True)]
    for (text, word, _, _), after, source in zip(documents, _edites(formulaire, documents), sources, strict=True):
        start = text.index(source.body) + source.body.index(word)
        assert after == text[:start] + "zèbre" + text[start + len(word) :]
        changes = _changes(text, after)
        assert len(changes) == 1, source.path
        assert (len(changes[0].before), len(changes[0].after)) == (1, 1), source.path
    # A key that changes is written as « format » would write it: nothing is left for it to do.
    neuf = (
        "Un résumé neuf : « court », mais bien plus long que la ligne ne l’est d’habitude dans une fiche de la banque."
    )
    for text, after, source in zip(
        fiches, _edites(formulaire, [(text, "\0", "", neuf) for text in fiches]), sources, strict=True
    ):
        assert after == write_fiche({**source.meta, "resume": neuf}, source.body), source.path
        assert [change.place for change in _changes(text, after)] == ["Résumé"]


def _dans_les_textes_retors(formulaire: Page) -> None:
    assert len(CORPS) >= 60
    fiches = [f"---\n{ENTETES[0]}\n---\n\n## Contexte\n\n{corps}\n\n## Suite\n\nFin.\n" for corps in CORPS]
    # Neither blanks around the récit nor ends of lines are content.
    fiches += [
        f"---\n{ENTETES[0]}\n---\n{corps}"
        for corps in ("zèbre", "\n\n\nzèbre", "\n  zèbre  \n\n\n", "\r\n## A\r\nzèbre\r\n")
    ]
    fiches += [f"---\n{entete}\n---\n\n## Contexte\n\nUn zèbre.\n" for entete in ENTETES]
    assert all(text.count("zèbre") == 1 for text in fiches)
    for text, after in zip(fiches, _edites(formulaire, [(t, "zèbre", "okapi", "") for t in fiches]), strict=True):
        changes = _changes(text, after)
        assert len(changes) == 1, text
        (change,) = changes
        assert [one.replace("okapi", "zèbre") for one in change.after] == list(change.before), text
        assert len(change.after) == 1, text
        assert _source(after).meta == _source(text).meta, text
    # What cannot be read is kept whole.
    for text in ("sans en-tête\n", "---\ntitre: [\n---\n\nzèbre\n", "---\ntitre: a\nzèbre\n", "---\n- a\n---\nzèbre\n"):
        (after,) = _edites(formulaire, [(text, "\0", "", "")])
        assert text in after


def _source(text: str) -> Source:
    source, problems = parse_fiche("actions/fiche.md", text)
    assert source is not None, (text, problems)
    return source


def _changes(before: str, after: str) -> tuple[Change, ...]:
    nom = "actions/fiche.md"
    (fiche,) = find_changes({nom: before.encode()}, {nom: after.encode()})
    return fiche.changes
