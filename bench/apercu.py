"""``python -m bench serve``: how long after an action is saved ``build_site.py serve`` shows it, over HTTP."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.construction import nombre
from bench.corpus import write_corpus
from bench.machine import describe
from bench.mesure import Echec
from inspiractions.base.files import PROJECT

# Asking more often would slow the machine, which builds meanwhile.
_PAS = 0.1
_PATIENCE = 600
# The server looks at the files again a moment after it has shown them.
_REPOS = 1.5
_COLONNES = ("Actions", "Premier affichage (s)", "Médiane (s)", "Au plus vite (s)", "Au plus lent (s)")


def main(tailles: Sequence[int], retouches: int) -> int:
    """Print a row a size: from the start to the first page, then from each saved file to its new page; 1 on a failure."""
    print(f"Inspir’Actions, `serve`. {describe()}")
    print(f"\n| {' | '.join(_COLONNES)} |\n|{'---:|' * len(_COLONNES)}", flush=True)
    for taille in tailles:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            try:
                start, delays = _measure(Path(name), taille, retouches)
            except Echec as echec:
                print(echec, file=sys.stderr)
                return 1
        figures = (start, statistics.median(delays), min(delays), max(delays))
        print(f"| {taille} | {' | '.join(nombre(value, 2) for value in figures)} |", flush=True)
    return 0


def _measure(folder: Path, taille: int, retouches: int) -> tuple[float, list[float]]:
    corpus, log = folder / "corpus", folder / "log.txt"
    write_corpus(corpus, taille)
    fiches = sorted((corpus / "actions").glob("*.md"))
    fiche = fiches[len(fiches) // 2]
    texte = fiche.read_text("utf-8").rstrip()
    begun = time.perf_counter()
    with _serve(corpus, folder / "site", log) as (server, address):
        page = f"{address}/actions/{fiche.stem}/"
        first = _wait(page, "<h1", begun, server, log)
        delays = []
        for tour in range(1, retouches + 1):
            time.sleep(_REPOS)
            phrase = f"Retouche numéro {tour} de la mesure."
            fiche.write_text(f"{texte}\n\n{phrase}\n", "utf-8")
            delays.append(_wait(page, phrase, time.perf_counter(), server, log))
    return first, delays


@contextmanager
def _serve(corpus: Path, site: Path, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = _free_port()
    command = [sys.executable, str(PROJECT / "build_site.py"), "serve", "--root", str(corpus), "--site", str(site), "--port", str(port)]  # fmt: skip
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            yield server, f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(page: str, texte: str, begun: float, server: subprocess.Popen[bytes], log: Path) -> float:
    """Seconds until the page holds a text. Raises ``Echec``."""
    while texte not in _get(page):
        if server.poll() is not None or time.perf_counter() - begun > _PATIENCE:
            raise Echec(f"L’aperçu ne montre pas « {texte} ».\n{log.read_text('utf-8', errors='replace')[-2000:]}")
        time.sleep(_PAS)
    return time.perf_counter() - begun


def _get(page: str) -> str:
    """The page, or nothing while it is not there."""
    try:
        with urllib.request.urlopen(page, timeout=_PATIENCE) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return ""


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
