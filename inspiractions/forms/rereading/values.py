"""Whether a city changed a row, and what its words make of the value: one function a kind of row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspiractions.base.text import fold, nearest
from inspiractions.forms.drafting import deduce
from inspiractions.forms.reading.document import Paragraphe
from inspiractions.forms.rereading.blocks import likeness, merged, same
from inspiractions.forms.rereading.reading import RowAnswer
from inspiractions.forms.rereading.rows import Row
from inspiractions.model.source import Value

_BULLET = re.compile(r"^[-–—•]\s+")
_LINK = re.compile(r"(?P<titre>.*?)[\s:–—-]*(?P<url>https?://\S+)\s*")
_DISTRICT = re.compile(r"(?P<nom>.*?)\s*[(\[]\s*(?P<code>Q[PN]\w+)\s*[)\]]\s*")


@dataclass(frozen=True)
class Reading:
    """A value that words make; ``doubt``: why they make none, or not all of it, in French."""

    value: Value = None
    doubt: str = ""


def is_same(row: Row, answer: RowAnswer) -> bool:
    """Whether an answer says what the row shows; where it shows nothing, « NC » or « / » says nothing, too."""
    if row.empty and not answer.ticked and all(map(deduce.est_muet, answer.texts)):
        return True
    if row.of_story:
        return same(row.blocks, answer.lines)
    if row.kind == "boxes":
        return not answer.lines and _ids(row, answer.ticked) == (set(row.shown), [])
    return _plain(row.shown) == _plain(answer.texts)


def says_the_same(row: Row, other: Row) -> bool:
    """Whether two versions of a fiche say the same in a row."""
    return _plain(row.readable) == _plain(other.readable)


def erased(row: Row, answer: RowAnswer) -> bool:
    """Whether a city emptied a row that said something."""
    return not row.empty and not answer.lines and not answer.ticked


def read_value(row: Row, answer: RowAnswer) -> Reading:
    """What an answer makes of the value of its key. ``row``: what the fiche says now, whose writing stays where it can."""
    if row.of_story:
        return Reading(merged(row.blocks, answer.lines))
    lines = _as_written(row.shown, _one_a_line(answer.lines, row))
    match row.kind:
        case "boxes":
            return _boxes(row, answer)
        case "names":
            return _names(row, lines)
        case "month":
            return _month(" ".join(lines))
        case "links":
            return _links(lines)
        case "districts":
            return Reading([_district(line) for line in lines])
        case "lines":
            return Reading([*lines])
        case _:
            return Reading("\n".join(lines) or None)


def _plain(texts: Sequence[str]) -> list[str]:
    return [likeness(_BULLET.sub("", text)) for text in texts]


def _one_a_line(lines: Sequence[Paragraphe], row: Row) -> list[str]:
    texts = (" ".join(line.texte.split()) for line in lines)
    return [_BULLET.sub("", text) if row.kind != "text" else text for text in texts]


def _as_written(shown: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The lines of a city; those that the fiche already has keep its writing, which Word may have changed."""
    known = {likeness(text): text for text in shown}
    return [known.get(likeness(line), line) for line in lines]


def _ids(row: Row, labels: Sequence[str]) -> tuple[set[str], list[str]]:
    """The ids that labels name, and the labels that name none."""
    by_label = {fold(likeness(label)): one for one, label in (row.options or {}).items()}
    by_label |= {fold(one): one for one in row.options or {}}
    known = {by_label[fold(likeness(label))] for label in labels if fold(likeness(label)) in by_label}
    return known, [label for label in labels if fold(likeness(label)) not in by_label]


def _boxes(row: Row, answer: RowAnswer) -> Reading:
    typed = [" ".join(line.texte.split()) for line in answer.lines]
    ticked, strange = _ids(row, [*answer.ticked, *typed])
    ids: list[Value] = [one for one in row.options or {} if one in ticked]
    doubt = f"ce n’est pas un choix de cette liste : {_quoted(strange)}" if strange else ""
    if not row.one:
        return Reading(ids, doubt)
    if len(ids) > 1:
        return Reading(None, "plusieurs cases sont cochées, une seule est admise")
    return Reading(ids[0] if ids else None, doubt)


def _names(row: Row, lines: Sequence[str]) -> Reading:
    ids: dict[str, None] = {}
    doubts: list[str] = []
    for line in lines:
        (known, _) = _ids(row, [line])
        ids |= dict.fromkeys(known)
        if not known:
            near = nearest(line, (row.options or {}).values())
            doubts.append(f"« {line} » n’est pas un choix de cette liste" + (f" ; « {near} » ?" if near else ""))
    doubt = " ; ".join(doubts)
    if row.one:
        return Reading(next(iter(ids), None), doubt)
    return Reading([*ids], doubt)


def _month(text: str) -> Reading:
    if not text or fold(text) in ("inconnue", "inconnu"):
        return Reading("inconnue" if text else None)
    dates = deduce.periode(text)
    if "debut" not in dates or dates.get("fin", "inconnue") != "inconnue":
        return Reading(None, f"« {text} » n’est pas une année ni un mois")
    return Reading(dates["debut"])


def _links(lines: Sequence[str]) -> Reading:
    links: list[Value] = []
    strange: list[str] = []
    for line in lines:
        match = _LINK.fullmatch(line)
        if match and match["titre"] and match["url"].startswith("https://"):
            links.append({"titre": match["titre"], "url": match["url"]})
        else:
            strange.append(line)
    return Reading(links, f"il faut un titre et une adresse en https:// : {_quoted(strange)}" if strange else "")


def _district(line: str) -> Value:
    match = _DISTRICT.fullmatch(line)
    return {"nom": match["nom"], "code": match["code"].upper()} if match else {"nom": line}


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"« {text} »" for text in texts)
