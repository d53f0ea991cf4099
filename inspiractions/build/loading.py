"""Reading and checking a whole content tree: what ``check`` needs, and no page.

The dossiers are answered there, too. They belong to the content: a tree without ``dossiers/`` has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from inspiractions.base.digests import code_is_loaded, foundation, state
from inspiractions.base.files import written_files
from inspiractions.base.memo import Memo
from inspiractions.base.parallel import no_collection
from inspiractions.base.problem import Problem, Refused, blocking
from inspiractions.model.banque import Banque, Dossier, EnTeteDeDossier, load_banque
from inspiractions.model.enquete import load_enquetes, publiees
from inspiractions.model.parse import parse_meta
from inspiractions.model.questionnaire import load_questionnaires
from inspiractions.model.source import Source, read_fiche
from inspiractions.model.types import ParseContext
from inspiractions.rules.check import check_rules
from inspiractions.rules.dossiers import FRONT_MATTER_RULES, TEXT_RULES
from inspiractions.rules.privacy import privacy_messages
from inspiractions.rules.sources import check_sources
from inspiractions.search.selection import Searcher, read_selection
from inspiractions.theme.settings import check_configuration


def load_dossiers(banque: Banque, memo: Memo | None = None) -> tuple[tuple[Dossier, ...], list[Problem]]:
    """The dossiers that are right, from the newest to the oldest, and every problem of the others."""
    chercheur = Searcher(banque, memo)
    dossiers: list[Dossier] = []
    problems: list[Problem] = []
    for path in written_files(banque.root / "dossiers", "*.md"):
        source, faults = read_fiche(banque.root, path)
        if source:
            faults += [p for regle in TEXT_RULES for p in regle(source, banque)]
            entete, wrong = parse_meta(EnTeteDeDossier, source, ParseContext(banque.vocabulaires, banque.referentiel))
            faults += wrong
            if entete:
                faults += _of_entete(source, entete, banque, chercheur)
            if entete and not any(not fault.doubt for fault in faults):
                dossiers.append(_answer(source, entete, banque, chercheur))
        problems += faults
    return tuple(sorted(dossiers, key=lambda d: d.entete.date_publication, reverse=True)), problems


def _of_entete(source: Source, entete: EnTeteDeDossier, banque: Banque, chercheur: Searcher) -> Iterator[Problem]:
    yield from (p for regle in FRONT_MATTER_RULES for p in regle(source, entete, banque))
    selection = read_selection(entete.selection)
    faults = list(chercheur.faults(selection))
    for message in faults:
        yield source.problem(("selection",), "selection", message)
    if not faults and {a.id for a in chercheur.find(selection)} <= set(entete.exclues):
        yield source.problem(
            ("exclues",), "selection", "« exclues » écarte toute la sélection : gardez au moins une action."
        )


def _answer(source: Source, entete: EnTeteDeDossier, banque: Banque, chercheur: Searcher) -> Dossier:
    selection = read_selection(entete.selection)
    actions = chercheur.find(selection)
    apart = {*entete.epingles, *entete.exclues}
    return Dossier(
        source,
        entete,
        selection.adresse,
        len(actions),
        tuple(banque.par_id[i] for i in entete.epingles),
        tuple(a for a in actions if a.id not in apart),
    )


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
