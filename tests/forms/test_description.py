"""The description of a form says, at its line, what it cannot mean."""

from __future__ import annotations

from pathlib import Path

from inspiractions.base.files import PROJECT
from inspiractions.model.questionnaire import load_questionnaires
from inspiractions.model.vocabulaire import load_vocabulaires


def test_un_contact_que_rien_ne_range_est_refuse(tmp_path: Path) -> None:
    """What a survey asks of a person is set aside by its name: another name would be published."""
    text = (PROJECT / "formulaires" / "sej-2024.yml").read_text("utf-8")
    head, mark, survey = text.partition("\nenquete:")
    assert "vers: contact.email" in survey
    (tmp_path / "formulaires").mkdir()
    written = head + mark + survey.replace("vers: contact.email", "vers: contact.emil", 1)
    (tmp_path / "formulaires" / "sej-2024.yml").write_text(written, "utf-8")
    line = written[: written.index("contact.emil")].count("\n") + 1
    forms, problems = load_questionnaires(tmp_path, load_vocabulaires(PROJECT)[0])
    assert forms == {}
    assert [(p.line, p.message) for p in problems] == [
        (line, "« contact.emil » n’est pas admis pour « vers » ; vouliez-vous « contact.email » ?")
    ]
