"""A local server over the built site, at the root and again under a sub-path, with a strict Content-Security-Policy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from inspiractions.exports.host import CSP

SOUS_CHEMIN = "/sous/chemin/"


class _Handler(SimpleHTTPRequestHandler):
    politique = CSP

    def translate_path(self, path: str) -> str:
        if path.startswith(SOUS_CHEMIN):
            path = path.removeprefix(SOUS_CHEMIN.rstrip("/"))
        return super().translate_path(path)

    def end_headers(self) -> None:
        if self.politique:
            self.send_header("Content-Security-Policy", self.politique + ("*" if "/embed/" in self.path else "'none'"))
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def list_directory(self, _: Any) -> None:
        """No listing: a folder without a page is a dead address."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: object) -> None:
        """Silent."""


class _Partenaire(_Handler):
    """Another site, with no policy of its own."""

    politique = ""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that closes a connection early is no fault of the site."""


@contextmanager
def serve(site: Path, partenaire: bool = False) -> Iterator[str]:
    """Serve a built site, or the folder of another site; yields its address, without a slash at the end."""
    handler = _Partenaire if partenaire else _Handler
    server = _Server(("127.0.0.1", 0), lambda *args: handler(*args, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
