"""Several processes at one work: each is a copy (``fork``) of the build, and knows all that it knew at that moment.

They pay where much is to be made. Elsewhere, and where a copy would not be safe (no Linux, other threads), the build works
alone; what is made is the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, TypeVar

from banque.memoire import Memoire

Tache = TypeVar("Tache")
Resultat = TypeVar("Resultat")

# Under so many tasks, the copies cost more than they save.
_WORTH = 64
# Tasks that a copy takes at once, after the first ones, which may be long.
_BATCH, _FIRST = 16, 8
# What the copies make, and of what: they find it here, for functions do not go through a pipe.
_work: tuple[Callable[[Any], Any], Sequence[Any]]


class AtelierPerdu(Exception):
    """The system ended one of the processes."""


def share(make: Callable[[Tache], Resultat], tasks: Sequence[Tache], memoire: Memoire) -> Iterator[Resultat]:
    """What ``make`` makes of each task, in their order, the long ones first; ``memoire`` learns what the copies kept in theirs.

    The copies read there what was written before. Raises what ``make`` raises, ``AtelierPerdu``.
    """
    number = _how_many(len(tasks))
    if number == 1:
        yield from map(make, tasks)
        return
    for made, nouvelles in _in_copies(number, lambda task: (make(task), memoire.nouvelles()), tasks, memoire.branch):
        memoire.learn(nouvelles)
        yield made


def _how_many(tasks: int) -> int:
    if tasks < _WORTH or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _in_copies(
    number: int, make: Callable[[Tache], Resultat], tasks: Sequence[Tache], begin: Callable[[], None]
) -> Iterator[Resultat]:
    """By ``number`` copies of this process, each of which calls ``begin`` first."""
    global _work
    _work = make, tasks
    alive, held = os.pipe()
    ends = [*range(1, _FIRST), *range(_FIRST, len(tasks), _BATCH), len(tasks)]
    # What is there now is no garbage: a copy that does not look through it does not make it its own.
    gc.freeze()
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(number, context, partial(_begin, begin, alive, held)) as copies:
            try:
                for made in copies.map(_do, (0, *ends), ends):
                    yield from made
            finally:
                os.close(held)
    except BrokenProcessPool as error:
        raise AtelierPerdu(
            "le système a arrêté un des processus de la construction, sans doute faute de mémoire : recommencez."
        ) from error
    finally:
        gc.unfreeze()
        os.close(alive)


def _do(start: int, end: int) -> list[Any]:
    make, tasks = _work
    return [make(task) for task in tasks[start:end]]


def _begin(begin: Callable[[], None], alive: int, held: int) -> None:
    """In a copy: end with the build, however it ends; a copy that outlived it would write into the site of the next one."""
    os.close(held)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    begin()


def _end_with(alive: int) -> None:
    os.read(alive, 1)
    os._exit(1)
