"""What a form for re-reading asks: one row a key of the schema, one a rubrique, with what the fiche says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from inspiractions.forms.rereading.blocks import Block, blocks_of
from inspiractions.model.action import added_rubrique, fiche_model, rubrique_de
from inspiractions.model.schema import FicheField, champs_de
from inspiractions.model.source import Source, Value
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.story.labels import MOIS

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
