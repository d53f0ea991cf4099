"""What a query may say in other words: synonyms of the vocabularies' terms, English, everyday words.

Each is an expression: its stems one after another. The index holds it under its stems joined by ``_`` (``punais_lit``; alone:
``clsm_``), beside the stem that it begins with, so that a query that opens the one has opened the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from inspiractions.base.text import slugify
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import Facette
from inspiractions.model.vocabulaire import Terme
from inspiractions.search.stems import STOP_WORDS, parts_of_word, stems
from inspiractions.search.texts import CORPS, RESUME, TITRE, Field, bearings

LONGEST = 4
"""How many stems an expression has at most."""

_SHORT = 3

Expressions = Mapping[str, str]
"""By key, what it stands for: ``~theme.12`` (facet and rank of a value) and ``=un chez-soi`` (words to search), ``|`` between."""


def key_of(racines: Sequence[str]) -> str:
    """The key of an expression in the index; no stem looks like it."""
    return "_".join(racines) if len(racines) > 1 else f"{racines[0]}_"


def key_of_term(facette: Facette, terme: Terme) -> str:
    """Under which the index holds the actions that bear a term."""
    return f"~{facette.parametre}.{terme.rang}"


# How much an action is about a term, of 255: what bearing it weighs, then its name or a synonym in title, summary or body.
_BORNE = 32
_ABOUT = ((TITRE, 96), (RESUME, 48), (CORPS, 16))


def terms_borne(action: Action, banque: Banque, rows: Mapping[Field, str]) -> Iterator[tuple[str, int]]:
    """The key of each term that an action bears, and how much the action is about it, at most 255.

    ``rows``: by field, its stems one after another with a space around each.
    """
    texts = [(rows.get(champ, ""), weight) for champ, weight in _ABOUT]
    borne = bearings(action, banque)
    for facette, terme in borne:
        beside = sum(other is facette for other, _ in borne)
        names = _names(terme)
        own_weight = next((weight for row, weight in texts if any(name in row for name in names)), 0)
        yield key_of_term(facette, terme), int(_BORNE * (0.5 + 0.5 / beside)) + own_weight


@lru_cache(maxsize=2_000)
def _names(terme: Terme) -> tuple[str, ...]:
    return tuple(row_of(racines) for nom in (terme.libelle, terme.court, *terme.synonymes) if (racines := stems(nom)))


def row_of(racines: Iterable[str]) -> str:
    """Stems in a row, so that one row is looked for in another."""
    return f" {' '.join(racines)} "


def expressions_of(banque: Banque) -> Expressions:
    """Every expression of the vocabularies; those of more than ``LONGEST`` stems are nothing that people type."""
    by_key: dict[str, dict[str, None]] = {}
    for texte, meaning in _said(banque):
        racines = stems(texte)
        if 0 < len(racines) <= LONGEST and not _mutilated(texte, racines):
            by_key.setdefault(key_of(racines), {})[meaning] = None
    return {key: "|".join(meanings) for key, meanings in sorted(by_key.items())}


# Words that an expression may lose and say the same.
_LINKS = frozenset("a au aux d de des du en et l la le les s se un une".split())  # noqa: SIM905


def _mutilated(texte: str, racines: Sequence[str]) -> bool:
    """Whether of several words one is left, the others being more than links: « sans-abri » is no « abri »."""
    parts = [part for word in re.split(r"[\s-]+", texte) for part in parts_of_word(word)]
    return len(racines) == 1 < len(parts) and any(part in STOP_WORDS and part not in _LINKS for part in parts)


def _said(banque: Banque) -> Iterator[tuple[str, str]]:
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            if terme.id != "inconnu":
                yield from ((texte, key_of_term(facette, terme)) for texte in terme.synonymes)
    terms: dict[str, list[str]] = {}
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            for nom in {slugify(nom) for nom in (terme.libelle, terme.court, *terme.synonymes)}:
                terms.setdefault(nom, []).append(key_of_term(facette, terme))
    for texte, meanings in banque.glossaire.items():
        for meaning in meanings:
            yield from ((texte, key) for key in terms.get(slugify(meaning), ()))
            # « aidants » has the stem of « aide »: by its words it would be found everywhere.
            if any(len(racine) > _SHORT for racine in stems(meaning)) or slugify(meaning) not in terms:
                yield texte, f"={meaning}"
