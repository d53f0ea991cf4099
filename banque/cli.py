"""The commands: the only place that prints, reads the clock and sets exit codes."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from banque.frame import FrameError, read_site_url
from banque.francais import FrenchParser
from banque.pdf.document import Documents
from banque.pdf.presse import PdfError, Presse
from banque.pdf.recueils import Inconnu, chosen, named
from banque.problem import FORMATS, Problem
from banque.racine import MAISON
from banque.recit import Recits
from banque.site import DeadLinks, build, check, list_addresses
from banque.staging import Occupied

COMMANDS = ("build", "check", "permaliens", "recueil", "serve")


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
    except PdfError as error:
        return _fail(f"PDF impossible : {error}")
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
    places.add_argument(
        "--site", type=Path, metavar="DOSSIER", help="où mettre le site (par défaut : site/ à côté du contenu)"
    )
    places.add_argument("--brouillons", action="store_true", help="montrer aussi les fiches « statut: brouillon »")

    places.add_argument(
        "--leger",
        action="store_true",
        help="sans les images de partage : plus court, pour un aperçu, pas pour la mise en ligne",
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
    command = commands.add_parser(
        "permaliens", parents=[common], help="inscrire les nouvelles adresses dans permaliens.txt"
    )
    command.set_defaults(run=_permaliens)
    command = commands.add_parser(
        "recueil",
        parents=[common],
        help="réunir des récits en un PDF : une campagne, un dossier, ou les actions nommées",
    )
    command.add_argument("ids", nargs="*", metavar="ID", help="les actions, dans cet ordre")
    command.add_argument("--campagne", metavar="ID", help="toutes les actions d’une campagne")
    command.add_argument("--dossier", metavar="ID", help="toutes les actions d’un dossier, dans son ordre")
    command.add_argument("--titre", help="le titre de la couverture")
    command.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="où l’écrire (par défaut : <nom>.pdf)")
    command.set_defaults(run=_recueil)
    command = commands.add_parser(
        "serve", parents=[common, places], help="montrer le site, sans PDF, et le refaire à chaque changement"
    )
    command.add_argument("--port", type=int, default=8000, help="8000 par défaut")
    command.add_argument("--hote", default="127.0.0.1", help="127.0.0.1 par défaut")
    command.set_defaults(run=_serve, leger=True)
    return parser


def _build(options: argparse.Namespace, preview: bool = False) -> int:
    site, work = _places(options)
    start = time.perf_counter()
    with _progress() as progress:
        task = progress.add_task("", total=None)
        built = build(
            options.root, site, work, options.brouillons,
            lambda step, done, total: progress.update(task, description=step, completed=done, total=total or None),
            preview,
            options.leger,
        )  # fmt: skip
    if built.problems:
        code = _report(built.problems, "text")
        print("Rien n’a été écrit ; le dernier site reste en place.", file=sys.stderr)
        return code
    print(f"{built.recits} récit{'s' * (built.recits > 1)}, {built.pages} pages en {_seconds(start)} s : {site}")
    return 0


def _check(options: argparse.Namespace) -> int:
    banque, problems = check(options.root)
    if options.fichiers:
        wanted = {path.resolve() for path in options.fichiers}
        missing = [path for path in options.fichiers if not path.exists()]
        if missing:
            return _fail(f"le fichier {missing[0]} n’existe pas.")
        problems = [p for p in problems if (options.root / p.path).resolve() in wanted]
    if not problems and options.format == "text":
        n = len(banque.actions)
        print(f"{n} action{'s' * (n > 1)} publiée{'s' * (n > 1)}, rien à corriger.")
        return 0
    return _report(problems, options.format)


def _permaliens(options: argparse.Namespace) -> int:
    new, problems = list_addresses(options.root)
    if problems:
        code = _report(problems, "text")
        print("permaliens.txt n’a pas changé : corrigez d’abord.", file=sys.stderr)
        return code
    for address in new:
        print(address)
    n = len(new)
    print(f"{n} adresse{'s' * (n > 1)} ajoutée{'s' * (n > 1)} à permaliens.txt.", file=sys.stderr)
    return 0


def _recueil(options: argparse.Namespace) -> int:
    if sum(map(bool, (options.ids, options.campagne, options.dossier))) != 1:
        return _fail(
            "nommez une campagne (--campagne asv-2015), un dossier (--dossier …) ou des actions : un seul des trois."
        )
    banque, problems = check(options.root)
    if problems:
        return _report(problems, "text")
    try:
        if options.ids:
            recueil = chosen(banque, options.ids)
        elif options.campagne:
            recueil = named(banque, "campagnes", options.campagne)
        else:
            recueil = named(banque, "dossiers", options.dossier)
    except Inconnu as error:
        return _fail(str(error))
    site_url = read_site_url(options.root)
    recueil = replace(recueil, titre=options.titre or recueil.titre)
    document = Documents(banque, Recits(banque, site_url), site_url).recueil(recueil)
    sortie = options.sortie or Path(f"{recueil.id}.pdf")
    sortie.write_bytes(Presse(options.root, options.root / "build" / "cache" / "pdf").pdf(document))
    print(f"{document.recits} récit{'s' * (document.recits > 1)} : {sortie}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    # Here, not above: the preview server is slow to import and nothing else needs it.
    from banque.serve import serve

    code = _build(options, preview=True)
    if code:
        return code

    def rebuild() -> None:
        try:
            _build(options, preview=True)
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
