"""What a filled form says, typed: in the words of the city, beside what the form asked.

The JSON of ``import --extract``: one object an action, ``null`` where the form does not ask.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from inspiractions.forms.reading.lines import FormLine, texte
from inspiractions.model.questionnaire import BUDGET, CHOICES, MORE_TEXTS, TEXTS, FormBlock, Option, Questionnaire

LeftoverKind = Literal[
    "precision",
    "added_row",
    "changed_label",
    "outside_action",
    "outside_document",
    "note",
    "unticked_box",
    "below_table",
]
"""Why words have no place of their own: typed after a fixed box, under a row that the city added, in a label that it
changed, under no question of the action or of the document, in a footnote, where a box is not ticked for sure, or taken as
the answer to the question above, which was blank, though they stand under its table."""


@dataclass(frozen=True)
class Answer:
    """What was written under one rubrique, maybe nothing. ``bloc``: the question; ``None`` where the city added it."""

    titre: str
    lines: tuple[FormLine, ...]
    bloc: FormBlock | None = None

    @property
    def text(self) -> str:
        """The answer, a newline between its lines."""
        return texte(self.lines)


@dataclass(frozen=True)
class Choice:
    """A box ticked. ``text``: what was typed after « Autre »."""

    option: Option
    text: str = ""

    @property
    def value(self) -> str:
        """Its name in what is extracted."""
        return f"autre:{self.text}" if self.option.autre else self.option.valeur


@dataclass(frozen=True)
class Contact:
    """Who to write to; ``None``: the form does not ask it, an empty text: it was left blank."""

    nom: str | None = ""
    fonction: str | None = ""
    service: str | None = ""
    email: str | None = ""
    telephone: str | None = ""


@dataclass(frozen=True)
class Respondent:
    """One of those who answered, where a form asks for several. The fields are the ``vers`` of ``formulaires/*.yml``."""

    nom: str = ""
    email: str = ""
    tel: str = ""
    fonction: str = ""
    delegation: str = ""
    ville: str = ""


@dataclass(frozen=True)
class Survey:
    """The answers to the survey of a campaign, by ``vers``: a text a question, the rows of each table."""

    texts: Mapping[str, str]
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    contact: Contact


@dataclass(frozen=True)
class Leftover:
    """Words that no question holds. ``label``: what they stand under, where they stand under something."""

    kind: LeftoverKind
    text: str
    label: str = ""


@dataclass(frozen=True)
class Link:
    """An address behind words."""

    text: str
    url: str


@dataclass(frozen=True)
class Comment:
    """A comment of Word, and the words that it bears on."""

    anchor: str
    text: str


@dataclass(frozen=True)
class FilledForm:
    """One action of a filled form, with the survey where it is the first.

    ``texts``: by ``vers``, what the form asks, blank answers too; ``choices``: by ``vers``, the boxes ticked, in the order
    of the form; ``answers``: the rubriques, blank ones and those of the city too, in order; ``pictures``: names in
    ``WordDocument.images``; ``other_surveys``: those of further copies of the form in the same document.
    """

    form: Questionnaire
    texts: Mapping[str, str]
    choices: Mapping[str, tuple[Choice, ...]]
    contact: Contact
    respondents: tuple[Respondent, ...] = ()
    answers: tuple[Answer, ...] = ()
    pictures: tuple[str, ...] = ()
    survey: Survey | None = None
    other_surveys: tuple[Survey, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()

    def text(self, vers: str) -> str:
        """An answer; nothing where the form does not ask it."""
        return self.texts.get(vers, "")

    def values(self, vers: str) -> list[str]:
        """The boxes ticked under a question, by their names in what is extracted."""
        return [choice.value for choice in self.choices.get(vers, ())]

    def of_kind(self, kind: LeftoverKind) -> list[Leftover]:
        """The leftovers of one kind, in order."""
        return [leftover for leftover in self.leftovers if leftover.kind == kind]

    @property
    def qpv(self) -> bool:
        """Whether a box that says « quartier prioritaire » is ticked."""
        boxes = (choice.option for choices in self.choices.values() for choice in choices)
        return any(option.qpv == "oui" and not option.autre for option in boxes)

    @property
    def people(self) -> list[Contact | Respondent]:
        """Who the action names: its contact and those who answered."""
        return [self.contact, *self.respondents]

    @property
    def names_an_action(self) -> bool:
        """Whether there is an action to make a fiche of, not a survey alone."""
        return bool(self.text("titre")) or any(answer.text for answer in self.answers)


Json = str | bool | int | None | list["Json"] | dict[str, "Json"]


def extract_json(filled: Iterable[FilledForm]) -> str:
    """The whole answer of the command."""
    return json.dumps([as_object(form) for form in filled], ensure_ascii=False, indent=1)


def fingerprint(filled: FilledForm) -> str:
    """The same for the same answers, however the file was saved: 16 signs."""
    answers = {k: v for k, v in as_object(filled).items() if k not in ("extra", "images", "enquete")}
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def as_object(filled: FilledForm) -> dict[str, Json]:
    """One action, keys in the order in which they are written."""
    form, asked = filled.form, _asked(filled.form)
    values: dict[str, Json] = {"modele": form.modele}
    values |= {key: filled.texts.get(key) for key in TEXTS}
    values["contact"] = asdict(filled.contact)
    values["budget"] = _budget(filled)
    values |= {key: [*filled.values(key)] if key in asked else None for key in CHOICES}
    values |= {bloc.vers: [*filled.values(bloc.vers)] for bloc in form.demandes("fiche") if bloc.is_own_choice}
    values["qpv"] = filled.qpv if any(o.qpv for bloc in form.demandes("fiche") for o in bloc.options) else None
    values["sections"] = {answer.titre: answer.text for answer in filled.answers}
    values["images"] = len(filled.pictures)
    values["enquete"] = _survey(form, filled.survey) if filled.survey else None
    values["extra"] = _extra(filled)
    return values


def respondents_json(filled: FilledForm) -> list[Json]:
    """Each respondent, with what the form asks, in its order."""
    keys = [bloc.vers for bloc in filled.form.demandes("repondants")]
    return [_respondent(respondent, keys) for respondent in filled.respondents]


def _respondent(respondent: Respondent, keys: Iterable[str]) -> dict[str, Json]:
    values = asdict(respondent)
    return {key: values[key] for key in keys}


def _asked(form: Questionnaire) -> set[str]:
    return {bloc.vers for bloc in form.demandes("fiche")}


def _budget(filled: FilledForm) -> Json:
    lines: dict[str, Json] = {key: filled.texts[f"budget.{key}"] for key in BUDGET if f"budget.{key}" in filled.texts}
    return lines or filled.texts.get("budget")


def _survey(form: Questionnaire, survey: Survey) -> dict[str, Json]:
    values: dict[str, Json] = {}
    for bloc in form.demandes("enquete"):
        if bloc.vers in survey.tables:
            values[bloc.vers] = [dict(row) for row in survey.tables[bloc.vers]]
        elif bloc.vers in survey.texts:
            values[bloc.vers] = survey.texts[bloc.vers]
    return {**values, "contact": asdict(survey.contact)}


def _extra(filled: FilledForm) -> dict[str, Json]:
    """What the fiche does not ask of every form; what is empty is left out, the answers to questions apart."""
    asked = _asked(filled.form)
    extra: dict[str, Json] = {}
    if "specificites_territoire" in asked:
        extra["specificites_territoire"] = [*filled.values("specificites_territoire")]
    if "presenter_gt" in asked:
        extra["presenter_gt"] = ", ".join(filled.values("presenter_gt"))
    extra |= {key: filled.texts[key] for key in MORE_TEXTS if key in filled.texts}
    if "repondants" in filled.form.parties:
        extra["repondants"] = respondents_json(filled)
    beside: dict[str, Json] = {
        "lignes_ajoutees": _by_label(filled, "added_row"),
        "hors_formulaire": _listed(filled, "outside_action"),
        "precisions": _by_label(filled, "precision"),
        "libelles_modifies": _by_label(filled, "changed_label"),
        "doutes": _listed(filled, "unticked_box"),
        "liens": [{"texte": link.text, "url": link.url} for link in filled.links],
        "notes": _listed(filled, "note"),
        "commentaires": [{"texte": comment.anchor, "commentaire": comment.text} for comment in filled.comments],
        "enquetes_suivantes": [_survey(filled.form, survey) for survey in filled.other_surveys],
    }
    extra |= {key: value for key, value in beside.items() if value}
    if outside := _listed(filled, "outside_document"):
        extra["hors_formulaire"] = [*outside, *_listed(filled, "outside_action")]
    return extra


def _by_label(filled: FilledForm, kind: LeftoverKind) -> dict[str, Json]:
    return {leftover.label: leftover.text for leftover in filled.of_kind(kind)}


def _listed(filled: FilledForm, kind: LeftoverKind) -> list[Json]:
    return [leftover.text for leftover in filled.of_kind(kind)]
