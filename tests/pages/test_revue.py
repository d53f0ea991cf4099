"""The page of the secretariat, on the site: in no menu, out of every index, with its table; a récit leads to its form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.rereading.form import mark_of, read_mark
from inspiractions.model.banque import Banque


def test_la_revue(site: Path, pages: dict[str, str], banque_reelle: Banque) -> None:
    html = pages["revue/"]
    assert '<meta name="robots" content="noindex' in html
    assert "revue/" not in (site / "sitemap.xml").read_text("utf-8")
    linking = [name for name, page in pages.items() if 'revue/"' in page and name != "revue/"]
    assert linking == ["contribuer/relecture/"]
    rows = list(csv.DictReader(io.StringIO((site / "revue" / "revue.csv").read_text("utf-8-sig")), delimiter=";"))
    assert {row["fiche"] for row in rows} == {*banque_reelle.par_id}
    assert f"{len(rows)} fiches" in html.replace("\u00a0", " ").replace("\u202f", " ")
    assert len(html.encode()) < 150_000


def test_un_recit_mene_a_son_formulaire(site: Path, pages: dict[str, str], banque_reelle: Banque) -> None:
    weights = []
    for action in banque_reelle.actions:
        path = site / "actions" / action.id / f"{action.id}-relecture.docx"
        asked = action.connaissance in ("sources-publiques", "declaratif")
        assert path.is_file() == asked
        assert (f'{action.id}-relecture.docx" download>' in pages[f"actions/{action.id}/"]) == asked
        if asked:
            weights.append(path.stat().st_size)
    assert max(weights) < 20_000
    action = next(one for one in banque_reelle.actions if one.connaissance == "sources-publiques")
    document = read_docx(site / "actions" / action.id / f"{action.id}-relecture.docx")
    assert read_mark(document.properties) == mark_of(action.source)
