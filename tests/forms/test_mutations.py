"""Forms filled at random, with the habits of real people: every field comes back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from inspiractions.forms.reading.answers import extraire
from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.reading.filled_form import lire
from inspiractions.forms.reading.form_data import as_object
from tests.forms.mutateur import remplir
from tests.forms.test_publics import FORMULAIRES, ICI, champs, normal

VIERGES = sorted((ICI / "vierges").glob("*.docx"))
PAR_MODELE = {f.modele.lower(): f for f in FORMULAIRES.values()}


@pytest.mark.parametrize("graine", range(100, 112))
def test_aller_retour(graine: int, tmp_path: Path) -> None:
    blank = VIERGES[graine % len(VIERGES)]
    form = PAR_MODELE[blank.name.split("-")[1]]
    data, wanted = remplir(blank, form, random.Random(graine))
    path = tmp_path / "rempli.docx"
    path.write_bytes(data)
    objects = [as_object(filled) for filled in extraire(lire(read_docx(path), form)[0])]
    assert len(objects) == len(wanted)
    for one, other in zip(objects, wanted, strict=True):
        one["precisions"] = one["extra"].get("precisions", {})
        fields, due = champs(normal(one)), champs(normal(other))
        assert {k: fields.get(k, "absent") for k in due} == due
