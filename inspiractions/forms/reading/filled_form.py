"""A filled form read: the actions, the survey and the respondents, each with the lines of its answers.

What stands beside the answers of an action: pictures, links, notes, comments.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from inspiractions.forms.reading.document import COCHEES, Tableau, WordDocument, paragraphes
from inspiractions.forms.reading.form_data import Comment, Link
from inspiractions.forms.reading.labels import Etiquette, accord, etiquettes, mots
from inspiractions.forms.reading.lines import FormLine, cut_at_labels, lignes, plain_table, upright, without_quotes
from inspiractions.forms.reading.locate import NUMERO_DE_FICHE, Ajout, Repere, completer, reperer
from inspiractions.forms.reading.package import Refus
from inspiractions.model.questionnaire import Questionnaire


@dataclass
class FormPart:
    """An action, the survey, or a respondent: the lines under each label. ``debut`` is the first line of the part."""

    debut: int
    reponses: list[tuple[Repere, list[FormLine]]] = field(default_factory=list)
    ajouts: list[tuple[Ajout, list[FormLine]]] = field(default_factory=list)
    nom: list[FormLine] = field(default_factory=list)
    hors: list[FormLine] = field(default_factory=list)

    @property
    def vide(self) -> bool:
        """Whether nothing was answered."""
        texts = [*(self.reponses), *((None, lines) for _, lines in self.ajouts), (None, self.nom)]
        ticked = any(coche(r) for r, _ in self.reponses)
        return not ticked and not any(line.texte.strip(" .…_:") or _image(line) for _, lines in texts for line in lines)


@dataclass
class Lecture:
    """Everything that a document holds. ``lignes`` are all of it; ``hors``: what stands outside the parts of the form."""

    formulaire: Questionnaire
    document: WordDocument
    lignes: list[FormLine]
    fiches: list[FormPart] = field(default_factory=list)
    enquetes: list[FormPart] = field(default_factory=list)
    repondants: list[FormPart] = field(default_factory=list)
    hors: list[FormLine] = field(default_factory=list)
    reperes: list[Repere] = field(default_factory=list)
    logos: list[str] = field(default_factory=list)


def lire(document: WordDocument, formulaire: Questionnaire) -> tuple[Lecture, float]:
    """Read a document as one form; the second value says how well it fits."""
    labels = etiquettes(formulaire)
    blocs = tuple(_upright(bloc, labels) if isinstance(bloc, Tableau) else bloc for bloc in document.blocs)
    stream = lignes(replace(document, blocs=blocs), lambda table, nested: _is_form(table, labels, nested))
    stream = cut_at_labels(without_quotes(stream), labels)
    reperes = reperer(stream, labels)
    lecture = Lecture(formulaire, document, stream, reperes=reperes)
    text = " ".join(w.texte for line in stream for w in mots(line.texte))
    bonus = sum(6.0 for phrase in formulaire.reconnaitre if " ".join(w.texte for w in mots(phrase)) in text)
    steps = completer(stream, reperes, labels, formulaire)
    _share(lecture, steps)
    return lecture, bonus + sum(r.poids for r in reperes if r.etiquette.genre != "option")


def coche(repere: Repere) -> bool:
    """Whether what stands before a label ticks its box."""
    return repere.etiquette.genre == "option" and bool(_COCHE.search(repere.avant))


_LONG_LABEL = 250
GOODBYE = re.compile(
    r"\s*(?:(?:bien |très |meilleures |sincères )?(?:cordialement|cdlt|salutations)\b|bonne (?:réception|journée|fin de journée)"
    r"|bien à vous|à bientôt|(?:je|nous) (?:reste|restons) à (?:votre|vos) disposition|(?:en )?vous remerciant)",
    re.I,
)
_COCHE = re.compile(rf"[{COCHEES}xX]")


def _image(line: FormLine) -> bool:
    return any(m.image for m in line.morceaux)


def _is_form(table: Tableau, labels: list[Etiquette], nested: bool) -> bool:
    """Whether a table is one of the form, not one that somebody drew in an answer."""
    head = [" ".join(p.texte for p in paragraphes(c.blocs)) for c in table.rangees[0]] if table.rangees else []
    columns_of = [e.bloc.items for e in labels if e.genre == "partenaires"]
    if any(_words(head) == _words(items) for items in columns_of):
        return True
    hits = 0
    for rangee in table.rangees:
        for i, cellule in enumerate(rangee):
            if i and i == len(rangee) - 1:
                continue
            first = next((p.texte for p in paragraphes(cellule.blocs) if p.texte.strip()), "")
            if _is_label(first, labels):
                hits += 1
                break
    rows = len(table.rangees)
    if nested:
        return hits >= 3 and 3 * hits >= rows
    columns = max((len(r) for r in table.rangees), default=0)
    return hits >= 2 or (hits == 1 and columns <= 2 and rows <= 3)


def _upright(table: Tableau, labels: list[Etiquette]) -> Tableau:
    asked = [label for label in labels if label.demande and label.genre not in ("option", "partenaires")]
    drawn = plain_table(table)
    return upright(drawn, lambda text: len(text) < _LONG_LABEL and _is_label(text, asked))


def _is_label(text: str, labels: list[Etiquette]) -> bool:
    words = mots(text[:600])
    matches = (accord(label, text, words) for label in labels) if words else ()
    return any(a and a.note > 0.8 and (a.longueur > 1 or len(words) == 1) for a in matches)


def _words(texts: Iterable[str]) -> list[list[str]]:
    return [[w.texte for w in mots(text)] for text in texts]


Step = Repere | Ajout


def _share(lecture: Lecture, steps: list[Step]) -> None:
    """Give each line to the label above it, and each label to its action, survey or respondent."""
    form = lecture.formulaire
    part: FormPart | None = None
    waiting: list[FormLine] = lecture.lignes[: steps[0].debut] if steps else list(lecture.lignes)
    last_rank = -1
    for n, step in enumerate(steps):
        inside, outside = _own_lines(lecture, step, steps[n + 1] if n + 1 < len(steps) else None)
        if isinstance(step, Ajout):
            if part is not None:
                part.ajouts.append((step, inside))
            waiting += outside
            continue
        e = step.etiquette
        if not e.demande:
            if e.genre == "titre" and e.partie == "fiche":
                _leave(lecture, part, waiting)
                waiting, part = [], None
                inside = [line for line in inside if not NUMERO_DE_FICHE.fullmatch(line.texte.strip())]
            elif e.partie in ("fiche", "enquete") and e.genre != "titre":
                pass
            else:
                _leave(lecture, part, waiting)
                waiting = []
            waiting += [*inside, *outside]
            continue
        store = {"fiche": lecture.fiches, "enquete": lecture.enquetes, "repondants": lecture.repondants}[e.partie]
        if part is None or part not in store or e.rang <= last_rank:
            part = FormPart(step.debut)
            store.append(part)
            if e.partie == "fiche" and not (e.genre == "nom" and any(line.texte.strip() for line in inside)):
                waiting = _take_name(lecture, part, form, waiting)
            last_rank = -1
        _leave(lecture, part, waiting)
        waiting = list(outside)
        part.reponses.append((step, inside))
        last_rank = e.rang
    _leave(lecture, part, waiting)


def _own_lines(lecture: Lecture, step: Step, after: Step | None) -> tuple[list[FormLine], list[FormLine]]:
    """The lines between a label and the next: those that answer it, then those that do not."""
    zone = list(_zone(lecture.lignes, step, after.debut if after else None))
    inside = [line for line in zone if _belongs(line, step, lecture.lignes)]
    outside = zone[len(inside) :]
    if isinstance(step, Repere) and step.etiquette.bloc.vers.startswith("contact.") and not outside:
        inside, outside = _one_answer(inside)
    if after is None and not outside:
        inside, outside = _before_goodbye(inside)
    if _may_name_the_next(step, after, lecture.formulaire):
        return _apart(inside, outside)
    return ([*inside, *outside], []) if _goes_on_below(step, inside, outside) else (inside, outside)


def _one_answer(lines: list[FormLine]) -> tuple[list[FormLine], list[FormLine]]:
    """A short answer in the body of the text, and what stands after the blank line that ends it."""
    written = next((n for n, line in enumerate(lines) if line.texte.strip()), len(lines))
    blank = next((n for n in range(written, len(lines)) if not lines[n].texte.strip()), len(lines))
    return (lines, []) if any(line.tableau for line in lines) else (lines[:blank], lines[blank:])


def _before_goodbye(lines: list[FormLine]) -> tuple[list[FormLine], list[FormLine]]:
    """The last answer of a text, and the words that end a message, with what follows them."""
    end = next((n for n, line in enumerate(lines) if not line.tableau and GOODBYE.match(line.texte)), len(lines))
    return lines[:end], lines[end:]


def _may_name_the_next(step: Step, after: Step | None, form: Questionnaire) -> bool:
    """Whether the last words before a label may be the name of another action: a copy of the table, without its heading."""
    if not isinstance(step, Repere) or not isinstance(after, Repere) or after.etiquette.partie != "fiche":
        return False
    again = after.etiquette.rang < step.etiquette.rang and after.etiquette.demande and after.etiquette.genre != "nom"
    return again and step.etiquette.demande and any(b.genre == "nom" for b in form.demandes("fiche"))


def _apart(inside: list[FormLine], outside: list[FormLine]) -> tuple[list[FormLine], list[FormLine]]:
    """The same lines, the last ones outside: those under a table, else those after the last blank line of the answer."""
    if any(line.texte.strip() for line in outside):
        return inside, outside
    end = len(inside)
    while end and not inside[end - 1].texte.strip():
        end -= 1
    blank = next((n for n in range(end - 1, -1, -1) if not inside[n].texte.strip()), None)
    if blank is None or inside[end - 1].tableau:
        return inside, outside
    return inside[:blank], [*inside[blank:], *outside]


def _goes_on_below(step: Step, inside: list[FormLine], outside: list[FormLine]) -> bool:
    """Whether what stands under a table answers its last question: that of partners, or one left blank in its cell."""
    if isinstance(step, Ajout) or not any(line.texte.strip() for line in outside):
        return False
    blank = not any(line.texte.strip() or _image(line) for line in inside)
    return step.etiquette.genre == "partenaires" or (blank and bool(step.etiquette.bloc.rubrique))


def below_table(lecture: Lecture, step: Repere, lines: list[FormLine]) -> str:
    """The words of an answer that stand under the table of their question, as one text."""
    table = lecture.lignes[step.debut].tableau
    beside = [line.texte.strip() for line in lines if table and line.tableau != table and line.texte.strip()]
    return "\n".join(beside)


def _take_name(lecture: Lecture, part: FormPart, form: Questionnaire, waiting: list[FormLine]) -> list[FormLine]:
    """The lines before the first question name the action, where the form has a mark that the name replaces."""
    if not any(b.genre == "nom" for b in form.demandes("fiche")):
        return waiting
    written = [line for line in waiting if line.texte.strip() or _image(line)]
    texts = [line for line in written if line.texte.strip()]
    start = 0 if len(texts) <= 3 else next(i for i, line in enumerate(written) if line is texts[-1])
    if len(lecture.fiches) == 1:
        # A picture above the name of the first action is the logo of the form.
        while start < len(written) and not written[start].texte.strip():
            start += 1
    part.nom = written[start:]
    if part.nom:
        part.debut = lecture.lignes.index(part.nom[0]) if part.nom[0] in lecture.lignes else part.debut
    return written[:start]


def _leave(lecture: Lecture, part: FormPart | None, waiting: list[FormLine]) -> None:
    """Lines that no label claims: they go with the part that they follow, else with the document."""
    written = [line for line in waiting if line.texte.strip() or _image(line)]
    if part is not None and part not in lecture.repondants:
        part.hors += written
    else:
        lecture.hors += written


def _zone(stream: list[FormLine], step: Step, stop: int | None) -> Iterator[FormLine]:
    rest = stream[step.fin].depuis(step.reste)
    if rest.texte.strip() or _image(rest):
        yield rest
    yield from stream[step.fin + 1 : stop]


def _belongs(line: FormLine, step: Step, stream: list[FormLine]) -> bool:
    """Whether a line may answer a label: in the same table, or both in the body."""
    here = stream[step.debut]
    return line.tableau == here.tableau or here.tableau == 0


def images(lecture: Lecture, part: FormPart) -> list[str]:
    """The pictures of an action, by name, in order, without the logo of the form, wherever it is repeated."""
    logos = {m.image for line in lecture.hors for m in line.morceaux if m.image}
    prints = {_print(lecture, nom) for nom in logos}
    pictures = [m.image for line in lignes_de(part) for m in line.morceaux if m.image]
    return [nom for nom in pictures if nom not in logos and _print(lecture, nom) not in prints]


def _print(lecture: Lecture, nom: str) -> str:
    try:
        return hashlib.sha256(lecture.document.images[nom]()).hexdigest()
    except Refus:
        return nom  # damaged: told when it is written


def lignes_de(part: FormPart) -> Iterator[FormLine]:
    """Every line of an action, its labels apart."""
    yield from part.nom
    for _, lines in part.reponses:
        yield from lines
    for _, lines in part.ajouts:
        yield from lines
    yield from part.hors


def links(part: FormPart) -> list[Link]:
    """The links of an action; runs that follow one another with the same address are one link."""
    joined: list[Link] = []
    last = ""
    for run in (m for line in lignes_de(part) for m in line.morceaux):
        if run.lien and run.lien == last:
            joined[-1] = replace(joined[-1], text=joined[-1].text + run.texte)
        elif run.lien:
            joined.append(Link(run.texte, run.lien))
        last = run.lien
    return [link for link in joined if link.text.strip()]


def notes(lecture: Lecture, part: FormPart) -> list[str]:
    """The footnotes of an action, in order."""
    texts = (
        lecture.document.notes.get(m.note, "") for line in _lines_around(lecture, part) for m in line.morceaux if m.note
    )
    return [text for text in texts if text]


def comments(lecture: Lecture, part: FormPart) -> list[Comment]:
    """The comments of an action; those that bear on no words go with the first."""
    anchored: dict[str, str] = {}
    for line in _lines_around(lecture, part):
        for number in dict.fromkeys(c for m in line.morceaux for c in m.commentaires):
            text = "".join(m.texte for m in line.morceaux if number in m.commentaires)
            anchored[number] = "\n".join(t for t in (anchored.get(number, ""), text) if t)
    remarks = lecture.document.commentaires
    adrift: list[str] = []
    if _rank(lecture, part) == 0:
        held = {number for line in lecture.lignes for m in line.morceaux for number in m.commentaires}
        adrift = [number for number in remarks if number not in held]
    return [Comment(anchored.get(n, ""), remarks[n]) for n in (*anchored, *adrift) if n in remarks]


def _rank(lecture: Lecture, part: FormPart) -> int:
    return lecture.fiches.index(part) if part in lecture.fiches else 0


def _lines_around(lecture: Lecture, part: FormPart) -> list[FormLine]:
    """The lines of an action, its labels included; the first goes from the top of the document, the last to its end."""
    at = _rank(lecture, part)
    start = 0 if at == 0 else part.debut
    stop = lecture.fiches[at + 1].debut if at + 1 < len(lecture.fiches) else len(lecture.lignes)
    return lecture.lignes[start:stop]
