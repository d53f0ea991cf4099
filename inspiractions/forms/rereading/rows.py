"""What a form for re-reading asks: one row a key of the schema, one a rubrique, with what the fiche says of it.

A rubrique is paragraphs that one mends in Word, each with the Markdown that it comes from; and the other way. What nobody
changed keeps its Markdown to the sign: it is never written anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal

from inspiractions.base.markdown import to_inline_html
from inspiractions.forms.drafting.draft import echapper
from inspiractions.forms.reading.document import Morceau, Paragraphe
from inspiractions.model.action import added_rubrique, fiche_model, rubrique_de
from inspiractions.model.source import Source, Value
from inspiractions.model.types import FicheField, champs_de
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.story.labels import MOIS

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)]) +(?P<text>\S.*)")
_HEADING = re.compile(r" {0,3}#{3,6} +(?P<text>.*?)(?: +#+)? *")
_TYPED_ITEM = re.compile(r"^[-–—•]\s+(?=\S)")
# What would open a heading, a quotation, a list or a table at the start of a line of Markdown.
_OPENING = re.compile(r"^(#+|>|\||={2,}|-{2,}|~{3,}|[-+](?=\s))")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s)")
# What word processors change by themselves while one types.
_TYPED_SIGNS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "…": "...",
        "\u00ad": None,
    }
)  # fmt: skip
_INSIDE_QUOTES = re.compile(r'(?<=")\s+|\s+(?=")')


def likeness(text: str) -> str:
    """What two writings of a text have in common: spaces, quotes, apostrophes and dashes of any kind are one."""
    plain = " ".join(unicodedata.normalize("NFC", text).translate(_TYPED_SIGNS).split())
    return _INSIDE_QUOTES.sub("", plain) if '"' in plain else plain


@dataclass(frozen=True)
class Block:
    """A paragraph, an item of a list, a heading.

    ``kind``: « texte », « puce », « numero » or « titre »; ``source``: its lines of Markdown; ``before``: the line breaks
    that part it from the block before.
    """

    kind: str
    level: int
    runs: tuple[Morceau, ...]
    source: str
    before: str

    @property
    def text(self) -> str:
        """What one reads."""
        return "".join(run.texte for run in self.runs)


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a rubrique; a table or a block of code is one paragraph a line, its signs shown as they are typed."""
    blocks: list[Block] = []
    lines: list[str] = []
    before = ""
    gap = "\n"

    def end() -> None:
        if lines:
            blocks.append(_block(lines, before if blocks else ""))
            lines.clear()

    for line in markdown.strip("\n").split("\n"):
        if not line.strip():
            end()
            gap += f"{line}\n"
            continue
        opens = bool(_ITEM.fullmatch(line) or _HEADING.fullmatch(line) or line.lstrip()[:1] in "|>`~")
        if not lines or opens or _HEADING.fullmatch(lines[0]):
            end()
            before = gap
        lines.append(line)
        gap = "\n"
    end()
    return tuple(blocks)


def _block(lines: Sequence[str], before: str) -> Block:
    source = "\n".join(lines)
    kind, level, text = "texte", 0, source
    if item := _ITEM.fullmatch(lines[0]):
        kind = "puce" if item["mark"] in "-*+" else "numero"
        level, text = (len(item["indent"]) + 3) // 4, "\n".join([item["text"], *map(str.strip, lines[1:])])
    elif heading := _HEADING.fullmatch(lines[0]):
        kind, text = "titre", heading["text"]
    return Block(kind, min(level, 3), runs_of(text), source, before)


def runs_of(markdown: str) -> tuple[Morceau, ...]:
    """The runs of one paragraph: bold, links, and the words of anything else."""
    if not re.search(r"[\\`*_\[\]<>&\n~|:#]", markdown):
        return (Morceau(markdown),)
    reader = _RunReader()
    reader.feed(to_inline_html(markdown))
    reader.close()
    return tuple(run for run in reader.runs if run.texte)


class _RunReader(HTMLParser):
    """The runs of a paragraph of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[Morceau] = []
        self._bold, self._link = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "strong":
            self._bold += 1
        elif tag == "a":
            self._link = dict(attrs).get("href") or ""
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self._bold -= 1
        elif tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        self.runs.append(Morceau(data.replace("\n", " "), gras=self._bold > 0, lien=self._link))


def lines_of(paragraphs: Iterable[Paragraphe]) -> list[Paragraphe]:
    """The paragraphs of a cell that say something, one a line break."""
    lines: list[Paragraphe] = []
    for paragraph in paragraphs:
        runs: list[Morceau] = []
        for run in paragraph.morceaux:
            first, *others = run.texte.split("\n")
            runs.append(Morceau(first, run.gras, run.lien))
            for other in others:
                lines.append(Paragraphe(tuple(runs), paragraph.liste, paragraph.niveau, paragraph.titre))
                runs = [Morceau(other, run.gras, run.lien)]
        lines.append(Paragraphe(tuple(runs), paragraph.liste, paragraph.niveau, paragraph.titre))
    return [line for line in lines if line.texte.strip()]


def same(blocks: Sequence[Block], lines: Sequence[Paragraphe]) -> bool:
    """Whether a city left a rubrique as it was."""
    return [likeness(block.text) for block in blocks] == [likeness(_plain(line)) for line in lines]


def merged(blocks: Sequence[Block], lines: Sequence[Paragraphe]) -> str:
    """The Markdown of a rubrique with the paragraphs of a city: those that it left keep their own."""
    before = [likeness(block.text) for block in blocks]
    after = [likeness(_plain(line)) for line in lines]
    written: list[tuple[str, str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            written += [(block.kind, block.source, block.before) for block in blocks[i:j]]
        else:
            # A mended item stays an item, where a word processor lost the look of its list.
            models = blocks[i:j] if j - i == m - k else ()
            written += [(*_markdown(line, models[n] if models else None), "") for n, line in enumerate(lines[k:m])]
    text = ""
    for n, (kind, source, gap) in enumerate(written):
        if n:
            items = kind == written[n - 1][0] and kind in ("puce", "numero")
            text += gap or ("\n" if items else "\n\n")
        text += source
    return text


def _plain(line: Paragraphe) -> str:
    """The words of a paragraph, without a dash typed for a bullet."""
    return _TYPED_ITEM.sub("", line.texte.strip(), count=1) if not line.liste else line.texte


def _markdown(line: Paragraphe, model: Block | None) -> tuple[str, str]:
    """The kind of a paragraph, and its Markdown."""
    typed = _TYPED_ITEM.match(line.texte.strip())
    kind = line.liste or ("puce" if typed else "titre" if line.titre else model.kind if model else "texte")
    level = line.niveau if line.liste or not model else model.level
    text = inline_markdown(line.morceaux)
    if typed and not line.liste:
        text = text[len(typed[0]) :]
    if kind in ("puce", "numero"):
        return kind, "    " * min(level, 3) + ("- " if kind == "puce" else "1. ") + text
    if kind == "titre":
        return kind, f"### {text}"
    return kind, _NUMBER.sub(r"\1\\\2", _OPENING.sub(r"\\\1", text))


def inline_markdown(runs: Sequence[Morceau]) -> str:
    """Runs as Markdown: links, bold words; a paragraph that is bold as a whole is not."""
    joined: list[Morceau] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.gras, last.lien) == (run.gras, run.lien):
            joined[-1] = Morceau(last.texte + run.texte, run.gras, run.lien)
        elif run.texte:
            joined.append(run)
    whole = all(run.gras for run in joined if run.texte.strip())
    return "".join(_run(run, not whole) for run in joined).strip()


def _run(run: Morceau, may_be_bold: bool) -> str:
    text = echapper(run.texte)
    core = text.strip()
    if not core:
        return text
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if run.lien.startswith("https://"):
        core = f"[{core}]({run.lien})"
    if run.gras and may_be_bold:
        core = f"**{core}**"
    return f"{start}{core}{end}"


Kind = Literal["text", "lines", "boxes", "names", "month", "links", "districts", "story"]
"""How a row is shown and read: a text; a text a line; boxes to tick; names of a vocabulary, one a line; a month; titles
and addresses; names and codes of neighbourhoods; a rubrique of the récit."""

# What no city is asked: what the bank says of the fiche itself, what it keeps elsewhere.
_NOT_ASKED = frozenset(
    [
        "campagne", "inspiree_de", "connaissance", "sources", "illustrations", "champs_deduits", "a_verifier", "empreinte", "chiffre_cle", "a_la_une",
        "date_redaction", "date_publication", "verifie_le", "statut", "anciens_ids", "licence", "consentements",
    ]
)  # fmt: skip
# Beyond, a list of boxes fills a page: names are typed, one a line.
_MOST_BOXES = 20
# Beyond, they follow one another in one paragraph.
_MOST_LINES = 7
_STORY = "recit."


@dataclass(frozen=True)
class Row:
    """One row. ``place``: where it stands in the fiche, ``budget.financeurs``, ``recit.contexte``.

    ``shown``: what the fiche says, a line each (of boxes: the ids); ``blocks``: the same of a rubrique. ``options``: what
    the boxes or the names say, by id. ``one``: a single box may be ticked. ``key``: what ``champs_deduits`` calls it, and
    ``deduced`` whether it does.
    """

    place: str
    label: str
    help: str
    kind: Kind
    shown: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    options: Mapping[str, str] | None = None
    one: bool = False
    key: str = ""
    deduced: bool = False

    @property
    def of_story(self) -> bool:
        """Whether it is a rubrique of the récit."""
        return self.kind == "story"

    @property
    def empty(self) -> bool:
        """Whether the fiche says nothing of it."""
        return not self.shown and not self.blocks

    @property
    def flows(self) -> bool:
        """Whether its boxes follow one another in one paragraph, being many."""
        return len(self.options or ()) > _MOST_LINES

    @property
    def readable(self) -> tuple[str, ...]:
        """What the fiche says, as one reads it."""
        if self.kind == "boxes" and self.options:
            return tuple(self.options.get(one, one) for one in self.shown)
        return tuple(block.text for block in self.blocks) if self.of_story else self.shown


def rows_of(source: Source, vocabulaires: Vocabulaires) -> tuple[Row, ...]:
    """The rows of a fiche, in the order of the form."""
    deduced = source.meta.get("champs_deduits")
    keys = frozenset(str(key) for key in deduced) if isinstance(deduced, list) else frozenset()
    identity = [
        row
        for champ in champs_de(fiche_model(vocabulaires)).values()
        for row in _of_field(champ, source.meta, vocabulaires, keys)
    ]
    labels = {row.label for row in identity}
    return (*identity, *_of_story(source, vocabulaires, keys, labels))


def _of_field(
    champ: FicheField, meta: Mapping[str, Value], vocabulaires: Vocabulaires, deduced: frozenset[str]
) -> Iterator[Row]:
    if champ.cle in _NOT_ASKED:
        return
    value = meta.get(champ.cle)
    if champ.genre == "groupe" and not champ.liste:
        inner = value if isinstance(value, dict) else {}
        for enfant in champ.enfants.values():
            label = f"{champ.titre} : {enfant.titre.lower()}"
            if row := _row(enfant, inner.get(enfant.cle), vocabulaires, (f"{champ.cle}.{enfant.cle}", label)):
                yield _deduced(row, champ.cle, deduced)
    elif row := _row(champ, value, vocabulaires, (champ.cle, champ.titre)):
        yield _deduced(row, champ.cle, deduced)


def _deduced(row: Row, key: str, deduced: frozenset[str]) -> Row:
    return replace(row, key=key, deduced=key in deduced)


def _row(champ: FicheField, value: Value, vocabulaires: Vocabulaires, where: tuple[str, str]) -> Row | None:
    """``where``: its place and its label."""
    place, label = where
    items = value if isinstance(value, list) else [value] if isinstance(value, str) and value else []
    texts = [item for item in items if isinstance(item, str)]
    groups = [item for item in items if isinstance(item, dict)]
    if champ.genre in ("terme", "choix"):
        options = (
            {terme.id: terme.libelle for terme in vocabulaires[champ.vocabulaire]}
            if champ.vocabulaire
            else {choice: choice for choice in champ.choix}
        )
        if len(options) <= _MOST_BOXES:
            shown = tuple(one for one in options if one in texts)
            return Row(place, label, champ.description, "boxes", shown, options=options, one=not champ.liste)
        names = tuple(options.get(one, one) for one in texts)
        return Row(place, label, _one_a_line(champ.description), "names", names, options=options, one=not champ.liste)
    if champ.genre == "mois":
        return Row(place, label, champ.description, "month", tuple(map(month_in_words, texts)))
    if champ.genre == "groupe" and champ.enfants.keys() == {"titre", "url"}:
        shown = tuple(f"{one.get('titre') or ''} : {one.get('url') or ''}" for one in groups)
        return Row(place, label, "Un par ligne : le titre, puis « : » et son adresse.", "links", shown)
    if champ.genre == "groupe" and champ.enfants.keys() == {"nom", "code"}:
        shown = tuple(f"{one['nom']} ({one['code']})" if one.get("code") else str(one.get("nom")) for one in groups)
        return Row(place, label, "Un par ligne, avec son code si vous le connaissez.", "districts", shown)
    if champ.genre == "groupe":
        return None
    if champ.liste:
        return Row(place, label, _one_a_line(champ.description), "lines", tuple(texts))
    shown = tuple(line.strip() for text in texts for line in text.split("\n") if line.strip())
    return Row(place, label, champ.description, "text", shown)


def _one_a_line(description: str) -> str:
    return description if "par ligne" in description else f"{description} Un par ligne."


def month_in_words(month: str) -> str:
    """``2019-09`` → « septembre 2019 »; a year, or what is no month, as it is."""
    year, _, number = month.partition("-")
    return f"{MOIS[int(number) - 1]} {year}" if number.isdigit() and 1 <= int(number) <= 12 else month


def _of_story(
    source: Source, vocabulaires: Vocabulaires, deduced: frozenset[str], taken: Iterable[str]
) -> Iterator[Row]:
    """Every canonical rubrique, and those that the fiche adds, each after the one that it follows."""
    rubriques = vocabulaires["rubriques"]
    written: dict[str, tuple[str, str]] = {}
    added: dict[str, list[str]] = {}
    last = ""
    for section in source.sections:
        canonical = rubrique_de(section.titre, rubriques)
        place = canonical.id if canonical else added_rubrique(section.titre)
        if place in written:
            continue
        written[place] = (section.titre, section.texte)
        if canonical:
            last = place
        else:
            added.setdefault(last, []).append(place)
    order = [*added.get("", ()), *(one for terme in rubriques for one in (terme.id, *added.get(terme.id, ())))]
    labels = set(taken)
    for place in order:
        terme = rubriques.termes.get(place)
        title, text = written.get(place, ("", ""))
        label = terme.libelle if terme else title
        yield Row(
            place_of(place),
            f"Récit : {label}" if label in labels else label,
            terme.definition if terme else "Un titre que la ville a ajouté.",
            "story",
            blocks=blocks_of(text) if text.strip() else (),
            key=place,
            deduced=place in deduced,
        )
        labels.add(label)


def place_of(rubrique: str) -> str:
    """Where a rubrique stands."""
    return f"{_STORY}{rubrique}"


def rubrique_of(place: str) -> str:
    """The id of the rubrique that a place names."""
    return place.removeprefix(_STORY)
