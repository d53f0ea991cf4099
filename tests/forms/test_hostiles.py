"""What is not a form, or means harm, is refused in French, at once."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from inspiractions.forms.reading import package
from inspiractions.forms.reading.campaigns import ouvrir
from inspiractions.forms.reading.package import Refus
from tests.forms.test_publics import FORMULAIRES, REMPLIS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zippe(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
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
    data, said = HOSTILES[nom]
    path = tmp_path / "formulaire.docx"
    path.write_bytes(data)
    with pytest.raises(Refus, match=said):
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
