"""Not one word is lost: whatever cell somebody wrote in, the draft, the survey, the contacts or the report hold it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.site import load_and_check
from inspiractions.forms.drafting.write import importer
from inspiractions.model.questionnaire import load_questionnaires

VIERGES = sorted((Path(__file__).parent / "vierges").rglob("*.docx"))


def _cells(tables):
    for table in tables:
        elements = []
        for row in table.rows:
            for cell in row.cells:
                if not any(cell._tc is tc for tc in elements):
                    elements.append(cell._tc)
                    yield cell
                    yield from _cells(cell.tables)


@pytest.fixture(scope="module")
def banque():
    return load_and_check(PROJECT)[0]


@pytest.mark.parametrize("path", VIERGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("every", [1, 7])
def test_un_mot_ecrit_n_importe_ou_se_retrouve(banque, path: Path, every: int, tmp_path: Path):
    document = docx.Document(path)
    marks = []
    for n, cell in enumerate(_cells(document.tables)):
        if n % every == 0:
            marks.append(f"motrepere{n}x")
            cell.add_paragraph(f"Ajouté : {marks[-1]}, oui")
    marks.append("motfinal99x")
    document.add_paragraph(f"Un mot au secrétariat, {marks[-1]}")
    filled = tmp_path / path.name
    document.save(filled)
    formulaires, _ = load_questionnaires(PROJECT, banque.vocabulaires)
    depot = importer(filled, banque, formulaires, tmp_path / "sortie")
    text = depot.rapport + "".join(p.read_text("utf-8") for p in depot.ecrits)
    assert [mark for mark in marks if mark not in text] == []
    assert len(marks) > 3


def test_les_vierges_sont_la():
    assert len(VIERGES) >= 6
