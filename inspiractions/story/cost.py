"""What an action costs: the amounts that the words of a budget hold, and the orders of magnitude that the search filters by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inspiractions.base.texts import message
from inspiractions.model.action import Action, Budget, Montant

# Where each order begins, in euros; an id never changes.
_ORDERS = (
    (0, "moins-de-10000", message("Moins de 10 000 €")),
    (10_000, "10000-50000", message("10 000 à 50 000 €")),
    (50_000, "50000-200000", message("50 000 à 200 000 €")),
    (200_000, "200000-1000000", message("200 000 à 1 million d’euros")),
    (1_000_000, "1000000-et-plus", message("1 million d’euros et plus")),
)
COSTS = {identifiant: nom for _, identifiant, nom in _ORDERS}
# An amount by month counts for its year.
_A_YEAR = {"mois": 12, "trimestre": 4}
_SPACES = r"[ \u00a0\u202f]"
_AMOUNT = re.compile(
    rf"(?<![\d,.])(\d{{1,3}}(?:{_SPACES}\d{{3}})+|\d+)(?:,(\d+))?{_SPACES}?"
    rf"(?:(millions?|milliers?)(?:{_SPACES}d[’'])?|([Mk])(?=€))?{_SPACES}?(?:€|euros?\b)"
)
_TIMES = {"million": 1_000_000, "M": 1_000_000, "millier": 1_000, "k": 1_000, "": 1}


def words_of(budget: Budget) -> Iterator[str]:
    """The lines of a budget, as the city wrote them."""
    yield from filter(
        None,
        (budget.precision, budget.fonctionnement, budget.investissement, budget.contribution, budget.financeurs),
    )


def amounts_in(texte: str) -> list[int]:
    """The amounts in euros that a text names: « 8 500 € », « 2,1 millions d’euros », « 24 M€ »; cents are dropped."""
    return [_euros(*match.groups("")) for match in _AMOUNT.finditer(texte)]


def _euros(whole: str, cents: str, word: str, sign: str) -> int:
    number = float(f"{re.sub(_SPACES, '', whole)}.{cents or '0'}")
    return round(number * _TIMES[word.removesuffix("s") or sign]) if word or sign else int(number)


def costs_of(action: Action) -> frozenset[str]:
    """The id of the order of its largest amount; nothing where no amount is told."""
    amounts = [_of_a_year(montant) for montant in action.budget.montants] if action.budget else []
    if not amounts:
        return frozenset()
    return frozenset({next(nom for start, nom, _ in reversed(_ORDERS) if max(amounts) >= start)})


def _of_a_year(montant: Montant) -> int:
    return montant.euros * _A_YEAR.get(montant.par or "", 1)
