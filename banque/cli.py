"""The commands: the only place that prints, reads the clock and sets exit codes."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from banque.forme import format_fiches
from banque.formulaire import Formulaire, FormulaireImpossible
from banque.formulaires import load_formulaires
from banque.frame import FrameError
from banque.francais import FrenchParser
from banque.nouvelle import ask_draft, read_draft
from banque.papier import Impossible, add_commands
from banque.problem import FORMATS, Problem
from banque.racine import MAISON
from banque.site import DeadLinks, build, check
from banque.staging import Occupied

COMMANDS = ("build", "check", "new", "import", "formulaire", "enquete", "format", "serve")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 well, 1 problems in the content, 2 a mistaken call."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # « python build_site.py --site ailleurs » builds.
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    options = _parser().parse_args(words)
    if not options.root.is_dir():
        return _fail(f"le dossier {options.root} n’existe pas.")
    options.root = options.root.resolve()
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except FrameError as error:
        return _fail(f"MkDocs a refusé les pages de docs/ :\n{error}")
    except FormulaireImpossible as error:
        return _fail(str(error))
    except Impossible as error:
        return _report(error.problems, "text") if error.problems else _fail(str(error))
    except DeadLinks as error:
        return _report(error.problems, "text", "lien mort", "liens morts")
    except Occupied as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"écriture ou lecture impossible ({error.strerror}) : {error.filename}")
    except KeyboardInterrupt:
        return _fail("interrompu ; le dernier site reste en place.")


def _parser() -> argparse.ArgumentParser:
    common = FrenchParser(add_help=False)
    common.add_argument(
        "--root",
        type=Path,
        default=MAISON,
        metavar="DOSSIER",
        help="le contenu : actions/, et au besoin docs/, vocabulaire/… (par défaut : ce projet)",
    )
    places = FrenchParser(add_help=False)
    places.add_argument("--site", type=Path, metavar="DOSSIER", help="où mettre le site (par défaut : site/ à côté du contenu)")  # fmt: skip
    places.add_argument("--brouillons", action="store_true", help="montrer aussi les fiches « statut: brouillon »")
    places.add_argument(
        "--admin", type=Path, metavar="DOSSIER", help="joindre le formulaire en ligne ; DOSSIER contient decap-cms.js"
    )
    places.add_argument(
        "--admin-local", default="", metavar="ADRESSE", help="un decap-server, pour des essais seulement"
    )

    parser = FrenchParser(
        prog="build_site.py", description="Inspir’Actions : vérifie les fiches d’actions et construit le site."
    )
    commands = parser.add_subparsers(title="commandes", metavar="commande", required=True)
    command = commands.add_parser("build", parents=[common, places], help="construire le site (par défaut)")
    command.set_defaults(run=_build)
    command = commands.add_parser("check", parents=[common], help="vérifier les fiches, sans rien écrire")
    command.add_argument(
        "fichiers", nargs="*", type=Path, metavar="FICHIER", help="ne dire que les problèmes de ces fichiers"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text, github, gitlab ou markdown")
    command.set_defaults(run=_check)
    command = commands.add_parser("new", parents=[common], help="écrire une fiche en répondant à des questions")
    command.add_argument(
        "--depuis", metavar="FICHIER", help="lire les réponses d’un fichier YAML ; « - » : une par ligne sur l’entrée"
    )
    command.set_defaults(run=_new)
    command = commands.add_parser(
        "import", parents=[common], help="faire des brouillons de fiches avec des formulaires Word remplis"
    )
    command.add_argument("fichiers", nargs="+", type=Path, metavar="FICHIER", help="des formulaires remplis (.docx)")
    command.add_argument("--extract", action="store_true", help="montrer seulement ce que le formulaire dit, en JSON ; ne rien écrire")  # fmt: skip
    command.add_argument("--out", type=Path, metavar="DOSSIER", help="où écrire actions/, enquetes/, .contacts/ (par défaut : le contenu)")  # fmt: skip
    command.add_argument("--rapport", type=Path, metavar="FICHIER", help="enregistrer aussi le compte rendu")
    command.set_defaults(run=_import)
    add_commands(commands, common, _papier)
    command = commands.add_parser(
        "format", parents=[common], help="mettre les fiches en forme, sans changer ce qu’elles disent"
    )
    command.add_argument("fichiers", nargs="*", type=Path, metavar="FICHIER", help="ces fiches seulement")
    command.add_argument(
        "--verifier", action="store_true", help="ne rien écrire ; finir par 1 si une fiche est à mettre en forme"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text, github, gitlab ou markdown")
    command.set_defaults(run=_format)
    command = commands.add_parser(
        "serve", parents=[common, places], help="montrer le site et le refaire à chaque changement"
    )
    command.add_argument("--port", type=int, default=8000, help="8000 par défaut")
    command.add_argument("--hote", default="127.0.0.1", help="127.0.0.1 par défaut")
    command.set_defaults(run=_serve)
    return parser


def _build(options: argparse.Namespace) -> int:
    site, work = _places(options)
    start = time.perf_counter()
    with _progress() as progress:
        task = progress.add_task("", total=None)
        built = build(
            options.root, site, work, options.brouillons,
            lambda step, done, total: progress.update(task, description=step, completed=done, total=total or None),
            Formulaire(options.admin.resolve(), options.admin_local) if options.admin else None,
        )  # fmt: skip
    if built.problems:
        code = _report(built.problems, "text")
        print("Rien n’a été écrit ; le dernier site reste en place.", file=sys.stderr)
        return code
    print(f"{built.recits} récit{'s' * (built.recits > 1)}, {built.pages} pages en {_seconds(start)} s : {site}")
    return 0


def _check(options: argparse.Namespace) -> int:
    banque, problems = check(options.root, drafts=True)
    if options.fichiers:
        wanted = {path.resolve() for path in options.fichiers}
        missing = [path for path in options.fichiers if not path.exists()]
        if missing:
            return _fail(f"le fichier {missing[0]} n’existe pas.")
        problems = [p for p in problems if (options.root / p.path).resolve() in wanted]
    if options.format == "text":
        for action in banque.actions:
            if action.statut == "brouillon" and action.a_verifier:
                print(f"{action.source.path} : brouillon ; relisez {', '.join(action.a_verifier)}, ôtez-les de « a_verifier », rangez « À reclasser », puis ôtez « statut: brouillon ».")  # fmt: skip
    if not problems and options.format == "text":
        n = sum(action.statut == "publiee" for action in banque.actions)
        print(f"{n} action{'s' * (n > 1)} publiée{'s' * (n > 1)}, rien à corriger.")
        return 0
    return _report(problems, options.format)


def _new(options: argparse.Namespace) -> int:
    if options.depuis is None and not sys.stdin.isatty():
        return _fail("« new » pose ses questions dans un terminal : lancez-la là, ou donnez --depuis reponses.yml.")
    if options.depuis and options.depuis != "-" and not Path(options.depuis).is_file():
        return _fail(f"le fichier {options.depuis} n’existe pas.")
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # arrows and accents in the answers
    banque, problems = check(options.root)
    try:
        if options.depuis and options.depuis != "-":
            path, faults = read_draft(options.root, Path(options.depuis).resolve(), date.today())
            if path is None:
                return _report(faults, "text")
        else:
            print("Une nouvelle fiche. Ctrl+C arrête tout : rien n’est écrit avant la dernière question.")
            path = ask_draft(banque, input, print, date.today())
    except (EOFError, KeyboardInterrupt):
        return _fail("interrompu avant la fin des questions : rien n’a été écrit.")
    name = path.relative_to(options.root).as_posix()
    print(f"\n{name} est écrite, en brouillon : elle paraîtra quand vous ôterez la ligne « statut: brouillon ».")
    new = [p for p in check(options.root)[1] if p not in problems]
    return _report(new, "text") if new else 0


def _import(options: argparse.Namespace) -> int:
    # Here, not above: nothing else needs to read Word.
    from banque.importer.archive import Refus
    from banque.importer.depot import importer, ouvrir
    from banque.importer.extraction import extraire

    banque, _ = check(options.root)
    formulaires, faults = load_formulaires(options.root, banque.vocabulaires)
    if faults:
        return _report(faults, "text")
    out = (options.out or options.root).resolve()
    code, reports, written = 0, [], []
    for path in options.fichiers:
        try:
            if options.extract:
                print(json.dumps(extraire(ouvrir(path, formulaires)), ensure_ascii=False, indent=1))
                continue
            depot = importer(path, banque, formulaires, out)
        except (Refus, FileNotFoundError, IsADirectoryError) as error:
            said = str(error) if isinstance(error, Refus) else "ce fichier n’existe pas."
            print(f"{path} : {said}", file=sys.stderr)
            code = 1
            continue
        reports.append(depot.rapport)
        written += depot.fiches
        print(depot.rapport)
    if options.rapport and reports:
        options.rapport.parent.mkdir(parents=True, exist_ok=True)
        options.rapport.write_text("\n".join(reports), "utf-8")
    if written and out == options.root:
        names = {path.relative_to(out).as_posix() for path in written}
        todo = [problem for problem in check(out)[1] if problem.path in names]
        if todo:
            print("## Ce que la vérification demande encore\n")
            print(FORMATS["text"](todo))
    return code


def _papier(options: argparse.Namespace) -> int:
    print(options.faire(options))
    return 0


def _format(options: argparse.Namespace) -> int:
    actions = (options.root / "actions").resolve()
    paths = [path.resolve() for path in options.fichiers] or sorted(actions.glob("*.md"))
    strangers = [path for path in paths if path.parent != actions or path.suffix != ".md" or not path.is_file()]
    if strangers:
        return _fail(f"{strangers[0]} n’est pas une fiche de {actions} : rien n’a été écrit.")
    formes, problems = format_fiches(options.root, paths)
    changed = [forme for forme in formes if forme.line]
    if options.verifier and not changed and not problems and options.format == "text":
        print(f"{len(paths)} fiche{'s' * (len(paths) > 1)}, rien à mettre en forme.")
        return 0
    if options.verifier:
        return _report(sorted([*problems, *(forme.problem for forme in changed)]), options.format)
    for forme in changed:
        forme.write()
        print(f"{forme.nom} : remise en forme.")
    print(f"{len(changed)} fiche{'s' * (len(changed) > 1)} remise{'s' * (len(changed) > 1)} en forme sur {len(paths)}.")
    return _report(problems, "text") if problems else 0


def _serve(options: argparse.Namespace) -> int:
    # Here, not above: the preview server is slow to import and nothing else needs it.
    from banque.serve import serve

    code = _build(options)
    if code:
        return code

    def rebuild() -> None:
        try:
            _build(options)
        except (FrameError, DeadLinks, Occupied, OSError) as error:
            print(error, file=sys.stderr)

    print(f"Aperçu : http://{options.hote}:{options.port}/ (Ctrl+C pour finir)", flush=True)
    serve(options.root, _places(options)[0], options.hote, options.port, rebuild)
    return 0


def _places(options: argparse.Namespace) -> tuple[Path, Path]:
    site = options.site or options.root / "site"
    return site.resolve(), options.root / "build"


def _report(problems: list[Problem], form: str, one: str = "problème", many: str = "problèmes") -> int:
    print(FORMATS[form](problems))
    if problems and form == "text":
        print(f"{len(problems)} {one if len(problems) == 1 else many}.", file=sys.stderr)
    return 1 if problems else 0


def _fail(message: str) -> int:
    print(f"build_site.py : {message}", file=sys.stderr)
    return 2


def _seconds(start: float) -> str:
    return f"{time.perf_counter() - start:.1f}".replace(".", ",")


def _progress() -> Progress:
    """A progress line, silent when the output is not a terminal."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
