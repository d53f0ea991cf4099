"""Close actions: what is said to be shared is shared; the same bank gives the same neighbours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.base.text import decapitalise
from inspiractions.model.banque import Banque, load_banque
from inspiractions.story.related import NOMBRE, RelatedFinder


@pytest.fixture
def proches(ecrire, partage: None, racine: Path) -> Callable[[str], list[tuple[str, str]]]:
    def proches(identifiant: str) -> list[tuple[str, str]]:
        banque, _, problems = load_banque(racine)
        assert problems == []
        return [(p.action.id, p.raison) for p in RelatedFinder(banque).of(banque.par_id[identifiant])]

    return proches


def test_la_banque_reelle(banque_reelle: Banque) -> None:
    proches = RelatedFinder(banque_reelle)
    themes = banque_reelle.vocabulaires["thematiques"]
    reasons = 0
    for action in banque_reelle.actions:
        related = proches.of(action)
        assert len({p.action.id for p in related} - {action.id}) == len(related) <= NOMBRE
        for proche in related:
            assert proche.raison
            both = {decapitalise(themes[i].court) for i in action.thematiques if i in proche.action.thematiques}
            themes_given = proche.raison.partition("thème")[2].partition("(")[2].partition(")")[0]
            assert {mot for mot in themes_given.split(" ; ") if mot} <= both
            reasons += bool(themes_given)
            assert ("quartier prioritaire" in proche.raison) <= (action.qpv == proche.action.qpv == "oui")
    assert reasons > len(banque_reelle.actions)


def test_toujours_les_memes(banque_reelle: Banque) -> None:
    once, again = RelatedFinder(banque_reelle), RelatedFinder(banque_reelle)
    assert [once.of(a) for a in banque_reelle.actions] == [again.of(a) for a in reversed(banque_reelle.actions)][::-1]


def test_la_raison_se_dit_en_mots(ecrire, proches) -> None:
    ecrire("marche", ages="[65-plus]", qpv="oui")
    ecrire("danse", villes="[Pantin]", ages="[65-plus, 26-64]", qpv="oui")
    ecrire("loin", villes="[Brest]", thematiques="[tabac]", ages="[0-3]", axes="[services-de-sante]")
    ((other, reason),) = proches("marche")
    assert other == "danse"
    assert reason == (
        "même thème (sport-santé et sport sur ordonnance), même âge (65 ans et plus), en quartier prioritaire aussi, "
        "ville de taille comparable (50 000 à 100 000 habitants), à 3 km"
    )


def test_la_distance_se_dit(ecrire, proches) -> None:
    ecrire("marche", ages="[tous]")
    ecrire("danse", villes="[Pantin]", ages="[tous]", thematiques="[tabac]")
    assert [raison for _, raison in proches("marche")] == []
    ecrire("chant", villes="[Pantin]", ages="[tous]", axes="[services-de-sante]")
    ((_, reason),) = proches("marche")
    assert (
        reason
        == "même thème (sport-santé et sport sur ordonnance), ville de taille comparable (50 000 à 100 000 habitants), à 3 km"
    )


def test_la_filiation_se_dit_ailleurs(ecrire, proches) -> None:
    ecrire("marche")
    ecrire("marche-reprise", villes="[Pantin]", inspiree_de="[marche]")
    ecrire("marche-voisine", villes="[Bobigny]")
    assert [i for i, _ in proches("marche")] == ["marche-voisine"]
    assert [i for i, _ in proches("marche-reprise")] == ["marche-voisine"]


def test_une_ville_ne_prend_pas_toute_la_place(ecrire, proches) -> None:
    ecrire("marche")
    for number in range(4):
        ecrire(f"pantin-{number}", villes="[Pantin]")
    ecrire("bobigny", villes="[Bobigny]", qpv="non")
    assert [i for i, _ in proches("marche")] == ["bobigny", "pantin-0", "pantin-1"]
