"""Word documents that people of every ability read, the same bytes each time: what a form and a synthesis share."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

# Inside A4 with margins of 2 cm.
LARGEUR = 17.0
_JOUR = datetime(2024, 1, 1)
_HEURE = (2024, 1, 1, 0, 0, 0)
_ENCRE, _FOND = "1F3864", "E8EEF7"
_LIEN = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")


def nouveau(titre: str, pied: str = "") -> Document:
    """An empty A4 document in French, that names nobody; ``titre`` and ``pied`` are plain text."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.language = titre, "fr-FR"
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.created = core.modified = _JOUR
    core.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "fr-FR")
    _style(document, "Normal", 10.5, 4, 0)
    for nom, size, before in (("Title", 20, 0), ("Heading 1", 16, 12), ("Heading 2", 13, 10), ("Heading 3", 11.5, 8)):
        _style(document, nom, size, 6, before)
    if pied:
        section.footer.paragraphs[0].text = pied
    return document


def _style(document: Document, nom: str, size: float, after: float, before: float) -> None:
    style: Any = document.styles[nom]
    style.font.name, style.font.size = "Calibri", Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The fonts of the theme would win over the name.
    for key in [k for k in fonts.attrib if k.endswith("Theme")]:
        del fonts.attrib[key]
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(after), Pt(before)
    if nom != "Normal":
        style.font.color.rgb, style.font.bold = RGBColor.from_string(_ENCRE), True


def octets(document: Document) -> bytes:
    """The file; the same document gives the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = zipfile.ZipInfo(info.filename, _HEURE)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(info.filename))
    return out.getvalue()


def ecrire(paragraph: Paragraph, texte: str, gras: bool = False, italique: bool = False) -> None:
    """Add a text: a newline is a line break, ``[mots](adresse)`` a link."""
    at = 0
    for link in _LIEN.finditer(texte):
        _run(paragraph, texte[at : link.start()], gras, italique)
        _lien(paragraph, link[1], link[2], gras)
        at = link.end()
    _run(paragraph, texte[at:], gras, italique)


def _run(paragraph: Paragraph, texte: str, gras: bool, italique: bool) -> None:
    if texte:
        run = paragraph.add_run(texte)
        run.bold, run.italic = gras or None, italique or None


def _lien(paragraph: Paragraph, texte: str, url: str, gras: bool) -> None:
    link = OxmlElement("w:hyperlink")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link.set(qn("r:id"), paragraph.part.relate_to(url, kind, is_external=True))
    run = paragraph.add_run(texte)
    run.bold, run.underline = gras or None, True
    run.font.color.rgb = RGBColor.from_string("0B57A4")
    link.append(run._r)
    paragraph._p.append(link)


def tableau(document: Document, nom: str, largeurs: tuple[float, ...]) -> Table:
    """A table without rows, with borders; ``nom`` is what a screen reader says, ``largeurs`` are in cm."""
    table: Table = document.add_table(0, len(largeurs), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, largeurs, strict=True):
        column.width = Cm(width)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), nom)
    table._tbl.tblPr.append(caption)
    return table


def rangee(table: Table, largeurs: tuple[float, ...], entete: bool = False) -> tuple[_Cell, ...]:
    """A new row and its cells; ``entete``: repeated on each page, told as the heading of its columns."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    if entete:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, width in zip(row.cells, largeurs, strict=True):
        cell.width = Cm(width)
    return tuple(row.cells)


def teinter(cell: _Cell) -> None:
    """The ground of a label."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), _FOND)
    cell._tc.get_or_add_tcPr().append(shade)
