"""What each row of the table of weights decides, on the public forms and on what becomes of them in other hands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from inspiractions.forms.reading.answers import ouvrir
from inspiractions.forms.reading.document import CASE, Morceau, Paragraphe, Tableau, WordBlock, paragraphes
from inspiractions.forms.reading.filled_form import lire
from inspiractions.forms.reading.labels import Etiquette, etiquettes
from inspiractions.forms.reading.locate import (
    WEIGHTS,
    Candidate,
    Repere,
    Weight,
    best_path,
    candidates,
    row_of,
    weigh,
)
from tests.forms.test_publics import FORMULAIRES, REMPLIS

Blocs = tuple[WordBlock, ...]
Place = tuple[int, int, int, int]


def _sans_tableau(blocs: Blocs) -> Iterator[WordBlock]:
    """A document pasted as text, or converted from an old .doc."""
    for bloc in blocs:
        if isinstance(bloc, Tableau):
            for rangee in bloc.rangees:
                for cellule in rangee:
                    yield from _sans_tableau(cellule.blocs)
        else:
            yield bloc


def _partout(change: Callable[[Paragraphe], Paragraphe], blocs: Blocs, ombree: bool = True) -> Blocs:
    def inside(bloc: WordBlock) -> WordBlock:
        if isinstance(bloc, Paragraphe):
            return change(bloc)
        return Tableau(
            tuple(
                tuple(replace(c, blocs=tuple(map(inside, c.blocs)), ombree=c.ombree and ombree) for c in rangee)
                for rangee in bloc.rangees
            )
        )

    return tuple(map(inside, blocs))


def _sans_gras(blocs: Blocs) -> Blocs:
    def change(p: Paragraphe) -> Paragraphe:
        return replace(p, morceaux=tuple(replace(m, gras=False) for m in p.morceaux))

    return _partout(change, blocs, ombree=False)


def _sans_case(blocs: Blocs) -> Blocs:
    def change(p: Paragraphe) -> Paragraphe:
        return replace(p, morceaux=tuple(replace(m, texte=CASE.sub("", m.texte)) for m in p.morceaux))

    return _partout(change, blocs)


def _case_en_croix(blocs: Blocs) -> Blocs:
    def change(p: Paragraphe) -> Paragraphe:
        return replace(p, morceaux=tuple(replace(m, texte=CASE.sub("[ ]", m.texte)) for m in p.morceaux))

    return _partout(change, blocs)


def _avec_une_suite(blocs: Blocs, gras: bool = False) -> Blocs:
    """Words typed on the line of each label, and of everything else."""

    def change(p: Paragraphe) -> Paragraphe:
        return replace(p, morceaux=(*p.morceaux, Morceau(" voyez notre site", gras))) if p.texte.strip() else p

    return _partout(change, blocs)


def _recopie(blocs: Blocs) -> Blocs:
    """What the form prints, copied by the city in the first answer of each table, and gone on with."""
    printed = [p for p in paragraphes(blocs) if len(p.texte.split()) > 1]
    more = _avec_une_suite(tuple(printed))

    def copied(table: Tableau) -> Tableau:
        first, *others = table.rangees
        last = replace(first[-1], blocs=(*first[-1].blocs, *printed, *more))
        return Tableau(((*first[:-1], last), *others)) if len(first) > 1 else table

    return tuple(copied(bloc) if isinstance(bloc, Tableau) else bloc for bloc in blocs)


SORTS: dict[str, Callable[[Blocs], Blocs]] = {
    "tel quel": lambda blocs: blocs,
    "sans tableau": lambda blocs: tuple(_sans_tableau(blocs)),
    "sans gras": _sans_gras,
    "sans tableau ni gras": lambda blocs: _sans_gras(tuple(_sans_tableau(blocs))),
    "sans case": _sans_case,
    "case tapée": _case_en_croix,
    "avec une suite": _avec_une_suite,
    "avec une suite en gras": lambda blocs: _avec_une_suite(blocs, gras=True),
    "recopié": _recopie,
    "avec une suite, sans gras": lambda blocs: _avec_une_suite(_sans_gras(blocs)),
    "avec une suite, sans tableau ni gras": lambda blocs: _avec_une_suite(_sans_gras(tuple(_sans_tableau(blocs)))),
}


@dataclass(frozen=True)
class Essai:
    """One public form, as it came or as it becomes in other hands."""

    sort: str
    etiquettes: list[Etiquette]
    candidats: list[Candidate]

    def lu(self, table: Sequence[Weight]) -> list[Place]:
        """Each label found: its rank, its lines, where it ends."""
        return [_place(repere) for repere in best_path(list(weigh(self.candidats, table)), self.etiquettes)]


def _place(repere: Repere) -> Place:
    return repere.etiquette.rang, repere.debut, repere.fin, repere.reste


@pytest.fixture(scope="module")
def essais() -> list[Essai]:
    trials = []
    for path in REMPLIS:
        (first,) = ouvrir(path, FORMULAIRES)
        labels = etiquettes(first.formulaire)
        for sort, change in SORTS.items():
            document = replace(first.document, blocs=change(first.document.blocs))
            lines = lire(document, first.formulaire)[0].lignes
            trials.append(Essai(sort, labels, list(candidates(lines, labels))))
    return trials


def _decisions(essais: list[Essai], table: Sequence[Weight], row: Weight) -> tuple[Counter[str], Counter[str]]:
    """By what became of the forms: the labels found that rest on a row, and those that change without it."""
    resting: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    without = [other for other in table if other is not row]
    for essai in essais:
        places = set(essai.lu(table))
        let_in = {_place(c.repere) for c in essai.candidats if row_of(c, table) is row}
        resting[essai.sort] += len(places & let_in)
        if let_in:
            changed[essai.sort] += len(places ^ set(essai.lu(without)))
    return +resting, +changed


@pytest.mark.parametrize("row", WEIGHTS, ids=lambda row: f"{row.kind} {row.place} {', '.join(sorted(row.needs))}")
def test_chaque_poids_decide_d_une_etiquette(essais: list[Essai], row: Weight) -> None:
    resting, changed = _decisions(essais, WEIGHTS, row)
    print(
        f"{row.weight} : {resting.total()} étiquettes en dépendent {dict(resting)} ; sans lui changent {dict(changed)}"
    )
    assert resting or changed


def test_un_poids_qui_ne_decide_de_rien_se_voit(essais: list[Essai]) -> None:
    """A row that those above it leave nothing to."""
    useless = Weight("option", "box", frozenset({"exact"}), 0.5)
    assert _decisions(essais[:2], (*WEIGHTS, useless), useless) == (Counter(), Counter())


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_l_ordre_des_poids_compte_plus_que_leur_valeur(essais: list[Essai], factor: float) -> None:
    for essai in (e for e in essais if e.sort == "tel quel"):
        places = essai.lu(WEIGHTS)
        for row in WEIGHTS:
            moved = [replace(r, weight=r.weight * factor) if r is row else r for r in WEIGHTS]
            assert essai.lu(moved) == places, row


def test_sans_poids_les_formulaires_se_lisent_mal(essais: list[Essai]) -> None:
    flat = [replace(row, weight=1.0) for row in WEIGHTS]
    assert sum(essai.lu(flat) != essai.lu(WEIGHTS) for essai in essais) >= 10
