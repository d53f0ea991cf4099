"""The explorer: the page where the whole bank is searched and filtered, by ``docs/assets/js/explorer/page.js``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from inspiractions.base.outputs import Cadre, Page
from inspiractions.base.paths import find
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.pages.lists import newest
from inspiractions.theme.figures.carte import Carte
from inspiractions.theme.templates import Gabarits

_SCRIPT = "assets/js/explorer/page.js"
# Not the import("…") of a JSDoc type, which stands in braces.
_IMPORT = re.compile(r'^import [^;"]* from "(\.{1,2}/[^"]+)"|(?<= )import\("(\.{1,2}/[^"]+)"\)', re.M)


def make_explorer(banque: Banque, gabarits: Gabarits, carte: Carte, cadre: Cadre) -> Page:
    """``/explorer/``: the shell that the script fills, and without it the links to every index."""
    contenu = gabarits.render(
        "explorer",
        cadre=cadre,
        total=len(banque.actions),
        axes=list(banque.vocabulaires["axes"]),
        facettes=FACETTES,
        carte=carte,
    )
    tete = gabarits.render("explorer_tete", modules=sorted(_modules(find(banque.root, "docs"), _SCRIPT, set())))
    return Page(cadre.chemin, "explorer", cadre.titre, cadre.description, contenu, tete, newest(banque.actions))


def _modules(docs: Path, name: str, seen: set[str]) -> Iterator[str]:
    """A script and all that it imports: fetched side by side, not one after the other."""
    if name in seen:
        return
    seen.add(name)
    yield name
    for found in _IMPORT.finditer((docs / name).read_text("utf-8")):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1] or found[2]))
        yield from _modules(docs, target, seen)
