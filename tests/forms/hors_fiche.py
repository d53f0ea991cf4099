"""Fill what is not an action: who answers, and the survey."""

from __future__ import annotations

import copy
import re

from lxml import etree

from inspiractions.model.questionnaire import Questionnaire as Donnees
from tests.forms.ecriture import Attendu, Formulaire, W, phrase, plat, texte

CONTACT = ("nom", "fonction", "service", "email", "telephone")


def repondants(form: Formulaire, donnees: Donnees) -> list[dict[str, str]]:
    people: list[dict[str, str]] = []
    heads = [p for p in form.paragraphes() if plat(texte(p)).startswith("Prénom NOM")]
    for n, head in enumerate(heads):
        filled = n == 0 or form.rng.random() < 0.5
        answers: dict[str, str] = {}
        p = head
        for bloc in donnees.demandes("repondants"):
            value = (
                phrase(form.rng, 1, 3).strip(" .;!")
                if filled and (n + len(answers) == 0 or form.rng.random() < 0.8)
                else ""
            )
            if value:
                p.extend(form.ecrivain.runs(" " + value))
            answers[bloc.vers] = value
            p = p.getnext()
        if any(answers.values()):
            people.append(answers)
    return people


def enquete(form: Formulaire, donnees: Donnees) -> Attendu | None:
    rng, e = form.rng, form.ecrivain
    items = list(form.body)
    start = next(i for i, item in enumerate(items) if plat(texte(item)) == "Enquête")
    survey: Attendu = {}
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
            survey["partenaires"] = _partenaires(form, table)
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
        survey[bloc.vers] = value
    if not any(survey.values()) and not any(contact.values()):
        return None
    return {**survey, "contact": contact}


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
