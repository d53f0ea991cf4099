"""Run a command as a whole process and read what it cost."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mesure:
    """Seconds elapsed, seconds of processor (user and system, children included), megabytes at the peak."""

    ecoule: float
    cpu: float
    memoire: float


class Echec(Exception):
    """The command ended with an error: its last words."""


def run(command: Sequence[str], log: Path) -> Mesure:
    """Run a command to its end, its output in ``log``. Raises ``Echec``."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    elapsed = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise Echec(f"{' '.join(command)}\n{log.read_text('utf-8', errors='replace')[-2000:]}")
    return Mesure(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(mesures: Sequence[Mesure]) -> Mesure:
    """The median of each figure on its own."""
    return Mesure(*(statistics.median(getattr(m, nom) for m in mesures) for nom in ("ecoule", "cpu", "memoire")))
