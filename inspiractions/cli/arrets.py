"""What stops a command although the content may be right: each cause said in French, with its exit code."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from inspiractions.base.images import ImageIllisible
from inspiractions.base.parallel import AtelierPerdu
from inspiractions.build.site import SiteRefused
from inspiractions.build.staging import Occupied
from inspiractions.cli.output import fail, report
from inspiractions.documents.pdf.typst import PdfError
from inspiractions.forms.web_form import FormulaireImpossible
from inspiractions.theme.mkdocs import FrameError

ARRETS = (FrameError, PdfError, FormulaireImpossible, ImageIllisible, SiteRefused, Occupied, AtelierPerdu, OSError)

# The system says why in English.
_POURQUOI: Mapping[int | None, str] = {
    errno.ENOSPC: "il n’y a plus de place sur le disque : libérez-en",
    errno.EDQUOT: "votre quota de disque est épuisé : libérez de la place",
    errno.EFBIG: "le système limite la taille des fichiers",
    errno.EROFS: "le disque est en lecture seule",
    errno.EACCES: "vous n’avez pas le droit d’y lire ou d’y écrire",
    errno.EPERM: "le système l’interdit",
    errno.ENOENT: "ce fichier n’existe pas, ou n’existe plus",
    errno.EEXIST: "un fichier porte déjà ce nom : ôtez-le",
    errno.ENOTDIR: "un fichier se trouve là où il faut un dossier : ôtez-le",
    errno.EISDIR: "un dossier se trouve là où il faut un fichier : ôtez-le",
    errno.ENOTEMPTY: "ce dossier n’est pas vide",
    errno.EBUSY: "un autre programme s’en sert",
    errno.EXDEV: "les deux dossiers ne sont pas sur le même disque",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.EIO: "le disque répond mal",
}


def stopped(error: Exception) -> int:
    """Say what stopped a command; the exit code."""
    match error:
        case FrameError():
            return fail(f"MkDocs a refusé mkdocs.yml ou les pages de docs/ :\n{error}")
        case PdfError():
            return fail(f"PDF impossible : {error}")
        case ImageIllisible():
            return fail(f"l’image {error} a changé ou disparu pendant la construction : recommencez.")
        case SiteRefused():
            return report(error.problems, "text")
        case OSError():
            why = _POURQUOI.get(error.errno, f"erreur {error.errno} du système")
            where = f" ({error.filename})" if error.filename else ""
            return fail(f"écriture ou lecture impossible{where} : {why}.")
        case _:
            return fail(str(error))
