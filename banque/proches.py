"""« Actions proches »: for an action, those that a coordinator would read next, each with its reason said in words.

The score adds what two actions share. A theme, a public or a determinant weighs the more the rarer it is in the bank;
then come ages, axes, a priority neighbourhood, the size of the city, the distance. Equal scores stand in the order of ids:
the same bank always gives the same neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import cos, hypot, log, radians

from banque import libelles
from banque.action import Action
from banque.banque import FACETTES, Banque
from banque.digests import digest
from banque.territoire import Lieu
from banque.text import decapitalise

NOMBRE = 3
# Beyond, an action has candidates enough: what follows would cost, and shares less.
_CANDIDATS = 200
# Two actions that share less than this are not close.
_SEUIL = 2.5
_RAISONS = 3
_NOMS = 3
# What sharing a term weighs: at most, for the rarest, where it depends on rarity (the first three); else always.
_POIDS = {"thematiques": 4.0, "publics": 1.6, "determinants": 0.8, "ages": 1.2, "axes": 0.4, "qpv": 1.0}
_RARES = ("thematiques", "publics", "determinants")
_MAX_AGES = 2.4
# « Tous les âges » is half of the bank: it says little.
_TOUS = 0.3
_MEME_VILLE, _TAILLE, _PRES, _LOIN = 0.8, 0.7, 1.0, 0.5
_KM_PAR_DEGRE = 111.2
_PRES_KM, _LOIN_KM = 30, 100


@dataclass(frozen=True)
class Proche:
    """A close action and why it is: « même thème (sommeil), mêmes âges (12-17 ans), à 8 km »."""

    action: Action
    raison: str


@dataclass(frozen=True)
class _Motif:
    """What two actions share: its weight, its rank in the sentence, its words."""

    poids: float
    rang: int
    mots: str


@dataclass(frozen=True, slots=True)
class _Profil:
    """An action as the score sees it: its terms as bits, and the place that leads."""

    termes: int
    lieu: Lieu


ParId = Mapping[str, Sequence[tuple[str, str]]]
"""By id, the ids of the close actions and the reasons."""


def all_proches(banque: Banque) -> ParId:
    """The close actions of every action of a bank."""
    proches = Proches(banque)
    return {a.id: [(proche.action.id, proche.raison) for proche in proches.of(a)] for a in banque.actions}


def traits(banque: Banque) -> bytes:
    """The digest of all that the scores and the reasons look at, the vocabularies apart."""
    seen = [
        (a.id, a.inspiree_de, [getattr(a, cle) for cle in _POIDS], [lieu.slug for lieu in a.villes], a.chef_de_file)
        for a in banque.actions
    ]
    return digest(repr(seen))


class Proches:
    """The close actions of each action of a bank."""

    def __init__(self, banque: Banque) -> None:
        self._banque = banque
        self._facettes = {f.cle: f for f in FACETTES if f.cle in _POIDS}
        self._poids_de = {cle: self._weights(cle) for cle in _POIDS}
        termes = [(cle, i) for cle, weights in self._poids_de.items() for i in weights]
        self._bits = {terme: 1 << rang for rang, terme in enumerate(termes)}
        self._ages = sum(bit for (cle, _), bit in self._bits.items() if cle == "ages")
        self._of_bit = {bit: self._poids_de[cle][i] for (cle, i), bit in self._bits.items()}
        # Few sets of shared terms are met often.
        self._of_bits: dict[int, float] = {}
        self._profils = {a.id: self._profile(a) for a in banque.actions}

    def of(self, action: Action) -> tuple[Proche, ...]:
        """The three closest, or fewer; never one of its lineage, which the récit shows apart."""
        famille = {action.id, *action.inspiree_de}
        mine = self._profils[action.id]
        scored = (
            (-self._score(mine, self._profils[other.id]), other.id)
            for other in self._candidates(action)
            if other.id not in famille and action.id not in other.inspiree_de
        )
        best = nsmallest(4 * NOMBRE, (item for item in scored if item[0] <= -_SEUIL))
        others = [self._banque.par_id[identifiant] for _, identifiant in best]
        return tuple(Proche(o, _sentence(self._motifs(action, o))) for o in _varied(others)[:NOMBRE])

    def _candidates(self, action: Action) -> Iterable[Action]:
        """Who may be close: those of the same city, then of its rarest themes, publics and axes, until there are enough."""
        found: dict[str, Action] = {}
        lists = [self._banque.par_ville.get(action.chef_de_file.slug, ())]
        for cle in ("thematiques", "publics", "axes"):
            vocabulaire, facette = self._banque.vocabulaires[cle], self._facettes[cle]
            lists += sorted((self._banque.avec(facette, vocabulaire[i]) for i in getattr(action, cle)), key=len)
        for actions in lists:
            if len(found) >= _CANDIDATS:
                break
            found.update((other.id, other) for other in actions[:_CANDIDATS])
        return found.values()

    def _score(self, a: _Profil, b: _Profil) -> float:
        shared = a.termes & b.termes
        if shared not in self._of_bits:
            self._of_bits[shared] = self._weight(shared)
        return round(self._of_bits[shared] + sum(poids for poids, _ in _of_places(a.lieu, b.lieu)), 6)

    def _weight(self, shared: int) -> float:
        total, ages = 0.0, 0.0
        while shared:
            bit = shared & -shared
            shared ^= bit
            if bit & self._ages:
                ages += self._of_bit[bit]
            else:
                total += self._of_bit[bit]
        return total + min(_MAX_AGES, ages)

    def _profile(self, action: Action) -> _Profil:
        bits = (self._bits.get((cle, i), 0) for cle, facette in self._facettes.items() for i in facette.ids(action))
        return _Profil(sum(bits), action.chef_de_file)

    def _weights(self, cle: str) -> Mapping[str, float]:
        """By term: near the full weight where one action bears it, near 0 where all do."""
        facette, vocabulaire = self._facettes[cle], self._banque.vocabulaires[cle]
        if cle == "qpv":
            return {"oui": _POIDS[cle]}
        if cle not in _RARES:
            return {t.id: _TOUS if t.id == "tous" else _POIDS[cle] for t in vocabulaire}
        total = max(2, len(self._banque.actions) + 1)
        counts = {t.id: len(self._banque.avec(facette, t)) or 1 for t in vocabulaire}
        return {i: _POIDS[cle] * log(total / n) / log(total) for i, n in counts.items()}

    def _motifs(self, a: Action, b: Action) -> Iterator[_Motif]:
        """What two actions share, in words."""
        mots = {
            "thematiques": ("même thème", "mêmes thèmes"),
            "ages": ("même âge", "mêmes âges"),
            "publics": ("même public", "mêmes publics"),
            "determinants": ("même déterminant", "mêmes déterminants"),
            "axes": ("même axe", "mêmes axes"),
        }
        for rang, (cle, (un, plusieurs)) in enumerate(mots.items()):
            ids = [i for i in getattr(a, cle) if i in getattr(b, cle)]
            if ids and ids != ["tous"]:
                poids = sum(self._poids_de[cle][i] for i in ids)
                noms = self._names(cle, ids)
                yield _Motif(poids, rang, f"{un if len(ids) == 1 else plusieurs} ({noms})")
        if a.qpv == b.qpv == "oui":
            yield _Motif(_POIDS["qpv"], len(mots), "en quartier prioritaire aussi")
        for rang, (poids, texte) in enumerate(_of_places(a.chef_de_file, b.chef_de_file), len(mots) + 1):
            yield _Motif(poids, rang, texte)

    def _names(self, cle: str, ids: Sequence[str]) -> str:
        vocabulaire = self._banque.vocabulaires[cle]
        if cle == "ages":
            return decapitalise(libelles.ages(ids, vocabulaire))
        rarest = sorted(ids, key=lambda i: (-self._poids_de[cle][i], vocabulaire[i].rang))[:_NOMS]
        # Labels hold commas and « et ».
        return " ; ".join(decapitalise(vocabulaire[i].court) for i in rarest)


def _of_places(here: Lieu, there: Lieu) -> Iterator[tuple[float, str]]:
    """What two places have in common: the weight and the words of each."""
    if here.slug == there.slug and here.genre == there.genre:
        yield _MEME_VILLE, "même ville" if here.genre == "commune" else "même territoire"
        return
    if here.population and there.population and 0.5 <= here.population / there.population <= 2:
        yield _TAILLE, "ville de taille comparable" if there.genre == "commune" else "population comparable"
    if here.lon is None or here.lat is None or there.lon is None or there.lat is None:
        return
    # Flat earth: right within a kilometre at the distances that count.
    north = there.lat - here.lat
    km = _KM_PAR_DEGRE * hypot(north, (there.lon - here.lon) * cos(radians((here.lat + there.lat) / 2)))
    if km < _LOIN_KM:
        yield (_PRES if km < _PRES_KM else _LOIN), f"à {max(1, round(km))} km"


def _sentence(motifs: Iterable[_Motif]) -> str:
    """The weightiest reasons, in a fixed order."""
    told = sorted(motifs, key=lambda motif: (-motif.poids, motif.rang))[:_RAISONS]
    return ", ".join(motif.mots for motif in sorted(told, key=lambda motif: motif.rang))


def _varied(actions: Sequence[Action]) -> list[Action]:
    """One action a city first: the others come after, in the same order."""
    cities: set[str] = set()
    first: list[Action] = []
    others: list[Action] = []
    for action in actions:
        slug = action.chef_de_file.slug
        (others if slug in cities else first).append(action)
        cities.add(slug)
    return first + others
