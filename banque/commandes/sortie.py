"""What every command says at its end: a failure, problems in the chosen format, progress in a terminal."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from banque.problem import FORMATS, Problem


def report(problems: list[Problem], form: str) -> int:
    """Print problems; the exit code: 1 where there is any."""
    print(FORMATS[form](problems))
    if problems and form == "text":
        print(f"{len(problems)} problème{'s' * (len(problems) > 1)}.", file=sys.stderr)
    return 1 if problems else 0


def fail(message: str) -> int:
    """Say why a command cannot run; the exit code."""
    print(f"build_site.py : {message}", file=sys.stderr)
    return 2


def seconds(start: float) -> str:
    """The time since ``start``, as French writes it."""
    return f"{time.perf_counter() - start:.1f}".replace(".", ",")


def progress() -> Progress:
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
