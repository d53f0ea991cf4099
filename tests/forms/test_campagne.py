"""The kit of a campaign: its blank form is the one that is read back, its letter names nobody, its list says who answered."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from inspiractions.cli.main import main
from inspiractions.forms.reading.answers import ouvrir
from inspiractions.model.banque import Banque
from inspiractions.story.coverage import Call, current, form_path, make_calls
from tests.conftest import Ecrire, fiche
from tests.forms.test_publics import FORMULAIRES


def _rows(folder: Path) -> dict[str, list[str]]:
    text = (folder / "suivi.csv").read_text("utf-8-sig")
    return {row[0]: row[1:] for row in csv.reader(text.splitlines(), delimiter=";")}


def test_le_necessaire_d_une_campagne(racine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (racine / "actions" / "aubervilliers-marche.md").write_text(fiche(campagne="sej-2024"), "utf-8")
    draft = fiche(campagne="sej-2024", statut="brouillon", villes="[Brest]", resume=None, titre="Autre action")
    (racine / "actions" / "brest-autre.md").write_text(draft, "utf-8")
    answers = racine / "enquetes" / "sej-2024"
    answers.mkdir(parents=True)
    (answers / "nantes.yml").write_text(
        "ville: Nantes\npublie: false\nreponses:\n  gouvernance: Un contrat.\n", "utf-8"
    )
    invited, kit = tmp_path / "villes.csv", tmp_path / "kit"
    invited.write_bytes("ville;contact\nNantes;\nBesançon;\nNante;\n".encode("cp1252"))
    call = ["campagne", "sej-2024", "--root", str(racine), "--villes", str(invited), "-o", str(kit)]
    assert main(call) == 0
    output = capsys.readouterr().out
    assert "3 sur 5 villes invitées ont répondu" in output
    assert "À corriger" in output
    assert "Nante" in output
    rows = _rows(kit)
    assert rows["Aubervilliers"][:4] == ["oui", "1", "0", "0"]
    assert rows["Brest"][:4] == ["oui", "0", "1", "0"]
    assert rows["Nantes"][:4] == ["oui", "0", "0", "1"]
    assert rows["Besançon"][0] == rows["Nante"][0] == "non"
    # The blank form is what the cities send back, blank: recognised, and nothing in it is an answer.
    (lecture,) = ouvrir(kit / "formulaire-sej-2024.docx", FORMULAIRES)
    assert lecture.formulaire.id == "sej-2024"
    letters = [(kit / f"lettre{suffix}").read_text("utf-8") for suffix in (".txt", ".md", ".html")]
    for letter in letters:
        assert "Santé des enfants, santé des jeunes et parentalité" in letter
        assert "formulaire-sej-2024.docx" in letter
        assert "ni téléphone n’y figure" in letter

    # What somebody wrote in the kit stays when it is made again.
    sheet = kit / "suivi.csv"
    sheet.write_text(
        sheet.read_text("utf-8").replace(
            '"Besançon";"non";"0";"0";"0";""', '"Besançon";"non";"0";"0";"0";"2024-07-01"'
        ),
        "utf-8",
    )
    (kit / "lettre.txt").write_text("Notre lettre.", "utf-8")
    assert main(call) == 0
    assert _rows(kit)["Besançon"][4] == "2024-07-01"
    assert (kit / "lettre.txt").read_text("utf-8") == "Notre lettre."


def test_des_villes_de_meme_nom_ont_chacune_leur_ligne(
    ecrire: Ecrire, racine: Path, partage: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bank knows which is meant: it is not asked again."""
    ecrire("valence-jardin", villes="[Valence (26)]", campagne="sej-2024")
    ecrire("valence-marche", villes="[Valence (82)]")
    kit = tmp_path / "kit"
    for _ in range(2):
        assert main(["campagne", "sej-2024", "--root", str(racine), "-o", str(kit)]) == 0
        assert "À corriger" not in capsys.readouterr().out
        rows = _rows(kit)
        assert rows["Valence (26)"][:2] == ["oui", "1"]
        assert rows["Valence (82)"][:2] == ["non", "0"]


def test_un_appel_sans_formulaire_ou_sans_liste(
    racine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (racine / "actions" / "aubervilliers-marche.md").write_text(fiche(), "utf-8")
    assert main(["campagne", "veille", "--root", str(racine), "-o", str(tmp_path)]) == 2
    assert "il y en a pour : " in capsys.readouterr().err
    assert main(["campagne", "sej-2024", "--root", str(racine), "--villes", str(tmp_path / "non")]) == 2
    assert "une par ligne" in capsys.readouterr().err


def test_le_recueil_ouvert_est_celui_que_l_on_propose(banque_reelle: Banque) -> None:
    sizes = {form_path(form.campagne): 40_000 for form in FORMULAIRES.values()}
    calls = make_calls(banque_reelle, sizes)
    assert set(calls) == {form.campagne for form in FORMULAIRES.values()}
    last = current(calls)
    assert last is not None
    assert last.terme.id == "sdtp-2025"
    assert not last.ouverte
    older = calls["sante-mentale-2023"]
    opened = {**calls, older.terme.id: Call(older.terme, older.chemin, older.size, ouverte=True)}
    assert current(opened) == opened["sante-mentale-2023"]
    assert current({}) is None


def test_le_site_donne_les_formulaires_vierges(site: Path) -> None:
    """On the page of each campaign, on « Contribuer », and from what the coverage lacks."""
    for form in FORMULAIRES.values():
        (lecture,) = ouvrir(site / form_path(form.campagne), FORMULAIRES)
        assert lecture.formulaire.id == form.id
        page = (site / f"campagnes/{form.campagne}/index.html").read_text("utf-8")
        assert 'id="repondre"' in page
    assert f"formulaire-{form.campagne}.docx" in page
    hand_written = (site / "contribuer/index.html").read_text("utf-8")
    assert "campagnes/sdtp-2025/formulaire-sdtp-2025.docx" in hand_written
    assert "‹formulaire›" not in hand_written
    coverage = (site / "couverture/index.html").read_text("utf-8")
    assert "formulaire-sdtp-2025.docx" in coverage
