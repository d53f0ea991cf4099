"""Check, build, show; and the list of addresses."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from banque.commandes.arrets import ARRETS, stopped
from banque.commandes.sortie import fail, progress, report, seconds, warn_of_address
from banque.formulaire import WebForm
from banque.frame import read_site_url
from banque.francais import Commandes, FrenchParser
from banque.permaliens import nouvelles, promises, write_permaliens
from banque.problem import FORMATS, blocking
from banque.site import build, check, check_again


def add(commands: Commandes, common: FrenchParser) -> None:
    """``build``, ``check``, ``serve``, ``permaliens``."""
    places = FrenchParser(add_help=False)
    places.add_argument(
        "--site", type=Path, metavar="DOSSIER", help="où mettre le site (par défaut : site/ à côté du contenu)"
    )
    places.add_argument("--brouillons", action="store_true", help="montrer aussi les fiches « statut: brouillon »")
    places.add_argument(
        "--leger",
        action="store_true",
        help="sans PDF ni images de partage : plus court, pour un aperçu, pas pour la mise en ligne",
    )
    places.add_argument(
        "--admin", type=Path, metavar="DOSSIER", help="joindre le formulaire en ligne ; DOSSIER contient decap-cms.js"
    )
    places.add_argument(
        "--admin-local", default="", metavar="ADRESSE", help="un decap-server, pour des essais seulement"
    )
    command = commands.add_parser("build", parents=[common, places], help="construire le site (par défaut)")
    command.set_defaults(run=_build)
    command = commands.add_parser("check", parents=[common], help="vérifier les fiches, sans rien écrire")
    command.add_argument(
        "fichiers", nargs="*", type=Path, metavar="FICHIER", help="ne dire que les problèmes de ces fichiers"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="text, github, gitlab ou markdown")
    command.set_defaults(run=_check)
    command = commands.add_parser(
        "serve", parents=[common, places], help="montrer le site, sans PDF, et le refaire à chaque changement"
    )
    command.add_argument("--port", type=int, default=8000, help="8000 par défaut")
    command.add_argument("--hote", default="127.0.0.1", help="127.0.0.1 par défaut")
    command.set_defaults(run=_serve)
    command = commands.add_parser(
        "permaliens", parents=[common], help="inscrire les nouvelles adresses dans permaliens.txt"
    )
    command.add_argument("--verifier", action="store_true", help="ne rien écrire ; finir par 1 s’il en manque")
    command.set_defaults(run=_permaliens)


def _build(options: argparse.Namespace) -> int:
    site, work = _places(options)
    start = time.perf_counter()
    with progress() as show:
        formulaire = WebForm(options.admin.resolve(), options.admin_local) if options.admin else None
        built = build(options.root, site, work, options.brouillons, show, options.leger, formulaire)
    if built.problems:
        code = report(built.problems, "text")
        print("Rien n’a été écrit ; le dernier site reste en place.", file=sys.stderr)
        return code
    for path in built.ecartes:
        print(f"{path} : brouillon incomplet, laissé de côté ; « check » dit ce qui manque.", file=sys.stderr)
    print(f"{built.recits} récit{'s' * (built.recits > 1)}, {built.pages} pages en {seconds(start)} s : {site}")
    if not options.leger:
        warn_of_address(read_site_url(options.root))
    return 0


def _check(options: argparse.Namespace) -> int:
    banque, problems = check_again(options.root, options.root / "build")
    if options.fichiers:
        wanted = {path.resolve() for path in options.fichiers}
        missing = [path for path in options.fichiers if not path.exists()]
        if missing:
            return fail(f"le fichier {missing[0]} n’existe pas.")
        problems = [p for p in problems if (options.root / p.path).resolve() in wanted]
    if options.format == "text":
        for path, action in banque.brouillons.items():
            if action and action.a_verifier:
                print(f"{path} : brouillon ; relisez {', '.join(action.a_verifier)}, ôtez-les de « a_verifier », rangez « À reclasser », puis ôtez « statut: brouillon ».")  # fmt: skip
    if not problems and options.format == "text":
        n = len(banque.actions)
        print(f"{n} action{'s' * (n > 1)} publiée{'s' * (n > 1)}, rien à corriger.")
        if new := len(nouvelles(banque)):
            said = "nouvelle adresse attend" if new == 1 else "nouvelles adresses attendent"
            print(f"{new} {said} d’être inscrite{'s' * (new > 1)} : python build_site.py permaliens", file=sys.stderr)
        return 0
    return report(problems, options.format)


def _serve(options: argparse.Namespace) -> int:
    # Here, not above: the preview server is slow to import and nothing else needs it.
    from banque.serve import serve

    # Not by « set_defaults »: parsers that share a parent share its defaults, too.
    options.leger = True
    code = _build(options)
    if code:
        return code

    def rebuild() -> None:
        try:
            _build(options)
        except ARRETS as error:
            stopped(error)

    print(f"Aperçu : http://{options.hote}:{options.port}/ (Ctrl+C pour finir)", flush=True)
    serve(options.root, _places(options)[0], options.hote, options.port, rebuild)
    return 0


def _permaliens(options: argparse.Namespace) -> int:
    banque, problems = check(options.root)
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
