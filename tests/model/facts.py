"""Numbers, dates and words of a French text, and the digest under which the facts behind a fiche are kept.

``python -m tests.model.facts FACTS.json`` writes ``facts.tsv`` anew from the facts that the fiches were written from. They stay out
of the repository; their digests tell whether a fiche still says them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from inspiractions.base.text import fold

DIGESTS = Path(__file__).with_name("facts.tsv")
KINDS = ("nombres", "dates", "partenaires")

# Two entries of the facts told an action that another fiche tells.
MERGED = {
    "la-courneuve-relais-psy-etudiants": "la-courneuve-relais-collegiens-lyceens",
    "havre-urbanisme-sante-poterie": "havre-seine-metropole-territoire-promoteur-sante",
}
_TEXTS = (
    "periode_texte", "porteur", "partenaires", "echelle", "resume", "contexte", "objectifs", "deroule", "leviers", "freins",
    "resultats", "evaluation", "inegalites", "enseignements", "budget",
)  # fmt: skip

_MONTHS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8, "septembre": 9,
    "octobre": 10, "novembre": 11, "decembre": 12,
}  # fmt: skip
_UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19,
}  # fmt: skip
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80}
_WORDS = (
    _UNITS
    | _TENS
    | {
        f"{ten}{link}{unit}": tens + n
        for ten, tens in _TENS.items()
        for unit, n in _UNITS.items()
        for link in ("-", " et ")
    }
    | {f"{word.removesuffix('e')}ieme": n for word, n in _UNITS.items()}
    | {
        f"{word.removesuffix('e')}aine": n
        for word, n in (_UNITS | _TENS).items()
        if n in {8, 10, 12, 15, 20, 30, 40, 50, 60}
    }
    | {"cinquieme": 5, "neuvieme": 9, "cent": 100, "centaine": 100}
)
_WORD = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})s?\b")
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{4}})\b|\b(\d{{4}})-(0[1-9]|1[0-2])\b")
_STOP = {
    "le", "la", "les", "de", "des", "du", "et", "en", "au", "aux", "par", "sur", "dans", "avec", "leur", "leurs", "ses", "son", "sa",
    "ce", "qui", "que", "local", "locale",
}  # fmt: skip


def numbers(text: str) -> set[str]:
    """The numbers told, in figures or in words: ``trois cours, 1 200 m²`` → ``{"3", "1200"}``; one is left out, being an article."""
    joined = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)|²", "", text)
    in_figures = _WORD.sub(lambda m: f" {_WORDS[m[1]]} ", fold(joined))
    return {number.replace(".", ",") for number in re.findall(r"\d+(?:[.,]\d+)?", in_figures)} - {"1"}


def dates(text: str) -> set[str]:
    """The months of a year: ``13 janvier 2025`` and ``2025-01`` → ``2025-1``."""
    return {f"{m[2] or m[3]}-{_MONTHS.get(m[1]) or int(m[4])}" for m in _DATE.finditer(fold(text))}


def words(text: str) -> set[str]:
    """The words that name something, without accents nor the « s » of the plural."""
    return {word.rstrip("s") for word in re.findall(r"[a-z0-9]+", fold(text)) if len(word) > 1 and word not in _STOP}


def digests(identifiant: str, values: Iterable[str]) -> set[str]:
    """Six hexadecimal digits per value, other ones in each fiche."""
    return {sha256(f"{identifiant} {value}".encode()).hexdigest()[:6] for value in values}


def of_text(text: str, partners: str) -> dict[str, set[str]]:
    """What is compared, by kind."""
    return dict(zip(KINDS, (numbers(text), dates(text), words(partners)), strict=True))


def read() -> Iterator[tuple[str, dict[str, set[str]]]]:
    """The kept digests: the name of a fiche, and its digests by kind."""
    for line in DIGESTS.read_text("utf-8").splitlines():
        identifiant, *columns = line.split("\t")
        yield identifiant, {kind: set(column.split()) for kind, column in zip(KINDS, columns, strict=True)}


def _line(facts: Mapping[str, Any]) -> str:
    identifiant = MERGED.get(facts["id"], facts["id"])
    values = [facts[key] for key in _TEXTS if facts[key]]
    text = "\n".join(one for value in values for one in ([value] if isinstance(value, str) else value))
    by_kind = of_text(text, " ".join(facts["partenaires"]))
    return "\t".join([identifiant, *(" ".join(sorted(digests(identifiant, by_kind[kind]))) for kind in KINDS)])


if __name__ == "__main__":
    told_again = sorted(p.stem for p in (Path(__file__).parents[2] / "actions").glob("*.md"))
    entries = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    lines = sorted(_line(facts) for facts in entries if MERGED.get(facts["id"], facts["id"]) in told_again)
    DIGESTS.write_text("\n".join(lines) + "\n", "utf-8")
