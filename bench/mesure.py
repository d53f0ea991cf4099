"""Run a command as a whole tree of processes and read what it cost."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAS = 0.05


@dataclass(frozen=True)
class Mesure:
    """Seconds elapsed, seconds of processor (user and system, children included), megabytes at the peak.

    The memory is that of the tree: the highest sum of its processes, what they share counted once (PSS, looked at 20
    times a second while there are several), and at least the highest of any one of them (``ru_maxrss``, exact).
    """

    ecoule: float
    cpu: float
    memoire: float

    def __str__(self) -> str:
        return f"{self.ecoule:.1f} s, {self.cpu:.1f} s de processeur, {self.memoire:.0f} Mo".replace(".", ",")


class Echec(Exception):
    """The command ended with an error: its last words."""


def run(command: Sequence[str], log: Path) -> Mesure:
    """Run a command to its end, its output in ``log``. Raises ``Echec``."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    # As people run a command: its code is compiled once, not each time.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], list(command), environment, file_actions=actions)
    peak = _watch(pid)
    _, status, usage = os.wait4(pid, 0)
    elapsed = time.perf_counter() - start
    several = peak()
    if os.waitstatus_to_exitcode(status):
        raise Echec(f"{' '.join(command)}\n{log.read_text('utf-8', errors='replace')[-2000:]}")
    return Mesure(elapsed, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss, several) / 1024)


def median(mesures: Sequence[Mesure]) -> Mesure:
    """The median of each figure on its own."""
    return Mesure(*(statistics.median(getattr(m, nom) for m in mesures) for nom in ("ecoule", "cpu", "memoire")))


def _watch(pid: int) -> Callable[[], int]:
    """Look at the tree from a thread; what is returned ends it and gives the highest sum in kilobytes, 0 for one process."""
    done, highest = threading.Event(), 0

    def look() -> None:
        nonlocal highest
        while not done.wait(_PAS):
            tree = list(_tree(pid))
            if len(tree) > 1:
                highest = max(highest, sum(map(_pss, tree)))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()

    def end() -> int:
        done.set()
        thread.join()
        return highest

    return end


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants, where the system tells them (Linux)."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            pids = children.read_text().split()
        except OSError:  # ended meanwhile
            continue
        for child in pids:
            yield from _tree(int(child))


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # ended meanwhile
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
