"""The synthesis of a survey: fictitious cities in a scratch tree; nothing of them is ever in the bank."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from inspiractions.build.site import load_and_check
from inspiractions.cli.main import main

UNE = """ville: Besançon
publie: false
reponses:
  gouvernance: |-
    =SOMME(A1) est le début d’une réponse.
    Une seconde ligne.
partenaires:
  - partenaire: CAF
    nature: Soutien financier
"""
DEUX = """ville: Nantes
publie: true
reponses:
  gouvernance: Un contrat local de santé.
partenaires:
  - partenaire: École de santé
    nature: ""
"""


@pytest.fixture
def racine(tmp_path: Path, partage: None) -> Path:
    folder = tmp_path / "enquetes" / "sej-2024"
    folder.mkdir(parents=True)
    (tmp_path / "actions").mkdir()
    (folder / "besancon.yml").write_text(UNE, "utf-8")
    (folder / "nantes.yml").write_text(DEUX, "utf-8")
    return tmp_path


def test_synthese_question_par_question(racine: Path) -> None:
    assert main(["enquete", "sej-2024", "--root", str(racine), "--sortie", str(racine / "s")]) == 0
    document = docx.Document(str(racine / "s" / "enquete-sej-2024.docx"))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [h[:13] for h in heads[:4]] == ["Questions", "1. Gouvernanc", "Besançon", "Nantes"]
    paragraphs = [p.text for p in document.paragraphs]
    assert "Une seconde ligne." in paragraphs
    assert "2 réponses de 2 villes : Besançon, Nantes." in paragraphs
    assert paragraphs.count("Sans réponse, 2 sur 2 : Besançon, Nantes.") == 4
    (table,) = document.tables
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["Ville", "Partenaires", "Nature du partenariat"],
        ["Besançon", "CAF", "Soutien financier"],
        ["Nantes", "École de santé", ""],
    ]
    assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1


def test_tableur_sans_formule(racine: Path) -> None:
    main(["enquete", "sej-2024", "--root", str(racine), "--sortie", str(racine)])
    text = (racine / "enquete-sej-2024.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert rows[0] == ["Question", "Ville", "Réponse"]
    assert rows[1][1:] == ["Besançon", "'=SOMME(A1) est le début d’une réponse.\nUne seconde ligne."]
    assert ["Besançon", "CAF : Soutien financier"] in [row[1:] for row in rows]


def test_deux_services_d_une_ville_font_une_ville(racine: Path) -> None:
    folder = racine / "enquetes" / "sej-2024"
    (folder / "nantes-2.yml").write_text(DEUX.replace("Un contrat local", "Un second contrat local"), "utf-8")
    (folder / "nantes-3.yml").write_text(DEUX, "utf-8")
    assert main(["enquete", "sej-2024", "--root", str(racine), "--sortie", str(racine)]) == 0
    document = docx.Document(str(racine / "enquete-sej-2024.docx"))
    paragraphs = [p.text for p in document.paragraphs]
    assert paragraphs[1] == "4 réponses de 2 villes : Besançon, Nantes."
    assert paragraphs.count("Nantes") == 1
    first = paragraphs.index("Réponse 1 sur 2")
    assert paragraphs[first : first + 4] == [
        "Réponse 1 sur 2",
        "Un contrat local de santé.",
        "Réponse 2 sur 2",
        "Un second contrat local de santé.",
    ]
    assert len(document.tables[0].rows) == 3


def test_rien_a_ecrire(racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["enquete", "sdtp-2025", "--root", str(racine), "--sortie", str(racine)]) == 2
    assert "aucune réponse dans enquetes/sdtp-2025/" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "attendu"),
    [
        ("  gouvernance:", "  gouvernence:", 4, "vouliez-vous « gouvernance »"),
        ("publie: true", "publie: peut-etre", 2, "« publie » attend"),
        ("ville: Nantes", "ville:", 1, "écrivez « ville: Besançon »"),
        ("ville: Nantes", "ville: Nante", 1, "vouliez-vous « Nantes » ?"),
        ("ville: Nantes", "ville: Sainte-Colombe", 1, "communes portent ce nom ; écrivez « Sainte-Colombe ("),
        ("    nature", "    natures", 7, "vouliez-vous « nature »"),
        ("Un contrat local", "Écrire à jeanne.essai@ville.fr, contrat", 4, "courriel nominatif"),
        ("École de santé", "Docteur Specimen", 6, "nom de personne"),
    ],
)
def test_une_faute_a_sa_ligne(racine: Path, avant: str, apres: str, ligne: int, attendu: str) -> None:
    path = racine / "enquetes" / "sej-2024" / "nantes.yml"
    path.write_text(DEUX.replace(avant, apres, 1), "utf-8")
    problems = [p for p in load_and_check(racine)[1] if p.path == "enquetes/sej-2024/nantes.yml"]
    assert [(p.line, attendu in p.message) for p in problems] == [(ligne, True)], problems


def test_une_reponse_non_publiee_garde_ses_noms(racine: Path) -> None:
    path = racine / "enquetes" / "sej-2024" / "nantes.yml"
    path.write_text(DEUX.replace("true", "false").replace("École de santé", "Docteur Specimen"), "utf-8")
    assert load_and_check(racine)[1] == []


def test_une_campagne_inconnue(racine: Path) -> None:
    (racine / "enquetes" / "sej-2024").rename(racine / "enquetes" / "sej-2042")
    assert any("le dossier porte le nom d’une campagne" in p.message for p in load_and_check(racine)[1])
