"""What stands beside the answers of an action: pictures, links, notes, comments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from inspiractions.forms.reading.filled_form import FormPart, Lecture
from inspiractions.forms.reading.form_data import Comment, Link
from inspiractions.forms.reading.lines import FormLine


def images(lecture: Lecture, part: FormPart) -> list[str]:
    """The pictures of an action, by name, in order, without the logo of the form, wherever it is repeated."""
    logos = {m.image for line in lecture.hors for m in line.morceaux if m.image}
    prints = {_print(lecture, nom) for nom in logos}
    pictures = [m.image for line in lignes_de(part) for m in line.morceaux if m.image]
    return [nom for nom in pictures if nom not in logos and _print(lecture, nom) not in prints]


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


def links(part: FormPart) -> list[Link]:
    """The links of an action; runs that follow one another with the same address are one link."""
    joined: list[Link] = []
    last = ""
    for run in (m for line in lignes_de(part) for m in line.morceaux):
        if run.lien and run.lien == last:
            joined[-1] = replace(joined[-1], text=joined[-1].text + run.texte)
        elif run.lien:
            joined.append(Link(run.texte, run.lien))
        last = run.lien
    return [link for link in joined if link.text.strip()]


def notes(lecture: Lecture, part: FormPart) -> list[str]:
    """The footnotes of an action, in order."""
    texts = (
        lecture.document.notes.get(m.note, "") for line in _lines_around(lecture, part) for m in line.morceaux if m.note
    )
    return [text for text in texts if text]


def comments(lecture: Lecture, part: FormPart) -> list[Comment]:
    """The comments of an action; those that bear on no words go with the first."""
    anchored: dict[str, str] = {}
    for line in _lines_around(lecture, part):
        for number in dict.fromkeys(c for m in line.morceaux for c in m.commentaires):
            text = "".join(m.texte for m in line.morceaux if number in m.commentaires)
            anchored[number] = "\n".join(t for t in (anchored.get(number, ""), text) if t)
    remarks = lecture.document.commentaires
    adrift: list[str] = []
    if _rank(lecture, part) == 0:
        held = {number for line in lecture.lignes for m in line.morceaux for number in m.commentaires}
        adrift = [number for number in remarks if number not in held]
    return [Comment(anchored.get(n, ""), remarks[n]) for n in (*anchored, *adrift) if n in remarks]


def _rank(lecture: Lecture, part: FormPart) -> int:
    return lecture.fiches.index(part) if part in lecture.fiches else 0


def _lines_around(lecture: Lecture, part: FormPart) -> list[FormLine]:
    """The lines of an action, its labels included; the first goes from the top of the document, the last to its end."""
    at = _rank(lecture, part)
    start = 0 if at == 0 else part.debut
    stop = lecture.fiches[at + 1].debut if at + 1 < len(lecture.fiches) else len(lecture.lignes)
    return lecture.lignes[start:stop]
