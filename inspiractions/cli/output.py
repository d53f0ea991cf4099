"""What every command shares: its words in French, and what it says at its end.

``argparse`` in French: its own words are English, and the secretariat's are not.

A failure, problems in the chosen format, progress in a terminal. What stops a command although the content may be right: each
cause said in French, with its exit code.
"""

from __future__ import annotations

import argparse
import errno
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

from inspiractions.base.problem import FORMATS, PROGRAM, Problem, Stop

# Seconds.
_REDRAW = 0.1


def report(problems: list[Problem], form: str) -> int:
    """Print problems; the exit code: 1 where there is any that is not a doubt."""
    print(FORMATS[form](problems))
    n = sum(not problem.doubt for problem in problems)
    if n and form == "text":
        print(f"{n} problème{'s' * (n > 1)}.", file=sys.stderr)
    return 1 if n else 0


def fail(message: str) -> int:
    """Say why a command cannot run; the exit code."""
    print(f"{PROGRAM} : {message}", file=sys.stderr)
    return 2


def warn_of_address(site_url: str) -> None:
    """Say that what was just made leads to no site: ``site_url`` is still the one of the model (``.example``), or none."""
    host = urlsplit(site_url).hostname or ""
    if not host or host.endswith(".example"):
        print(
            f"À savoir : les liens mènent à {site_url}, qui n’est pas encore une adresse. Écrivez celle du site dans mkdocs.yml (site_url), et recommencez avant de publier ou d’envoyer.",
            file=sys.stderr,
        )


def seconds(start: float) -> str:
    """The time since ``start``, as French writes it."""
    return f"{time.perf_counter() - start:.1f}".replace(".", ",")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows a step and how far it is, on one line; silent when the output is not a terminal.

    Drawn from here, not from a thread: a process that has several cannot be copied (``inspiractions/base/parallel.py``).
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    # Here, not above: a twentieth of a second that most runs do not need.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    shown = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    drawn = 0.0
    with shown:
        task = shown.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            nonlocal drawn
            shown.update(task, description=step, completed=done, total=total or None)
            now = time.perf_counter()
            if now - drawn > _REDRAW:
                drawn = now
                shown.refresh()

        yield show


STOPS = (Stop, OSError)

# The system says why in English.
_WHY: Mapping[int | None, str] = {
    errno.ENOSPC: "il n’y a plus de place sur le disque : libérez-en",
    errno.EDQUOT: "votre quota de disque est épuisé : libérez de la place",
    errno.EFBIG: "le système limite la taille des fichiers",
    errno.EROFS: "le disque est en lecture seule",
    errno.EACCES: "vous n’avez pas le droit d’y lire ou d’y écrire",
    errno.EPERM: "le système l’interdit",
    errno.ENOENT: "ce fichier n’existe pas, ou n’existe plus",
    errno.EEXIST: "un fichier porte déjà ce nom : ôtez-le",
    errno.ENOTDIR: "un fichier se trouve là où il faut un dossier : ôtez-le",
    errno.EISDIR: "un dossier se trouve là où il faut un fichier : ôtez-le",
    errno.ENOTEMPTY: "ce dossier n’est pas vide",
    errno.EBUSY: "un autre programme s’en sert",
    errno.EXDEV: "les deux dossiers ne sont pas sur le même disque",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.EIO: "le disque répond mal",
}


def stopped(error: Exception) -> int:
    """Say what stopped a command; the exit code."""
    match error:
        case Stop(problems=()):
            return fail(error.sentence.format(error))
        case Stop():
            return report(list(error.problems), "text")
        case OSError():
            why = _WHY.get(error.errno, f"erreur {error.errno} du système")
            where = f" ({error.filename})" if error.filename else ""
            return fail(f"écriture ou lecture impossible{where} : {why}.")
        case _:
            return fail(str(error))


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
