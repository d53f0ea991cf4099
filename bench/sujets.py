"""A dozen rare topics, each written into one known action; other actions hold one of its two words, never both, and no other text does."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from inspiractions.base.text import fold

# The topic as it is written, and as a hurried hand types it: one letter wrong.
_SUJETS = (
    ("aquaponie éphémère", "aquaponnie éphémère"),
    ("équithérapie lunaire", "équitérapie lunaire"),
    ("grainothèque flottante", "grainotèque flottante"),
    ("céramique phénicienne", "céramique phéniciene"),
    ("zoothérapie hivernale", "zoothérapie hivernalle"),
    ("épluchures fermentées", "éplucures fermentées"),
    ("généalogie méditerranéenne", "généalogie méditeranéenne"),
    ("marionnettes géantes", "marionettes géantes"),
    ("poésie ferroviaire", "poésie feroviaire"),
    ("mosaïque aérienne", "mozaïque aérienne"),
    ("détecteurs phosphorescents", "détecteurs phosforescents"),
    ("polyphonie forestière", "poliphonie forestière"),
)
# What coordinators ask every day: common words, in many actions.
COURANTES = (
    "santé mentale des jeunes",
    "accès aux soins",
    "alimentation des enfants",
    "isolement des personnes âgées",
    "marche dans le quartier",
    "médiation en santé",
    "contrat local de santé",
    "formation des agents d’accueil",
    "parents et écrans",
    "budget et partenaires",
    "activité physique sur ordonnance",
    "évaluation par les habitants",
)
_RESUME = 300
_HORS = 3


@dataclass(frozen=True)
class Sujet:
    """A planted topic, as it is typed in three ways, and the action that tells it."""

    exact: str
    faute: str
    sans_accent: str
    action: str


def plant(corpus: Path, seed: int = 1) -> list[Sujet]:
    """Write each topic into an action of ``corpus``: one in three in its summary, the others in its body."""
    fiches = random.Random(seed).sample(sorted((corpus / "actions").glob("*.md")), _HORS * len(_SUJETS))
    sujets = []
    for rang, (exact, faute) in enumerate(_SUJETS):
        cible, *autres = fiches[_HORS * rang : _HORS * (rang + 1)]
        if rang % 3 or not _in_summary(cible, exact):
            _in_body(cible, exact)
        for autre, mot in zip(autres, exact.split(), strict=True):
            _in_body(autre, mot)
        sujets.append(Sujet(exact, faute, fold(exact), cible.stem))
    return sujets


def _phrase(sujet: str) -> str:
    """« d’aquaponie », « de poésie »."""
    return f"Un temps {'d’' if fold(sujet)[0] in 'aeiou' else 'de '}{sujet} complète l’action."


def _in_body(fiche: Path, sujet: str) -> None:
    before, after = fiche.read_text("utf-8").split("## Perspectives\n\n")
    fiche.write_text(f"{before}## Perspectives\n\n{_phrase(sujet)} {after}", "utf-8")


def _in_summary(fiche: Path, sujet: str) -> bool:
    """False where the summary has no room left."""
    _, head, body = fiche.read_text("utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    fields["resume"] = f"{fields['resume']} {_phrase(sujet)}"
    if len(fields["resume"]) > _RESUME:
        return False
    fiche.write_text(f"---\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)}---\n{body}", "utf-8")
    return True
