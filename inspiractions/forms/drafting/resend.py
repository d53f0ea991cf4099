"""A form sent again, corrected: which fiche it resembles, and what changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher, unified_diff
from itertools import pairwise
from pathlib import Path

from inspiractions.base.text import fold

_TITLE = re.compile(r"^titre: *(.*)$", re.M)
_CITIES = re.compile(r"^villes: *(.*(?:\n[ -].*)*)", re.M)
# Keys that the import makes, and that say nothing of what a city changed.
_OURS = re.compile(r"[-+ ](?:empreinte|a_verifier|champs_deduits|date_publication|statut|connaissance|verifie_le)\b")
_SAME_TITLE, _SAME_WORDS = 0.75, 0.5
_MOST = 40


def resembles(folder: Path, text: str) -> Path | None:
    """The fiche of a folder that a draft may be another version of: of the same cities, with a title or words close to its own."""
    title, words = _title(text), _words(text)
    best: tuple[float, Path] | None = None
    for path in sorted(folder.glob("*.md")):
        other = path.read_text("utf-8")
        if _cities(other) != _cities(text):
            continue
        shared = _words(other)
        alike = len(words & shared) / max(1, len(words | shared))
        near = SequenceMatcher(None, title, _title(other), autojunk=False).ratio()
        if (near >= _SAME_TITLE or alike >= _SAME_WORDS) and (best is None or near + alike > best[0]):
            best = near + alike, path
    return best[1] if best else None


def differences(before: str, after: str) -> list[str]:
    """What a text says that another did not, and the other way: « - » before, « + » after; forty lines at most."""
    lines = [line for line in _changed(before, after) if line[1:].strip() and not _OURS.match(line)]
    more = [f"… et {len(lines) - _MOST} autres lignes"] if len(lines) > _MOST else []
    return [*lines[:_MOST], *more]


def _changed(before: str, after: str) -> Iterator[str]:
    for line in unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield line


def _title(text: str) -> str:
    match = _TITLE.search(text)
    return " ".join(fold(match[1]).split()) if match else ""


def _cities(text: str) -> set[str]:
    match = _CITIES.search(text)
    return set(re.findall(r"[^\s,\[\]'\"-][^,\[\]'\"\n]*", fold(match[1]))) if match else set()


def _words(text: str) -> set[str]:
    """The words of the récit, in pairs: what two texts on one subject rarely share."""
    words = re.findall(r"\w+", fold(text.split("\n---\n", 1)[-1].split("## À reclasser")[0]))
    return {f"{a} {b}" for a, b in pairwise(words)}
