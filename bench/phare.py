"""``python -m bench phare``: Lighthouse (from npm) on the built site, served as a host would: gzip, cache, policy."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.mesure import Echec

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_COLONNES = (
    "Page",
    "Appareil",
    "Performance",
    "Accessibilité",
    "Bonnes pratiques",
    "Référencement",
    "Octets reçus (Ko)",
)
_CHROME = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_TEXTS = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def main(site: Path, pages: Sequence[str]) -> int:
    """Print a row a page and a device; 1 where Lighthouse cannot run."""
    npm, chromium = shutil.which("npm"), os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not npm or not chromium or not (site / "index.html").is_file():
        print("Il faut npm, chromium et un site construit (make site) : rien n’a été mesuré.", file=sys.stderr)
        return 1
    print(f"| {' | '.join(_COLONNES)} |\n|---|---|{'---:|' * (len(_COLONNES) - 2)}")
    with tempfile.TemporaryDirectory(prefix="phare-") as folder, _serve(site) as address:
        install = [npm, "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", LIGHTHOUSE]
        subprocess.run(install, check=True)
        for page in pages:
            for device in ("mobile", "desktop"):
                try:
                    report = _run(Path(folder), f"{address}/{page}", device, chromium)
                except Echec as why:
                    print(why, file=sys.stderr)
                    return 1
                scores = [round(100 * report["categories"][c]["score"]) for c in CATEGORIES]
                received = report["audits"]["total-byte-weight"]["numericValue"] / 1000
                print(f"| /{page} | {device} | {' | '.join(map(str, scores))} | {received:.0f} |", flush=True)
                for audit in _failed(report):
                    print(f"/{page} ({device}) : {audit}", file=sys.stderr)
    return 0


def _run(folder: Path, url: str, device: str, chromium: str) -> dict[str, dict[str, Any]]:
    out = folder / "rapport.json"
    command = [
        str(folder / "node_modules" / ".bin" / "lighthouse"), url, "--quiet", "--output=json", f"--output-path={out}",
        f"--chrome-flags={_CHROME}", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    if device == "desktop":
        command.append("--preset=desktop")
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True)
    if done.returncode or not out.is_file():
        raise Echec(f"{url}\n{done.stderr[-2000:]}")
    audit: dict[str, dict[str, Any]] = json.loads(out.read_text("utf-8"))
    return audit


def _failed(report: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The audits that weigh in a score and are not whole."""
    for category in CATEGORIES:
        for ref in report["categories"][category]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{category}, {audit['id']} : {audit['score']} {audit.get('displayValue', '')}"


class _Handler(SimpleHTTPRequestHandler):
    """A static host: texts in gzip, everything kept by the browser for a day."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, zipped = path.read_bytes(), path.suffix in _TEXTS
        content = gzip.compress(content, 6) if zipped else content
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + ("; charset=utf-8" if zipped else ""))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "public, max-age=86400")
        self.send_header("Content-Security-Policy", _POLICY)
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def _serve(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Handler(*args, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
