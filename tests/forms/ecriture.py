"""The hand that fills a form at random: words, paragraphs, lists and tables as Word writes them, and the form being filled."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOTS = ["la", "ville", "les", "habitants", "un", "atelier", "santé", "école", "jardin", "élus", "agents", "quartier", "projet", "enquête", "réunion", "parents", "enfants", "l’accueil", "d’abord", "qu'elle", "médecin", "œuvre", "été", "hiver", "marché", "vélo", "partage", "écoute", "lien", "social", "mobilité", "alimentation", "action", "contexte", "objectifs", "budget", "partenaires", "fonction", "période", "rôle", "service", "déroulé", "résultats", "2023", "45", "12,5", "%", "3", "500", "€", "(voir", "annexe)", "«", "bien-être", "»", "accès", "c'est-à-dire"]  # fmt: skip
VILLES = ("Rennes", "Saint-Étienne", "Le Mans", "Brest métropole", "Châlons-en-Champagne", "Saint-Denis (974)")
Attendu = dict[str, Any]


def phrase(rng: random.Random, least: int = 3, most: int = 14) -> str:
    words = [rng.choice(MOTS) for _ in range(rng.randint(least, most))]
    text = " ".join(words)
    return text[0].upper() + text[1:] + rng.choice((".", ".", "", " !", " ;"))


class Ecrivain:
    """Writes paragraphs in the XML of a form, run by run, as Word would."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.liens: list[dict[str, str]] = []
        self.rels: list[str] = []

    def runs(self, text: str, gras: bool = False) -> list[etree._Element]:
        """The runs of a text, cut at random; newlines are line breaks."""
        elements = []
        for n, line in enumerate(text.split("\n")):
            if n:
                run = etree.Element(W + "r")
                etree.SubElement(run, W + "br")
                elements.append(run)
            pieces = [line]
            while self.rng.random() < 0.4 and len(pieces[-1]) > 3:
                cut = self.rng.randint(1, len(pieces[-1]) - 1)
                pieces[-1:] = [pieces[-1][:cut], pieces[-1][cut:]]
            for piece in pieces:
                run = etree.Element(W + "r")
                if gras:
                    etree.SubElement(etree.SubElement(run, W + "rPr"), W + "b")
                t = etree.SubElement(run, W + "t")
                t.text = piece
                t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                elements.append(run)
                if self.rng.random() < 0.1:
                    elements.append(etree.Element(W + "proofErr"))
        return elements

    def paragraphe(self, text: str, liste: bool = False, gras: bool = False) -> etree._Element:
        p = etree.Element(W + "p")
        if liste:
            num = etree.SubElement(etree.SubElement(p, W + "pPr"), W + "numPr")
            etree.SubElement(num, W + "ilvl").set(W + "val", "0")
            etree.SubElement(num, W + "numId").set(W + "val", "90")
        p.extend(self.runs(text, gras))
        return p

    def reponse(self, long: bool) -> tuple[list[etree._Element], str]:
        """Paragraphs of an answer, and its text."""
        rng = self.rng
        if not long:
            text = rng.choice((phrase(rng, 1, 6), phrase(rng, 2, 8), "NR", "NC", "Non", "/", "-"))
            return [self.paragraphe(text)], text
        blocs: list[etree._Element] = []
        words: list[str] = []
        for _ in range(rng.randint(1, 4)):
            kind = rng.random()
            if kind < 0.45:
                text = phrase(rng)
                blocs.append(self.paragraphe(text))
                words.append(text)
            elif kind < 0.6:
                items = [phrase(rng, 2, 6) for _ in range(rng.randint(1, 4))]
                blocs += [self.paragraphe(i, liste=True) for i in items]
                words += items
            elif kind < 0.7:
                items = ["- " + phrase(rng, 2, 6) for _ in range(2)]
                blocs += [self.paragraphe(i) for i in items]
                words += items
            elif kind < 0.78:
                text = phrase(rng) + "\n" + phrase(rng)
                blocs.append(self.paragraphe(text))
                words.append(text)
            elif kind < 0.84:
                rows = [[phrase(rng, 1, 3) for _ in range(rng.randint(2, 3))] for _ in range(2)]
                blocs.append(self.tableau(rows))
                words += [" | ".join(row) for row in rows]
            elif kind < 0.9:
                blocs.append(self.modifie(kept := phrase(rng)))
                words.append(kept)
            elif kind < 0.95:
                text = phrase(rng)
                sdt = etree.Element(W + "sdt")
                etree.SubElement(sdt, W + "sdtPr")
                etree.SubElement(sdt, W + "sdtContent").append(self.paragraphe(text))
                blocs.append(sdt)
                words.append(text)
            else:
                blocs.append(etree.Element(W + "p"))
        return blocs or [etree.Element(W + "p")], "\n".join(words)

    def tableau(self, rows: list[list[str]]) -> etree._Element:
        table = etree.Element(W + "tbl")
        for row in rows:
            tr = etree.SubElement(table, W + "tr")
            for cell in row:
                etree.SubElement(tr, W + "tc").append(self.paragraphe(cell))
        return table

    def modifie(self, kept: str) -> etree._Element:
        """A tracked paragraph: an insertion that stays, a deletion that goes."""
        p = etree.Element(W + "p")
        ins = etree.SubElement(p, W + "ins")
        ins.extend(self.runs(kept))
        gone = etree.SubElement(etree.SubElement(p, W + "del"), W + "r")
        etree.SubElement(gone, W + "delText").text = "texte supprimé qui ne doit pas revenir"
        return p


def texte(item: etree._Element) -> str:
    return "".join(t.text or "" for t in item.iter(W + "t"))


def plat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


class Formulaire:
    """A blank form being filled."""

    def __init__(self, path: Path, rng: random.Random) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {n: archive.read(n) for n in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root.find(W + "body")
        self.rng = rng
        self.ecrivain = Ecrivain(rng)

    def octets(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return buffer.getvalue()

    def paragraphes(self, within: etree._Element | None = None) -> list[etree._Element]:
        return list((self.body if within is None else within).iter(W + "p"))


def cellule(p: etree._Element) -> etree._Element:
    return next(a for a in p.iterancestors() if a.tag == W + "tc")
