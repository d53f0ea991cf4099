"""Which words exist: those of French and the names of places. One that exists is no slip of the keyboard, and is never replaced.

The list is ``referentiels/mots.txt``, one key a line; the site has it as sixteen files of hashes, of which a word that the bank
does not know opens one. Twin: ``docs/assets/js/search/known_words.js``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from inspiractions.base.files import find
from inspiractions.base.outputs import compressed
from inspiractions.search.postings import gaps, varints
from inspiractions.search.stems import stem

FILES = 16
# 24 bits for some 8,000 words a file, and two keys a word: one unknown word in 1,000 is taken for a known one.
_SHIFT, _MASK = 4, (1 << 24) - 1
_SHORT = 3


def key_of_word(part: str) -> str:
    """The stem; the whole word where little is left of it, for « désirer » and « desanté » share « des »."""
    racine = stem(part)
    return part if len(racine) <= _SHORT else racine


def key_of_name(part: str) -> str:
    """A name has no other forms: « ordonnace » is not Ordonnac. It stands in the file of its stem."""
    return f"={part}"


def known_words(root: Path) -> Iterator[bytes]:
    """The files: hashes in order, each as its gap to the one before (LEB128)."""
    files: list[set[int]] = [set() for _ in range(FILES)]
    path = find(root, "referentiels/mots.txt")
    for line in path.read_text("utf-8").split("\n") if path.is_file() else ():
        if line and line[0] != "#":
            key = key_of_word(line[1:]) if line[0] == "=" else line
            files[crc32(key.encode()) % FILES].add(crc32(line.encode()) >> _SHIFT & _MASK)
    for values in files:
        yield varints(gaps(sorted(values)))


def known_words_files(root: Path) -> list[bytes]:
    """The files, compressed."""
    return [compressed(some) for some in known_words(root)]
