"""Reading and checking a whole content tree: what ``check`` needs, and no page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from inspiractions.base.digests import code_is_loaded, foundation, state
from inspiractions.base.memo import Memo
from inspiractions.base.parallel import no_collection
from inspiractions.base.problem import Problem, Refused, blocking
from inspiractions.forms.questionnaires import load_questionnaires
from inspiractions.model.banque import Banque, load_banque
from inspiractions.model.enquete import load_enquetes, publiees
from inspiractions.rules.check import check_rules
from inspiractions.rules.privacy import privacy_messages
from inspiractions.rules.sources import check_sources
from inspiractions.search.dossiers import load_dossiers
from inspiractions.theme.config_guard import check_configuration


def load_and_check(root: Path, drafts: bool = False, memo: Memo | None = None) -> tuple[Banque, list[Problem]]:
    """Read and check everything under ``root``, drafts included, which are gathered only when asked.

    Nothing is written but what ``memo`` keeps of it.
    """
    banque, fiches, problems = load_banque(root, drafts, memo)
    dossiers, faults = load_dossiers(banque, memo)
    banque = replace(banque, dossiers=dossiers)
    formulaires, wrong = load_questionnaires(root, banque.vocabulaires)
    private = partial(privacy_messages, lexicon=banque.lexicon)
    reponses, answers = load_enquetes(root, formulaires, private, banque.referentiel)
    sources = (*check_sources(root, banque.lexicon, memo), *check_configuration(root))
    banque = replace(banque, enquetes=publiees(formulaires, reponses), questionnaires=formulaires)
    return banque, sorted({*problems, *check_rules(banque, fiches, memo), *faults, *wrong, *answers, *sources})


@no_collection()
def load_and_check_cached(root: Path, work: Path) -> tuple[Banque, list[Problem]]:
    """``load_and_check``, the sooner for what earlier runs left in ``work``."""
    memo = open_memo(root, work)
    try:
        return load_and_check(root, memo=memo)
    finally:
        memo.close()


def load_sound(root: Path, work: Path | None = None) -> Banque:
    """The bank, for a command that needs it sound; its drafts may lack something. Raises ``Refused``.

    ``work``: where earlier runs left what makes it quicker.
    """
    banque, problems = load_and_check_cached(root, work) if work else load_and_check(root)
    if stopping := blocking(problems, banque.brouillons):
        raise Refused(stopping)
    return banque


def open_memo(root: Path, work: Path) -> Memo:
    """What earlier runs over ``root`` left in ``work``."""
    state_at_start = state(root)
    path = work / "cache" / "memoire.sqlite"
    return Memo(path, foundation(root), lambda: code_is_loaded() and state(root) == state_at_start)
