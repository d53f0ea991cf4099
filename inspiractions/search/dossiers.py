"""Read, check and answer the dossiers. They belong to the content: a tree without ``dossiers/`` has none."""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.files import written_files
from inspiractions.base.memo import Memo
from inspiractions.base.problem import Problem
from inspiractions.model.banque import Banque
from inspiractions.model.dossier import Dossier, EnTeteDeDossier
from inspiractions.model.parse import parse_meta
from inspiractions.model.source import Source, read_fiche
from inspiractions.model.types import ParseContext
from inspiractions.rules.dossiers import FRONT_MATTER_RULES, TEXT_RULES
from inspiractions.search.selection import Searcher, read_selection


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
