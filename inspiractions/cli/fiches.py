"""Write a fiche, read it from a Word form, give fiches their canonical form."""

from __future__ import annotations

import argparse
import contextlib
import sys
from datetime import date
from pathlib import Path

from inspiractions.base.files import written_files
from inspiractions.base.problem import FORMATS
from inspiractions.build.loading import load_and_check
from inspiractions.cli.output import Commands, FrenchParser, fail, report
from inspiractions.forms.interview import ask_draft, read_draft
from inspiractions.model.canonical import format_fiches
from inspiractions.model.questionnaire import load_questionnaires
from inspiractions.model.vocabulaire import of_vocabularies


def add(commands: Commands, common: FrenchParser) -> None:
    """``new``, ``import``, ``format``."""
    command = commands.add_parser("new", parents=[common], help="écrire une fiche en répondant à des questions")
    command.add_argument(
        "--depuis", metavar="FICHIER", help="lire les réponses d’un fichier YAML ; « - » : une par ligne sur l’entrée"
    )
    command.set_defaults(run=_new)
    command = commands.add_parser(
        "import",
        parents=[common],
        help="faire des brouillons de fiches avec des formulaires Word remplis, reporter une relecture",
    )
    command.add_argument(
        "fichiers",
        nargs="+",
        type=Path,
        metavar="FICHIER",
        help="des formulaires remplis (.docx, .docm, .doc, .odt, .rtf), un dossier, un .zip, un message (.eml, .msg), "
        "l’export d’un questionnaire (.csv, .xlsx)",
    )
    command.add_argument(
        "--extract", action="store_true", help="montrer seulement ce que le formulaire dit, en JSON ; ne rien écrire"
    )
    command.add_sortie("DOSSIER", "où écrire actions/, enquetes/, .contacts/ (par défaut : le contenu)")
    command.add_argument(
        "--rapport",
        type=Path,
        metavar="FICHIER",
        help="où enregistrer le compte rendu (par défaut : comptes-rendus/, dans le dossier de sortie)",
    )
    command.add_argument(
        "--colonnes",
        type=Path,
        metavar="FICHIER",
        help="d’un tableur : à quelle question répond chaque colonne, tel que l’import l’a proposé et que vous l’avez relu",
    )
    command.set_defaults(run=_import)
    command = commands.add_parser(
        "format", parents=[common], help="mettre les fiches en forme, sans changer ce qu’elles disent"
    )
    command.add_argument("fichiers", nargs="*", type=Path, metavar="FICHIER", help="ces fiches seulement")
    command.add_argument(
        "--verifier", action="store_true", help="ne rien écrire ; finir par 1 si une fiche est à mettre en forme"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text, github, gitlab ou markdown")
    command.set_defaults(run=_format)


def _new(options: argparse.Namespace) -> int:
    if options.depuis is None and not sys.stdin.isatty():
        return fail("« new » pose ses questions dans un terminal : lancez-la là, ou donnez --depuis reponses.yml.")
    if options.depuis and options.depuis != "-" and not Path(options.depuis).is_file():
        return fail(f"le fichier {options.depuis} n’existe pas.")
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # arrows and accents in the answers
    banque, problems = load_and_check(options.root)
    if faults := of_vocabularies(problems):
        return report(faults, "text")
    try:
        if options.depuis and options.depuis != "-":
            path, faults = read_draft(options.root, Path(options.depuis).resolve(), date.today())
            if path is None:
                return report(faults, "text")
        else:
            print("Une nouvelle fiche. Ctrl+C arrête tout : rien n’est écrit avant la dernière question.")
            path = ask_draft(banque, input, print, date.today())
    except (EOFError, KeyboardInterrupt):
        return fail("interrompu avant la fin des questions : rien n’a été écrit.")
    name = path.relative_to(options.root).as_posix()
    print(f"\n{name} est écrite, en brouillon : elle paraîtra quand vous ôterez la ligne « statut: brouillon ».")
    new = [p for p in load_and_check(options.root)[1] if p not in problems]
    return report(new, "text") if new else 0


def _import(options: argparse.Namespace) -> int:
    # Here, not above: nothing else needs to read Word.
    from inspiractions.cli.importation import import_files

    banque, problems = load_and_check(options.root)
    if faults := of_vocabularies(problems):
        return report(faults, "text")
    formulaires, faults = load_questionnaires(options.root, banque.vocabulaires)
    if faults:
        return report(faults, "text")
    return import_files(options, banque, formulaires)


def _format(options: argparse.Namespace) -> int:
    actions = (options.root / "actions").resolve()
    paths = [path.resolve() for path in options.fichiers] or written_files(actions, "*.md")
    strangers = [path for path in paths if path.parent != actions or path.suffix != ".md" or not path.is_file()]
    if strangers:
        return fail(f"{strangers[0]} n’est pas une fiche de {actions} : rien n’a été écrit.")
    formes, problems = format_fiches(options.root, paths)
    changed = [forme for forme in formes if forme.line]
    if options.verifier and not changed and not problems and options.format == "text":
        print(f"{len(paths)} fiche{'s' * (len(paths) > 1)}, rien à mettre en forme.")
        return 0
    if options.verifier:
        return report(sorted([*problems, *(forme.problem for forme in changed)]), options.format)
    for forme in changed:
        forme.write()
        print(f"{forme.nom} : remise en forme.")
    print(f"{len(changed)} fiche{'s' * (len(changed) > 1)} remise{'s' * (len(changed) > 1)} en forme sur {len(paths)}.")
    return report(problems, "text") if problems else 0
