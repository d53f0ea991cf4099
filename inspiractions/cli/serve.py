"""Live preview: serves the site, and has it built again when content, templates, pages or code change.

The server is MkDocs' own (polling, debounce, reload in the browser); the site it shows is the one that ``build`` swaps in. What
is wrong stands over the last good page. Nothing of that is in the site: the pages get it as they are served.
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

from inspiractions.base.digests import FOUNDATION
from inspiractions.base.files import CODE, layers

WATCHED = sorted({"actions", "dossiers", "docs", "permaliens.txt", *FOUNDATION})
_PROBLEM = re.compile(r"(.+?):(\d+): (.+)")
# The pages forbid what is not a file of their own server (Content-Security-Policy); MkDocs would write its script into them.
_STYLE, _SCRIPT = "/livereload/apercu.css", re.compile(r"/livereload/(\d+)\.js")
_CSS = """
#apercu-fautes { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; padding: 1rem 1.5rem;
  background: #fff; color: #1b1b1b; border-top: 6px solid #b3261e; box-shadow: 0 0 2rem #0008; font: 16px/1.5 sans-serif; }
#apercu-fautes h2 { margin: 0 0 .5rem; font: bold 18px/1.4 sans-serif; color: #8c1d18; }
#apercu-fautes p { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { #apercu-fautes { display: none; } }
"""


class AddressRefused(Exception):
    """The system does not lend the address: why, and what to write."""


class Preview(LiveReloadServer):
    """Holds its port at once: one that is taken is told before anything is built. Raises ``AddressRefused``.

    ``rebuild`` makes the site anew and returns what kept it from it: lines, ``path:ligne: message`` where they can.
    """

    def __init__(self, root: Path, site: Path, host: str, port: int, rebuild: Callable[[], str]) -> None:
        super().__init__(builder=self._rebuild, host=host, port=port, root=str(site), mount_path="/")
        self._make, self._faults = rebuild, ""
        # Whatever happens to the process, none of its threads outlives it.
        self.serve_thread.daemon = True
        self.set_app(self._answer)
        try:
            super().server_bind()
            super().server_activate()
        except OSError as error:
            self.server_close()
            raise AddressRefused(_why(error, host, port)) from error
        for path in (*(path for name in WATCHED for path in layers(root, name)), CODE):
            if path.exists():
                self.watch(str(path))

    def run(self) -> None:
        """Serve until interrupted."""
        try:
            self.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            self.shutdown()

    def server_bind(self) -> None:
        """It is."""

    def server_activate(self) -> None:
        """It is."""

    def _rebuild(self) -> None:
        self._faults = self._make()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The site, and what the pages get beside it."""
        path = environ["PATH_INFO"]
        if path == _STYLE:
            kind, content = "text/css", _CSS.encode()
        elif asked := _SCRIPT.fullmatch(path):
            inline: bytes = super()._inject_js_into_html(b"", int(asked[1]))  # type: ignore[no-untyped-call]
            kind, content = "text/javascript", inline.removeprefix(b"<script>").removesuffix(b"</script>")
        else:
            return self.serve_request(environ, start_response)
        start_response("200 OK", [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(content)))])
        return [content]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """A page as it is served: ``epoch`` tells the version of the site that it is of."""
        beside = f'<script src="/livereload/{epoch}.js"></script>{_overlay(self._faults)}'.encode()
        body, end, rest = content.rpartition(b"</body>")
        return body + beside + end + rest if end else content + beside


def _overlay(faults: str) -> str:
    """What is wrong, as HTML; nothing where nothing is."""
    if not faults:
        return ""
    lines = "".join(f"<p>{_shown(line)}</p>" for line in faults.splitlines() if line.strip())
    return (
        f'<link rel="stylesheet" href="{_STYLE}"><aside id="apercu-fautes" role="alert" tabindex="0">'
        f"<h2>Le site n’a pas été refait ; cette page est la dernière qui était bonne.</h2>{lines}</aside>"
    )


def _shown(line: str) -> str:
    if problem := _PROBLEM.fullmatch(line):
        path, number, message = map(escape, problem.groups())
        return f"<strong>{path}, ligne {number}</strong> : {message}"
    return escape(line)


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        free = port + 1 if port < 65535 else port - 1
        return f"le port {port} est déjà pris, peut-être par un autre aperçu : finissez-le (Ctrl+C), ou écrivez --port {free}."
    if error.errno == errno.EACCES:
        return f"le système réserve le port {port} : écrivez --port 8000, ou un autre au-dessus de 1023."
    if isinstance(error, socket.gaierror) or error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
        return f"« {host} » n’est pas une adresse de cette machine : écrivez --hote 127.0.0.1."
    return f"impossible d’ouvrir {host}, port {port} (erreur {error.errno} du système) : écrivez un autre --port."
