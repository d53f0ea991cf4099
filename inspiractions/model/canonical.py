"""``format``: give every fiche the canonical form, without ever changing what it says.

What a web editor leaves behind is undone here: keys in its own order, ``*`` for ``-``, blank lines. Each new text is read
again and compared with the old one before it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.markdown import fenced_lines, heading, raw_html, split_sections, to_html
from inspiractions.base.problem import Problem
from inspiractions.model.action import Action
from inspiractions.model.canonique import comments, write_fiche
from inspiractions.model.schema import Champ, champs_de
from inspiractions.model.source import Source, Value, parse_fiche, read_fiche
from inspiractions.model.vides import is_empty

# What reading mends by itself: byte order mark, line ends, invisible line breaks.
_MENDED = ("encodage", "fins-de-ligne", "caracteres")
_ATX = re.compile(r"#{1,6}(?: |$)")
_BULLET = re.compile(r"^((?: {2,})?)[*+]( +\S)")


@dataclass(frozen=True)
class Forme:
    """A fiche and its canonical text. ``line``: the first that changes, 0 where none does."""

    path: Path
    nom: str
    texte: str
    line: int

    @property
    def problem(self) -> Problem:
        """The same, told to whoever only asked to check."""
        message = f"mise en forme : lancez « python build_site.py format {self.nom} »."
        return Problem(self.nom, self.line, "forme", message)

    def write(self) -> None:
        """Put the canonical text in the place of the file, in one step. Raises ``OSError``."""
        write_whole(self.path, self.texte)


def format_fiches(root: Path, paths: Iterable[Path]) -> tuple[list[Forme], list[Problem]]:
    """The canonical form of each fiche that can have one, and why the others are left as they are."""
    formes, problems = [], []
    for path in paths:
        forme, faults = format_fiche(root, path)
        problems += faults
        if forme:
            formes.append(forme)
    return formes, problems


def format_fiche(root: Path, path: Path) -> tuple[Forme | None, list[Problem]]:
    """The canonical form of a fiche, or why it must be left as it is."""
    source, problems = read_fiche(root, path)
    faults = [p for p in problems if p.rule not in _MENDED]
    if source is None or faults:
        return None, faults or problems
    said = [source.problem(line, "commentaire", _COMMENT) for line in sorted(set(comments(source)))]
    if said:
        return None, said
    texte = write_fiche(source.meta, _canonical_body(source))
    again, _ = parse_fiche(source.path, texte)
    assert again is not None
    assert filled(again.meta) == filled(source.meta), "the canonical form must say the same"
    return Forme(path, source.path, texte, _first_change(path.read_bytes(), texte.encode())), []


_COMMENT = (
    "commentaire « # » dans l’en-tête : le formulaire en ligne et la mise en forme l’effaceraient. "
    "Dites-le dans une clé (« precision »…) ou dans le message de la modification, puis ôtez-le ; la fiche est laissée telle quelle."
)


def filled(meta: Mapping[str, Value]) -> dict[str, Value]:
    """What the front matter says: optional keys without a value left out, as the schema and the writer do."""
    return _filled(meta, champs_de(Action))


def _filled(meta: Mapping[str, Value], champs: Mapping[str, Champ]) -> dict[str, Value]:
    kept: dict[str, Value] = {}
    for cle, value in meta.items():
        champ = champs.get(cle)
        if champ and not champ.requis and is_empty(value):
            continue
        enfants = champ.enfants if champ else {}
        kept[cle] = (
            _filled(value, enfants)
            if isinstance(value, dict)
            else [_filled(item, enfants) if isinstance(item, dict) else item for item in value]
            if isinstance(value, list)
            else value
        )
    return kept


def _canonical_body(source: Source) -> str:
    """The récit with tidy blanks and lists; a part that this would change on the page is kept as it is."""
    if any(raw_html(source.body, 1)):
        return source.body
    parts = [(heading(section.titre), section.texte) for section in source.sections]
    blocks = [
        block for titre, texte in [("", source.preamble), *parts] for block in (titre, _tidy_part(texte)) if block
    ]
    body = "\n\n".join(blocks)
    return body if _shown(body) == _shown(source.body) else source.body


def _tidy_part(texte: str) -> str:
    tidy = "\n".join(_tidy(texte)).strip("\n")
    return tidy if to_html(tidy) == to_html(texte) else texte.strip("\n")


def _shown(body: str) -> tuple[str, list[tuple[str, str]]]:
    """What the page makes of a body."""
    preamble, sections = split_sections(body, 1)
    return to_html(preamble), [(s.titre, to_html(s.texte)) for s in sections]


def _tidy(body: str) -> Iterator[str]:
    """One blank line around headings, never two in a row, ``-`` for lists, no blanks at the end of lines."""
    before = ""
    for line, inside in fenced_lines(body):
        if inside:
            yield line
            before = line or " "
            continue
        hard_break = "  " if line.endswith("  ") and line.strip() else ""
        line = _BULLET.sub(r"\1-\2", line.rstrip()) + hard_break
        if before and line and (_ATX.match(line) or _ATX.match(before)):
            yield ""
        if line or before:
            yield line
        before = line


def _first_change(old: bytes, new: bytes) -> int:
    if old == new:
        return 0
    lines = zip(old.split(b"\n"), new.split(b"\n"), strict=False)
    return next((n for n, (a, b) in enumerate(lines, 1) if a != b), 1)
