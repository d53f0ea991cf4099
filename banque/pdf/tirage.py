"""Every PDF of the site: what is to be printed, then printed on all cores where it pays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from banque.banque import Banque
from banque.page import Fichier
from banque.pdf.document import Document, Documents
from banque.pdf.presse import PdfError, Presse
from banque.pdf.recueils import MAX_RECITS, Recueil
from banque.recit import Recits

# Starting a process costs what some ten récits cost.
_WORTH = 24


def make_documents(
    banque: Banque, recits: Recits, recueils: Iterable[Recueil], site_url: str
) -> Mapping[str, Document]:
    """The documents of the site, by address of their PDF."""
    documents = Documents(banque, recits, site_url)
    found = {recit.pdf: documents.recit(recit) for recit in recits}
    return found | {r.pdf: documents.recueil(r) for r in recueils if 0 < len(r.actions) <= MAX_RECITS}


def print_all(root: Path, cache: Path, documents: Mapping[str, Document]) -> Iterator[Fichier]:
    """Each document as a file of the site; then the cache holds these alone. Raises ``PdfError``, ``OSError``."""
    presse = Presse(root, cache)
    missing = [document for document in documents.values() if not presse.has(document)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores > 1 and len(missing) >= _WORTH:
        # The longest first, so that none is left alone at the end.
        _print_at_once(root, cache, sorted(missing, key=lambda document: -document.recits), cores)
    for chemin, document in documents.items():
        yield Fichier(chemin, presse.pdf(document))
    presse.sweep()


def _print_at_once(root: Path, cache: Path, documents: Iterable[Document], cores: int) -> None:
    try:
        with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_end_with_parent) as pool:
            for _ in pool.map(partial(_print, root, cache), documents):
                pass
    except BrokenProcessPool as error:
        raise PdfError("le système a arrêté une impression (mémoire insuffisante ?) : recommencez.") from error


def _end_with_parent() -> None:
    """A process that waits for work does not see that whoever gave it was killed: it would wait for ever."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _print(root: Path, cache: Path, document: Document) -> None:
    """In another process: what is printed comes back by the cache."""
    Presse(root, cache).pdf(document)
