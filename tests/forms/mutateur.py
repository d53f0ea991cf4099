"""Fill a blank form at random, as people do, and say what the extraction must find: the property tests feed on it."""

from __future__ import annotations

import copy
import random
import re
from pathlib import Path

from lxml import etree

from inspiractions.model.questionnaire import FormBlock
from inspiractions.model.questionnaire import Questionnaire as Donnees
from tests.forms.cases import CASES, cocher
from tests.forms.ecriture import Attendu, Formulaire, W, cellule, phrase, plat, texte
from tests.forms.hors_fiche import CONTACT, enquete, repondants


def remplir(path: Path, donnees: Donnees, rng: random.Random) -> tuple[bytes, list[Attendu]]:
    """A blank filled at random, and what the extraction must give for it."""
    form = Formulaire(path, rng)
    if rng.random() < 0.15:
        _sans_presentation(form, donnees)
    ranges = _actions(form, donnees, rng.choice((1, 1, 1, 2, 3)))
    people = repondants(form, donnees) if "repondants" in donnees.parties else []
    survey = enquete(form, donnees) if "enquete" in donnees.parties and rng.random() < 0.7 else None
    actions = [_action(form, donnees, items, people) for items in ranges]
    for i, action in enumerate(actions):
        action["enquete"] = survey if i == 0 and "enquete" in donnees.parties else None
    return form.octets(), actions


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
        copies = [copy.deepcopy(item) for item in first]
        if not heading and any(b.genre == "nom" for b in donnees.parties["fiche"]):
            copies = copies[1:]
        at = list(form.body).index(ranges[-1][-1])
        for n, item in enumerate(copies, 1):
            form.body.insert(at + n, item)
        ranges.append(copies)
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
    answers: dict[str, str] = {}
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
            ticked, detail, is_qpv = cocher(form, bloc, p, kind)
            choix[bloc.vers] = ticked
            precisions |= detail
            qpv = qpv or is_qpv
            continue
        key = bloc.vers or bloc.titre
        value = _repondre(form, bloc, p, items)
        answers[key] = value
        if bloc.rubrique:
            sections[bloc.titre] = value
            if donnees.rubriques_libres and bloc.genre == "question" and rng.random() < 0.06:
                _ajouter(form, p, sections)
    asked = {b.vers for b in donnees.demandes("fiche")}
    first = repondants[0] if repondants else {}
    b = "repondants" in donnees.parties
    budget = {
        k: answers.get(f"budget.{k}", "")
        for k in ("texte", "fonctionnement", "investissement", "contribution", "financeurs")
    }
    return {
        "modele": donnees.modele,
        **{k: answers.get(k, "") if k in asked else None for k in ("titre", "date_redaction", "periode", "echelle", "porteur", "role_collectivite", "services_elus", "partenaires")},
        "ville": first.get("ville", "") if b else answers["ville"],
        "contact": {"nom": first.get("nom", ""), "fonction": first.get("fonction", ""), "service": None, "email": first.get("email", ""), "telephone": first.get("tel", "")}
        if b else {k: answers.get(f"contact.{k}", "") if f"contact.{k}" in asked else None for k in CONTACT},
        "budget": answers["budget"] if b else budget,
        **{k: choix.get(k) for k in ("ages", "types_action", "determinants", "cible")},
        "qpv": qpv,
        "sections": sections,
        "images": 0,
        "precisions": precisions,
    }  # fmt: skip


def _repondre_en_ligne(
    form: Formulaire, bloc: FormBlock, last: etree._Element, blocs: list[etree._Element], value: str
) -> str:
    rng = form.rng
    row = cellule(last).getparent()
    cells = row.findall(W + "tc")
    if rng.random() < 0.04 and len(cells) == 2 and bloc.vers != "ville":
        row.getparent().remove(row)
        return ""
    target = cells[-1] if len(cells) > 1 else row.getnext().find(W + "tc")
    if value and rng.random() < 0.12 and "\n" not in value and " | " not in value:
        last.extend(form.ecrivain.runs(" " + value))
        return value
    _vider(target, blocs, rng)
    return value


def _repondre(form: Formulaire, bloc: FormBlock, p: etree._Element, items: list[etree._Element]) -> str:
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
        return _repondre_en_ligne(form, bloc, last, blocs, value)
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
