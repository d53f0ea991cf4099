"""The texts of the site, to be translated: ``textes``."""

from __future__ import annotations

import argparse

from inspiractions.base.files import write_whole
from inspiractions.cli.output import Commands, FrenchParser
from inspiractions.theme.languages import TEMPLATE, as_text, gather, updated


def add(commands: Commands, common: FrenchParser) -> None:
    """``textes``."""
    command = commands.add_parser(
        "textes", parents=[common], help="réunir les textes du site à traduire, ou mettre à jour ceux d’une langue"
    )
    command.add_argument(
        "langue", nargs="?", metavar="LANGUE", help="son code : nl écrit locales/nl.po, et garde ce qui y est traduit"
    )
    command.set_defaults(run=_textes)


def _textes(options: argparse.Namespace) -> int:
    if options.langue:
        path, text = options.root / "locales" / f"{options.langue}.po", updated(options.root, options.langue)
    else:
        path, text = options.root / TEMPLATE, as_text(gather(), "Textes du site, en français")
    write_whole(path, text)
    print(path)
    return 0
