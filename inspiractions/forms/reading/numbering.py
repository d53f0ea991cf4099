"""Whether a paragraph of a ``.docx`` is an item of a list, or a heading: by its own look or by its style."""

from __future__ import annotations

import re

from lxml import etree

from inspiractions.forms.reading.docx_xml import W, font, switch
from inspiractions.forms.reading.marks import CASE
from inspiractions.forms.reading.package import Archive
from inspiractions.forms.reading.symbols import signs

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
