"""``relecture``, ``revue``, ``doublons``: what they write and print, and what they refuse."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from inspiractions.cli.main import main
from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.rereading.form import read_mark
from tests.conftest import Ecrire


@pytest.fixture
def banque(ecrire: Ecrire, racine: Path, partage: None) -> Path:
    """Three fiches of two cities, one of them re-read, and a draft."""
    ecrire("aubervilliers-marche")
    ecrire("aubervilliers-danse", titre="Danser ensemble le jeudi", connaissance="relu", verifie_le="2026-02-01")
    ecrire(
        "metz-jardin",
        titre="Jardin partagé",
        villes="[Metz]",
        porteur="Ville de Metz",
        sources="[{titre: A, url: 'https://exemple.fr/a'}]",
    )
    ecrire("metz-brouillon", titre="Essai", statut="brouillon")
    return racine


def test_un_dossier_par_ville(banque: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "envoi"
    assert main(["relecture", "--root", str(banque), "--a-relire", "-o", str(out)]) == 0
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert written == [
        "aubervilliers/aubervilliers-marche.docx",
        "aubervilliers/lettre.html",
        "aubervilliers/lettre.txt",
        "metz/lettre.html",
        "metz/lettre.txt",
        "metz/metz-jardin.docx",
        "suivi.csv",
    ]
    mark = read_mark(read_docx(out / "metz" / "metz-jardin.docx").properties)
    assert mark is not None
    assert mark.text == (banque / "actions" / "metz-jardin.md").read_text("utf-8")
    letter = (out / "metz" / "lettre.txt").read_text("utf-8")
    assert letter.startswith("Objet : Metz : votre action sur Inspir’Actions, à relire\n")
    assert "- Jardin partagé : https://inspiractions.example/actions/metz-jardin/" in letter
    assert "renvoyez-le à contact@inspiractions.example" in letter
    assert 'href="https://inspiractions.example/actions/metz-jardin/"' in (out / "metz" / "lettre.html").read_text(
        "utf-8"
    )
    with (out / "suivi.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["ville"], row["fichier"], row["version"]) for row in rows] == [
        ("Aubervilliers", "aubervilliers/aubervilliers-marche.docx", rows[0]["version"]),
        ("Metz", "metz/metz-jardin.docx", mark.version),
    ]
    assert "2 formulaires à relire" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nommez des fiches (relecture ID ID…), ou demandez --a-relire : l’un des deux."),
        (["metz-jardin", "--a-relire"], "l’un des deux."),
        (["metz-jardins"], "aucune fiche publiée ne s’appelle « metz-jardins » ; vouliez-vous « metz-jardin » ?"),
        (["metz-brouillon"], "aucune fiche publiée ne s’appelle « metz-brouillon »"),
    ],
)
def test_refus(words: list[str], message: str, banque: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relecture", "--root", str(banque), *words]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("command", ["relecture", "revue", "doublons"])
def test_un_brouillon_incomplet_n_arrete_personne(
    command: str, banque: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was just imported is not whole yet."""
    draft = banque / "actions" / "metz-brouillon.md"
    draft.write_text(draft.read_text("utf-8").replace("titre: Essai", "titre: ~"), "utf-8")
    more = ["metz-jardin", "-o", str(tmp_path / "envoi")] if command == "relecture" else []
    assert main(["check", "--root", str(banque)]) == 1
    capsys.readouterr()
    assert main([command, "--root", str(banque), *more]) == 0
    assert capsys.readouterr().err.count("brouillon") == 0


def test_revue(banque: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (banque / "actions" / "sources-a-verifier.tsv").write_text(
        "fiche\tadresse\traison\nmetz-jardin\thttps://exemple.fr/a\tjamais essayée\n"
        "metz-jardin\thttps://exemple.fr/otee\tjamais essayée\n",
        "utf-8",
    )
    target = tmp_path / "revue.csv"
    assert main(["revue", "--root", str(banque), "-o", str(target)]) == 0
    out = capsys.readouterr().out
    assert "3 fiches ; 2 à faire relire par leur ville" in out
    assert "1 sources à vérifier" in out
    assert "sources-a-verifier.tsv : 1 ligne à ôter" in out
    assert "brouillon : actions/metz-brouillon.md" in out
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["fiche"]: row for row in csv.DictReader(file, delimiter=";")}
    assert list(rows) == ["aubervilliers-marche", "metz-jardin", "aubervilliers-danse"]
    assert rows["aubervilliers-danse"]["relue_par_la_ville"] == "oui"
    assert rows["metz-jardin"]["manque"] == "résultats, difficultés, évaluation, budget"
    assert rows["metz-jardin"]["sources_a_verifier"] == "https://exemple.fr/a"


def test_doublons(banque: Path, ecrire: Ecrire, capsys: pytest.CaptureFixture[str]) -> None:
    ecrire("metz-jardin-ecole", titre="Jardin de l’école", villes="[Metz]", corps="\n## Contexte\n\nUn autre texte.\n")
    assert main(["doublons", "--root", str(banque)]) == 0
    out = capsys.readouterr().out
    assert "actions/metz-jardin.md\nactions/metz-jardin-ecole.md\n    même lieu, titres proches, mêmes phrases\n" in out
    assert "6 paires à comparer." in out


def test_ce_qui_change_depuis_un_etat_ou_un_dossier(
    banque: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What git keeps and what a folder holds say the same; what is neither is told."""
    for words in (["init", "-q"], ["add", "actions"], ["-c", "user.name=e", "-c", "user.email=e@ville.example", "commit", "-qm", "e"]):  # fmt: skip
        subprocess.run(["git", *words], cwd=banque, check=True)
    before = tmp_path / "avant"
    shutil.copytree(banque / "actions", before / "actions")
    jardin = banque / "actions" / "metz-jardin.md"
    jardin.write_text(jardin.read_text("utf-8").replace("Jardin partagé", "Jardin commun"), "utf-8")
    (banque / "actions" / "metz-brouillon.md").unlink()
    outputs = []
    for state in ("HEAD", str(before)):
        assert main(["changements", "--root", str(banque), "--depuis", state]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert "(`actions/metz-brouillon.md`), effacée" in outputs[0]
    assert "  - avant : Jardin **partagé**\n  - après : Jardin **commun**" in outputs[0]
    assert "metz-jardin" in outputs[0]
    assert "aubervilliers" not in outputs[0]
    (tmp_path / "vide").mkdir()
    for state, sentence in (
        ("HEAD~7", "ni un état que git connaît"),
        ("--all", "ni un état"),
        (str(tmp_path / "vide"), "actions/"),
    ):
        assert main(["changements", "--root", str(banque), f"--depuis={state}"]) == 2
        assert sentence in capsys.readouterr().err
