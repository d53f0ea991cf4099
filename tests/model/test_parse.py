"""The messages are in ``fautes/attendu.txt``; here, what a right fiche becomes."""

from __future__ import annotations

from datetime import date

from inspiractions.model.types import Mois


def test_une_fiche_devient_une_action(ecrire, lire) -> None:
    _, action = lire(ecrire(periode="{debut: 2019-09, fin: inconnue}", villes="[Grenoble, Échirolles]", quartiers=""))
    assert action.id == "aubervilliers-marche"
    assert action.periode.debut == Mois(2019, 9)
    assert action.periode.fin == "inconnue"
    assert [v.code for v in action.villes] == ["38185", "38151"]
    assert action.chef_de_file.nom == "Grenoble"
    assert action.quartiers == ()
    assert action.date_maj == date(2026, 1, 31)


def test_les_rubriques_se_reconnaissent_et_les_autres_restent(ecrire, lire) -> None:
    _, action = lire(ecrire("x", "\n## difficultés\n\na\n\n## Notre méthode\n\nb\n\n## Objectifs\n"))
    assert [(r.id, r.titre) for r in action.rubriques] == [
        ("difficultes", "Difficultés, et comment elles ont été levées"),
        ("r-notre-methode", "Notre méthode"),
    ]
