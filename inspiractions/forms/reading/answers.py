"""What a filled form says: which form it is, then one ``FilledForm`` an action, in the words of the city.

A document that holds the forms of several campaigns is one reading a campaign.

What follows a label on its line: the answer, or words that the city added to the label itself. The table of partners of a
survey: pairs, however the rows were filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from itertools import accumulate, zip_longest
from pathlib import Path

from inspiractions.forms.reading.boxes import choices_of
from inspiractions.forms.reading.document import WordBlock, WordDocument, paragraphes
from inspiractions.forms.reading.filled_form import FormPart, Lecture, below_table, comments, images, links, lire, notes
from inspiractions.forms.reading.form_data import Answer, Contact, FilledForm, Leftover, Respondent, Survey
from inspiractions.forms.reading.labels import mots
from inspiractions.forms.reading.lines import FormLine, paragraphes_de, texte
from inspiractions.forms.reading.locate import Repere
from inspiractions.forms.reading.package import Refus
from inspiractions.forms.reading.unpack import recevoir
from inspiractions.model.questionnaire import FormBlock, Questionnaire


def partenaires(
    bloc: FormBlock, head: FormLine, lines: Iterable[FormLine]
) -> tuple[list[dict[str, str]], list[FormLine]]:
    """The pairs of the table under its heading, and the lines that stand beside it."""
    rows: dict[int, dict[int, list[str]]] = {}
    rest: list[FormLine] = []
    for line in lines:
        if line.tableau != head.tableau or not head.tableau:
            rest.append(line)
        elif line.rangee != head.rangee and line.texte.strip():
            cells = rows.setdefault(line.rangee, {})
            if line.suite and cells.get(line.cellule):
                cells[line.cellule][-1] += line.texte.rstrip()
            else:
                cells.setdefault(line.cellule, []).append(line.texte.strip())
        elif line.rangee != head.rangee:
            rows.setdefault(line.rangee, {}).setdefault(line.cellule, [])
    pairs = []
    for cells in rows.values():
        columns = [texts for _, texts in sorted(cells.items())][: len(bloc.champs)]
        if columns and len(columns[0]) == 1:
            columns = [["\n".join(texts)] for texts in columns]
        for values in zip_longest(*columns, fillvalue=""):
            pair = dict(zip_longest(bloc.champs, values, fillvalue=""))
            if any(pair.values()):
                pairs.append({champ: pair[champ] for champ in bloc.champs})
    return pairs, rest


def tableau_libre(
    asked: tuple[FormBlock, ...], bloc: FormBlock, lines: list[FormLine]
) -> tuple[dict[str, list[dict[str, str]]], list[FormLine]]:
    """The same, where the heading of the table was reworded: the rows of a table of as many columns, under its question."""
    after = asked[asked.index(bloc) + 1 :]
    if not after or after[0].genre != "partenaires":
        return {}, lines
    rows = [line for line in lines if line.cases == len(after[0].champs)]
    pairs = []
    for line in rows:
        values = [part.strip() for part in line.texte.split(" | ")]
        if len(values) == line.cases and not (line is rows[0] and _is_head(values, after[0])):
            pairs.append(dict(zip(after[0].champs, values, strict=True)))
    return {after[0].vers: pairs}, [line for line in lines if line not in rows]


def _is_head(values: list[str], bloc: FormBlock) -> bool:
    return all(v and i.lower().startswith(v.lower()[:5]) for v, i in zip(values, bloc.items, strict=False))


_AVANT_DEUX_POINTS = re.compile(r"^([^:\n]{1,60}?)\s*:\s*")


def separer(step: Repere, lines: list[FormLine], stream: list[FormLine]) -> tuple[list[FormLine], Leftover | None]:
    """The lines of the answer, and the label as the city wrote it, where it changed it."""
    answer, changed = _separated(step, lines, stream)
    first = next((n for n, line in enumerate(answer) if line.texte.strip()), None)
    if first is not None and (head := _REPONSE.match(answer[first].texte)):
        answer = [*answer[:first], answer[first].depuis(head.end()), *answer[first + 1 :]]
    return answer, changed


def _separated(step: Repere, lines: list[FormLine], stream: list[FormLine]) -> tuple[list[FormLine], Leftover | None]:
    label = stream[step.fin]
    guessed = None if step.note else _changed(step, label.texte[: step.reste])
    if not lines or lines[0].paragraphe != label.paragraphe or not lines[0].texte.strip():
        return lines, guessed
    first, others = lines[0], lines[1:]
    if not first.texte.strip().strip(" .…:)?_"):
        return others, guessed
    at = _end_of_label(step, label, first, others)
    if not at:
        return lines, guessed
    return [first.depuis(at), *others], _changed(step, f"{label.texte[: step.reste]}{first.texte[:at]}")


def _changed(step: Repere, written: str) -> Leftover:
    return Leftover("changed_label", written.strip(), step.etiquette.bloc.libelle)


def _end_of_label(step: Repere, label: FormLine, first: FormLine, others: list[FormLine]) -> int:
    """How many signs of the first line still belong to the label."""
    words = first.texte.strip()
    bold = first.texte[: first.gras].strip()
    if bold and bold[-1] in ":?" and len(mots(bold)) <= 8:
        return first.gras
    answered_below = any(line.texte.strip() for line in others)
    if answered_below and first.place == "tete" and _PARENTHESE.fullmatch(first.texte):
        return len(first.texte)
    if bold == words and answered_below and len(mots(words)) <= 6 and first.place == "tete":
        return len(first.texte)
    if step.etiquette.bloc.texte.rstrip().endswith(":") and ":" not in label.texte[: step.reste]:
        head = _AVANT_DEUX_POINTS.match(first.texte)
        if head and len(mots(head[1])) <= 4 and "//" not in first.texte[head.end() - 1 : head.end() + 2]:
            return head.end()
    return 0


_PARENTHESE = re.compile(r"\s*\([^()]{3,200}\)[\s:]*")
# « Réponse : », « R. » before the words of an answer.
_REPONSE = re.compile(r"\s*(?:(?:votre )?r[ée]ponse\s?[:.]|r[ée]p\.?\s?:|R\s?:|:\s)\s*", re.I)
_LETTRES = re.compile(r"[^\W\d_]{3}")
_CONTACT = tuple(field.name for field in fields(Contact))


def extraire(lecture: Lecture) -> list[FilledForm]:
    """One for each action that was filled in; the survey goes with the first; a survey alone gives one."""
    surveys = [s for part in lecture.enquetes if not part.vide and (s := _survey(lecture, part))]
    forms = [_filled(lecture, part) for part in _parts(lecture, bool(surveys))]
    if not forms:
        return []
    beside = [*lecture.hors, *(line for part in lecture.enquetes for line in part.hors)]
    outside = [Leftover("outside_document", text) for text in _written(beside)]
    first = replace(
        forms[0],
        survey=surveys[0] if surveys else None,
        other_surveys=tuple(surveys[1:]),
        leftovers=(*forms[0].leftovers, *outside),
    )
    return [first, *forms[1:]]


def _parts(lecture: Lecture, survey: bool) -> list[FormPart]:
    parts = [p for p in lecture.fiches if not p.vide]
    return parts or ((lecture.fiches[:1] or [FormPart(0)]) if survey else [])


def _filled(lecture: Lecture, part: FormPart) -> FilledForm:
    form = lecture.formulaire
    asked = form.demandes("fiche")
    written, labels = _under_each_label(lecture, part)
    choices, boxes = choices_of(lecture, part)
    respondents = _respondents(lecture, part)
    texts = {bloc.vers: texte(written.get(bloc.vers, [])) for bloc in asked if bloc.vers and bloc.genre != "choix"}
    if any(bloc.genre == "nom" for bloc in asked):
        texts["titre"] = _title(asked, texts.get("titre", ""), texte(part.nom))
    contact = Contact(**{key: texts.get(f"contact.{key}") for key in _CONTACT})
    if "repondants" in form.parties:
        first = respondents[0] if respondents else Respondent()
        texts["ville"] = first.ville
        contact = Contact(first.nom, first.fonction, None, first.email, first.tel)
    return FilledForm(
        form=form,
        texts=texts,
        choices={bloc.vers: tuple(choices.get(bloc.vers, ())) for bloc in asked if bloc.genre == "choix"},
        contact=contact,
        respondents=respondents,
        answers=_answers(lecture, part, written),
        pictures=tuple(images(lecture, part)),
        leftovers=tuple(_beside(lecture, part, labels, boxes)),
        links=tuple(links(part)),
        comments=tuple(comments(lecture, part)),
    )


def _beside(
    lecture: Lecture, part: FormPart, labels: Iterable[Leftover], boxes: Iterable[Leftover]
) -> Iterable[Leftover]:
    rows = {added.titre: texte(lines) for added, lines in part.ajouts if not added.rubrique}
    yield from (Leftover("added_row", text, label) for label, text in rows.items())
    yield from (Leftover("outside_action", text) for text in _written(part.hors))
    yield from labels
    yield from boxes
    yield from (Leftover("note", text) for text in notes(lecture, part))


def _under_each_label(lecture: Lecture, part: FormPart) -> tuple[dict[str, list[FormLine]], list[Leftover]]:
    """The lines under each question, by ``vers`` or by title of the rubrique, and the labels that the city changed."""
    written: dict[str, list[FormLine]] = {}
    changed: dict[str, Leftover] = {}
    labels: list[Leftover] = []
    for step, lines in part.reponses:
        bloc = step.etiquette.bloc
        if step.etiquette.genre in ("option", "choix"):
            continue
        answer, label = separer(step, lines, lecture.lignes)
        written.setdefault(bloc.vers or bloc.titre, []).extend(answer)
        if bloc.rubrique and (below := below_table(lecture, step, lines)):
            labels.append(Leftover("below_table", below, bloc.libelle))
        if label:
            changed[label.label] = label
    return written, [*changed.values(), *labels]


def _title(blocs: Iterable[FormBlock], answer: str, written: str) -> str:
    """The name of the action, without the mark that it was to replace."""
    for bloc in blocs:
        if bloc.genre == "nom":
            for mark in (bloc.texte, *bloc.variantes):
                written = re.sub(rf"^{re.escape(mark)}\s*:?\s*", "", written, flags=re.I)
    # A date or a number names nothing; the last net tells it.
    lines = (line for text in (answer, written) for line in text.split("\n"))
    title = "\n".join(line for line in lines if _LETTRES.search(line)).strip()
    title = re.sub(r"^[:\s]+", "", title)
    return title[1:-1].strip() if title.startswith("[") and title.endswith("]") else title


def _answers(lecture: Lecture, part: FormPart, written: dict[str, list[FormLine]]) -> tuple[Answer, ...]:
    """The rubriques of the form, blank ones too, in order, with those that the city added in their place."""
    answers: dict[str, Answer] = {}
    added = [(rubrique, lines) for rubrique, lines in part.ajouts if rubrique.rubrique]
    ranks = {id(step.etiquette.bloc): step.etiquette.rang for step, _ in part.reponses}
    for bloc in lecture.formulaire.demandes("fiche"):
        rank = ranks.get(id(bloc))
        if bloc.genre == "photos":
            caption = [line for step, lines in part.reponses if step.etiquette.bloc is bloc for line in lines]
            if texte(caption):
                answers[bloc.titre] = Answer(bloc.titre, tuple(caption), bloc)
        elif bloc.rubrique:
            before = answers.get(bloc.titre, Answer(bloc.titre, ()))
            answers[bloc.titre] = Answer(bloc.titre, (*written.get(bloc.titre, ()), *before.lines), bloc)
        for rubrique, lines in [pair for pair in added if pair[0].rang == rank]:
            before = answers.get(rubrique.titre, Answer(rubrique.titre, ()))
            answers[rubrique.titre] = replace(before, lines=(*before.lines, *lines))
        added = [pair for pair in added if pair[0].rang != rank]
    return tuple(answers.values())


def _survey(lecture: Lecture, part: FormPart) -> Survey | None:
    asked = lecture.formulaire.demandes("enquete")
    tables: dict[str, list[dict[str, str]]] = {bloc.vers: [] for bloc in asked if bloc.genre == "partenaires"}
    texts = {bloc.vers: "" for bloc in asked if bloc.vers not in tables}
    for step, lines in part.reponses:
        bloc = step.etiquette.bloc
        if bloc.genre == "partenaires":
            rows, rest = partenaires(bloc, lecture.lignes[step.debut], lines)
            tables[bloc.vers] += rows
            # Words beside the table go with the question before it.
            key, kept = asked[asked.index(bloc) - 1].vers, texte(rest)
        else:
            drawn, lines = tableau_libre(asked, bloc, lines)
            for vers, rows in drawn.items():
                tables[vers] += rows
            key, kept = bloc.vers, texte(separer(step, lines, lecture.lignes)[0])
        texts[key] = "\n".join(t for t in (texts[key], kept) if t)
    if not any(texts.values()) and not any(tables.values()):
        return None
    contact = Contact(**{key: texts.pop(f"contact.{key}", "") for key in _CONTACT})
    return Survey(texts, {key: tuple(rows) for key, rows in tables.items()}, contact)


def _respondents(lecture: Lecture, fiche: FormPart) -> tuple[Respondent, ...]:
    """Those told right before an action: a form sent twice in one file has its own each time; else all of them."""
    before = [part for part in lecture.repondants if part.debut < fiche.debut]
    starts = [other.debut for other in lecture.fiches if before and other.debut < before[-1].debut]
    own = [part for part in before if part.debut > max(starts, default=-1)]
    respondents = []
    for part in own or lecture.repondants:
        answers = {
            step.etiquette.bloc.vers: texte(separer(step, lines, lecture.lignes)[0]) for step, lines in part.reponses
        }
        if any(answers.values()):
            respondents.append(Respondent(**answers))
    return tuple(respondents)


def _written(lines: Iterable[FormLine]) -> list[str]:
    return [paragraph for paragraph in paragraphes_de(lines) if re.search(r"\w", paragraph)]


# Under this, the labels that a reading finds may be chance; less is enough where as many questions are found, whatever the
# form prints around them: typed anew, or in a message.
_CONNU, _TYPED, _QUESTIONS = 20.0, 5.0, 9
_GUESSED = "le document n’a pas l’en-tête d’un formulaire : la campagne est supposée par ses questions, vérifiez-la."
# What two readings must gain over one: the labels of several questions that one of the forms alone asks.
_GAIN = 15.0


def ouvrir(path: Path, formulaires: Mapping[str, Questionnaire]) -> list[Lecture]:
    """Read a file as the form that fits it best, or as several one after the other. Raises ``Refus``."""
    return readings(recevoir(path), formulaires)


def readings(document: WordDocument, formulaires: Mapping[str, Questionnaire]) -> list[Lecture]:
    """The same, of a document. Raises ``Refus``."""
    if not formulaires:
        raise Refus("aucun formulaire n’est décrit dans formulaires/.")
    tried = [lire(document, form) for form in formulaires.values()]
    lecture, fit = max(tried, key=lambda reading: reading[1])
    asked = {r.etiquette.rang for r in lecture.reperes if r.etiquette.demande and r.etiquette.genre != "option"}
    if fit < _CONNU and (fit < _TYPED or len(asked) < _QUESTIONS):
        raise Refus(
            "aucun formulaire connu n’a été reconnu dans ce document : "
            "décrivez-le dans formulaires/ (voir formulaires/sej-2024.yml)."
        )
    if fit < _CONNU:
        lecture.document = document = replace(document, avis=(*document.avis, _GUESSED))
    cut = _cut([one for one, _ in tried], len(document.blocs))
    if not cut:
        return [lecture]
    first, second = document.blocs[:cut], document.blocs[cut:]
    anchored = _comments(second)
    remarks = document.commentaires.items()
    mine = replace(document, blocs=first, commentaires={n: text for n, text in remarks if n not in anchored})
    after = {n: text for n, text in remarks if n in anchored}
    rest = WordDocument(second, after, document.notes, document.images, asides=document.asides)
    return [*readings(mine, formulaires), *readings(rest, formulaires)]


def _cut(tried: Iterable[Lecture], blocs: int) -> int:
    """Before which block another form begins; 0: one form reads all as well."""
    sums = []
    for lecture in tried:
        weights = [0.0] * blocs
        for repere in lecture.reperes:
            weights[lecture.lignes[repere.debut].bloc] += repere.poids * (repere.etiquette.genre != "option")
        sums.append([0.0, *accumulate(weights)])
    best, at = max(total[-1] for total in sums) + _GAIN, 0
    for before in sums:
        for after in (other for other in sums if other is not before):
            for k in range(1, blocs):
                both = (before[k], after[-1] - after[k])
                if min(both) >= _CONNU and sum(both) >= best:
                    best, at = sum(both), k
    return at


def _comments(blocs: tuple[WordBlock, ...]) -> set[str]:
    """The comments that bear on words of some blocks."""
    return {number for p in paragraphes(blocs) for m in p.morceaux for number in m.commentaires}
