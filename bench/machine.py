"""What a table of figures must say of itself: the class of the machine, how busy it was, the versions. No name, no path."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.outils import HUGO, MKDOCS, NOMS, executable

_NUMERO = re.compile(r"\d+(?:\.\d+)+")


def describe(pairs: Sequence[str] = ()) -> str:
    """One French line, with the date of the day."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores, busy = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    parts = [
        f"Le {datetime.now(UTC):%Y-%m-%d}",
        f"{cores} cœur{'s' * (cores > 1)} ({_processor()}), {memory:.0f} Go de mémoire, {platform.system()}",
        f"charge au départ {busy:.1f}".replace(".", ","),
        f"Python {platform.python_version()}",
        *_versions(pairs),
    ]
    return " ; ".join(parts) + "."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _versions(pairs: Sequence[str]) -> Iterator[str]:
    for pair in pairs:
        program = executable(pair)
        if program is None:
            continue
        version = _first_number([str(program), "version" if pair == HUGO else "--version"])
        yield f"Material {_material(program)} sur MkDocs {version}" if pair == MKDOCS else f"{NOMS[pair]} {version}"


def _material(mkdocs: Path) -> str:
    """The theme has no command: its package tells, beside the program that will use it."""
    python = mkdocs.with_name("python")
    return _first_number(
        [str(python), "-c", "from importlib.metadata import version; print(version('mkdocs-material'))"]
    )


def _first_number(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return "?"
    number = _NUMERO.search(done.stdout)
    return number[0] if number else "?"
