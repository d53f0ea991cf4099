"""The one way to write a fiche: keys in the order of the schema, plain values where no YAML reader is misled, long texts wrapped.

``format`` mends files with it; whatever writes a fiche (``new``, imports) writes with it. YAML: PyYAML's emitter.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import yaml

from inspiractions.model.action import Action
from inspiractions.model.schema import Champ, champs_de
from inspiractions.model.source import Source, Value
from inspiractions.model.vides import is_empty

# A line is broken at the first space beyond it.
LARGEUR = 110

_IDENTIFIANT = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
# Years and dates stay bare: whatever type a reader gives them, it writes them back the same.
_ANNEE = re.compile(r"[1-9]\d{3}")
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


def _mapping(values: Mapping[str, Value], champs: Mapping[str, Champ]) -> Iterator[yaml.Event]:
    yield yaml.MappingStartEvent(None, None, implicit=True, flow_style=not values)
    for cle in [*(c for c in champs if c in values), *(c for c in values if c not in champs)]:
        champ, value = champs.get(cle), values[cle]
        if not is_empty(value) or champ is None or champ.requis:
            yield from _scalar(cle)
            yield from _value(value, champ)
    yield yaml.MappingEndEvent()


def _value(value: Value, champ: Champ | None) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield from _mapping(value, champ.enfants if champ else {})
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(None, None, implicit=True, flow_style=_on_one_line(value, champ))
        for item in value:
            yield from _value(item, champ)
        yield yaml.SequenceEndEvent()
    else:
        yield from _scalar(value)


def _on_one_line(items: Sequence[Value], champ: Champ | None) -> bool:
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
    if _ANNEE.fullmatch(value) or _is_date(value):
        return True
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return tag == _STR and value != "" and not _NOMBRE.fullmatch(value)


def _is_date(value: str) -> bool:
    """Whether it is a day of the calendar: another reader would stumble on a 30 February."""
    try:
        return bool(_JOUR.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False
