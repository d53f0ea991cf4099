"""Read a ``.docx``: insertions accepted, deletions gone, boxes and fields as the reader sees them.

Check boxes of every kind (content control, form field, Wingdings) become ☐ or ☒, so that the rest knows only text.


Signs set in Wingdings, as people see them: boxes, ticked or not, and bullets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import etree

from inspiractions.forms.reading.document import Cellule, Morceau, Paragraphe, Tableau, WordBlock, WordDocument
from inspiractions.forms.reading.docx_xml import (
    GONE,
    MC,
    W14,
    A,
    M,
    R,
    V,
    W,
    address,
    alternative,
    field_choice,
    font,
    inside,
    is_bold,
    is_placeholder,
    transitional,
)
from inspiractions.forms.reading.numbering import Numerotation
from inspiractions.forms.reading.package import Archive, Refus

# The signs of the Wingdings fonts that stand for a box.
_COCHE = {0x52, 0x53, 0x54, 0x55, 0x78, 0xFB, 0xFC, 0xFD, 0xFE}
_VIDE = {0x2A, 0x30, 0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA3, 0xA8}


def symboles(text: str, font: str) -> str:
    """Text set in Wingdings, or in its private characters, as signs."""
    if font.startswith("Wingdings"):
        return "".join(symbole(ord(c), font) if not c.isspace() else c for c in text)
    if any("\uf000" <= c <= "\uf0ff" for c in text):
        return "".join(symbole(ord(c), "Wingdings") if "\uf000" <= c <= "\uf0ff" else c for c in text)
    return text


def symbole(code: int, font: str) -> str:
    """The sign of a code in a font: ☒, ☐, a bullet, or itself."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF or code < 0x100 else 0
    if font.startswith("Wingdings") and low in _COCHE:
        return "☒"
    if font.startswith("Wingdings") and low in _VIDE:
        return "☐"
    if low == 0xB7:
        return "•"
    return chr(code) if code >= 0x20 and not 0xE000 <= code <= 0xF8FF and not font.startswith("Wingdings") else "•"


_NOT_READ = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "un graphique",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "un schéma (SmartArt)",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "un objet incorporé",
}
_SIGNS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-"}


def read_docx(path: Path) -> WordDocument:
    """Raises ``Refus``."""
    with Archive(path) as archive:
        principal = archive.principal
        reader = _DocxReader(archive, principal)
        root = transitional(archive.xml(principal))
        body = root.find(W + "body")
        if body is None:
            raise Refus("le document n’a pas de texte : enregistrez-le de nouveau en « .docx » depuis Word.")
        blocs = tuple(reader.blocs(body))
        comments, footnotes = reader.annexe("comments", "comment"), reader.annexe("footnotes", "footnote")
        endnotes = {f"fin-{number}": text for number, text in reader.annexe("endnotes", "endnote").items()}
        return WordDocument(
            blocs,
            commentaires=comments,
            notes=footnotes | endnotes,
            images={nom: partial(_read_image, path, nom) for nom in reader.images},
            avis=tuple(dict.fromkeys(reader.avis)),
        )


def _read_image(path: Path, nom: str) -> bytes:
    with Archive(path) as archive:
        return archive.read(nom, 30_000_000)


@dataclass
class _Field:
    """A field of Word, while it is read. ``shows``: its code is over; ``chosen``: its box, or the item of its list."""

    code: str = ""
    shows: bool = False
    link: str = ""
    chosen: str = ""


class _DocxReader:
    """Walks the tree once, in order; holds what spans paragraphs: fields and the ranges of comments."""

    def __init__(self, archive: Archive, nom: str) -> None:
        self.archive = archive
        self.relations = archive.relations(nom)
        self.numerotation = Numerotation(archive, self.relations)
        self.images: dict[str, None] = {}
        self.avis: list[str] = []
        self._ouverts: list[str] = []
        self._champs: list[_Field] = []
        self._encadres: list[WordBlock] = []

    def annexe(self, kind: str, tag: str) -> dict[str, str]:
        """The text of each comment or note, by id."""
        names = [t for k, t, outside in self.relations.values() if k == kind and not outside and t in self.archive.noms]
        texts_by_id = {}
        for nom in names[:1]:
            for item in self.archive.xml(nom).iter(W + tag):
                if item.get(W + "type") in (None, "normal"):
                    texts = ("".join(m.texte for m in self._runs(p, False, "")) for p in item.iter(W + "p"))
                    texts_by_id[str(item.get(W + "id"))] = "\n".join(t.strip() for t in texts if t.strip())
        return texts_by_id

    def blocs(self, parent: etree._Element) -> Iterator[WordBlock]:
        """The paragraphs and tables of a body or a cell. A paragraph whose mark was deleted goes on in the next one."""
        pending: tuple[Morceau, ...] = ()
        for item in parent:
            if item.tag == W + "p":
                look = item.find(W + "pPr")
                runs = (*pending, *self._runs(item, False, ""))
                encadres, self._encadres = self._encadres, []
                if look is not None and look.find(f"{W}rPr/{W}del") is not None:
                    pending = runs
                    yield from encadres
                    continue
                pending = ()
                yield Paragraphe(runs, *self.numerotation.of(look))
                yield from encadres
            elif item.tag == W + "tbl":
                yield self._tableau(item)
            elif item.tag == W + "altChunk":
                self.avis.append("un morceau de document inséré (altChunk) n’a pas pu être lu.")
            elif is_placeholder(item):
                continue
            elif item.tag == MC + "AlternateContent":
                yield from self.blocs(alternative(item))
            elif isinstance(item.tag, str) and item.tag not in GONE:
                self._comment(item)
                yield from self.blocs(item)
        yield from [Paragraphe(pending)] * bool(pending)

    def _tableau(self, table: etree._Element) -> Tableau:
        rows = []
        for row in inside(table, "tr", "tbl"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = []
            for cell in inside(row, "tc", "tr"):
                look = cell.find(W + "tcPr")
                fill = look.find(W + "shd") if look is not None else None
                merge = look.find(W + "vMerge") if look is not None else None
                coloured = fill is not None and (fill.get(W + "fill") or "auto").lower() not in ("auto", "ffffff")
                follows = merge is not None and merge.get(W + "val", "continue") == "continue"
                cells.append(Cellule(tuple(self.blocs(cell)), coloured, follows))
            rows.append(tuple(cells))
        return Tableau(tuple(rows))

    def _runs(self, parent: etree._Element, bold: bool, link: str) -> Iterator[Morceau]:
        """The runs of a paragraph, of a link, of an insertion…"""
        for item in parent:
            tag = item.tag
            if not isinstance(tag, str) or tag in GONE:
                continue
            if tag == W + "r":
                look = item.find(W + "rPr")
                yield from self._content(item, bold or is_bold(look), link, font(look))
            elif tag == W + "hyperlink":
                kind, target, outside = self.relations.get(item.get(R + "id", ""), ("", "", False))
                yield from self._runs(item, bold, target if kind == "hyperlink" and outside else link)
            elif tag == W + "sdt":
                box = item.find(f"{W}sdtPr/{W14}checkbox")
                if box is not None:
                    checked = box.find(W14 + "checked")
                    yield self._run(
                        "☒" if checked is not None and checked.get(W14 + "val") in ("1", "true") else "☐", bold, link
                    )
                elif not is_placeholder(item):
                    yield from self._runs(item, bold, link)
            elif tag == W + "p":
                yield self._run("\n", bold, link)
                yield from self._runs(item, bold, link)
            elif tag == W + "fldSimple":
                yield from self._runs(item, bold, address(item.get(W + "instr", "")) or link)
            elif tag == M + "t":
                yield self._run(item.text or "", bold, link)
            elif tag == MC + "AlternateContent":
                yield from self._runs(alternative(item), bold, link)
            else:
                self._comment(item)
                yield from self._runs(item, bold, link)

    def _content(self, run: etree._Element, bold: bool, link: str, font_name: str) -> Iterator[Morceau]:
        for item in run:
            if item.tag == W + "fldChar":
                yield from self._field(item, bold, link)
            elif item.tag == W + "instrText" and self._champs:
                self._champs[-1].code += item.text or ""
            elif not self._champs or self._champs[-1].shows:
                yield from self._shown(item, bold, link, font_name)

    def _shown(self, item: etree._Element, bold: bool, link: str, font_name: str) -> Iterator[Morceau]:
        """What one reads of an element of a run."""
        tag = item.tag
        if tag in _SIGNS:
            yield self._run(_SIGNS[tag], bold, link)
        elif tag == W + "t":
            here = self._champs[-1].link if self._champs else ""
            yield self._run(symboles(item.text or "", font_name), bold, here or link)
        elif tag == W + "sym":
            yield self._run(symbole(int(item.get(W + "char", "0"), 16), item.get(W + "font", "")), bold, link)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            prefix = "fin-" if tag == W + "endnoteReference" else ""
            yield Morceau(note=prefix + str(item.get(W + "id")), commentaires=tuple(self._ouverts))
        elif tag == MC + "AlternateContent":
            yield from self._drawing(alternative(item))
        elif tag in (W + "drawing", W + "pict", W + "object"):
            yield from self._drawing(item)
        elif tag == W + "ruby":
            yield from self._runs(item, bold, link)

    def _field(self, item: etree._Element, bold: bool, link: str) -> Iterator[Morceau]:
        kind = item.get(W + "fldCharType")
        if kind == "begin":
            self._champs.append(_Field(chosen=field_choice(item)))
        elif self._champs and kind == "separate":
            self._champs[-1].shows = True
            self._champs[-1].link = address(self._champs[-1].code)
        elif self._champs and kind == "end" and (chosen := self._champs.pop().chosen):
            yield self._run(chosen, bold, link)

    def _drawing(self, item: etree._Element) -> Iterator[Morceau]:
        """Pictures; the text of text boxes is set aside, to follow the paragraph."""
        for inner in item.iter():
            if inner.tag in (A + "blip", V + "imagedata"):
                reference = inner.get(R + "embed") or inner.get(R + "id") or ""
                _, target, outside = self.relations.get(reference, ("", "", True))
                if not outside and target in self.archive.noms:
                    self.images[target] = None
                    yield Morceau(image=target, commentaires=tuple(self._ouverts))
                else:
                    self.avis.append("une image est restée chez son auteur (lien externe) : demandez-la à la ville.")
            elif inner.tag == W + "txbxContent":
                fields, self._champs = self._champs, []
                aside, self._encadres = self._encadres, []
                boxed = list(self.blocs(inner))
                self._champs, self._encadres = fields, [*aside, *boxed, *self._encadres]
            elif inner.tag in _NOT_READ:
                self.avis.append(f"{_NOT_READ[inner.tag]} n’a pas pu être repris : voyez le document.")

    def _comment(self, item: etree._Element) -> None:
        if item.tag == W + "commentRangeStart":
            self._ouverts.append(str(item.get(W + "id")))
        elif item.tag == W + "commentRangeEnd" and (number := str(item.get(W + "id"))) in self._ouverts:
            self._ouverts.remove(number)

    def _run(self, text: str, bold: bool, link: str) -> Morceau:
        return Morceau(text, bold, link, commentaires=tuple(self._ouverts))
