"""``python -m bench.indexer nous|lunr CORPUS FOLDER``: make one index in a process of its own, print its processor seconds.

``pages`` writes the minimal HTML pages that Pagefind reads: it indexes them by its own command.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

from inspiractions.base.memo import Memo
from inspiractions.base.outputs import as_json
from inspiractions.exports.open_data import make_lunr
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque, load_banque
from inspiractions.model.facette import FACETTES
from inspiractions.search.index import make_search
from inspiractions.search.texts import weighted_texts
from inspiractions.story.keys import Keys

# The four facets that the explorer unfolds: each engine counts these.
_FACETTES = tuple(facette for facette in FACETTES if facette.cle in ("ages", "axes", "qpv", "thematiques"))


def main() -> None:
    """Read the bank, then time the index alone; the memory of the process is read from outside."""
    moteur, corpus, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    banque, _, problems = load_banque(corpus)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    folder.mkdir(parents=True, exist_ok=True)
    start, wall = time.process_time(), time.perf_counter()
    _MOTEURS[moteur](banque, folder)
    print(f"{time.process_time() - start:.3f} {time.perf_counter() - wall:.3f}")


def _nous(banque: Banque, folder: Path) -> None:
    for fichier in make_search(banque, (), Keys(banque, b""), Memo(None, b"")):
        (folder / fichier.name).write_bytes(fichier.content)


def _lunr(banque: Banque, folder: Path) -> None:
    (folder / "lunr.json.gz").write_bytes(gzip.compress(make_lunr(banque).encode(), 6))
    # lunr has no facets: a page that counts them must bring them.
    facettes = {a.id: [facette.ids(a) for facette in _FACETTES] for a in banque.actions}
    (folder / "facettes.json.gz").write_bytes(gzip.compress(as_json(facettes), 6))


def _pages(banque: Banque, folder: Path) -> None:
    for action in banque.actions:
        (folder / f"{action.id}.html").write_text(_page(action, banque), "utf-8")


def _page(action: Action, banque: Banque) -> str:
    """Title, then every text that our own index reads."""
    filtres = "".join(
        f'<meta data-pagefind-filter="{facette.cle}[content]" content="{identifiant}">'
        for facette in _FACETTES
        for identifiant in facette.ids(action)
    )
    titre, *textes = (escape(champ.texte) for champ in weighted_texts(action, banque))
    body = "".join(f"<p>{texte}</p>" for texte in textes if texte)
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{titre}</title></head>'
        f"<body><main data-pagefind-body>{filtres}<h1>{titre}</h1>{body}</main></body></html>"
    )


_MOTEURS: Mapping[str, Callable[[Banque, Path], None]] = {"nous": _nous, "lunr": _lunr, "pages": _pages}


if __name__ == "__main__":
    main()
