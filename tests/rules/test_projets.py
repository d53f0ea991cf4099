"""« Par où commencer »: each project says nothing that no récit says, and counts the récits that it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.loading import load_dossiers
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque, Dossier
from inspiractions.rules.dossiers import LIEN
from inspiractions.story import labels
from tests.rules.test_dossier_counts import budget, obstacles

PROJETS = sorted(path.stem for path in (PROJECT / "dossiers").glob("par-ou-commencer-*.md"))
STEPS = "Les étapes vues dans plusieurs villes"
NEEDS = "Ce qu’il a fallu"
OBSTACLES = "Ce qui a gêné, et les réponses"
SILENCE = "Ce que la banque ne dit pas encore"


def evaluation(action: Action) -> bool:
    return any(rubrique.id == "evaluation" for rubrique in action.rubriques)


def running_costs(action: Action) -> bool:
    return action.budget is not None and action.budget.fonctionnement is not None


# What a page says that none of the récits that it cites has.
NONE: dict[str, tuple[tuple[str, Callable[[Action], bool]], ...]] = {
    "par-ou-commencer-bus-sante": (("Aucun ne dit ce que coûte une année de tournées.", running_costs),),
    "par-ou-commencer-clsm": (("Aucun ne dit ce que coûte une année de conseil.", running_costs),),
    "par-ou-commencer-ecoute-des-jeunes": (("Aucun ne dit ce que coûte une année d’écoute.", running_costs),),
    "par-ou-commencer-plan-canicule": (
        ("Aucun ne dit ce que coûtent les appels et les visites d’un été.", running_costs),
    ),
    "par-ou-commencer-rue-aux-ecoles": (
        ("Aucun ne dit ce que coûte le personnel d’une année de fermetures.", running_costs),
    ),
}


def projet(identifiant: str, banque: Banque) -> Dossier:
    return next(d for d in load_dossiers(banque)[0] if d.id == identifiant)


def cites(text: str) -> set[str]:
    return {link[1] for link in LIEN.finditer(text)}


def sections(dossier: Dossier) -> dict[str, str]:
    _, *parts = re.split(r"^## (.+)$", dossier.source.body, flags=re.M)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def points(section: str) -> list[str]:
    return re.findall(r"^(?:- |\d+\. )(.+)$", section, re.M)


def test_le_genre_et_le_nom_disent_la_meme_chose(banque_reelle: Banque) -> None:
    assert PROJETS
    assert sorted(d.id for d in load_dossiers(banque_reelle)[0] if d.entete.genre == "projet") == PROJETS


@pytest.mark.parametrize("identifiant", PROJETS)
def test_un_projet_cite_au_moins_huit_recits_publies(identifiant: str, banque_reelle: Banque) -> None:
    dossier = projet(identifiant, banque_reelle)
    cited = cites(dossier.source.body)
    assert len(cited) >= 8
    assert cited <= set(banque_reelle.par_id)
    assert 3 <= len(dossier.epinglees) <= 5
    assert {a.id for a in dossier.epinglees} <= cited


@pytest.mark.parametrize("identifiant", PROJETS)
def test_chaque_point_d_un_projet_repose_sur_des_recits(identifiant: str, banque_reelle: Banque) -> None:
    by_title = sections(projet(identifiant, banque_reelle))
    assert list(by_title) == [STEPS, NEEDS, OBSTACLES, SILENCE]
    steps, gaps = points(by_title[STEPS]), points(by_title[OBSTACLES])
    assert len(steps) >= 4
    assert gaps
    # A city already linked on the page need not be linked again where it is named again.
    names = dict(re.findall(r"\[([^\]]+)\]\(\.\./actions/([a-z0-9-]+)\.md", "".join(by_title.values())))
    for step in steps:
        assert len(cites(step) | {i for name, i in names.items() if name in step}) >= 2, step
    for need in points(by_title[NEEDS]):
        assert cites(need), need
    for gap in gaps:
        # What hindered is told by the récit that the line names.
        assert any(map(obstacles, _actions(cites(gap), banque_reelle))), gap


@pytest.mark.parametrize("identifiant", PROJETS)
def test_un_projet_compte_ses_recits(identifiant: str, banque_reelle: Banque) -> None:
    dossier = projet(identifiant, banque_reelle)
    jour = labels.jour(dossier.entete.verifie_le or dossier.entete.date_publication)
    cited = _actions(cites(dossier.source.body), banque_reelle)
    gap, money, judged = (sum(map(count, cited)) for count in (obstacles, budget, evaluation))
    wanted = (
        f"Au {jour}, des {len(cited)} récits cités ici, {gap} racontent une difficulté, {money} remplissent la ligne « Budget »,"
        f" {judged} ont une rubrique « Évaluation »."
    )
    texte = " ".join(dossier.source.body.split())
    assert _plural(wanted) in texte, f"dossiers/{identifiant}.md : écrivez « {_plural(wanted)} »."
    for sentence, tells in NONE.get(identifiant, ()):
        assert sentence in texte
        assert not any(map(tells, cited)), sentence


def _actions(ids: Iterable[str], banque: Banque) -> list[Action]:
    return [banque.par_id[i] for i in ids]


def _plural(sentence: str) -> str:
    """« 1 ont » is written « un seul a », « 0 racontent » « aucun ne raconte », « n’a une » « n’a de »."""
    for plural, singular, none in (
        ("racontent", "raconte", "ne raconte"),
        ("remplissent", "remplit", "ne remplit"),
        ("ont", "a", "n’a"),
    ):
        sentence = sentence.replace(f" 1 {plural} ", f" un seul {singular} ")
        sentence = sentence.replace(f" 0 {plural} ", f" aucun {none} ")
    return sentence.replace("n’a une ", "n’a de ")
