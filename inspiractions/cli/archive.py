"""The archive of the built site, to keep or to carry."""

from __future__ import annotations

import argparse
from pathlib import Path

from inspiractions.base.files import MARK
from inspiractions.base.paths import find
from inspiractions.build.site import check
from inspiractions.cli.output import fail, report, warn_of_address
from inspiractions.cli.parser import Commandes, FrenchParser
from inspiractions.documents.archive.offline import ScriptInconnu
from inspiractions.documents.archive.zip import make_notices, write_archive
from inspiractions.story.labels import octets
from inspiractions.theme.mkdocs import read_settings


def add(commands: Commandes, common: FrenchParser) -> None:
    """``archive``."""
    command = commands.add_parser(
        "archive", parents=[common], help="mettre le site construit dans un fichier ZIP, qui s’ouvre sans serveur"
    )
    command.add_argument("--site", type=Path, metavar="DOSSIER", help="le site construit (par défaut : site/)")
    command.add_sortie("FICHIER", "où l’écrire (par défaut : inspiractions-<date>.zip)")
    command.set_defaults(run=_archive)


def _archive(options: argparse.Namespace) -> int:
    site = (options.site or options.root / "site").resolve()
    if not (site / MARK).is_file():
        return fail(f"{site} n’est pas un site construit : lancez d’abord « python build_site.py ».")
    banque, problems = check(options.root)
    if problems:
        return report(problems, "text")
    if not banque.actions:
        return fail("la banque n’a pas encore d’action publiée : il n’y a rien à archiver.")
    maj = max(action.date_maj for action in banque.actions)
    tete = find(options.root, "templates/archive/hors-ligne.js").read_text("utf-8")
    site_url = read_settings(options.root).site_url
    notices = make_notices(options.root, site_url, len(banque.actions), maj)
    sortie = options.sortie or Path(f"inspiractions-{maj}.zip")
    try:
        size = write_archive(sortie, site, tete, notices, maj)
    except ScriptInconnu as error:
        return fail(f"un script du site ne peut pas être archivé : {error}")
    print(f"{octets(size)} : {sortie}")
    warn_of_address(site_url)
    return 0
