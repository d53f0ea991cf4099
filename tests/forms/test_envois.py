"""What secretariats really receive: folders, archives, messages with forms attached, exports of survey tools."""

from __future__ import annotations

import csv
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from inspiractions.cli.main import main
from inspiractions.forms.reading.unpack import pieces
from tests.forms.test_cas import CAS
from tests.forms.test_publics import REMPLIS

DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def message(*files: tuple[str, bytes], inner: EmailMessage | None = None) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Nos actions"
    mail.set_content("Bonjour, voici nos deux fiches.")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype=DOCX, filename=name)
    if inner is not None:
        mail.add_attachment(inner)
    return mail.as_bytes()


def test_un_message_avec_deux_formulaires_et_une_signature(tmp_path: Path) -> None:
    """A corrected resend is recognised as one, and neither file gives its name to anything."""
    first = CAS["2"].read_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as old, zipfile.ZipFile(corrected := io.BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Texte quatre.", "Texte quatre, corrigé.".encode()))
    mail = tmp_path / "message.eml"
    mail.write_bytes(
        message(("Camille DEMO.docx", first), ("logo.png", b"x"), ("Camille DEMO (2).docx", corrected.getvalue()))
    )
    out = tmp_path / "sortie"
    assert main(["import", str(mail), "-o", str(out)]) == 0
    assert sorted(p.name for p in out.glob("actions/*.md")) == ["metz-jardin-d-essai-2.md", "metz-jardin-d-essai.md"]
    (report,) = (out / "comptes-rendus").glob("*.md")
    text = report.read_text("utf-8")
    assert "**Ressemble à actions/metz-jardin-d-essai.md : mise à jour ?**" in text
    assert "    -Texte quatre.\n    +Texte quatre, corrigé." in text
    assert "DEMO" not in text
    assert "# Fichier 1, pièce 2" in text
    # The survey did not change: it is known.
    assert [p.name for p in out.glob("enquetes/*/*.yml")] == ["metz.yml"]


def test_un_dossier_une_archive_un_message_dans_un_message(tmp_path: Path) -> None:
    folder = tmp_path / "reçus"
    (folder / "sous").mkdir(parents=True)
    (folder / "sous" / "a.docx").write_bytes(REMPLIS[0].read_bytes())
    (folder / "~$a.docx").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("formulaires/b.docm", REMPLIS[1].read_bytes())
        archive.writestr("__MACOSX/b.docm", b"x")
    inner = EmailMessage()
    inner.set_content("Transmis")
    inner.add_attachment(REMPLIS[2].read_bytes(), maintype="application", subtype=DOCX, filename="../../c.docx")
    (folder / "c.eml").write_bytes(message(inner=inner))
    (tmp_path / "pris").mkdir()
    taken = list(pieces([folder], tmp_path / "pris"))
    assert {piece.path.read_bytes() for piece in taken} == {path.read_bytes() for path in REMPLIS[:3]}
    assert [piece.fault for piece in taken] == ["", "", ""]
    assert sorted(p.name for p in (tmp_path / "pris").iterdir()) == ["piece-1.docm", "piece-2.docx"]


def test_un_message_sans_formulaire_dit_quoi_faire(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vide.eml").write_bytes(message())
    assert main(["import", str(tmp_path / "vide.eml"), "-o", str(tmp_path)]) == 1
    assert "ne contient aucun fichier à lire" in capsys.readouterr().err


def test_une_faute_dans_un_fichier_ne_perd_ni_les_autres_ni_le_compte_rendu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a fault of the import itself, on one file of the batch."""
    from inspiractions.cli import importation

    real = importation.recevoir
    (tmp_path / "piege.docx").write_bytes(b"x")

    def recevoir(path: Path) -> object:
        if path.name == "piege.docx":
            raise KeyError("w:p")
        return real(path)

    monkeypatch.setattr(importation, "recevoir", recevoir)
    out = tmp_path / "sortie"
    assert main(["import", str(tmp_path / "piege.docx"), str(REMPLIS[0]), "-o", str(out)]) == 1
    (report,) = (out / "comptes-rendus").glob("*.md")
    text = report.read_text("utf-8")
    assert "# Fichier 1\n\nNon importé : l’import n’a pas su lire ce fichier" in text
    assert len(list(out.glob("actions/*.md"))) == 1


ENTETE = [
    "Horodateur", "Nom de l’action", "Ville-Santé", "Email :", "Période / durée", "Porteur",
    "Votre action concerne (plusieurs choix possibles) :", "Contexte", "Objectifs", "Comment nous avez-vous connus ?",
]  # fmt: skip
LIGNES = [
    ["28/11/2026", f"Jardin numéro {n}", "Metz", f"personne{n}@exemple.fr", "2024", "Ville de Metz",
     "Petite enfance (0-3 ans), Parentalité, Grands-parents", f"Le quartier {n} manque de lieux.", "Relier\nles habitants", f"Par le canal {n}"]
    for n in range(1, 6)
]  # fmt: skip


def ecrire_csv(path: Path) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows([ENTETE, *LIGNES])


def ecrire_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [ENTETE, *LIGNES]:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize(("name", "write"), [("export.csv", ecrire_csv), ("export.xlsx", ecrire_xlsx)])
def test_cinq_lignes_d_un_questionnaire_font_cinq_brouillons(
    name: str, write: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / name)  # type: ignore[operator]
    out = tmp_path / "sortie"
    assert main(["import", str(tmp_path / name), "-o", str(out)]) == 0
    assert not list(out.glob("actions/*.md"))
    assert "« Porteur » → Porteur/pilote principal" in capsys.readouterr().out
    (columns,) = (out / "comptes-rendus").glob("colonnes-*.csv")
    assert main(["import", str(tmp_path / name), "-o", str(out), "--colonnes", str(columns)]) == 0
    drafts = sorted(out.glob("actions/*.md"))
    assert [p.stem for p in drafts] == [f"metz-jardin-numero-{n}" for n in range(1, 6)]
    text = drafts[0].read_text("utf-8")
    assert 'ages: ["0-3"]' in text or "ages: [0-3]" in text
    assert "porteur: Ville de Metz" in text
    assert "Le quartier 1 manque de lieux." in text
    assert "Grands-parents" in text
    assert "Comment nous avez-vous connus ? : Par le canal 1" in text
    assert "personne1" not in text


def test_une_colonne_mal_comprise_se_corrige(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ecrire_csv(tmp_path / "export.csv")
    agreed = tmp_path / "colonnes.csv"
    agreed.write_text("Colonne;Question\r\nComment nous avez-vous connus ?;Partenaires\r\n", "utf-8")
    call = ["import", str(tmp_path / "export.csv"), "-o", str(tmp_path), "--colonnes", str(agreed)]
    assert main(call) == 0
    assert "partenaires:\n  - Par le canal 1" in (tmp_path / "actions" / "metz-jardin-numero-1.md").read_text("utf-8")
    agreed.write_text("Colonne;Question\r\nContexte;Contexe\r\n", "utf-8")
    assert main(call) == 1
    assert "« Contexe » n’est pas une question du formulaire" in capsys.readouterr().err


def test_un_tableur_sans_rapport_est_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.csv").write_text("a;b\n1;2\n", "utf-8")
    assert main(["import", str(tmp_path / "notes.csv"), "-o", str(tmp_path)]) == 1
    assert "ne ressemblent aux questions d’aucun formulaire" in capsys.readouterr().err
