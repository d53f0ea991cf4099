"""What the secretariat looks at again, on the real bank."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from inspiractions.base.memo import Memo
from inspiractions.model.banque import Banque, load_banque
from inspiractions.story.review import find_twins, make_review, sources_to_check


def test_les_mois_ecoules(banque_reelle: Banque) -> None:
    row = make_review(banque_reelle)[0]
    day = row.checked
    assert row.months(day) == 0
    assert row.months(date(day.year + 2, day.month, 1)) == 23
    assert row.months(date(day.year + 2, day.month, day.day)) == 24
    assert row.months(date(day.year - 1, day.month, day.day)) == 0


def test_l_ordre(banque_reelle: Banque) -> None:
    rows = make_review(banque_reelle)
    assert len(rows) == len(banque_reelle.actions)
    keys = [(row.checked, -len(row.missing)) for row in rows]
    assert keys == sorted(keys)
    without_budget = {row.action.id for row in rows if "budget" in row.missing}
    assert without_budget == {action.id for action in banque_reelle.actions if action.budget is None}


def test_les_sources_listees_sont_celles_des_fiches(banque_reelle: Banque) -> None:
    listed = (banque_reelle.root / "actions" / "sources-a-verifier.tsv").read_text("utf-8").splitlines()[1:]
    kept = [(one, url) for one, urls in sources_to_check(banque_reelle).items() for url in urls]
    assert sorted(kept) == sorted((line.split("\t")[0], line.split("\t")[1]) for line in listed)


def test_les_jumelles(banque_reelle: Banque) -> None:
    """Pairs that their authors compared, and kept apart: each is shown; no list is so long that nobody reads it."""
    pairs = {(pair.first.id, pair.second.id): pair.reasons for pair in find_twins(banque_reelle.actions)}
    assert pairs["charleville-mezieres-ecoles-sans-tabac", "charleville-mezieres-rues-scolaires"] == (
        "une même source",
    )
    assert pairs["fort-de-france-contrat-local-sante", "fort-de-france-contrat-local-sante-mentale"] == (
        "même lieu, titres proches",
    )
    assert "mêmes phrases" in pairs["plaisance-du-touch-conge-gynecologique", "strasbourg-conge-sante-gynecologique"]
    assert ("paris-12-plateaux-inox", "paris-18-plateaux-inox-maternelles") in pairs
    assert ("chize-ordonnance-verte-village", "grand-cognac-paniers-choubidou") in pairs
    assert len(pairs) <= len(banque_reelle.actions) // 10


def test_une_source_que_beaucoup_citent_ne_fait_pas_de_jumelles(ecrire, partage: None, racine: Path) -> None:
    """The page of a plan that thirty fiches cite says nothing of two of them, and would make four hundred pairs."""
    villes = ("Lyon", "Brest", "Lille", "Nantes", "Rennes", "Toulouse")
    for rang in range(24):
        sources = "[{titre: Le plan, url: 'https://exemple.fr/plan'}]"
        if rang < 2:
            sources = sources[:-1] + ", {titre: Le bilan, url: 'https://exemple.fr/bilan'}]"
        ecrire(
            f"fiche-{rang}",
            f"\n## Contexte\n\nMot{rang}.\n",
            titre=f"Chantier{rang} sport{rang}",
            villes=f"[{villes[rang % 6]}]",
            sources=sources,
        )
    actions = load_banque(racine)[0].actions
    assert len(actions) == 24
    assert [(p.first.id, p.second.id, p.reasons) for p in find_twins(actions)] == [
        ("fiche-0", "fiche-1", ("une même source",))
    ]


def test_les_jumelles_gardees_sont_celles_que_l_on_referait(banque_reelle: Banque, tmp_path: Path) -> None:
    """Texts that change one after the other, phrases that become common and cease to be: the pairs kept are those of a first time."""
    memo, hasard = Memo(tmp_path / "memoire.sqlite", b""), random.Random(16)
    actions = list(banque_reelle.actions[:60])
    texts = [action.source.body for action in actions]
    phrase = "Chaque samedi matin, trente volontaires arpentent ensemble les sentiers communaux balisés."
    seen = set()
    for step in range(60):
        rank = step if step < 24 else hasard.randrange(len(actions))
        action = actions[rank]
        body = f"{texts[rank]}\n{phrase}\n" if step < 24 else texts[rank]
        if step > 40:
            body = texts[hasard.randrange(len(actions))]
        changed = action.model_copy()
        changed.attach(replace(action.source, body=body), banque_reelle.vocabulaires)
        actions[rank] = changed
        if step % 20 == 19:
            del actions[rank], texts[rank]
        twins = find_twins(actions, memo)
        assert twins == find_twins(actions), step
        seen.add(len(twins))
    assert len(seen) > 10
