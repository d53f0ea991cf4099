"""``python -m tests.search.list_words index.aff index.dic index.json``: write ``referentiels/mots.txt`` again, after a change of the stems.

The first two are those of the npm package ``dictionary-fr``, the third that of ``an-array-of-french-words``
(``referentiels/NOTICE.md`` names their versions). Then ``python -m tests.search.prepare``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from inspiractions.base.files import PROJECT
from inspiractions.base.text import fold
from inspiractions.model.territoire import Referentiel
from inspiractions.search.known_words import key_of_name, key_of_word
from inspiractions.search.places import areas, france_table

HEADER = (
    "# Racines des mots français, et, après « = », mots des noms propres tels qu’ils sont : "
    "un mot qui y est n’est pas une faute de frappe. Voir NOTICE.md."
)
# The simple past and the imperfect subjunctive: nobody searches for them, and « médiatai » is a slip.
_LITERARY = re.compile(
    "(?:[aâ](?:i|s|mes|tes|t)|èrent|[iu]rent|[îû](?:mes|tes|t)|(?:ass|iss|uss)(?:es?|ions|iez|ent))$"
)
# Words that neither list has.
_MORE = {"stent"}
_PART = re.compile("[a-z0-9]{2,}")


def inflected(aff: str, dic: str) -> Iterator[tuple[str, bool]]:
    """Each word of a Hunspell dictionary and what its suffixes make of it, with whether it is such a form (flags of two signs)."""
    suffixes: dict[str, list[tuple[str, str, re.Pattern[str]]]] = {}
    for _, flag, strip, add, *condition in (line.split()[:5] for line in aff.split("\n") if line[:3] == "SFX"):
        if condition:
            bare = ["" if part == "0" else part for part in (strip, add.split("/")[0])]
            suffixes.setdefault(flag, []).append((bare[0], bare[1], re.compile(f"{condition[0]}$")))
    for line in dic.split("\n")[1:]:
        word, _, flags = line.split("\t")[0].split(" ")[0].partition("/")
        yield word, False
        for start in range(0, len(flags), 2):
            for strip, add, condition in suffixes.get(flags[start : start + 2], ()):
                if condition.search(word):
                    yield word.removesuffix(strip) + add, True


def parts_of(words: Iterable[str]) -> set[str]:
    """The folded parts of words and names, of two signs or more."""
    return {part for word in words for part in _PART.findall(fold(word))}


def main(aff: Path, dic: Path, others: Path) -> None:
    """Write the list; the words of names that are none stand in it as they are."""
    forms = inflected(aff.read_text("utf-8"), dic.read_text("utf-8"))
    words = _MORE | {word for word, derived in forms if not (derived and _LITERARY.search(word))}
    words |= {word for word in json.loads(others.read_text("utf-8")) if not _LITERARY.search(word)}
    keys = {key_of_word(part) for part in parts_of(word for word in words if word.islower())}
    referentiel = Referentiel(PROJECT)
    places = parts_of([*france_table(referentiel), *(key for key, _ in areas(referentiel))])
    names = {*filter(str.isalpha, places), *parts_of(word for word in words if not word.islower())}
    keys |= {key_of_name(part) for part in names if key_of_word(part) not in keys}
    (PROJECT / "referentiels/mots.txt").write_text("\n".join([HEADER, *sorted(keys), ""]), "utf-8")
    print(f"{len(keys)} clés")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
