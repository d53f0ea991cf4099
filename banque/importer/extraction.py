"""What a filled form says, as plain data: one object an action, in the words of the city (``import --extract``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from banque.importer.flux import FormLine
from banque.importer.lecture import FormPart, Lecture, coche
from banque.importer.marges import images, marges
from banque.importer.partenaires import partenaires, tableau_libre
from banque.importer.reperage import Repere
from banque.importer.reste import Reste, separer
from banque.questionnaire import FormBlock

_TEXTES = ("titre", "ville", "date_redaction", "periode", "echelle", "porteur", "role_collectivite", "services_elus", "partenaires")  # fmt: skip
_CONTACT = ("nom", "fonction", "service", "email", "telephone")
_BUDGET = ("texte", "fonctionnement", "investissement", "contribution", "financeurs")
_CHOIX = ("ages", "types_action", "determinants", "cible")
_AUTRES = ("service_pilote", "role_service_sante", "population_cible")
_POINTS = re.compile(r"(?:…[.…]*)+|\.{3,}|_{2,}|·{3,}")

Objet = dict[str, Any]


def texte(lines: Iterable[FormLine]) -> str:
    """Lines as one text, a newline between them; blank ones go."""
    return "\n".join(t for t in paragraphes_de(lines) if t)


def paragraphes_de(lines: Iterable[FormLine]) -> list[str]:
    """The text of each line; what a box had cut is one again."""
    found: list[str] = []
    for line in lines:
        if line.suite and found:
            found[-1] += line.texte
        else:
            found.append(line.texte)
    return [t.strip() for t in found]


def extraire(lecture: Lecture) -> list[Objet]:
    """One object for each action that was filled in; the survey goes with the first; a survey alone gives one object."""
    surveys = [s for p in lecture.enquetes if not p.vide and (s := _enquete(lecture, p))]
    parts = _parts(lecture, bool(surveys))
    objects = [_objet(lecture, part) for part in parts]
    for i, found in enumerate(objects):
        found["enquete"] = surveys[0] if surveys and i == 0 else None
    if objects and len(surveys) > 1:
        objects[0]["extra"]["enquetes_suivantes"] = surveys[1:]
    if objects and (outside := _written(lecture.hors)):
        objects[0]["extra"]["hors_formulaire"] = [*outside, *objects[0]["extra"].get("hors_formulaire", [])]
    return objects


def _parts(lecture: Lecture, survey: bool) -> list[FormPart]:
    parts = [p for p in lecture.fiches if not p.vide]
    return parts or ((lecture.fiches[:1] or [FormPart(0)]) if survey else [])


def recits(lecture: Lecture) -> list[tuple[FormPart, dict[str, list[FormLine]]]]:
    """For each object of ``extraire``, its part and the lines of each answer and addition, by its name there."""
    survey = any(_enquete(lecture, p) for p in lecture.enquetes if not p.vide)
    found = []
    for part in _parts(lecture, survey):
        lines = _reponses(lecture, part, Reste())
        for added, more in part.ajouts:
            lines.setdefault(added.titre, []).extend(more)
        found.append((part, lines))
    return found


def _reponses(lecture: Lecture, part: FormPart, said: Reste) -> dict[str, list[FormLine]]:
    found: dict[str, list[FormLine]] = {}
    for step, lines in part.reponses:
        bloc = step.etiquette.bloc
        if step.etiquette.genre not in ("option", "choix"):
            found.setdefault(bloc.vers or bloc.titre, []).extend(separer(step, lines, lecture.lignes, said))
    return found


def _objet(lecture: Lecture, part: FormPart) -> Objet:
    form = lecture.formulaire
    asked = {b.vers for b in form.demandes("fiche")}
    said = Reste()
    answers = {key: texte(lines) for key, lines in _reponses(lecture, part, said).items()}
    respondents = _repondants(lecture)
    first = respondents[0] if respondents else {}
    found: Objet = {"modele": form.modele}
    for key in _TEXTES:
        found[key] = answers.get(key, "") if key in asked else None
    if any(b.genre == "nom" for b in form.demandes("fiche")):
        found["titre"] = _titre(form.demandes("fiche"), answers.get("titre", ""), texte(part.nom))
    if "repondants" in form.parties:
        found["ville"] = first.get("ville", "")
    found["contact"] = {c: answers.get(f"contact.{c}", "") if f"contact.{c}" in asked else None for c in _CONTACT}
    if "repondants" in form.parties:
        found["contact"] = {"nom": first.get("nom", ""), "fonction": first.get("fonction", ""), "service": None, "email": first.get("email", ""), "telephone": first.get("tel", "")}  # fmt: skip
    budget = {b: answers.get(f"budget.{b}", "") for b in _BUDGET if f"budget.{b}" in asked}
    found["budget"] = budget or (answers.get("budget", "") if "budget" in asked else None)
    choices, qpv = _choix(part, said)
    for key in _CHOIX:
        found[key] = choices.get(key, []) if key in asked else None
    found["qpv"] = qpv if any(o.qpv for b in form.demandes("fiche") for o in b.options) else None
    found["sections"] = _sections(lecture, part, answers)
    found["images"] = len(images(lecture, part))
    found["enquete"] = None
    extra: Objet = {}
    if "specificites_territoire" in asked:
        extra["specificites_territoire"] = choices.get("specificites_territoire", [])
    if "presenter_gt" in asked:
        extra["presenter_gt"] = ", ".join(choices.get("presenter_gt", []))
    extra |= {key: answers.get(key, "") for key in _AUTRES if key in asked}
    if "repondants" in form.parties:
        extra["repondants"] = respondents
    rows = {a.titre: texte(lines) for a, lines in part.ajouts if not a.rubrique}
    extra |= {k: v for k, v in (("lignes_ajoutees", rows), ("hors_formulaire", _written(part.hors))) if v}
    found["extra"] = extra | said.extra() | marges(lecture, part)
    return found


def _titre(blocs: Iterable[FormBlock], answer: str, written: str) -> str:
    """The name of the action, without the mark that it was to replace."""
    for bloc in blocs:
        if bloc.genre == "nom":
            for mark in (bloc.texte, *bloc.variantes):
                written = re.sub(rf"^{re.escape(mark)}\s*:?\s*", "", written, flags=re.I)
    found = "\n".join(t for t in (answer, written) if t).strip()
    found = re.sub(r"^[:\s]+", "", found)
    return found[1:-1].strip() if found.startswith("[") and found.endswith("]") else found


def _sections(lecture: Lecture, part: FormPart, answers: dict[str, str]) -> dict[str, str]:
    """The rubriques of the form, blank ones too, in order, with those that the city added in their place."""
    found: dict[str, str] = {}
    added = [(a, texte(lines)) for a, lines in part.ajouts if a.rubrique]
    ranks = {id(step.etiquette.bloc): step.etiquette.rang for step, _ in part.reponses}
    done: set[int] = set()
    for bloc in lecture.formulaire.demandes("fiche"):
        rank = ranks.get(id(bloc))
        if bloc.genre == "photos":
            captions = [lines for step, lines in part.reponses if step.etiquette.bloc is bloc]
            if caption := texte(line for lines in captions for line in lines):
                found[bloc.titre] = caption
        elif bloc.rubrique:
            found[bloc.titre] = answers.get(bloc.titre, "")
        for n, (extra, text) in enumerate(added):
            if n not in done and extra.rang == rank:
                done.add(n)
                found[extra.titre] = "\n".join(t for t in (found.get(extra.titre, ""), text) if t)
    return found


def _choix(part: FormPart, said: Reste) -> tuple[dict[str, list[str]], bool]:
    """The boxes ticked, by question, and whether one of them says « QPV »."""
    found: dict[str, list[str]] = {}
    qpv = False
    for key, steps in _par_choix(part).items():
        found[key] = []
        marks = any(step.avant.strip() for step, _ in steps)
        for step, lines in steps:
            option = step.etiquette.option
            assert option is not None
            precision = _precision(texte(lines))
            # Where no box is left at all, what the city kept is what it chose.
            ticked = coche(step) or (not marks and len(steps) == 1 and not option.autre)
            if _COCHE_APRES.fullmatch(precision):
                ticked, precision = True, ""
            if option.autre:
                if ticked or precision:
                    found[key].append(f"autre:{precision}")
                    if not ticked:
                        said.doutes.append(
                            f"« {option.libelle} » porte un texte, mais sa case n’est pas cochée : {precision}"
                        )
                continue
            if ticked:
                found[key].append(option.valeur)
                qpv = qpv or option.qpv == "oui"
            if precision:
                said.precisions[option.libelle] = precision
                if not ticked:
                    said.doutes.append(
                        f"« {option.libelle} » porte une précision, mais sa case n’est pas cochée : {precision}"
                    )
    return found, qpv


_COCHE_APRES = re.compile(r"[xX☒☑✓✔✗✘]")


def _par_choix(part: FormPart) -> dict[str, list[tuple[Repere, list[FormLine]]]]:
    found: dict[str, list[tuple[Repere, list[FormLine]]]] = {}
    for step, lines in part.reponses:
        bloc = step.etiquette.bloc
        if step.etiquette.genre == "choix":
            found.setdefault(bloc.vers, [])
        elif step.etiquette.genre == "option":
            found.setdefault(bloc.vers, []).append((step, lines))
    return found


def _precision(written: str) -> str:
    """What was typed after a label, without the dots, the « : » or the parentheses that surround it."""
    text = re.sub(r"[^\S\n]+", " ", _POINTS.sub(" ", written)).strip()
    opened = re.match(r"[\s:]*\(", text)
    text = re.sub(r"^[\s:(]+|^[–—-](?=\s)", "", text).strip()
    if opened and text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1]
    return text.strip(" :_\u00a0")


def _enquete(lecture: Lecture, part: FormPart) -> Objet | None:
    found: Objet = {}
    contact = dict.fromkeys(_CONTACT, "")
    said = Reste()
    for bloc in lecture.formulaire.demandes("enquete"):
        if not bloc.vers.startswith("contact."):
            found[bloc.vers] = [] if bloc.genre == "partenaires" else ""
    for step, lines in part.reponses:
        bloc = step.etiquette.bloc
        if bloc.genre == "partenaires":
            rows, rest = partenaires(bloc, lecture.lignes[step.debut], lines)
            found[bloc.vers] += rows
            before = [b.vers for b in lecture.formulaire.demandes("enquete")]
            owner = before[before.index(bloc.vers) - 1]
            found[owner] = "\n".join(t for t in (found[owner], texte(rest)) if t)
            continue
        tables, lines = tableau_libre(lecture.formulaire.demandes("enquete"), bloc, lines)
        for key, pairs in tables.items():
            found[key] += pairs
        kept = texte(separer(step, lines, lecture.lignes, said))
        if bloc.vers.startswith("contact."):
            contact[bloc.vers.removeprefix("contact.")] = kept
        else:
            found[bloc.vers] = "\n".join(t for t in (found[bloc.vers], kept) if t)
    if not any(found.values()) and not any(contact.values()):
        return None
    return {**found, "contact": contact}


def _repondants(lecture: Lecture) -> list[dict[str, str]]:
    found = []
    fields = [b.vers for b in lecture.formulaire.demandes("repondants")]
    for part in lecture.repondants:
        said = dict.fromkeys(fields, "")
        for step, lines in part.reponses:
            said[step.etiquette.bloc.vers] = texte(separer(step, lines, lecture.lignes, Reste()))
        if any(said.values()):
            found.append(said)
    return found


def _written(lines: Iterable[FormLine]) -> list[str]:
    return [t for t in paragraphes_de(lines) if re.search(r"\w", t)]
