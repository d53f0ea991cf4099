"""The words of an action by field, as the index weighs them and as the excerpts show them.

The hand-written pages and the dossiers, as the search finds them. Result cards, a few a file, and the text of each action for
excerpts and exact phrases.

What a query may say in other words: synonyms of the vocabularies' terms, English, everyday words. Each is an expression: its
stems one after another. The index holds it under its stems joined by ``_`` (``punais_lit``; alone: ``clsm_``), beside the stem
that it begins with, so that a query that opens the one has opened the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from html import unescape
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from inspiractions.base.text import slugify
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque, Dossier
from inspiractions.model.facette import Facette
from inspiractions.model.vocabulaire import Terme, Vocabulaire
from inspiractions.search.stems import (
    STOP_WORDS,
    TELLING_WORDS,
    WordInContext,
    parts_of_word,
    pieces,
    stems,
    words,
    words_in_context,
)
from inspiractions.story import labels
from inspiractions.story.labels import COSTS, costs_of, short_inhabitants

_START = re.compile(r" {0,3}(?:#{1,6} +|> ?|[-*+] +|\d+[.)] +)")
# Each form opens with one sign, so that the engine leaps from one to the next.
_INLINE = re.compile(r"!\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>|\*|_|`|~|\|")
# What these two may begin with; an empty line has nothing to lose.
_STARTS, _SIGNS = frozenset(" #>-*+0123456789"), "[<*_`~|"


@dataclass(frozen=True)
class Field:
    """How much the words of a field weigh. ``longueur``: how many a field of the bank has on average, stop words apart;
    ``part``: how much a longer one dilutes them (the *b* of BM25F).
    """

    poids: float
    longueur: float
    part: float


TITRE, LIEUX, RESUME = Field(12, 5, 0.4), Field(8, 3, 0.3), Field(5, 20, 0.4)
# The words of a name of several.
NOMS = Field(1.5, 3.5, 0.3)
LIBELLES, IDENTITE, CORPS = Field(5, 43, 0.5), Field(2, 12, 0.4), Field(1.5, 70, 0.4)


@dataclass(frozen=True)
class WeightedText:
    """The text of an action in one of the fields."""

    texte: str
    champ: Field

    @cached_property
    def pieces(self) -> list[str]:
        """What it is made of, for ``STEMS_OF``."""
        return pieces(self.texte)


def plain(markdown: str) -> str:
    """Markdown without its marks, on one line."""
    return " ".join(without_marks(markdown).split())


def without_marks(markdown: str) -> str:
    """Markdown without its marks, line by line."""
    lines = markdown.split("\n")
    text = "\n".join([_without_start(line) if line[:1] in _STARTS else line for line in lines])
    # To look for a sign is soon done, and most texts have none.
    if any(sign in text for sign in _SIGNS):
        text = _INLINE.sub(lambda m: m[1] or m[2] or m[3] or "", text)
    return text


def _without_start(line: str) -> str:
    start = _START.match(line)
    return line[start.end() :] if start else line


class Texts(tuple[WeightedText, ...]):
    """Those of an action, title and summary first."""

    @cached_property
    def pieces(self) -> Iterable[str]:
        """What they are made of, each piece once."""
        return dict.fromkeys(chain.from_iterable([some.pieces for some in self]))


def weighted_texts(action: Action, banque: Banque) -> Texts:
    """Every field that the search looks into, title and summary first; the body last, a full stop between two rubriques."""
    termes = termes_of(action, banque)
    # Who types a name of several words is read as meaning the place: « chaud » is no Chaudes-Aigues.
    names = {name: len(stems(name)) > 1 for name in place_names(action, banque)}
    parted = sorted((name for name, several in names.items() if several), key=len, reverse=True)
    texts = (
        (_without(action.titre, parted), TITRE),
        (_without(action.resume, parted), RESUME),
        (" . ".join(name for name, several in names.items() if not several), LIEUX),
        (" . ".join(parted), NOMS),
        (" . ".join(t.libelle for t in termes), LIBELLES),
        (" . ".join((action.porteur, action.perimetre or "", *action.partenaires)), IDENTITE),
        (without_marks("\n.\n".join([r.texte for r in action.rubriques])), CORPS),
    )
    return Texts(WeightedText(texte, champ) for texte, champ in texts)


def _without(texte: str, names: Iterable[str]) -> str:
    for name in names:
        texte = texte.replace(name, "…")
    return texte


def place_names(action: Action, banque: Banque) -> list[str]:
    """The places of an action, with the département and the région around each."""
    referentiel = banque.referentiel
    parts = [
        (
            v.nom,
            referentiel.departements.get(v.departement, ""),
            v.departement,
            referentiel.regions[v.region],
            *(q.nom for q in action.quartiers),
        )
        for v in action.villes
    ]
    return list(dict.fromkeys(part for some in parts for part in some if part))


def termes_of(action: Action, banque: Banque) -> list[Terme]:
    """The terms of its vocabularies, parents included; « inconnu » says nothing."""
    return [terme for _, terme in bearings(action, banque)]


def bearings(action: Action, banque: Banque) -> list[tuple[Facette, Terme]]:
    """The terms that an action bears, parents included, with the facet of each."""
    return [
        (facette, terme)
        for facette in banque.facettes
        for terme in {
            t.id: t for i in facette.ids(action) for t in _lineage(banque.vocabulaire(facette), i) if t.id != "inconnu"
        }.values()
    ]


def _lineage(vocabulaire: Vocabulaire, identifiant: str) -> list[Terme]:
    terme = vocabulaire[identifiant]
    return [terme, vocabulaire[terme.parent]] if terme.parent else [terme]


# « Non » is an answer, « inconnu » is none.
_QPV = {"oui": True, "non": False, "inconnu": None}


def _money(action: Action) -> dict[str, object]:
    """What the table of a selection says of its amounts: euros, by what, year, what they cover; the order of its cost."""
    amounts = action.budget.montants if action.budget else ()
    if not amounts:
        return {}
    (cost,) = costs_of(action)
    return {"montants": [[m.euros, m.par, m.annee, m.objet] for m in amounts], "cout": COSTS[cost]}


def carte(action: Action, banque: Banque) -> dict[str, object]:
    """What a result card shows."""
    return {
        "id": action.id,
        "titre": action.titre,
        "resume": action.resume,
        "lieux": labels.lieux(action),
        "autour": labels.autour(action.villes, banque.referentiel),
        "axes": list(action.axes),
        "ages": labels.ages(action.ages, banque.vocabulaires["ages"]),
        "periode": labels.periode_courte(action.periode),
        "habitants": short_inhabitants(action),
        "qpv": _QPV[action.qpv],
        **({"chiffre": [action.chiffre_cle.valeur, action.chiffre_cle.compte]} if action.chiffre_cle else {}),
        **({"marques": marques} if (marques := banque.on_cards(action)) else {}),
        **_money(action),
        "dep": sorted({v.departement for v in action.villes if v.departement}),
    }


_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_ARTICLE = re.compile(r"<article[^>]*>(.*?)</article>", re.S)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class HandWrittenPage:
    """A page of the site that is no action."""

    titre: str
    url: str
    resume: str
    texte: str


def read_hand_written(pages: Iterable[tuple[str, Path]]) -> Iterator[HandWrittenPage]:
    """From the rendered pages of ``docs/``; those without an article (404) are left out."""
    for name, path in pages:
        if not name.endswith("/index.html"):
            continue
        html = path.read_text("utf-8")
        article, titre, description = _ARTICLE.search(html), _TITLE.search(html), _DESCRIPTION.search(html)
        if article and titre and description:
            yield HandWrittenPage(
                _plain(titre[1]), name.removesuffix("index.html"), unescape(description[1]), _plain(article[1])
            )


def dossier_pages(dossiers: Iterable[Dossier]) -> Iterator[HandWrittenPage]:
    """The introductions of the dossiers: their actions are found by themselves."""
    for dossier in dossiers:
        yield HandWrittenPage(dossier.entete.titre, dossier.chemin, dossier.entete.resume, plain(dossier.source.body))


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def text_of(action: Action) -> list[list[str]]:
    """The rubriques of an action, ``[[titre, texte], …]``."""
    return [[r.titre, plain(r.texte)] for r in action.rubriques]


def all_cards(banque: Banque, annexes: Sequence[HandWrittenPage]) -> list[dict[str, object]]:
    """Cards in the order of the documents; pages are cards, too."""
    pages: list[dict[str, object]] = [{"url": a.url, "titre": a.titre, "resume": a.resume} for a in annexes]
    return [*(carte(a, banque) for a in banque.actions), *pages]


LONGEST = 4
"""How many stems an expression has at most."""

_SHORT = 3

Expressions = Mapping[str, str]
"""By key, what it stands for: ``~theme.12`` (facet and rank of a value) and ``=un chez-soi`` (words to search), ``|`` between."""


def key_of(racines: Sequence[str]) -> str:
    """The key of an expression in the index; no stem looks like it."""
    return "_".join(racines) if len(racines) > 1 else f"{racines[0]}_"


def keys_of(some: Sequence[WordInContext]) -> Iterator[tuple[str, int]]:
    """The keys that words one after another may have, and how many words each has, telling words included.

    Those between are of it; those before (``<``) and after (``>``) are, or are not.
    """
    first, last = some[0], some[-1]
    base = "_".join((first.racine, *(word.before + word.racine for word in some[1:]))) + ("_" if len(some) == 1 else "")
    size = len(some) + sum(word.before.count("_") for word in some[1:])
    for after in dict.fromkeys(("", last.after)):
        for before in dict.fromkeys(("", first.before)):
            key = base + (after and f">{after}") + (before and f"<{before}")
            yield key, size + after.count("_") + before.count("_")


def key_of_term(facette: Facette, terme: Terme) -> str:
    """Under which the index holds the actions that bear a term."""
    return f"~{facette.parametre}.{terme.rang}"


# How much an action is about a term, of 255: what bearing it weighs, then its name or a synonym in title, summary or body.
_BORNE = 32
_ABOUT = ((TITRE, 96), (RESUME, 48), (CORPS, 16))


def terms_borne(action: Action, banque: Banque, racines: Mapping[Field, Sequence[str]]) -> Iterator[tuple[str, int]]:
    """The key of each term that an action bears, and how much the action is about it, at most 255.

    ``racines``: by field, its stems in order.
    """
    texts = [
        (frozenset(some), f" {' '.join(some)} ", weight) for champ, weight in _ABOUT if (some := racines.get(champ, ()))
    ]
    borne = bearings(action, banque)
    beside = Counter(facette.parametre for facette, _ in borne)
    for facette, terme in borne:
        names = _names((terme.libelle, terme.court, *terme.synonymes))
        about = next((weight for has, row, weight in texts if names.stand_in(has, row)), 0)
        yield key_of_term(facette, terme), int(_BORNE * (0.5 + 0.5 / beside[facette.parametre])) + about


class _Names(NamedTuple):
    """The names of a term. ``alone``: those of one stem; ``longer``: the others, a space around each stem, by the first, of ``firsts``."""

    alone: Set[str]
    firsts: Set[str]
    longer: Mapping[str, Sequence[str]]

    def stand_in(self, racines: Set[str], row: str) -> bool:
        """Whether a text has one; ``row``: its ``racines`` in order, a space around each."""
        # Most begin with a stem that the text has not: to look for that one first is soon done.
        return not self.alone.isdisjoint(racines) or any(
            name in row for first in self.firsts & racines for name in self.longer[first]
        )


@lru_cache(maxsize=2_000)
def _names(names: tuple[str, ...]) -> _Names:
    racines = [some for name in names if (some := stems(name))]
    longer: dict[str, list[str]] = {}
    for first, *rest in racines:
        if rest:
            longer.setdefault(first, []).append(f" {' '.join((first, *rest))} ")
    return _Names(frozenset(some[0] for some in racines if len(some) == 1), frozenset(longer), longer)


def expressions_of(banque: Banque) -> Expressions:
    """Every expression of the vocabularies; those of more than ``LONGEST`` stems are nothing that people type."""
    by_key: dict[str, dict[str, None]] = {}
    for texte, meaning in _wordings(banque):
        for key in _keys_of_wording(texte):
            by_key.setdefault(key, {})[meaning] = None
    return {key: "|".join(meanings) for key, meanings in sorted(by_key.items())}


def words_typed(banque: Banque) -> str:
    """The words of the expressions, folded, a space between: who types one with a slip is understood, be it in no récit."""
    return " ".join(sorted({part for texte, _ in _wordings(banque) for part, _ in words(texte)} - STOP_WORDS))


_LONGEST_NAME = 8


def names_of(banque: Banque) -> tuple[Expressions, Mapping[str, str]]:
    """The names of the terms that have a page, as expressions that stand for ``@theme.12``; of every term, by its key, id and name.

    A name is no meaning of its words, which the actions say: who asks for it is offered the page of the term. Between id and name, a tab.
    """
    by_key: dict[str, list[str]] = {}
    terms: dict[str, str] = {}
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            key, racines = key_of_term(facette, terme), stems(terme.court)
            terms[key] = f"{terme.id}\t{' '.join(terme.court.split())}"
            if facette.adresse and 0 < len(racines) <= _LONGEST_NAME and terme.id != "inconnu":
                by_key.setdefault(key_of(racines), []).append(f"@{key[1:]}")
    return {key: "|".join(names) for key, names in by_key.items()}, terms


def joined(*some: Expressions) -> Expressions:
    """Several expressions of the same key as one."""
    return {
        key: "|".join(others[key] for others in some if key in others)
        for key in dict.fromkeys(chain.from_iterable(some))
    }


# Words that an expression may lose and say the same.
_LINKS = frozenset("a au aux d de des du en et l la le les s se un une".split())  # noqa: SIM905


# Most stand for several meanings, one after another.
@lru_cache(maxsize=16)
def _keys_of_wording(texte: str) -> frozenset[str]:
    """With its telling words, and without where two stems are left, or one that stood beside links alone.

    « Pas de bus » is no « bus »; « être bien » is no « bien », and has no key at all.
    """
    some = words_in_context(texte)
    if not 0 < len(some) <= LONGEST:
        return frozenset()
    lost: set[str] = set()
    if len(some) == 1:
        parts = [part for word in re.split(r"[\s-]+", texte) for part in parts_of_word(word)]
        # « Mémé » has the letters of a stop word, and is none.
        if len(parts) > 1:
            lost = {part for part in parts if part in STOP_WORDS and part not in _LINKS}
    if lost - TELLING_WORDS:
        return frozenset()
    *_, (whole, _) = keys_of(some)
    return frozenset((whole,) if lost else (whole, key_of([word.racine for word in some])))


def _wordings(banque: Banque) -> Iterator[tuple[str, str]]:
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            if terme.id != "inconnu":
                yield from ((texte, key_of_term(facette, terme)) for texte in terme.synonymes)
    terms: dict[str, list[str]] = {}
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            for nom in {slugify(nom) for nom in (terme.libelle, terme.court, *terme.synonymes)}:
                terms.setdefault(nom, []).append(key_of_term(facette, terme))

    @cache
    def stands_for(meaning: str) -> list[str]:
        keys = terms.get(slugify(meaning), [])
        # « aidants » has the stem of « aide »: by its words it would be found everywhere.
        by_words = not keys or any(len(racine) > _SHORT for racine in stems(meaning))
        return [*keys, f"={meaning}"] if by_words else keys

    for texte, meanings in banque.glossaire.items():
        yield from ((texte, key) for meaning in meanings for key in stands_for(meaning))
