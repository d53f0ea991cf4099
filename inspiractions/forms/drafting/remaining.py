"""What may still name somebody in a draft: told to whoever reads it over, never taken out by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_CAPITAL}[\w’'-]+"
_SHAPES = (
    # A title and a name: « Mr X », « Dr. X », « docteur X », « MM. X et Y ».
    re.compile(
        rf"\b(?:Mr|M|MM|Mme|Mmes|Mlle|Mlles|Dr|Drs|Pr|Me)\b\.?\s+{_NAME}(?:\s+{_NAME})?"
        rf"|\b(?:[Dd]octeure?s?|[Pp]rofesseure?s?|[Mm]onsieur|[Mm]adame|[Mm]aître|[Mm]esdames|[Mm]essieurs)\s+{_NAME}(?:\s+{_NAME})?"
        rf"|\bMM?\.?\s+{_NAME}\s+et\s+{_NAME}"
    ),
    # A first name and a surname in capitals.
    re.compile(rf"\b{_CAPITAL}[a-zà-öø-ÿ]+(?:-{_CAPITAL}[a-zà-öø-ÿ]+)?\s+{_CAPITAL}{{4,}}(?:-{_CAPITAL}+)*\b"),
    # Ten digits or so in pairs, whatever parts them.
    re.compile(
        r"(?:\(?\+\s?\d{2,3}\)?|\b0)[\s./‑–-]*(?:\(0\))?\s?\d(?:[\s./‑–-]*\d{2}){4}\b|\b0\d/\d\d/\d\d/\d\d/\d\d\b"
    ),
    # An address that hides its sign.
    re.compile(
        r"[\w.+-]+\s?(?:@|\((?:a|at|arobase)\)|\[(?:a|at|arobase)\]|\s(?:at|arobase)\s)\s?[\w-]+(?:\.[\w-]+)+", re.I
    ),
)


def may_name(texts: Iterable[str]) -> list[str]:
    """The words that look like a person or a way to reach one, each once, in order; a web address is none."""
    return list(dict.fromkeys(_matches(texts)))


def _matches(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for line in text.split("\n"):
            for shape in _SHAPES:
                for match in shape.finditer(line):
                    if "retiré" not in line[max(0, match.start() - 8) : match.end() + 8]:
                        yield " ".join(match[0].split())
