"""Runs ``build_site.py`` as on a machine that is not Unix: ``python -m tests.cli.sans_unix check``.

What Windows has no such thing of is taken away before anything of ours is imported.
"""

from __future__ import annotations

import os
import signal
import subprocess  # noqa: F401  # looks for msvcrt, and must not find ours
import sys
from importlib.util import find_spec
from unittest.mock import MagicMock

for _module in ("fcntl", "resource", "readline", "pwd", "grp", "termios"):
    sys.modules[_module] = None  # type: ignore[assignment]
for _name in ("fork", "killpg", "geteuid", "sync", "sched_getaffinity", "mkfifo"):
    if hasattr(os, _name):
        delattr(os, _name)
if find_spec("msvcrt") is None:
    sys.modules["msvcrt"] = MagicMock()
if hasattr(signal, "SIGKILL"):
    del signal.SIGKILL

from inspiractions.cli.main import main  # noqa: E402  # after what is taken away

raise SystemExit(main())
