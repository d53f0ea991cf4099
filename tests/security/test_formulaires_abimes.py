"""Filled Word forms with their bytes and their XML altered at random: read, or refused; nothing written elsewhere."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspiractions.forms.drafting.write import importer
from inspiractions.forms.reading.package import Refus
from inspiractions.model.banque import Banque
from inspiractions.model.source import read_fiche
from inspiractions.model.types import ParseContext
from tests.forms.test_publics import FORMULAIRES, ICI

from .hasard import essais
from .hostile import SOAK

pytestmark = [pytest.mark.soak, pytest.mark.timeout(0 if SOAK else 300)]

DOCX = [
    path.read_bytes()
    for path in [*sorted((ICI / "publics").glob("*.docx")), *sorted((ICI / "vierges").glob("*.docx"))[:2]]
]
_TEXTES = [
    "<script>",
    "\u200b",
    "\u202e",
    "\ue000",
    "\uffff",
    "&#0;",
    "&x;",
    "=1+1",
    "../../x",
    "{{x}}",
    "---",
    "]]>",
    "[a](javascript:x)",
    "`" * 50,
    "x" * 3_000,
    "![x](y)",
    ": ",
    "# ",
]
_VALEURS = ["", "-1", "99999999999", "../../../etc/passwd", "http://x/", "0", "1e9", "true"]


def abimer(data: bytes, hasard: random.Random) -> bytes:
    """Bit flips, a cut, or the parts of the archive exchanged, dropped and their XML altered."""
    if hasard.random() < 0.25:
        octets = bytearray(data)
        for _ in range(hasard.randint(1, 8)):
            octets[hasard.randrange(len(octets))] ^= 1 << hasard.randrange(8)
        return bytes(octets[: hasard.choice([len(octets), hasard.randrange(len(octets))])])
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {nom: old.read(nom) for nom in old.namelist()}
    for _ in range(hasard.randint(1, 4)):
        nom, autre = (hasard.choice(sorted(parts)) for _ in range(2))
        geste = hasard.random()
        if geste < 0.1:
            parts[nom], parts[autre] = parts[autre], parts[nom]
        elif geste < 0.15 and len(parts) > 2:
            del parts[nom]
        else:
            nom = "word/document.xml" if "word/document.xml" in parts and geste < 0.8 else nom
            parts[nom] = _abimer_xml(parts[nom].decode("utf-8", "replace"), hasard).encode("utf-8", "replace")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for nom, octets in parts.items():
            new.writestr(nom, octets)
    return out.getvalue()


def _abimer_xml(xml: str, hasard: random.Random) -> str:
    motif, autres = hasard.choice([
        (r"(?<=>)[^<]+(?=<)", _TEXTES), (r'(?<=")[^"<>]*(?=")', _VALEURS), (r"<w:\w+[^<>]*/>", ["", "<w:tbl/>", "<w:tc/>", "<w:p/>"]),
        (r"</?w:(?:p|r|t|tc|tr|tbl)>", ["", "<w:p>"]), (r"<w:tr\b.*?</w:tr>", ["", None]), (r"<w:p\b.*?</w:p>", ["", None]),
    ])  # fmt: skip
    matches = list(re.finditer(motif, xml, re.S))
    if not matches:
        return xml
    where, instead = hasard.choice(matches), hasard.choice(autres)
    return xml[: where.start()] + (where[0] * 20 if instead is None else instead) + xml[where.end() :]


@essais(25, 500)
@given(st.integers(0, 2**32))
@example(0)
def test_un_formulaire_abime_est_lu_ou_refuse(contexte: ParseContext, tmp_path_factory, graine: int) -> None:
    hasard = random.Random(graine)
    folder = tmp_path_factory.mktemp("docx")
    path = folder / "formulaire.docx"
    path.write_bytes(abimer(hasard.choice(DOCX), hasard))
    banque = Banque(folder / "racine", contexte.vocabulaires, contexte.referentiel, ())
    try:
        depot = importer(path, banque, FORMULAIRES, folder / "sortie")
    except Refus:
        assert not (folder / "sortie").exists()
        return
    assert all(
        written.is_relative_to(folder / "sortie")
        for written in folder.rglob("*")
        if written.is_file() and written != path
    )
    for fiche_ecrite in depot.fiches:
        source, problems = read_fiche(folder / "sortie", fiche_ecrite)
        assert source is not None, problems
