"""Old formats (``.doc``, ``.odt``) through LibreOffice, where the machine has it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from inspiractions.forms.reading.document import WordDocument
from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.reading.package import Refus, genre

_AVIS_DOC = "le fichier est un ancien .doc : la conversion peut avoir défait les tableaux ; comparez avec l’original."


def recevoir(path: Path) -> WordDocument:
    """Read a form, whatever its format. Raises ``Refus``."""
    kind = genre(path)
    if kind == "docx":
        return read_docx(path)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Refus(
            f"le fichier est au format .{kind} : ouvrez-le dans Word, « Enregistrer sous » .docx, puis réessayez."
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"formulaire.{kind}"
        shutil.copyfile(path, copy)
        profile = f"-env:UserInstallation=file://{folder}/profil"
        command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(copy)]
        try:
            subprocess.run(command, capture_output=True, timeout=120, check=True)
            document = read_docx(Path(folder) / "formulaire.docx")
            # Pictures are read while the copy is still there.
            kept = {nom: read() for nom, read in document.images.items()}
        except (subprocess.SubprocessError, OSError) as error:
            raise Refus(
                f"LibreOffice n’a pas su convertir ce .{kind} : enregistrez-le en .docx depuis Word."
            ) from error
    images = {nom: (lambda data=data: data) for nom, data in kept.items()}
    avis = (*document.avis, *([_AVIS_DOC] if kind == "doc" else []))
    return WordDocument(document.blocs, document.commentaires, document.notes, images, avis)
