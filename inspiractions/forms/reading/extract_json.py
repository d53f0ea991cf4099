"""The JSON of ``import --extract``: one object an action, ``null`` where the form does not ask."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict

from inspiractions.forms.reading.form_data import FilledForm, LeftoverKind, Respondent, Survey
from inspiractions.model.questionnaire import BUDGET, CHOICES, MORE_TEXTS, TEXTS, Questionnaire

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
