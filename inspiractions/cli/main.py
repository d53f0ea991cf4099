"""The entry of ``build_site.py``: reads the command, runs it, turns what stopped it into a message and an exit code.

Only this room prints, reads the clock and sets exit codes.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from inspiractions.base.files import PROJECT
from inspiractions.base.problem import PROGRAM
from inspiractions.base.text import speak
from inspiractions.cli.output import STOPS, FrenchParser, fail, stopped
from inspiractions.theme.languages import read_language

if TYPE_CHECKING:
    from inspiractions.build.site import Early


def main(arguments: Sequence[str] | None = None, early: Early | None = None) -> int:
    """Run a command; returns the exit code: 0 well, 1 something to mend in the content, 2 a call that cannot be run.

    A file or a name of the call that does not exist is 2; a file that was read and refused is 1. ``early``: see ``BuildOptions``.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a sign shows another in its place.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    # « python build_site.py --site ailleurs » builds.
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    options = _parser(words[0]).parse_args(words)
    options.early = early
    if "without_content" not in options and (code := _find_content(options)):
        return code
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        # The commands that begin a catalogue, or a bank, do without one.
        if words[0] not in ("textes", "init"):
            speak(read_language(options.root))
        return run(options)
    except STOPS as error:
        return stopped(error)
    except KeyboardInterrupt:
        return fail("interrompu ; le dernier site reste en place.")


def _find_content(options: argparse.Namespace) -> int:
    """Settle where the content is; the exit code where there is none."""
    if not options.root.is_dir():
        return fail(f"le dossier {options.root} n’existe pas.")
    options.root = options.root.resolve()
    if not (options.root / "actions").is_dir():
        return fail(f"{options.root} n’a pas de dossier actions/ : --root désigne le dossier qui le contient.")
    if (options.root / "build").is_symlink():
        return fail(f"{options.root / 'build'} est un lien symbolique : ôtez-le, la construction y écrirait ailleurs.")
    return 0


def _default_root() -> Path:
    """The bank that one stands in, else that of the repository."""
    here = Path.cwd()
    banks = (
        folder
        for folder in (here, *here.parents)
        if (folder / "actions").is_dir() and (folder / "mkdocs.yml").is_file()
    )
    return next(banks, PROJECT if (PROJECT / "actions").is_dir() else here)


# By module of this room and the function that adds them, the commands. Only the module of the one asked is read.
_COMMANDS = {
    ("build", "add"): ("build", "check", "serve", "permaliens"),
    ("fiches", "add"): ("new", "import", "format"),
    ("campagnes", "add"): ("campagne", "formulaire", "enquete"),
    ("documents", "add"): ("recueil",),
    ("documents", "add_lettre"): ("lettre",),
    ("documents", "add_archive"): ("archive",),
    ("bank", "add_init"): ("init",),
    ("relecture", "add"): ("relecture", "revue", "doublons", "changements"),
    ("bank", "add_textes"): ("textes",),
}


def _parser(command: str) -> argparse.ArgumentParser:
    """What reads the words of ``command``; of every command, where it is none: help and faults name them all."""
    common = FrenchParser(add_help=False)
    common.add_argument(
        "--root",
        type=Path,
        default=_default_root(),
        metavar="DOSSIER",
        help="le contenu : actions/, et au besoin docs/, vocabulaire/… (par défaut : la banque où l’on est)",
    )
    parser = FrenchParser(prog=PROGRAM, description="Vérifie les fiches d’actions d’une banque et construit son site.")
    commands = parser.add_subparsers(title="commandes", metavar="commande", required=True)
    asked = [place for place, names in _COMMANDS.items() if command in names]
    for module, add in asked or _COMMANDS:
        getattr(importlib.import_module(f"inspiractions.cli.{module}"), add)(commands, common)
    return parser
