"""``format``: give every fiche the canonical form, without ever changing what it says.

What a web editor leaves behind is undone here: keys in its own order, ``*`` for ``-``, blank lines. Each new text is read
again and compared with the old one before it is taken.

The one way to write a fiche: keys in the order of the schema, plain values where no YAML reader is misled, long texts wrapped.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from inspiractions.base.files import write_whole
from inspiractions.base.markdown import fenced_lines, heading, raw_html, split_sections, to_html
from inspiractions.base.problem import COMMAND, Problem
from inspiractions.model.action import Action
from inspiractions.model.source import Source, Value, is_blank, parse_fiche, read_fiche
from inspiractions.model.types import FicheField, champs_de

# A line is broken at the first space beyond it.
LARGEUR = 110

_IDENTIFIANT = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
# Whole numbers (years, amounts) and dates stay bare: whatever type a reader gives them, it writes them back the same.
_ENTIER = re.compile(r"[1-9]\d{0,11}")
_DIESE = re.compile("#.*")
_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
# Numbers of YAML 1.2 that YAML 1.1 reads as texts.
_NOMBRE = re.compile(r"[-+]?[.0-9][0-9_]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?|0[ox][0-9a-fA-F_]+")
_STR = "tag:yaml.org,2002:str"


def write_fiche(meta: Mapping[str, Value], corps: str) -> str:
    """The text of a fiche in canonical form. ``corps``: the récit in Markdown, written as it is.

    Unknown keys are kept, after the known ones; optional keys without a value are left out, as the schema reads them.
    """
    recit = corps.strip("\n")
    return f"---\n{write_front_matter(meta)}---\n" + (f"\n{recit}\n" if recit else "")


def write_front_matter(meta: Mapping[str, Value]) -> str:
    """The lines between the two ``---``."""
    out = io.StringIO()
    emitter = _Emitter(out, width=LARGEUR, allow_unicode=True)
    events = [
        yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False), *_mapping(meta, champs_de(Action)),
        yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent(),
    ]  # fmt: skip
    for event in events:
        emitter.emit(event)
    return out.getvalue()


def comments(source: Source) -> Iterator[int]:
    """The lines of a front matter that bear a YAML comment: writing it anew would lose them."""
    end, lines = 0, source.front.split("\n")
    for token in yaml.scan(source.front, Loader=yaml.CSafeLoader):
        # Between two tokens, there are blanks and comments only.
        gap = source.front[end : token.start_mark.index]
        yield from (source.front_line + source.front.count("\n", 0, end + m.start()) for m in _DIESE.finditer(gap))
        end = max(end, token.end_mark.index)
        # « resume: >- # note » is inside the token.
        is_block = isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")
        if is_block and "#" in lines[token.start_mark.line][token.start_mark.column :]:
            yield source.front_line + token.start_mark.line


class _Emitter(yaml.emitter.Emitter):
    """PyYAML's, with the items of a list set in from their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _mapping(values: Mapping[str, Value], champs: Mapping[str, FicheField]) -> Iterator[yaml.Event]:
    yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=not values)
    for cle in [*(c for c in champs if c in values), *(c for c in values if c not in champs)]:
        champ, value = champs.get(cle), values[cle]
        if not is_blank(value) or champ is None or champ.requis:
            yield from _scalar(cle)
            yield from _value(value, champ)
    yield yaml.MappingEndEvent()


def _value(value: Value, champ: FicheField | None) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield from _mapping(value, champ.enfants if champ else {})
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=_on_one_line(value, champ))
        for item in value:
            yield from _value(item, champ)
        yield yaml.SequenceEndEvent()
    else:
        yield from _scalar(value)


def _on_one_line(items: Sequence[Value], champ: FicheField | None) -> bool:
    """Lists of ids and of places read well as ``[a, b]``; sentences and groups get a line each."""
    if champ and champ.genre == "lieu":
        return all(isinstance(item, str) for item in items)
    return all(isinstance(item, str) and _IDENTIFIANT.fullmatch(item) for item in items)


def _scalar(value: str | None) -> Iterator[yaml.Event]:
    if value is None:
        yield yaml.ScalarEvent(None, None, (True, False), "~")
        return
    bare = _is_bare(value)
    style = "|" if "\n" in value else None if bare else "'"
    yield yaml.ScalarEvent(None, None, (bare, True), value, style=style)


_RESOLVER = yaml.resolver.Resolver()


def _is_bare(value: str) -> bool:
    """Whether a text without quotes is that same text to every reader of YAML 1.1 and 1.2."""
    if _ENTIER.fullmatch(value) or _is_date(value):
        return True
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return tag == _STR and value != "" and not _NOMBRE.fullmatch(value)


def _is_date(value: str) -> bool:
    """Whether it is a day of the calendar: another reader would stumble on a 30 February."""
    try:
        return bool(_JOUR.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


# What reading mends by itself: byte order mark, line ends, invisible line breaks.
_MENDED = ("encodage", "fins-de-ligne", "caracteres")
_ATX = re.compile(r"#{1,6}(?: |$)")
_BULLET = re.compile(r"^((?: {2,})?)[*+]( +\S)")


@dataclass(frozen=True)
class FormatResult:
    """A fiche and its canonical text. ``line``: the first that changes, 0 where none does."""

    path: Path
    nom: str
    texte: str
    line: int

    @property
    def problem(self) -> Problem:
        """The same, told to whoever only asked to check."""
        message = f"mise en forme : lancez « {COMMAND} format {self.nom} »."
        return Problem(self.nom, self.line, "forme", message)

    def write(self) -> None:
        """Put the canonical text in the place of the file, in one step. Raises ``OSError``."""
        write_whole(self.path, self.texte)


def format_fiches(root: Path, paths: Iterable[Path]) -> tuple[list[FormatResult], list[Problem]]:
    """The canonical form of each fiche that can have one, and why the others are left as they are."""
    formes, problems = [], []
    for path in paths:
        forme, faults = format_fiche(root, path)
        problems += faults
        if forme:
            formes.append(forme)
    return formes, problems


def format_fiche(root: Path, path: Path) -> tuple[FormatResult | None, list[Problem]]:
    """The canonical form of a fiche, or why it must be left as it is."""
    source, problems = read_fiche(root, path)
    faults = [p for p in problems if p.rule not in _MENDED]
    if source is None or faults:
        return None, faults or problems
    problems_of_comments = [source.problem(line, "commentaire", _COMMENT) for line in sorted(set(comments(source)))]
    if problems_of_comments:
        return None, problems_of_comments
    texte = write_fiche(source.meta, _canonical_body(source))
    again, _ = parse_fiche(source.path, texte)
    assert again is not None
    assert filled(again.meta) == filled(source.meta), "the canonical form must say the same"
    return FormatResult(path, source.path, texte, _first_change(path.read_bytes(), texte.encode())), []


_COMMENT = (
    "commentaire « # » dans l’en-tête : le formulaire en ligne et la mise en forme l’effaceraient. "
    "Dites-le dans une clé (« precision »…) ou dans le message de la modification, puis ôtez-le ; la fiche est laissée telle quelle."
)


def filled(meta: Mapping[str, Value]) -> dict[str, Value]:
    """What the front matter says: optional keys without a value left out, as the schema and the writer do."""
    return _filled(meta, champs_de(Action))


def _filled(meta: Mapping[str, Value], champs: Mapping[str, FicheField]) -> dict[str, Value]:
    kept: dict[str, Value] = {}
    for cle, value in meta.items():
        champ = champs.get(cle)
        if champ and not champ.requis and is_blank(value):
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
