"""What is wrong in a file, as a value: where it is, which rule says so, and a French sentence that says what to write."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from inspiractions.base.kept_values import kept
from inspiractions.base.text import INVISIBLE

PROGRAM = "inspiractions" if Path(sys.argv[0]).stem == "inspiractions" else "build_site.py"
"""What the person typed: the command of the package, or the file of the repository."""
COMMAND = PROGRAM if PROGRAM == "inspiractions" else f"python {PROGRAM}"
"""What the person is to type, before the name of a command."""


@kept
@dataclass(frozen=True, order=True)
class Problem:
    """One mistake of a contributor. ``path`` is relative to the root of the content, ``line`` starts at 1.

    ``doubt``: nothing is refused, somebody is to read it again. In ``path``, « ? » stands for a sign that no terminal shows: the name of a file may hold anything, too.
    """

    path: str
    line: int
    rule: str
    message: str
    doubt: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", _visible(self.path, "?"))
        object.__setattr__(self, "message", _readable(self.message))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Stop(Exception):
    """What stops a command although its files may be right. ``sentence``: French, around the text of the exception.

    ``problems``: what is wrong, where that is known line by line.
    """

    sentence = "{}"
    problems: tuple[Problem, ...] = ()


class Refused(Stop):
    """What is wrong line by line stops a command."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def blocking(problems: Iterable[Problem], brouillons: Collection[str]) -> list[Problem]:
    """Those that keep the site from being made. ``brouillons``: the paths of the drafts, which may wait and stop nobody."""
    return [problem for problem in problems if not problem.doubt and problem.path not in brouillons]


def as_text(problems: Iterable[Problem]) -> str:
    """``path:ligne: message``, one a line."""
    return "\n".join(map(str, problems))


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub shows beside the line (docs.github.com, « Workflow commands »)."""
    return "\n".join(
        f"::{'warning' if p.doubt else 'error'} file={_property(p.path)},line={p.line},title={_property(p.rule)}::{_data(p.message)}"
        for p in problems
    )


def as_gitlab(problems: Iterable[Problem]) -> str:
    """A GitLab Code Quality report (docs.gitlab.com, « Code Quality »)."""
    report = [
        {
            "description": p.message,
            "check_name": p.rule,
            "fingerprint": hashlib.sha256(f"{p.path}\0{p.line}\0{p.rule}\0{p.message}".encode()).hexdigest(),
            "severity": "info" if p.doubt else "major",
            "location": {"path": p.path, "lines": {"begin": p.line}},
        }
        for p in problems
    ]
    return json.dumps(report, ensure_ascii=False, indent=1)


def as_markdown(problems: Iterable[Problem]) -> str:
    """A summary for a pull request: what is to be mended, then what is to be read again; a list per file."""
    problems = list(problems)
    faults, doubts = ([p for p in problems if p.doubt is wanted] for wanted in (False, True))
    lines = ["### Vérification : à corriger avant publication" if faults else "### Vérification : rien à corriger"]
    lines += _by_file(faults)
    if doubts:
        lines += ["", "### À relire", "", "Rien n’est refusé : la vérification n’est pas sûre.", *_by_file(doubts)]
    return "\n".join(lines)


def _by_file(problems: Iterable[Problem]) -> Iterator[str]:
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    for path, of_file in by_path.items():
        name = path.replace("`", "'")
        yield from ("", f"**`{name}`**", "")
        yield from (f"- ligne {p.line} : {escape_markdown(p.message)}" for p in of_file)


def escape_markdown(text: str) -> str:
    """A text, on one line, as Markdown and a terminal show it: none of its signs acts."""
    return _MARKDOWN.sub(_ESCAPED, _visible(text, " "))


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "github": as_github,
    "gitlab": as_gitlab,
    "markdown": as_markdown,
}


_LONG_WORD = re.compile(r"(\S{100})\S+")
_LONG_QUOTE = re.compile(r"«([^«»]{150})[^«»]+»")
_ESCAPED = r"\\\1"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def _readable(message: str) -> str:
    """One line that a terminal shows as it is: what a contributor wrote may hold anything, at any length."""
    return _LONG_QUOTE.sub(r"«\1… »", _LONG_WORD.sub(r"\1…", _visible(message, " ")))


def _visible(text: str, instead: str) -> str:
    # What Unicode holds printable, and nobody sees: what chooses between two forms of a sign.
    text = INVISIBLE.sub(instead, text)
    if text.isprintable():
        return text
    return "".join(c if unicodedata.category(c) not in _INVISIBLE else instead for c in text)


_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
