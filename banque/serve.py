"""Live preview: builds, serves, and builds again when content, templates, pages or code change.

The server is MkDocs' own (reload in the browser, debounce); the site it shows is the one that ``build`` swaps in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from banque.racine import MAISON, find

WATCHED = ("actions", "dossiers", "vocabulaire", "referentiels", "docs", "templates", "mkdocs.yml")


def serve(root: Path, site: Path, host: str, port: int, rebuild: Callable[[], None]) -> None:
    """Serve ``site`` until interrupted; ``rebuild`` must say by itself what it finds wrong, and not raise."""
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site), mount_path="/")
    for name in WATCHED:
        server.watch(str(find(root, name)))
    server.watch(str(MAISON / "banque"))
    server.serve()  # type: ignore[no-untyped-call]
