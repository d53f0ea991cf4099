"""The places that a query names, told from its other words. Twin: ``docs/assets/js/search/places.js``.

A name that the bank writes as a word, too (« tours », « réunion ») is a place where the bank mostly means the place by it, or
where the query says so: « à Tours », « Tours 37 », a capital inside. Else it stays a word, and the place is offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inspiractions.base.text import fold
from inspiractions.search.measures import ages_in, hide_measures
from inspiractions.search.places import Place
from inspiractions.search.stems import STOP_WORDS, stem

LONGEST_QUERY, MOST_ASKED = 40, 6
"""Words: a longer text is no query that names places; and from how many of them on a name of all France is looked for."""
_LONGEST_NAME = 9
_MOST_NAMESAKES = 3
_TOKEN = re.compile(r"[^\W_]+")
_APART = re.compile(r'"[^"]*"?|“[^”]*”?|«[^»]*»?|(?<!\S)-\S+')
_PERCENT = re.compile(r"\d+\s?%")
_INSIDE = re.compile(r"[\s\-'’ʼ.]*")
_FEMININE = re.compile("(?<=[a-z]{3}(?:ais|ois|ain|aud|ien))n?es?$|(?<=[a-z]{3}in)es?$")
# « 12 séances » may be told as « douze séances ».
_SPELT = {
    "10": "dix",
    "11": "onze",
    "12": "douze",
    "13": "treize",
    "14": "quatorze",
    "15": "quinze",
    "16": "seize",
    "20": "vingt",
    "30": "trente",
}
_HYPHEN = re.compile(r"-[^\W\d_]")
_SPACES, _EMPTY = re.compile(r"\s+"), re.compile(r"\(\s*\)")
_SAINT = {"st": "saint", "ste": "sainte"}
_ARTICLES = frozenset(("l", "la", "le", "les"))
_AREA_NUMBER, _POSTCODE = re.compile(r"\d\d|2[ab]|9[78]\d"), re.compile(r"\d{5}")
# What a number counts, and what goes before one that counts.
_UNITS = frozenset(
    """
    an ans annee annees mois semaine semaines jour jours h heure heures minute minutes euro euros km m pas habitants
    personnes places
    """.split()  # noqa: SIM905
)
_COUNTED = frozenset("moins plus covid sars annee annees zone a".split())  # noqa: SIM905
# « ville de Tours », « à Tours », « en Creuse », « dans le Lot ».
_BEFORE = frozenset(("a", "en", "dans"))
_OF = frozenset(("d", "de", "du", "des"))
_BODIES = frozenset(
    "ville mairie commune departement region metropole agglo agglomeration communaute prefecture".split()  # noqa: SIM905
)
# « Nantes métropole », « rennes agglo »: an EPCI of that name, else the city.
_METROPOLES = frozenset(("metropole", "agglo", "agglomeration"))
# They tell what a place is, and are no words to search beside it: « région Bretagne », « dept 62 », « ville de Rennes ».
_KINDS = frozenset("departement dept dpt dep dp region metropole agglo agglomeration".split())  # noqa: SIM905
# So are these before a link only: « contrat de ville Lyon ».
_CITY_OF = frozenset(("ville", "commune"))
# « Villeneuve-Saint-Georges » is no « Saint-Georges », « Neuilly-sur-Marne » no « Marne », « Seine-et-Oise » no « Oise ».
_SAINTS = frozenset(("saint", "sainte"))
_LINKS, _LINKS_INSIDE = frozenset(("sur", "sous", "les")), frozenset(("sur", "sous", "les", "en", "et"))
_RARE, _COMMONER = 2, 9
# The cities that are cut into arrondissements, and the number of their département.
_CUT = {"paris": "75", "lyon": "69", "marseille": "13"}
_ARRONDISSEMENT = re.compile(
    r"(?<!\w)(paris|lyon|marseille)\s{1,3}(1?[1-9]|[12]0)(?:er|i?[èe](?:me)?)?(?:\s{1,3}arr[^\W\d_]*\.?)?"
    r"(?!\s{0,3}(?:[\d%°€+/-]|(?:à|et|ou) \d|an|mois|km|min|jour|euro|semaine)|\w)",
    re.I,
)
_ORDINAL = re.compile(r"\d+(?:e|er)")
# What stands around a number that counts: « 38 °C », « 65+ », « 24h/24 ».
_COUNTS = re.compile(r"\+ ?\d|\d ?[°€+]|h/\d|\d/(?:24|\d)(?!\d)")


@dataclass(frozen=True)
class Tables:
    """What is known of places and of words.

    ``words``: the number of actions that have a stem; ``means``: whether two words are together an expression of the vocabularies; ``counts``: whether one has a number in its title or summary, and the
    stem of what it may count; ``actions``: the number that a place has.
    """

    near: Callable[[str], Sequence[Place]]
    france: Callable[[str], Sequence[Place]]
    words: Callable[[str], int]
    means: Callable[[str, str], bool]
    counts: Callable[[str, str], bool]
    actions: Callable[[Place], int]


@dataclass(frozen=True)
class Reading:
    """``reste``: the query without ``lieux``, which filter it; ``offerts``: places whose name was taken for a word.

    ``autres``: those of the same name, where there is one place.
    """

    reste: str
    lieux: tuple[Place, ...] = ()
    offerts: tuple[Place, ...] = ()
    autres: tuple[Place, ...] = ()


@dataclass(frozen=True)
class _Token:
    """A word of the query. ``joined``: nothing but a space, a hyphen or an apostrophe parts it from the one before.

    ``hyphen``: a hyphen and a word follow; ``distance``: so many kilometres stand there; ``counts``: a number with a unit.
    """

    word: str
    start: int
    end: int
    capital: bool
    joined: bool
    hyphen: bool
    distance: bool
    counts: bool


@dataclass
class _Name:
    """Words of the query that are the name of places; ``count``: how many actions bear them, 0 where none does.

    ``start`` and ``end``: the words to take off with it, which tell what it is (« ville de »).
    """

    first: int
    last: int
    places: list[Place]
    count: int
    sure: bool
    actions: int = 0
    absorbed: bool = False
    alone: bool = False
    start: int = -1
    end: int = -1

    @property
    def worth_offering(self) -> bool:
        """Not « Ars » to whoever looks for the ARS."""
        return not self.count or self.alone or self.actions * 20 > self.count


def read_places(q: str, tables: Tables) -> Reading:
    """The places of a query and the rest of it. Nothing that can be typed is an error."""
    q = _ARRONDISSEMENT.sub(_numbered_part, unicodedata.normalize("NFC", q))
    tokens = _tokens(q)
    if len(tokens) > LONGEST_QUERY:
        return Reading(q)
    names = _Names(tokens, tables, shouted=q.upper() == q).find()
    _tell_homonyms(names, tables.near)
    for name in names:
        _choose(name, tables.actions)
        _widen(name, tokens)
    sure = [name for name in names if name.sure and not name.absorbed]
    namesakes = [place for place in sure[0].places[1:] if place.genre != "village"] if len(sure) == 1 else []
    return Reading(
        _without(q, tokens, [name for name in names if name.sure or name.absorbed]),
        tuple(name.places[0] for name in sure),
        tuple(name.places[0] for name in names if not name.sure and not name.absorbed and name.worth_offering),
        tuple(namesakes[:_MOST_NAMESAKES]),
    )


class _Names:
    """Looks for the names among the words of one query."""

    def __init__(self, tokens: list[_Token], tables: Tables, shouted: bool) -> None:
        self._tokens, self._tables, self._shouted = tokens, tables, shouted
        self._asked: set[int] = set()

    def find(self) -> list[_Name]:
        """The longest name from each word on; none within another."""
        names: list[_Name] = []
        first = 0
        while first < len(self._tokens):
            name = self._at(first)
            names += [name] if name else []
            first = name.last + 1 if name else first + 1
        return names

    def _at(self, first: int) -> _Name | None:
        tokens = self._tokens
        last = first
        while last + 1 < len(tokens) and last - first + 1 < _LONGEST_NAME and tokens[last + 1].joined:
            last += 1
        for end in range(last, first - 1, -1):
            if name := self._named(first, end):
                return name
        return None

    def _named(self, first: int, last: int) -> _Name | None:
        span = self._tokens[first : last + 1]
        if span[0].word.isdigit() or _AREA_NUMBER.fullmatch(span[0].word):
            return self._numbered(first) if first == last else None
        heavy = [t for t in span if t.word not in STOP_WORDS and (len(t.word) > 2 or t.word in _SAINT)]
        if not heavy or self._ends_another(first):
            return None
        key = _key(span)
        part_of_city = len(span) == 2 and span[0].word in _CUT and bool(_ORDINAL.fullmatch(span[1].word))
        several = first < last and (len(heavy) > 1 or span[0].word not in _ARTICLES)
        # « Croix » of « Croix-Rouge » is no name.
        within = span[-1].hyphen or (first > 0 and self._tokens[first - 1].hyphen)
        capital = not (self._shouted or within) and all(t.capital for t in heavy) and (first > 0 or first < last)
        announced = several or capital or self._announced(first)
        # The table has « lyonnais », and not « lyonnaise ».
        places = list(self._tables.near(key) or self._tables.near(_FEMININE.sub("", key)))
        after = self._tokens[last + 1] if last + 1 < len(self._tokens) else None
        # « Croix-Rouge » and « paris sportifs » are expressions of the vocabularies.
        if places and after and first == last and self._tables.means(span[0].word, after.word):
            return None
        # « Nord » of « Nord Caraïbe » is a word of another name.
        if places and places[0].mot and after and after.joined and after.capital:
            announced = several or self._announced(first)
        if places and (announced or not places[0].mot):
            return _Name(first, last, places, 0, True)
        # Nor is « chauve » of « chauve-souris ».
        if not (places or (self._may_ask(first, span) and (span[0].capital or not within))):
            return None
        count = min(self._tables.words(stem(_SAINT.get(t.word, t.word))) for t in heavy)
        if part_of_city:
            # « Lyon 3e » is no class; « 18e », which récits write, is a word of theirs.
            if len(span[1].word) > 2 and count:
                return None
            count = 0
        # « Réunion d’information ».
        count *= _COMMONER if places and after and after.word in _OF else 1
        # « Vitré », alone: a name as much as a word.
        alone = len(self._tokens) == 1 and span[0].capital and not self._shouted
        far = first > 0 and self._tokens[first - 1].distance
        # « Rouge » of « Croix Rouge » is one, too.
        part = capital and count and first > 0 and span[0].joined and self._tokens[first - 1].capital
        asks = (capital and not part) or not count or alone or far or self._numbered_after(last)
        if not places and (asks or self._is_long(span, heavy, count)):
            self._asked.add(first)
            places = list(self._tables.france(key))
        if not places:
            return None
        # The name of a village, without a capital, is more often a word, be it after a distance: « marche 5 km bus ».
        village = places[0].genre == "village"
        # « La Creuse » is the département rather than a village of its name.
        if village and span[0].word in _ARTICLES and self._tables.near(_key(span[1:])):
            return None
        certain = (announced and not (far and village and count and not capital)) or (not count and not village)
        return _Name(first, last, places, count, certain, alone=alone and not village)

    def _ends_another(self, first: int) -> bool:
        """« Oise » of « Seine-et-Oise »."""
        before = self._tokens[first - 1] if first else None
        return before is not None and before.hyphen and before.joined and before.word in _LINKS_INSIDE

    def _is_long(self, span: list[_Token], heavy: list[_Token], count: int) -> bool:
        """Whether its words may be those of one long name, in small letters as well.

        « neuilly sur marne », « st lo »; « métropole de lyon » is no « Lyon », nor is « lyon métropole » or « grand lyon ».
        """
        inside = [_SAINT.get(t.word, t.word) for t in span[:-1]]
        joined = len(inside) > 1 and all(t.hyphen for t in span[:-1])
        if joined or (inside and inside[0] in _BODIES):
            return True
        if _SAINTS.isdisjoint(inside):
            unusual = len(heavy) > 1 and count <= _RARE
        else:
            # « saint jean » is that of the bank, « saint lo » none of its words.
            unusual = len(inside) > 1 or not self._tables.words(stem(span[1].word))
        if unusual:
            return True
        # « Salon de Provence » is all that was typed.
        links = {*_LINKS, "de"} if len(span) == len(self._tokens) else _LINKS
        ends = [span[i + 1 :] for i, word in enumerate(inside) if (word in links if i else word == "grand")]
        starts = [span[:end] for end in range(1, len(span))] if span[-1].word in _METROPOLES else []
        return any(self._tables.near(_key(part)) for part in (*ends, *starts))

    def _may_ask(self, first: int, span: list[_Token]) -> bool:
        """Whether a name of all France may begin and end so, and few were asked for."""
        starts_well = span[0].capital or span[0].word not in STOP_WORDS or span[0].word in _ARTICLES
        ends_well = span[-1].word == "or" or span[-1].word not in STOP_WORDS
        return starts_well and ends_well and self._may_ask_from(first)

    def _may_ask_from(self, first: int) -> bool:
        return first in self._asked or len(self._asked) < MOST_ASKED

    def _numbered_after(self, last: int) -> bool:
        """« Le Blanc 36 »."""
        return last + 1 < len(self._tokens) and bool(_AREA_NUMBER.fullmatch(self._tokens[last + 1].word))

    def _announced(self, first: int) -> bool:
        """Whether what stands before says that a place comes: « à », « en », « dans le », « ville de »."""
        before = ["", "", *(t.word for t in self._tokens[:first])][-2:]
        if before[1] in _BEFORE:
            return True
        return (before[1] in _ARTICLES and before[0] == "dans") or (before[1] in _OF and before[0] in _BODIES)

    def _numbered(self, first: int) -> _Name | None:
        """« 93 », « 46000 », but neither « 18 ans » nor « 11-17 »."""
        tokens, here = self._tokens, self._tokens[first]
        area = _AREA_NUMBER.fullmatch(here.word)
        before, after = tokens[first - 1] if first else None, tokens[first + 1] if first + 1 < len(tokens) else None
        if here.counts or (after and (after.word in _UNITS or (after.joined and after.word.isdigit()))):
            return None
        if before and (before.word in _COUNTED or (here.joined and before.word.isdigit())):
            return None
        # « moins de 25 »; « Paris 18 » is a part of Paris, and no Cher.
        if before and before.word == "de" and first > 1 and tokens[first - 2].word in _COUNTED:
            return None
        if not (area or (_POSTCODE.fullmatch(here.word) and self._may_ask_from(first))):
            return None
        if not area:
            self._asked.add(first)
        places = list((self._tables.near if area else self._tables.france)(here.word))
        count = self._tables.words(stem(here.word)) if places else 0
        # « 81 cours d’école » counts what an action counts.
        numbers = filter(None, (here.word if count else "", _SPELT.get(here.word, "")))
        if after and any(self._tables.counts(stem(number), stem(after.word)) for number in numbers):
            return None
        # Inside a query, a number counts something more often than it names a département.
        at_an_end = first in (0, len(tokens) - 1)
        return _Name(first, first, places, count, at_an_end or not count) if places else None


def _key(span: Sequence[_Token]) -> str:
    return " ".join(_SAINT.get(t.word, t.word) for t in span)


def _numbered_part(match: re.Match[str]) -> str:
    """« Paris 18 », « Lyon 8ème » as « Paris 18e », « Lyon 8e », which récits write; « Marseille 13 » is the département as well."""
    city, number = match[1], match[2]
    if number == _CUT[city.lower()]:
        return match[0]
    return f"{city} {number}{'er' if number == '1' else 'e'}"


def _widen(name: _Name, tokens: Sequence[_Token]) -> None:
    """Takes off with a name the words that tell what it is."""
    name.start, name.end = name.first, name.last
    before = [t.word for t in tokens[: name.first]]
    links = 0
    while before and before[-1] in (*_OF, *_ARTICLES) and links < 2:
        before.pop()
        links += 1
    if before and (before[-1] in _KINDS or (links and before[-1] in _CITY_OF)):
        name.start = len(before) - 1
    if name.last + 1 < len(tokens) and tokens[name.last + 1].word in _METROPOLES and tokens[name.last + 1].joined:
        name.end += 1


def _choose(name: _Name, actions: Callable[[Place], int]) -> None:
    """Of homonyms, the place that has most actions; then whether the bank mostly means a place by that word."""
    counts = [actions(place) for place in name.places]
    name.actions = max(counts)
    best = counts.index(name.actions)
    name.places.insert(0, name.places.pop(best))
    name.sure = name.sure or (name.actions > 0 and name.actions * 2 >= name.count)


def _tell_homonyms(names: list[_Name], near: Callable[[str], Sequence[Place]]) -> None:
    """« Saint-Denis 974 », « Le Blanc (Indre) »: an area that holds another place of the query tells which one it is."""
    for area in names:
        for name in names:
            inside = [] if name is area else [p for p in name.places if any(_holds(a, p, near) for a in area.places)]
            if inside:
                name.places, name.sure, area.absorbed = inside, True, True


def _holds(area: Place, place: Place, near: Callable[[str], Sequence[Place]]) -> bool:
    if place.genre not in ("commune", "village", "epci"):
        return False
    if area.genre == "postal":
        return place.codes[0] in area.codes
    departement = near(place.autour.lower())[:1]
    return f"d-{place.autour}" in area.codes or any(area.nom in (d.nom, d.autour) for d in departement)


def _tokens(q: str) -> list[_Token]:
    """The words that may name places: what stands in quotes, or is excluded, does not."""
    masked = hide_measures(_APART.sub(lambda passage: "\0" * len(passage[0]), q))
    masked = _PERCENT.sub(lambda share: " " * len(share[0]), masked)
    ages = [(age.start, age.end) for age in ages_in(masked)]
    tokens: list[_Token] = []
    for token in _TOKEN.finditer(masked):
        if word := fold(token[0]):
            joined = bool(tokens) and bool(_INSIDE.fullmatch(masked, tokens[-1].end, token.start()))
            hyphen = bool(_HYPHEN.match(masked, token.end()))
            distance = masked[token.end() : token.end() + 1] == "\0"
            around = masked[max(0, token.start() - 3) : token.end() + 3]
            counts = bool(_COUNTS.search(around)) or any(a <= token.start() and token.end() <= b for a, b in ages)
            # « ARS » is no Ars.
            capital = token[0][0].isupper() and not token[0][1:2].isupper()
            tokens.append(_Token(word, token.start(), token.end(), capital, joined, hyphen, distance, counts))
    return tokens


def _without(q: str, tokens: list[_Token], names: Sequence[_Name]) -> str:
    """The query without some names; where one was the last word, the space that stays says that no word is unfinished."""
    kept: list[str] = []
    end = 0
    for name in names:
        kept.append(q[end : tokens[name.start].start])
        end = tokens[name.end].end
    return _SPACES.sub(" ", _EMPTY.sub(" ", " ".join((*kept, q[end:])))).lstrip()
