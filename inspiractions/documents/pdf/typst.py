"""Prints documents with Typst, and keeps each under the hash of all it depends on. The only module that knows Typst.

Every PDF of the site: what is to be printed, on what it depends, and the printing on all cores where it pays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from functools import cached_property, partial
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from inspiractions.base import markdown, text
from inspiractions.base.files import find
from inspiractions.base.memo import FileStore
from inspiractions.base.outputs import Batch, SiteFile
from inspiractions.base.parallel import can_lock, cores, end_with_parent
from inspiractions.base.problem import Stop
from inspiractions.documents.pdf import markdown_tree
from inspiractions.documents.pdf.document import PdfDocument, PdfDocuments, Recueil, is_whole
from inspiractions.documents.pdf.markdown_tree import soigner, to_inline_tree, to_tree
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story.keys import Keys
from inspiractions.story.recit import Recits, chemin_du_pdf

if TYPE_CHECKING:
    from typst import Compiler

# What turns a Document into bytes, beside the template, the images and Typst itself (whose wheel holds the fonts): the code
# as this process loaded it, whatever the files say later.
_CODE = (__file__, markdown_tree.__file__, markdown.__file__, text.__file__)
_LOADED = b"".join(Path(name).read_bytes() for name in _CODE)
# Texts that are no text to read: addresses, pictures, words of the program.
_BRUTS = {"url", "montree", "licence", "chemin", "couleurs", "symboles", "symbole", "forme"}


class PdfError(Stop):
    """Typst refused a document: its name and why."""

    sentence = "PDF impossible : {}"


class TypstPrinter:
    """Prints for the content tree ``root``; ``cache`` is a folder of its own, made when needed."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._root = root
        self._store = FileStore(cache)
        self._template = find(root, "templates/pdf/document.typ").read_bytes()
        self._used: set[str] = set()

    def pdf(self, document: PdfDocument) -> bytes:
        """The PDF, from the cache where it is whole. Raises ``PdfError``, ``OSError``."""
        name = self._name(document)
        kept = self._store.read(name)
        if kept is None:
            kept = self._compile(document)
            self._store.keep(name, kept)
        return kept

    def has(self, document: PdfDocument) -> bool:
        """Whether the cache seems to hold it; ``pdf`` makes sure."""
        return self._store.has(self._name(document))

    def sweep(self, others: int) -> None:
        """Remove from the cache what was not asked for since this press was set up, but for the newest ``others``."""
        self._store.sweep(self._used, others)

    def _name(self, document: PdfDocument) -> str:
        name = sha256(self._base + document.empreinte).hexdigest()
        self._used.add(name)
        return name

    @cached_property
    def _base(self) -> bytes:
        digest = sha256(version("typst").encode())
        digest.update(self._template)
        digest.update(_LOADED)
        return digest.digest()

    def _compile(self, document: PdfDocument) -> bytes:
        # Here, not above, as in ``_compiler``: a build that prints nothing does without it.
        import typst

        jour = document.jour
        try:
            pdf = self._compiler.compile(
                self._template,
                format="pdf",
                sys_inputs={"donnees": json.dumps(_prepare(document.donnees), ensure_ascii=False)},
                pdf_standards="ua-1",
                timestamp=datetime(jour.year, jour.month, jour.day, tzinfo=UTC),
            )
        except typst.TypstError as error:
            place = f"{document.source}:1:" if document.source else f"{document.nom} :"
            raise PdfError(f"{place} ce PDF ne peut être composé, Typst dit « {error.message} ».") from error
        assert isinstance(pdf, bytes)
        return pdf

    @cached_property
    def _compiler(self) -> Compiler:
        """Takes the template from memory, the illustrations from the content, and the fonts from Typst, not the machine."""
        import typst

        fonts = typst.Fonts(include_system_fonts=False)
        return typst.Compiler(root=self._root, font_paths=fonts, ignore_system_fonts=True)


def _prepare(value: object) -> object:
    """The data as the template takes it: texts in French typography, Markdown as trees."""
    if isinstance(value, str):
        return soigner(value)
    if isinstance(value, list):
        return [_prepare(item) for item in value]
    if isinstance(value, dict):
        if "md" in value:
            if value.get("ligne"):
                return to_inline_tree(value["md"], value["adresse"])
            return to_tree(value["md"], value["adresse"], value.get("niveau", 3))
        return {key: item if key in _BRUTS else _prepare(item) for key, item in value.items()}
    return value


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
