"""Read the answers to the surveys, ``enquetes/<campagne>/<ville>.yml``; every fault is a French sentence at its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from banque.confidentialite import donnees_personnelles
from banque.problem import Problem
from banque.questionnaire import Bloc, Formulaire
from banque.source import Place, Source, Value, read_yaml
from banque.text import nearest

_PUBLIE = {"true": True, "oui": True, "false": False, "non": False}


@dataclass(frozen=True)
class Reponse:
    """What one city answered. ``reponses``: text by ``vers`` of the question; ``tables``: rows by ``vers`` of the table."""

    ville: str
    publie: bool
    reponses: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question with its answers. ``rangees``: city then the columns of the table; ``muettes``: cities without answer."""

    titre: str
    bloc: Bloc
    reponses: tuple[tuple[str, str], ...]
    rangees: tuple[tuple[str, ...], ...]
    muettes: tuple[str, ...]


@dataclass(frozen=True)
class Enquete:
    """A survey whose answers, some at least, cities agreed to publish: only those are here."""

    form: Formulaire
    reponses: tuple[Reponse, ...]

    @property
    def chemin(self) -> str:
        """Its page, from the root of the site."""
        return f"enquetes/{self.form.campagne}/"


def publiees(formulaires: Mapping[str, Formulaire], reponses: Mapping[str, Sequence[Reponse]]) -> Mapping[str, Enquete]:
    """By campaign, the surveys that have a public answer, with these alone."""
    found = {}
    for form in formulaires.values():
        public = tuple(answer for answer in reponses.get(form.campagne, ()) if answer.publie)
        if public and questions(form):
            found[form.campagne] = Enquete(form, public)
    return found


def questions(form: Formulaire) -> tuple[Bloc, ...]:
    """The questions of a survey, in order, without those that ask who answers."""
    return tuple(bloc for bloc in form.demandes("enquete") if not bloc.vers.startswith("contact."))


def synthese(form: Formulaire, answers: Sequence[Reponse]) -> tuple[Question, ...]:
    """The questions of the form, in order, with the answers in the order given."""
    return tuple(_question(bloc, answers) for bloc in questions(form))


def _question(bloc: Bloc, answers: Sequence[Reponse]) -> Question:
    rows: list[tuple[str, ...]] = []
    texts = []
    silent = []
    for answer in answers:
        lines = answer.tables.get(bloc.vers, ())
        text = answer.reponses.get(bloc.vers, "")
        rows += [(answer.ville, *(line[champ] for champ in bloc.champs)) for line in lines]
        if text:
            texts.append((answer.ville, text))
        if not text and not lines:
            silent.append(answer.ville)
    return Question(bloc.titre, bloc, tuple(texts), tuple(rows), tuple(silent))


def load_enquetes(
    root: Path, formulaires: Mapping[str, Formulaire], boites: Collection[str]
) -> tuple[dict[str, list[Reponse]], list[Problem]]:
    """The answers by campaign, in the order of the cities; a faulty file is left out, with its problems.

    ``boites``: the words that make a mailbox a service's.
    """
    surveys = {form.campagne: form for form in formulaires.values() if questions(form)}
    found: dict[str, list[Reponse]] = {}
    problems: list[Problem] = []
    for path in sorted((root / "enquetes").glob("*/*.yml")):
        value, source, faults = read_yaml(root, path)
        form = surveys.get(path.parent.name)
        if form is None:
            known = ", ".join(sorted(surveys)) or "aucune campagne pour l’instant"
            faults.append(source.problem(1, "enquete", f"aucun formulaire d’enquête pour « {path.parent.name} » : le dossier porte le nom d’une campagne ({known})."))  # fmt: skip
        elif not faults:
            answer, faults = _reponse(value, source, form, boites)
            if answer and not faults:
                found.setdefault(form.campagne, []).append(answer)
        problems += faults
    return found, problems


def _reponse(
    value: Value, source: Source, form: Formulaire, boites: Collection[str]
) -> tuple[Reponse | None, list[Problem]]:
    if not isinstance(value, dict):
        return None, [source.problem(1, "enquete", "une enquête est une suite de lignes « clé: valeur » : commencez par « ville: … ».")]  # fmt: skip
    asked = questions(form)
    tables = {bloc.vers: bloc for bloc in asked if bloc.genre == "partenaires"}
    texts = [bloc.vers for bloc in asked if bloc.vers not in tables]
    problems = list(_unknown(value, (), ("ville", "publie", "reponses", *tables), source))
    ville, publie = value.get("ville"), value.get("publie") or "non"
    if not isinstance(ville, str) or not ville.strip():
        problems.append(source.problem(("ville",), "enquete", "la ville manque : écrivez « ville: Besançon »."))
    if not isinstance(publie, str) or publie.lower() not in _PUBLIE:
        problems.append(source.problem(("publie",), "enquete", "« publie » attend « true » (la ville accepte que ses réponses paraissent) ou « false »."))  # fmt: skip
    answers = value.get("reponses") or {}
    if not isinstance(answers, dict):
        problems.append(source.problem(("reponses",), "enquete", "« reponses » attend une ligne par question : « gouvernance: … »."))  # fmt: skip
        answers = {}
    problems += _unknown(answers, ("reponses",), texts, source)
    for key, text in answers.items():
        if text is not None and not isinstance(text, str):
            problems.append(source.problem(("reponses", key), "enquete", f"« {key} » attend un texte : écrivez « {key}: |- », puis le texte à la ligne, en retrait."))  # fmt: skip
    for key, bloc in tables.items():
        problems += _table(value.get(key), key, bloc, source)
    if problems:
        return None, problems
    answer = Reponse(
        " ".join(str(ville).split()),
        _PUBLIE[str(publie).lower()],
        {k: v.strip() for k, v in answers.items() if isinstance(v, str) and v.strip()},
        {k: tuple(_rows(value.get(k), bloc)) for k, bloc in tables.items()},
    )
    return answer, list(_private(value, source, boites)) if answer.publie else []


def _unknown(value: Mapping[str, Value], place: Place, known: Collection[str], source: Source) -> Iterator[Problem]:
    for key in value:
        if key not in known:
            near = nearest(key, known)
            advice = f"vouliez-vous « {near} » ?" if near else f"écrivez l’une de {', '.join(known)}."
            yield source.problem((*place, key), "enquete", f"clé « {key} » inconnue ; {advice}")


def _table(value: Value, key: str, bloc: Bloc, source: Source) -> Iterator[Problem]:
    if value is None:
        return
    advice = f"écrivez à la ligne « - {bloc.champs[0]}: … »."
    if not isinstance(value, list):
        yield source.problem((key,), "enquete", f"« {key} » attend une liste : {advice}")
        return
    for i, row in enumerate(value):
        if not isinstance(row, dict):
            yield source.problem((key, i), "enquete", f"cette ligne de « {key} » n’a pas de clé : {advice}")
            continue
        yield from _unknown(row, (key, i), bloc.champs, source)
        for champ, text in row.items():
            if text is not None and not isinstance(text, str):
                yield source.problem((key, i, champ), "enquete", f"« {champ} » attend un texte.")


def _rows(value: Value, bloc: Bloc) -> Iterator[Mapping[str, str]]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict) and any(row.values()):
            yield {champ: str(row.get(champ) or "").strip() for champ in bloc.champs}


def _private(value: Value, source: Source, boites: Collection[str], place: Place = ()) -> Iterator[Problem]:
    """What names people, in answers that are to be published."""
    if isinstance(value, str):
        for _, message in donnees_personnelles(value, boites, ()):
            yield source.problem(place, "vie-privee", message)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _private(part, source, boites, (*place, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _private(part, source, boites, (*place, i))
