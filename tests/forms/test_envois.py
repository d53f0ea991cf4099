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
from inspiractions.forms.reading.answers import extraire
from inspiractions.forms.reading.sheet import read_sheet, readings_of
from inspiractions.forms.reading.unpack import pieces, read_msg
from tests.forms.test_cas import CAS
from tests.forms.test_publics import FORMULAIRES, REMPLIS

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
    taken = [piece for piece in pieces([folder], tmp_path / "pris") if not piece.message]
    assert {piece.path.read_bytes() for piece in taken} == {path.read_bytes() for path in REMPLIS[:3]}
    assert [piece.fault for piece in taken] == ["", "", ""]
    assert sorted(p.name for p in (tmp_path / "pris").iterdir()) == ["piece-1.docm", "piece-2.docx"]


REPONSES = """Bonjour Camille,

Vous trouverez nos réponses ci-dessous.

> Fiche-action
> Nom de l’action : La marche des cartables
> Ville-Santé : Quimper
> Période / durée : 2021-2024
> Porteur/pilote principal : Mission santé publique
> Rôle de la collectivité : Pilotage
> Contexte : Les trajets à pied avaient chuté de moitié.
> Objectif(s) : Rendre aux enfants l’envie de marcher.
> Déroulé de l’action : Douze lignes de pédibus.
> Quels facteurs ont favorisé le déroulé de l’action ? La confiance des directrices.
> Quels facteurs l’ont mise en difficulté ? Les matins de pluie.
Bien cordialement,
Camille DEMO
"""


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_un_message_dont_le_texte_est_la_reponse(encoding: str, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Re: Recueil"
    mail.set_content(REPONSES, cte=encoding)
    (tmp_path / "reponse.eml").write_bytes(mail.as_bytes())
    out = tmp_path / "sortie"
    assert main(["import", str(tmp_path / "reponse.eml"), "-o", str(out)]) == 0
    (draft,) = out.glob("actions/*.md")
    text = draft.read_text("utf-8")
    assert "titre: La marche des cartables" in text
    assert "Les trajets à pied avaient chuté de moitié." in text
    assert "porteur: Mission santé publique" in text
    everything = "".join(p.read_text("utf-8") for p in out.rglob("*.md"))
    assert "DEMO" not in everything


def test_ce_que_dit_le_message_est_au_compte_rendu(tmp_path: Path) -> None:
    """The words that go with the forms, in a page of HTML as Outlook sends it; neither who signs nor how to reach them."""
    mail = EmailMessage()
    page = (
        "<html><head><style>p {color: red}</style></head><body><p>Bonjour Camille,</p><p>Attention&nbsp;: le budget est en fait de "
        "12&nbsp;000&nbsp;€.</p><p>Cordialement</p><p>Dominique DEMO<br>01 99 00 12 34</p></body></html>"
    )
    mail.set_content(page, subtype="html", charset="iso-8859-15", cte="quoted-printable")
    mail.add_attachment(REMPLIS[0].read_bytes(), maintype="application", subtype=DOCX, filename="fiche.docx")
    mail.add_attachment(b"\x78\x9f\x3e\x22rien", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    (tmp_path / "message.eml").write_bytes(b"1234\n" + mail.as_bytes())
    (tmp_path / "message.eml").rename(tmp_path / "message.emlx")
    out = tmp_path / "sortie"
    assert main(["import", str(tmp_path / "message.emlx"), "-o", str(out)]) == 1
    (report,) = (out / "comptes-rendus").glob("*.md")
    text = report.read_text("utf-8")
    assert "> Attention\u00a0: le budget est en fait de 12\u00a0000\u00a0€." in text
    assert "winmail.dat" in text
    for gone in ("Camille", "DEMO", "01 99", "color"):
        assert gone not in text.split("pièce 1")[0]
    assert len(list(out.glob("actions/*.md"))) == 1


def _msg(folder: Path, unicode: bool) -> Path:
    """The streams that Outlook writes, as ``olefile`` shows them, in a file of their own: see ``_Streams``."""
    kind = "001F" if unicode else "001E"
    code = "utf-16-le" if unicode else "cp1252"
    here = "__attach_version1.0_#00000000"
    streams = {
        ("__properties_version1.0",): b"",
        (f"__substg1.0_1000{kind}",): "Voici la fiche de l’été.\0".encode(code),
        (here, f"__substg1.0_3704{kind}"): "FICHE~1.DOC\0".encode(code),
        (here, f"__substg1.0_3707{kind}"): "fiche.docx\0".encode(code),
        (here, "__substg1.0_37010102"): REMPLIS[0].read_bytes(),
    }
    _Streams.held = streams
    path = folder / "message.msg"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return path


class _Streams:
    """What ``olefile`` gives of a message: to write a whole compound file is no matter of ours."""

    held: dict[tuple[str, ...], bytes]

    def __init__(self, _: object) -> None: ...

    def __enter__(self) -> _Streams:
        return self

    def __exit__(self, *_: object) -> None: ...

    def listdir(self) -> list[list[str]]:
        return [list(parts) for parts in self.held]

    def openstream(self, parts: list[str]) -> io.BytesIO:
        return io.BytesIO(self.held[tuple(parts)])


@pytest.mark.parametrize("unicode", [True, False])
def test_un_message_d_outlook(unicode: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspiractions.forms.reading.unpack.olefile.OleFileIO", _Streams)
    message = read_msg(_msg(tmp_path, unicode))
    assert message is not None
    assert message.text == "Voici la fiche de l’été."
    assert message.files == (("fiche.docx", REMPLIS[0].read_bytes()),)


def test_des_archives_dans_des_archives_et_des_noms_d_un_autre_temps(tmp_path: Path) -> None:
    with zipfile.ZipFile(inner := io.BytesIO(), "w") as archive:
        archive.writestr("ete.docx", REMPLIS[0].read_bytes())
    # Names in CP437, as Windows wrote them: no mark of UTF-8, bytes that are none.
    old = inner.getvalue().replace(b"ete.docx", b"\x82t\x82.docx")
    with zipfile.ZipFile(outer := io.BytesIO(), "w") as archive:
        archive.writestr("envoi/dossier.zip", old)
        archive.writestr("__MACOSX/envoi/._dossier.zip", b"\x00\x05\x16\x07")
        archive.writestr("envoi/._fiche.docx", b"\x00\x05\x16\x07")
    (tmp_path / "envoi.zip").write_bytes(outer.getvalue())
    (tmp_path / "pris").mkdir()
    (taken,) = pieces([tmp_path / "envoi.zip"], tmp_path / "pris")
    assert taken.path.read_bytes() == REMPLIS[0].read_bytes()
    assert taken.fault == ""


@pytest.mark.parametrize(
    ("head", "advice"), [(b"Rar!\x1a\x07", "décompressez-la"), (b"7z\xbc\xaf\x27\x1c", "décompressez-la")]
)
def test_les_autres_archives_disent_quoi_faire(
    head: bytes, advice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "envoi.docx").write_bytes(head + bytes(100))
    assert main(["import", str(tmp_path / "envoi.docx"), "-o", str(tmp_path)]) == 1
    assert advice in capsys.readouterr().err


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
    ["28/11/2026", f"Jardin numéro {n}", "Metz", f"dominique.essai{n}@exemple.fr", "2024", "Ville de Metz",
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
    assert "essai1" not in text


def test_une_colonne_mal_comprise_se_corrige(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ecrire_csv(tmp_path / "export.csv")
    agreed = tmp_path / "colonnes.csv"
    agreed.write_text("Colonne;Question\r\nComment nous avez-vous connus ?;Partenaires\r\n", "utf-8")
    call = ["import", str(tmp_path / "export.csv"), "-o", str(tmp_path), "--colonnes", str(agreed)]
    assert main(call) == 0
    assert "partenaires:\n  - Par le canal 1" in (tmp_path / "actions" / "metz-jardin-numero-1.md").read_text("utf-8")
    agreed.write_text("Colonne;Question\r\nContexte;Contexe\r\n", "utf-8")
    assert main(call) == 1
    refused = capsys.readouterr().err
    assert (
        "en face de « Contexte » : « Contexe » n’est pas une question du formulaire. Vouliez-vous « Contexte » ?"
        in refused
    )


def test_le_tableau_des_colonnes_se_corrige_avec_les_mots_montres(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The questions left are shown; those asked of the action and of the city keep to the action; a column may be left out."""
    head = [
        "Nom de l’action",
        "Ville-Santé",
        "Nom et prénom",
        "Fonction",
        "Adresse mail",
        "Contexte",
        "Racontez",
        "Accord",
        "Bureau",
    ]
    row = [
        "Jardin",
        "Metz",
        "Dominique Essai",
        "Chargée de mission",
        "d.essai@exemple.fr",
        "Peu de lieux.",
        "Un samedi.",
        "Oui",
        "Santé",
    ]
    with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head, row])
    call = ["import", str(tmp_path / "export.csv"), "-o", str(tmp_path)]
    assert main(call) == 0
    shown = capsys.readouterr().out
    left = shown.partition("Les questions auxquelles aucune colonne ne répond")[2].splitlines()
    assert "- Déroulé de l’action" in left
    assert "- Contexte" not in left
    assert "# Que faire maintenant" not in shown
    (columns,) = (tmp_path / "comptes-rendus").glob("colonnes-*.csv")
    table = columns.read_text("utf-8-sig")
    for title, answer in (
        ("Racontez", "déroulé :"),
        ("Accord", "(technique, non repris)"),
        ("Bureau", "Service / Direction"),
    ):
        assert f'"{title}";""' in table
        table = table.replace(f'"{title}";""', f'"{title}";"{answer}"')
    columns.write_text(table, "utf-8-sig")
    assert main([*call, "--colonnes", str(columns)]) == 0
    assert "# Que faire maintenant" in capsys.readouterr().out
    draft = (tmp_path / "actions" / "metz-jardin.md").read_text("utf-8")
    assert "## Déroulé\n\nUn samedi." in draft
    assert "  fonction: Chargée de mission" in draft
    assert "À reclasser" not in draft
    assert not (tmp_path / "enquetes").exists()


def test_un_tableur_sans_rapport_est_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.csv").write_text("a;b\n1;2\n", "utf-8")
    assert main(["import", str(tmp_path / "notes.csv"), "-o", str(tmp_path)]) == 1
    assert "ne ressemblent aux questions d’aucun formulaire" in capsys.readouterr().err


QUESTION = "Votre action concerne (plusieurs choix possibles) :"
LIMESURVEY = [
    ["ID de la réponse", "Date de soumission", "Dernière page", "G01Q01. Nom de l’action", "G01Q02. Ville-Santé", "Porteur/pilote principal :",
     f"G02Q01[SQ001]. {QUESTION} [Petite enfance (0-3 ans)]", f"{QUESTION} [Parentalité]", f"{QUESTION} [Autre(s) : précisez]", "Contexte :"],
    ["12", "2024-05-02 10:00:00", "4", "Jardin", "Metz", "Mission santé", "Oui", "Non", "Grands-parents", "Peu de lieux."],
]  # fmt: skip
FRAMAFORMS = [
    ["", "", "", "", "Nom de l’action", "Ville-Santé", "Porteur", QUESTION, "", "", "Contexte"],
    ["Numéro de série", "SID", "Heure de soumission", "Adresse IP", "", "", "", "Petite enfance (0-3 ans)", "Parentalité", "Autre(s) : précisez", ""],
    ["1", "9", "05/02/2024", "127.0.0.1", "Jardin", "Metz", "Mission santé", "X", "", "Grands-parents", "Peu de lieux."],
]  # fmt: skip
GOOGLE = [
    ["Horodateur", "Nom de l’action", "Ville-Santé", "Porteur/pilote principal", QUESTION, "Contexte"],
    [
        "2024/05/02 10:00:00 AM UTC+2",
        "Jardin",
        "Metz",
        "Mission santé",
        "Petite enfance (0-3 ans), Grands-parents",
        "Peu de lieux.",
    ],
]
GOOGLE_POINTS = [GOOGLE[0], [*GOOGLE[1][:4], "Petite enfance (0-3 ans);Grands-parents", GOOGLE[1][5]]]
AIRTABLE = [
    ["Nom de l’action", *GOOGLE[0][2:]],
    ["Jardin", *GOOGLE[1][2:4], '"Petite enfance (0-3 ans)",Grands-parents', "Peu de lieux."],
]
TITRED = [["Export du 2 mai 2024", "", "", "", ""], *AIRTABLE]


def _text(rows: list[list[str]], separator: str, before: str = "") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return before + out.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (_text(LIMESURVEY, ",").encode("utf-8-sig"), ".csv"),
        (_text(LIMESURVEY, ";").encode("cp1252"), ".csv"),
        (_text(FRAMAFORMS, "\t").encode("utf-16"), ".csv"),
        (_text(FRAMAFORMS, ",").encode(), ".csv"),
        (_text(GOOGLE, ",").encode(), ".csv"),
        (_text(GOOGLE_POINTS, "\t").encode("utf-16-le"), ".tsv"),
        (_text(AIRTABLE, ",").encode("utf-8-sig"), ".csv"),
        (_text(TITRED, ";", "sep=;\r\n").encode("utf-8-sig"), ".csv"),
    ],
    ids=[
        "limesurvey",
        "limesurvey-excel",
        "framaforms-utf16",
        "framaforms",
        "google",
        "google-tsv-sans-bom",
        "airtable",
        "titre-et-sep",
    ],
)
def test_les_dialectes_des_outils_d_enquete(data: bytes, suffix: str, tmp_path: Path) -> None:
    """Separators, encodings, one or two lines of titles, choices in columns or in a list: the same action each time."""
    path = tmp_path / f"export{suffix}"
    path.write_bytes(data)
    sheet = read_sheet(path, FORMULAIRES)
    assert sheet.form.id == "sej-2024"
    (filled,) = (one for lecture in readings_of(sheet) for one in extraire(lecture))
    texts = [filled.text(key) for key in ("titre", "ville", "porteur")]
    assert texts == ["Jardin", "Metz", "Mission santé"]
    assert filled.values("ages") == ["0-3", "autre:Grands-parents"]
    assert [answer.text for answer in filled.answers if answer.titre == "Contexte"] == ["Peu de lieux."]


def test_un_tableur_d_une_autre_sorte_dit_quoi_faire(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "export.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert main(["import", str(tmp_path / "export.ods"), "-o", str(tmp_path)]) == 1
    assert "« .xlsx » ou « .csv »" in capsys.readouterr().err
