"""Run the command and stop it dead at one of its writes, always the same: ``python coupe.py OÙ JOURNAL mots…``.

``OÙ``: ``0`` only writes all writes in the journal; ``12`` kills before the twelfth; ``nom+3`` before the third after the
first that bears the name; ``-400`` in the middle of the first file that grows over 400 bytes.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

_EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "shutil.rmtree"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Coupe:
    """Counts the writes. An audit hook is told of each just before it happens."""

    def __init__(self, where: str, journal: int) -> None:
        self._name, _, number = where.rpartition("+")
        self._left = int(number)
        self._journal = journal
        self._met = not self._name

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            if not isinstance(args[2], int) or not args[2] & _WRITES:
                return
        elif event not in _EVENTS:
            return
        if not self._met and self._name in str(args[0]):
            self._met = True
        if self._left and self._met:
            self._left -= 1
            if not self._left:
                # The build and its copies (inspiractions/base/parallel.py), whichever of them writes.
                os.killpg(0, signal.SIGKILL)
        elif not self._left:
            os.write(self._journal, f"{event} {args[0]!r}\n".encode())


def main(where: str, journal: str, words: list[str]) -> int:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from inspiractions.cli.main import main as run

    opened = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    if where.startswith("-"):
        # Python ignores this signal; by default it ends a process as « kill -9 » does, its file half written.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (-int(where), -int(where)))
    else:
        sys.addaudithook(_Coupe(where, opened))
    return run(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
