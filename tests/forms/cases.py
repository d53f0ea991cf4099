"""Tick boxes the ten ways people do, and specify « Autre »."""

from __future__ import annotations

import re

from lxml import etree

from inspiractions.model.questionnaire import FormBlock, Option
from tests.forms.ecriture import W14, Formulaire, W, cellule, phrase, plat, texte

CASES = ("☒", "☑", "X", "x ☐", "☐ x", "[x]", "sdt", "champ", "sym", "✓", "√", "●", "◉", "x après", "☒ après", "effacées", "barrées", "surlignées", "soulignées", "en couleur")  # fmt: skip
# How a run stands out, for each way to choose by it.
RELIEFS = {"surlignées": ("highlight", "yellow"), "soulignées": ("u", "single"), "en couleur": ("color", "FF0000")}


def _marquer(form: Formulaire, p: etree._Element, kind: str, ticked: bool) -> None:
    """Put a box of some kind at the head of a paragraph that has one, ticked or not."""
    for old in [*p.iter(W + "sdt")]:
        old.getparent().remove(old)
    for t in p.iter(W + "t"):
        if t.text and "☐" in t.text:
            t.text = t.text.replace("☐", "", 1)
            break
    at = next(i for i, item in enumerate(p) if item.tag != W + "pPr")
    runs: list[etree._Element]
    if kind in ("x après", "☒ après"):
        p.extend(form.ecrivain.runs(" " + kind.split()[0] if ticked else ""))
        return
    if kind in ("effacées", "barrées", *RELIEFS):
        runs = form.ecrivain.runs("" if kind == "effacées" else "☐")
    elif kind in ("sdt", "champ", "sym"):
        runs = [_special(kind, ticked)]
    else:
        runs = form.ecrivain.runs(kind if ticked else ("[ ]" if kind == "[x]" else "☐"))
    for n, item in enumerate(runs):
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


def cocher(
    form: Formulaire, bloc: FormBlock, head: etree._Element, kind: str
) -> tuple[list[str], dict[str, str], bool]:
    rng = form.rng
    ticked: list[str] = []
    detail: dict[str, str] = {}
    qpv = False
    cell = cellule(head)
    ps = list(cell.iter(W + "p"))
    at = ps.index(head)
    if bloc.en_ligne:
        return [], {}, False
    others: list[tuple[Option, etree._Element]] = []
    taken: list[tuple[Option, etree._Element]] = []
    for option in bloc.options:
        p = next(p for p in ps[at + 1 :] if plat(texte(p)).lstrip("☐ ").startswith(option.libelle))
        at = ps.index(p)
        on = rng.random() < 0.35
        _marquer(form, p, kind, on)
        (taken if on else others).append((option, p))
        if on and kind in RELIEFS:
            _relever(p, *RELIEFS[kind])
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
    _ecarter(form, kind, taken, others)
    return ticked, detail, qpv


def _relever(p: etree._Element, name: str, value: str) -> None:
    """Give all the runs of a paragraph one more look."""
    for run in p.iter(W + "r"):
        look = run.find(W + "rPr")
        if look is None:
            look = etree.Element(W + "rPr")
            run.insert(0, look)
        etree.SubElement(look, W + name).set(W + "val", value)


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


Options = list[tuple[Option, etree._Element]]


def _ecarter(form: Formulaire, kind: str, taken: Options, others: Options) -> None:
    """Erase or strike what is not chosen."""
    if kind not in ("effacées", "barrées") or all(option.autre for option, _ in taken):
        return
    if kind == "barrées" and all(option.autre for option, _ in others):
        # Only « Autre » would be struck, which says nothing of the others: these are ticked.
        for _, p in taken:
            _marquer(form, p, "☒", True)
        return
    for _, p in others:
        if kind == "effacées":
            p.getparent().remove(p)
        else:
            _relever(p, "strike", "1")
