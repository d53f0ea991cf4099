"""The XML of a ``.docx``: its names, and what one element says by itself.

Whether a paragraph is an item of a list, or a heading: by its own look or by its style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from inspiractions.forms.reading.document import CASE, signs
from inspiractions.forms.reading.package import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# Deleted or moved away; what belongs to the look of a run or of a field.
GONE = {
    W + name
    for name in (
        "del",
        "moveFrom",
        "rPr",
        "pPr",
        "tblPr",
        "tblGrid",
        "tcPr",
        "trPr",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delText",
        "delInstrText",
        "annotationRef",
    )
}
# What Word writes itself in a content control: one sentence. Whatever else somebody typed over it is an answer.
_INVITATION = re.compile(
    r"(?:cliquez|appuyez|choisissez|sélectionnez|entrez|saisissez|click|choose|tap|enter)\b[^.!?:]{0,70}"
    r"\b(?:texte|date|élément|valeur|ici|liste|image|text|item|here)\b[^.!?:]{0,20}[.…]?",
    re.I,
)


def inside(parent: etree._Element, tag: str, own: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, through content controls and insertions, not those of a nested table."""
    for item in parent:
        if item.tag == W + tag:
            yield item
        elif isinstance(item.tag, str) and item.tag not in GONE and item.tag != W + own:
            yield from inside(item, tag, own)


def alternative(item: etree._Element) -> etree._Element:
    """The choice that a recent Word shows, or the fallback where the choice holds nothing to read."""
    options = [*item.findall(MC + "Choice"), *item.findall(MC + "Fallback")]
    readable = (W + "t", A + "blip", W + "txbxContent", V + "imagedata")
    for option in options:
        if next(option.iter(*readable), None) is not None:
            return option
    return options[0] if options else item


def is_placeholder(item: etree._Element) -> bool:
    """Whether a content control still shows its invitation (« Cliquez ou appuyez ici pour entrer du texte »)."""
    if item.tag != W + "sdt" or item.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    text = "".join(t.text or "" for t in item.iter(W + "t"))
    return not text.strip() or bool(_INVITATION.fullmatch(text.strip()))


def switch(look: etree._Element | None, *names: str) -> bool | None:
    """Whether a look turns on one of these (« b », « strike »…), turns them off, or says nothing of them."""
    items = [item for name in names if look is not None and (item := look.find(W + name)) is not None]
    return any(item.get(W + "val", "1") not in ("0", "false", "off") for item in items) if items else None


def is_bold(look: etree._Element | None) -> bool:
    """Whether the look of a run says bold."""
    return bool(switch(look, "b"))


def emphasis(look: etree._Element | None) -> str:
    """How a run stands out, as one may mark what one chooses: « surligné », « souligné », « en couleur », or nothing."""
    if look is None:
        return ""
    light, shade, line, colour, frame = (look.find(W + name) for name in ("highlight", "shd", "u", "color", "bdr"))
    if light is not None and light.get(W + "val", "none") != "none":
        return "surligné"
    if shade is not None and (shade.get(W + "fill") or "auto").lower() not in ("auto", "ffffff"):
        return "surligné"
    if line is not None and line.get(W + "val", "single") != "none":
        return "souligné"
    if frame is not None and frame.get(W + "val", "none") not in ("none", "nil"):
        return "encadré"
    shown = "auto" if colour is None else (colour.get(W + "val") or "auto").lower()
    return "" if shown in ("auto", "000000") else f"en couleur {shown}"


def font(look: etree._Element | None) -> str:
    """The font that the look of a run names, else nothing."""
    fonts = look.find(W + "rFonts") if look is not None else None
    return "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""


def is_ticked(box: etree._Element) -> bool:
    """Whether a box of a form field is ticked, by a person or from the start."""
    state = box.find(W + "checked")
    state = box.find(W + "default") if state is None else state
    return state is not None and state.get(W + "val", "1") not in ("0", "false", "off")


def field_choice(start: etree._Element) -> str:
    """The box or the item chosen of a form field, as one reads it; empty for another field."""
    box, drop = start.find(f"{W}ffData/{W}checkBox"), start.find(f"{W}ffData/{W}ddList")
    if drop is not None:
        result = drop.find(W + "result")
        at = str(result.get(W + "val", "0")) if result is not None else "0"
        entries = [str(entry.get(W + "val")) for entry in drop.iter(W + "listEntry")]
        return entries[int(at)] if _is_number(at) and int(at) < len(entries) else ""
    if box is not None:
        return "☒" if is_ticked(box) else "☐"
    return ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def address(code: str) -> str:
    """``HYPERLINK "https://…"`` → the address."""
    link = re.match(r'\s*HYPERLINK\s+"([^"]*)"', code, re.I)
    return link[1] if link else ""


_TITRE = re.compile(r"(?:titre|heading)\s*([1-9])", re.I)
_DEPTH = 12


class Numerotation:
    """The lists and the styles of one document."""

    def __init__(self, archive: Archive, relations: dict[str, tuple[str, str, bool]]) -> None:
        names = {kind: target for kind, target, outside in relations.values() if not outside and target in archive.noms}
        self._formats: dict[tuple[str, str], str] = {}
        self._boxes: dict[tuple[str, str], str] = {}
        self._styles: dict[str, etree._Element] = {}
        if "numbering" in names:
            self._read_lists(archive.xml(names["numbering"]))
        if "styles" in names:
            self._styles = {str(s.get(W + "styleId")): s for s in archive.xml(names["styles"]).iter(W + "style")}

    def _read_lists(self, root: etree._Element) -> None:
        abstract = {str(a.get(W + "abstractNumId")): a for a in root.iter(W + "abstractNum")}
        for number in root.iter(W + "num"):
            link = number.find(W + "abstractNumId")
            model = abstract.get(str(link.get(W + "val"))) if link is not None else None
            for level in model.iter(W + "lvl") if model is not None else ():
                form = level.find(W + "numFmt")
                key = (str(number.get(W + "numId")), str(level.get(W + "ilvl")))
                self._formats[key] = str(form.get(W + "val")) if form is not None else "bullet"
                sign = level.find(W + "lvlText")
                bullet = signs(str(sign.get(W + "val", "")), font(level.find(W + "rPr"))) if sign is not None else ""
                if CASE.fullmatch(bullet):
                    self._boxes[key] = bullet

    def of_style(self, name: str, *switches: str) -> bool:
        """Whether a style of characters, or one that it is based on, turns on one of these (« strike », « vanish »…)."""
        for _ in range(_DEPTH):
            element = self._styles.get(name)
            if element is None:
                return False
            own = switch(element.find(W + "rPr"), *switches)
            if own is not None:
                return own
            parent = element.find(W + "basedOn")
            name = str(parent.get(W + "val")) if parent is not None else ""
        return False

    def of(self, look: etree._Element | None) -> tuple[str, int, int, str]:
        """« puce », « numero » or nothing; the depth of the item from 0; the level of the heading, else 0; a box as bullet."""
        if look is None:
            return "", 0, 0, ""
        style, heading, item = look.find(W + "pStyle"), 0, look.find(W + "numPr")
        name = str(style.get(W + "val")) if style is not None else ""
        for _ in range(_DEPTH):
            if not name:
                break
            if matched := _TITRE.fullmatch(name):
                heading = heading or int(matched[1])
            element = self._styles.get(name)
            if element is None:
                break
            if item is None:
                item = element.find(f"{W}pPr/{W}numPr")
            parent = element.find(W + "basedOn")
            name = str(parent.get(W + "val")) if parent is not None else ""
        if item is None:
            return "", 0, heading, ""
        number, depth = item.find(W + "numId"), item.find(W + "ilvl")
        identifiant = str(number.get(W + "val")) if number is not None else "0"
        level = str(depth.get(W + "val")) if depth is not None else "0"
        if identifiant == "0":
            return "", 0, heading, ""
        form = self._formats.get((identifiant, level), "bullet")
        depth_of = int(level) if level.isdigit() else 0
        box = self._boxes.get((identifiant, level), "")
        return ("puce" if form in ("bullet", "none") else "numero"), depth_of, heading, box
