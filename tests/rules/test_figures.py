"""A figure of a fiche stands in its words, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Source
from inspiractions.rules.front_matter import chiffre_cle, montants
from inspiractions.rules.recit import a_la_une

Lire = Callable[[Path], tuple[Source, Action]]
RESULTATS = "\n## Résultats\n\n### Pour les habitants\n\nÀ 24 mois, 86\u00a0% des bénéficiaires sont logés ; 1 400 repas, pour 12,5 tonnes.\n"


@pytest.mark.parametrize(
    ("valeur", "compte", "dit"),
    [
        ("86 %", "des bénéficiaires sont logés à 24 mois", []),
        ("1 400 repas", "servis", []),
        ("12,5 tonnes", "de déchets", []),
        ("87 %", "des bénéficiaires", ["« 87 % » n’est pas sous « Résultats »"]),
        ("400 repas", "servis", ["« 400 repas » n’est pas sous « Résultats »"]),
        ("5 tonnes", "de déchets", ["« 5 tonnes » n’est pas sous « Résultats »"]),
        ("Beaucoup", "de gens", ["ne contient aucun nombre en chiffres"]),
        ("86 %", "sur 300 personnes, à 24 mois", ["le nombre « 300 » n’est pas sous « Résultats »"]),
    ],
)
def test_le_chiffre_cle_est_dans_les_resultats(
    ecrire: Callable[..., Path], lire: Lire, banque_reelle: Banque, valeur: str, compte: str, dit: list[str]
) -> None:
    fiche = ecrire("marche", corps=RESULTATS, chiffre_cle=f"{{valeur: '{valeur}', compte: '{compte}'}}")
    messages = [p.message for p in chiffre_cle(*lire(fiche), banque_reelle)]
    assert len(messages) == len(dit)
    assert all(part in message for part, message in zip(dit, messages, strict=True))


@pytest.mark.parametrize(
    ("budget", "refus", "doutes"),
    [
        ("{precision: '8 500 € par an', montants: [{euros: 8500, par: an}]}", [], []),
        ("{precision: '8 500 € par an', montants: [{euros: 8600, par: an}]}", ["« 8600 » n’est dans aucune ligne"], ["la somme de 8 500 €"]),
        ("{fonctionnement: '2,1 millions d’euros'}", [], ["ajoutez « - euros: 2100000 »"]),
        ("{precision: '10 € par personne'}", [], []),
    ],
)  # fmt: skip
def test_un_montant_est_dans_les_mots_et_les_mots_dans_les_montants(
    ecrire: Callable[..., Path], lire: Lire, banque_reelle: Banque, budget: str, refus: list[str], doutes: list[str]
) -> None:
    problems = list(montants(*lire(ecrire("marche", budget=budget)), banque_reelle))
    for parts, doubt in ((refus, False), (doutes, True)):
        messages = [p.message for p in problems if p.doubt is doubt]
        assert len(messages) == len(parts)
        assert all(part in message for part, message in zip(parts, messages, strict=True))


def test_les_fiches_de_la_banque_en_portent(banque_reelle: Banque) -> None:
    actions = banque_reelle.actions
    assert sum(action.chiffre_cle is not None for action in actions) >= 160
    assert sum(bool(action.budget and action.budget.montants) for action in actions) >= 60


@pytest.mark.parametrize(
    ("corps", "refuse"),
    [
        ("\n## Résultats\n\nBien.\n\n## Difficultés\n\n- **Financement** : tardif → une avance de la Ville.\n", False),
        ("\n## Résultats\n\nBien.\n\n## Difficultés\n\n- **Financement** : tardif.\n", True),
        ("\n## Difficultés\n\n- **Financement** : tardif → une avance de la Ville.\n", True),
    ],
)
def test_la_page_d_accueil_raconte_un_resultat_et_une_difficulte(
    ecrire: Callable[..., Path], lire: Lire, banque_reelle: Banque, corps: str, refuse: bool
) -> None:
    fiche = ecrire("marche", corps=corps, freins="[financement]", a_la_une="2026-02-01")
    assert [p.rule for p in a_la_une(*lire(fiche), banque_reelle)] == ["a-la-une"] * refuse
