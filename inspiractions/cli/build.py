"""Check, build, show; and the list of addresses."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing
from pathlib import Path

from inspiractions.base.parallel import can_lock
from inspiractions.base.problem import COMMAND, FORMATS, blocking
from inspiractions.build.loading import load_and_check, load_and_check_cached
from inspiractions.cli.output import Commands, FrenchParser, fail, progress, report, seconds, warn_of_address
from inspiractions.story.permalinks import nouvelles, promises, write_permaliens
from inspiractions.theme.settings import ENGINES, USUAL_ENGINE


def add(commands: Commands, common: FrenchParser) -> None:
    """``build``, ``check``, ``serve``, ``permaliens``."""
    places = FrenchParser(add_help=False)
    places.add_argument(
        "--site", type=Path, metavar="DOSSIER", help="où mettre le site (par défaut : site/ à côté du contenu)"
    )
    places.add_argument("--brouillons", action="store_true", help="montrer aussi les fiches « statut: brouillon »")
    places.add_argument(
        "--leger",
        action="store_true",
        help="sans PDF, images de partage ni formulaires de relecture : plus court, pour un aperçu, pas pour la mise en ligne",
    )
    places.add_argument(
        "--admin", type=Path, metavar="DOSSIER", help="joindre le formulaire en ligne ; DOSSIER contient decap-cms.js"
    )
    places.add_argument(
        "--admin-local", default="", metavar="ADRESSE", help="un decap-server, pour des essais seulement"
    )
    places.add_argument(
        "--moteur",
        choices=ENGINES,
        default=USUAL_ENGINE,
        help="ce qui rend les pages de docs/ et les cadres : mkdocs (par défaut) ou zensical, à l’essai",
    )
    command = commands.add_parser("build", parents=[common, places], help="construire le site (par défaut)")
    command.set_defaults(run=_build)
    command = commands.add_parser("check", parents=[common], help="vérifier les fiches, sans construire")
    command.add_argument(
        "fichiers", nargs="*", type=Path, metavar="FICHIER", help="ne dire que les problèmes de ces fichiers"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text, github, gitlab ou markdown")
    command.set_defaults(run=_check)
    command = commands.add_parser(
        "serve",
        parents=[common, places],
        help="montrer le site, comme « build --leger » le fait, et le refaire à chaque changement",
    )
    command.add_argument("--port", type=_port, default=8000, help="8000 par défaut")
    command.add_argument("--hote", default="127.0.0.1", help="127.0.0.1 par défaut")
    command.set_defaults(run=_serve)
    command = commands.add_parser(
        "permaliens", parents=[common], help="inscrire les nouvelles adresses dans permaliens.txt"
    )
    command.add_argument("--verifier", action="store_true", help="ne rien écrire ; finir par 1 s’il en manque")
    command.set_defaults(run=_permaliens)


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(
            f"{text!r} n’est pas une valeur admise ; écrivez un nombre de 1 à 65535, 8000 par exemple"
        )
    return int(text)


def _build(options: argparse.Namespace) -> int:
    # Here, not above: « check » makes no page, and would spend most of its time reading the code that does.
    from inspiractions.build.site import BuildOptions, build
    from inspiractions.forms.web_form import WebForm
    from inspiractions.theme.mkdocs import read_settings

    site, work = _places(options)
    start = time.perf_counter()
    if not options.leger and not can_lock():
        print(
            "À savoir : le système n’a pas laissé écrire dans /dev/shm ; un seul processus imprimera les PDF, plus lentement. Rendez ce dossier accessible en écriture pour en avoir plusieurs.",
            file=sys.stderr,
        )
    with progress() as show:
        formulaire = WebForm(options.admin.resolve(), options.admin_local) if options.admin else None
        asked = BuildOptions(options.brouillons, options.leger, formulaire, options.moteur, options.early)
        built = build(options.root, site, work, asked, show)
    if built.problems:
        code = report(built.problems, "text")
        print("Rien n’a été écrit ; le dernier site reste en place.", file=sys.stderr)
        return code
    for path in built.left_out:
        print(f"{path} : brouillon incomplet, laissé de côté ; « check » dit ce qui manque.", file=sys.stderr)
    for doubt in built.doubts:
        print(f"À savoir : {doubt}", file=sys.stderr)
    print(f"{built.recits} récit{'s' * (built.recits > 1)}, {built.pages} pages en {seconds(start)} s : {site}")
    if not options.leger:
        warn_of_address(read_settings(options.root).site_url)
    return 0


def _check(options: argparse.Namespace) -> int:
    banque, problems = load_and_check_cached(options.root, options.root / "build")
    if options.fichiers:
        wanted = {path.resolve() for path in options.fichiers}
        missing = [path for path in options.fichiers if not path.exists()]
        if missing:
            return fail(f"le fichier {missing[0]} n’existe pas.")
        problems = [p for p in problems if (options.root / p.path).resolve() in wanted]
    if options.format == "text":
        for path, action in banque.brouillons.items():
            if action and action.a_verifier:
                print(
                    f"{path} : brouillon ; relisez {', '.join(action.a_verifier)}, ôtez-les de « a_verifier », rangez « À reclasser », puis ôtez « statut: brouillon »."
                )
    if options.format == "text" and not any(not problem.doubt for problem in problems):
        if problems:
            report(problems, "text")
        n = len(banque.actions)
        print(f"{n} action{'s' * (n > 1)} publiée{'s' * (n > 1)}, rien à corriger.")
        if new := len(nouvelles(banque)):
            waiting = "nouvelle adresse attend" if new == 1 else "nouvelles adresses attendent"
            print(f"{new} {waiting} d’être inscrite{'s' * (new > 1)} : {COMMAND} permaliens", file=sys.stderr)
        return 0
    return report(problems, options.format)


def _serve(options: argparse.Namespace) -> int:
    # Here, not above: the preview server is slow to import and nothing else needs it.
    from inspiractions.cli.builder import Builder, say
    from inspiractions.cli.serve import AddressRefused, Preview

    with closing(Builder(_build_words(options))) as builder:
        try:
            site = _places(options)[0]
            server = Preview(options.root, site, options.hote, options.port, lambda early: say(builder.build(early)))
        except AddressRefused as error:
            return fail(str(error))
        with server:
            end = builder.build()
            say(end)
            if end.code:
                return end.code
            print(f"Aperçu : http://{options.hote}:{options.port}/ (Ctrl+C pour finir)", flush=True)
            server.run()
    print("Aperçu fini.")
    return 0


def _build_words(options: argparse.Namespace) -> list[str]:
    """The words that build what ``serve`` shows."""
    words = ["build", "--leger", "--root", str(options.root), "--site", str(_places(options)[0])]
    words += ["--moteur", options.moteur, *["--brouillons"] * options.brouillons]
    if options.admin:
        words += ["--admin", str(options.admin.resolve()), "--admin-local", options.admin_local]
    return words


def _permaliens(options: argparse.Namespace) -> int:
    banque, problems = load_and_check(options.root)
    if problems := blocking(problems, banque.brouillons):
        code = report(problems, "text")
        print("permaliens.txt n’a pas changé : corrigez d’abord.", file=sys.stderr)
        return code
    addresses = promises(banque, (*banque.actions, *banque.retirees))
    new = nouvelles(banque) if options.verifier else write_permaliens(options.root, addresses)
    for address in new:
        print(address)
    n = len(new)
    what = "manque" + "nt" * (n > 1) if options.verifier else f"ajoutée{'s' * (n > 1)}"
    print(f"{n} adresse{'s' * (n > 1)} {what} à permaliens.txt.", file=sys.stderr)
    return 1 if options.verifier and new else 0


def _places(options: argparse.Namespace) -> tuple[Path, Path]:
    site = options.site or options.root / "site"
    return site.resolve(), options.root / "build"
