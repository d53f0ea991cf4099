"""The six public forms give exactly what is expected; a blank gives nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.form_data import extract_json
from inspiractions.model.questionnaire import load_questionnaires
from inspiractions.model.vocabulaire import load_vocabulaires

ICI = Path(__file__).parent
FORMULAIRES, FAUTES = load_questionnaires(PROJECT, load_vocabulaires(PROJECT)[0])
REMPLIS = sorted((ICI / "publics").glob("*.docx"))


def normal(value: Any) -> Any:
    """Apostrophes, no-break and repeated spaces apart."""
    if isinstance(value, str):
        lines = value.replace("’", "'").replace("‘", "'").split("\n")
        return "\n".join(re.sub(r"[ \u00a0\u202f]+", " ", line).strip() for line in lines)
    if isinstance(value, dict):
        return {normal(k): normal(v) for k, v in value.items()}
    return [normal(v) for v in value] if isinstance(value, list) else value


def champs(value: Any, name: str = "") -> dict[str, Any]:
    if isinstance(value, dict) and value:
        return {k: v for key, part in value.items() for k, v in champs(part, f"{name}/{key}").items()}
    return {name: value}


def test_les_formulaires_sont_sans_faute() -> None:
    assert FAUTES == []
    assert {f.modele for f in FORMULAIRES.values()} == {"A", "B", "C"}


@pytest.mark.parametrize("path", REMPLIS, ids=lambda p: p.stem)
def test_chaque_champ_est_retrouve(path: Path) -> None:
    objects = normal(json.loads(extract_json(extraire(*ouvrir(path, FORMULAIRES)))))
    wanted = normal(json.loads(path.with_suffix(".expected.json").read_text("utf-8")))
    assert len(objects) == len(wanted)
    right = total = 0
    wrong = {}
    for one, other in zip(objects, wanted, strict=True):
        fields = champs(one)
        for key, value in champs(other).items():
            total += 1
            right += fields.get(key, "absent") == value
            if fields.get(key, "absent") != value:
                wrong[key] = (fields.get(key, "absent"), value)
        assert list(one["sections"]) == list(other["sections"])
    print(f"{path.stem} : {right}/{total} champs")
    assert wrong == {}


@pytest.mark.parametrize("path", sorted((ICI / "vierges").glob("*.docx")), ids=lambda p: p.stem)
def test_un_vierge_ne_dit_rien(path: Path) -> None:
    assert extraire(*ouvrir(path, FORMULAIRES)) == []
