"""The words that decide whether a text tells of a person: data of ``referentiels/``, folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from inspiractions.base.paths import find
from inspiractions.base.text import fold


@dataclass(frozen=True)
class Lexicon:
    """The words that decide, folded. ``mailboxes`` make a mailbox a service's, and ``common`` do where it holds nothing else, but for
    ``surnames``, common words that are surnames as well;
    ``places`` open the name of a place, ``links`` may stand between; ``roles`` after a title are no name, ``mascots`` that of
    no person, nor any word beside those of ``tales``; ``helplines`` go before a number that anybody may call; ``illnesses``:
    beginnings of words; ``innocent``: texts that look like a person and are none."""

    mailboxes: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    mascots: frozenset[str] = frozenset()
    tales: frozenset[str] = frozenset()
    helplines: frozenset[str] = frozenset()
    illnesses: frozenset[str] = frozenset()
    innocent: frozenset[str] = frozenset()

    @cached_property
    def innocent_texts(self) -> re.Pattern[str]:
        """What finds an innocent text, by whole words."""
        longest_first = sorted(self.innocent, key=len, reverse=True)
        whole = "|".join(re.escape(text) for text in longest_first if len(text) > 1) or "(?!)"
        # « Monsieur X » is nobody, « X. Modèle » is somebody.
        letters = "".join(re.escape(text) for text in longest_first if len(text) == 1)
        return re.compile(rf"(?<![\w-])(?:{whole})(?![\w-])" + (rf"|(?<= )[{letters}]\.?$" if letters else ""))

    @cached_property
    def illness(self) -> re.Pattern[str]:
        """What finds a word of illness in a folded text."""
        return re.compile(rf"\b(?:{'|'.join(sorted(self.illnesses)) or '(?!)'})(?!\w*olog)")

    def is_common(self, word: str) -> bool:
        """Whether a word is one of the trade, a place's, or a function: not the name of somebody."""
        folded = fold(word)
        return any(folded in words for words in (self.common, self.places, self.roles, self.mailboxes, self.links))

    def is_first_name(self, word: str) -> bool:
        """Whether a word, or the first part of a compound, is a first name."""
        return fold(word).split("-")[0] in self.first_names


def read_lexicon(root: Path) -> Lexicon:
    """The lists of ``referentiels/``."""
    folder = find(root, "referentiels")
    sections = _sections(_own(folder, "mots-innocents.txt"))
    trade = _sections(_own(folder, "mots-du-metier.txt"))

    def words(name: str, of: dict[str, list[str]] = sections) -> frozenset[str]:
        return frozenset(word for line in of.get(name, ()) for word in line.split())

    return Lexicon(
        frozenset(_lines(folder / "boites-generiques.txt")),
        words("", trade),
        words("noms de famille", trade),
        frozenset(name for line in _lines(_own(folder, "prenoms.txt")) for name in line.split()),
        words("lieux"),
        words("entre"),
        words("fonctions"),
        words("mascottes"),
        words("recit"),
        words("lignes"),
        words("maladies"),
        frozenset(fold(line) for line in sections.get("noms", ())),
    )


def _sections(path: Path) -> dict[str, list[str]]:
    """The lines under each « [title] »; those before any are under no title."""
    sections: dict[str, list[str]] = {"": []}
    section = ""
    for line in _lines(path):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            sections.setdefault(section, []).append(line)
    return sections


def _own(folder: Path, name: str) -> Path:
    """The file of the content tree; that of the project where the tree has other references only."""
    return folder / name if (folder / name).exists() else find(folder.parent / "-", "referentiels") / name


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
