"""Read a ``.docx``: insertions accepted, deletions gone, boxes and fields as the reader sees them.

Check boxes of every kind (content control, form field, Wingdings) become ☐ or ☒, so that the rest knows only text. Words
that are struck, hidden, or stand outside the text (headers, footers) are set apart, to be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from lxml import etree

from inspiractions.base.text import INVISIBLE
from inspiractions.forms.reading.document import (
    Aside,
    Cellule,
    Morceau,
    Paragraphe,
    Tableau,
    WordBlock,
    WordDocument,
    sign,
    signs,
)
from inspiractions.forms.reading.docx_xml import (
    GONE,
    MC,
    W14,
    WP,
    A,
    M,
    Numerotation,
    R,
    V,
    W,
    address,
    alternative,
    emphasis,
    field_choice,
    font,
    inside,
    is_bold,
    is_placeholder,
    switch,
)
from inspiractions.forms.reading.package import MAX_LIGNES, MAX_SIGNES, TOO_LONG, Archive, Refus

_NOT_READ = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "un graphique",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "un schéma (SmartArt)",
    "{urn:schemas-microsoft-com:office:office}OLEObject": "un objet incorporé",
}
_SIGNS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_BLANKS = str.maketrans("\n\r", "  ")
_LINE_BREAKS = re.compile("[\u2028\u2029\x0b]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": None}
)
_PAGE = re.compile(r"(?:page\s*)?\d*\s*(?:(?:sur|/|de)\s*\d*)?", re.I)
_AUTOMATIC = re.compile(r"g[ée]n[ée]r[ée]e? (?:automatiquement|par l.IA)|automatically generated|AI-generated", re.I)
# More comments than this open at once is a fault of the file: their words stay, not the place they bear on.
_MAX_OPEN = 50
_STRUCK, _HIDDEN, _DELETED = "Texte barré", "Texte masqué", "Cellule supprimée (suivi des modifications)"
_MARGIN, _PICTURE = "En-tête ou pied de page", "Texte de remplacement d’une figure"


def read_docx(path: Path) -> WordDocument:
    """Raises ``Refus``."""
    with Archive(path) as archive:
        principal = archive.principal
        reader = _DocxReader(archive, principal)
        root = archive.xml(principal)
        _bound(root)
        body = root.find(W + "body")
        if body is None:
            raise Refus("le document n’a pas de texte : enregistrez-le de nouveau en « .docx » depuis Word.")
        blocs = tuple(reader.blocs(body))
        comments, footnotes = reader.annexe("comments", "comment"), reader.annexe("footnotes", "footnote")
        endnotes = {f"fin-{number}": text for number, text in reader.annexe("endnotes", "endnote").items()}
        reader.margins()
        return WordDocument(
            blocs,
            commentaires=comments,
            notes=footnotes | endnotes,
            images={nom: partial(_read_image, path, nom) for nom in reader.images},
            avis=tuple(dict.fromkeys(reader.avis)),
            asides=tuple(dict.fromkeys(reader.asides)),
            properties=_properties(archive),
        )


def _properties(archive: Archive) -> dict[str, str]:
    """The custom properties of a document (ECMA-376, part 1, § 22.3)."""
    name = "docProps/custom.xml"
    root = archive.xml(name) if name in archive.noms else None
    if root is None:
        return {}
    return {str(one.get("name")): "".join(map(str, one.itertext())).strip() for one in root if one.get("name")}


def _bound(root: etree._Element) -> None:
    """Raises ``Refus`` where a document is much longer than any form."""
    if sum(1 for _ in root.iter(W + "p", W + "br", W + "cr")) > MAX_LIGNES:
        raise Refus(TOO_LONG)
    if sum(len(t.text or "") for t in root.iter(W + "t")) > MAX_SIGNES:
        raise Refus(TOO_LONG)


def _read_image(path: Path, nom: str) -> bytes:
    with Archive(path) as archive:
        return archive.read(nom, 30_000_000)


def _clean(runs: tuple[Morceau, ...]) -> tuple[Morceau, ...]:
    """Composed characters (NFC), an accent alone joined to its letter; ligatures, soft hyphens, invisible signs gone."""
    clean: list[Morceau] = []
    for run in runs:
        text = run.texte
        # Somewhere in an accented letter, Word may begin a new run.
        accents = len(text) - len(text.lstrip("\u0300\u0301\u0302\u0308\u0327"))
        last = next((n for n in range(len(clean) - 1, -1, -1) if clean[n].texte), None)
        if accents and last is not None:
            clean[last] = replace(clean[last], texte=unicodedata.normalize("NFC", clean[last].texte + text[:accents]))
            text = text[accents:]
        if text and not text.isascii():
            text = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text)).translate(_LIGATURES)
        text = INVISIBLE.sub("", text)
        if text or not run.texte:
            clean.append(run if text == run.texte else replace(run, texte=text))
    return tuple(clean)


@dataclass
class _Field:
    """A field of Word, while it is read.

    ``shows``: its code is over; ``chosen``: its box, or the item of its list; ``within``: text that stands in its code,
    which nothing shows unless the field is broken.
    """

    code: str = ""
    shows: bool = False
    link: str = ""
    chosen: str = ""
    within: list[Morceau] = field(default_factory=list)


@dataclass(frozen=True)
class _Look:
    """What runs inherit: bold, the address behind them, how they stand out."""

    bold: bool = False
    link: str = ""
    relief: str = ""


class _DocxReader:
    """Walks the tree once, in order; holds what spans paragraphs: fields and the ranges of comments."""

    def __init__(self, archive: Archive, nom: str) -> None:
        self.archive = archive
        self.relations = archive.relations(nom)
        self.numerotation = Numerotation(archive, self.relations)
        self.images: dict[str, None] = {}
        self.avis: list[str] = []
        self.asides: list[Aside] = []
        self._open: tuple[str, ...] = ()
        self._champs: list[_Field] = []
        self._encadres: list[WordBlock] = []
        self._last_aside: etree._Element | None = None

    def _parts(self, *kinds: str) -> list[str]:
        """The names of the parts of a kind (« footnotes »…), each once."""
        names = [t for k, t, outside in self.relations.values() if k in kinds and not outside]
        return [nom for nom in dict.fromkeys(names) if nom in self.archive.noms]

    def annexe(self, kind: str, tag: str) -> dict[str, str]:
        """The text of each comment or note, by id."""
        texts_by_id: dict[str, str] = {}
        for nom in self._parts(kind)[:1]:
            root = self.archive.xml(nom)
            _bound(root)
            for item in root.iter(W + tag):
                if item.get(W + "type") in (None, "normal"):
                    texts_by_id[str(item.get(W + "id"))] = "\n".join(self._texts(item))
        return texts_by_id

    def margins(self) -> None:
        """Set apart what headers and footers say, page numbers aside."""
        for nom in self._parts("header", "footer"):
            root = self.archive.xml(nom)
            _bound(root)
            lines = (line for text in self._texts(root) for line in text.split("\n"))
            self.asides += [Aside(_MARGIN, line.strip()) for line in lines if not _PAGE.fullmatch(line.strip())]

    def _texts(self, root: etree._Element) -> list[str]:
        """The paragraphs of a part that is not the text, tables and text boxes included, as plain text."""
        self._open, self._champs = (), []
        blocs = list(self.blocs(root))
        texts: list[str] = []
        while blocs:
            bloc = blocs.pop(0)
            if isinstance(bloc, Paragraphe):
                texts += [text] if (text := bloc.texte.replace("\t", " ").strip()) else []
            else:
                blocs[:0] = [inner for rangee in bloc.rangees for cellule in rangee for inner in cellule.blocs]
        return texts

    def _paragraph(self, item: etree._Element) -> tuple[Morceau, ...]:
        """The runs of a paragraph. The code of a field does not go beyond: what a broken one would hide is kept."""
        runs = list(self._runs(item, _Look()))
        broken = [f for f in self._champs if not f.shows]
        if broken:
            self.avis.append(
                "un champ de Word est coupé en deux (suivi des modifications) : vérifiez la phrase où il était."
            )
            runs += [run for f in broken for run in f.within]
            self._champs = [f for f in self._champs if f.shows]
        return tuple(runs)

    def blocs(self, parent: etree._Element) -> Iterator[WordBlock]:
        """The paragraphs and tables of a body or a cell. A paragraph whose mark was deleted goes on in the next one."""
        pending: tuple[Morceau, ...] = ()
        for item in parent:
            if item.tag == W + "p":
                look = item.find(W + "pPr")
                runs = (*pending, *self._paragraph(item))
                encadres, self._encadres = self._encadres, []
                if look is not None and look.find(f"{W}rPr/{W}del") is not None:
                    pending = runs
                    yield from encadres
                    continue
                pending = ()
                yield Paragraphe(_clean(runs), *self.numerotation.of(look))
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
        yield from [Paragraphe(_clean(pending))] * bool(pending)

    def _tableau(self, table: etree._Element) -> Tableau:
        rows = []
        for row in inside(table, "tr", "tbl"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._aside(row, _DELETED)
                continue
            cells = []
            for cell in inside(row, "tc", "tr"):
                look = cell.find(W + "tcPr")
                if look is not None and look.find(W + "cellDel") is not None:
                    self._aside(cell, _DELETED)
                    continue
                fill = look.find(W + "shd") if look is not None else None
                merge = look.find(W + "vMerge") if look is not None else None
                coloured = fill is not None and (fill.get(W + "fill") or "auto").lower() not in ("auto", "ffffff")
                follows = merge is not None and merge.get(W + "val", "continue") == "continue"
                cells.append(Cellule(tuple(self.blocs(cell)), coloured, follows))
            rows.append(tuple(cells))
        return Tableau(tuple(rows))

    def _aside(self, item: etree._Element, place: str) -> None:
        """Set apart the text of an element that is not read."""
        for p in item.iter(W + "p"):
            text = "".join(t.text or "" for t in p.iter(W + "t")).strip()
            self.asides += [Aside(place, unicodedata.normalize("NFC", text))] if text else []

    def _runs(self, parent: etree._Element, look: _Look) -> Iterator[Morceau]:
        """The runs of a paragraph, of a link, of an insertion…"""
        for item in parent:
            tag = item.tag
            if tag in (W + "del", W + "moveFrom"):
                # The words are gone, but a field may begin here and end among words that stay.
                for mark in item.iter(W + "fldChar"):
                    yield from self._field(mark, look, gone=True)
            elif not isinstance(tag, str) or tag in GONE:
                continue
            elif tag == W + "r":
                yield from self._run_of_word(item, look)
            elif tag == W + "sdt" and (box := item.find(f"{W}sdtPr/{W14}checkbox")) is not None:
                checked = box.find(W14 + "checked")
                yield self._run("☒" if checked is not None and checked.get(W14 + "val") in ("1", "true") else "☐", look)
            elif is_placeholder(item):
                continue
            elif tag == W + "p":
                yield self._run("\n", look)
                yield from self._runs(item, look)
            elif tag == M + "t":
                yield self._run(item.text or "", look)
            else:
                self._comment(item)
                yield from self._runs(
                    alternative(item) if tag == MC + "AlternateContent" else item, self._behind(item, look)
                )

    def _behind(self, item: etree._Element, look: _Look) -> _Look:
        """The look of what a link holds; of anything else, that of what holds it."""
        link = ""
        if item.tag == W + "hyperlink":
            kind, target, outside = self.relations.get(item.get(R + "id", ""), ("", "", False))
            link = target if kind == "hyperlink" and outside else ""
        elif item.tag == W + "fldSimple":
            link = address(item.get(W + "instr", ""))
        return replace(look, link=link) if link else look

    def _run_of_word(self, run: etree._Element, look: _Look) -> Iterator[Morceau]:
        own = run.find(W + "rPr")
        run_look = replace(look, bold=look.bold or is_bold(own), relief=emphasis(own) or look.relief)
        runs = self._content(run, run_look, font(own))
        place = self._place(own)
        if not place:
            yield from runs
            return
        # Pictures and notes stay; words that nobody means to say are set apart, each row of runs as one text.
        for one in runs:
            if one.texte.strip():
                last = self.asides[-1] if self.asides else None
                follows = last is not None and last.place == place and run.getprevious() is self._last_aside
                text = unicodedata.normalize("NFC", one.texte)
                if follows and last is not None:
                    self.asides[-1] = Aside(place, last.text + text)
                else:
                    self.asides.append(Aside(place, text.strip()))
            elif not one.texte:
                yield one
        self._last_aside = run

    def _place(self, look: etree._Element | None) -> str:
        """Where the words of a run go that are not part of the text: those struck, those hidden; else nothing."""
        style = look.find(W + "rStyle") if look is not None else None
        for names, place in ((("vanish", "webHidden"), _HIDDEN), (("strike", "dstrike"), _STRUCK)):
            own = switch(look, *names)
            if own is None and style is not None:
                own = self.numerotation.of_style(str(style.get(W + "val")), *names)
            if own:
                return place
        return ""

    def _content(self, run: etree._Element, look: _Look, font_name: str) -> Iterator[Morceau]:
        for item in run:
            if item.tag == W + "fldChar":
                yield from self._field(item, look)
            elif item.tag == W + "instrText" and self._champs:
                self._champs[-1].code += item.text or ""
            elif all(f.shows for f in self._champs):
                yield from self._shown(item, look, font_name)
            elif not self._champs[-1].shows:
                self._champs[-1].within += self._shown(item, look, font_name)

    def _shown(self, item: etree._Element, look: _Look, font_name: str) -> Iterator[Morceau]:
        """What one reads of an element of a run."""
        tag = item.tag
        if tag in _SIGNS:
            yield self._run(_SIGNS[tag], look)
        elif tag == W + "t":
            here = self._champs[-1].link if self._champs else ""
            text = signs((item.text or "").translate(_BLANKS), font_name)
            yield self._run(text, replace(look, link=here) if here else look)
        elif tag == W + "sym":
            code = item.get(W + "char", "0")
            number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
            yield self._run(sign(number, item.get(W + "font", "")), look)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            prefix = "fin-" if tag == W + "endnoteReference" else ""
            yield Morceau(note=prefix + str(item.get(W + "id")), commentaires=self._open)
        elif tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
            yield from self._drawing(item, "")
        elif tag == W + "ruby":
            yield from self._runs(item, look)

    def _field(self, item: etree._Element, look: _Look, gone: bool = False) -> Iterator[Morceau]:
        kind = item.get(W + "fldCharType")
        if kind == "begin":
            self._champs.append(_Field(chosen=field_choice(item)))
        elif self._champs and kind == "separate":
            self._champs[-1].shows = True
            self._champs[-1].link = address(self._champs[-1].code)
        elif self._champs and kind == "end":
            ended = self._champs.pop()
            if ended.chosen:
                yield from [self._run(ended.chosen, look)] * (not gone)
            elif not ended.shows:
                yield from ended.within

    def _drawing(self, item: etree._Element, alt: str) -> Iterator[Morceau]:
        """Pictures; the text of text boxes and of WordArt is set aside, to follow the paragraph."""
        if item.tag == MC + "AlternateContent":
            item = alternative(item)
        words = next(
            (
                p.get("descr") or p.get("title") or ""
                for p in item.iterchildren(WP + "inline", WP + "anchor")
                for p in p.iterchildren(WP + "docPr")
            ),
            item.get("alt") or "" if str(item.tag).startswith(V) else "",
        )
        alt = alt if _AUTOMATIC.search(words) else words.strip() or alt
        shows_picture = (
            item.tag in (W + "drawing", V + "shape") and next(item.iter(A + "blip", V + "imagedata"), None) is not None
        )
        if words.strip() and alt and not shows_picture:
            self.asides.append(Aside(_PICTURE, unicodedata.normalize("NFC", alt)))
        for inner in item:
            if inner.tag in (A + "blip", V + "imagedata"):
                yield from self._picture(inner, alt)
            elif inner.tag == W + "txbxContent":
                fields, self._champs = self._champs, []
                aside, self._encadres = self._encadres, []
                boxed = list(self.blocs(inner))
                self._champs, self._encadres = fields, [*aside, *boxed, *self._encadres]
            elif inner.tag == V + "textpath" and inner.get("string", "").strip():
                self._encadres.append(Paragraphe(_clean((Morceau(inner.get("string", "")),))))
            elif inner.tag == A + "p":
                text = "".join(t.text or "" for t in inner.iter(A + "t"))
                self._encadres += [Paragraphe(_clean((Morceau(text),)))] if text.strip() else []
            elif inner.tag in _NOT_READ:
                self.avis.append(f"{_NOT_READ[inner.tag]} n’a pas pu être repris : voyez le document.")
            if inner.tag not in (W + "txbxContent", A + "p") and isinstance(inner.tag, str):
                yield from self._drawing(inner, alt)

    def _picture(self, item: etree._Element, alt: str) -> Iterator[Morceau]:
        reference = item.get(R + "embed") or item.get(R + "id") or ""
        _, target, outside = self.relations.get(reference, ("", "", True))
        if not outside and target in self.archive.noms:
            self.images[target] = None
            yield Morceau(image=target, commentaires=self._open, alt=unicodedata.normalize("NFC", alt))
        else:
            self.avis.append("une image est restée chez son auteur (lien externe) : demandez-la à la ville.")

    def _comment(self, item: etree._Element) -> None:
        number = str(item.get(W + "id"))
        if item.tag == W + "commentRangeStart" and len(self._open) < _MAX_OPEN:
            self._open = (*self._open, number)
        elif item.tag == W + "commentRangeEnd" and number in self._open:
            self._open = tuple(other for other in self._open if other != number)

    def _run(self, text: str, look: _Look) -> Morceau:
        return Morceau(text, look.bold, look.link, commentaires=self._open, relief=look.relief)
