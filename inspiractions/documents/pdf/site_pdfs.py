"""Every PDF of the site: what is to be printed, on what it depends, and the printing on all cores where it pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from inspiractions.base.outputs import Batch, SiteFile
from inspiractions.base.parallel import can_lock, cores, end_with_parent
from inspiractions.documents.pdf.document import PdfDocument, PdfDocuments
from inspiractions.documents.pdf.recueils import Recueil, is_whole
from inspiractions.documents.pdf.typst import PdfError, TypstPrinter
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story.keys import Keys
from inspiractions.story.recit import Recits, chemin_du_pdf

# Starting a process costs what some ten récits cost.
_WORTH = 24
# How many PDFs that this build did not ask for the cache may hold for each one of the site.
_SLACK = 2


class SitePdfs:
    """The PDFs of a site, a batch each; ``cache`` is the folder where they are kept. ``site_url`` ends with ``/``."""

    def __init__(
        self,
        banque: Banque,
        recits: Recits,
        recueils: Iterable[Recueil],
        site_url: str,
        keys: Keys,
        cache: Path,
    ) -> None:
        self._root, self._cache, self._recits = banque.root, cache, recits
        self._documents = PdfDocuments(banque, recits, site_url)
        self._printer = TypstPrinter(banque.root, cache)
        self._makers: dict[str, Callable[[], PdfDocument]] = {}
        self.batches: list[Batch] = []
        for action in banque.actions:
            key = keys.recit(action, recits)
            self._add(chemin_du_pdf(action), keys.key(key), partial(self._recit, action))
        for recueil in recueils:
            if recueil.actions:
                contents = (keys.recit(action, recits) for action in recueil.actions)
                key = keys.key(recueil.titre, recueil.introduction, *contents)
                make = self._documents.recueil if is_whole(recueil.actions) else self._documents.annuaire
                self._add(recueil.pdf, key, partial(make, recueil))

    def print(self, batches: Sequence[Batch]) -> None:
        """Print some batches into the cache, where these are so many that several processes pay, and may work. Raises ``PdfError``, ``OSError``."""
        documents = [self._makers[batch.name]() for batch in batches]
        missing = [document for document in documents if not self._printer.has(document)]
        if cores() > 1 and len(missing) >= _WORTH and can_lock():
            # The longest first, so that none is left alone at the end.
            try:
                _print_at_once(self._root, self._cache, sorted(missing, key=lambda document: -document.recits))
            except PdfError:
                # A recueil fails of one of its récits: this one is told, by its file.
                for document in missing:
                    if document.source:
                        self._printer.pdf(document)
                raise

    def sweep(self) -> None:
        """Keep the cache from growing for ever."""
        self._printer.sweep(_SLACK * len(self.batches))

    def _add(self, chemin: str, key: bytes, document: Callable[[], PdfDocument]) -> None:
        self._makers[chemin] = document
        self.batches.append(Batch(chemin, key, lambda: [SiteFile(chemin, self._printer.pdf(document()))]))

    def _recit(self, action: Action) -> PdfDocument:
        return self._documents.recit(self._recits.of(action))


def _print_at_once(root: Path, cache: Path, documents: Iterable[PdfDocument]) -> None:
    try:
        with ProcessPoolExecutor(cores(), get_context("spawn"), initializer=end_with_parent) as pool:
            for _ in pool.map(partial(_print, root, cache), documents):
                pass
    except BrokenProcessPool as error:
        raise PdfError("le système a arrêté une impression (mémoire insuffisante ?) : recommencez.") from error


def _print(root: Path, cache: Path, document: PdfDocument) -> None:
    """In another process: what is printed comes back by the cache."""
    TypstPrinter(root, cache).pdf(document)
