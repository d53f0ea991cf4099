"""What is not a form, or means harm, is refused in French, at once."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from inspiractions.base.files import PROJECT
from inspiractions.forms.reading import package
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.document import paragraphes
from inspiractions.forms.reading.package import Refus
from inspiractions.forms.reading.unpack import recevoir
from tests.forms.test_publics import FORMULAIRES, REMPLIS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zippe(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


ENTITES = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document ' + W.encode() + b"><w:body>&b;</w:body></w:document>"  # fmt: skip
HOSTILES = {
    "vide": (b"", "vide"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n", "est une image"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "est une image"),
    "pages": (zippe(**{"Index__Document.iwa": b"x"}), "Pages"),
    "tableur": (zippe(xl__workbook_xml=b"<a/>"), "tableur"),
    "html": (b"<html>", "page web"),
    "texte": (b"bonjour", "pas un document Word"),
    "tronque": (REMPLIS[0].read_bytes()[:20_000], "abîmé"),
    "autre-zip": (zippe(a=b"x"), "ne contient pas de document Word"),
    "bombe": (zippe(word__document_xml=b" " * (package.MAX_PARTIE + 10)), "démesurément"),
    "entites": (zippe(word__document_xml=ENTITES), "entités"),
    "illisible": (zippe(word__document_xml=b"<w:document"), "illisible"),
    "sans-texte": (zippe(word__document_xml=f"<w:document {W}/>".encode()), "pas de texte"),
    "etranger": (zippe(word__document_xml=f"<w:document {W}><w:body><w:p><w:r><w:t>Bonjour</w:t></w:r></w:p></w:body></w:document>".encode()), "aucun formulaire"),
    "protege": (package.OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
}  # fmt: skip


@pytest.mark.parametrize("nom", HOSTILES)
def test_refus(nom: str, tmp_path: Path) -> None:
    data, message = HOSTILES[nom]
    path = tmp_path / "formulaire.docx"
    path.write_bytes(data)
    with pytest.raises(Refus, match=message):
        ouvrir(path, FORMULAIRES)


def test_trop_lourd(tmp_path: Path) -> None:
    path = tmp_path / "formulaire.docx"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(Refus, match="200 Mo"):
        ouvrir(path, FORMULAIRES)


def test_une_image_du_dehors_ou_d_un_nom_piege_n_est_pas_prise(tmp_path: Path) -> None:
    path = tmp_path / "formulaire.docx"
    with zipfile.ZipFile(REMPLIS[3]) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'Target="media/image2.png"', b'Target="../../../../etc/passwd"')
            new.writestr(name, data)
    (lecture,) = ouvrir(path, FORMULAIRES)
    assert all(nom.startswith("word/media/") for nom in lecture.document.images)
    assert any("image" in avis for avis in lecture.document.avis)


def test_un_ancien_doc_se_convertit_ou_dit_quoi_faire() -> None:
    path = REMPLIS[0].with_suffix(".doc")
    if shutil.which("soffice") or shutil.which("libreoffice"):
        assert any("ancien .doc" in avis for avis in ouvrir(path, FORMULAIRES)[0].document.avis)
    else:
        with pytest.raises(Refus, match="Enregistrer sous"):
            ouvrir(path, FORMULAIRES)


def paragraphe(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def mot(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def boites(depth: int) -> str:
    inside = mot("FOND")
    for _ in range(depth):
        inside = f"<w:r><w:pict><w:txbxContent>{paragraphe(inside)}</w:txbxContent></w:pict></w:r>"
    return paragraphe(inside)


def tables(depth: int) -> str:
    inside = paragraphe(mot("Contexte"))
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    return inside


# What grew beyond measure, or stopped the import: each is read, or refused, in a few seconds and a few tens of megabytes.
LOURDS = {
    "4000-retours": paragraphe("<w:r>" + "<w:t>a</w:t><w:br/>" * 4000 + "</w:r>"),
    "4000-commentaires-ouverts": paragraphe("".join(f'<w:commentRangeStart w:id="{n}"/>{mot("a")}' for n in range(4000))),
    "200000-paragraphes": paragraphe(mot("a")) * 200_000,
    "100000-cases": paragraphe(mot("☐ a " * 100_000)),
    "boites-emboitees": boites(40),
    "tableaux-emboites": tables(60),
    "lignes-qui-ressemblent": paragraphe(mot("☐ Parentalité santé des enfants contexte objectifs budget")) * 5_900,
    "champs-ouverts": paragraphe('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + mot("fin")),
    "symboles": paragraphe('<w:r><w:sym w:char="ZZ" w:font="Wingdings"/><w:sym w:char="FFFFFFFFF" w:font="Symbol"/></w:r>'),
    "listes": "".join(
        paragraphe(
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="{value}"/><w:listEntry w:val="x"/>'
            '</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        for value in ("abc", "-3", "99999999999")
    ),
}  # fmt: skip

# Of this process alone: what getrusage tells is at least what its parent weighed when it was started.
MESURE = """
import re, sys, time
from pathlib import Path
from inspiractions.model.questionnaire import load_questionnaires
from inspiractions.base.files import PROJECT
from inspiractions.forms.reading.answers import ouvrir
from inspiractions.forms.reading.package import Refus
from inspiractions.model.vocabulaire import load_vocabulaires
forms = load_questionnaires(PROJECT, load_vocabulaires(PROJECT)[0])[0]
start = time.process_time()
try:
    ouvrir(Path(sys.argv[1]), forms)
except Refus as refusal:
    assert "formulaire" in str(refusal)
print(time.process_time() - start, re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize("nom", LOURDS)
def test_un_fichier_demesure_ne_prend_ni_le_temps_ni_la_memoire(nom: str, tmp_path: Path) -> None:
    """Under 10 s of processor and 300 MB, in a process of its own."""
    path = tmp_path / "formulaire.docx"
    body = f"<w:document {W}><w:body>{LOURDS[nom]}</w:body></w:document>"
    path.write_bytes(zippe(word__document_xml=body.encode()))
    done = subprocess.run(
        [sys.executable, "-c", MESURE, str(path)], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stderr
    seconds, kilobytes = map(float, done.stdout.split())
    print(f"{nom} : {seconds:.1f} s, {kilobytes / 1000:.0f} Mo")
    assert seconds < 10
    assert kilobytes < 300_000


def test_la_conversion_n_appelle_personne(tmp_path: Path) -> None:
    """A picture at an address of this machine: nothing asks for it, with a network of its own or without."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice n’est pas installé : rien n’est converti.")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        picture = f"http://127.0.0.1:{server.getsockname()[1]}/pixel.png"
        content = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
            'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
            'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body><office:text>'
            '<text:p>Bonjour<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
            f'<draw:image xlink:href="{picture}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            "</draw:frame></text:p></office:text></office:body></office:document-content>"
        )
        manifest = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        )
        path = tmp_path / "formulaire.odt"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", manifest)
        assert "Bonjour" in "".join(p.texte for p in paragraphes(recevoir(path).blocs))
        with pytest.raises(TimeoutError):
            server.accept()


def test_deux_campagnes_dans_un_fichier_font_deux_formulaires(tmp_path: Path) -> None:
    """Each action keeps the questions of its own form."""
    one, other = (docx.Document(path) for path in (REMPLIS[1], REMPLIS[4]))
    end = one.element.body.sectPr
    for item in list(other.element.body)[:-1]:
        for blip in [*item.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")]:
            blip.getparent().remove(blip)
        end.addprevious(item)
    path = tmp_path / "deux.docx"
    one.save(str(path))
    lectures = ouvrir(path, FORMULAIRES)
    assert [lecture.formulaire.modele for lecture in lectures] == ["A", "C"]
    for lecture, alone in zip(lectures, (REMPLIS[1], REMPLIS[4]), strict=True):
        (mine,), (due,) = extraire(lecture), extraire(*ouvrir(alone, FORMULAIRES))
        assert mine.texts == due.texts
        assert [a.text for a in mine.answers] == [a.text for a in due.answers]
