"""Live preview: serves the site, and has it built again when content, templates, pages or code change.

The server is MkDocs' own (polling, debounce, reload in the browser); the site it shows is the one that ``build`` swaps in. What
is wrong stands over the last good page. Nothing of that is in the site: the pages get it as they are served.
"""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from inspiractions.base.digests import FOUNDATION
from inspiractions.base.files import CODE, layers

if TYPE_CHECKING:
    from inspiractions.build.site import Early

WATCHED = sorted({"actions", "dossiers", "docs", "permaliens.txt", *FOUNDATION})
_PROBLEM = re.compile(r"(.+?):(\d+): (.+)")
# The pages forbid what is not a file of their own server (Content-Security-Policy); MkDocs would write its script into them.
_STYLE, _SCRIPT = "/livereload/apercu.css", re.compile(r"/livereload/(\d+)\.js")
_POLL = re.compile(r"/livereload/(\d+)/\d+")
# Seconds from one look at the files to the next: some 15 ms of a processor for 2,000 files.
_LOOK = 0.2
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

    ``rebuild`` makes the site anew and returns what kept it from it: lines, ``path:ligne: message`` where they can. It tells of the
    pages that changed as soon as they lie somewhere: these are shown at once.
    """

    def __init__(self, root: Path, site: Path, host: str, port: int, rebuild: Callable[[Early], str]) -> None:
        super().__init__(
            builder=self._rebuild, host=host, port=port, root=str(site), mount_path="/", polling_interval=_LOOK
        )
        self._make, self._faults = rebuild, ""
        # By address, the pages of a site that is still being made; the epoch that it will have.
        self._early: Mapping[str, Path] = {}
        self._next = self._wanted_epoch
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
        # The site in place stays whole until another takes its place: nobody needs to wait for that.
        with self._epoch_cond:
            self._next, self._wanted_epoch = self._wanted_epoch, self._visible_epoch
            self._epoch_cond.notify_all()
        self._faults = self._make(self._show)
        with self._epoch_cond:
            # Who was shown a page of this site needs no other, unless that site did not come to be.
            self._wanted_epoch = self._next + bool(self._early and self._faults)
            self._early = {}

    def _show(self, folder: Path, pages: Sequence[str]) -> None:
        """Let the browsers that show one of these pages see it as it lies in ``folder``."""
        with self._epoch_cond:
            self._faults = ""
            self._early = {f"/{page}": folder / page / "index.html" for page in pages}
            self._epoch_cond.notify_all()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The site, and what the pages get beside it."""
        path = environ["PATH_INFO"]
        if path == _STYLE:
            kind, content = "text/css", _CSS.encode()
        elif asked := _SCRIPT.fullmatch(path):
            inline: bytes = super()._inject_js_into_html(b"", int(asked[1]))  # type: ignore[no-untyped-call]
            kind, content = "text/javascript", inline.removeprefix(b"<script>").removesuffix(b"</script>")
        elif polled := _POLL.fullmatch(path):
            kind, content = "text/plain", str(self._newer(int(polled[1]), environ.get("HTTP_REFERER", ""))).encode()
        elif (page := self._early.get(path)) and (html := _read(page)):
            kind, content = "text/html", self._inject_js_into_html(html, self._next)
        else:
            return self.serve_request(environ, start_response)
        start_response("200 OK", [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(content)))])
        return [content]

    def _newer(self, epoch: int, referer: str) -> int:
        """Wait, a minute at most, for another version of a page than that of ``epoch``; the newest there is."""
        path = urlsplit(referer).path

        def newest() -> int:
            return int(self._next if path in self._early else self._visible_epoch)

        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: newest() > epoch, timeout=self.poll_response_timeout)
            return newest()

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """A page as it is served: ``epoch`` tells the version of the site that it is of."""
        beside = f'<script src="/livereload/{epoch}.js"></script>{_overlay(self._faults)}'.encode()
        body, end, rest = content.rpartition(b"</body>")
        return body + beside + end + rest if end else content + beside


def _read(page: Path) -> bytes | None:
    """Nothing where the folder took the place of the site meanwhile."""
    try:
        return page.read_bytes()
    except OSError:
        return None


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
