"""Numbers with units among the words of a query: a distance, inhabitants, euros, an age. Each is a filter that exists.

They filter only where nothing else can be meant: « ville de 20 000 habitants », « moins de 10 000 € », « 12-17 ans », « 50 km Alès »;
« 2 897 habitants » counts those of a récit, « 47 euros par mois » is no budget, « 6e » is a class, and after « Lyon » a part of the
city. Inhabitants and euros leave the query; ages stay, for récits write them. Twin: ``docs/assets/js/search/measures.js``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from inspiractions.base.text import fold

_APART = re.compile(r'"[^"]*"?|“[^”]*”?|«[^»]*»?|(?<!\S)-+[^\W\d_]\S*')
_AMOUNT = r"(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?)\s{0,3}(k(?=\s{0,3}€)|m(?=\s{0,3}€)|mille|millions?)?(?:\s{0,3}d['’])?\s{0,3}"
_RANGE = rf"(?:(moins de|jusqu['’]à|max(?:imum)?|<)|(plus de|au moins|>))?\s{{0,3}}{_AMOUNT}(?:(?:à|et|-|–)\s{{0,3}}{_AMOUNT})?"
_SIZE = re.compile(
    r"(?<!\w)((?:petites?|grandes?|moyennes?)?\s{0,3}(?:villes?|communes?|villages?|bourgs?|collectivités?)\s{1,3}(?:de|d['’]|a|ayant|comptant)\s{0,3})?"
    rf"(?:entre\s{{1,3}})?{_RANGE}hab(?:itants?|\.|(?!\w))",
    re.I,
)
_NOT_OF_A_CITY = re.compile(r"(?:pour|par|sur|quartiers? (?:de|d['’])|bassin (?:de|d['’]))\s{0,3}$", re.I)
_COST = re.compile(
    r"(?<!\w)((?:petits? )?budgets?\s{0,3}(?:de|d['’])?|coû?ts?\s{0,3}(?:de|d['’])?|coû?te|coûtant)?\s{0,3}"
    rf"(?:à\s{{1,3}}|pour\s{{1,3}}|entre\s{{1,3}})?{_RANGE}(?:€|euros?(?!\w))",
    re.I,
)
_EACH = re.compile(r"\s{0,3}(?:par|/|l['’]heure|de l['’]heure|chacun)", re.I)
# « région nantaise », « agglo lilloise »; « région parisienne » is the Île-de-France, « région dieppoise » an EPCI.
_OF_A_CITY = (
    r"(?=\s{1,3}(?!parisienn|dieppois|l[ée]zignan|ancien|fran[çc]ai|semain|urbain|humain|cantin|piscin|cuisin|m[ée]decin)"
    r"[^\W\d_]+(?:aise?|oise?|ienn?e?|aine?|ine?|a[nu]celle|ang(?:elle|eau)|anceau|eaude?)(?!\w))"
)
_OUTSKIRTS = "banlieue|périphérie|peripherie|environs|alentours"
_DISTANCE = re.compile(
    r"(?<!\w)(?:(?:(?:à|dans)\s{1,3})?(?:un\s{1,3}rayon\s{1,3}de\s{1,3})?(?:moins\s{1,3}de\s{1,3})?(\d{1,3})\s{0,3}(?:kms?|kilom[eè]tres?)(?!\w)"
    r"(?:\s{1,3}(?:à la ronde|alentour|aux alentours|autour))?(?:\s{1,3}(?:de|du)(?!\w)|\s{1,3}d['’])?"
    rf"|(?:(autour|aux alentours)|près|pres|[àa] c[ôo]t[ée]|à proximité|proche|(?:(?:dans\s{{1,3}})?(?:les|la)\s{{1,3}}|aux\s{{1,3}}|en\s{{1,3}})?(?:{_OUTSKIRTS})|(?<!d['’])agglo(?:m[ée]ration)?)"
    r"\s{1,3}(?:(?:de|du)(?!\w)|d['’])"
    rf"|(?:en\s{{1,3}})?banlieue(?!\w)|(r[ée]gion){_OF_A_CITY}|(?:agglo(?:m[ée]ration)?|m[ée]tropole|bassin){_OF_A_CITY}"
    rf"|et\s{{1,3}}(?:ses?\s{{1,3}}|sa\s{{1,3}})?(?:{_OUTSKIRTS})(?!\w))",
    re.I,
)
_AGE = re.compile(
    r"(?:(moins de|jusqu['’]à|[-<](?: de(?= ))?)\s{0,3}|(plus de|>|\+(?: de(?= ))?)\s{0,3})?([0-9]{1,3})(?:\s{0,3}(?:-|–|à|/|et)\s{0,3}-?([0-9]{1,3}))?\s{0,3}(ans?|mois)(?!\w)"
    r"(\s{0,3}(?:et plus|et \+|\+))?",
    re.I,
)
_CLASS = re.compile(
    r"(?<!\w)(?:(classes? de|élèves? de|elèves? de|eleves? de|collégiens de|niveau) )?"
    r"(?:(cp|c[em][12])|([3-6])(?:e|è|ème|eme|ième)|(sixième|cinquième))(?!\w)"
    r"(?!\s{0,3}(?:arr|arrondissements?|[âa]ge|édition|edition|sens|jour|journée|étage|forum|lieu|rencontres?|vague|colloque)(?!\w))",
    re.I,
)
_FIRST_YEAR = {
    "cp": 6, "ce1": 7, "ce2": 8, "cm1": 9, "cm2": 10, "6": 11, "sixieme": 11, "5": 12, "cinquieme": 12, "4": 13, "3": 14,
}  # fmt: skip
_NUMBERED_AREA = re.compile(r"(?:paris|lyon|marseille)\s{0,3}$", re.I)
_OTHER_CLASS = re.compile(r"(?:[3-6](?:e|è|ème|eme)|c[em][12])\s{0,3}(?:,|/|-|et|à|ou)?\s{0,3}$", re.I)
# Words of one age.
_PERSONS = (
    (re.compile(r"(?<!\w)(?:bébés?|bebes?|nourrissons?|nouveaux?-nés?|tout-petits)(?!\w)", re.I), (0, 3)),
    (re.compile(r"(?<!\w)(?:ados?|adolescente?s?|collégien(?:ne)?s?|collegien(?:ne)?s?)(?!\w)", re.I), (12, 17)),
    (re.compile(r"(?<!\w)(?:lycéen(?:ne)?s?|lyceen(?:ne)?s?)(?!\w)", re.I), (15, 18)),
    (re.compile(r"(?<!\w)(?:seniors?|séniors?|personnes? [âa]gées?|personnes? [âa]gees?)(?!\w)", re.I), (65, 120)),
)
OLDEST = 120
# About so many: a city of 19,000 is like one of 20,000.
_ABOUT = 0.8
_ROUND, _LEAST_CITY, _LEAST_COST = 500, 1000, 500
_NEAR, _AROUND, _FARTHEST = 20, 50, 300
# A longer text is no query that filters.
_LONGEST = 300
_SPACES = re.compile(r"\s+")
# « Suivi pendant 12 mois » tells how long.
_DURATION = re.compile(r"(?:pendant|durant|depuis|suivie?s?|dur[ée]e(?: de)?|tous les|il y a|sur|en)\s{1,3}$", re.I)
_UNIT = re.compile(r"(?<=\d)(\s{0,3})(?:ans?|mois)(?!\w)", re.I)
_BOUNDS = re.compile(r"(?:moins-de-(\d+)|(\d+)-(\d+|plus|et-plus))")


@dataclass(frozen=True)
class Measure:
    """``cle``: the filter, « age », « taille » or « cout »; ``first`` and ``last``: years, inhabitants or euros, both included.

    ``start`` and ``end``: where it stands in the query.
    """

    cle: str
    first: float
    last: float
    texte: str
    start: int
    end: int


@dataclass(frozen=True)
class Radius:
    """So many kilometres around the place that the query names."""

    km: int
    texte: str
    start: int
    end: int


@dataclass(frozen=True)
class Measures:
    """What a query says in numbers, in its order."""

    mesures: tuple[Measure, ...]
    rayon: Radius | None


def read_measures(q: str) -> Measures:
    """Nothing that stands in quotes, or is excluded, is a number that filters."""
    if len(q) > _LONGEST:
        return Measures((), None)
    text = _APART.sub(lambda passage: "\0" * len(passage[0]), q)
    mesures = (*_sizes(text), *_costs(text), *ages_in(text), *_persons(text))
    return Measures(tuple(sorted(mesures, key=lambda m: m.start)), _radius(text))


def ages_in(text: str) -> tuple[Measure, ...]:
    """The ages of a text, in years: « 12-17 ans », « 6e »; no words."""
    numbers = (
        _measure("age", _years(match), match)
        for match in _AGE.finditer(text)
        if not _DURATION.search(text[: match.start()])
    )
    return tuple(sorted((*numbers, *_classes(text)), key=lambda m: m.start))


def without_units(text: str) -> str:
    """A text without « ans » and « mois » after a number: they are no words to search."""
    return _UNIT.sub(r"\1 ", text)


def without_measures(q: str) -> str:
    """A query without its inhabitants and euros."""
    for some in read_measures(q).mesures:
        q = q if some.cle == "age" else _covered(q, some, " ")
    return _SPACES.sub(" ", q)


def without_radius(q: str, rayon: Radius) -> str:
    """A query without its distance, its places left out or not."""
    texte = _SPACES.sub(" ", rayon.texte)
    return _SPACES.sub(" ", _SPACES.sub(" ", q).replace(texte, " ", 1))


def hide_measures(text: str) -> str:
    """A text of the same length in which no number with a unit is left but ages; a distance says that a place comes: « à »."""
    read = read_measures(text)
    for some in read.mesures:
        text = text if some.cle == "age" else _covered(text, some, "\0")
    if not read.rayon:
        return text
    text = _covered(text, read.rayon, "\0")
    return f"{text[: read.rayon.start]}à{text[read.rayon.start + 1 :]}"


def values_for(mesure: Measure, ids: Iterable[str]) -> list[str]:
    """Of the values of a filter, those that a measure meets; what is meant for all ages is meant for each."""

    def meets(identifiant: str) -> bool:
        if mesure.cle == "age" and "-" not in identifiant:
            return True
        bounds = _bounds(identifiant, 0 if mesure.cle == "age" else 1)
        return bounds is not None and bounds[0] <= mesure.last and bounds[1] >= mesure.first

    return [identifiant for identifiant in ids if meets(identifiant)]


def _bounds(identifiant: str, less: int) -> tuple[float, float] | None:
    """« 4-11 », « 65-plus », « moins-de-2000 », « 200000-et-plus »; ``less``: how much before the end that is written it ends."""
    match = _BOUNDS.fullmatch(identifiant)
    if not match:
        return None
    if match[1]:
        return 0, int(match[1]) - less
    return int(match[2]), int(match[3]) - less if match[3].isdigit() else inf


def _covered(text: str, span: Measure | Radius, sign: str) -> str:
    return text[: span.start] + sign * (span.end - span.start) + text[span.end :]


def _radius(text: str) -> Radius | None:
    match = _DISTANCE.search(text)
    if not match:
        return None
    km = int(match[1]) if match[1] else _AROUND if match[2] or match[3] else _NEAR
    return Radius(km, match[0].strip(), match.start(), match.end()) if 1 <= km <= _FARTHEST else None


def _sizes(text: str) -> Iterator[Measure]:
    for match in _SIZE.finditer(text):
        city, up_to, over, first, times, second, times_of_second = match.groups()
        number = _number(first, times)
        certain = city or up_to or over or second or (number >= _LEAST_CITY and number % _ROUND == 0)
        if certain and not _NOT_OF_A_CITY.search(text[: match.start()]):
            yield _measure(
                "taille", _range(up_to, over, number, _number(second, times_of_second) if second else None), match
            )


def _costs(text: str) -> Iterator[Measure]:
    for match in _COST.finditer(text):
        budget, up_to, over, first, times, second, times_of_second = match.groups()
        numbers = _number(first, times), _number(second, times_of_second) if second else None
        certain = (budget or up_to or over or second) and max(numbers[0], numbers[1] or 0) >= _LEAST_COST
        if certain and not _EACH.match(text, match.end()):
            yield _measure("cout", _range(up_to, over, *numbers), match)


def _classes(text: str) -> Iterator[Measure]:
    for match in _CLASS.finditer(text):
        announced, early, number, word = match.groups()
        first = _FIRST_YEAR[fold(early or number or word)]
        before = text[: match.start()]
        certain = announced or early or word or int(number) > 4 or _OTHER_CLASS.search(before)
        if certain and not _NUMBERED_AREA.search(before):
            yield _measure("age", (first, first + 1), match)


def _persons(text: str) -> Iterator[Measure]:
    for pattern, ages in _PERSONS:
        yield from (_measure("age", ages, match) for match in pattern.finditer(text))


def _years(match: re.Match[str]) -> tuple[int, int]:
    years = 12 if match[5].lower() == "mois" else 1
    first, second = int(match[3]) // years, int(match[4] or match[3]) // years
    if match[1]:
        return 0, second
    return (first, OLDEST) if match[2] or match[6] else (min(first, second), max(first, second))


def _range(up_to: str | None, over: str | None, first: float, second: float | None) -> tuple[float, float]:
    if up_to:
        return 0, first - 1
    if over:
        return first, inf
    return (min(first, second), max(first, second) - 1) if second is not None else (first * _ABOUT, first / _ABOUT)


def _number(written: str, times: str | None) -> float:
    """« 20 000 », « 2,5 » and « millions »."""
    number = float(re.sub(r"[ .\u00a0\u202f]", "", written).replace(",", "."))
    if not times:
        return number
    return number * (1_000_000 if times.lower() in ("m", "million", "millions") else 1000)


def _measure(cle: str, span: tuple[float, float], match: re.Match[str]) -> Measure:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    texte = match[0].strip()
    return Measure(cle, *span, texte, start, start + len(texte))
