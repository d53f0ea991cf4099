"""The texts that readers see, as they stand in templates and scripts, and how another language takes their place.

French is written where it is shown, without a mark in templates: what stands between two tags of block level is a text, and so
is an attribute that is read out. In scripts, a text is a template literal with the tag ``t``. A message holds its values as
``%(name)s`` and its inline tags without their attributes: ``Vous préférez le courriel ? <a>Recevez la lettre</a>``
(docs/adr/020-une-autre-langue.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from inspiractions.base.text import INVISIBLE, invisible

Translate = Callable[[str], str]
"""The translation of a message, or the message itself."""


@dataclass(frozen=True)
class SourceText:
    """A text between two places of a source, counted in characters. ``parts``: what each value and tag of the message stands for."""

    start: int
    end: int
    message: str
    parts: Mapping[str, str] = field(default_factory=dict)


# ---- Templates

_TOKEN = re.compile(
    r"""(?P<comment>\{\#.*?\#\}|<!.*?>)
    |(?P<statement>\{%.*?%\})
    |(?P<value>\{\{.*?\}\})
    |(?P<code><(?P<element>script|style|pre)\b.*?</(?P=element)>)
    |(?P<picture><svg\b(?:(?!</svg>|\{%).)*</svg>)
    |(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:\{\{.*?\}\}|\{%.*?%\}|[^<>])*>)""",
    re.S | re.X,
)
_INLINE = frozenset(
    ["a", "abbr", "b", "br", "cite", "code", "em", "i", "kbd", "q", "small", "span", "strong", "sub", "sup"]
)
_ICON = re.compile(r"\{\{-?\s*(?:m\.)?icone\(")
_READ_OUT = re.compile(r'\s(?:aria-label|title|placeholder|alt)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', re.S)
_LETTER = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(r"&#?\w+;")
_MARKED = re.compile(r'(?<![\w.])_\("((?:[^"\\]|\\.)*)"\)')
_COUNTED = re.compile(r'\|\s*(?:pluriel|accord)\(\s*"([^"]*)"(?:\s*,\s*"([^"]*)")?\s*\)')


@dataclass(frozen=True)
class _Item:
    kind: str
    start: int
    end: int
    source: str
    name: str = ""

    @property
    def closes(self) -> bool:
        return self.source.startswith("</")

    @property
    def reads(self) -> bool:
        """Whether it is a text with a letter. What is written with entities is code that is shown."""
        return self.kind == "text" and "&lt;" not in self.source and bool(_LETTER.search(_ENTITY.sub("", self.source)))


def template_texts(source: str) -> list[SourceText]:
    """The texts of a template, in order; none lies in another."""
    texts: list[SourceText] = []
    run: list[_Item] = []
    for item in _items(source):
        if item.kind in ("tag", "code") and (opening := _TOKEN.match(source, item.start)):
            texts += _attributes(opening[0], item.start)
        inline = item.kind in ("text", "value", "picture") or (item.kind == "tag" and item.name in _INLINE)
        if inline:
            run.append(item)
        else:
            texts += _texts_of_run(run)
            run = []
    texts += _texts_of_run(run)
    return sorted(texts, key=lambda text: text.start)


def marked_texts(source: str) -> Iterator[tuple[int, str | tuple[str, str]]]:
    """Place and message of each text inside an expression, ``_("…")``, and of each word that is counted, with its plural."""
    for match in _MARKED.finditer(source):
        yield match.start(), _unescaped(match[1])
    for match in _COUNTED.finditer(source):
        yield match.start(), (match[1], plural_of(match[1], match[2] or ""))


def plural_of(one: str, many: str) -> str:
    """The plural that a template leaves out: with an « s »."""
    return many or one + "s"


def in_language(source: str, translate: Translate | None) -> str:
    """A template whose texts are in another language; ``None``: in French, as they are."""
    if translate:
        pieces, end = [], 0
        for text in template_texts(source):
            pieces += [source[end : text.start], _html(translate(text.message), text)]
            end = text.end
        source = "".join([*pieces, source[end:]])

    def marked(match: re.Match[str]) -> str:
        text = _unescaped(match[1])
        return f'"{_escaped(translate(text) if translate else text)}"'

    return _MARKED.sub(marked, source)


def _items(source: str) -> Iterator[_Item]:
    end = 0
    for match in _TOKEN.finditer(source):
        if match.start() > end:
            yield _Item("text", end, match.start(), source[end : match.start()])
        end = match.end()
        kind = str(match.lastgroup if match.lastgroup not in ("name", "element") else "")
        if not kind:
            kind = "tag" if match["tag"] else "code"
        if kind == "value" and _ICON.match(match[0]):
            kind = "picture"
        yield _Item(kind, match.start(), end, match[0], (match["name"] or "").lower())
    if end < len(source):
        yield _Item("text", end, len(source), source[end:])


def _attributes(tag: str, start: int) -> Iterator[SourceText]:
    for match in _READ_OUT.finditer(tag):
        place = start + match.start(1)
        run: list[_Item] = []
        for item in _items(match[1]):
            if item.kind == "statement":
                yield from _whole(run)
                run = []
            else:
                run.append(_Item(item.kind, place + item.start, place + item.end, item.source))
        yield from _whole(run)


def _texts_of_run(run: Sequence[_Item]) -> Iterator[SourceText]:
    """The texts of what stands between two blocks; a tag that is not closed there ends a text, too."""
    alone = _unmatched(run)
    part: list[_Item] = []
    for i, item in enumerate(run):
        if i in alone:
            yield from _texts_of_part(part)
            part = []
        else:
            part.append(item)
    yield from _texts_of_part(part)


def _texts_of_part(items: Sequence[_Item]) -> Iterator[SourceText]:
    """One text where something is read outside of the tags; else those inside of each."""
    depth = 0
    groups: list[list[_Item]] = [[]]
    outside = False
    for item in items:
        if item.kind == "tag" and item.name != "br":
            depth -= item.closes
            # A tag that no other one holds ends a group.
            if depth:
                groups[-1].append(item)
            else:
                groups.append([])
            depth += not item.closes
        else:
            outside = outside or (not depth and item.reads)
            groups[-1].append(item)
    if outside:
        yield from _whole(items)
    elif len(groups) > 1:
        for group in groups:
            yield from _texts_of_part(group)


def _unmatched(run: Sequence[_Item]) -> set[int]:
    opened: list[int] = []
    alone: set[int] = set()
    for i, item in enumerate(run):
        if item.kind != "tag" or item.name == "br":
            continue
        if not item.closes:
            opened.append(i)
        elif opened and run[opened[-1]].name == item.name:
            opened.pop()
        else:
            alone.add(i)
    return alone | set(opened)


def _whole(items: Sequence[_Item]) -> Iterator[SourceText]:
    """The text of all of these, without the blanks, the icons and the empty elements at both ends."""
    items = _trimmed(items)
    if not any(item.reads for item in items):
        return
    first, last = items[0], items[-1]
    start = first.start + (len(first.source) - len(first.source.lstrip()) if first.kind == "text" else 0)
    end = last.end - (len(last.source) - len(last.source.rstrip()) if last.kind == "text" else 0)
    parts = _Parts()
    message = "".join(_in_message(item, parts) for item in items).strip()
    yield SourceText(start, end, message, parts.by_name)


def _trimmed(items: Sequence[_Item]) -> list[_Item]:
    kept = list(items)
    changed = True
    while changed and kept:
        changed = False
        for i in (0, -1):
            if kept and (kept[i].kind == "picture" or (kept[i].kind == "text" and not kept[i].source.strip())):
                del kept[i]
                changed = True
        for pair in (kept[:2], kept[-2:]):
            if len(pair) == 2 and all(item.kind == "tag" for item in pair) and not pair[0].closes and pair[1].closes:
                kept = kept[2:] if pair == kept[:2] else kept[:-2]
                changed = True
    return kept


class _Parts:
    """The values and the tags of a message, each under a name of its own."""

    def __init__(self) -> None:
        self.by_name: dict[str, str] = {}
        self._opened: list[str] = []

    def value(self, wanted: str, source: str) -> str:
        """``%(name)s``; the same source has the same name."""
        return f"%({self._name(wanted, source, '%({})s')})s"

    def tag(self, item: _Item) -> str:
        """``<a>``, ``<a2>`` for the second one, and its end."""
        if item.closes:
            return f"</{self._opened.pop()}>"
        name = self._name(item.name, None, "<{}>")
        self.by_name[f"<{name}>"] = item.source
        if item.name != "br":
            self.by_name[f"</{name}>"] = f"</{item.name}>"
            self._opened.append(name)
        return f"<{name}>"

    def _name(self, wanted: str, source: str | None, form: str) -> str:
        name, n = wanted, 1
        while form.format(name) in self.by_name and self.by_name[form.format(name)] != source:
            n += 1
            name = f"{wanted}{n}"
        if source is not None:
            self.by_name[form.format(name)] = source
        return name


def _in_message(item: _Item, parts: _Parts) -> str:
    if item.kind == "text":
        return re.sub(r"\s+", " ", item.source)
    if item.kind == "tag":
        return parts.tag(item)
    return parts.value("image" if item.kind == "picture" else _name_of_value(item.source.strip("{}- \n")), item.source)


def _name_of_value(expression: str) -> str:
    """What a value is called in a message: ``enquete.reponses | length`` is ``reponses``, ``formatNumber(n)`` is ``n``."""
    bare = re.sub(r'"[^"]*"|\'[^\']*\'', "", expression.split(" | ")[0])
    words = [match for match in re.finditer(r"[A-Za-z_]\w*(?!\w|\s*\()", bare) if match[0] not in _NO_NAME]
    whole = [match[0] for match in words if not bare.startswith((".", "?."), match.end())]
    return (whole or [match[0] for match in reversed(words)] or ["valeur"])[0]


_NO_NAME = frozenset(["length", "if", "else", "not", "and", "or"])


# ---- Scripts

_TAGGED = re.compile(r"(?<![\w$.'’])t`")
# With the blank line after it, where it is the only import.
_IMPORT = re.compile(
    r'(?:(?<=\n\n)import \{ t \} from "[./a-z]*texts\.js";\n\n|^import \{ t \} from "[./a-z]*texts\.js";\n)', re.M
)


def script_texts(source: str) -> list[SourceText]:
    """The texts of a script; those inside the values of another come after it."""
    return [
        replace(_of_literal(pieces), start=match.start(), end=end)
        for match in _TAGGED.finditer(source)
        for end, pieces in [_literal(source, match.end())]
    ]


def script_in_language(source: str, translate: Translate | None) -> str:
    """A script without its tags ``t``, its texts in another language; ``None``: in French."""
    source = _IMPORT.sub("", source)
    written, place = [], 0
    while match := _TAGGED.search(source, place):
        end, pieces = _literal(source, match.end())
        written += [source[place : match.start()], _script(pieces, translate)]
        place = end
    return "".join([*written, source[place:]])


def _script(pieces: Sequence[str], translate: Translate | None) -> str:
    text = _of_literal(pieces)
    values = {value: script_in_language(expression, translate) for value, expression in text.parts.items()}
    message = translate(text.message) if translate else text.message
    if message == text.message:
        written = [*pieces]
        written[1::2] = [f"${{{script_in_language(expression, translate)}}}" for expression in pieces[1::2]]
    else:
        written = re.split(r"(%\(\w+\)s)", message)
        written[::2] = [re.sub(r"[\\`]|\$(?={)", r"\\\g<0>", piece) for piece in written[::2]]
        written[1::2] = [f"${{{values[value]}}}" for value in written[1::2]]
    plain = len(written) == 1 and '"' not in written[0]
    return f'"{written[0]}"' if plain else f"`{''.join(written)}`"


def _of_literal(pieces: Sequence[str]) -> SourceText:
    parts = _Parts()
    message = "".join(
        piece.replace("\\u00a0", "\u00a0").replace("\\`", "`")
        if i % 2 == 0
        else parts.value(_name_of_value(piece), piece)
        for i, piece in enumerate(pieces)
    )
    return SourceText(0, 0, message, parts.by_name)


def _literal(source: str, start: int) -> tuple[int, list[str]]:
    """The end of a template literal and its pieces: texts and, between them, expressions. ``start``: after the first backtick."""
    pieces, i = [""], start
    while source[i] != "`":
        if source.startswith("${", i):
            end = _expression_end(source, i + 2)
            pieces += [source[i + 2 : end], ""]
            i = end + 1
        else:
            step = 2 if source[i] == "\\" else 1
            pieces[-1] += source[i : i + step]
            i += step
    return i + 1, pieces


def _expression_end(source: str, start: int) -> int:
    depth, i = 0, start
    while depth or source[i] != "}":
        if source[i] == "`":
            i = _literal(source, i + 1)[0]
            continue
        if source[i] in "\"'":
            i = source.index(source[i], i + 1)
        depth += (source[i] == "{") - (source[i] == "}")
        i += 1
    return i


# ---- Both

_PART = re.compile(r"%\(\w+\)s|</?[a-z]+\d*>")
_FIELD = re.compile(r"\{\w*\}")
_EDGES = re.compile(r"^\s*|\s*$")


def fault(message: str, translated: str) -> str:
    """What is wrong with a translation, in French; empty where nothing is."""
    wanted, given = (set(_PART.findall(text)) | set(_FIELD.findall(text)) for text in (message, translated))
    if missing := sorted(wanted - given):
        return f"il manque {', '.join(missing)} à « {translated} »."
    if more := sorted(given - wanted):
        return f"{', '.join(more)} est de trop dans « {translated} »."
    if not _closes(translated):
        return f"les balises de « {translated} » ne se ferment pas dans l’ordre où elles s’ouvrent."
    if _EDGES.findall(message) != _EDGES.findall(translated):
        return f"gardez les espaces au début et à la fin de « {translated} »."
    if sign := INVISIBLE.search(translated):
        return invisible(sign[0])
    rest = _FIELD.sub("", _PART.sub("", translated))
    if re.search(r"[<>\n]|\{[{%#]", rest) or (_FIELD.search(message) and re.search(r"[{}]", rest)):
        return f"« {translated} » : ni « < », ni « > », ni accolade, ni retour à la ligne."
    return ""


def _closes(translated: str) -> bool:
    opened: list[str] = []
    for end, name in re.findall(r"<(/?)([a-z]+\d*)>", translated):
        if not end and name != "br":
            opened.append(name)
        elif end and (not opened or opened.pop() != name):
            return False
    return not opened


def _html(message: str, text: SourceText) -> str:
    return _PART.sub(lambda part: text.parts[part[0]], message.replace('"', "&quot;"))


def _unescaped(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
