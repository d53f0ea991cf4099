"""Every PDF of the site: what is to be printed, then printed on all cores where it pays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from banque.banque import Banque
from banque.pdf.document import Document, Documents
from banque.pdf.presse import Presse
from banque.pdf.recueils import MAX_RECITS, Recueil
from banque.recit import chemin_de

# Starting a process costs what some ten récits cost.
_WORTH = 24


def make_documents(banque: Banque, site_url: str, recueils: Iterable[Recueil]) -> Mapping[str, Document]:
    """The documents of the site by address of the page that they stand beside."""
    documents = Documents(banque, site_url)
    found = {recueil.chemin: documents.recueil(recueil) for recueil in recueils if len(recueil.actions) <= MAX_RECITS}
    return found | {chemin_de(action): documents.recit(action) for action in banque.actions}


def print_all(root: Path, cache: Path, documents: Mapping[str, Document]) -> Iterator[tuple[str, bytes]]:
    """Each address with its PDF; then the cache holds these alone. Raises ``PdfError``, ``OSError``."""
    presse = Presse(root, cache)
    missing = [document for document in documents.values() if not presse.has(document)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores > 1 and len(missing) >= _WORTH:
        with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
            # The longest first, so that none is left alone at the end.
            longest_first = sorted(missing, key=lambda document: -document.recits)
            for _ in pool.map(partial(_print, root, cache), longest_first):
                pass
    for chemin, document in documents.items():
        yield chemin, presse.pdf(document)
    presse.sweep()


def _print(root: Path, cache: Path, document: Document) -> None:
    """In another process: what is printed comes back by the cache."""
    Presse(root, cache).pdf(document)
