"""Find what tells of a person in a text: phone numbers, e-mails that are not a service's, « M./Mme Nom »."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inspiractions.base.paths import find
from inspiractions.base.text import fold

# These open with the sign itself and look behind it after: the engine leaps from one such sign to the next.
_PHONE = re.compile(
    r"[+0](?<![\w/=-][+0])(?<!\d\.[+0])"
    r"(?:(?:(?<=\+)|(?<=0)0)[ .]?(?:33|262|508|590|594|596|681|687|689)[ .-]?(?:\(0\)[ .-]?)?[1-9](?:[ .-]?\d\d){4}"
    r"|(?<=0)[1-9](?:[ .\u00a0\u202f-]?\d\d){4})(?![\w-])"
)
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]+)\s?(?:@|\[at\]|\(at\)|\[arobase\])\s?[\w-]+(?:\.[\w-]+)+", re.I)
_AT = re.compile(r"@|\[at\]|\(at\)|\[arobase\]", re.I)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_TITLED = re.compile(
    r"[MDP](?<!\w[MDP])"
    r"(?:(?<=M)(?:\.|M\.|(?=\s[A-Z])|me|mes|lle|lles|onsieur|adame|ademoiselle)|(?<=D)(?:r|octeur|octeure)|(?<=P)(?:r|rofesseur|rofesseure))"
    rf"\s+(?:{_NAME}\s+)?{_NAME}"
)
# « Rue du Docteur Roux », « lycée Professeur Clément » are places, « Monsieur Sommeil » is nobody.
_PLACE = re.compile(
    r"(?:rue|avenue|boulevard|place|square|allée|quai|cours|impasse|chemin|école|collège|lycée|hôpital|clinique|centre|stade|gymnase|résidence|espace|maison|parc|quartier|institut|fondation|association)"
    r"(?:\s+(?:hospitalier|hospitalière|municipal|municipale))?(?:\s+(?:du|de la|de|des|le|la))?\s*[«\"]?\s*$",
    re.I,
)
_SEPARATORS = re.compile(r"[._+-]+")


Kind = Literal["phone", "email", "name"]


@dataclass(frozen=True, order=True)
class PersonalDatum:
    """A piece of personal data: ``text`` stands from ``start`` to before ``end`` (in characters)."""

    start: int
    end: int
    kind: Kind
    text: str


def find_personal_data(text: str, boites: Collection[str], agreed: Collection[str] = ()) -> Iterator[PersonalDatum]:
    """Each piece of personal data: the phone numbers in order, then the e-mails, then the names; they may overlap.

    ``boites``: words that make a mailbox generic; ``agreed``: exact texts that the people concerned agreed to.
    """
    for match in _PHONE.finditer(text):
        if match[0] not in agreed:
            yield PersonalDatum(*match.span(), "phone", match[0])
    for match in _EMAIL.finditer(text) if _AT.search(text) else ():
        if match[0] not in agreed and not is_generic(match[1], boites):
            yield PersonalDatum(*match.span(), "email", match[0])
    for match in _TITLED.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if not _PLACE.search(before) and not any(match[0] in texte for texte in agreed):
            yield PersonalDatum(*match.span(), "name", match[0])


def is_generic(local_part: str, boites: Collection[str]) -> bool:
    """Whether the part before « @ » names a service: one of its words does, or its only word starts with one of five letters or more."""
    words = [fold(word) for word in _SEPARATORS.split(local_part) if word]
    whole = fold(local_part)
    # « centresocial » is a mailbox, but « marie.villeneuve » a person: a start is enough only where it is alone.
    alone = len(words) == 1 and any(len(boite) >= 5 and whole.startswith(boite) for boite in boites)
    return alone or whole in boites or any(word in boites for word in words)


def read_boites_generiques(root: Path) -> frozenset[str]:
    """The words that make a mailbox a service's, of ``referentiels/boites-generiques.txt``."""
    text = (find(root, "referentiels") / "boites-generiques.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
