"""What is made to be sent or kept: a recueil in PDF."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.build.site import check
from inspiractions.cli.output import fail, report, warn_of_address
from inspiractions.cli.parser import Commandes, FrenchParser
from inspiractions.documents.pdf.document import Documents
from inspiractions.documents.pdf.recueils import Inconnu, chosen, named
from inspiractions.documents.pdf.typst import Presse
from inspiractions.story.recit import Recits
from inspiractions.theme.mkdocs import read_settings


def add(commands: Commandes, common: FrenchParser) -> None:
    """``recueil``."""
    command = commands.add_parser(
        "recueil",
        parents=[common],
        help="réunir des récits en un PDF : une campagne, un dossier, ou les actions nommées",
    )
    command.add_argument("ids", nargs="*", metavar="ID", help="les actions, dans cet ordre")
    command.add_argument("--campagne", metavar="ID", help="toutes les actions d’une campagne")
    command.add_argument("--dossier", metavar="ID", help="toutes les actions d’un dossier, dans son ordre")
    command.add_argument("--titre", help="le titre de la couverture")
    command.add_sortie("FICHIER", "où l’écrire (par défaut : <nom>.pdf)")
    command.set_defaults(run=_recueil)


def _recueil(options: argparse.Namespace) -> int:
    if sum(map(bool, (options.ids, options.campagne, options.dossier))) != 1:
        return fail(
            "nommez une campagne (--campagne asv-2015), un dossier (--dossier …) ou des actions : un seul des trois."
        )
    banque, problems = check(options.root)
    if problems:
        return report(problems, "text")
    try:
        if options.ids:
            recueil = chosen(banque, options.ids)
        elif options.campagne:
            recueil = named(banque, "campagnes", options.campagne)
        else:
            recueil = named(banque, "dossiers", options.dossier)
    except Inconnu as error:
        return fail(str(error))
    site_url = read_settings(options.root).site_url
    recueil = replace(recueil, titre=options.titre or recueil.titre)
    document = Documents(banque, Recits(banque, site_url), site_url).recueil(recueil)
    sortie = options.sortie or Path(f"{recueil.id}.pdf")
    write_whole(sortie, Presse(options.root, options.root / "build" / "cache" / "pdf").pdf(document))
    print(f"{document.recits} récit{'s' * (document.recits > 1)} : {sortie}")
    warn_of_address(site_url)
    return 0
