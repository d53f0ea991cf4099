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
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from inspiractions.base.memo import Memo
from inspiractions.base.problem import Stop

Task = TypeVar("Task")
Result = TypeVar("Result")

# Under so many tasks, the copies cost more than they save.
_WORTH = 64
# Tasks that a copy takes at once, after the first ones, which may be long; and how many such batches it has before it.
_TASKS, _FIRST, _AHEAD = 16, 8, 2
# Of the generations of the collector, what was made since it last looked.
_YOUNG = 1


class WorkerLost(Stop):
    """The system ended one of the processes."""


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no garbage: what a build reads and makes lives to its end, and to go through it takes up to a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # Else all of it would be gone through now, and once more when the process ends.
            gc.freeze()
            gc.enable()


def map_forked(
    make: Callable[[Task], Result], tasks: Sequence[Task], memo: Memo, prepare: Callable[[], None] = lambda: None
) -> Iterator[Result]:
    """What ``make`` makes of each task, in their order, the long ones first; ``memo`` learns what the copies kept in theirs.

    The copies read there what was written before, and know what ``prepare`` brought. Raises what ``make`` raises, ``WorkerLost``.
    """
    number = _how_many(len(tasks))
    if number == 1:
        yield from map(make, tasks)
        return
    prepare()
    for result, new_entries in _in_copies(
        number, lambda task: (make(task), memo.pop_new()), tasks, memo.reopen_in_child
    ):
        memo.merge(new_entries)
        yield result


def _how_many(tasks: int) -> int:
    if tasks < _WORTH or sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return cores()


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_lock() -> bool:
    """Whether the system lends the locks that processes of ``spawn`` need among them: on Linux, files of ``/dev/shm``."""
    try:
        # Of this kind, for it leaves nothing behind.
        multiprocessing.get_context("fork").Lock()
    except (OSError, ImportError):
        return False
    return True


def _in_copies(
    number: int, make: Callable[[Task], Result], tasks: Sequence[Task], begin: Callable[[], None]
) -> Iterator[Result]:
    """By ``number`` copies of this process, each of which calls ``begin`` first."""
    batches = list(pairwise([*range(_FIRST), *range(_FIRST, len(tasks), _TASKS), len(tasks)]))

    def serve(orders: Connection) -> None:
        # Ctrl+C is for the build, which ends its copies.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end_with_parent()
        try:
            begin()
            while True:
                batch = orders.recv()
                start, end = batches[batch]
                orders.send((batch, [make(task) for task in tasks[start:end]]))
                # Of these tasks alone: templates leave rings that nothing else takes away, some 150 objects a récit.
                gc.collect(_YOUNG)
        except Exception as error:
            error.add_note(traceback.format_exc())
            orders.send((None, error))

    # What is there now is no garbage: a copy that does not look through it does not make it its own.
    gc.freeze()
    copies = [_copy(serve) for _ in range(number)]
    try:
        yield from _gathered([orders for _, orders in copies], len(batches))
    finally:
        for process, orders in copies:
            process.kill()
            process.join()
            orders.close()
        gc.unfreeze()


def _copy(serve: Callable[[Connection], None]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    """A copy of this process that serves, and the way to it."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there,), daemon=True)
    process.start()
    # Its end is its own: the way ends when the copy does.
    there.close()
    return process, here


def _gathered(ways: Sequence[Connection], batches: int) -> Iterator[Any]:
    """The results of all batches in order; whoever has done one is given the next."""
    left = iter(range(batches))
    done: dict[int, list[Any]] = {}
    following = 0

    def give(orders: Connection) -> None:
        if (batch := next(left, None)) is not None:
            orders.send(batch)

    try:
        for orders in [*ways] * _AHEAD:
            give(orders)
        while following < batches:
            for ready in wait(ways):
                assert isinstance(ready, Connection)
                batch, results = ready.recv()
                if batch is None:
                    raise results
                done[batch] = results
                give(ready)
            while following in done:
                yield from done.pop(following)
                following += 1
    except (EOFError, ConnectionError) as error:
        raise WorkerLost(
            "le système a arrêté un des processus de la construction, sans doute faute de mémoire : recommencez."
        ) from error


def end_with_parent() -> None:
    """In another process: end with the build, however it ends. Else it would wait for work for ever, or write into the next site."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
