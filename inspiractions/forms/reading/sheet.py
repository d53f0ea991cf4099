"""The export of a survey tool (LimeSurvey, Framaforms, Google Forms, Airtable…): one row an action, one column a question.

Columns are matched to the labels of a form, and shown for agreement; what is agreed is read as the form itself.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from inspiractions.base.text import fold, nearest
from inspiractions.forms.reading.boxes import options_named
from inspiractions.forms.reading.document import COCHEES, Morceau, WordDocument
from inspiractions.forms.reading.filled_form import FormPart, Lecture
from inspiractions.forms.reading.labels import Etiquette, accord, etiquettes, mots
from inspiractions.forms.reading.lines import FormLine
from inspiractions.forms.reading.locate import Repere
from inspiractions.forms.reading.package import MAX_FICHIER, Archive, Refus
from inspiractions.forms.reading.unpack import decoded
from inspiractions.model.questionnaire import Questionnaire

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
TECHNICAL = "(technique, non repris)"
_MAX_ROWS, _MAX_COLUMNS, _MAX_CELL = 2_000, 500, 100_000
# Columns that tools add by themselves.
_TOOLS = re.compile(
    r"(?:response |r[ée]ponse )?id|id de la r[ée]ponse|submit ?date|date de soumission|last ?page|derni[èe]re page|start ?language|langue de d[ée]part|seed|t[êe]te de s[ée]rie"
    r"|start ?date|date de lancement|date ?stamp|date de la derni[èe]re action|ip ?addr(?:ess)?|adresse ip|ref ?url|url r[ée]f[ée]rente|token|jeton|horodateur|timestamp|num[ée]ro de s[ée]rie|sid|num[ée]ro",
    re.I,
)
# « G01Q02. Titre », « Q3 - Titre »: the codes that tools put before the words.
_CODE = re.compile(r"^\s*(?:[A-Z]{1,3}\d+(?:[A-Z]{1,3}\d+)*(?:\[\w+\])?|\d{1,3})\s?[.):-]\s+")
_PARTS = re.compile(r"^(?P<question>.*?)\s*[\[(](?P<option>[^\[\]]+)[\])]\s*$", re.S)
_YES = re.compile(rf"\s*(?:oui|yes|vrai|true|x|1|y|coch[ée]e?|[{COCHEES}])\s*", re.I)
_NO = re.compile(r"\s*(?:non|no|faux|false|0|n|not selected|non s[ée]lectionn[ée])?\s*", re.I)
_LEAST, _HEAD_LINES = 3, 3


@dataclass(frozen=True)
class Column:
    """A column, and what of the form it answers: a label, or nothing. ``title``: as the export writes it."""

    title: str
    label: Etiquette | None = None
    technical: bool = False

    @property
    def answers(self) -> str:
        """What a person reads and may change: the words of the form."""
        if self.label is None:
            return TECHNICAL if self.technical else ""
        return name_of(self.label)


def name_of(label: Etiquette) -> str:
    """A label as it is told: its words, those of its question before the words of a box."""
    if label.option is not None:
        return f"{label.bloc.titre} [{label.option.libelle}]"
    return label.bloc.titre


def _others(label: Etiquette) -> Sequence[str]:
    """Other ways to write a question, met in filled forms."""
    return () if label.option else label.bloc.variantes


@dataclass
class Sheet:
    """An export: its columns, its rows, the form that it fills."""

    form: Questionnaire
    columns: list[Column]
    rows: list[list[str]] = field(default_factory=list)


def unanswered(sheet: Sheet) -> list[str]:
    """The questions of the fiche that no column answers, in the words that ``with_columns`` takes; a box counts for its question."""
    labels = etiquettes(sheet.form)
    answered = {id(column.label.bloc) for column in sheet.columns if column.label}
    asked = [label for label in labels if label.partie == "fiche" and label.demande and label.option is None]
    return [
        name_of(label)
        for label in asked
        if label.genre not in ("partenaires", "photos") and id(label.bloc) not in answered
    ]


def is_sheet(path: Path) -> bool:
    """Whether a file is the export of a survey tool, by its name."""
    return path.suffix.lower() in SUFFIXES


def read_sheet(path: Path, forms: Mapping[str, Questionnaire]) -> Sheet:
    """Read an export, and match its columns to the form that they fit best. Raises ``Refus``."""
    if path.stat().st_size > MAX_FICHIER:
        raise Refus("le tableur est trop lourd : exportez les réponses seules, sans les pièces jointes.")
    rows = _of_workbook(path) if path.suffix.lower().startswith(".xls") else _of_text(path.read_bytes())
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise Refus(
            "le tableur n’a pas de réponse : sa première ligne dit les questions, chacune des suivantes une action."
        )
    if len(rows) > _MAX_ROWS or len(rows[0]) > _MAX_COLUMNS:
        raise Refus(
            f"le tableur dépasse {_MAX_ROWS} lignes ou {_MAX_COLUMNS} colonnes : exportez une campagne à la fois."
        )
    # The first of equals: one line of titles, the first, is the usual case.
    tried = [Sheet(form, _matched(head, form), rows[n:]) for head, n in _heads(rows) for form in forms.values()]
    best = max(tried, key=lambda sheet: sum(column.label is not None for column in sheet.columns), default=None)
    if best is None or sum(column.label is not None for column in best.columns) < _LEAST:
        raise Refus(
            "les colonnes de ce tableur ne ressemblent aux questions d’aucun formulaire : écrivez en première ligne les "
            "questions telles que le formulaire les pose."
        )
    return best


def _heads(rows: Sequence[list[str]]) -> Iterator[tuple[list[str], int]]:
    """What the titles of the columns may be, and how many rows they take: tools write a name above, or choices under questions."""
    for n in range(min(_HEAD_LINES, len(rows) - 1)):
        yield rows[n], n + 1
        if n + 2 < len(rows):
            yield _joined(rows[n], rows[n + 1]), n + 2


def _joined(questions: list[str], choices: list[str]) -> list[str]:
    """« question [choix] », where a line names each question above the first of its choices (Framaforms)."""
    titles = []
    question = ""
    for n in range(max(len(questions), len(choices))):
        above, below = (row[n].strip() if n < len(row) else "" for row in (questions, choices))
        question = above or question
        titles.append(f"{question} [{below}]" if question and below and below != question else above or below)
    return titles


def _of_text(data: bytes) -> list[list[str]]:
    """The rows of a CSV, whatever its encoding and its separator."""
    text = decoded(data)
    # Excel names the separator on a line of its own.
    named = re.match(r"sep=(.)\r?\n", text)
    text = text[named.end() :] if named else text
    separator = named[1] if named else max(";,\t", key=lambda sign: _columns(text, sign))
    csv.field_size_limit(_MAX_CELL)
    try:
        return [
            row
            for _, row in zip(range(_MAX_ROWS + 2), csv.reader(io.StringIO(text), delimiter=separator), strict=False)
        ]
    except csv.Error as error:
        raise Refus("le fichier .csv est mal formé : exportez-le de nouveau, ou en .xlsx.") from error


def _columns(text: str, separator: str) -> int:
    """How many columns the first lines have, at most, with a separator."""
    lines = csv.reader(io.StringIO(text[:20_000]), delimiter=separator)
    try:
        return max((len(row) for row, _ in zip(lines, range(_HEAD_LINES + 1), strict=False)), default=0)
    except csv.Error:
        return 0


def _of_workbook(path: Path) -> list[list[str]]:
    """The rows of the first sheet that has some."""
    with Archive(path) as archive:
        for name in archive.noms:
            if name.endswith(".xml"):
                archive.read(name)  # bounded: a workbook that unfolds beyond measure is refused here
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            limits = {"max_row": _MAX_ROWS + 2, "max_col": _MAX_COLUMNS + 1}
            rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True, **limits)]
            width = max((n for row in rows for n, cell in enumerate(row, 1) if cell), default=0)
            if sum(any(row) for row in rows) > 1:
                return [row[:width] for row in rows]
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError) as error:
        raise Refus("le tableur est abîmé, ou d’un format inconnu : enregistrez-le en .csv, puis réessayez.") from error
    return []


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return str(value)[:_MAX_CELL]


def _matched(titles: Sequence[str], form: Questionnaire) -> list[Column]:
    labels = [label for label in etiquettes(form) if label.demande and label.genre not in ("partenaires", "photos")]
    taken: set[int] = set()
    columns = []
    for title in titles:
        flat = " ".join(title.split())
        label = _match(flat, [one for one in labels if one.rang not in taken])
        if label is not None:
            taken.add(label.rang)
        columns.append(Column(flat, label, label is None and bool(_TOOLS.fullmatch(_CODE.sub("", flat).strip()))))
    return columns


def _match(title: str, labels: Sequence[Etiquette]) -> Etiquette | None:
    """The label that a title says; a title « question [option] » is the box of that question."""
    text = _CODE.sub("", title)
    parts = _PARTS.match(text)
    if parts:
        options = [one for one in labels if one.genre == "option" and _near(one, parts["option"]) > 0.8]
        asked = next(
            (o for o in options if _alike(o.bloc.titre, parts["question"])), options[0] if len(options) == 1 else None
        )
        if asked is not None:
            return asked
    scored = [(_near(one, text), -one.rang, one) for one in labels if one.genre != "option"]
    note, _, best = max(scored, key=lambda s: s[:2], default=(0.0, 0, None))
    return best if note > 0.8 else None


def _near(label: Etiquette, text: str) -> float:
    """How well a whole text says a label: words that the label does not have count against it."""
    words = mots(text)
    match = accord(label, text, words)
    if match is None:
        return 0.0
    extra = sum(1 for word in words if word.start >= match.mots)
    return match.note - 0.04 * extra if match.longueur > 1 or not extra else 0.0


def _alike(one: str, other: str) -> bool:
    return bool(set(fold(one).split()[:4]) & set(fold(other).split()[:4]))


def with_columns(sheet: Sheet, agreed: Mapping[str, str]) -> Sheet:
    """The same, its columns as a person agreed to them: title → words of the form. Raises ``Refus``."""
    labels = [label for label in etiquettes(sheet.form) if label.demande]
    # A form may ask the same twice, of an action then of the city: what was proposed stands, else the first is meant.
    names = {fold(name).rstrip(" :"): label for label in reversed(labels) for name in (*_others(label), name_of(label))}
    columns = []
    for column in sheet.columns:
        question = " ".join(agreed.get(column.title, column.answers).split())
        if question == column.answers:
            columns.append(column)
            continue
        label = names.get(fold(question).rstrip(" :"))
        if question and question != TECHNICAL and label is None:
            near = nearest(question, map(name_of, labels))
            raise Refus(
                f"dans le tableau des colonnes, en face de « {column.title} » : « {question} » n’est pas une question du formulaire. "
                + (f"Vouliez-vous « {near} » ? " if near else "")
                + f"Copiez une question du compte rendu, videz la case, ou écrivez « {TECHNICAL} » pour écarter la colonne."
            )
        columns.append(Column(column.title, label, question == TECHNICAL))
    return Sheet(sheet.form, columns, sheet.rows)


def readings_of(sheet: Sheet) -> Iterator[Lecture]:
    """Each row, as if the form itself had been filled."""
    for row in sheet.rows:
        yield _Row(sheet.form).read(zip(sheet.columns, row, strict=False))


class _Row:
    """Makes a reading of a row: the lines of a form, and the labels found in it."""

    def __init__(self, form: Questionnaire) -> None:
        self.labels = etiquettes(form)
        self.lecture = Lecture(form, WordDocument(()), [])
        self.parts = {"fiche": FormPart(0), "enquete": FormPart(0), "repondants": FormPart(0)}

    def read(self, cells: Iterable[tuple[Column, str]]) -> Lecture:
        written = [(column, cell.replace("\r\n", "\n").strip()) for column, cell in cells if cell.strip()]
        for column, cell in sorted(written, key=lambda pair: pair[0].label.rang if pair[0].label else 10**6):
            if column.label is None:
                if not column.technical:
                    self.lecture.hors += self._lines(f"{column.title} : {cell}")
            elif column.label.genre == "choix":
                self._choices(column.label, cell)
            elif column.label.genre == "option":
                self._option(column.label, cell)
            else:
                self._answer(column.label, column.label.bloc.libelle, cell, "")
        stores = {"fiche": self.lecture.fiches, "enquete": self.lecture.enquetes, "repondants": self.lecture.repondants}
        for name, store in stores.items():
            store += [self.parts[name]] * bool(self.parts[name].reponses)
        return self.lecture

    def _option(self, label: Etiquette, cell: str) -> None:
        assert label.option is not None
        if label.option.autre:
            if not _NO.fullmatch(cell):
                self._answer(label, label.option.libelle, "" if _YES.fullmatch(cell) else cell, "☒ ")
        elif _YES.fullmatch(cell):
            self._answer(label, label.option.libelle, "", "☒ ")
        elif not _NO.fullmatch(cell):
            self._answer(label, label.option.libelle, "" if fold(cell) == fold(label.option.libelle) else cell, "☒ ")

    def _choices(self, question: Etiquette, cell: str) -> None:
        """The boxes that a cell names, « a, b » or « a;b »; what remains is « Autre »."""
        options = [one for one in self.labels if one.genre == "option" and one.bloc is question.bloc]
        named, rest = options_named(question.bloc, [cell])
        more = " ; ".join(rest)
        other = next((one for one in options if one.option and one.option.autre), None)
        for label in options:
            if label.option in named:
                self._answer(label, label.option.libelle if label.option else "", "", "☒ ")
        if more and other and other.option:
            self._answer(other, other.option.libelle, more, "☒ ")
        elif more:
            self._answer(question, question.bloc.libelle, more, "")

    def _answer(self, label: Etiquette, printed: str, text: str, before: str) -> None:
        n = len(self.lecture.lignes)
        self._lines(before + printed)
        lines = self._lines(text) if text else []
        repere = Repere(label, n, n, len(before + printed), 1.0, 1.0, before)
        self.lecture.reperes.append(repere)
        self.parts[label.partie].reponses.append((repere, lines))

    def _lines(self, text: str) -> list[FormLine]:
        """The lines of a text, added to those of the row."""
        stream = self.lecture.lignes
        lines = [
            FormLine((Morceau(line),), paragraphe=len(stream) + n, texte=line)
            for n, line in enumerate(text.split("\n"))
        ]
        stream += lines
        return lines
