from __future__ import annotations

from inspiractions.base.files import PROJECT
from inspiractions.build.site import load_and_check
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES


def test_la_banque_est_sans_faute() -> None:
    banque, problems = load_and_check(PROJECT)
    assert problems == []
    assert len(banque.actions) >= 170


def test_chaque_fiche_dit_ses_sources(banque_reelle: Banque) -> None:
    assert [a.id for a in banque_reelle.actions if not a.sources] == []


def test_chaque_terme_est_connu(banque_reelle: Banque) -> None:
    for facette in FACETTES:
        known = banque_reelle.vocabulaire(facette)
        assert {i for a in banque_reelle.actions for i in facette.ids(a)} <= set(known.termes)


def test_chaque_fichier_donne_une_action(banque_reelle: Banque) -> None:
    assert {p.stem for p in (PROJECT / "actions").glob("*.md")} == set(banque_reelle.par_id)


def test_la_campagne_des_ateliers_sante_ville_compte_dix_recits(banque_reelle: Banque) -> None:
    assert sum(a.campagne == "asv-2015" for a in banque_reelle.actions) == 10
