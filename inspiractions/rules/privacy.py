"""Rules that keep people out of the bank, and invisible signs out of the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from inspiractions.base.markdown import to_html
from inspiractions.base.personal_data import Kind, PersonalNote, find_personal_data, names_a_person
from inspiractions.base.personal_life import Lexicon
from inspiractions.base.problem import Problem
from inspiractions.base.text import INVISIBLE, invisible
from inspiractions.model.banque import Banque
from inspiractions.model.source import Place, Source, Value

_ENTITY = re.compile(r"&#?\w{1,40};")
_MESSAGES: Mapping[Kind, str] = {
    "phone": "numéro de téléphone « {} » : effacez-le, la banque n’en publie pas.",
    "email": "courriel nominatif « {} » : mettez la boîte du service (sante@…, contact@…) sous « contact », ou rien.",
    "name": "nom de personne « {} » : écrivez sa fonction (la maire, le médecin du centre…).",
    "nir": "numéro de sécurité sociale « {} » : effacez-le.",
    "birth": "date de naissance « {} » : effacez-la.",
    "address": "adresse d’un habitant « {} » : effacez-la.",
    "situation": "une personne et son âge, « {} » : écrivez de façon que nul ne la reconnaisse.",
}
_DOUBT = "à relire, {} Si personne n’y est désigné, inscrivez le texte dans referentiels/mots-innocents.txt."
# What a reader takes such values for.
_LABELS = {"credit": "crédit : ", "service": "contact : ", "fonction": "contact : "}


def caracteres(source: Source, banque: Banque) -> Iterator[Problem]:
    """Aucun caractère invisible : commandes, inversion du sens d’écriture, usage privé."""
    # Those of the front matter are found as it is read (source.py), where a file is nothing but YAML, too.
    for character in INVISIBLE.finditer(source.body):
        yield source.problem(source.line_at(character.start()), "caracteres", invisible(character[0]))
    # In code an entity is what it looks like, but after the signs that open a block: the page alone tells.
    if "&" not in source.body or not INVISIBLE.search(to_html(source.body)):
        return
    for entity in _ENTITY.finditer(source.body):
        if hidden := INVISIBLE.search(to_html(entity[0])):
            yield source.problem(source.line_at(entity.start()), "caracteres", invisible(hidden[0]))


def vie_privee(source: Source, banque: Banque) -> Iterator[Problem]:
    """Ni téléphone, ni courriel nominatif, ni nom de personne, sauf accord daté sous « consentements ». Ce qui n’est pas sûr est dit « à relire », sans rien refuser."""
    agreed = tuple(_agreed(source.meta.get("consentements")))
    lexicon = banque.lexicon
    texts = [
        (place, _LABELS.get(str(place[-1]), "") + text)
        for place, text in _texts(source.meta)
        if place[0] != "consentements" and place[-1] not in ("url", "fichier")
    ]
    names = [(place, text) for place, text in _texts(source.meta) if place[-1] == "fichier"]
    for place, name in names:
        if names_a_person(name.rpartition(".")[0], lexicon) and name not in agreed:
            message = f"à relire, le nom du fichier « {name} » semble désigner une personne : renommez-le, d’après ce que l’image montre."
            yield source.problem(place, "vie-privee", message, doubt=True)
    # Nearly every fiche is clean: one look at all its values first.
    if any(find_personal_data("\n".join(text for _, text in texts), lexicon, agreed)):
        for place, text in texts:
            for note in privacy_messages(text, lexicon, agreed):
                yield source.problem(place, "vie-privee", note.message, note.doubt)
    for note in privacy_messages(source.body, lexicon, agreed):
        yield source.problem(source.line_at(note.start), "vie-privee", note.message, note.doubt)


def privacy_messages(text: str, lexicon: Lexicon, agreed: Collection[str] = ()) -> Iterator[PersonalNote]:
    """What is to be said of each piece of personal data."""
    for datum in find_personal_data(text, lexicon, agreed):
        message = _MESSAGES[datum.kind].format(datum.text)
        yield PersonalNote(datum.start, message if datum.certain else _DOUBT.format(message), not datum.certain)


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
