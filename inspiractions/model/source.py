"""Read a file as people wrote it: front matter and sections, each with its line. The one module that reads YAML (``canonical.py`` writes it).

All scalars stay text: YAML 1.1 would read ``01004`` as 516 and ``no`` as false.

What says nothing: keys, texts, lists and groups left empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler

from inspiractions.base.digests import digest
from inspiractions.base.files import RawFile, decode, read_raw_file
from inspiractions.base.kept_values import dump, kept, load
from inspiractions.base.markdown import Section, split_sections
from inspiractions.base.problem import Problem
from inspiractions.base.text import INVISIBLE, invisible

MAX_DEPTH = 8
# Where a source that comes from the memory keeps what nobody has asked it for.
_FOLDED = "_folded"

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None
Place: TypeAlias = tuple[str | int, ...]


@kept
@dataclass(frozen=True)
class Source:
    """A file as it is written. ``lines`` gives the line of every key and list item by its place: ``("sources", 0, "url")``.

    ``front`` is the YAML between the two ``---``, ``body`` what follows them.
    """

    # Defaults by factory leave nothing on the class, where a folded source would find it.
    path: str
    meta: Mapping[str, Value]
    lines: Mapping[Place, int]
    body: str = field(default_factory=str)
    body_line: int = field(default_factory=lambda: 1)
    front: str = field(default_factory=str)
    front_line: int = field(default_factory=lambda: 2)

    def __getstate__(self) -> Mapping[str, object]:
        """What lists and digests ask for, and the rest in one string: most fiches that come from the memory stay folded."""
        if _FOLDED in self.__dict__:
            return self.__dict__
        whole = {field.name: self.__dict__[field.name] for field in fields(self)}
        # Half of the time of a fiche goes into its places; in one flat list, a tenth.
        whole["lines"] = [part for place, line in self.lines.items() for part in (len(place), *place, line)]
        known = {name: getattr(self, name) for name in ("path", "stem", "digest", "front_digest")}
        return {**known, _FOLDED: dump(whole)}

    def __copy__(self) -> Source:
        """Another source of the same parts, folded where they are: what is unfolded or found of it stays with it."""
        other: Source = object.__new__(Source)
        other.__dict__.update(self.__dict__)
        return other

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Asked for a part that is folded yet: unfold."""
            folded = self.__dict__.pop(_FOLDED, None)
            if folded is None:
                raise AttributeError(name)
            parts = load(folded)
            flat = iter(parts["lines"])
            parts["lines"] = {tuple(islice(flat, length)): next(flat) for length in flat}
            self.__dict__.update(parts)
            return getattr(self, name)

    @property
    def preamble(self) -> str:
        """The text before the first section."""
        return self._parts[0]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the body, each under its heading."""
        return self._parts[1]

    @cached_property
    def _parts(self) -> tuple[str, tuple[Section, ...]]:
        return split_sections(self.body, self.body_line)

    @cached_property
    def stem(self) -> str:
        """The name of the file without its suffix."""
        return Path(self.path).stem

    @cached_property
    def digest(self) -> bytes:
        """Of all that the file says, and of the lines where its two parts begin: what is told of it names lines."""
        return digest(self.path, self.front, self.body, f"{self.front_line} {self.body_line}")

    @cached_property
    def front_digest(self) -> bytes:
        """Of its name and its front matter: all that lists show of a fiche."""
        return digest(self.path, self.front)

    def line_of(self, place: Place) -> int:
        """The line of the nearest thing that has one: the item, else its list, else the key, else line 1."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place[:-1]
        return 1

    def line_at(self, offset: int) -> int:
        """The line of a place in ``body``, given in characters from its start."""
        return self.body_line + bisect_left(self._line_ends, offset)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [end.start() for end in re.finditer("\n", self.body)]

    def problem(self, place: Place | int, rule: str, message: str, doubt: bool = False) -> Problem:
        """A problem of this file, at the line of a place or at a line."""
        return Problem(self.path, place if isinstance(place, int) else self.line_of(place), rule, message, doubt)


@dataclass
class _Tree:
    """Builds plain values from YAML events; never recurses, so that no nesting and no alias can exhaust it."""

    first_line: int
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)


def read_fiche(root: Path, path: Path) -> tuple[Source | None, list[Problem]]:
    """Read ``---`` front matter and Markdown sections. ``None`` when the front matter cannot be read at all."""
    return decode_fiche(read_raw_file(root, path))


def decode_fiche(fichier: RawFile) -> tuple[Source | None, list[Problem]]:
    """The same, of what was read before."""
    text, problems = decode(fichier)
    if text is None:
        return None, problems
    source, faults = parse_fiche(fichier.name, text)
    return source, problems + faults


def parse_fiche(name: str, text: str) -> tuple[Source | None, list[Problem]]:
    """The same, of a text that is already in hand."""
    handler = YAMLHandler()
    if not text.strip():
        return None, [Problem(name, 1, "fichier-vide", _EMPTY)]
    if not handler.detect(text):
        return None, [Problem(name, 1, "en-tete", _NO_FRONT_MATTER)]
    try:
        front, body = handler.split(text)
    except ValueError:
        return None, [Problem(name, 1, "en-tete", _NOT_CLOSED)]
    # « --- » and the blank lines after it, which the splitter takes with it.
    opening = handler.FM_BOUNDARY.match(text)
    assert opening is not None
    front_line = text.count("\n", 0, opening.end()) + 1
    meta, tree = _parse_yaml(front, front_line)
    problems = [Problem(name, line, "yaml", message) for line, message in tree.faults]
    if not isinstance(meta, dict):
        if not tree.faults:
            problems.append(Problem(name, 2, "yaml", "l’en-tête doit être une suite de lignes « clé: valeur »."))
        return None, problems
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    return Source(name, meta, tree.lines, body, body_line, front, front_line), problems


def read_yaml(root: Path, path: Path) -> tuple[Value, Source, list[Problem]]:
    """Read a whole YAML file; the ``Source`` carries its lines."""
    name = path.relative_to(root).as_posix()
    text, problems = decode(read_raw_file(root, path))
    value, tree = _parse_yaml(text or "", first_line=1)
    problems += [Problem(name, line, "yaml", message) for line, message in tree.faults]
    return value, Source(name, {}, tree.lines), problems


_EMPTY = "le fichier est vide : commencez par une ligne « --- », puis « titre: … » (voir docs/contribuer/fiche.md)."
_NO_MARK = "« * », « & » et « ! » au début d’une valeur sont des renvois et des étiquettes YAML, qui ne sont pas admis : recopiez la valeur, entre guillemets droits."
_NOT_CLOSED = "l’en-tête n’est pas fermé : ajoutez une ligne « --- » après la dernière clé."
_NO_FRONT_MATTER = (
    "l’en-tête manque : la première ligne doit être « --- », puis « titre: … », et une ligne « --- » pour finir."
)


def _parse_yaml(text: str, first_line: int) -> tuple[Value, _Tree]:
    tree = _Tree(first_line)
    try:
        return _build(yaml.parse(text, Loader=yaml.CSafeLoader), tree), tree
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + first_line
        tree.faults.append((line, "caractère invisible interdit dans l’en-tête : effacez-le."))
    except yaml.MarkedYAMLError as error:
        # A bracket or a quote left open is mended where it opens, not where the reader gave up.
        left_open = bool(_LEFT_OPEN.search(error.problem or ""))
        mark = (error.context_mark if left_open else None) or error.problem_mark
        line = first_line + (mark.line if mark is not None else 0)
        lines = text.split("\n")
        excerpt = lines[min(line - first_line, len(lines) - 1)].strip()[:60]
        tree.faults.append((line, f"YAML illisible à « {excerpt} » : {_yaml_advice(error.problem or '')}"))
    return None, tree


_LEFT_OPEN = re.compile(r"end of stream|',' or")


def _yaml_advice(problem: str) -> str:
    if "mapping values" in problem:
        return (
            "une valeur qui contient « : » se met entre guillemets droits, et toutes les clés commencent en colonne 1."
        )
    if "cannot start any token" in problem:
        return "mettez la valeur entre guillemets droits et remplacez les tabulations par des espaces."
    if "end of stream" in problem:
        return "un guillemet ouvert n’est pas refermé."
    if "',' or" in problem:
        return "un crochet ouvert n’est pas refermé : écrivez [a, b]."
    return "vérifiez le retrait, les guillemets et le « : » après chaque clé."


@dataclass
class _Open:
    """A list or a mapping that is being read."""

    value: list[Value] | dict[str, Value]
    place: Place
    key: str | None = None
    duplicate: bool = False


def _build(events: Iterator[yaml.Event], tree: _Tree) -> Value:
    stack: list[_Open] = []
    result: Value = None
    for event in events:
        line = tree.first_line + (event.start_mark.line if event.start_mark is not None else 0)
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            tree.faults.append((line, _NO_MARK))
        if isinstance(event, yaml.AliasEvent):
            # In its place, nothing: what follows keeps its own key.
            event = yaml.ScalarEvent(None, None, (True, False), "", event.start_mark, event.end_mark)
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            result = _put_scalar(event, stack, line, tree, result)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            if fault := _start_fault(stack):
                tree.faults.append((line, fault))
                return None
            result = _open_child([] if isinstance(event, yaml.SequenceStartEvent) else {}, stack, line, tree, result)
        elif isinstance(event, yaml.DocumentStartEvent) and result is not None:
            tree.faults.append((line, "un seul document YAML par fichier : ôtez cette ligne « --- »."))
            return result
    return result


def _waits_for_key(stack: list[_Open]) -> bool:
    return bool(stack) and isinstance(stack[-1].value, dict) and stack[-1].key is None


def _put_scalar(event: yaml.ScalarEvent, stack: list[_Open], line: int, tree: _Tree, result: Value) -> Value:
    """A key or a value; returns the root, which is the value itself where nothing is open."""
    if hidden := INVISIBLE.search(event.value):
        tree.faults.append((line, invisible(hidden[0])))
    if _waits_for_key(stack):
        _open_key(stack[-1], event.value, line, tree)
        return result
    value = None if event.implicit[0] and event.value in ("", "~", "null") else event.value
    return _place(stack, value, line, tree) if stack else value


def _start_fault(stack: list[_Open]) -> str:
    """Why no list or mapping may start here, if it may not."""
    if len(stack) >= MAX_DEPTH:
        return f"plus de {MAX_DEPTH} niveaux d’imbrication : simplifiez."
    return "une clé doit être un mot simple, suivi de « : »." if _waits_for_key(stack) else ""


def _open_child(
    child: list[Value] | dict[str, Value], stack: list[_Open], line: int, tree: _Tree, result: Value
) -> Value:
    """Open a list or a mapping in its place; returns the root."""
    place = _next_place(stack[-1]) if stack else ()
    if stack:
        _place(stack, child, line, tree)
    else:
        result = child
    stack.append(_Open(child, place))
    return result


def _open_key(top: _Open, key: str, line: int, tree: _Tree) -> None:
    assert isinstance(top.value, dict)
    top.key, top.duplicate = key, key in top.value
    if top.duplicate:
        first = tree.lines.get((*top.place, key), line)
        tree.faults.append((line, f"la clé « {key} » est écrite deux fois (déjà ligne {first}) : gardez-en une."))
    else:
        tree.lines[(*top.place, key)] = line


def _next_place(top: _Open) -> Place:
    return (*top.place, top.key if isinstance(top.value, dict) and top.key is not None else len(top.value))


def _place(stack: list[_Open], value: Value, line: int, tree: _Tree) -> Value:
    """Put a value where it belongs; returns the root, which does not change."""
    top = stack[-1]
    if isinstance(top.value, dict):
        assert top.key is not None
        if not top.duplicate:
            top.value[top.key] = value
        top.key = None
    else:
        tree.lines[_next_place(top)] = line
        top.value.append(value)
    return stack[0].value


def is_blank(value: Value) -> bool:
    """Whether a value says nothing: « non renseigné ». The web form leaves empty texts and groups behind."""
    return value in (None, "", []) or (isinstance(value, dict) and all(map(is_blank, value.values())))


def without_empty(meta: Mapping[str, Value]) -> dict[str, Value]:
    """The same, without the keys that say nothing, at every level."""
    return {key: _inside(value) for key, value in meta.items() if not is_blank(value)}


def _inside(value: Value) -> Value:
    if isinstance(value, dict):
        return without_empty(value)
    return [without_empty(v) if isinstance(v, dict) else v for v in value] if isinstance(value, list) else value


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value"))  # fmt: skip


def yaml_outline(text: str) -> tuple[list[tuple[int, str]], dict[str, int]]:
    """Of a YAML file, without making any value of it: line and name of each tag that is not of YAML's own plain types, and the line
    of each key of its first level. Nothing where it is no YAML."""
    try:
        top = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return [], {}
    tags: list[tuple[int, str]] = []
    waiting, visited = [top], {id(top)}
    while waiting:
        node = waiting.pop()
        if node is None:
            continue
        if node.tag not in _PLAIN_TAGS:
            tags.append((node.start_mark.line + 1, node.tag.removeprefix("tag:yaml.org,2002:")))
        parts = node.value if isinstance(node, yaml.CollectionNode) else []
        for part in parts:
            for one in part if isinstance(part, tuple) else (part,):
                if id(one) not in visited:
                    visited.add(id(one))
                    waiting.append(one)
    pairs = top.value if isinstance(top, yaml.MappingNode) else []
    return sorted(tags), {str(key.value): key.start_mark.line + 1 for key, _ in pairs}
