"""Read the answers to the surveys, ``enquetes/<campagne>/<ville>.yml``; every fault is a French sentence at its line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspiractions.base.files import written_files
from inspiractions.base.personal_data import PersonalNote
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.questionnaire import FormBlock, Questionnaire
from inspiractions.model.source import Place, Source, Value, read_yaml
from inspiractions.model.territoire import Lieu, Referentiel, UnknownLieu

Private = Callable[[str], Iterable[PersonalNote]]
"""For each piece of personal data in a text, its place and the French sentence on it (``inspiractions/rules/privacy.py``)."""
_PUBLIE = {"true": True, "oui": True, "false": False, "non": False}


@dataclass(frozen=True)
class Reponse:
    """One file a city sent; several of its services may have answered, a file each.

    ``reponses``: text by ``vers`` of the question; ``tables``: rows by ``vers`` of the table.
    """

    ville: Lieu
    publie: bool
    reponses: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question with its answers, each city once.

    ``reponses``: a city and its texts, several where several of its services answered; ``rangees``: a city and the
    columns of a row of the table; ``muettes``: the cities that said nothing, out of ``villes``.
    """

    titre: str
    bloc: FormBlock
    reponses: tuple[tuple[Lieu, tuple[str, ...]], ...]
    rangees: tuple[tuple[Lieu, tuple[str, ...]], ...]
    muettes: tuple[Lieu, ...]
    villes: int


@dataclass(frozen=True)
class Enquete:
    """A survey whose answers, some at least, cities agreed to publish: only those are here.

    ``repondantes``: how many cities answered, in public or not.
    """

    form: Questionnaire
    reponses: tuple[Reponse, ...]
    repondantes: int

    @property
    def chemin(self) -> str:
        """Its page, from the root of the site."""
        return f"enquetes/{self.form.campagne}/"

    @property
    def villes(self) -> tuple[Lieu, ...]:
        """Who agreed to publish."""
        return villes(self.reponses)


def publiees(
    formulaires: Mapping[str, Questionnaire], reponses: Mapping[str, Sequence[Reponse]]
) -> Mapping[str, Enquete]:
    """By campaign, the surveys that have a public answer, with these alone."""
    enquetes = {}
    for form in formulaires.values():
        received = reponses.get(form.campagne, ())
        public = tuple(answer for answer in received if answer.publie)
        if public and questions(form):
            enquetes[form.campagne] = Enquete(form, public, len(villes(received)))
    return enquetes


def villes(answers: Sequence[Reponse]) -> tuple[Lieu, ...]:
    """The cities of the answers, each once, in the order given."""
    return tuple(dict.fromkeys(answer.ville for answer in answers))


def questions(form: Questionnaire) -> tuple[FormBlock, ...]:
    """The questions of a survey, in order, without those that ask who answers."""
    return tuple(bloc for bloc in form.demandes("enquete") if not bloc.vers.startswith("contact."))


def synthese(form: Questionnaire, answers: Sequence[Reponse]) -> tuple[Question, ...]:
    """The questions of the form, in order, with the answers in the order given."""
    return tuple(_question(bloc, answers) for bloc in questions(form))


def _question(bloc: FormBlock, answers: Sequence[Reponse]) -> Question:
    texts: dict[Lieu, dict[str, None]] = {}
    rows: dict[Lieu, dict[tuple[str, ...], None]] = {}
    for answer in answers:
        if text := answer.reponses.get(bloc.vers):
            texts.setdefault(answer.ville, {})[text] = None
        for line in answer.tables.get(bloc.vers, ()):
            rows.setdefault(answer.ville, {})[tuple(line[champ] for champ in bloc.champs)] = None
    cities = villes(answers)
    return Question(
        bloc.titre,
        bloc,
        tuple((ville, tuple(written)) for ville, written in texts.items()),
        tuple((ville, row) for ville, written in rows.items() for row in written),
        tuple(ville for ville in cities if ville not in texts and ville not in rows),
        len(cities),
    )


def load_enquetes(
    root: Path, formulaires: Mapping[str, Questionnaire], private: Private, referentiel: Referentiel
) -> tuple[dict[str, list[Reponse]], list[Problem]]:
    """The answers by campaign, in the order of the cities; a faulty file is left out, with its problems.

    ``private`` finds what names people: no answer that is to be published may hold any.
    """
    surveys = {form.campagne: form for form in formulaires.values() if questions(form)}
    by_campaign: dict[str, list[Reponse]] = {}
    problems: list[Problem] = []
    for path in sorted(written_files(root / "enquetes", "*/*.yml"), key=lambda path: (path.parent, path.stem)):
        value, source, faults = read_yaml(root, path)
        form = surveys.get(path.parent.name)
        if form is None:
            known = ", ".join(sorted(surveys)) or "aucune campagne pour l’instant"
            message = (
                f"aucun formulaire d’enquête pour « {path.parent.name} » : "
                f"le dossier porte le nom d’une campagne ({known})."
            )
            faults.append(source.problem(1, "enquete", message))
        elif not faults:
            answer, faults = _reponse(value, source, form, private, referentiel)
            if answer and not any(not fault.doubt for fault in faults):
                by_campaign.setdefault(form.campagne, []).append(answer)
        problems += faults
    return by_campaign, problems


def _reponse(
    value: Value, source: Source, form: Questionnaire, private: Private, referentiel: Referentiel
) -> tuple[Reponse | None, list[Problem]]:
    if not isinstance(value, dict):
        message = "une enquête est une suite de lignes « clé: valeur » : commencez par « ville: … »."
        return None, [source.problem(1, "enquete", message)]
    asked = questions(form)
    tables = {bloc.vers: bloc for bloc in asked if bloc.genre == "partenaires"}
    texts = [bloc.vers for bloc in asked if bloc.vers not in tables]
    problems = list(_unknown(value, (), ("ville", "publie", "reponses", *tables), source))
    publie = value.get("publie") or "non"
    try:
        ville = _ville(value.get("ville"), referentiel)
    except UnknownLieu as error:
        problems.append(source.problem(("ville",), "enquete", str(error)))
    if not isinstance(publie, str) or publie.lower() not in _PUBLIE:
        message = "« publie » attend « true » (la ville accepte que ses réponses paraissent) ou « false »."
        problems.append(source.problem(("publie",), "enquete", message))
    answers = value.get("reponses") or {}
    problems += _texts(answers, texts, source)
    for key, bloc in tables.items():
        problems += _table(value.get(key), key, bloc, source)
    if problems:
        return None, problems
    written = answers if isinstance(answers, dict) else {}
    answer = Reponse(
        ville,
        _PUBLIE[str(publie).lower()],
        {k: v.strip() for k, v in written.items() if isinstance(v, str) and v.strip()},
        {k: tuple(_rows(value.get(k), bloc)) for k, bloc in tables.items()},
    )
    return answer, list(_private(value, source, private)) if answer.publie else []


def _ville(value: Value, referentiel: Referentiel) -> Lieu:
    if not isinstance(value, str) or not value.strip():
        raise UnknownLieu("la ville manque : écrivez « ville: Besançon ».")
    return referentiel.resolve(value)


def _unknown(value: Mapping[str, Value], place: Place, known: Collection[str], source: Source) -> Iterator[Problem]:
    for key in value:
        if key not in known:
            near = nearest(key, known)
            advice = f"vouliez-vous « {near} » ?" if near else f"écrivez l’une de {', '.join(known)}."
            yield source.problem((*place, key), "enquete", f"clé « {key} » inconnue ; {advice}")


def _texts(answers: Value, known: Collection[str], source: Source) -> Iterator[Problem]:
    if not isinstance(answers, dict):
        message = "« reponses » attend une ligne par question : « gouvernance: … »."
        yield source.problem(("reponses",), "enquete", message)
        return
    yield from _unknown(answers, ("reponses",), known, source)
    for key, text in answers.items():
        if text is not None and not isinstance(text, str):
            message = f"« {key} » attend un texte : écrivez « {key}: |- », puis le texte à la ligne, en retrait."
            yield source.problem(("reponses", key), "enquete", message)


def _table(value: Value, key: str, bloc: FormBlock, source: Source) -> Iterator[Problem]:
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


def _rows(value: Value, bloc: FormBlock) -> Iterator[Mapping[str, str]]:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict) and any(row.values()):
            yield {champ: str(row.get(champ) or "").strip() for champ in bloc.champs}


def _private(value: Value, source: Source, private: Private, place: Place = ()) -> Iterator[Problem]:
    """What names people, in answers that are to be published."""
    if isinstance(value, str):
        for note in private(value):
            yield source.problem(place, "vie-privee", note.message, note.doubt)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _private(part, source, private, (*place, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _private(part, source, private, (*place, i))
