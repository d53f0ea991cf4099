"""What a reader would see change between two states of the fiches, sentence by sentence: what a reviewer reads in place of a diff.

The récit is compared as the page shows it, with its bold, links, lists and tables: signs that were lost show as well as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from inspiractions.base.files import RawFile
from inspiractions.base.markdown import to_html
from inspiractions.base.problem import escape_markdown
from inspiractions.model.action import Action
from inspiractions.model.source import Source, Value, decode_fiche, is_blank
from inspiractions.model.types import FicheField, champs_de

Sentences = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One place of a fiche (a key, a rubrique) where sentences went, came, or took the place of others."""

    place: str
    before: Sentences
    after: Sentences


@dataclass(frozen=True)
class FicheChanges:
    """All that changes in a fiche. ``state``: French, what became of the file; ``changes`` is empty where it is new or gone."""

    path: str
    titre: str
    state: str
    changes: tuple[Change, ...] = ()


def find_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[FicheChanges]:
    """The fiches that differ, by name; ``before`` and ``after``: the files of ``actions/`` by their name from the root of the content.

    A fiche that bears a gone one among its ``anciens_ids`` is that one, renamed.
    """
    sources = {name: _read(name, content) for name, content in after.items() if before.get(name) != content}
    renamed = {
        f"actions/{old}.md": name
        for name, source in sources.items()
        for old in _texts(source.meta.get("anciens_ids") if source else None)
        if name not in before and f"actions/{old}.md" in before.keys() - after.keys()
    }
    for name in sorted(before.keys() - after.keys() - renamed.keys()):
        yield FicheChanges(name, _titre(_read(name, before[name])), "effacée")
    names = {name: old for old, name in renamed.items()}
    for name, source in sorted(sources.items(), key=lambda item: item[0]):
        old_name = names.get(name, name)
        old = _read(old_name, before[old_name]) if old_name in before else None
        if old_name not in before:
            yield FicheChanges(name, _titre(source), "nouvelle")
        elif source is None or old is None:
            yield FicheChanges(name, _titre(source or old), "illisible avant ou après : la vérification dit pourquoi")
        else:
            state = f"renommée, elle était {old_name}" if old_name != name else "modifiée"
            yield FicheChanges(name, _titre(source), state, tuple(_compare(sentences_of(old), sentences_of(source))))


def sentences_of(source: Source) -> Mapping[str, Sentences]:
    """What a fiche says, by place: each key by its French title, each rubrique of the récit as the page shows it."""
    champs = champs_de(Action)
    by_place = {
        champs[cle].titre if cle in champs else cle: tuple(_of_value(value, champs.get(cle)))
        for cle, value in source.meta.items()
        if not is_blank(value)
    }
    parts = [("récit, avant la première rubrique", source.preamble)]
    parts += [(f"récit, {section.titre}", section.texte) for section in source.sections]
    for place, texte in parts:
        by_place[place] = (*by_place.get(place, ()), *_of_html(to_html(texte)))
    return by_place


def as_markdown(changed: Iterable[FicheChanges]) -> str:
    """The same as a comment: in each pair of sentences, what differs is in bold."""
    fiches = list(changed)
    n = len(fiches)
    lines = [f"### Ce qui change : {n} fiche{'s' * (n > 1)}" if fiches else "### Ce qui change : aucune fiche"]
    for fiche in fiches[:_SHOWN]:
        name = fiche.path.replace("`", "'")
        lines += ["", f"**{escape_markdown(fiche.titre)}** (`{name}`), {escape_markdown(fiche.state)}", ""]
        if fiche.state == "modifiée" and not fiche.changes:
            lines.append("- Le fichier est écrit autrement ; rien ne change pour le lecteur.")
        for change in fiche.changes:
            lines.append(f"- {escape_markdown(change.place)}")
            lines += _pairs(change)
    if n > _SHOWN:
        rest = n - _SHOWN
        lines += ["", f"Et {rest} autre{'s' * (rest > 1)} : {', '.join(f'`{f.path}`' for f in fiches[_SHOWN:])}"]
    return "\n".join(lines)


# A comment that nobody reads to the end tells nothing.
_SHOWN = 40


def _pairs(change: Change) -> Iterator[str]:
    if len(change.before) != len(change.after):
        yield from (f"  - ôté : {escape_markdown(sentence)}" for sentence in change.before)
        yield from (f"  - ajouté : {escape_markdown(sentence)}" for sentence in change.after)
        return
    for old, new in zip(change.before, change.after, strict=True):
        old_words, new_words = old.split(" "), new.split(" ")
        blocks = SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes()
        yield f"  - avant : {_in_bold((old_words[a:b], tag) for tag, a, b, _, _ in blocks)}"
        yield f"  - après : {_in_bold((new_words[a:b], tag) for tag, _, _, a, b in blocks)}"


def _in_bold(blocks: Iterable[tuple[list[str], str]]) -> str:
    texts = ((escape_markdown(" ".join(words)), tag) for words, tag in blocks if words)
    return " ".join(text if tag == "equal" else f"**{text}**" for text, tag in texts)


def _read(name: str, content: bytes) -> Source | None:
    return decode_fiche(RawFile(name, content, len(content)))[0]


def _titre(source: Source | None) -> str:
    titre = source.meta.get("titre") if source else None
    return titre if isinstance(titre, str) and titre else "Sans titre"


def _texts(value: Value) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _compare(before: Mapping[str, Sentences], after: Mapping[str, Sentences]) -> Iterator[Change]:
    for place in dict.fromkeys([*after, *before]):
        old, new = before.get(place, ()), after.get(place, ())
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield Change(place, tuple(old[a:b]), tuple(new[c:d]))


def _of_value(value: Value, champ: FicheField | None) -> Iterator[str]:
    if isinstance(value, dict):
        enfants = champ.enfants if champ else {}
        parts = {
            enfants[cle].titre if cle in enfants else cle: " ; ".join(_of_value(part, enfants.get(cle)))
            for cle, part in value.items()
            if not is_blank(part)
        }
        yield ", ".join(f"{titre} : {part}" for titre, part in parts.items())
    elif isinstance(value, list):
        for item in value:
            yield from _of_value(item, champ)
    else:
        yield from _cut(value or "")


_END = re.compile(r"(?<=[.!?…])\s+(?=[«(*\w])")


def _cut(text: str) -> list[str]:
    """A text by its sentences; one cut too much costs nothing."""
    return [" ".join(sentence.split()) for sentence in _END.split(text) if sentence.strip()]


def _of_html(html: str) -> Sequence[str]:
    reader = _Sentences()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.sentences


_INLINE = {"strong": "**", "em": "*", "code": "`", "del": "~~"}
_BLOCKS = frozenset(
    ["p", "li", "ul", "ol", "blockquote", "pre", "table", "tr", "th", "td", "hr", "h1", "h2", "h3", "h4", "h5", "h6"]
)
# What a block that holds text is, where it is no paragraph.
_KINDS = {"li": "•", "blockquote": ">", "pre": "code :", "th": "colonne :", "td": "case :", **{f"h{n}": "#" * n for n in range(1, 7)}}  # fmt: skip


class _Sentences(HTMLParser):
    """Reads a page by its sentences, each with the blocks it stands in and the signs that its bold, links and code are made of."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self._text = ""
        self._blocks: list[tuple[str, str]] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self.end_block()
            self._open(tag, given)
        elif tag == "a":
            self._links.append(given.get("href") or "")
            self._text += "["
        elif tag == "img":
            self._text += f"![{given.get('alt') or ''}]({given.get('src') or ''})"
        elif tag == "br":
            self.end_block()
        elif not (tag == "code" and self._inside("pre")):
            self._text += _INLINE.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            while self._blocks and self._blocks.pop()[0] != tag:
                pass
        elif tag == "a" and self._links:
            self._text += f"]({self._links.pop()})"
        elif not (tag == "code" and self._inside("pre")):
            self._text += _INLINE.get(tag, "")

    def handle_data(self, data: str) -> None:
        if not self._inside("pre"):
            self._text += data
            return
        for line in data.split("\n"):
            # In code, blanks are seen.
            if line.strip():
                self.sentences.append(f"{self._kind()}{line}")

    def end_block(self) -> None:
        """What was read since the last block is said whole."""
        self.sentences += [f"{self._kind()}{sentence}" for sentence in _cut(self._text)]
        self._text = ""

    def _open(self, tag: str, given: Mapping[str, str | None]) -> None:
        if tag == "hr":
            self.sentences.append("―――")
            return
        kind = _KINDS.get(tag, "")
        if tag == "li" and [name for name, _ in self._blocks if name in ("ul", "ol")][-1:] == ["ol"]:
            kind = "n°"
        if align := given.get("align"):
            kind = f"{kind[:-2]} ({align}) :"
        self._blocks.append((tag, kind))

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._blocks)

    def _kind(self) -> str:
        return "".join(f"{kind} " for _, kind in self._blocks if kind)
