"""``import``: every file of a batch, whatever one of them does; the report written, and what to do next."""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.outputs import make_csv
from inspiractions.base.problem import FORMATS
from inspiractions.build.loading import load_and_check
from inspiractions.cli.output import fail
from inspiractions.forms.drafting.net import words_of_message
from inspiractions.forms.drafting.write import ImportReport, write_drafts
from inspiractions.forms.reading.answers import extraire, readings
from inspiractions.forms.reading.form_data import extract_json
from inspiractions.forms.reading.package import Refus
from inspiractions.forms.reading.sheet import TECHNICAL, is_sheet, read_sheet, readings_of, unanswered, with_columns
from inspiractions.forms.reading.unpack import Piece, pieces, recevoir, text_document
from inspiractions.forms.rereading.reading import sender_of
from inspiractions.forms.rereading.receive import receive
from inspiractions.model.banque import Banque
from inspiractions.model.questionnaire import Questionnaire

_UNREADABLE = (
    "l’import n’a pas su lire ce fichier, et c’est une faute de l’import : ouvrez-le dans Word, enregistrez-le sous un "
    "autre nom en « .docx », réessayez ; si cela ne suffit pas, transmettez-le à qui s’occupe du site. Rien n’est perdu."
)

_COLUMNS = ("Colonne du tableur", "Question du formulaire")


@dataclass
class _Batch:
    """What a command imports, and what came of it so far."""

    options: argparse.Namespace
    banque: Banque
    formulaires: Mapping[str, Questionnaire]
    out: Path
    code: int = 0
    reports: list[str] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    updated: list[Path] = field(default_factory=list)

    def take(self, piece: Piece) -> None:
        """Import one piece, or say why not."""
        if not piece.path.exists():
            self.code = fail(f"le fichier {piece.path} n’existe pas.")
            return
        try:
            if piece.message and self.take_message(piece):
                return
            if piece.fault:
                raise Refus(piece.fault)
            if is_sheet(piece.path):
                self.take_sheet(piece)
                return
            document = recevoir(piece.path)
            if self.options.extract:
                if sender_of(document):
                    raise Refus("c’est un formulaire de relecture : importez-le sans --extract.")
                forms = (one for lecture in readings(document, self.formulaires) for one in extraire(lecture))
                print(extract_json(forms))
                return
            back = receive(document, self.banque, self.out, piece.name, date.today())
            self.keep(back or write_drafts(readings(document, self.formulaires), self.banque, self.out, piece.name))
        except Refus as refusal:
            self.refuse(piece, str(refusal))
        except (
            MemoryError,
            RecursionError,
            ArithmeticError,
            LookupError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:
            # A fault of ours must not take the other forms with it.
            self.refuse(piece, f"{_UNREADABLE} ({type(error).__name__})")

    def take_message(self, piece: Piece) -> bool:
        """Import the answers that a message holds itself; else tell its words. Whether there is no more to do of it."""
        try:
            lectures = readings(text_document(piece.message), self.formulaires)
        except Refus:
            words = words_of_message(piece.message, self.banque.lexicon)
            if words and not self.options.extract:
                report = "\n".join(
                    [f"# {piece.name}, le message", "", "Il dit, sans les noms ni la signature :", "", *words, ""]
                )
                self.reports.append(report)
                print(report)
            return not piece.fault
        if self.options.extract:
            print(extract_json(filled for lecture in lectures for filled in extraire(lecture)))
        else:
            self.keep(write_drafts(lectures, self.banque, self.out, f"{piece.name}, le message"))
        return True

    def take_sheet(self, piece: Piece) -> None:
        """Import each row of the export of a survey tool, once somebody agreed to what its columns answer."""
        sheet = read_sheet(piece.path, self.formulaires)
        if self.options.colonnes is None:
            target = _new(self.out / "comptes-rendus", "colonnes", ".csv")
            pairs = [(column.title, column.answers) for column in sheet.columns]
            write_whole(target, make_csv([_COLUMNS, *pairs]))
            print(
                f"# {piece.name}\n\nLes colonnes, et la question du formulaire « {sheet.form.titre} » à laquelle chacune répond :\n"
            )
            print(
                "\n".join(f"- « {title} » → {answers or '(aucune : sous « À reclasser »)'}" for title, answers in pairs)
            )
            if left := unanswered(sheet):
                print("\nLes questions auxquelles aucune colonne ne répond, à copier là où il le faut :\n")
                print("\n".join(f"- {question}" for question in left))
            advice = (
                f"Rien n’est encore importé. Ouvrez {target.name} dans un tableur et corrigez-en la seconde colonne : une question du "
                f"formulaire, rien (la réponse ira sous « À reclasser »), ou « {TECHNICAL} » pour écarter la colonne. "
                f"Puis relancez la même commande en ajoutant à la fin `--colonnes {target}`.\n"
            )
            self.reports.append(f"# {piece.name}\n\n{advice}")
            print(f"\n{advice}")
            return
        with self.options.colonnes.open(encoding="utf-8-sig", newline="") as file:
            agreed = {" ".join(row[0].split()): row[1] for row in csv.reader(file, delimiter=";") if len(row) > 1}
        for n, lecture in enumerate(readings_of(with_columns(sheet, agreed)), 2):
            self.keep(write_drafts([lecture], self.banque, self.out, f"{piece.name}, ligne {n}"))

    def keep(self, report: ImportReport) -> None:
        self.reports.append(report.rapport)
        self.written += report.ecrits
        self.updated += report.updated
        print(report.rapport)

    def refuse(self, piece: Piece, why: str) -> None:
        print(f"{piece.path} : {why}", file=sys.stderr)
        self.reports.append(f"# {piece.name}\n\nNon importé : {why}\n")
        self.code = max(self.code, 1)


def import_files(options: argparse.Namespace, banque: Banque, formulaires: Mapping[str, Questionnaire]) -> int:
    """Run the command; returns its exit code."""
    out = (options.sortie or options.root).resolve()
    batch = _Batch(options, banque, formulaires, out)
    with tempfile.TemporaryDirectory() as folder:
        for piece in pieces(options.fichiers, Path(folder)):
            if not options.extract:
                # The report does not name files, as these name persons at times: here is which is which.
                print(f"{piece.name} : {piece.path.name}", file=sys.stderr)
            batch.take(piece)
    if batch.reports:
        target = options.rapport or _new(out / "comptes-rendus", "import", ".md")
        steps = _next_steps(batch)
        write_whole(target, "\n".join([*batch.reports, *steps]))
        print("\n".join(steps))
        print(f"Compte rendu enregistré : {target}")
    if batch.written and out == options.root:
        names = {path.relative_to(out).as_posix() for path in batch.written}
        todo = [problem for problem in load_and_check(out)[1] if problem.path in names]
        if todo:
            print("## Ce que la vérification demande encore\n")
            print(FORMATS["text"](todo))
    return batch.code


def _new(folder: Path, kind: str, suffix: str) -> Path:
    """A name that no file has: ``import-2026-01-31-1.md``."""
    day = datetime.now().date().isoformat()
    return next(path for n in range(1, 10_000) if not (path := folder / f"{kind}-{day}-{n}{suffix}").exists())


def _next_steps(batch: _Batch) -> list[str]:
    drafts = [path for path in batch.written if path.suffix == ".md" and path not in batch.updated]
    surveys = [path for path in batch.written if path.suffix == ".yml"]
    updated = len(set(batch.updated))
    steps = [
        f"Relisez les fiches mises à jour ({updated}), avec ce que leur compte rendu dit « À décider », « À reporter à la main » "
        "et « Écrit hors des cases » ; envoyez-les à la forge."
        if updated
        else "",
        f"Relisez chaque brouillon ({len(drafts)}) : les clés de `a_verifier`, `resume`, « À reclasser »."
        if drafts
        else "",
        "Reportez dans les brouillons ce que ce compte rendu dit « À reclasser », ou décidez que cela n’y a pas sa place."
        if drafts
        else "",
        "Là où il est écrit « Ressemble à … : mise à jour ? », décidez : reporter, puis supprimer, ou garder les deux."
        if drafts or surveys
        else "",
        "Ôtez les noms et coordonnées qui restent, s’il en est listé." if batch.written else "",
        f"Relisez les enquêtes ({len(surveys)}) ; `publie: true` attend l’accord de la ville." if surveys else "",
        "Pour chaque fichier non importé, faites ce que dit sa phrase ; si c’est à son auteur de le faire, renvoyez-le-lui avec elle."
        if batch.code
        else "",
        "Lancez `make check` : il dit, ligne par ligne, ce qui manque encore." if batch.written else "",
    ]
    numbered = [f"{n}. {step}" for n, step in enumerate(filter(None, steps), 1)]
    return ["# Que faire maintenant", "", *numbered, "", "Le guide : docs/contribuer/word.md.", ""] if numbered else []
