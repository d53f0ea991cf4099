"""What is acceptable. One rule, one function; its French docstring is the published rule; ``ACTION_RULES`` is the ordered list of those on a fiche; the
rules on dossiers are in ``dossiers.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy

from inspiractions.base import parallel
from inspiractions.base.memo import Memo
from inspiractions.base.problem import Problem
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Source
from inspiractions.rules import front_matter, privacy, recit, whole_bank

SourceRule = Callable[[Source, Banque], Iterator[Problem]]
ActionRule = Callable[[Source, Action, Banque], Iterator[Problem]]

# What can be said of a fiche even when its front matter is faulty. These and ``ACTION_RULES`` see the fiche alone.
SOURCE_RULES: tuple[SourceRule, ...] = (
    front_matter.identifiant,
    recit.recit,
    recit.rubriques_proches,
    recit.html_brut,
    recit.images_du_recit,
    recit.liens,
    privacy.caracteres,
    privacy.vie_privee,
)

ACTION_RULES: tuple[ActionRule, ...] = (
    front_matter.dates,
    front_matter.doublons,
    front_matter.quartier_du_departement,
    front_matter.champs_deduits,
    front_matter.a_verifier,
    front_matter.territoire,
    recit.deroule_absent,
    recit.points,
    recit.fleches,
    recit.a_la_une,
    front_matter.chiffre_cle,
    front_matter.montants,
)

# What depends on other files, too.
CROSS_FILE_RULES: tuple[ActionRule, ...] = (
    front_matter.inspirations,
    front_matter.illustrations,
)

WHOLE_BANK_RULES: tuple[Callable[[list[Action], Banque], Iterator[Problem]], ...] = (
    whole_bank.titres_proches,
    whole_bank.anciennes_adresses,
    whole_bank.adresses_disparues,
)


_JUDGED = "fiches jugées"


def check_rules(
    banque: Banque, fiches: Iterable[tuple[Source, Action | None]], memo: Memo | None = None
) -> list[Problem]:
    """Every problem of every fiche, then of the bank as a whole. A fiche that could not be parsed has no action."""
    memo = memo or Memo(None, b"")
    fiches = list(fiches)
    problems: list[Problem] = []
    actions: list[Action] = []
    # What the rules on one fiche said of each, by its digest: of nearly all, nothing.
    known: dict[bytes, list[Problem]] = memo.last(_JUDGED) or {}
    still_known: dict[bytes, list[Problem]] = {}
    to_judge = [(source, action) for source, action in fiches if source.digest not in known]
    # Of a copy: what is unfolded of it goes with it.
    judged = parallel.map_forked(lambda fiche: _of_fiche(copy(fiche[0]), fiche[1], banque), to_judge, memo)
    for source, action in fiches:
        faults = known[source.digest] if source.digest in known else next(judged)
        problems += faults
        still_known[source.digest] = faults
        if action:
            actions.append(action)
            problems += (p for regle in CROSS_FILE_RULES for p in regle(source, action, banque))
    if still_known != known:
        memo.keep_last(_JUDGED, still_known)
    for regle_d_ensemble in WHOLE_BANK_RULES:
        problems += regle_d_ensemble(actions, banque)
    return problems


def _of_fiche(source: Source, action: Action | None, banque: Banque) -> list[Problem]:
    problems = [p for regle_de_source in SOURCE_RULES for p in regle_de_source(source, banque)]
    return problems + [p for regle in ACTION_RULES for p in regle(source, action, banque)] if action else problems
