"""A form for re-reading that came back: the fiche is brought up to date, or told why not, and the report says all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from pathlib import Path

from inspiractions.base.files import write_new, write_whole
from inspiractions.base.images import UnreadableImage, write_light
from inspiractions.base.text import enumerate_fr, slugify
from inspiractions.forms.drafting.net import Redactor
from inspiractions.forms.drafting.write import ImportReport, set_aside
from inspiractions.forms.reading.document import WordDocument, paragraphes
from inspiractions.forms.reading.package import Refus
from inspiractions.forms.rereading.form import Mark, filled_form, mark_of
from inspiractions.forms.rereading.reading import Sender, forms_in, in_margins, read_returned, sender_of
from inspiractions.forms.rereading.update import Change, Update, Versions, update
from inspiractions.model.banque import Banque
from inspiractions.model.canonical import write_fiche
from inspiractions.model.source import Source, parse_fiche, read_fiche
from inspiractions.model.types import ParseContext

_UNKNOWN = (
    "c’est un formulaire de relecture, mais rien n’y dit de quelle fiche : sa marque et la ligne « Référence » ont disparu, et "
    "son titre n’est celui d’aucune fiche. Retrouvez la fiche, écrivez « Référence : son-identifiant, version 000000000000 » "
    "en haut du document, réessayez."
)


def receive(document: WordDocument, banque: Banque, out: Path, name: str, today: date) -> ImportReport | None:
    """Take a form for re-reading; nothing where the document is none. Raises ``Refus``."""
    if sender_of(document) is None:
        return None
    report = ImportReport([f"# {name}", ""])
    for part in forms_in(document):
        sender = sender_of(part) or Sender(None)
        _Reception(part, sender, banque, out, report).run(today)
    return report


@dataclass(frozen=True)
class _Known:
    """What is known of the fiche: where it stands, what it says; ``base``: what the form was made of; where that is not
    ``sure``, what the fiche is now. ``note``: what the report says of it."""

    path: Path
    text: str
    now: Source
    base: Source
    mark: Mark
    sure: bool
    note: str = ""


@dataclass
class _Reception:
    document: WordDocument
    sender: Sender
    banque: Banque
    out: Path
    report: ImportReport

    def run(self, today: date) -> None:
        known = self._find()
        form = filled_form(known.base, known.mark, self.banque.vocabulaires, self.banque.identity)
        returned = read_returned(self.document, form)
        redactor = Redactor(self.banque.lexicon)
        contexte = ParseContext(self.banque.vocabulaires, self.banque.referentiel)
        outcome = update(Versions(known.base, known.now, known.text), returned, contexte, redactor, today)
        outcome.beside += [f"{place} : {text}" for place, text in self._margins(set(form.printed()), redactor.text)]
        self.report.lignes += ["", f"## Relecture : actions/{known.path.name}", ""]
        self.report.lignes += [known.note] * bool(known.note)
        self._write(known, outcome)
        self.report.lignes += [*_changes(outcome), *self._pictures(known.now.stem)]
        apart = set_aside(self.report, self.out, f"{known.now.stem}-relecture", {"retires": [*redactor.removed]})
        self.report.lignes += ["", *apart] if apart else []
        self.report.lignes += _difference(known, outcome)

    def _margins(self, printed: set[str], redact: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        for place, text in in_margins(self.document):
            if text not in printed:
                yield place, redact(text)

    def _find(self) -> _Known:
        mark, path = self.sender.mark, None
        if mark:
            path = self._path_of(mark.id) or self._heir(mark.id)
        if path is None:
            path = self._by_title()
        if path is None:
            if mark and (gone := mark.source):
                raise Refus(_gone(mark.id, gone))
            raise Refus(_UNKNOWN if mark is None else _lost(mark.id))
        text = path.read_text("utf-8")
        now, faults = read_fiche(path.parents[1], path)
        if now is None:
            raise Refus(f"la fiche {path.name} ne se lit pas ({faults[0].message}) : corrigez-la d’abord.")
        if now.meta.get("statut") == "retiree":
            raise Refus(f"la fiche {path.name} a été retirée de la banque : rien n’y est écrit ; voyez avec la ville.")
        here = mark_of(now)
        if mark and (base := mark.source):
            renamed = f"« {mark.id} » s’appelle maintenant « {path.stem} »." if mark.id != path.stem else ""
            changed = "" if mark.version == here.version else "La fiche a changé depuis que ce formulaire a été fait."
            note = " ".join(filter(None, [renamed, changed]))
            return _Known(path, text, now, base, mark, True, note)
        if mark and mark.version == here.version:
            note = (
                "La marque invisible du document est perdue ; la version imprimée est celle de la fiche d’aujourd’hui."
            )
            return _Known(path, text, now, now, here, True, note)
        return _Known(path, text, now, now, here, False)

    def _path_of(self, identifiant: str) -> Path | None:
        name = f"actions/{identifiant}.md"
        return next((path for root in (self.out, self.banque.root) if (path := root / name).is_file()), None)

    def _heir(self, identifiant: str) -> Path | None:
        """The fiche that took another name since."""
        heirs = (action for action in self.banque.actions if identifiant in action.anciens_ids)
        return next((self._path_of(action.id) for action in heirs), None)

    def _by_title(self) -> Path | None:
        wanted = slugify(self.sender.titre)
        same = [action for action in self.banque.actions if wanted and slugify(action.titre) == wanted]
        return self._path_of(same[0].id) if len(same) == 1 else None

    def _write(self, known: _Known, outcome: Update) -> None:
        name, lines = known.path.name, self.report.lignes
        if outcome.text == known.text:
            lines.append(_nothing(outcome))
            self.report.connus.append(known.path)
            return
        if known.sure:
            target = self.out / "actions" / name
            write_whole(target, outcome.text)
            lines.append(f"Fiche mise à jour : actions/{name}.")
        else:
            target = self._draft(known, outcome)
            lines.append(
                f"**Ressemble à actions/{name} : mise à jour ?** La marque du formulaire est perdue et la fiche a pu changer "
                f"depuis : rien n’y est écrit. La réponse est dans le brouillon actions/{target.name}. Reportez dans "
                f"actions/{name} ce que la ville a changé, puis supprimez le brouillon."
            )
        self.report.fiches.append(target)
        self.report.ecrits.append(target)
        if known.sure:
            self.report.updated.append(target)

    def _draft(self, known: _Known, outcome: Update) -> Path:
        source, _ = parse_fiche(known.now.path, outcome.text)
        assert source is not None
        # The former names stay with the fiche itself.
        meta = {key: value for key, value in source.meta.items() if key != "anciens_ids"}
        text = write_fiche({**meta, "statut": "brouillon"}, source.body)
        folder = self.out / "actions"
        folder.mkdir(parents=True, exist_ok=True)
        stem = known.path.stem[:64].rstrip("-")
        names = (folder / f"{stem}-relecture{f'-{n}' if n > 1 else ''}.md" for n in range(1, 1000))
        target = next(path for path in names if not path.exists())
        write_new(target, text)
        return target

    def _pictures(self, identifiant: str) -> list[str]:
        held = {run.image: run.alt for p in paragraphes(self.document.blocs) for run in p.morceaux if run.image}
        lines = []
        for n, name in enumerate(held, 1):
            try:
                picture = write_light(
                    self.document.images[name](), self.out / "comptes-rendus", f"{identifiant}-image-{n}"
                )
                lines.append(f"- Image jointe, à reprendre s’il y a lieu : comptes-rendus/{picture}.")
            except (UnreadableImage, Refus):
                lines.append(f"- Image {n} illisible : reprenez-la dans le document Word.")
        return ["", *lines] if lines else []


def _difference(known: _Known, outcome: Update) -> list[str]:
    """What changes in the file, as a forge shows it."""
    if outcome.text == known.text:
        return []
    name = known.path.name
    lines = unified_diff(
        known.text.splitlines(), outcome.text.splitlines(), f"a/actions/{name}", f"b/actions/{name}", n=1, lineterm=""
    )
    return ["", "### La différence, pour la proposition", "", "```diff", *lines, "```"]


def _nothing(outcome: Update) -> str:
    if outcome.changed:
        return "Rien n’a pu être repris sans vous : la fiche reste telle quelle."
    if outcome.reread or outcome.known:
        return "Tout ce que la ville écrit est déjà dans la fiche : elle reste telle quelle."
    return (
        "La ville n’a rien changé et n’a pas coché « Relue par la ville » : la fiche reste telle quelle. Si son message dit "
        "qu’elle l’a relue, cochez la case pour elle et réessayez."
    )


def _changes(outcome: Update) -> Iterator[str]:
    """What changed, field by field; what is to be decided; what was only confirmed."""
    yield from _listed("Ce que la ville a changé", outcome.taken, _change)
    yield from _listed(
        "À décider : la ville et la fiche ont changé toutes les deux, la fiche reste telle quelle",
        outcome.conflicts,
        _conflict,
    )
    yield from _listed("À reporter à la main : la fiche reste telle quelle", outcome.doubts, _change)
    if outcome.beside:
        yield from ("", "### Écrit hors des cases, à reporter s’il y a lieu", "")
        yield from (f"- {words}" for words in outcome.beside)
    facts = [
        f"Déjà dans la fiche : {enumerate_fr(outcome.known)}." if outcome.known else "",
        f"Confirmé par la ville, n’est plus « déduit » : {enumerate_fr(outcome.confirmed)}."
        if outcome.confirmed
        else "",
        f"Absent du document, donc laissé : {enumerate_fr(outcome.absent)}." if outcome.absent else "",
        f"`connaissance` reste `{outcome.kept_label}`, qui dit plus que « relu »." if outcome.kept_label else "",
    ]
    if any(facts):
        yield from ("", *(f"- {fact}" for fact in facts if fact))


def _listed(title: str, changes: Sequence[Change], lines_of_change: Callable[[Change], Iterable[str]]) -> Iterator[str]:
    if changes:
        yield from ("", f"### {title} ({len(changes)})", "")
        for change in changes:
            yield from lines_of_change(change)


def _change(change: Change) -> Iterator[str]:
    why = f" ({change.why})" if change.why else ""
    if not change.row.of_story:
        yield f"- **{change.row.label}** : {_one(change.before)} → {_one(change.city)}{why}"
        return
    yield f"- **{change.row.label}**{why}"
    yield from (f"    - retiré : « {text} »" for text in change.before if text not in change.city)
    yield from (f"    - écrit : « {text} »" for text in change.city if text not in change.before)


def _conflict(change: Change) -> Iterator[str]:
    yield f"- **{change.row.label}**"
    for who, texts in (
        ("la banque disait", change.before),
        ("la fiche dit", change.now),
        ("la ville écrit", change.city),
    ):
        yield f"    - {who} : {_one(texts)}"


def _one(texts: Sequence[str]) -> str:
    return f"« {' ; '.join(texts)} »" if texts else "(rien)"


def _gone(identifiant: str, source: Source) -> str:
    title = source.meta.get("titre")
    return (
        f"la fiche « {title} » (actions/{identifiant}.md) n’est plus dans la banque : rien n’est écrit. Si elle a changé de nom, "
        f"mettez « anciens_ids: [{identifiant}] » dans la nouvelle, réessayez ; sinon, remettez-la."
    )


def _lost(identifiant: str) -> str:
    return (
        f"aucune fiche ne s’appelle ni ne s’est appelée « {identifiant} » : rien n’est écrit. Corrigez la ligne "
        "« Référence » du document, réessayez."
    )
