"""What is sent out is what can be read back: blank, nothing; filled, everything."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from inspiractions.cli.main import main
from inspiractions.forms.blank import make_vierge
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.form_data import as_object
from tests.forms.remplir import W14, Stylo
from tests.forms.test_publics import FORMULAIRES

CHAQUE = pytest.mark.parametrize("id_", sorted(FORMULAIRES))


@CHAQUE
def test_vierge_rien_n_est_lu(id_: str, tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(make_vierge(FORMULAIRES[id_]))
    (lecture,) = ouvrir(path, FORMULAIRES)
    assert lecture.formulaire.id == id_
    assert extraire(lecture) == []


@CHAQUE
def test_rempli_tout_revient(id_: str, tmp_path: Path) -> None:
    form, path = FORMULAIRES[id_], tmp_path / "f.docx"
    document = docx.Document(io.BytesIO(make_vierge(form)))
    ecrit = Stylo(document, form).ecrit
    document.save(str(path))
    (filled,) = extraire(*ouvrir(path, FORMULAIRES))
    objet = as_object(filled)
    survey = objet["enquete"] or {}
    people = list(form.demandes("repondants"))
    answers = [text for bloc, text in ecrit if bloc in people]
    assert [v for r in objet["extra"].get("repondants", []) for v in r.values()] == answers
    for bloc, text in ecrit:
        if bloc in people:
            continue
        where = survey if bloc in form.demandes("enquete") else objet
        if bloc.rubrique:
            value = objet["sections"][bloc.titre]
        elif "." in bloc.vers:
            group, key = bloc.vers.split(".")
            value = where[group][key]
        else:
            value = where[bloc.vers] if bloc.vers in where else objet["extra"][bloc.vers]
        assert value == (", ".join(text) if bloc.vers == "presenter_gt" else text), bloc.libelle  # type: ignore[arg-type]
    assert not {"hors_formulaire", "doutes", "libelles_modifies", "lignes_ajoutees"} & set(objet["extra"])


@CHAQUE
def test_document_accessible_et_anonyme(id_: str) -> None:
    form = FORMULAIRES[id_]
    octets = make_vierge(form)
    assert octets == make_vierge(form)
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(octets)).infolist()} == {(2024, 1, 1, 0, 0, 0)}
    document = docx.Document(io.BytesIO(octets))
    core = document.core_properties
    assert (core.title, core.language, core.author, core.last_modified_by) == (form.titre, "fr-FR", "", "")
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"fr-FR"}
    styles = [style.get(qn("w:val")) for style in document.element.body.iter(qn("w:pStyle"))]
    assert any(style.startswith("Heading") for style in styles)
    assert all(t._tbl.tblPr.find(qn("w:tblCaption")) is not None for t in document.tables)
    options = sum(len(b.options) for b in form.demandes("fiche"))
    assert len(list(document.element.iter(f"{W14}checkbox"))) == options > 0
    heads = sum(1 for p in form.demandes("enquete") if p.genre == "partenaires")
    assert len(list(document.element.iter(qn("w:tblHeader")))) >= heads


def test_la_commande(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x" / "vierge.docx"
    assert main(["formulaire", "sej-2024", "-o", str(path)]) == 0
    assert path.read_bytes() == make_vierge(FORMULAIRES["sej-2024"])
    assert main(["formulaire", "inconnu"]) == 2
    assert "sdtp-2025" in capsys.readouterr().err


def test_une_enquete_d_une_ville_inconnue_est_a_corriger(
    racine: Path, partage: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """« check » would refuse the answers: the import says so at once."""
    form, path = FORMULAIRES["sej-2024"], racine / "f.docx"
    document = docx.Document(io.BytesIO(make_vierge(form)))
    Stylo(document, form)
    document.save(str(path))
    assert main(["import", str(path), "--root", str(racine)]) == 0
    (written,) = (racine / "enquetes" / "sej-2024").glob("*.yml")
    asked = capsys.readouterr().out.partition("Ce que la vérification demande encore")[2]
    # The contact of this form is called « Dite numéro… », too: what may name somebody leaves no trace in the city either.
    line = written.read_text("utf-8").splitlines().index("ville: '[nom retiré] numéro 2'") + 1
    assert (
        f"{written.name}:{line}: « [nom retiré] numéro 2 » n’est ni une commune ni une intercommunalité connue" in asked
    )
