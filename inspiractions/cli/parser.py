"""``argparse`` in French: its own words are English, and the secretariat's are not."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

_WORDS = (
    (re.compile(r"the following arguments are required: (.*)"), r"il manque : \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"mots inconnus : \1"),
    (
        re.compile(r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)"),
        r"« \1 » ne peut être \2 ; écrivez l’un de \3",
    ),
    (re.compile(r"argument (.*?): invalid \w+ value: (.*)"), r"« \1 » : \2 n’est pas une valeur admise"),
    (re.compile(r"argument (.*?): expected (?:one|at least one) argument"), r"« \1 » attend une valeur"),
    (re.compile(r"argument (.*?): ignored explicit argument (.*)"), r"« \1 » n’attend pas de valeur : ôtez \2"),
    (re.compile(r"argument ([^:]*): (.* n’est pas une valeur admise.*)"), r"« \1 » : \2"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"« \1 » est ambigu : \2"),
)


Commands: TypeAlias = "argparse._SubParsersAction[FrenchParser]"
"""What ``add_subparsers`` returns: the commands of a parser."""


class FrenchParser(argparse.ArgumentParser):
    """An ``ArgumentParser`` whose titles, usage and errors are French."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(**{"add_help": False, "formatter_class": _Formatter, **options})
        self._positionals.title, self._optionals.title = "arguments", "options"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def add_sortie(self, metavar: str, help: str) -> None:
        """``-o``, ``--sortie``: where a command writes, the same words for all (``--out``, their former name, is not shown)."""
        self.add_argument("-o", "--sortie", type=Path, metavar=metavar, help=help)
        self.add_argument("--out", type=Path, dest="sortie", default=argparse.SUPPRESS, help=argparse.SUPPRESS)

    def error(self, message: str) -> NoReturn:
        """Say in French what is wrong with the call; exit code 2."""
        for pattern, french in _WORDS:
            if pattern.fullmatch(message):
                message = pattern.sub(french, message)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog} : {message}\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "utilisation : " if prefix is None else prefix)
