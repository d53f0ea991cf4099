"""The blank Word form of a campaign, from its description: what is sent out is what ``import`` reads back.

Word documents that people of every ability read, the same bytes each time: what a form and a synthesis share.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import count, groupby
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from inspiractions.model.questionnaire import PARTIES, FormBlock, Questionnaire

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


_RANGEES = ("bandeau", "ligne", "groupe", "case")
_COLONNES = (6.0, LARGEUR - 6.0)
# Where a group of questions shares the cell on the left.
_TROIS = (6.0, 4.0, LARGEUR - 10.0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_FONTE = '<w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'


def make_vierge(form: Questionnaire) -> bytes:
    """The ``.docx``; the same form gives the same bytes."""
    return octets(_BlankFormWriter(form).document)


class _BlankFormWriter:
    """Writes the blocks of a form, in order."""

    def __init__(self, form: Questionnaire) -> None:
        self.form = form
        self.document = nouveau(form.titre, form.pied)
        self.cases, self.numeros = count(1), count(1)
        self.colonnes: tuple[float, ...] = _COLONNES
        for nom in PARTIES:
            if nom == "repondants":
                self._repondants(form.parties.get(nom, ()))
            else:
                self._suite(form.parties.get(nom, ()))

    def _suite(self, blocs: tuple[FormBlock, ...]) -> None:
        for en_table, group in groupby(blocs, lambda bloc: bloc.genre in _RANGEES):
            together = list(group)
            if en_table:
                self._table(together)
            else:
                for bloc in together:
                    self._bloc(self.document, bloc)

    def _table(self, blocs: list[FormBlock]) -> None:
        self.colonnes = _TROIS if any(bloc.rangees for bloc in blocs) else _COLONNES
        table = tableau(self.document, self._nom(blocs[0]), self.colonnes)
        for bloc in blocs:
            self._rangee(table, bloc)
        self._respiration()

    @staticmethod
    def _nom(bloc: FormBlock) -> str:
        first = next(bloc.demandes(), bloc)
        return f"Questions, à partir de « {bloc.titre or first.titre} »"

    def _respiration(self) -> None:
        # Word joins tables that nothing parts.
        self.document.add_paragraph().paragraph_format.space_after = 0

    def _rangee(self, table: Table, bloc: FormBlock) -> None:
        if bloc.genre == "bandeau":
            cell = self._large(table, entete=not table.rows)
            teinter(cell)
            _premier(cell).style = "Heading 2"
            ecrire(_premier(cell), bloc.texte, gras=True)
        elif bloc.genre == "case":
            self._remplir(self._large(table), bloc.blocs)
        elif bloc.genre == "ligne":
            self._ligne(table, bloc)
        elif bloc.rangees:
            rows = [rangee(table, self.colonnes) for _ in bloc.blocs]
            for (_, label, _), inner in zip(rows, bloc.blocs, strict=True):
                self._libelle(label, inner)
            left = rows[0][0].merge(rows[-1][0])
            self._libelle(left, bloc)
        else:
            left, right = self._paire(table)
            self._libelle(left, bloc)
            self._remplir(right, bloc.blocs)

    def _ligne(self, table: Table, bloc: FormBlock) -> None:
        if bloc.longue and self.form.disposition == "pleine-largeur":
            self._libelle(self._large(table), bloc)
            answer = self._large(table)
        else:
            left, answer = self._paire(table)
            self._libelle(left, bloc)
        for _ in range(bloc.lignes_vides - 1):
            answer.add_paragraph()

    def _paire(self, table: Table) -> tuple[_Cell, _Cell]:
        """A row: where the label goes, where the answer goes."""
        first, second, *rest = rangee(table, self.colonnes)
        return first, second.merge(rest[-1]) if rest else second

    def _large(self, table: Table, entete: bool = False) -> _Cell:
        cells = rangee(table, self.colonnes, entete)
        merged: _Cell = cells[0].merge(cells[-1])
        return merged

    @staticmethod
    def _libelle(cell: _Cell, bloc: FormBlock) -> None:
        teinter(cell)
        paragraph = _premier(cell)
        if bloc.puce:
            paragraph.style = "List Bullet"
        ecrire(paragraph, bloc.texte, gras=bloc.gras or bloc.genre == "groupe")

    def _remplir(self, cell: _Cell, blocs: tuple[FormBlock, ...]) -> None:
        for bloc in blocs:
            self._bloc(cell, bloc)
        _oter_le_premier(cell)

    def _bloc(self, place: Document | _Cell, bloc: FormBlock) -> None:
        if bloc.genre == "titre":
            self._titre(bloc)
        elif bloc.genre == "texte":
            paragraph = place.add_paragraph()
            ecrire(paragraph, bloc.texte, bloc.gras, bloc.italique)
            if bloc.centre:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif bloc.genre == "liste":
            for item in bloc.items:
                ecrire(place.add_paragraph(style="List Bullet"), item)
        elif bloc.genre == "espace":
            _vides(place, int(bloc.texte))
        elif bloc.genre == "encadre":
            self._encadre(bloc)
        elif bloc.genre == "choix":
            self._choix(place, bloc)
        elif bloc.genre == "partenaires":
            self._partenaires(bloc)
        else:
            self._question(place, bloc)

    def _titre(self, bloc: FormBlock) -> None:
        paragraph = self.document.add_heading("", bloc.niveau)
        ecrire(paragraph, bloc.texte)
        paragraph.paragraph_format.page_break_before = bloc.nouvelle_page or None

    def _question(self, place: Document | _Cell, bloc: FormBlock) -> None:
        paragraph = place.add_paragraph(style="Heading 2" if bloc.genre == "nom" else None)
        number = f"{next(self.numeros)}. " if bloc.numero else ""
        ecrire(paragraph, f"{number}{bloc.texte}", gras=bloc.gras)
        if not bloc.lignes_vides and bloc.genre == "question":
            paragraph.add_run(" ")
        _vides(place, 3 if bloc.genre == "photos" else bloc.lignes_vides)

    def _encadre(self, bloc: FormBlock) -> None:
        table = tableau(self.document, "Encadré", (LARGEUR,))
        (cell,) = rangee(table, (LARGEUR,))
        self._remplir(cell, bloc.blocs)
        self._respiration()

    def _choix(self, place: Document | _Cell, bloc: FormBlock) -> None:
        ecrire(place.add_paragraph(), bloc.texte, gras=True)
        paragraph = place.add_paragraph() if bloc.en_ligne else None
        for option in bloc.options:
            line = paragraph or place.add_paragraph()
            line.paragraph_format.space_after = 0
            self._case(line, option.libelle)
            ecrire(line, f" {option.libelle}{'.' * option.points}{'      ' * bloc.en_ligne}")

    def _case(self, paragraph: Paragraph, libelle: str) -> None:
        """A box that Word ticks with a click."""
        control = parse_xml(
            f'<w:sdt xmlns:w="{_W}" xmlns:w14="{_W14}"><w:sdtPr>{_FONTE}<w:alias/><w:id w:val="{next(self.cases)}"/>'
            '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r>{_FONTE}<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
        )
        # What a screen reader says of the box; Word keeps 64 characters.
        control.find(f".//{{{_W}}}alias").set(f"{{{_W}}}val", libelle[:64])
        paragraph._p.append(control)

    def _partenaires(self, bloc: FormBlock) -> None:
        widths = (LARGEUR / len(bloc.items),) * len(bloc.items)
        table = tableau(self.document, bloc.titre, widths)
        for cell, words in zip(rangee(table, widths, entete=True), bloc.items, strict=True):
            teinter(cell)
            ecrire(_premier(cell), words, gras=True)
        for _ in range(bloc.lignes_vides):
            rangee(table, widths)
        self._respiration()

    def _repondants(self, blocs: tuple[FormBlock, ...]) -> None:
        if not blocs:
            return
        n = self.form.nombre_repondants
        beside = self.form.disposition_repondants == "cote-a-cote"
        widths = (LARGEUR / n,) * n if beside else (LARGEUR,)
        table = tableau(self.document, "Coordonnées des répondants", widths)
        for cell in self._cellules(table, widths, 1 if beside else n):
            self._remplir(cell, blocs)
        self._respiration()

    @staticmethod
    def _cellules(table: Table, widths: tuple[float, ...], rows: int) -> Iterator[_Cell]:
        for _ in range(rows):
            yield from rangee(table, widths)


def _premier(cell: _Cell) -> Paragraph:
    first: Paragraph = cell.paragraphs[0]
    return first


def _vides(place: Document | _Cell, n: int) -> None:
    for _ in range(n):
        place.add_paragraph()


def _oter_le_premier(cell: _Cell) -> None:
    """The empty paragraph that every new cell has, once something follows it."""
    first = _premier(cell)._p
    if len(cell.paragraphs) > 1:
        first.getparent().remove(first)
