"""Which boxes of a form are ticked, however it was done: a box or a cross, before the words or after; what else was struck,
erased, or made to stand out.

What is certain is a choice; what is likely is one too, and is told with the words; the rest is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from inspiractions.base.text import fold
from inspiractions.forms.reading.document import CASE, COCHEES, VIDES
from inspiractions.forms.reading.filled_form import FormPart, Lecture, coche
from inspiractions.forms.reading.form_data import Choice, Leftover
from inspiractions.forms.reading.labels import mots
from inspiractions.forms.reading.lines import COCHE_APRES, FormLine, texte
from inspiractions.forms.reading.locate import Repere
from inspiractions.model.questionnaire import FormBlock, Option

_POINTS = re.compile(r"(?:…[.…]*)+|\.{3,}|_{2,}|·{3,}")
_EMPTY = re.compile(rf"[\s|]*(?:[{VIDES}]|\[ ?\])")
_PARTS = re.compile(r"[\n;,/•|\x22]|\s[-–—+]\s|\set\s")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_NON = re.compile(r"[\s|:]*non[\s.]*", re.I)
_AT_END = re.compile(rf"[\s|](?:[xX]|[{COCHEES}]\ufe0f?|\[[xX]\]|\([xX]\))$")


@dataclass(frozen=True)
class _Box:
    """``bare``: no box, no cross stands before its words; ``relief``: how these stand out; ``bullet``: its box is a bullet."""

    option: Option
    ticked: bool
    text: str
    bare: bool
    relief: str
    bullet: bool = False


def choices_of(lecture: Lecture, part: FormPart) -> tuple[dict[str, list[Choice]], list[Leftover]]:
    """The boxes ticked, by question; what was typed after a fixed label, or after a box left unticked; what is not sure."""
    struck = [_words(aside.text) for aside in lecture.document.asides if aside.place == "Texte barré"]
    choices: dict[str, list[Choice]] = {}
    typed: dict[str, Leftover] = {}
    doubts: list[Leftover] = []
    questions = list(_questions(lecture, part))
    # Most labels of a form look the same: those that stand out were made to.
    looks = Counter(box.relief for _, boxes, _ in questions for box in boxes)
    usual = "" if "" in looks or not looks else looks.most_common(1)[0][0]
    for bloc, read, stray in questions:
        named, rest = options_named(bloc, stray) if not read else ([], stray)
        boxes, remarks = _otherwise(bloc, read, struck, usual, whole=not rest) if not named else (read, [])
        if named:
            names = " ; ".join(f"« {option.libelle} »" for option in named)
            remarks = [f"« {bloc.titre} » : compté comme coché, car écrit sans case : {names}"]
        doubts += [Leftover("unticked_box", text) for text in remarks]
        written = [b for b in boxes if b.ticked or (b.option.autre and b.text)]
        choices[bloc.vers] = [Choice(b.option, b.text) for b in written] + [Choice(option) for option in named]
        for box in boxes:
            if box.text and not box.option.autre:
                typed[box.option.libelle] = Leftover("precision", box.text, box.option.libelle)
            if box.text and not box.ticked:
                words = "un texte" if box.option.autre else "une précision"
                fault = f"« {box.option.libelle} » porte {words}, mais sa case n’est pas cochée : {box.text}"
                doubts.append(Leftover("unticked_box", fault))
        doubts += [Leftover("unticked_box", f"écrit sous « {bloc.titre} » : {text}") for text in rest]
    return choices, [*typed.values(), *doubts]


def options_named(bloc: FormBlock, texts: Iterable[str]) -> tuple[list[Option], list[str]]:
    """The options of a question that some texts name, in its order, and the other words of these texts."""
    options = [option for option in bloc.options if not option.autre]
    named: list[Option] = []
    rest: list[str] = []
    for text in texts:
        # Whole labels first, the longest before: some hold a comma.
        for option in sorted(options, key=lambda one: -len(one.libelle)):
            at = _place(option.libelle, text)
            if at >= 0:
                named.append(option)
                text = f"{text[:at]}\n{text[at + len(option.libelle) :]}"
        for part in _PARTS.split(text):
            words = _words(part)
            shaped = next(
                (o for o in options if words and words in (_words(o.libelle), _words(_ASIDE.sub("", o.libelle)))), None
            )
            if shaped:
                named.append(shaped)
            elif re.search(r"\w", part):
                rest.append(part.strip(" .,;"))
    return [option for option in options if option in named], rest


def _place(label: str, text: str) -> int:
    """Where a text holds a whole label, else -1."""
    whole = re.search(rf"(?<!\w){re.escape(fold(label))}(?!\w)", fold(text)) if len(fold(text)) == len(text) else None
    return whole.start() if whole else -1


def _questions(lecture: Lecture, part: FormPart) -> Iterator[tuple[FormBlock, list[_Box], list[str]]]:
    """Each question of boxes, its boxes in order, and the lines that stand under it before any box."""
    blocs: dict[str, FormBlock] = {}
    boxes: dict[str, list[_Box]] = {}
    stray: dict[str, list[str]] = {}
    for step, lines in part.reponses:
        bloc = step.etiquette.bloc
        if step.etiquette.genre not in ("choix", "option"):
            continue
        blocs[bloc.vers] = bloc
        if step.etiquette.option:
            boxes.setdefault(bloc.vers, []).append(_box(step, lines, lecture.lignes))
        elif re.search(r"\w{2}", text := " / ".join(texte(lines).split("\n"))):
            stray.setdefault(bloc.vers, []).append(text)
    for vers, bloc in blocs.items():
        yield bloc, boxes.get(vers, []), stray.get(vers, [])


def _box(step: Repere, lines: list[FormLine], stream: list[FormLine]) -> _Box:
    option = step.etiquette.option
    assert option is not None
    after, words = _tick_after(_POINTS.sub(" ", texte(lines)))
    words = _precision(words)
    if option.autre:
        words = re.sub(r"^\(?précisez\)?[\s:]*", "", words)
    runs = [m for m in stream[step.debut].morceaux if re.search(r"\w", m.texte)]
    relief = next((m.relief for m in runs if m.relief), "gras" if runs and all(m.gras for m in runs) else "")
    bare = not CASE.search(step.avant) and not step.avant.strip(" |\u00a0-–—•·▪*➢►→")
    return _Box(option, coche(step) or after, words, bare, relief, bool(stream[step.debut].puce))


def _tick_after(written: str) -> tuple[bool, str]:
    """Whether a tick follows a label, or ends what was typed after it; and the words without it."""
    if mark := COCHE_APRES.match(written):
        rest = written[mark.end() :]
        empty = _EMPTY.match(rest)
        return not _EMPTY.fullmatch(mark[0]), rest[empty.end() :] if empty else rest
    if mark := _AT_END.search(written.rstrip()):
        return True, written[: mark.start()]
    if _NON.fullmatch(written):
        return False, ""
    return False, written


def _otherwise(
    bloc: FormBlock, boxes: list[_Box], struck: Iterable[list[str]], usual: str, whole: bool
) -> tuple[list[_Box], list[str]]:
    """The same boxes, those chosen otherwise than by a tick ticked; what to tell of it.

    ``usual``: how labels look there; ``whole``: no other words stand there.
    """
    if len(boxes) == len(bloc.options) and all(box.bullet and box.ticked for box in boxes):
        boxes = [replace(box, ticked=False) for box in boxes]  # the look of a list, no choice
    if not boxes or any(box.ticked for box in boxes):
        return boxes, []
    raised = [box for box in boxes if box.relief and box.relief != usual]
    if raised:
        quoted_boxes = " ; ".join(f"« {box.option.libelle} » ({box.relief.split()[0]})" for box in raised)
        return _tick(boxes, raised), [f"« {bloc.titre} » : compté comme coché, car mis en relief : {quoted_boxes}"]
    there = [box.option for box in boxes]
    gone = [option for option in bloc.options if not option.autre and option not in there]
    kept = [box for box in boxes if not box.option.autre]
    if not kept or len(boxes) == len(bloc.options):
        return boxes, []
    bare = all(box.bare for box in kept)
    names = " ; ".join(f"« {box.option.libelle} »" for box in kept)
    strokes = list(struck)
    # Words beside a box may be a choice that was reworded: then it is not sure that others were erased.
    erased = bool(gone) and whole and not any(box.text for box in kept)
    if bare or erased or (gone and all(any(_within(o, words) for words in strokes) for o in gone)):
        return _tick(boxes, kept), [f"« {bloc.titre} » : compté comme coché, car seul gardé : {names}"]
    return boxes, [f"« {bloc.titre} » : rien n’est coché, mais des choix ont été effacés ; restent {names}"]


def _tick(boxes: list[_Box], chosen: list[_Box]) -> list[_Box]:
    return [replace(box, ticked=True) if box in chosen else box for box in boxes]


def _within(option: Option, struck: list[str]) -> bool:
    label = _words(option.libelle)
    return any(struck[n : n + len(label)] == label for n in range(len(struck) - len(label) + 1))


def _words(text: str) -> list[str]:
    return [mot.texte for mot in mots(text)]


def _precision(written: str) -> str:
    """What was typed after a label, without the dots, the « : » or the parentheses that surround it."""
    text = re.sub(r"[^\S\n]+", " ", _POINTS.sub(" ", written)).strip()
    text = re.sub(r"^[\s:|]+|^[–—-](?=\s)", "", text).strip()
    if text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")"):
        text = text[1:-1]
    return text.strip(" :_|\u00a0")
