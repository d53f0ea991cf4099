"""The sections of a récit: one a level-2 heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One level-2 heading and the Markdown under it, up to the next one. ``line`` is that of the heading."""

    titre: str
    line: int
    texte: str


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}##(?!#)(.*)")


def fenced_lines(texte: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it belongs to a fenced code block, its fences included."""
    fence = ""
    for line in texte.split("\n"):
        mark = _FENCE.match(line)
        yield line, bool(fence or mark)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip(" `~"):
            fence = ""


def split_sections(body: str, first_line: int) -> tuple[str, tuple[Section, ...]]:
    """Text before the first ``##`` heading, then one ``Section`` a heading; headings inside code fences do not count."""
    preamble: list[str] = []
    found: list[tuple[str, int, list[str]]] = []
    for number, (line, inside) in enumerate(fenced_lines(body), first_line):
        heading = None if inside else _HEADING.match(line)
        if heading:
            found.append((_heading_text(heading[1]), number, []))
        else:
            (found[-1][2] if found else preamble).append(line)
    sections = tuple(Section(titre, number, "\n".join(lines)) for titre, number, lines in found)
    return "\n".join(preamble), sections


def heading(titre: str) -> str:
    """The line of a level-2 heading; a sign at its end that would close it is escaped by a closing sequence."""
    return f"## {titre} ##" if titre.endswith("#") else f"## {titre}".rstrip()


def _heading_text(text: str) -> str:
    """``Contexte ##`` → ``Contexte``; the signs that close a heading stand after a space."""
    text = text.strip()
    opened = text.rstrip("#")
    return opened.rstrip() if opened != text and opened[-1:].strip() == "" else text
