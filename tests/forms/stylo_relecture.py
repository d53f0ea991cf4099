"""A city's pen: writes in a form for re-reading as Word leaves it, without the code that reads it back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class Stylo:
    """A form opened; ``octets`` closes it."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.racine = etree.fromstring(self.parts["word/document.xml"])

    def octets(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(
            self.racine, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return out.getvalue()

    def sans_marque(self) -> Stylo:
        """The custom properties gone, as with Google Docs."""
        del self.parts["docProps/custom.xml"]
        for name in ("[Content_Types].xml", "_rels/.rels"):
            root = etree.fromstring(self.parts[name])
            for item in list(root):
                if "custom" in "".join(item.attrib.values()):
                    root.remove(item)
            self.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return self

    def sans_tableaux(self) -> Stylo:
        """Every table undone, its paragraphs one after the other, as pasted in a message."""
        body = self.racine.find(W + "body")
        for table in list(body.iterchildren(W + "tbl")):
            for p in table.iter(W + "p"):
                table.addprevious(p)
            body.remove(table)
        return self

    def case(self, libelle: str) -> etree._Element:
        """The cell of the answer to a label."""
        for row in self.racine.iter(W + "tr"):
            cells = row.findall(W + "tc")
            if _texte(cells[0].find(W + "p")) == libelle:
                return cells[1] if len(cells) > 1 else row.getnext().find(W + "tc")
        raise LookupError(libelle)

    def libelle(self, avant: str, apres: str) -> None:
        """Reword a label."""
        for row in self.racine.iter(W + "tr"):
            first = row.find(f"{W}tc/{W}p")
            if _texte(first) == avant:
                next(first.iter(W + "t")).text = apres
                return
        raise LookupError(avant)

    def paragraphes(self, libelle: str) -> list[etree._Element]:
        """What is written there, boxes apart."""
        return [p for p in self.case(libelle).iter(W + "p") if p.find(f".//{W}sdt") is None and _texte(p).strip()]

    def ecrire(self, libelle: str, *lignes: str) -> None:
        """Put these paragraphs in the place of what is written there."""
        cell = self.case(libelle)
        for p in self.paragraphes(libelle):
            p.getparent().remove(p)
        last = next((p for p in cell.iter(W + "p")), None)
        for ligne in lignes:
            p = self.paragraphe(ligne)
            if last is None:
                cell.append(p)
            else:
                last.addprevious(p)
        if cell.find(W + "p") is None:
            etree.SubElement(cell, W + "p")

    def allonger(self, libelle: str, mots: str, rang: int = 0) -> None:
        """Go on with a paragraph, in the look of its last words."""
        list(self.paragraphes(libelle)[rang].iter(W + "t"))[-1].text += mots

    def cocher(self, libelle: str, option: str, coche: bool = True) -> None:
        """Click on a box."""
        for sdt in self.case(libelle).iter(W + "sdt"):
            if sdt.find(f"{W}sdtPr/{W}alias").get(W + "val") == option[:64]:
                sdt.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(f"{W14}val", "1" if coche else "0")
                sdt.find(f"{W}sdtContent/{W}r/{W}t").text = "☒" if coche else "☐"
                return
        raise LookupError(option)

    def suivi(self, libelle: str, avant: str, apres: str) -> None:
        """Replace words with « Suivi des modifications » on."""
        run = next(r for r in self.case(libelle).iter(W + "r") if "".join(t.text for t in r.iter(W + "t")) == avant)
        deleted, inserted = etree.Element(W + "del"), etree.Element(W + "ins")
        run.addprevious(inserted)
        etree.SubElement(etree.SubElement(inserted, W + "r"), W + "t").text = apres
        run.addprevious(deleted)
        deleted.append(run)
        run.find(W + "t").tag = W + "delText"

    def barrer(self, libelle: str, rang: int) -> None:
        """Strike a paragraph."""
        for run in self.paragraphes(libelle)[rang].iter(W + "r"):
            look = etree.Element(W + "rPr")
            etree.SubElement(look, W + "strike")
            run.insert(0, look)

    @staticmethod
    def paragraphe(mots: str) -> etree._Element:
        p = etree.Element(W + "p")
        etree.SubElement(etree.SubElement(p, W + "r"), W + "t").text = mots
        return p

    @classmethod
    def rangee(cls, *cases: str) -> etree._Element:
        row = etree.Element(W + "tr")
        for mots in cases:
            etree.SubElement(row, W + "tc").append(cls.paragraphe(mots))
        return row

    def chaque(self, change: Callable[[str], str]) -> None:
        """Change every text, as a word processor that corrects by itself."""
        for text in self.racine.iter(W + "t"):
            text.text = change(text.text or "")


def _texte(p: etree._Element) -> str:
    return "".join(_textes(p))


def _textes(p: etree._Element) -> Iterator[str]:
    return (t.text or "" for t in p.iter(W + "t"))
