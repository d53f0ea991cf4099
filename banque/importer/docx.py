"""Read a ``.docx`` into a ``WordDocument``: insertions accepted, deletions gone, boxes and fields as the reader sees them.

Check boxes of every kind (content control, form field, Wingdings) become ☐ or ☒, so that the rest knows only text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from banque.importer.archive import Archive, Refus
from banque.importer.document import Cellule, Morceau, Paragraphe, Tableau, WordBlock, WordDocument
from banque.importer.numerotation import Numerotation
from banque.importer.symboles import symbole, symboles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1],
    "http://purl.oclc.org/ooxml/drawingml/main": _A[1:-1],
}
_STRICT_RE = re.compile("|".join(map(re.escape, _STRICT)))
# Deleted or moved away; what belongs to the look of a run or of a field.
_GONE = {W + t for t in ("del", "moveFrom", "rPr", "pPr", "tblPr", "tblGrid", "tcPr", "trPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "annotationRef")}  # fmt: skip


def read_docx(path: Path) -> WordDocument:
    """Raises ``Refus``."""
    with Archive(path) as archive:
        principal = archive.principal
        reader = _DocxReader(archive, principal)
        root = archive.xml(principal)
        if etree.QName(root).namespace in _STRICT:
            root = etree.fromstring(_STRICT_RE.sub(lambda m: _STRICT[m[0]], etree.tostring(root, encoding="unicode")))
        body = root.find(W + "body")
        if body is None:
            raise Refus("le document n’a pas de texte : enregistrez-le de nouveau en « .docx » depuis Word.")
        blocs = tuple(reader.blocs(body))
        return WordDocument(
            blocs,
            reader.annexe("comments", "comment"),
            {**reader.annexe("footnotes", "footnote"), **{f"fin-{k}": v for k, v in reader.annexe("endnotes", "endnote").items()}},
            {nom: partial(_read_image, path, nom) for nom in reader.images},
            tuple(dict.fromkeys(reader.avis)),
        )  # fmt: skip


def _read_image(path: Path, nom: str) -> bytes:
    with Archive(path) as archive:
        return archive.read(nom, 30_000_000)


class _DocxReader:
    """Walks the tree once, in order; holds what spans paragraphs: fields and the ranges of comments."""

    def __init__(self, archive: Archive, nom: str) -> None:
        self.archive = archive
        self.relations = archive.relations(nom)
        self.numerotation = Numerotation(archive, self.relations)
        self.images: dict[str, None] = {}
        self.avis: list[str] = []
        self._ouverts: list[str] = []
        self._champs: list[dict[str, str]] = []
        self._encadres: list[WordBlock] = []

    def annexe(self, kind: str, tag: str) -> dict[str, str]:
        """The text of each comment or note, by id."""
        names = [t for k, t, outside in self.relations.values() if k == kind and not outside and t in self.archive.noms]
        found = {}
        for nom in names[:1]:
            for item in self.archive.xml(nom).iter(W + tag):
                if item.get(W + "type") in (None, "normal"):
                    texts = ("".join(m.texte for m in self._runs(p, False, "")) for p in item.iter(W + "p"))
                    found[str(item.get(W + "id"))] = "\n".join(t.strip() for t in texts if t.strip())
        return found

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
            elif _is_placeholder(item):
                continue
            elif item.tag == _MC + "AlternateContent":
                yield from self.blocs(_alternative(item))
            elif isinstance(item.tag, str) and item.tag not in _GONE:
                self._comment(item)
                yield from self.blocs(item)
        yield from [Paragraphe(pending)] * bool(pending)

    def _tableau(self, table: etree._Element) -> Tableau:
        rows = []
        for row in _inside(table, "tr", "tbl"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = []
            for cell in _inside(row, "tc", "tr"):
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
            if not isinstance(tag, str) or tag in _GONE:
                continue
            if tag == W + "r":
                look = item.find(W + "rPr")
                yield from self._content(item, bold or _is_bold(look), link, _font(look))
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
                elif not _is_placeholder(item):
                    yield from self._runs(item, bold, link)
            elif tag == W + "p":
                yield self._run("\n", bold, link)
                yield from self._runs(item, bold, link)
            elif tag == W + "fldSimple":
                yield from self._runs(item, bold, _address(item.get(W + "instr", "")) or link)
            elif tag == _M + "t":
                yield self._run(item.text or "", bold, link)
            elif tag == _MC + "AlternateContent":
                yield from self._runs(_alternative(item), bold, link)
            else:
                self._comment(item)
                yield from self._runs(item, bold, link)

    def _content(self, run: etree._Element, bold: bool, link: str, font: str) -> Iterator[Morceau]:
        for item in run:
            tag = item.tag
            if tag == W + "fldChar":
                yield from self._field(item, bold, link)
            elif tag == W + "instrText":
                if self._champs:
                    self._champs[-1]["code"] += item.text or ""
            elif self._champs and self._champs[-1]["etat"] == "code":
                continue
            elif tag == W + "t":
                here = self._champs[-1].get("lien", "") if self._champs else ""
                text = item.text or ""
                yield self._run(symboles(text, font), bold, here or link)
            elif tag in (W + "br", W + "cr"):
                yield self._run("\n", bold, link)
            elif tag in (W + "tab", W + "ptab"):
                yield self._run(" ", bold, link)
            elif tag == W + "noBreakHyphen":
                yield self._run("-", bold, link)
            elif tag == W + "sym":
                yield self._run(symbole(int(item.get(W + "char", "0"), 16), item.get(W + "font", "")), bold, link)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                prefix = "fin-" if tag == W + "endnoteReference" else ""
                yield Morceau(note=prefix + str(item.get(W + "id")), commentaires=tuple(self._ouverts))
            elif tag == _MC + "AlternateContent":
                yield from self._drawing(_alternative(item))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                yield from self._drawing(item)
            elif tag == W + "ruby":
                yield from self._runs(item, bold, link)

    def _field(self, item: etree._Element, bold: bool, link: str) -> Iterator[Morceau]:
        kind = item.get(W + "fldCharType")
        if kind == "begin":
            box, drop = item.find(f"{W}ffData/{W}checkBox"), item.find(f"{W}ffData/{W}ddList")
            self._champs.append({"etat": "code", "code": ""})
            if box is not None:
                self._champs[-1]["case"] = "☒" if _ticked(box) else "☐"
            if drop is not None:
                chosen = drop.find(W + "result")
                entries = [str(e.get(W + "val")) for e in drop.iter(W + "listEntry")]
                at = int(chosen.get(W + "val", "0")) if chosen is not None else 0
                self._champs[-1]["case"] = entries[at] if at < len(entries) else ""
        elif self._champs and kind == "separate":
            self._champs[-1]["etat"] = "resultat"
            self._champs[-1]["lien"] = _address(self._champs[-1]["code"])
        elif self._champs and kind == "end":
            field = self._champs.pop()
            if field.get("case"):
                yield self._run(field["case"], bold, link)

    def _drawing(self, item: etree._Element) -> Iterator[Morceau]:
        """Pictures; the text of text boxes is set aside, to follow the paragraph."""
        for inner in item.iter():
            if inner.tag in (_A + "blip", _V + "imagedata"):
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
                found = list(self.blocs(inner))
                self._champs, self._encadres = fields, [*aside, *found, *self._encadres]
            elif inner.tag in _NOT_READ:
                self.avis.append(f"{_NOT_READ[inner.tag]} n’a pas pu être repris : voyez le document.")

    def _comment(self, item: etree._Element) -> None:
        if item.tag == W + "commentRangeStart":
            self._ouverts.append(str(item.get(W + "id")))
        elif item.tag == W + "commentRangeEnd" and (number := str(item.get(W + "id"))) in self._ouverts:
            self._ouverts.remove(number)

    def _run(self, text: str, bold: bool, link: str) -> Morceau:
        return Morceau(text, bold, link, commentaires=tuple(self._ouverts))


_INVITATION = re.compile(r"(cliquez|appuyez|choisissez|sélectionnez|entrez|saisissez|click|choose|tap|enter)\b", re.I)
_NOT_READ = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "un graphique",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "un schéma (SmartArt)",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "un objet incorporé",
}


def _inside(parent: etree._Element, tag: str, own: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, through content controls and insertions, not those of a nested table."""
    for item in parent:
        if item.tag == W + tag:
            yield item
        elif isinstance(item.tag, str) and item.tag not in _GONE and item.tag != W + own:
            yield from _inside(item, tag, own)


def _alternative(item: etree._Element) -> etree._Element:
    """The choice that a recent Word shows, or the fallback where the choice holds nothing to read."""
    options = [*item.findall(_MC + "Choice"), *item.findall(_MC + "Fallback")]
    readable = (W + "t", _A + "blip", W + "txbxContent", _V + "imagedata")
    for option in options:
        if next(option.iter(*readable), None) is not None:
            return option
    return options[0] if options else item


def _is_placeholder(item: etree._Element) -> bool:
    """Whether a content control still shows its invitation (« Cliquez ou appuyez ici pour entrer du texte »)."""
    if item.tag != W + "sdt" or item.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    text = "".join(t.text or "" for t in item.iter(W + "t"))
    return not text.strip() or bool(_INVITATION.match(text.strip()))


def _is_bold(look: etree._Element | None) -> bool:
    bold = look.find(W + "b") if look is not None else None
    return bold is not None and bold.get(W + "val", "1") not in ("0", "false", "off")


def _font(look: etree._Element | None) -> str:
    fonts = look.find(W + "rFonts") if look is not None else None
    return "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""


def _ticked(box: etree._Element) -> bool:
    state = box.find(W + "checked")
    state = box.find(W + "default") if state is None else state
    return state is not None and state.get(W + "val", "1") not in ("0", "false", "off")


def _address(code: str) -> str:
    """``HYPERLINK "https://…"`` → the address."""
    found = re.match(r'\s*HYPERLINK\s+"([^"]*)"', code, re.I)
    return found[1] if found else ""
