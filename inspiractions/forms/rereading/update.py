"""Three versions of a fiche made one: what the bank said, what the city wrote, what the fiche is now.

A row that the city changed is taken where the fiche still says what it said; where both changed, the fiche stays and both
are told. What the city left is never written anew.

Whether a city changed a row, and what its words make of the value: one function a kind of row.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inspiractions.base.markdown import heading
from inspiractions.base.text import fold, nearest
from inspiractions.forms.drafting import deduce
from inspiractions.forms.drafting.net import Redactor
from inspiractions.forms.reading.document import Morceau, Paragraphe
from inspiractions.forms.rereading.form import RELU, REMARKS
from inspiractions.forms.rereading.reading import Returned, RowAnswer
from inspiractions.forms.rereading.rows import Row, likeness, merged, place_of, rows_of, rubrique_of, same
from inspiractions.model.action import added_rubrique, rubrique_de
from inspiractions.model.canonical import comments, write_fiche
from inspiractions.model.parse import faults_of
from inspiractions.model.source import Source, Value
from inspiractions.model.types import ParseContext
from inspiractions.model.vocabulaire import Vocabulaire
from inspiractions.story.review import BEFORE_THE_CITY

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


@dataclass(frozen=True)
class Change:
    """A row that the city changed. ``before``: what the bank said; ``now``: what the fiche says since; ``city``: its words.

    ``why``: why it is not taken, in French; empty where it is.
    """

    row: Row
    before: tuple[str, ...]
    now: tuple[str, ...]
    city: tuple[str, ...]
    why: str = ""


@dataclass
class Update:
    """What an answer makes of a fiche. ``text``: its new text, that of today where nothing changes.

    ``taken``, ``conflicts``, ``doubts``: rows changed by the city, taken or not; ``known``: labels of those that the fiche
    already says so; ``absent``: of those that the document lacks; ``confirmed``: keys that no longer are the editors'.
    ``reread``: whether the city says that it re-read all of it; ``beside``: its words outside the rows.
    """

    text: str
    taken: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    doubts: list[Change] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    reread: bool = False
    kept_label: str = ""

    @property
    def changed(self) -> list[Change]:
        """All that the city changed."""
        return [*self.taken, *self.conflicts, *self.doubts]


@dataclass(frozen=True)
class Versions:
    """What the bank said (``base``), and what the fiche is now (``now``, whose file says ``text``)."""

    base: Source
    now: Source
    text: str


def update(versions: Versions, returned: Returned, contexte: ParseContext, redactor: Redactor, today: date) -> Update:
    """Take what a city wrote; persons are set aside in ``redactor``."""
    return _Updater(versions, returned, contexte, redactor).run(today)


class _Updater:
    """Goes through the rows once, then writes the fiche."""

    def __init__(self, versions: Versions, returned: Returned, contexte: ParseContext, redactor: Redactor) -> None:
        self.versions, self.returned, self.contexte, self.redactor = versions, returned, contexte, redactor
        self.meta: dict[str, Value] = copy.deepcopy(dict(versions.now.meta))
        self.rubriques: dict[str, str] = {}
        self.confirmed: dict[str, None] = {}
        self.outcome = Update(versions.text)

    def run(self, today: date) -> Update:
        vocabulaires = self.contexte.vocabulaires
        base = {row.place: row for row in rows_of(self.versions.base, vocabulaires)}
        now = {row.place: row for row in rows_of(self.versions.now, vocabulaires)}
        for place, row in base.items():
            self._row(row, now.get(place), self.returned.answers.get(place))
        self._last_rows(base)
        self.outcome.beside = [self.redactor.text(words) for words in (*self.outcome.beside, *self.returned.beside)]
        # What is in the fiche already counts the first time only; what nobody could take changes nothing.
        label = str(self.meta.get("connaissance") or "")
        first = bool(self.outcome.known) and label in BEFORE_THE_CITY
        if self.outcome.reread or self.outcome.taken or self._confirmed_now() or first:
            self._write(today, label)
        return self.outcome

    def _confirmed_now(self) -> list[str]:
        """The keys of the editors' that the city confirms."""
        deduced = self.meta.get("champs_deduits")
        return [str(key) for key in deduced if key in self.confirmed] if isinstance(deduced, list) else []

    def _row(self, base: Row, now: Row | None, answer: RowAnswer | None) -> None:
        if answer is None:
            self.outcome.absent.append(base.label)
            return
        if answer.confirmed and base.deduced:
            self.confirmed[base.key] = None
        if is_same(base, answer):
            self.outcome.beside += [f"{base.label} : {text}" for text in answer.texts if base.empty]
            return
        if now is not None and is_same(now, answer):
            self.outcome.known.append(base.label)
            self.confirmed[base.key] = None
            return
        answer = self._without_persons(base, answer)
        change = Change(base, base.readable, now.readable if now else (), _words(answer))
        if now is None or not says_the_same(base, now):
            self.outcome.conflicts.append(change)
            return
        why = self._take(now, answer)
        if why is None:
            self.outcome.taken.append(change)
            self.confirmed[base.key] = None
        else:
            self.outcome.doubts.append(Change(base, change.before, change.now, change.city, why))

    def _without_persons(self, row: Row, answer: RowAnswer) -> RowAnswer:
        """The same answer; what the fiche already publishes stays."""
        published = {*(" ".join(text.split()) for text in row.readable), *(row.options or {}).values()}
        lines = []
        for line in answer.lines:
            if " ".join(line.texte.split()) not in published and (text := self.redactor.text(line.texte)) != line.texte:
                line = Paragraphe((Morceau(text),), line.liste, line.niveau, line.titre)
            lines.append(line)
        ticked = [label if label in published else self.redactor.text(label) for label in answer.ticked]
        return RowAnswer(lines, ticked, answer.confirmed)

    def _take(self, row: Row, answer: RowAnswer) -> str | None:
        """Write a row; why it cannot be, where it cannot."""
        if row.of_story:
            self.rubriques[row.place] = str(read_value(row, answer).value or "")
            return None
        reading = read_value(row, answer)
        if reading.doubt:
            return reading.doubt
        if reading.value in (None, []) and not erased(row, answer):
            return "rien n’est coché"
        meta = _with(self.meta, row.place, reading.value)
        key = row.place.partition(".")[0]
        if faults := faults_of({key: meta.get(key)}, self.contexte):
            return " ; ".join(faults)
        if reading.value in (None, []) and key in _REQUIRED:
            return "la fiche ne peut s’en passer"
        self.meta = meta
        return None

    def _last_rows(self, base: Mapping[str, Row]) -> None:
        reread, remarks = (self.returned.answers.get(place, RowAnswer()) for place in (RELU, REMARKS))
        if reread.ticked:
            self.outcome.reread = True
            left = {change.row.key for change in (*self.outcome.conflicts, *self.outcome.doubts)}
            shown = {row.key for row in base.values() if row.deduced and row.place in self.returned.answers}
            self.confirmed |= dict.fromkeys(sorted(shown - left))
        self.returned.beside += [*(" ".join(line.texte.split()) for line in reread.lines), *remarks.texts]

    def _write(self, today: date, label: str) -> None:
        if lines := list(comments(self.versions.now)):
            why = f"l’en-tête de la fiche porte un commentaire « # », ligne {lines[0]}, qui se perdrait : ôtez-le, puis recommencez"
            self.outcome.doubts += [Change(c.row, c.before, c.now, c.city, why) for c in self.outcome.taken]
            self.outcome.taken = []
            return
        self.outcome.confirmed = self._confirmed_now()
        deduced = self.meta.get("champs_deduits")
        if isinstance(deduced, list):
            self.meta["champs_deduits"] = [key for key in deduced if key not in self.confirmed]
        if label in BEFORE_THE_CITY:
            self.meta["connaissance"] = _REREAD
        elif label != _REREAD:
            self.outcome.kept_label = label
        published = str(self.meta.get("date_publication") or "")
        self.meta["verifie_le"] = max(today.isoformat(), published)
        body = _body(self.versions.now, self.rubriques, self.contexte.vocabulaires["rubriques"])
        self.outcome.text = write_fiche(self.meta, body)


_REREAD = "relu"
_REQUIRED = ("titre", "resume", "villes", "ages", "axes", "qpv", "thematiques", "porteur")


def _words(answer: RowAnswer) -> tuple[str, ...]:
    return (*answer.ticked, *answer.texts)


def _with(meta: Mapping[str, Value], place: str, value: Value) -> dict[str, Value]:
    """The same front matter with another value at a place; a group that says nothing more goes."""
    key, _, inner = place.partition(".")
    if not inner:
        return {**meta, key: value}
    group = meta.get(key)
    changed = {**(group if isinstance(group, dict) else {}), inner: value}
    kept: dict[str, Value] = {name: one for name, one in changed.items() if one not in (None, [], "")}
    return {**meta, key: kept or None}


def _body(source: Source, written: Mapping[str, str], rubriques: Vocabulaire) -> str:
    """The récit with some rubriques written anew; the lines of the others do not change."""
    lines = source.body.split("\n")
    sections = source.sections
    starts = [section.line - source.body_line for section in sections]
    places = [_place(section.titre, rubriques) for section in sections]
    parts: list[tuple[int, str]] = []
    for n, place in enumerate(places):
        end = starts[n + 1] if n + 1 < len(starts) else len(lines)
        whole = "\n".join(lines[starts[n] : end]).strip("\n")
        if place in written and place not in places[:n]:
            text = written[place].strip("\n")
            whole = f"{lines[starts[n]]}\n\n{text}" if text else ""
        if whole:
            parts.append((_rank(places[: n + 1], rubriques), whole))
    for place in (one for one in written if one not in places and written[one].strip()):
        terme = rubriques[rubrique_of(place)]
        new = terme.rang, f"{heading(terme.libelle)}\n\n{written[place].strip()}"
        parts.insert(next((n for n, (rank, _) in enumerate(parts) if rank > terme.rang), len(parts)), new)
    preamble = "\n".join(lines[: starts[0]] if starts else lines).strip("\n")
    return "\n\n".join(filter(None, [preamble, *(text for _, text in parts)]))


def _place(titre: str, rubriques: Vocabulaire) -> str:
    canonical = rubrique_de(titre, rubriques)
    return place_of(canonical.id if canonical else added_rubrique(titre))


def _rank(places: list[str], rubriques: Vocabulaire) -> int:
    """Where the last of some rubriques stands: its rank, or that of the canonical one that it follows."""
    ranks = [rubriques[rubrique_of(place)].rang for place in places if rubrique_of(place) in rubriques]
    return ranks[-1] if ranks else -1
