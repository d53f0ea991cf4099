"""Citations, read back by parsers that are not ours."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser
import pytest
import rispy

from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque, load_banque
from inspiractions.model.identity import read_identity
from inspiractions.story.citations import bibtex, csl_json, ris
from inspiractions.story.recit import Recit, Recits

SITE_URL = "https://exemple.fr/sous/"


@pytest.fixture
def piege(ecrire, partage: None, racine: Path) -> Recit:
    """A title with all that BibTeX and RIS could trip on."""
    path = ecrire(
        "aubervilliers-piege", titre="'50 % de {sel} & ~100 $ #1_a \\ fin ^'", resume='"Un\n\n  deux TY  - X"'
    )
    banque, _, problems = load_banque(racine)
    assert problems == []
    return Recits(banque, SITE_URL).of(banque.par_id[path.stem])


def test_bibtex_se_relit(banque_reelle: Banque) -> None:
    recits = list(Recits(banque_reelle, SITE_URL))
    read = bibtexparser.loads("\n".join(bibtex(recit, read_identity(PROJECT)) for recit in recits)).entries_dict
    assert list(read) == [r.action.id for r in recits]
    for recit in recits:
        entry = read[recit.action.id]
        assert entry["url"] == f"{SITE_URL}actions/{recit.action.id}/"
        assert entry["title"].replace("\\", "").strip("{}") == recit.action.titre
        assert entry["year"] == str(recit.action.date_publication.year)


def test_ris_se_relit(banque_reelle: Banque) -> None:
    recits = list(Recits(banque_reelle, SITE_URL))
    read = rispy.loads("".join(ris(recit, read_identity(PROJECT)) for recit in recits))
    assert [(r["id"], r["title"], r["urls"]) for r in read] == [
        (r.action.id, r.action.titre, [r.permalien]) for r in recits
    ]
    assert [r["keywords"] for r in read] == [list(r.mots_cles) for r in recits]


def test_csl_se_relit(banque_reelle: Banque) -> None:
    recits = list(Recits(banque_reelle, SITE_URL))
    read = json.loads(csl_json(recits, read_identity(PROJECT)))
    assert [(r["id"], r["title"], r["URL"]) for r in read] == [
        (r.action.id, r.action.titre, r.permalien) for r in recits
    ]


def test_un_titre_piege_ne_casse_rien(piege: Recit) -> None:
    entry = bibtexparser.loads(bibtex(piege, read_identity(PROJECT))).entries_dict["aubervilliers-piege"]
    assert entry["title"] == (
        r"{50 \% de \textbraceleft{}sel\textbraceright{} \& \textasciitilde{}100 \$ \#1\_a \textbackslash{} fin \textasciicircum{}}"
    )
    (read,) = rispy.loads(ris(piege, read_identity(PROJECT)))
    assert read["abstract"] == "Un deux TY - X"
    assert read["title"] == piege.action.titre


def test_les_fichiers_sont_a_cote_du_recit(site: Path) -> None:
    for page in sorted((site / "actions").glob("*/index.html")):
        if not page.parent.name.isdigit():
            assert {f"{page.parent.name}{fin}" for fin in (".bib", ".ris", ".csl.json")} <= {
                p.name for p in page.parent.iterdir()
            }
