"""What every command says at its end: a failure, problems in the chosen format, progress in a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from inspiractions.base.problem import FORMATS, Problem

# Seconds.
_REDRAW = 0.1


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
