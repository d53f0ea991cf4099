"""A whole project of its own, code included, with few actions; and the preview, run from outside as people run it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inspiractions.base.files import PROJECT
from tests.faults.atelier import Projet

_ENTIERS = (
    "inspiractions", "build_site.py", "docs", "templates", "vocabulaire", "referentiels", "formulaires", "mkdocs.yml",
)  # fmt: skip
_NOMBRE = 3
# Seconds that a loaded machine may take for a build.
PATIENCE = 240


class Maison(Projet):
    """A project that brings its own code, so that this may be edited, too."""

    @property
    def commande_propre(self) -> tuple[str, ...]:
        return sys.executable, str(self.root / "build_site.py")

    @property
    def fiche(self) -> Path:
        return self.root / "actions" / _actions()[0].name


def faire_maison(root: Path, nombre: int = _NOMBRE) -> Maison:
    """The real project with a few of its actions, not built."""
    for nom in _ENTIERS:
        source = PROJECT / nom
        if source.is_dir():
            shutil.copytree(source, root / nom, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            root.mkdir(exist_ok=True)
            shutil.copy2(source, root / nom)
    (root / "actions").mkdir()
    for path in _actions()[:nombre]:
        shutil.copy2(path, root / "actions" / path.name)
    return Maison(root)


@cache
def _actions() -> list[Path]:
    """Those of the bank; first those of the 12-17 alone that tell a context: what the tests change shows on their page."""

    def other(path: Path) -> bool:
        text = path.read_text("utf-8")
        return "\nages: [12-17]\n" not in text or "\n## Contexte\n" not in text

    return sorted((PROJECT / "actions").glob("*.md"), key=lambda path: (other(path), path.name))


def remplacer(path: Path, ancien: str, nouveau: str) -> None:
    """In one step, as editors do."""
    text = path.read_text("utf-8")
    assert ancien in text, (path, ancien)
    beside = path.with_name(f".{path.name}.neuf")
    beside.write_text(text.replace(ancien, nouveau), "utf-8")
    beside.replace(path)


@dataclass(frozen=True)
class Apercu:
    """A preview at work."""

    process: subprocess.Popen[str]
    adresse: str
    journal: Path

    def dit(self) -> str:
        return self.journal.read_text("utf-8")

    def page(self, chemin: str) -> str:
        """A page, or nothing while it is not there."""
        try:
            with urllib.request.urlopen(f"{self.adresse}/{chemin}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""

    def attendre(self, vrai: Callable[[], bool]) -> None:
        """Until it is so; fails when the preview ends, or after a long time."""
        end = time.monotonic() + PATIENCE
        while not vrai():
            assert self.process.poll() is None, self.dit()
            assert time.monotonic() < end, self.dit()
            time.sleep(0.2)

    def interrompre(self) -> int:
        """Ctrl+C; the exit code. It must end soon."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


def port_libre() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def apercu(maison: Maison, journal: Path, mots: Sequence[str] = ()) -> Iterator[Apercu]:
    """Start a preview; yields when it shows its first site. What it says goes to ``journal``."""
    port = port_libre()
    command = [*maison.commande_propre, "serve", "--root", str(maison.root), "--port", str(port), *mots]
    with journal.open("w", encoding="utf-8") as out, lancer(command, out) as process:
        shown = Apercu(process, f"http://127.0.0.1:{port}", journal)
        try:
            shown.attendre(lambda: "Aperçu :" in shown.dit())
            yield shown
        finally:
            process.kill()


def lancer(command: Sequence[str], out: object) -> subprocess.Popen[str]:
    """In a session of its own, where Ctrl+C is heard whoever runs the tests."""
    return subprocess.Popen(
        command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
