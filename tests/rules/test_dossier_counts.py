"""Each number of actions that a dossier gives is what the bank counts, on the day that the dossier names."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.loading import load_dossiers
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story import labels

Count = Callable[[Action], bool]

_WORDS = (
    "aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
)  # fmt: skip


def obstacles(action: Action) -> bool:
    return any(rubrique.id == "difficultes" for rubrique in action.rubriques)


def budget(action: Action) -> bool:
    return action.budget is not None


def evaluated_by_others(action: Action) -> bool:
    return action.connaissance == "evalue-externe"


def evaluated_by_its_bearer(action: Action) -> bool:
    return action.connaissance == "evalue-interne"


def evaluated(action: Action) -> bool:
    return evaluated_by_others(action) or evaluated_by_its_bearer(action)


def of_age(age: str) -> Count:
    return lambda action: age in action.ages


def for_public(public: str) -> Count:
    return lambda action: public in action.publics


def on_theme(theme: str) -> Count:
    return lambda action: theme in action.thematiques


def menopause_of_agents(action: Action) -> bool:
    return {"endometriose-menopause", "sante-des-agents"} <= set(action.thematiques)


# Of each dossier, what it says, with {} for the number, and the actions that it speaks of.
PHRASES: dict[str, tuple[tuple[str, Count], ...]] = {
    "1000-premiers-jours-et-parentalite": (
        ("{} actions du dossier reposent sur une évaluation", evaluated),
        ("dont {} par un tiers", evaluated_by_others),
        ("{} disent ce qui les a gênées", obstacles),
    ),
    "acces-aux-droits-et-aux-soins": (
        ("{} actions du dossier reposent sur une évaluation", evaluated),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} un budget ou un financeur", budget),
    ),
    "chaleur-et-canicule": (
        ("{} action de ce dossier ne repose sur une évaluation", evaluated),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} donnent un budget", budget),
        ("{} seule vise les 26-64 ans", of_age("26-64")),
    ),
    "contrats-de-sante-et-gouvernance": (
        ("{} actions du dossier disent ce qui les a gênées", obstacles),
        ("{} donnent un budget ou un financeur", budget),
        ("{} ne repose sur une évaluation", evaluated),
    ),
    "evaluer-une-action": (
        ("{} actions reposent sur l’évaluation d’un tiers", evaluated_by_others),
        ("{} sur celle de leur porteur", evaluated_by_its_bearer),
        ("{} disent aussi ce qui les a gênées", obstacles),
        ("{} donnent un budget ou un financeur", budget),
    ),
    "jeunes-et-addictions": (
        ("{} actions du dossier reposent sur une évaluation", evaluated),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} donnent un budget ou un financeur", budget),
    ),
    "manger-mieux-a-tout-age": (
        ("{} actions du dossier reposent sur une évaluation", evaluated),
        ("dont {} par un tiers", evaluated_by_others),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} un budget ou un financeur", budget),
        ("{} seulement s’adressent aux plus de 65 ans", of_age("65-plus")),
    ),
    "participation-des-habitants": (
        ("{} actions du dossier disent ce qui les a gênées", obstacles),
        ("{} donnent un budget ou un financeur", budget),
        ("{} seule repose sur une évaluation", evaluated),
    ),
    "sante-des-femmes": (
        ("{} actions du dossier reposent sur une évaluation, menée par leur porteur", evaluated_by_its_bearer),
        ("{} actions du dossier reposent sur une évaluation", evaluated),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} un budget ou un financeur", budget),
        ("{} portent sur l’endométriose ou la ménopause", on_theme("endometriose-menopause")),
        ("{} portent sur l’endométriose ou la ménopause, toutes pour les agentes", menopause_of_agents),
    ),
    "sante-et-environnement": (
        ("{} actions du dossier reposent sur une évaluation", evaluated),
        ("dont {} par un tiers", evaluated_by_others),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} donnent un budget ou un financeur", budget),
    ),
    "sante-mentale-et-lien-social": (
        ("{} actions du dossier reposent sur l’évaluation d’un tiers", evaluated_by_others),
        ("{} sur celle de leur porteur", evaluated_by_its_bearer),
        ("{} donnent un budget ou un financeur", budget),
        ("{} ce qui les a gênées", obstacles),
        ("{} seulement concernent les tout-petits", of_age("0-3")),
    ),
    "sante-outre-mer": (
        ("{} action de ce dossier ne repose sur une évaluation", evaluated),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} un budget ou un financeur", budget),
    ),
    "urbanisme-et-cadre-de-vie": (
        ("{} fiches racontent une évaluation d’impact sur la santé", on_theme("evaluation-impact-sante")),
        ("{} actions du dossier reposent sur une évaluation de leurs effets", evaluated),
        ("{} fiches donnent un budget ou un financeur", budget),
    ),
    "vieillir-moins-seul": (
        ("{} action de ce dossier ne repose sur une évaluation", evaluated),
        ("{} disent ce qui les a gênées", obstacles),
        ("{} un budget ou un financeur", budget),
        ("{} s’adressent aux aidants", for_public("aidants")),
    ),
}


def test_chaque_dossier_compte_quelque_chose() -> None:
    files = {path.stem for path in (PROJECT / "dossiers").glob("*.md")}
    # The projects count the récits that they cite: tests/rules/test_projets.py.
    assert set(PHRASES) == {name for name in files if not name.startswith("par-ou-commencer-")}


@pytest.mark.parametrize("identifiant", sorted(PHRASES))
def test_un_nombre_d_actions_est_celui_de_la_banque(identifiant: str, banque_reelle: Banque) -> None:
    dossier = next(d for d in load_dossiers(banque_reelle)[0] if d.id == identifiant)
    jour = dossier.entete.verifie_le or dossier.entete.date_publication
    texte = " ".join(dossier.source.body.split())
    # What was published later is not counted: the sentence is dated.
    actions = [a for a in dossier.actions if a.date_publication <= jour]
    wrong = []
    if f"Au {labels.jour(jour)}, " not in texte:
        wrong.append(f"datez ses nombres du {labels.jour(jour)} (« verifie_le » ou « date_publication »)")
    for phrase, count in PHRASES[identifiant]:
        nombre = sum(map(count, actions))
        if not _says(texte, phrase, nombre):
            wrong.append(f"écrivez « {phrase.format(_written(nombre))} »")
    assert not wrong, f"dossiers/{identifiant}.md : {' ; '.join(wrong)}."


def _written(nombre: int) -> str:
    """Up to sixteen in words, then in digits."""
    return _WORDS[nombre] if nombre < len(_WORDS) else str(nombre)


def _says(texte: str, phrase: str, nombre: int) -> bool:
    """Whether the phrase stands there with that number, written in words or digits, whatever its first letter."""
    number = rf"(?<![\w-])(?:{_written(nombre)}|{nombre})"
    return re.search(number.join(map(re.escape, phrase.split("{}"))), texte, re.IGNORECASE) is not None
