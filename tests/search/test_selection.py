"""What a selection finds; that the explorer finds the same is told in ``tests/browser/test_dossiers.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.model.banque import Banque
from inspiractions.search.selection import Searcher, Selection, read_selection


@pytest.fixture(scope="module")
def chercheur(banque_reelle: Banque) -> Searcher:
    return Searcher(banque_reelle)


def trouver(chercheur: Searcher, adresse: str) -> set[str]:
    selection = read_selection(adresse)
    assert list(chercheur.faults(selection)) == []
    return {a.id for a in chercheur.find(selection)}


@pytest.mark.parametrize(
    ("collee", "adresse"),
    [
        ("?theme=tabac&theme=alcool", "?theme=tabac&theme=alcool"),
        ("https://x.example/explorer/?q=sant%C3%A9+mentale&age=0-3#h-res", "?q=sant%C3%A9+mentale&age=0-3"),
        ("explorer/?tri=ville&age=0-3&page=2&vue=carte&age=0-3&q=", "?age=0-3"),
        ("explorer/", "?"),
    ],
)
def test_une_adresse_collee_garde_ce_qui_choisit(collee: str, adresse: str) -> None:
    assert read_selection(collee).adresse == adresse


def test_ou_dans_une_facette_et_entre_elles(chercheur: Searcher, banque_reelle: Banque) -> None:
    ids = trouver(chercheur, "?age=0-3&age=tous&qpv=oui")
    assert ids == {a.id for a in banque_reelle.actions if {"0-3", "tous"} & set(a.ages) and a.qpv == "oui"}


def test_un_theme_comprend_ses_precisions(chercheur: Searcher, banque_reelle: Banque) -> None:
    parents = banque_reelle.vocabulaires["thematiques"]
    expected = {
        a.id
        for a in banque_reelle.actions
        if {"urbanisme"} & {x for t in a.thematiques for x in (t, parents[t].parent)}
    }
    assert trouver(chercheur, "?theme=urbanisme") == expected


def test_mots_phrase_exclusion_et_dernier_mot(chercheur: Searcher) -> None:
    assert trouver(chercheur, '?q="conseil local de santé mentale"') < trouver(chercheur, "?q=conseil santé mentale")
    assert trouver(chercheur, "?q=tabac -lycée") < trouver(chercheur, "?q=tabac")
    assert trouver(chercheur, "?q=permacul") >= trouver(chercheur, "?q=permaculture")


@pytest.mark.parametrize(
    ("adresse", "dit"),
    [
        ("?q=c’est+de+la", "« selection » ne choisit rien"),
        ("?q=pr", "trop de mots commencent par « pr »"),
        (
            "?q=ordonnanse",
            "aucune action ne contient le mot « ordonnanse » de « selection » ; vouliez-vous « ordonnance » ?",
        ),
        (
            "?q=jardin+pirogue+vaccination",
            "aucune action ne contient ensemble « jardin », « pirogue » et « vaccination »",
        ),
        (
            "?theme=nutrition",
            "valeur inconnue « theme=nutrition » dans « selection » ; vouliez-vous « alimentation » ?",
        ),
        ("?territoire=v-grenobl", "vouliez-vous « v-grenoble » ?"),
        ("?theme=bruit&age=0-3", "la sélection est vide : sans « theme=bruit », elle compterait"),
        ("?q=xylophone&age=0-3", "aucune action ne contient le mot « xylophone » de « selection » ; ôtez-le"),
        ("?q=m%C3%A9duse&age=0-3", "la sélection est vide : sans « q=méduse », elle compterait"),
    ],
)
def test_une_selection_qui_ne_va_pas_dit_pourquoi(chercheur: Searcher, adresse: str, dit: str) -> None:
    assert [m for m in chercheur.faults(read_selection(adresse)) if dit in m] != []


def test_un_mot_ou_un_lieu_absent_ne_trouve_pas_la_banque(chercheur: Searcher, banque_reelle: Banque) -> None:
    """Correct French words, then places without an action; that the engine replaces none is told in ``tests/browser``."""
    vectors = Path(__file__).parent / "vectors"
    for name, count in (("mots-francais.txt", 800), ("lieux-sans-action.txt", 300)):
        words = [line for line in (vectors / name).read_text("utf-8").splitlines() if line and line[0] != "#"]
        assert len(words) >= count
        for word in words[::3]:
            assert len(chercheur.find(Selection(word, {}))) < len(banque_reelle.actions) / 2, word
