"""The places that a query may name: communes, EPCI, EPT, départements, régions, former régions, short names, postcodes.

Two tables by key (``model/territoire.py``, ``name_key``): the *near* one, with the areas, the cities of the bank and those that
its récits name, which any query may ask; and the whole of France, which is asked only for what the bank does not know. A file of a table is some lines
``key⇥genre⇥name⇥codes⇥around⇥lon⇥lat⇥word``; an empty key is that of the name, the ends of a line that are empty are left out.
"""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import NamedTuple
from zlib import crc32

from inspiractions.base.digests import digest
from inspiractions.base.kept_values import kept
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Serie, compressed, serie
from inspiractions.base.text import fold
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Referentiel, bare_name_key, name_key, name_keys, official_name
from inspiractions.search import prepared
from inspiractions.search.postings import gaps
from inspiractions.search.stems import ByPiece
from inspiractions.search.texts import Texts, weighted_texts

SHARD = 30_000
"""Bytes of a file before compression: some 11 KB after."""
_SPARSE = 100
"""One in so many of the names that the near table does not have is taken for one of it: its file is opened for nothing."""
SMALL, BIG = 2_000, 20_000
"""Inhabitants: below the first, a commune's name alone is not taken for the commune (``place_reading.py``); from the second on, it
names the commune wherever a récit writes it with a capital."""

# « collectivités » without actions of cities: nobody lives there, or nobody is asked.
_NO_REGION = ("984", "989")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HYPHENATED = re.compile(r"(?<![\w-])([^\W\d_]{2,})(?:-[^\W\d_]+)+")
_NAME_PART = re.compile(r"[^\W_]+")
# Up to six words that nothing else parts, from one that may have a capital.
_NAME_RUN = re.compile(r"[^\W_]+(?:[\s\-'’_]+[^\W_]+){0,5}")
# Where a sentence starts, or a name goes on: « Pas-de-Calais » is no « Calais ».
_STARTING = re.compile(r"(?:^|[.!?:•«-])\s*$")
_GENRES = ("region", "departement", "zone", "epci", "commune", "village", "postal")


@kept
class Place(NamedTuple):
    """``codes``: of what it is made (``r-53``, ``d-93``, INSEE or SIREN); ``autour``: région of a département, département of the rest.

    ``genre`` is one of ``_GENRES``: a village is a commune below ``SMALL``; longitude and latitude in degrees, as text; ``mot``
    is « 1 » where the bank writes the name in small letters or as an acronym, too, or begins another name with it in more actions
    than are of the place (« Croix-Rouge »): it is a word as well.
    """

    genre: str
    nom: str
    codes: tuple[str, ...]
    autour: str = ""
    lon: str = ""
    lat: str = ""
    mot: str = ""

    def line(self, key: str) -> str:
        """As a file of a table holds it."""
        genre = str(_GENRES.index(self.genre))
        shown = "" if key == name_key(self.nom) else key
        return "\t".join(
            (shown, genre, self.nom, ",".join(self.codes), self.autour, self.lon, self.lat, self.mot)
        ).rstrip("\t")


Table = Mapping[str, Sequence[Place]]
"""The places that bear a name, by its key: the widest first, then the most populous."""


def near_table(banque: Banque, memo: Memo) -> Table:
    """The table of a bank whose récits nobody else reads."""
    return NameReader(banque, memo).near_table()


class NameReader:
    """Reads the names of places that the récits of a bank write, each récit once: beside its words, or by itself.

    ``memo`` keeps what was found of each place and of each action: the 35,000 communes are read for a new one. What matters of
    all actions is one value more: most change neither, nor the names that the table has.
    """

    def __init__(self, banque: Banque, memo: Memo) -> None:
        self._banque, self._memo = banque, memo
        self._read: dict[str, NamesWritten] = {}

    def read(self, action: Action, texts: Texts | None = None) -> NamesWritten:
        """The names that an action writes; ``texts``: its own, where they are at hand."""
        if action.id not in self._read:
            self._read[action.id] = self._memo.get_or_make(
                "noms",
                digest(action.source.digest),
                lambda: names_written(texts or weighted_texts(action, self._banque), self._cities, self._pieces),
            )
        return self._read[action.id]

    @cached_property
    def _pieces(self) -> ByPiece[_Names]:
        return ByPiece(partial(_names_of, self._cities))

    @cached_property
    def _cities(self) -> Cities:
        referentiel = self._banque.referentiel
        make = partial(prepared.get_or_make, "communes", referentiel.folder, partial(cities, referentiel))
        return self._memo.get_or_make("communes citées", b"", make)

    def near_table(self) -> Table:
        """Régions, départements, what people call them, and the places that lead an action, with their homonyms; the cities that the
        récits name, where no récit writes their name as a word.
        """
        last: tuple[str, Mapping[str, Sequence[str]]] = self._memo.last("noms retenus") or ("", {})
        names_before, known = last
        actions = {action.source.digest.hex(): action for action in self._banque.actions}
        cities = [known[key][0] if key in known else self.read(action).cities for key, action in actions.items()]
        led = self._places_of_the_bank()
        keys_led = {key for key, _ in led}
        named = [key for key in dict.fromkeys(_lines(cities)) if key not in keys_led]
        names = keys_led.union(named)
        names_told = "\n".join(sorted(names))
        same = names_told == names_before
        found = {
            key: known[key] if same and key in known else self.read(action).among(names)
            for key, action in actions.items()
        }
        if (names_told, found) != last:
            self._memo.keep_last("noms retenus", (names_told, found))
        words = {*_lines(own for _, own, _ in found.values())}
        words |= self._begun(begun for _, _, begun in found.values())
        places = [*led, *((key, place) for key in named if key not in words for place in self._cities.places[key])]
        return _gather((key, place._replace(mot="1") if key in words else place) for key, place in places)

    def _places_of_the_bank(self) -> list[tuple[str, Place]]:
        referentiel, memo = self._banque.referentiel, self._memo
        places = memo.get_or_make(
            "zones", b"", partial(prepared.get_or_make, "zones", referentiel.folder, partial(areas, referentiel))
        )
        for lieu in self._banque.villes.values():
            places += memo.get_or_make("homonymes", digest(lieu.code), partial(self._homonyms, lieu.code))
        return places

    def _homonyms(self, code: str) -> list[tuple[str, Place]]:
        """The names of a commune, EPCI or EPT, each with every place that bears it."""
        return list(self._france.homonyms(code))

    @cached_property
    def _france(self) -> _France:
        folder = self._banque.referentiel.folder
        return _read_france(folder, _stamp(folder))

    def _begun(self, begun: Iterable[str]) -> Set[str]:
        """The names at the beginning of another one in more actions than the place leads: « Croix-Rouge »."""
        times = Counter(_lines(begun))
        leads = Counter(name_key(lieu.nom) for action in self._banque.actions for lieu in action.villes)
        return {key for key, actions in times.items() if actions > leads[key]}


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts if text for line in text.split("\n"))


@kept
class NamesWritten(NamedTuple):
    """What an action writes that may be names of places, in few strings: they are many, and kept.

    ``cities``: the keys of the communes that it names, a line each; ``words``: the names of one word that it writes in small letters, or
    all in capitals, folded, a space between; ``hyphenated``: of each hyphenated name, a line: its first word, folded, a space, its key.
    """

    cities: str
    words: str
    hyphenated: str

    def among(self, names: Set[str]) -> list[str]:
        """Its cities; those of ``names`` that it writes as words; those that begin another name: a line each."""
        pairs = (line.split(" ", 1) for line in _lines([self.hyphenated]))
        begun = {first for first, key in pairs if first in names and key not in names}
        return [self.cities, "\n".join(sorted(names & {*self.words.split(" ")})), "\n".join(sorted(begun))]


def names_written(texts: Texts, cities: Cities, pieces: ByPiece[_Names]) -> NamesWritten:
    """The names of places that the texts of an action may write; ``pieces``: what ``_names_of`` finds in each."""
    # No name goes on from one text to the next.
    text = ".\n".join([some.texte for some in texts])
    words, hyphenated, firsts = (
        dict.fromkeys(chain.from_iterable(some)) for some in zip(*map(pieces.__getitem__, texts.pieces), strict=True)
    )
    return NamesWritten("\n".join(_cities_named(text, firsts, cities)), " ".join(words), "\n".join(hyphenated))


_Names = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _names_of(cities: Cities, piece: str) -> _Names:
    """Of a piece of a text, the names of one word in small letters, or all in capitals, folded; of each hyphenated name, its first word,
    folded, a space, its key; the first words of cities, with a capital.
    """
    words = [fold(word) for word in _WORD.findall(piece) if word.islower() or word.isupper()]
    return (
        [word for word in words if word in cities.words],
        [f"{fold(match[1])} {name_key(match[0])}" for match in _HYPHENATED.finditer(piece)],
        [word for word in _NAME_PART.findall(piece) if word[0].isupper() and word in cities.first_words],
    )


def _cities_named(text: str, firsts: Iterable[str], cities: Cities) -> Iterable[str]:
    """The keys of the communes that a text names, villages apart: every word of theirs but links has a capital. ``firsts``: their first words.

    Where a sentence starts, or at the end of another name (« Courcelles-lès-Lens »), those of ``BIG`` only: it may be a word, or no
    city; none at the beginning of another name (« Croix-Rouge »).
    """
    keys: dict[str, None] = {}
    for first in firsts:
        start, end = text.find(first), 0
        while start >= 0:
            end = start + len(first)
            if not (text[end : end + 1].isalnum() or (start and text[start - 1].isalnum())):
                key = _longest_city(text, start, cities)
                keys |= {key: None} if key else {}
            start = text.find(first, end)
    return keys


def _longest_city(text: str, start: int, cities: Cities) -> str:
    """The key of the longest name of a city that begins with the word there, or empty."""
    run = _NAME_RUN.match(text, start)
    for last in reversed(list(_NAME_PART.finditer(run[0])) if run else []):
        if last[0][0].isupper():
            key, end = name_key(text[start : start + last.end()]), start + last.end()
            if key in cities.places and text[end : end + 1] != "-" and (key in cities.big or _is_apart(text, start)):
                return key
    return ""


def _is_apart(text: str, start: int) -> bool:
    """Whether neither a sentence nor the rest of a name starts there."""
    return not _STARTING.search(text[max(0, start - 3) : start])


@kept
class Cities(NamedTuple):
    """The communes, villages apart, as a récit may name them: the words that their names begin with (« Le », « Saint », « Nœux »),
    every place that bears one of their names, by its key, and the keys of those of ``BIG`` or more. ``words``: the keys of one word of
    all places, villages, EPCI and areas, too: the only words that may be taken for a place.
    """

    first_words: Set[str]
    places: Table
    big: Set[str]
    words: Set[str]


def cities(referentiel: Referentiel) -> Cities:
    """The communes that a récit may name."""
    places = {
        key: places
        for key, places in france_table(referentiel).items()
        if any(place.genre == "commune" for place in places)
    }
    names = (place.nom for same_name in places.values() for place in same_name if place.genre == "commune")
    first_words = {part[0] for name in names if (part := _NAME_PART.search(name))}
    big = {row["cle"] for row in referentiel.communes if int(row["population"] or 0) >= BIG}
    keys = chain(france_table(referentiel), (key for key, _ in _areas(referentiel)))
    words = {key for key in keys if key.isalpha()}
    return Cities(first_words | {"St", "Ste"}, places, big, words)


def france_table(referentiel: Referentiel) -> Table:
    """Every commune, EPCI and EPT, and every postcode; read once a process for the same files."""
    return _read_france(referentiel.folder, _stamp(referentiel.folder)).table


def france_files(referentiel: Referentiel) -> tuple[Serie, list[str]]:
    """The files of ``france_table``, made once a process for the same files."""
    return _read_france(referentiel.folder, _stamp(referentiel.folder)).files


class _France:
    """All of France: its ``files``, the ``table`` that they hold, and the homonyms of one INSEE or SIREN code, for which it makes no table."""

    def __init__(self, referentiel: Referentiel) -> None:
        firsts, contents = prepared.get_or_make("france", referentiel.folder, partial(parts_of_france, referentiel))
        self.files = serie("l", contents), firsts

    @cached_property
    def table(self) -> Table:
        own = iter(name_keys(nom for shown, _, nom, *_ in self._lines if not shown))
        return _gather((line[0] or next(own), _place(line)) for line in self._lines)

    def homonyms(self, code: str) -> Iterator[tuple[str, Place]]:
        """The keys of its names, each with every place that bears it: they stand one after another."""
        lines = self._lines
        for rank in self._ranks[code]:
            key = _key(lines[rank])
            while rank and _key(lines[rank - 1]) == key:
                rank -= 1
            while rank < len(lines) and _key(lines[rank]) == key:
                yield key, _place(lines[rank])
                rank += 1

    @cached_property
    def _lines(self) -> Sequence[Sequence[str]]:
        """In the order of the keys."""
        parts = (gzip.decompress(part.content).decode() for part in self.files[0].fichiers)
        return [line.split("\t") for part in parts for line in part.split("\n")]

    @cached_property
    def _ranks(self) -> Mapping[str, Sequence[int]]:
        """By code, the lines that it has, postcodes apart."""
        postal = str(_GENRES.index("postal"))
        ranks: dict[str, list[int]] = {}
        for rank, (_, genre, _, codes, *_) in enumerate(self._lines):
            if genre != postal:
                ranks.setdefault(codes.partition(",")[0], []).append(rank)
        return ranks


def _key(line: Sequence[str]) -> str:
    """The key of a line of a table, cut at its tabs."""
    return line[0] or name_key(line[2])


def _place(line: Sequence[str]) -> Place:
    _, genre, nom, codes, *rest = line
    return Place(_GENRES[int(genre)], nom, tuple(codes.split(",")), *rest)


def parts_of_france(referentiel: Referentiel) -> tuple[list[str], list[bytes]]:
    """The first key of each file of France, and the files, compressed."""
    firsts, contents = zip(*table_parts(_gather(_france(referentiel))), strict=True)
    return list(firsts), list(map(compressed, contents))


@lru_cache(maxsize=1)
def _read_france(folder: Path, stamp: object) -> _France:
    del stamp
    return _France(Referentiel(folder.parent))


def _stamp(folder: Path) -> object:
    """Changes with the files that ``_France`` is read from."""
    stats = [(folder / name).stat() for name in ("communes.csv", "epci.csv", "ept.csv", "codes_postaux.csv")]
    return tuple((stat.st_mtime_ns, stat.st_size) for stat in stats)


NEAR_PART = SHARD // 4
"""Of the near table: a query opens few of its names, and a word in a hundred one for nothing."""


def table_parts(table: Table, most: int = SHARD) -> Iterator[tuple[str, bytes]]:
    """The lines of a table in parts of so many bytes at most, each with its first key."""
    batches: list[list[str]] = []
    firsts: list[str] = []
    size = most
    for key in sorted(table):
        lines = [place.line(key) for place in table[key]]
        weight = sum(len(line) + 1 for line in lines)
        if size + weight > most:
            batches.append([])
            firsts.append(key)
            size = 0
        batches[-1] += lines
        size += weight
    return zip(firsts, ("\n".join(batch).encode() for batch in batches), strict=True)


def names_told(table: Table) -> dict[str, object]:
    """Which names a table has, in little more than a byte each, so that words that are no place open no file of it.

    ``empreintes``: the CRC-32 of each key, modulo ``modulo``, in order, each as its gap to the one before: a byte of 255 as often
    as it holds 255, then one of what is left; in base64.
    """
    modulo = _SPARSE * max(1, len(table))
    hashes = sorted({crc32(key.encode()) % modulo for key in table})
    octets = b"".join(b"\xff" * (gap // 255) + bytes((gap % 255,)) for gap in gaps(hashes))
    return {"modulo": modulo, "empreintes": b64encode(octets).decode()}


def _gather(pairs: Iterable[tuple[str, Place]]) -> Table:
    table: dict[str, list[Place]] = {}
    for key, place in pairs:
        if place not in (others := table.setdefault(key, [])):
            others.append(place)
    return table


def areas(referentiel: Referentiel) -> list[tuple[str, Place]]:
    """By key: régions, départements, what people call them."""
    return list(_areas(referentiel))


def _areas(referentiel: Referentiel) -> Iterator[tuple[str, Place]]:
    """Régions, départements by name and number, former régions and short names, cities by « lyonnaise »."""
    centres = _centres(referentiel)
    for code, nom in referentiel.regions.items():
        if code not in _NO_REGION:
            place = _area(referentiel, centres, f"r-{code}")
            yield from ((key, place) for key in sorted({name_key(nom), name_key(nom).removeprefix("la ")}))
    for code, nom in referentiel.departements.items():
        if referentiel.region_of[code] not in _NO_REGION:
            place = _area(referentiel, centres, f"d-{code}")
            yield from ((key, place) for key in (name_key(nom), code.lower()))
    for row in referentiel.intercommunalites:
        if row["type"] == "EPT":
            # Few, and their names are made of common words.
            yield name_key(row["nom"]), _intercommunalite(referentiel, row)
    yield from _usual(referentiel, centres, "")


def _area(referentiel: Referentiel, centres: Mapping[str, tuple[str, str]], *codes: str) -> Place:
    """What some codes of régions and départements are; without a name, where they are several."""
    where = _middle([centres[code] for code in codes if code in centres])
    if len(codes) > 1:
        return Place("zone", "", codes, "", *where)
    code = codes[0][2:]
    if codes[0].startswith("r-"):
        return Place("region", referentiel.regions[code], codes, "", *where)
    around = referentiel.regions[referentiel.region_of[code]]
    if around == referentiel.departements[code]:
        # Overseas, the région of the same name says it.
        return _area(referentiel, centres, f"r-{referentiel.region_of[code]}")
    return Place("departement", referentiel.departements[code], codes, around, *where)


def _usual(referentiel: Referentiel, centres: Mapping[str, tuple[str, str]], rare: str) -> Iterator[tuple[str, Place]]:
    """What people call places; ``rare``: « 1 » for the names that are asked for among those of all France, empty for the others."""
    communes = {row["code"]: row for row in referentiel.communes}
    intercommunalites = {row["code"]: row for row in referentiel.intercommunalites}
    for row in referentiel.noms_usuels:
        if row["rare"] != rare:
            continue
        codes = row["territoires"].split()
        if codes[0] in communes:
            place = _commune(communes[codes[0]])
        elif codes[0] in intercommunalites:
            place = _intercommunalite(referentiel, intercommunalites[codes[0]])
        else:
            place = _area(referentiel, centres, *codes)
        yield name_key(row["nom"]), place if place.nom else place._replace(nom=row["nom"])


def _centres(referentiel: Referentiel) -> Mapping[str, tuple[str, str]]:
    """Where the most populous commune of each région (``r-53``) and département (``d-93``) stands."""
    best: dict[str, tuple[int, tuple[str, str]]] = {}
    for row in referentiel.communes:
        if row["lon"]:
            candidate = (int(row["population"] or 0), _position(row))
            for code in (f"r-{row['region']}", f"d-{row['departement']}"):
                best[code] = max(best.get(code, (-1, ("", ""))), candidate)
    return {code: position for code, (_, position) in best.items()}


def _middle(positions: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The Morvan is between the cities of its four départements, not in the one that is named first."""
    if not positions:
        return "", ""
    lons, lats = zip(*positions, strict=True)
    return f"{fmean(map(float, lons)):.2f}", f"{fmean(map(float, lats)):.2f}"


_ARTICLE = re.compile(r"^(?:la|le|les|l) ")
_ENDS_OF_EPCI = re.compile(r"^(?:la|le|les|l) (?=grand)|(?<= )(?:metropole|agglomeration|agglo|communaute)$")


def _france(referentiel: Referentiel) -> Sequence[tuple[str, Place]]:
    communes = sorted(referentiel.communes, key=lambda row: -int(row["population"] or 0))
    places = {row["code"]: _commune(row) for row in communes}
    keys = {row["cle"] for row in communes}
    keyed_places = list(_usual(referentiel, _centres(referentiel), "1"))
    for row in referentiel.intercommunalites:
        place = _intercommunalite(referentiel, row)
        bare = bare_name_key(row["nom"])
        # « CA du Grand Cahors » is « Grand Cahors », « CU Grand Besançon Métropole » « Grand Besançon », but « CC de Cahors » is not « Cahors ».
        also = {bare, _ENDS_OF_EPCI.sub("", bare).strip()} - keys - {""}
        keyed_places += [(key, place) for key in sorted({name_key(row["nom"]), name_key(place.nom)} | also)]
    towns = {row["cle"] for row in communes if int(row["population"] or 0) >= SMALL}
    taken = towns | {key for key, _ in keyed_places} | {key for key, _ in _areas(referentiel)}
    short = _short_names(communes, taken)
    taken |= keys | set(short.values()) | _NO_NAME
    for row in communes:
        key, place = row["cle"], places[row["code"]]
        keyed_places.append((key, place))
        if row["code"] in short:
            keyed_places.append((short[row["code"]], place))
        bare = _ARTICLE.sub("", key)
        # « blanc mesnil »; one word (« tampon », « garde ») is more often no name.
        if bare not in taken and " " in bare and int(row["population"] or 0) >= _KNOWN:
            keyed_places.append((bare, place))
        if key.endswith(" arrondissement"):
            keyed_places.append((key.removesuffix(" arrondissement"), place))
    return keyed_places + list(_postcodes(referentiel, places))


# A name that begins with such a word is not called by it alone.
_NO_NAME = frozenset(
    """
    baie bain baume bons bora bouc carbon carry champs chasse deuil erdre etoile fort grande gros hauts ille joue longue mauges
    maze morne murs neuves nuits oree plaisance portes porto quint rive ruelle sable sainte saint salon trans trois vallons vexin
    voisins
    """.split()  # noqa: SIM905
)
_KNOWN, _LARGER, _SHORTEST = 5_000, 5, 4
"""Inhabitants of a commune that is called by its first word (« Brive »), how many times the next one that begins so, letters."""


def _short_names(communes: Sequence[Mapping[str, str]], taken: Set[str]) -> dict[str, str]:
    """By code of a commune, from the most populous on, the first word of its name where that means it alone: « Brive », « Rueil »."""
    by_first: dict[str, list[Mapping[str, str]]] = {}
    for row in communes:
        first, _, rest = row["cle"].partition(" ")
        if rest and len(first) >= _SHORTEST and first not in taken and first not in _NO_NAME:
            by_first.setdefault(first, []).append(row)

    def people(row: Mapping[str, str]) -> int:
        return int(row["population"] or 0)

    return {
        some[0]["code"]: first
        for first, some in by_first.items()
        if people(some[0]) >= max([_KNOWN, *(_LARGER * people(other) for other in some[1:2])])
    }


def _intercommunalite(referentiel: Referentiel, row: Mapping[str, str]) -> Place:
    centre = referentiel.centre_of(row["code"])
    nom = official_name(row["nom"], row["type"])
    return Place("epci", nom, (row["code"],), centre["departement"], *_position(centre))


def _postcodes(referentiel: Referentiel, places: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    """Each postcode with all its communes, called after the most populous one; ``places``: the communes in that order."""
    codes_of = {row["code"]: row["codes_postaux"].split() for row in referentiel.codes_postaux}
    by_postcode: dict[str, list[Place]] = {}
    for code, place in places.items():
        for postcode in codes_of.get(code, ()):
            by_postcode.setdefault(postcode, []).append(place)
    for postcode, inside in by_postcode.items():
        codes = tuple(dict.fromkeys(code for place in inside for code in place.codes))
        yield postcode, inside[0]._replace(genre="postal", codes=codes)


# The communes that are cut into municipal arrondissements: an action of the city is one of each of them.
_WHOLE = {"Paris": "75056", "Lyon": "69123", "Marseille": "13055"}


def _commune(row: Mapping[str, str]) -> Place:
    genre = "commune" if int(row["population"] or 0) >= SMALL else "village"
    codes = [row["code"]]
    if row["nom"].endswith(" Arrondissement"):
        codes.append(_WHOLE[row["nom"].split()[0]])
    return Place(genre, row["nom"].replace("'", "’"), tuple(codes), row["departement"], *_position(row))


def _position(row: Mapping[str, str]) -> tuple[str, str]:
    """To the hundredth of a degree: a kilometre."""
    return (f"{float(row['lon']):.2f}", f"{float(row['lat']):.2f}") if row["lon"] else ("", "")
