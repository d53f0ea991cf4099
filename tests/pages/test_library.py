"""The library's pages: each document and its récits on the page of its letter and of its themes, none of them heavy."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

from inspiractions.model.banque import Banque

_DOCUMENT = re.compile(r'<li><p class="lignes__titre"><a href="([^"]*)">.*?</li>', re.S)
_RECIT = re.compile(r'href="[./]*actions/([^/"]+)/"')
LIMIT = 24 * 1024


def cited_on(paths: list[Path]) -> set[tuple[str, str]]:
    """Each document with each récit that pages give it."""
    return {
        (entry[1].replace("&amp;", "&").replace("&#39;", "'"), recit)
        for path in paths
        for entry in _DOCUMENT.finditer(path.read_text("utf-8"))
        for recit in _RECIT.findall(entry[0])
    }


def test_les_pages_et_la_table_disent_tout(site: Path, banque_reelle: Banque) -> None:
    cited = {(lien.url, action.id) for action in banque_reelle.actions for lien in (*action.sources, *action.documents)}
    folder = site / "bibliotheque"
    assert cited_on([*folder.glob("editeurs/**/index.html")]) == cited
    food = {action.id for action in banque_reelle.actions if "alimentation" in action.thematiques}
    of_theme = cited_on([*folder.glob("thematiques/alimentation/**/index.html")])
    assert food
    assert {pair for pair in cited if pair[1] in food} <= of_theme
    text = (folder / "bibliotheque.csv").read_bytes().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert {(line["Adresse"], line["Adresse du récit"].split("/")[-2]) for line in lines} == cited
    assert all(line["Éditeur"] and line["Lieu"] for line in lines)


def test_aucune_page_n_est_lourde(site: Path) -> None:
    weights = {path: len(gzip.compress(path.read_bytes())) for path in site.glob("bibliotheque/**/index.html")}
    assert len(weights) > 50
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}
