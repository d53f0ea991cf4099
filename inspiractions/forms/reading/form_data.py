"""What a filled form says, typed: in the words of the city, beside what the form asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from inspiractions.forms.reading.lines import FormLine, texte
from inspiractions.model.questionnaire import FormBlock, Option, Questionnaire

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
