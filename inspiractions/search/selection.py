"""The address of a search in the explorer, read and answered as the explorer does (``docs/assets/js/search/engine.js``).

Where the engine would come near what is asked (spelling, too few actions with all the words), nothing is guessed here:
``faults`` says so, and what to write.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log
from urllib.parse import parse_qsl, urlencode

from inspiractions.base.memo import Memo
from inspiractions.base.text import enumerate_fr, nearest
from inspiractions.model.action import Action
from inspiractions.model.banque import Actions, Banque
from inspiractions.search.around import RADII, RADIUS, is_point, is_within, places_called
from inspiractions.search.facets import FacetColumn, facet_columns
from inspiractions.search.measures import read_measures, values_for, without_measures, without_radius
from inspiractions.search.place_reading import Reading, Tables, read_places
from inspiractions.search.places import Place, france_table, near_table
from inspiractions.search.query import BOUNDS, Query, QueryWord, understand
from inspiractions.search.stems import WEAK_WORDS, stem, stems, words
from inspiractions.search.texts import LONGEST, Expressions, expressions_of, key_of, keys_of, plain, weighted_texts

# docs/assets/js/search/readings.js and matches.js
_BEGUN_EXPRESSION = 4
_NEAR, _NEAR_INSIDE = 0.4, 0.25
_EPSILON = 1e-9

# Of the address, what does not choose actions (docs/assets/js/explorer/state.js).
_MANNER = ("tri", "page", "vue", "km")


@dataclass(frozen=True)
class Selection:
    """Words, the chosen values by key of facet, and the place that one looks so many ``km`` around."""

    q: str
    filtres: Mapping[str, tuple[str, ...]]
    autour: str = ""
    km: int = RADIUS

    @property
    def adresse(self) -> str:
        """As the explorer writes it: ``?q=…&theme=…``."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(cle, i) for cle, ids in self.filtres.items() for i in ids]
        pairs += [("autour", self.autour)] if self.autour else []
        pairs += [("km", str(self.km))] if self.autour and self.km != RADIUS else []
        return "?" + urlencode(pairs)

    @property
    def requete(self) -> Query:
        """The words, understood."""
        return understand(self.q)

    def without(self, cle: str, identifiant: str) -> Selection:
        """The same with one value less."""
        rest = tuple(i for i in self.filtres[cle] if i != identifiant)
        others = {c: ids for c, ids in self.filtres.items() if c != cle}
        return replace(self, filtres={**others, **({cle: rest} if rest else {})})


def read_selection(texte: str) -> Selection:
    """From an address pasted whole (``https://…/explorer/?theme=x``) or from its ``?`` on."""
    filtres: dict[str, tuple[str, ...]] = {}
    q = autour = ""
    km = RADIUS
    for cle, value in parse_qsl(texte.partition("?")[2].partition("#")[0]):
        if cle == "q":
            q = q or value.strip()
        elif cle == "autour":
            autour = autour or value.strip()
        elif cle == "km":
            km = int(value) if value in map(str, RADII) else RADIUS
        elif cle not in _MANNER:
            filtres[cle] = tuple(dict.fromkeys((*filtres.get(cle, ()), value)))
    return Selection(q, filtres, autour, km)


@dataclass(frozen=True)
class _Reading:
    """The actions that a word is read in: written there, or there in other words, or by a term, too."""

    literal: set[int]
    in_words: set[int]
    every: set[int]


@dataclass(frozen=True)
class _Located:
    """A selection, the codes of the places that its words name, and the one that they look around, so many ``km`` far."""

    selection: Selection
    codes: Set[str]
    centre: Place | None
    km: int


class Searcher:
    """Answers selections on one bank."""

    def __init__(self, banque: Banque, memo: Memo | None = None) -> None:
        self._banque, self._memo = banque, memo or Memo(None, b"")

    @cached_property
    def _colonnes(self) -> Mapping[str, FacetColumn]:
        return facet_columns(self._banque)

    @cached_property
    def _ids(self) -> Mapping[str, Mapping[str, int]]:
        """By facet, the rank of each value."""
        return {cle: {str(v["id"]): i for i, v in enumerate(c.valeurs)} for cle, c in self._colonnes.items()}

    @cached_property
    def _with_stem(self) -> Mapping[str, set[int]]:
        """By stem, the actions that have it in a field that the search looks into."""
        by_stem: dict[str, set[int]] = {}
        for i, action in enumerate(self._banque.actions):
            for racine in {racine for champ in weighted_texts(action, self._banque) for racine in stems(champ.texte)}:
                by_stem.setdefault(racine, set()).add(i)
        return by_stem

    def _counts(self, number: str, racine: str) -> bool:
        both = self._with_stem.get(number, set()) & self._with_stem.get(racine, set())
        shown = (self._banque.actions[i] for i in both)
        return any(number in stems(f"{action.titre} . {action.resume}") for action in shown)

    @property
    def _known(self) -> Set[str]:
        return self._with_stem.keys()

    @cached_property
    def _expressions(self) -> Expressions:
        return expressions_of(self._banque)

    @cached_property
    def _forms(self) -> list[str]:
        """The words of the bank, folded: for spelling."""
        texts = (champ.texte for action in self._banque.actions for champ in weighted_texts(action, self._banque))
        return sorted({part for texte in texts for part, _ in words(texte)})

    def find(self, selection: Selection) -> Actions:
        """What the explorer finds: OR inside a facet, AND between facets and words; from the newest to the oldest."""
        located = self._located(selection)
        found = self._found(located, selection.q)
        # Where a place has nothing, what the first of its name that has something answers.
        for place in () if found or not located.codes else self.read_places(selection).autres:
            if found := self._found(replace(located, codes=frozenset(place.codes)), selection.q):
                break
        return found

    def _found(self, located: _Located, q: str) -> Actions:
        words = located.selection
        actions = self._among(located, self._with_words(words))
        # Where none of the place bears enough, the explorer goes elsewhere: ``faults`` says so.
        if (located.codes or located.centre) and 0 < len(actions) < BOUNDS.few and not words.requete.phrases:
            actions = self._among(located, self._with_words(words, lower=True))
        measured = self._measured(q)
        kept = self._kept(actions, measured, words) if measured else actions.keys()
        return tuple(action for i, action in actions.items() if i in kept)

    def _among(self, located: _Located, indexes: set[int]) -> Mapping[int, Action]:
        """Of some actions, those that the filters choose and that are of the place."""
        words = located.selection
        indexes = indexes & self._filtered(words.filtres)
        actions = {
            i: self._banque.actions[i] for i in sorted(indexes) if not located.codes or self._codes[i] & located.codes
        }
        if words.autour or located.centre:
            places = [located.centre] if located.centre else self._around(words)
            actions = {i: a for i, a in actions.items() if places and is_within(a, places[0], located.km)}
        return actions

    def _kept(self, actions: Mapping[int, Action], measured: Mapping[str, Sequence[str]], words: Selection) -> Set[int]:
        """Numbers that no action meets, or none that has the words, leave the others to be found."""
        weights = self._weights(words.requete) or dict.fromkeys(actions, 0.0)
        kept = actions.keys() & self._filtered(measured)
        best, most = (max((weights[i] for i in some), default=-1.0) for some in (kept, actions))
        return kept if best >= BOUNDS.measured * most else actions.keys()

    def _measured(self, q: str) -> Mapping[str, tuple[str, ...]]:
        """The filters that the numbers of the words are; two ages are one."""
        filters: dict[str, tuple[str, ...]] = {}
        for mesure in read_measures(unicodedata.normalize("NFC", q)).mesures:
            if ids := values_for(mesure, self._ids[mesure.cle]):
                filters[mesure.cle] = (*filters.get(mesure.cle, ()), *ids)
        return filters

    def _around(self, selection: Selection) -> list[Place]:
        """The place that one looks around, and those of its name; none where nothing is called so."""
        return places_called(selection.autour, self._tables.france) if selection.autour else []

    def _located(self, selection: Selection) -> _Located:
        """The selection without the places and the numbers that its words name."""
        reading = self.read_places(selection)
        measures = read_measures(unicodedata.normalize("NFC", selection.q))
        lieux, q = reading.lieux, without_measures(reading.reste)
        # « 50 km Alès »: one looks around the place, and no further than it is told.
        around = measures.rayon if len(lieux) == 1 and is_point(lieux[0]) and not selection.autour else None
        q = without_radius(q, around) if around else q
        rest = understand(q)
        # « dans le Nord » leaves nothing to search.
        q = q if rest.mots or rest.exclus or not (lieux or measures.mesures) else ""
        return _Located(
            replace(selection, q=q),
            frozenset() if around else frozenset(code for lieu in lieux for code in lieu.codes),
            lieux[0] if around else None,
            around.km if around else selection.km,
        )

    def read_places(self, selection: Selection) -> Reading:
        """The places that the words of a selection name."""
        return read_places(selection.q, self._tables) if selection.q else Reading("")

    @cached_property
    def _tables(self) -> Tables:
        near = near_table(self._banque, self._memo)
        return Tables(
            near=lambda key: near.get(key, ()),
            france=lambda key: france_table(self._banque.referentiel).get(key, ()),
            words=lambda racine: len(self._with_stem.get(racine, ())),
            means=lambda first, second: key_of([stem(first), stem(second)]) in self._expressions,
            counts=self._counts,
            actions=lambda place: sum(bool(codes & set(place.codes)) for codes in self._codes),
        )

    @cached_property
    def _codes(self) -> tuple[frozenset[str], ...]:
        """The codes of the places of each action: commune, EPCI and EPT, département, région."""
        return tuple(
            frozenset(
                c
                for v in a.villes
                for c in (v.code, *self._banque.referentiel.around(v.code), f"d-{v.departement}", f"r-{v.region}")
            )
            for a in self._banque.actions
        )

    def _filtered(self, filtres: Mapping[str, Sequence[str]]) -> set[int]:
        indexes = set(range(len(self._banque.actions)))
        for cle, ids in filtres.items():
            wanted = {self._ids[cle][i] for i in ids}
            indexes &= {i for i, rangs in enumerate(self._colonnes[cle].rangs) if wanted & set(rangs)}
        return indexes

    def _with_words(self, selection: Selection, *, lower: bool = False) -> set[int]:
        requete = selection.requete
        if selection.q.strip() and not (requete.mots or requete.exclus):
            return set()
        indexes = self._near_enough(requete, lower)
        if requete.phrases:
            indexes = {i for i in indexes if all(_has_phrase(self._banque.actions[i], p) for p in requete.phrases)}
        return indexes

    def _near_enough(self, requete: Query, lower: bool) -> set[int]:
        """The actions that bear enough of the weight of the words: ``Matches.settle``, ``lower`` and ``retains`` of the engine."""
        weights = self._weights(requete)
        everything = set(range(len(self._banque.actions))) - self._excluded(requete)
        if not weights:
            return set() if requete.mots else everything
        readings, rarities = self._weighed(requete)
        complete = sum(all(i in r.every for r in readings) for i in everything)
        short = len(readings) > 1 and complete < BOUNDS.few
        enough = BOUNDS.enough_of_many if len(readings) > 2 else BOUNDS.enough
        most = max(weights.values(), default=0)
        threshold = most * _NEAR if short else sum(rarities) * enough
        threshold = min(threshold, most * _NEAR_INSIDE) if lower else threshold
        return {i for i, weight in weights.items() if weight and weight >= threshold - _EPSILON}

    def _weights(self, requete: Query) -> dict[int, float]:
        """How much of the weight of the words each action bears; nothing where no word is searched."""
        readings, rarities = self._weighed(requete)
        everything = set(range(len(self._banque.actions))) - self._excluded(requete)
        by_word = list(zip(readings, rarities, strict=True))
        return {i: sum(w for r, w in by_word if i in r.every) for i in everything} if readings else {}

    def _weighed(self, requete: Query) -> tuple[list[_Reading], list[float]]:
        """The required readings that some action has, and how rare each is."""
        readings = [r for r in self._required(requete) if r.every]
        n = len(self._banque.actions)
        return readings, [log(1 + n / (len(r.literal or r.in_words or r.every) + 2)) for r in readings]

    def _with_all(self, requete: Query) -> set[int]:
        """The actions that have every word, in one of its readings, and none of the excluded ones."""
        indexes = set(range(len(self._banque.actions))) - self._excluded(requete)
        for reading in self._required(requete):
            indexes &= reading.every
        return indexes

    def _excluded(self, requete: Query) -> set[int]:
        return {i for racine in requete.exclus for i in self._with_stem.get(racine, ())}

    def _required(self, requete: Query) -> list[_Reading]:
        """The readings of the words that are required; where none is, of all."""
        readings = self._readings(requete)
        apart = requete.facultatifs | self._weak(requete)
        return [r for r, (part, _) in zip(readings, requete.mots, strict=True) if part not in apart] or readings

    def _weak(self, requete: Query) -> Set[str]:
        """The words that say little, but where they are part of an expression: « aller vers »."""
        in_expressions = {
            part for i, n, _ in self._expressions_in(requete) if n > 1 for part, _ in requete.mots[i : i + n]
        }
        return {part for part, _ in requete.mots if part in WEAK_WORDS} - in_expressions

    def _readings(self, requete: Query) -> list[_Reading]:
        """What each word may mean, as ``readings.js`` finds it."""
        literal = [
            {i for racine in self._variants(mot, requete) for i in self._with_stem[racine]} for mot in requete.mots
        ]
        meant: list[list[str]] = [[] for _ in requete.mots]
        for i, (before, after) in enumerate(pairwise(requete.mots)):
            joined = stem(before[0] + after[0])
            for half in (i, i + 1):
                literal[half] |= self._with_stem.get(joined, set())
                meant[half].append(self._expressions.get(key_of([joined]), ""))
        begun, whole = requete.mots[-1] if requete.mots and requete.derniere else ("", "")
        if len(begun) >= _BEGUN_EXPRESSION and not (whole in self._known or key_of([whole]) in self._expressions):
            for key, meaning in self._expressions.items():
                if key.startswith(begun) and key.index("_") == len(key) - 1:
                    meant[-1].append(meaning)
        for start, length, meaning in self._expressions_in(requete):
            for i in range(start, start + length):
                meant[i].append(meaning)
        of_ages = self._of_ages(requete.ages) if requete.ages else set()
        readings = []
        for (part, _), written, meanings in zip(requete.mots, literal, meant, strict=True):
            in_words, by_term = self._meaning("|".join(meanings))
            ages = of_ages if part in requete.facultatifs else set()
            readings.append(_Reading(written, written | in_words, written | in_words | by_term | ages))
        return readings

    def _expressions_in(self, requete: Query) -> list[tuple[int, int, str]]:
        """The widest expressions of the vocabularies in the words: place, length, what each stands for."""
        en_contexte = requete.en_contexte
        spans = [(i, n) for i in range(len(en_contexte)) for n in range(1, min(LONGEST, len(en_contexte) - i) + 1)]
        expressions = [
            (i, n, size, meaning)
            for i, n in spans
            for key, size in keys_of(en_contexte[i : i + n])
            if (meaning := self._expressions.get(key))
        ]
        return [
            (i, n, meaning)
            for i, n, size, meaning in expressions
            if not any(wider > size and j <= i and j + m >= i + n for j, m, wider, _ in expressions)
        ]

    def _meaning(self, meaning: str) -> tuple[set[int], set[int]]:
        """The actions that have the words, and those that bear one of the terms, that expressions stand for."""
        in_words: set[int] = set()
        by_term: set[int] = set()
        for one in filter(None, meaning.split("|")):
            if one.startswith("~"):
                cle, rang = one[1:].split(".")
                by_term |= {i for i, rangs in enumerate(self._colonnes[cle].rangs) if int(rang) in rangs}
            elif racines := stems(one):
                in_words |= set.intersection(*(self._with_stem.get(racine, set()) for racine in racines))
        return in_words, by_term

    def _of_ages(self, ages: Iterable[tuple[float, float]]) -> set[int]:
        """The actions that bear an age group with a year of these."""
        groups = [i for i in self._ids["age"] if "-" in i]
        wanted = {self._ids["age"][i] for i in groups if any(_holds(i, *some) for some in ages)}
        return {i for i, rangs in enumerate(self._colonnes["age"].rangs) if wanted & set(rangs)}

    def _variants(self, mot: QueryWord, requete: Query) -> frozenset[str]:
        """A word's stem, and for the last one, which may go on, those that begin as it."""
        part, racine = mot
        longer: Iterable[str] = ()
        if requete.derniere and mot == requete.mots[-1] and len(part) > 1:
            longer = (known for known in self._known if known.startswith(part))
        return frozenset((*longer, racine)) & self._known

    def faults(self, selection: Selection) -> Iterator[str]:
        """Why the explorer would not answer this, or not exactly; French sentences that say what to write."""
        lieux = self.read_places(selection).lieux
        if lieux:
            yield from self._places_amiss(selection, lieux)
            yield from self._set_aside(selection)
            return
        requete = self._located(selection).selection.requete
        if selection.autour and not self._around(selection):
            yield f"« autour={selection.autour} » de « selection » n’est ni une commune, ni une intercommunalité, ni un code postal : corrigez ce nom."
            return
        if not (requete.mots or requete.exclus or selection.filtres or selection.autour or self._measured(selection.q)):
            yield "« selection » ne choisit rien : collez l’adresse d’une recherche de l’explorateur, par exemple « ?theme=sante-mentale »."
            return
        unknown = list(self._unknown(selection))
        yield from unknown
        if not unknown:
            yield from self._inexact(requete) or self._empty(selection)
            yield from self._set_aside(selection)

    def _set_aside(self, selection: Selection) -> Iterator[str]:
        """The numbers of the words that no action meets."""
        measured = self._measured(selection.q)
        meeting = {self._banque.actions[i].id for i in self._filtered(measured)}
        if measured and not {action.id for action in self.find(selection)} <= meeting:
            texts = enumerate_fr(f"« {mesure.texte} »" for mesure in read_measures(selection.q).mesures)
            yield f"aucune action ne répond à {texts}, et l’explorateur laisserait ce filtre de côté : ôtez-le de « selection »."

    def _places_amiss(self, selection: Selection, lieux: Sequence[Place]) -> Iterator[str]:
        """The faults of the words and filters beside the places, then of the places."""
        rest = self._located(selection).selection
        if rest.requete.mots or rest.requete.exclus or rest.filtres:
            yield from self.faults(rest)
        if not self.find(selection):
            named = enumerate_fr(f"« {lieu.nom} »" for lieu in lieux)
            yield f"la sélection est vide : l’explorateur montrerait les actions les plus proches de {named} ; ôtez ce lieu, ou écrivez son département."

    def _unknown(self, selection: Selection) -> Iterator[str]:
        for cle, ids in selection.filtres.items():
            if cle not in self._ids:
                near = nearest(cle, self._ids)
                advice = f"vouliez-vous « {near} » ?" if near else f"écrivez l’un de {', '.join(self._ids)}."
                yield f"filtre inconnu « {cle} » dans « selection » ; {advice}"
                continue
            for identifiant in ids:
                if identifiant not in self._ids[cle]:
                    near = self._near(cle, identifiant)
                    advice = f"vouliez-vous « {near} » ?" if near else "copiez l’adresse de l’explorateur."
                    yield f"valeur inconnue « {cle}={identifiant} » dans « selection » ; {advice}"

    def _near(self, cle: str, identifiant: str) -> str | None:
        """The value that looks most like an unknown one, by its id, its label or a synonym."""
        facette = next((f for f in self._banque.facettes if f.parametre == cle), None)
        if facette:
            terme = self._banque.vocabulaire(facette).suggest(identifiant)
            return terme.id if terme else None
        by_name = {str(v[nom]): str(v["id"]) for v in self._colonnes[cle].valeurs for nom in ("libelle", "id")}
        closest = nearest(identifiant, by_name)
        return by_name[closest] if closest else None

    def _inexact(self, requete: Query) -> list[str]:
        return list(self._words_amiss(requete)) or list(self._too_few_or_many(requete))

    def _words_amiss(self, requete: Query) -> Iterator[str]:
        for mot, reading in zip(requete.mots, self._readings(requete), strict=True):
            variants = self._variants(mot, requete)
            if not reading.every:
                near = nearest(mot[0], self._forms, floor=0.75)
                advice = f"vouliez-vous « {near} » ?" if near else "ôtez-le, ou cherchez-en un autre."
                yield f"aucune action ne contient le mot « {mot[0]} » de « selection » ; {advice}"
            elif len(variants) > BOUNDS.expansions:
                yield f"trop de mots commencent par « {mot[0]} » pour que l’explorateur les cherche tous : écrivez-le en entier."

    def _too_few_or_many(self, requete: Query) -> Iterator[str]:
        complete = len(self._with_all(requete))
        if len(requete.mots) > 1 and not complete:
            together = enumerate_fr(f"« {part} »" for part, _ in requete.mots)
            yield f"aucune action ne contient ensemble {together}, et l’explorateur élargirait la recherche : ôtez « {self._heaviest(requete)} », ou un autre mot."
        if requete.phrases and complete > BOUNDS.phrases_read:
            yield f"{complete} actions contiennent les mots de l’expression : l’explorateur n’en relit que {BOUNDS.phrases_read} ; ajoutez un mot."

    def _heaviest(self, requete: Query) -> str:
        """The word without which most actions remain."""
        rests = {
            word.part: len(
                self._with_all(replace(requete, en_contexte=tuple(w for w in requete.en_contexte if w != word)))
            )
            for word in requete.en_contexte
        }
        return max(rests, key=lambda part: rests[part])

    def _empty(self, selection: Selection) -> Iterator[str]:
        """Which filter or word empties a selection that finds nothing."""
        if self.find(selection):
            return
        alone = [
            (cle, i)
            for cle, ids in selection.filtres.items()
            for i in ids
            if len(ids) == 1 and not self.find(Selection("", {cle: (i,)}))
        ]
        if alone:
            for cle, identifiant in alone:
                yield f"la sélection est vide : aucune action ne porte « {cle}={identifiant} » ; ôtez ce filtre ou changez-le."
            return
        gains = {
            f"{cle}={i}": len(self.find(selection.without(cle, i)))
            for cle, ids in selection.filtres.items()
            for i in ids
        }
        if selection.q:
            gains[f"q={selection.q}"] = len(self.find(replace(selection, q="")))
        if selection.autour:
            gains[f"autour={selection.autour}"] = len(self.find(replace(selection, autour="")))
        best = max(gains, key=lambda name: gains[name])
        several = f"{gains[best]} action{'s' * (gains[best] > 1)}"
        yield f"la sélection est vide : sans « {best} », elle compterait {several} ; ôtez ce filtre ou un autre."


def _holds(identifiant: str, first: float, last: float) -> bool:
    """Whether an age group (« 4-11 », « 65-plus ») has a year of these."""
    start, end = identifiant.split("-")
    return int(start) <= last and (end == "plus" or int(end) >= first)


def _has_phrase(action: Action, phrase: tuple[str, ...]) -> bool:
    """Whether some stems follow one another in the title, the summary or a part of the récit."""
    texts = [action.titre, action.resume, *(t for r in action.rubriques for t in (r.titre, plain(r.texte)))]
    return any(
        phrase == tuple(racines[i : i + len(phrase)]) for racines in map(stems, texts) for i in range(len(racines))
    )
