"""Fill a blank form at random, as people do, and say what the extraction must find: the property tests feed on it."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from banque.questionnaire import Bloc, Option
from banque.questionnaire import Formulaire as Donnees

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOTS = ["la", "ville", "les", "habitants", "un", "atelier", "santé", "école", "jardin", "élus", "agents", "quartier", "projet", "enquête", "réunion", "parents", "enfants", "l’accueil", "d’abord", "qu'elle", "médecin", "œuvre", "été", "hiver", "marché", "vélo", "partage", "écoute", "lien", "social", "mobilité", "alimentation", "action", "contexte", "objectifs", "budget", "partenaires", "fonction", "période", "rôle", "service", "déroulé", "résultats", "2023", "45", "12,5", "%", "3", "500", "€", "(voir", "annexe)", "«", "bien-être", "»", "accès", "c'est-à-dire"]  # fmt: skip
VILLES = ("Rennes", "Saint-Étienne", "Le Mans", "Brest métropole", "Châlons-en-Champagne", "Saint-Denis (974)")


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
        found = []
        for n, line in enumerate(text.split("\n")):
            if n:
                run = etree.Element(W + "r")
                etree.SubElement(run, W + "br")
                found.append(run)
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
                found.append(run)
                if self.rng.random() < 0.1:
                    found.append(etree.Element(W + "proofErr"))
        return found

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
        said: list[str] = []
        for _ in range(rng.randint(1, 4)):
            kind = rng.random()
            if kind < 0.45:
                text = phrase(rng)
                blocs.append(self.paragraphe(text))
                said.append(text)
            elif kind < 0.6:
                items = [phrase(rng, 2, 6) for _ in range(rng.randint(1, 4))]
                blocs += [self.paragraphe(i, liste=True) for i in items]
                said += items
            elif kind < 0.7:
                items = ["- " + phrase(rng, 2, 6) for _ in range(2)]
                blocs += [self.paragraphe(i) for i in items]
                said += items
            elif kind < 0.78:
                text = phrase(rng) + "\n" + phrase(rng)
                blocs.append(self.paragraphe(text))
                said.append(text)
            elif kind < 0.84:
                rows = [[phrase(rng, 1, 3) for _ in range(rng.randint(2, 3))] for _ in range(2)]
                blocs.append(self.tableau(rows))
                said += [" | ".join(row) for row in rows]
            elif kind < 0.9:
                blocs.append(self.modifie(kept := phrase(rng)))
                said.append(kept)
            elif kind < 0.95:
                text = phrase(rng)
                sdt = etree.Element(W + "sdt")
                etree.SubElement(sdt, W + "sdtPr")
                etree.SubElement(sdt, W + "sdtContent").append(self.paragraphe(text))
                blocs.append(sdt)
                said.append(text)
            else:
                blocs.append(etree.Element(W + "p"))
        return blocs or [etree.Element(W + "p")], "\n".join(said)

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


CASES = ("☒", "☑", "X", "x ☐", "☐ x", "[x]", "sdt", "champ", "sym", "✓")


def cocher(form: Formulaire, p: etree._Element, kind: str, ticked: bool) -> None:
    """Put a box of some kind at the head of a paragraph that has one, ticked or not."""
    for old in [*p.iter(W + "sdt")]:
        old.getparent().remove(old)
    for t in p.iter(W + "t"):
        if t.text and "☐" in t.text:
            t.text = t.text.replace("☐", "", 1)
            break
    at = next(i for i, item in enumerate(p) if item.tag != W + "pPr")
    made: list[etree._Element]
    if kind in ("sdt", "champ", "sym"):
        made = [_special(kind, ticked)]
    else:
        made = form.ecrivain.runs(kind if ticked else ("[ ]" if kind == "[x]" else "☐"))
    for n, item in enumerate(made):
        p.insert(at + n, item)


def _special(kind: str, ticked: bool) -> etree._Element:
    if kind == "sdt":
        sdt = etree.Element(W + "sdt")
        box = etree.SubElement(etree.SubElement(sdt, W + "sdtPr"), W14 + "checkbox")
        etree.SubElement(box, W14 + "checked").set(W14 + "val", "1" if ticked else "0")
        run = etree.SubElement(etree.SubElement(sdt, W + "sdtContent"), W + "r")
        etree.SubElement(run, W + "t").text = "☒" if ticked else "☐"
        return sdt
    run = etree.Element(W + "r")
    if kind == "sym":
        sym = etree.SubElement(run, W + "sym")
        sym.set(W + "font", "Wingdings")
        sym.set(W + "char", "F0FE" if ticked else "F0A8")
        return run
    begin = etree.SubElement(run, W + "fldChar")
    begin.set(W + "fldCharType", "begin")
    box = etree.SubElement(etree.SubElement(begin, W + "ffData"), W + "checkBox")
    etree.SubElement(box, W + "default").set(W + "val", "0")
    if ticked:
        etree.SubElement(box, W + "checked")
    etree.SubElement(run, W + "instrText").text = " FORMCHECKBOX "
    etree.SubElement(run, W + "fldChar").set(W + "fldCharType", "end")
    return run


def abimer(form: Formulaire, p: etree._Element, label: str) -> None:
    """Write a label as somebody who edits it would: capitals, colon, apostrophes, spaces, a plural."""
    rng = form.rng
    text = plat(label)
    kind = rng.random()
    if kind < 0.25:
        text = text.rstrip(": ") + rng.choice((" :", ":", " : ", ""))
    elif kind < 0.4:
        text = text.replace("’", "'").replace("‘", "'")
    elif kind < 0.5:
        text = text.upper() if len(text) < 30 else text
    elif kind < 0.6:
        text = text.replace("(s)", "s").replace("é", "e", 1)
    elif kind < 0.68:
        text = re.sub(r"\s*\((?!s\))[^)]{12,}\)", "", text)
    elif kind < 0.75:
        text = text.replace(" ", "\u00a0", 1).replace(" ", "  ", 1)
    else:
        return
    bold = p.find(f"{W}r/{W}rPr/{W}b") is not None
    for item in [i for i in p if i.tag != W + "pPr"]:
        p.remove(item)
    p.extend(form.ecrivain.runs(text, bold))


Attendu = dict[str, Any]
CONTACT = ("nom", "fonction", "service", "email", "telephone")


def remplir(path: Path, donnees: Donnees, rng: random.Random) -> tuple[bytes, list[Attendu]]:
    """A blank filled at random, and what the extraction must give for it."""
    form = Formulaire(path, rng)
    if rng.random() < 0.15:
        _sans_presentation(form, donnees)
    ranges = _actions(form, donnees, rng.choice((1, 1, 1, 2, 3)))
    repondants = _repondants(form, donnees) if "repondants" in donnees.parties else []
    enquete = _enquete(form, donnees) if "enquete" in donnees.parties and rng.random() < 0.7 else None
    found = [_action(form, donnees, items, repondants) for items in ranges]
    for i, action in enumerate(found):
        action["enquete"] = enquete if i == 0 and "enquete" in donnees.parties else None
    return form.octets(), found


def _sans_presentation(form: Formulaire, donnees: Donnees) -> None:
    first = _premier(form, donnees)
    for item in list(form.body)[: list(form.body).index(first)]:
        if "repondants" in donnees.parties and "Prénom NOM" in texte(item):
            continue
        form.body.remove(item)


def _premier(form: Formulaire, donnees: Donnees) -> etree._Element:
    """The first element of the part that cities duplicate."""
    mark = plat(donnees.parties["fiche"][0].texte)
    return next(item for item in form.body if plat(texte(item)).startswith(mark))


def _actions(form: Formulaire, donnees: Donnees, count: int) -> list[list[etree._Element]]:
    items = list(form.body)
    start = items.index(_premier(form, donnees))
    survey = next((i for i, item in enumerate(items) if plat(texte(item)) == "Enquête"), len(items))
    first = [item for item in items[start:survey] if item.tag != W + "sectPr"]
    ranges = [first]
    heading = form.rng.random() < 0.6
    for _ in range(count - 1):
        made = [copy.deepcopy(item) for item in first]
        if not heading and any(b.genre == "nom" for b in donnees.parties["fiche"]):
            made = made[1:]
        at = list(form.body).index(ranges[-1][-1])
        for n, item in enumerate(made, 1):
            form.body.insert(at + n, item)
        ranges.append(made)
    return ranges


def _trouver(
    items: list[etree._Element], label: str, after: list[etree._Element] | None = None
) -> etree._Element | None:
    wanted = plat(label.split("\n")[0]).rstrip(" :")
    for item in items:
        for p in item.iter(W + "p"):
            if plat(texte(p)).lstrip("☐ ").rstrip(" :").startswith(wanted) and (after is None or p not in after):
                return p
    return None


def _cellule(p: etree._Element) -> etree._Element:
    return next(a for a in p.iterancestors() if a.tag == W + "tc")


def _vider(cell: etree._Element, blocs: list[etree._Element], rng: random.Random) -> None:
    for p in cell.findall(W + "p"):
        if not texte(p):
            cell.remove(p)
    for bloc in blocs:
        cell.append(bloc)
    for _ in range(rng.randint(0, 2)):
        cell.append(etree.Element(W + "p"))
    if not cell.findall(W + "p") or cell[-1].tag == W + "tbl":
        cell.append(etree.Element(W + "p"))


def _action(
    form: Formulaire, donnees: Donnees, items: list[etree._Element], repondants: list[dict[str, str]]
) -> Attendu:
    rng, done = form.rng, []
    said: dict[str, str] = {}
    choix: dict[str, list[str]] = {}
    precisions: dict[str, str] = {}
    qpv = False
    sections: dict[str, str] = {}
    kind = rng.choice(CASES)
    places = []
    for bloc in donnees.demandes("fiche"):
        p = _trouver(items, bloc.texte, done)
        assert p is not None, bloc.texte
        done.append(p)
        places.append((bloc, p))
    for bloc, p in places:
        if bloc.genre == "photos":
            continue
        if bloc.genre == "choix":
            ticked, detail, is_qpv = _cocher(form, bloc, p, kind)
            choix[bloc.vers] = ticked
            precisions |= detail
            qpv = qpv or is_qpv
            continue
        key = bloc.vers or bloc.titre
        value = _repondre(form, bloc, p, items)
        said[key] = value
        if bloc.rubrique:
            sections[bloc.titre] = value
            if donnees.rubriques_libres and bloc.genre == "question" and rng.random() < 0.06:
                _ajouter(form, p, sections)
    asked = {b.vers for b in donnees.demandes("fiche")}
    first = repondants[0] if repondants else {}
    b = "repondants" in donnees.parties
    budget = {
        k: said.get(f"budget.{k}", "")
        for k in ("texte", "fonctionnement", "investissement", "contribution", "financeurs")
    }
    return {
        "modele": donnees.modele,
        **{k: said.get(k, "") if k in asked else None for k in ("titre", "date_redaction", "periode", "echelle", "porteur", "role_collectivite", "services_elus", "partenaires")},
        "ville": first.get("ville", "") if b else said["ville"],
        "contact": {"nom": first.get("nom", ""), "fonction": first.get("fonction", ""), "service": None, "email": first.get("email", ""), "telephone": first.get("tel", "")}
        if b else {k: said.get(f"contact.{k}", "") if f"contact.{k}" in asked else None for k in CONTACT},
        "budget": said["budget"] if b else budget,
        **{k: choix.get(k) for k in ("ages", "types_action", "determinants", "cible")},
        "qpv": qpv,
        "sections": sections,
        "images": 0,
        "precisions": precisions,
    }  # fmt: skip


def _repondre(form: Formulaire, bloc: Bloc, p: etree._Element, items: list[etree._Element]) -> str:
    rng, e = form.rng, form.ecrivain
    blocs, value = e.reponse(bool(bloc.rubrique))
    if bloc.genre == "nom":
        name = "Atelier « " + phrase(rng, 2, 5).rstrip(" .;!") + " »"
        for t in list(p.iter(W + "r")):
            p.remove(t)
        p.extend(e.runs(name, True))
        return name
    if rng.random() < 0.12:
        blocs, value = [], ""
    last = p
    for _ in bloc.texte.split("\n")[1:]:
        last = last.getnext()
    if bloc.vers != "ville" and len(bloc.texte.split("\n")) == 1 and rng.random() < 0.3:
        abimer(form, p, bloc.texte)
    if bloc.genre == "ligne":
        cell = _cellule(p)
        row = cell.getparent()
        cells = row.findall(W + "tc")
        if rng.random() < 0.04 and len(cells) == 2 and bloc.vers != "ville":
            row.getparent().remove(row)
            return ""
        target = cells[-1] if len(cells) > 1 else row.getnext().find(W + "tc")
        if value and rng.random() < 0.12 and "\n" not in value and " | " not in value:
            last.extend(e.runs(" " + value))
            return value
        _vider(target, blocs, rng)
        return value
    inline = value and "\n" not in value and " | " not in value and rng.random() < 0.5
    following = last.getnext()
    while following is not None and following.tag == W + "p" and not texte(following) and rng.random() < 0.6:
        here, following = following, following.getnext()
        here.getparent().remove(here)
    if inline:
        if not plat(texte(last)).endswith((":", "?", ".")):
            last.extend(e.runs(" :", True))
        last.extend(e.runs(" " + value))
        return value
    at = list(last.getparent()).index(last)
    for n, item in enumerate(blocs, 1):
        last.getparent().insert(at + n, item)
    return value


def _ajouter(form: Formulaire, p: etree._Element, sections: dict[str, str]) -> None:
    """A rubrique of the city's own, after the answer to the last one."""
    title = form.rng.choice(("Calendrier prévisionnel", "Communication", "Perspectives", "Gouvernance du projet"))
    if title in sections:
        return
    text = phrase(form.rng)
    last = p.getnext()
    stop = p
    while last is not None and not _is_label(last):
        stop, last = last, last.getnext()
    at = list(stop.getparent()).index(stop)
    stop.getparent().insert(at + 1, form.ecrivain.paragraphe(title + " :", gras=True))
    stop.getparent().insert(at + 2, form.ecrivain.paragraphe(text))
    sections[title] = text


def _is_label(item: etree._Element) -> bool:
    return item.find(f"{W}r/{W}rPr/{W}b") is not None and bool(texte(item))


def _cocher(form: Formulaire, bloc: Bloc, head: etree._Element, kind: str) -> tuple[list[str], dict[str, str], bool]:
    rng = form.rng
    ticked: list[str] = []
    detail: dict[str, str] = {}
    qpv = False
    cell = _cellule(head)
    ps = list(cell.iter(W + "p"))
    at = ps.index(head)
    if bloc.en_ligne:
        return [], {}, False
    for option in bloc.options:
        p = next(p for p in ps[at + 1 :] if plat(texte(p)).lstrip("☐ ").startswith(option.libelle))
        at = ps.index(p)
        on = rng.random() < 0.35
        cocher(form, p, kind, on)
        if option.autre and on:
            text = phrase(rng, 1, 4).strip(" .;!")
            _preciser(form, p, option, text)
            ticked.append("autre:" + text)
        elif on:
            ticked.append(option.valeur)
            qpv = qpv or option.qpv == "oui"
            if "précisez" in option.libelle:
                detail[option.libelle] = text = phrase(rng, 1, 4).strip(" .;!")
                p.extend(form.ecrivain.runs(" : " + text))
    return ticked, detail, qpv


def _preciser(form: Formulaire, p: etree._Element, option: Option, text: str) -> None:
    """Write after « Autre : précisez », over the dots, among them, or after them."""
    kind = form.rng.random()
    for t in p.iter(W + "t"):
        if t.text and "…" in t.text:
            dots = re.search("…[….]*", t.text)[0]
            half = len(dots) // 2
            new = (
                f" : {text}"
                if kind < 0.4
                else f"{dots[:half]} {text} {dots[half:]}"
                if kind < 0.7
                else f"{dots} {text}"
            )
            t.text = t.text.replace(dots, new)
            return
    p.extend(form.ecrivain.runs(" " + text))


def _repondants(form: Formulaire, donnees: Donnees) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    heads = [p for p in form.paragraphes() if plat(texte(p)).startswith("Prénom NOM")]
    for n, head in enumerate(heads):
        filled = n == 0 or form.rng.random() < 0.5
        said: dict[str, str] = {}
        p = head
        for bloc in donnees.demandes("repondants"):
            value = (
                phrase(form.rng, 1, 3).strip(" .;!")
                if filled and (n + len(said) == 0 or form.rng.random() < 0.8)
                else ""
            )
            if value:
                p.extend(form.ecrivain.runs(" " + value))
            said[bloc.vers] = value
            p = p.getnext()
        if any(said.values()):
            found.append(said)
    return found


def _enquete(form: Formulaire, donnees: Donnees) -> Attendu | None:
    rng, e = form.rng, form.ecrivain
    items = list(form.body)
    start = next(i for i, item in enumerate(items) if plat(texte(item)) == "Enquête")
    found: Attendu = {}
    contact = dict.fromkeys(CONTACT, "")
    zone = items[start:]
    places: dict[str, etree._Element] = {}
    for bloc in donnees.demandes("enquete"):
        wanted = plat(bloc.texte).rstrip(" :")
        for p in (p for item in zone for p in item.iter(W + "p")):
            if plat(re.sub(r"^\d\. ", "", texte(p))).startswith(wanted):
                places[bloc.vers] = p
    for bloc in donnees.demandes("enquete"):
        if bloc.genre == "partenaires":
            table = next(item for item in zone if item.tag == W + "tbl")
            found["partenaires"] = _partenaires(form, table)
            continue
        p = places[bloc.vers]
        if bloc.vers.startswith("contact."):
            value = phrase(rng, 1, 3).strip(" .;!") if rng.random() < 0.8 else ""
            p.extend(e.runs(" " + value))
            contact[bloc.vers.removeprefix("contact.")] = value
            continue
        blocs, value = e.reponse(True) if rng.random() < 0.8 and bloc.vers != "partenariat" else ([], "")
        at = list(form.body).index(p)
        for n, item in enumerate(blocs, 1):
            form.body.insert(at + n, item)
        found[bloc.vers] = value
    if not any(found.values()) and not any(contact.values()):
        return None
    return {**found, "contact": contact}


def _partenaires(form: Formulaire, table: etree._Element) -> list[dict[str, str]]:
    rng, e = form.rng, form.ecrivain
    rows = table.findall(W + "tr")
    pairs = [
        {"partenaire": phrase(rng, 1, 3).strip(" .;!"), "nature": phrase(rng, 2, 5)} for _ in range(rng.randint(0, 4))
    ]
    one_row = rng.random() < 0.5
    model = copy.deepcopy(rows[1])
    table.remove(rows[1])
    for group in [pairs] if one_row else [[p] for p in pairs]:
        row = copy.deepcopy(model)
        for cell, key in zip(row.findall(W + "tc"), ("partenaire", "nature"), strict=True):
            for p in cell.findall(W + "p"):
                cell.remove(p)
            cell.extend(
                [e.paragraphe(pair[key], liste=rng.random() < 0.7) for pair in group] or [etree.Element(W + "p")]
            )
        table.append(row)
    return pairs
