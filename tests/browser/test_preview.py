"""``serve`` from outside: how it ends, what refuses it, and what is wrong shown in a browser over the last good page."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inspiractions.base.files import PROJECT
from inspiractions.cli.main import main
from inspiractions.documents.pdf import typst
from tests.browser.conftest import Fenetre
from tests.faults.atelier import arbre
from tests.preview.maison import PATIENCE, Apercu, Maison, apercu, faire_maison, lancer, port_libre, remplacer

pytestmark = pytest.mark.timeout(1200)

_SERVE = (sys.executable, str(PROJECT / "build_site.py"), "serve", "--root")


@pytest.fixture(scope="module")
def maison(tmp_path_factory: pytest.TempPathFactory) -> Maison:
    return faire_maison(tmp_path_factory.mktemp("apercu") / "maison")


@pytest.fixture(scope="module")
def shown(maison: Maison, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apercu]:
    with apercu(maison, tmp_path_factory.mktemp("journal") / "journal") as shown:
        yield shown


def test_une_fiche_fautive_se_voit_dans_le_navigateur(maison: Maison, shown: Apercu, fenetre: Fenetre) -> None:
    """The page reloads by itself, under its own policy: the fault comes over it, is another one, and goes once mended."""
    page = fenetre.open(f"{shown.adresse}/actions/{maison.fiche.stem}/")
    titre = page.locator("h1").inner_text()
    fautes = page.locator("#apercu-fautes")
    expect(fautes).to_have_count(0)
    bon = maison.fiche.read_text("utf-8")
    site = arbre(maison.site)
    line = next(n for n, line in enumerate(bon.splitlines(), 1) if line.startswith("ages:"))

    remplacer(maison.fiche, "\nages: [", "\nages: [0-4-ans, ")
    _dit(page, f"actions/{maison.fiche.name}, ligne {line} :", "0-4-ans", "vocabulaire/ages.yml")
    assert page.locator("h1").inner_text() == titre
    assert fautes.bounding_box()["height"] > 60
    # Over the page: what stands at the foot of the window is the overlay.
    assert page.evaluate(
        "document.elementFromPoint(innerWidth / 2, innerHeight - 20).closest('#apercu-fautes') !== null"
    )
    assert arbre(maison.site) == site

    # Nothing that somebody writes becomes a part of the page.
    maison.fiche.write_text(bon.replace("\nages: [", "\nages: [<b>gras</b>, "), "utf-8")
    _dit(page, f"actions/{maison.fiche.name}, ligne {line} :", "« <b>gras</b> »")
    assert page.locator("#apercu-fautes b").count() == 0

    made = shown.dit().count(" pages en ")
    maison.fiche.write_text(bon + "\nUne phrase de plus.\n", "utf-8")
    expect(page.get_by_text("Une phrase de plus.")).to_be_visible(timeout=PATIENCE * 1000)
    expect(fautes).to_have_count(0)
    # The page is shown before the site that it is of stands in its place.
    shown.attendre(lambda: shown.dit().count(" pages en ") > made)
    assert fenetre.journal.faults == []
    assert not [nom for nom in arbre(maison.site) if "apercu" in nom]
    assert "apercu-fautes" not in (maison.site / "index.html").read_text("utf-8")


def test_du_code_qui_ne_se_lit_pas_se_voit_aussi(maison: Maison, shown: Apercu) -> None:
    code = maison.root / "inspiractions/story/identity_card.py"
    bon = code.read_text("utf-8")
    code.write_text(bon + "\ndef (\n", "utf-8")
    shown.attendre(lambda: "SyntaxError" in shown.page(""))
    code.write_text(bon, "utf-8")
    shown.attendre(lambda: "SyntaxError" not in shown.page(""))


def test_un_port_pris_se_dit_avant_de_construire(shown: Apercu, racine: Path) -> None:
    port = shown.adresse.rpartition(":")[2]
    fin = _serve(racine, "--port", port)
    assert (fin.returncode, fin.stdout) == (2, "")
    assert fin.stderr.startswith(f"build_site.py : le port {port} est déjà pris")
    assert f"--port {int(port) + 1}." in fin.stderr
    assert not (racine / "site").exists()


@pytest.mark.parametrize("port", ["99999", "0", "-1", "abc"])
def test_ce_qui_n_est_pas_un_port(port: str, racine: Path) -> None:
    fin = _serve(racine, f"--port={port}")
    assert fin.returncode == 2
    assert fin.stderr.splitlines()[-1].endswith(
        "n’est pas une valeur admise ; écrivez un nombre de 1 à 65535, 8000 par exemple"
    )
    assert "argument" not in fin.stderr


def test_une_adresse_d_ailleurs(racine: Path) -> None:
    fin = _serve(racine, "--port", str(port_libre()), "--hote", "192.0.2.1")
    assert (fin.returncode, fin.stdout) == (2, "")
    assert "« 192.0.2.1 » n’est pas une adresse de cette machine : écrivez --hote 127.0.0.1." in fin.stderr


def test_ctrl_c_finit_l_apercu_et_rend_le_port(maison: Maison, shown: Apercu) -> None:
    """The last test that needs the preview. A browser that waits for the next version holds nobody back."""
    port, before = int(shown.adresse.rpartition(":")[2]), len(shown.dit())
    with socket.create_connection(("127.0.0.1", port)) as waiting:
        waiting.sendall(b"GET /livereload/99999999999999/1 HTTP/1.1\r\nHost: ici\r\n\r\n")
        assert shown.interrompre() == 0, shown.dit()
    assert shown.dit()[before:] == "Aperçu fini.\n"
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", port))
        sock.listen()


def test_ctrl_c_pendant_la_premiere_construction(racine: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    shutil.copy2(next((PROJECT / "actions").glob("*.md")), racine / "actions")
    with journal.open("w") as out, lancer([*_SERVE, str(racine), "--port", str(port_libre())], out) as process:
        while not (racine / "build").exists():
            assert process.poll() is None, journal.read_text("utf-8")
        # As a terminal does: to all of them.
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 2
    assert "interrompu" in journal.read_text("utf-8")
    assert "Traceback" not in journal.read_text("utf-8")


def test_sans_verrous_un_seul_processus_imprime(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    """Python's own locks refused by the system, as where ``/dev/shm`` cannot be written: said, and the PDFs are made."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    maison = faire_maison(tmp_path / "maison", 26)
    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", refuse)
    monkeypatch.setattr(typst, "cores", lambda: 2)
    assert main(["build", "--root", str(maison.root)]) == 0
    assert "/dev/shm" in capsys.readouterr().err
    assert len(list((maison.site / "actions").rglob("*.pdf"))) == 26


def test_un_dev_shm_en_lecture_seule(tmp_path: Path) -> None:
    """The same in a real process, where the system lets us take ``/dev/shm`` away from it."""
    if (
        sys.platform != "linux"
        or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("le système ne laisse pas changer /dev/shm pour un processus")
    maison = faire_maison(tmp_path / "maison", 26)
    command = f"mount -t tmpfs -o ro tmpfs /dev/shm && exec {sys.executable} {maison.root}/build_site.py build --root {maison.root}"
    fin = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command], capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    assert fin.returncode == 0, fin.stderr
    assert "/dev/shm" in fin.stderr
    assert len(list((maison.site / "actions").rglob("*.pdf"))) == 26


def _dit(page: Page, *parts: str) -> None:
    for part in parts:
        expect(page.locator("#apercu-fautes")).to_contain_text(part, timeout=PATIENCE * 1000)


def _serve(racine: Path, *mots: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_SERVE, str(racine), *mots], capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
