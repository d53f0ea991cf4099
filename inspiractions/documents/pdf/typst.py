"""Prints documents with Typst, and keeps each under the hash of all it depends on. The only module that knows Typst."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from inspiractions.base import markdown, text
from inspiractions.base.file_store import FileStore
from inspiractions.base.paths import find
from inspiractions.base.problem import Stop
from inspiractions.documents.pdf import markdown_tree
from inspiractions.documents.pdf.document import PdfDocument
from inspiractions.documents.pdf.markdown_tree import soigner, to_inline_tree, to_tree

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
