"""The builds of ``serve``: made by another process, which has read the code once, and lives as long as that code is the one on the disk.

``serve`` asks, a line a build; the process answers with lines of JSON: the pages that changed, as soon as they are made; the exit
code and what the build said. It says nothing and ends where the code has changed: then another one takes its place.
"""

from __future__ import annotations

import gc
import io
import json
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from inspiractions.base.files import CODE
from inspiractions.base.problem import PROGRAM

if TYPE_CHECKING:
    from inspiractions.build.site import Early

_LIVE, _QUIET = "vif", "muet"
_EARLY, _END = "tot", "fin"
_ENDED = "le système a arrêté la construction, sans doute faute de mémoire : recommencez."


class BuildEnd(NamedTuple):
    """The exit code of a build, and what it said on its two outputs."""

    code: int
    out: str
    err: str


class Builder:
    """Builds a site as ``words`` tell, as often as it is asked to."""

    def __init__(self, words: Sequence[str]) -> None:
        start = f"import sys; sys.path.insert(0, {str(CODE.parent)!r}); from inspiractions.cli.builder import answer; answer()"
        self._command = [sys.executable, "-c", start, *words]
        self._process: subprocess.Popen[str] | None = None
        self._faults: IO[str] | None = None

    def build(self, early: Early | None = None) -> BuildEnd:
        """Make the site. Without ``early``, the first time: what tells how far the build is goes straight to the error output."""
        if self._process and (end := self._ask(self._process, early)):
            return end
        # There is none yet, or its code is not that on the disk any more.
        self.close()
        self._process = self._start(live=early is None)
        return self._ask(self._process, early) or self._ended(self._process)

    def close(self) -> None:
        """End the process, once the build that it may be at is done: what was shown early is then in the site.

        Ctrl+C in a terminal is heard by both, and cuts it short.
        """
        if self._process:
            try:
                self._process.communicate()
            finally:
                self._process.kill()
                self._process.wait()
        if self._faults:
            self._faults.close()
        self._process = self._faults = None

    def _start(self, live: bool) -> subprocess.Popen[str]:
        if not live:
            self._faults = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115, closed by ``close``
        return subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._faults, encoding="ascii"
        )

    def _ask(self, process: subprocess.Popen[str], early: Early | None) -> BuildEnd | None:
        """Nothing where the process ended without an answer."""
        assert process.stdin
        assert process.stdout
        with suppress(OSError):
            process.stdin.write(f"{_QUIET if early else _LIVE}\n")
            process.stdin.flush()
            # A line that does not end is of a process that was ended.
            while (line := process.stdout.readline()).endswith("\n"):
                kind, *values = json.loads(line)
                if kind == _END:
                    return BuildEnd(*values)
                if early:
                    early(Path(values[0]), values[1])
        return None

    def _ended(self, process: subprocess.Popen[str]) -> BuildEnd:
        """What a process that has just begun left when it ended."""
        code, faults = process.wait(), ""
        if self._faults:
            self._faults.seek(0)
            faults = self._faults.read()
        # What the system ended said nothing.
        return BuildEnd(code, "", faults) if code > 0 else BuildEnd(2, "", f"{faults}{PROGRAM} : {_ENDED}\n")


def say(end: BuildEnd) -> str:
    """Print what a build said; returns it where the site could not be made."""
    print(end.out, end="", flush=True)
    print(end.err, end="", file=sys.stderr, flush=True)
    return f"{end.out}{end.err}" if end.code else ""


def answer() -> None:
    """In the other process: build, each time a line asks for it."""
    # What a build prints goes into its answer, and nothing else onto the way of the answers.
    way, sys.stdout = sys.stdout, sys.stderr
    from inspiractions.base.digests import code_is_loaded
    from inspiractions.base.memo import Memo

    def tell(*values: object) -> None:
        way.write(json.dumps(values) + "\n")
        way.flush()

    Memo.staying = {}
    with suppress(KeyboardInterrupt, BrokenPipeError):
        while (order := sys.stdin.readline()) and code_is_loaded():
            end, sound = _build(order.strip() == _LIVE, lambda folder, pages: tell(_EARLY, str(folder), pages))
            tell(_END, *end)
            if not sound:
                return
            # Compiled code beside the sources would look like a change of them.
            sys.dont_write_bytecode = True
            gc.unfreeze()
            gc.collect()


def _build(live: bool, early: Early) -> tuple[BuildEnd, bool]:
    """The end of a build, and whether this process may build again."""
    out, err = io.StringIO(), io.StringIO()
    sound = True
    with redirect_stdout(out), redirect_stderr(sys.stderr if live else err):
        try:
            from inspiractions.cli.main import main

            code = main(sys.argv[1:], early)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except Exception:
            traceback.print_exc()
            code, sound = 1, False
    return BuildEnd(code, out.getvalue(), err.getvalue()), sound
