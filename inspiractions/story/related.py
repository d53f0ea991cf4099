"""« Actions proches »: for an action, those that a coordinator would read next, each with its reason said in words.

The score adds what two actions share. A theme, a public or a determinant weighs the more the rarer it is in the bank;
then come ages, axes, a priority neighbourhood, the size of the city, the distance. Equal scores stand in the order of ids:
the same bank always gives the same neighbours.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, log, radians
from operator import itemgetter

from inspiractions.base import parallel
from inspiractions.base.digests import digest
from inspiractions.base.memo import Memo
from inspiractions.base.text import decapitalise, gettext, message
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.territoire import Lieu
from inspiractions.story import labels
from inspiractions.story.labels import size_class

NOMBRE = 3
# From so many, those that are told are chosen for their variety.
_RETENUES = 4 * NOMBRE
# Beyond, an action has candidates enough: what follows would cost, and shares less.
_CANDIDATS = 200
# Two actions that share less than this are not close.
_SEUIL = 2.5
# Of what they share; the size of the place and its distance are said besides.
_RAISONS = 3
_NOMS = 3
# What sharing a term weighs: at most, for the rarest, where it depends on rarity (the first three); else always.
_POIDS = {"thematiques": 4.0, "publics": 1.6, "determinants": 0.8, "ages": 1.2, "axes": 0.4, "qpv": 1.0}
_RARES = ("thematiques", "publics", "determinants")
# Where candidates are looked for, the city apart.
_CHERCHES = ("thematiques", "publics", "axes")
_MAX_AGES = 2.4
# « Tous les âges » is half of the bank: it says little.
_TOUS = 0.3
_MEME_VILLE, _TAILLE, _PRES, _LOIN = 0.8, 0.7, 1.0, 0.5
# What two places share weighs no more than this, the rounding of scores included.
_DECIMALES = 6
_LIEUX = max(_MEME_VILLE, _TAILLE + _PRES) + 10**-_DECIMALES
_KM_PAR_DEGRE = 111.2
_PRES_KM, _LOIN_KM = 30, 100


@dataclass(frozen=True)
class RelatedAction:
    """A close action and why it is: « même thème (sommeil), mêmes âges (12-17 ans), à 8 km »."""

    action: Action
    raison: str


@dataclass(frozen=True)
class _Motif:
    """What two actions share: its weight, its rank in the sentence, its words. ``lieu``: whether it is about their places."""

    poids: float
    rang: int
    mots: str
    lieu: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Profil:
    """An action as the score sees it: its terms as bits, and the place that leads."""

    id: str
    inspiree_de: Sequence[str]
    termes: int
    lieu: Lieu


ParId = Mapping[str, Sequence[tuple[str, str]]]
"""By id, the ids of the close actions and the reasons."""


def find_all_related(banque: Banque, memo: Memo | None = None) -> ParId:
    """The close actions of every action of a bank, found by several processes where there are many."""
    proches = RelatedFinder(banque)

    def of(action: Action) -> tuple[str, list[tuple[str, str]]]:
        return action.id, [(proche.action.id, proche.raison) for proche in proches.of(action)]

    return dict(parallel.map_forked(of, banque.actions, memo or Memo(None, b"")))


def traits(banque: Banque) -> bytes:
    """The digest of all that the scores and the reasons look at, the vocabularies apart."""
    profiles = [
        (a.id, a.inspiree_de, [getattr(a, cle) for cle in _POIDS], [lieu.slug for lieu in a.villes], a.chef_de_file)
        for a in banque.actions
    ]
    return digest(repr(profiles))


class RelatedFinder:
    """The close actions of each action of a bank."""

    def __init__(self, banque: Banque) -> None:
        self._banque = banque
        self._facettes = {f.cle: f for f in banque.facettes if f.cle in _POIDS}
        self._poids_de = {cle: self._weights(cle) if cle in self._facettes else {} for cle in _POIDS}
        termes = [(cle, i) for cle, weights in self._poids_de.items() for i in weights]
        self._bits = {terme: 1 << rang for rang, terme in enumerate(termes)}
        self._ages = sum(bit for (cle, _), bit in self._bits.items() if cle == "ages")
        self._of_bit = {bit: self._poids_de[cle][i] for (cle, i), bit in self._bits.items()}
        # Few sets of shared terms are met often.
        self._of_bits: dict[int, float] = {}
        self._profils = {a.id: self._profile(a) for a in banque.actions}
        # How many bear a term, and some of them.
        self._of_terms = {
            (cle, terme.id): (len(actions), self._first(actions))
            for cle in _CHERCHES
            for terme in banque.vocabulaires[cle]
            for actions in [banque.avec(self._facettes[cle], terme)]
        }

    def of(self, action: Action) -> tuple[RelatedAction, ...]:
        """The three closest, or fewer; never one of its lineage, which the récit shows apart."""
        others = [self._banque.par_id[identifiant] for identifiant in self._best(action)]
        return tuple(RelatedAction(o, _sentence(self._motifs(action, o))) for o in _varied(others)[:NOMBRE])

    def _best(self, action: Action) -> list[str]:
        """The ids that score highest. The places are looked at last, and only where they can still change something."""
        mine = self._profils[action.id]
        famille = {action.id, *action.inspiree_de}
        shared = [(self._weight(mine.termes & other.termes), other) for other in self._candidates(action)]
        best: list[tuple[float, str]] = []
        floor = _SEUIL
        for weight, other in sorted(shared, key=itemgetter(0), reverse=True):
            if weight + _LIEUX < floor:
                break
            score = round(weight + sum(poids for poids, _ in _of_places(mine.lieu, other.lieu)), _DECIMALES)
            if score < floor or other.id in famille or action.id in other.inspiree_de:
                continue
            insort(best, (-score, other.id))
            if len(best) >= _RETENUES:
                del best[_RETENUES:]
                floor = -best[-1][0]
        return [identifiant for _, identifiant in best]

    def _candidates(self, action: Action) -> Iterable[_Profil]:
        """Who may be close: those of the same city, then of its rarest themes, publics and axes, until there are enough."""
        lists = [self._first(self._banque.par_ville.get(action.chef_de_file.slug, ()))]
        for cle in _CHERCHES:
            of_terms = sorted((self._of_terms[cle, i] for i in getattr(action, cle)), key=itemgetter(0))
            lists += [profils for _, profils in of_terms]
        candidates: dict[_Profil, None] = {}
        for profils in lists:
            if len(candidates) >= _CANDIDATS:
                break
            candidates |= dict.fromkeys(profils)
        return candidates

    def _first(self, actions: Sequence[Action]) -> Sequence[_Profil]:
        return [self._profils[action.id] for action in actions[:_CANDIDATS]]

    def _weight(self, shared: int) -> float:
        if shared not in self._of_bits:
            self._of_bits[shared] = self._weigh(shared)
        return self._of_bits[shared]

    def _weigh(self, shared: int) -> float:
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
        return _Profil(action.id, action.inspiree_de, sum(bits), action.chef_de_file)

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
            "thematiques": (message("même thème"), message("mêmes thèmes")),
            "ages": (message("même âge"), message("mêmes âges")),
            "publics": (message("même public"), message("mêmes publics")),
            "determinants": (message("même déterminant"), message("mêmes déterminants")),
            "axes": (message("même axe"), message("mêmes axes")),
        }
        for rang, (cle, (un, plusieurs)) in enumerate(mots.items()):
            ids = [i for i in getattr(a, cle) if i in getattr(b, cle)]
            if ids and ids != ["tous"]:
                poids = sum(self._poids_de[cle][i] for i in ids)
                noms = self._names(cle, ids)
                yield _Motif(poids, rang, f"{gettext(un if len(ids) == 1 else plusieurs)} ({noms})")
        if a.qpv == b.qpv == "oui":
            yield _Motif(_POIDS["qpv"], len(mots), gettext("en quartier prioritaire aussi"))
        for rang, (poids, texte) in enumerate(_of_places(a.chef_de_file, b.chef_de_file), len(mots) + 1):
            yield _Motif(poids, rang, texte, lieu=True)

    def _names(self, cle: str, ids: Sequence[str]) -> str:
        vocabulaire = self._banque.vocabulaires[cle]
        if cle == "ages":
            return decapitalise(labels.ages(ids, vocabulaire))
        rarest = sorted(ids, key=lambda i: (-self._poids_de[cle][i], vocabulaire[i].rang))[:_NOMS]
        # Labels hold commas and « et ».
        return " ; ".join(decapitalise(vocabulaire[i].court) for i in rarest)


def _of_places(here: Lieu, there: Lieu) -> Iterator[tuple[float, str]]:
    """What two places have in common: the weight and the words of each."""
    if here.slug == there.slug and here.genre == there.genre:
        yield _MEME_VILLE, gettext("même ville") if here.genre == "commune" else gettext("même territoire")
        return
    if here.population and there.population and 0.5 <= here.population / there.population <= 2:
        what = gettext("ville de taille comparable") if there.genre == "commune" else gettext("population comparable")
        yield _TAILLE, f"{what} ({size_class(there)})"
    if here.lon is None or here.lat is None or there.lon is None or there.lat is None:
        return
    # Flat earth: right within a kilometre at the distances that count.
    north = there.lat - here.lat
    km = _KM_PAR_DEGRE * hypot(north, (there.lon - here.lon) * cos(radians((here.lat + there.lat) / 2)))
    if km < _LOIN_KM:
        yield (_PRES if km < _PRES_KM else _LOIN), gettext("à {km} km").format(km=max(1, round(km)))


def _sentence(motifs: Iterable[_Motif]) -> str:
    """The weightiest reasons in a fixed order, then those of their places."""
    shared: list[_Motif] = []
    places: list[_Motif] = []
    for motif in motifs:
        (places if motif.lieu else shared).append(motif)
    strongest = sorted(shared, key=lambda motif: (-motif.poids, motif.rang))[:_RAISONS]
    return ", ".join(motif.mots for motif in (*sorted(strongest, key=lambda motif: motif.rang), *places))


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
