"""How a récit is cited: BibTeX, RIS, CSL-JSON. The bank is the author and publisher, the city is told in the note.

Formats: BibTeX (Patashnik, « BibTeXing », 1988; UTF-8 as biber reads it), RIS (Research Information Systems, 2011,
type ELEC), CSL-JSON (citation-style-language/schema, csl-data.json).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from inspiractions.model.identity import Identity
from inspiractions.story.recit import Recit

# What TeX would read as a command. BibTeX counts braces, whatever stands before them: they are named, too.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def bibtex(recit: Recit, identity: Identity) -> str:
    """One ``@misc`` entry; its key is the id."""
    quand = _date(recit)
    fields = {
        "author": f"{{{_tex(identity.editeur)}}}",
        "title": f"{{{_tex(recit.action.titre)}}}",
        "year": str(quand.year),
        "month": str(quand.month),
        "howpublished": f"{_tex(identity.nom)}, récit d’expérience",
        "note": _tex(f"{recit.lieu}. {recit.origine}"),
        "url": recit.permalien,
        "language": "french",
        "abstract": _tex(recit.action.resume),
        "keywords": _tex(", ".join(recit.mots_cles)),
    }
    lines = (f"  {nom} = {{{texte}}}," for nom, texte in fields.items())
    return "\n".join([f"@misc{{{recit.action.id},", *lines, "}", ""])


def ris(recit: Recit, identity: Identity) -> str:
    """One reference of type ELEC; lines end with CR LF, as the format asks."""
    return "".join(f"{tag}  - {texte}\r\n" for tag, texte in _ris(recit, identity))


def csl(recit: Recit, identity: Identity) -> dict[str, object]:
    """One item of type ``webpage``."""
    quand = _date(recit)
    return {
        "id": recit.action.id,
        "type": "webpage",
        "title": _line(recit.action.titre),
        "author": [{"literal": identity.editeur}],
        "container-title": identity.nom,
        "publisher": identity.editeur,
        "genre": "récit d’expérience",
        "issued": {"date-parts": [[quand.year, quand.month, quand.day]]},
        "URL": recit.permalien,
        "language": "fr-FR",
        "abstract": _line(recit.action.resume),
        "keyword": ", ".join(recit.mots_cles),
        "note": f"{recit.lieu}. {recit.origine}",
    }


def csl_json(recits: Iterable[Recit], identity: Identity) -> str:
    """A CSL-JSON file, which is a list."""
    return json.dumps([csl(recit, identity) for recit in recits], ensure_ascii=False, indent=1) + "\n"


def _ris(recit: Recit, identity: Identity) -> Iterator[tuple[str, str]]:
    quand = _date(recit)
    yield "TY", "ELEC"
    yield "ID", recit.action.id
    yield "TI", _line(recit.action.titre)
    yield "AU", identity.editeur
    yield "T2", identity.nom
    yield "PY", str(quand.year)
    yield "DA", f"{quand:%Y/%m/%d}/"
    yield "UR", recit.permalien
    yield "LA", "fr"
    yield "AB", _line(recit.action.resume)
    for mot in recit.mots_cles:
        yield "KW", mot
    yield "CY", recit.lieu
    yield "PB", identity.editeur
    yield "N1", recit.origine
    yield "ER", ""


def _date(recit: Recit) -> date:
    return recit.action.date_publication


def _tex(texte: str) -> str:
    return _line(texte).translate(_TEX)


def _line(texte: str) -> str:
    """A text of the fiche on one line: a line end would begin another field."""
    return " ".join(texte.split())
