"""What is only possible is told, and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from inspiractions.base.problem import Problem, as_github, as_gitlab, as_markdown, blocking
from inspiractions.cli.main import main
from tests.conftest import Ecrire


@pytest.fixture
def douteuse(ecrire: Ecrire) -> None:
    ecrire(resume="Le projet doit beaucoup à Julie Modèle, qui l’a lancé.")


def test_check_le_dit_et_finit_par_zero(racine: Path, partage: None, douteuse: None, capsys) -> None:
    assert main(["check", "--root", str(racine)]) == 0
    output = capsys.readouterr().out
    assert "à relire, nom de personne « Julie Modèle »" in output
    assert "mots-innocents.txt" in output
    assert "1 action publiée, rien à corriger." in output


def test_un_doute_n_arrete_pas_une_construction(problemes: Callable[[], list[Problem]], douteuse: None) -> None:
    problems = problemes()
    assert [(p.rule, p.doubt) for p in problems] == [("vie-privee", True)]
    assert blocking(problems, ()) == []


def test_ce_qui_est_sur_est_refuse(ecrire: Ecrire, problemes: Callable[[], list[Problem]]) -> None:
    ecrire(resume="Le projet doit beaucoup à Mme Modèle.")
    assert [p.doubt for p in blocking(problemes(), ())] == [False]


def test_un_accord_date_regle_un_doute(ecrire: Ecrire, problemes: Callable[[], list[Problem]]) -> None:
    ecrire(resume="Le projet doit beaucoup à Julie Modèle.", consentements="[{texte: Julie Modèle, date: 2026-01-01}]")
    assert problemes() == []


def test_chaque_forme_le_distingue() -> None:
    faults = [Problem("a.md", 1, "vie-privee", "sûr"), Problem("a.md", 2, "vie-privee", "à relire, peut-être", True)]
    assert [line.split()[0] for line in as_github(faults).split("\n")] == ["::error", "::warning"]
    assert [one["severity"] for one in json.loads(as_gitlab(faults))] == ["major", "info"]
    markdown = as_markdown(faults)
    assert markdown.index("### Vérification : à corriger") < markdown.index("sûr") < markdown.index("### À relire")
    assert as_markdown(faults[1:]).startswith("### Vérification : rien à corriger\n\n### À relire")


def test_un_nom_d_image_qui_designe_une_personne(racine: Path, ecrire: Ecrire, problemes) -> None:
    folder = racine / "actions" / "images" / "jardin"
    folder.mkdir(parents=True)
    for nom in ("julie-modele.png", "jardin-partage.png"):
        Image.new("RGB", (9, 9)).save(folder / nom)
    ecrire("jardin", illustrations="[{fichier: julie-modele.png, alt: x}, {fichier: jardin-partage.png, alt: y}]")
    assert [(p.doubt, "« julie-modele.png »" in p.message) for p in problemes()] == [(True, True)]
