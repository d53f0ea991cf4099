"""``check`` refuses all that a build would stumble upon."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.problem import Problem
from inspiractions.build.site import build
from inspiractions.cli.output import stopped
from inspiractions.documents.pdf.typst import PdfError
from inspiractions.model import types
from tests.conftest import Ecrire

LONGUE = "https://a.fr/" + "x" * 9_000
Problemes = Callable[[], list[Problem]]


@pytest.mark.parametrize("place", ["sources", "documents", "recit", "recit nu"])
def test_une_adresse_trop_longue(ecrire: Ecrire, problemes: Problemes, place: str) -> None:
    if place.startswith("recit"):
        lien = f"[le bilan]({LONGUE})" if place == "recit" else LONGUE
        ecrire("aubervilliers-marche", f"\n## Contexte\n\nVoir {lien}\n")
    else:
        ecrire("aubervilliers-marche", **{place: f"[{{titre: Un bilan, url: '{LONGUE}'}}]"})
    problems = problemes()
    assert len(problems) == 1
    assert "9013 signes" in problems[0].message
    assert problems[0].line > 1


@pytest.mark.parametrize("jour", ["0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01"])
@pytest.mark.parametrize("cle", ["date_publication", "verifie_le", "date_redaction"])
def test_une_annee_impossible(ecrire: Ecrire, problemes: Problemes, jour: str, cle: str) -> None:
    ecrire(**{cle: jour})
    assert any(f"l’année de « {jour} »" in p.message for p in problemes())


@pytest.mark.parametrize("nom", ["con", "aux", "nul", "prn", "com1", "lpt9", "page"])
def test_un_nom_qu_aucun_dossier_ne_peut_porter(ecrire: Ecrire, problemes: Problemes, racine: Path, nom: str) -> None:
    ecrire(nom)
    assert [(p.path, p.rule) for p in problemes()] == [(f"actions/{nom}.md", "identifiant")]
    assert f"« {nom}.md », par exemple" not in problemes()[0].message
    assert f"par exemple « action-{nom}.md »" in problemes()[0].message
    (racine / "actions" / f"{nom}.md").unlink()
    ecrire(anciens_ids=f"[{nom}]")
    assert [p.rule for p in problemes()] == ["anciens-ids"]


def test_un_axe_sans_signe(racine: Path, ecrire: Ecrire) -> None:
    from inspiractions.build.site import load_and_check

    shutil.copytree(PROJECT / "vocabulaire", racine / "vocabulaire")
    path = racine / "vocabulaire" / "axes.yml"
    before = path.read_text("utf-8")
    path.write_text(f"{before.rstrip()}\n\n- id: nouveau\n  libelle: Nouveau\n  definition: x\n  source: x\n", "utf-8")
    problems = [p for p in load_and_check(racine)[1] if p.path == "vocabulaire/axes.yml"]
    assert [p.line for p in problems] == [before.rstrip().count("\n") + 3]
    assert "i-axe-6" in problems[0].message


def test_un_recit_dont_le_pdf_echoue_est_nomme(
    racine: Path, ecrire: Ecrire, partage: None, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    # As before such addresses were refused: no other way is known to make Typst fail.
    monkeypatch.setattr(types, "MAX_URL", 100_000)
    ecrire("fautive", sources=f"[{{titre: Un bilan, url: '{LONGUE * 8}'}}]")
    with pytest.raises(PdfError, match=r"actions/fautive\.md:1: ce PDF ne peut être composé") as failed:
        build(racine, racine / "site", racine / "travail")
    assert stopped(failed.value) == 2
    assert "actions/fautive.md:1:" in capsys.readouterr().err
