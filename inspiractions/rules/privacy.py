"""Rules that keep people out of the bank, and invisible signs out of the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from inspiractions.base.markdown import to_html, without_code
from inspiractions.base.personal_data import Kind, find_personal_data
from inspiractions.base.problem import Problem
from inspiractions.base.text import INVISIBLE, invisible
from inspiractions.model.banque import Banque
from inspiractions.model.source import Place, Source, Value

_ENTITY = re.compile(r"&#?\w{1,40};")
_MESSAGES: Mapping[Kind, str] = {
    "phone": "numéro de téléphone « {} » : effacez-le, la banque n’en publie pas.",
    "email": "courriel nominatif « {} » : mettez la boîte du service (sante@…, contact@…) sous « contact », ou rien.",
    "name": "nom de personne « {} » : écrivez sa fonction (la maire, le médecin du centre…).",
}


def caracteres(source: Source, banque: Banque) -> Iterator[Problem]:
    """Aucun caractère invisible : commandes, inversion du sens d’écriture, usage privé."""
    # Those of the front matter are found as it is read (source.py), where a file is nothing but YAML, too.
    for found in INVISIBLE.finditer(source.body):
        yield source.problem(source.line_at(found.start()), "caracteres", invisible(found[0]))
    for entity in _ENTITY.finditer(without_code(source.body)) if "&" in source.body else ():
        if said := INVISIBLE.search(to_html(entity[0])):
            yield source.problem(source.line_at(entity.start()), "caracteres", invisible(said[0]))


def vie_privee(source: Source, banque: Banque) -> Iterator[Problem]:
    """Ni téléphone, ni courriel nominatif, ni nom de personne, sauf accord daté sous « consentements »."""
    agreed = tuple(_agreed(source.meta.get("consentements")))
    generic = banque.boites_generiques
    texts = [(p, t) for p, t in _texts(source.meta) if p[0] != "consentements" and p[-1] not in ("url", "fichier")]
    # Nearly every fiche is clean: one look at all its values first.
    if any(find_personal_data("\n".join(text for _, text in texts), generic, agreed)):
        for place, text in texts:
            for _, message in privacy_messages(text, generic, agreed):
                yield source.problem(place, "vie-privee", message)
    for offset, message in privacy_messages(source.body, generic, agreed):
        yield source.problem(source.line_at(offset), "vie-privee", message)


def privacy_messages(text: str, boites: Collection[str], agreed: Collection[str] = ()) -> Iterator[tuple[int, str]]:
    """The place (in characters) of each piece of personal data, and the French sentence on it."""
    for datum in find_personal_data(text, boites, agreed):
        yield datum.start, _MESSAGES[datum.kind].format(datum.text)


def _agreed(consentements: Value) -> Iterator[str]:
    """The texts that people agreed to; the schema says what is wrong with the rest."""
    for consentement in consentements if isinstance(consentements, list) else ():
        if (
            isinstance(consentement, dict)
            and consentement.get("date")
            and isinstance(texte := consentement.get("texte"), str)
        ):
            yield texte


def _texts(value: Value | object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*place, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _texts(part, (*place, i))
