"""The same answers typed anew in other ways: each comes back whole, in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.forms.reading.answers import extraire, ouvrir
from tests.forms.otherwise import WAYS, Pair, answers, expected
from tests.forms.test_publics import FORMULAIRES

FORM = FORMULAIRES["sej-2024"]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_chaque_facon_de_remplir(way: Callable[[list[Pair]], bytes], tmp_path: Path) -> None:
    path = tmp_path / "rempli.docx"
    path.write_bytes(way(answers(FORM)))
    (lecture,) = ouvrir(path, {FORM.id: FORM})
    (filled,) = extraire(lecture)
    wanted = expected(FORM)
    texts = {key: " ".join(filled.text(key).split()) for key in wanted["textes"]}
    assert texts == wanted["textes"]
    sections = {answer.titre: " ".join(answer.text.split()) for answer in filled.answers}
    assert sections == wanted["sections"]
    assert {key: filled.values(key) for key in wanted["choix"]} == wanted["choix"]
