"""The letter of what is new."""

from __future__ import annotations

import argparse
from datetime import date

from inspiractions.base.files import write_whole
from inspiractions.build.site import check
from inspiractions.cli.output import fail, report, warn_of_address
from inspiractions.cli.parser import Commandes, FrenchParser
from inspiractions.documents.lettre.content import make_lettre
from inspiractions.documents.lettre.render import keep, make_courriel, make_markdown, make_texte
from inspiractions.theme.mkdocs import read_settings
from inspiractions.theme.templates import Gabarits


def add(commands: Commandes, common: FrenchParser) -> None:
    """``lettre``."""
    command = commands.add_parser(
        "lettre", parents=[common], help="écrire la lettre de ce qui est nouveau, en HTML, en texte et en Markdown"
    )
    command.add_argument("--depuis", required=True, metavar="AAAA-MM-JJ", help="le premier jour dont elle parle")
    command.add_argument("--jusque", metavar="AAAA-MM-JJ", help="le dernier (par défaut : aujourd’hui)")
    command.add_sortie("DOSSIER", "où l’écrire (par défaut : build/lettre/)")
    command.add_argument("--garder", action="store_true", help="la garder aussi dans docs/lettres/, pour le site")
    command.set_defaults(run=_lettre)


def _lettre(options: argparse.Namespace) -> int:
    try:
        depuis = date.fromisoformat(options.depuis)
        jusque = date.fromisoformat(options.jusque) if options.jusque else date.today()
    except ValueError:
        return fail("une date s’écrit AAAA-MM-JJ, par exemple 2026-10-01.")
    if jusque < depuis:
        return fail(f"la lettre finirait ({jusque}) avant de commencer ({depuis}) : changez --depuis ou --jusque.")
    banque, problems = check(options.root)
    if problems:
        return report(problems, "text")
    site_url = read_settings(options.root).site_url
    lettre = make_lettre(banque, site_url, depuis, jusque)
    folder = options.sortie or options.root / "build" / "lettre"
    forms = {
        "html": make_courriel(lettre, Gabarits(options.root)),
        "txt": make_texte(lettre),
        "md": make_markdown(lettre),
    }
    for extension, text in forms.items():
        path = folder / f"lettre-{jusque}.{extension}"
        write_whole(path, text)
        print(path)
    if options.garder:
        print(keep(options.root, lettre))
    warn_of_address(site_url)
    return 0
