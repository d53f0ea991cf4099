"""The answers to a campaign's survey: ``enquetes/<campagne>/<ville>.yml``, never published by the import."""

from __future__ import annotations

from pathlib import Path

from inspiractions.base.files import write_new
from inspiractions.base.text import slugify
from inspiractions.forms.drafting.people import Ecart
from inspiractions.forms.reading.form_data import Survey
from inspiractions.model.canonical import write_front_matter
from inspiractions.model.source import Value


def write_enquete(out: Path, campagne: str, ville: str, survey: Survey, ecart: Ecart) -> tuple[Path, bool]:
    """The file, and whether it is new; one that is already there stays as it is, and another name is taken."""
    tables: dict[str, Value] = {key: [dict(row) for row in rows] for key, rows in survey.tables.items()}
    meta: dict[str, Value] = {
        "ville": " ".join(ville.split()),
        "publie": "non",
        "reponses": dict(survey.texts),
        **tables,
    }
    text = write_front_matter(ecart.valeur(meta)).replace("publie: non\n", "publie: false\n", 1)
    folder = out / "enquetes" / campagne
    folder.mkdir(parents=True, exist_ok=True)
    base = slugify(ville)[:60] or "ville"
    for n in range(1, 1000):
        path = folder / f"{base}{f'-{n}' if n > 1 else ''}.yml"
        if path.exists() and path.read_text("utf-8") == text:
            return path, False
        if not path.exists():
            write_new(path, text)
            return path, True
    return path, False
