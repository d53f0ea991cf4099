"""What stands beside the answers of an action: pictures, links, notes, comments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from banque.importer.document import Morceau
from banque.importer.flux import FormLine
from banque.importer.lecture import FormPart, Lecture


def images(lecture: Lecture, part: FormPart) -> list[str]:
    """The pictures of an action, by name, in order, without the logo of the form, wherever it is repeated."""
    logos = {m.image for line in lecture.hors for m in line.morceaux if m.image}
    prints = {_print(lecture, nom) for nom in logos}
    found = [m.image for line in lignes_de(part) for m in line.morceaux if m.image]
    return [nom for nom in found if nom not in logos and _print(lecture, nom) not in prints]


def _print(lecture: Lecture, nom: str) -> str:
    return hashlib.sha256(lecture.document.images[nom]()).hexdigest()


def lignes_de(part: FormPart) -> Iterator[FormLine]:
    """Every line of an action, its labels apart."""
    yield from part.nom
    for _, lines in part.reponses:
        yield from lines
    for _, lines in part.ajouts:
        yield from lines
    yield from part.hors


def marges(lecture: Lecture, part: FormPart) -> dict[str, Any]:
    """Links, notes and comments of an action."""
    starts = [p.debut for p in lecture.fiches]
    at = lecture.fiches.index(part) if part in lecture.fiches else 0
    start = 0 if at == 0 else part.debut
    stop = starts[at + 1] if at + 1 < len(starts) else len(lecture.lignes)
    anchored: dict[str, str] = {}
    notes: list[str] = []
    for line in lecture.lignes[start:stop]:
        for number in dict.fromkeys(c for m in line.morceaux for c in m.commentaires):
            text = "".join(m.texte for m in line.morceaux if number in m.commentaires)
            anchored[number] = "\n".join(t for t in (anchored.get(number, ""), text) if t)
        notes += [lecture.document.notes.get(m.note, "") for m in line.morceaux if m.note]
    remarks = lecture.document.commentaires
    orphans = [
        n for n in remarks if at == 0 and not any(n in m.commentaires for line in lecture.lignes for m in line.morceaux)
    ]
    comments = [
        {"texte": anchored.get(n, ""), "commentaire": remarks[n]} for n in (*anchored, *orphans) if n in remarks
    ]
    links = _liens(m for line in lignes_de(part) for m in line.morceaux)
    said = {"liens": links, "notes": [n for n in notes if n], "commentaires": comments}
    return {key: value for key, value in said.items() if value}


def _liens(runs: Iterable[Morceau]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    last = ""
    for run in runs:
        if run.lien and run.lien == last:
            found[-1]["texte"] += run.texte
        elif run.lien:
            found.append({"texte": run.texte, "url": run.lien})
        last = run.lien
    return [link for link in found if link["texte"].strip()]
