"""The kinds of pages that the other tests open are all that the site has: a new template needs a page of its own in ``genres.py``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from .genres import GENRES, SEULES, genre_of, shown


@pytest.fixture(scope="session")
def representants(site: Path) -> dict[str, str]:
    """The file of each kind's page."""
    paths = {nom: find(site) for nom, find in (GENRES | SEULES).items()}
    return {nom: chemin if chemin.endswith(".html") else f"{chemin}index.html" for nom, chemin in paths.items()}


def test_chaque_page_est_d_un_genre_connu(site: Path, representants: Mapping[str, str]) -> None:
    known = {genre_of(name) for name in representants.values()}
    missing = {genre_of(p.relative_to(site).as_posix()): p for p in sorted(site.rglob("*.html"))}
    assert {genre: path for genre, path in missing.items() if genre not in known} == {}, (
        "ajoutez à GENRES une page de ce genre"
    )


def test_chaque_element_est_montre_par_un_representant(site: Path, representants: Mapping[str, str]) -> None:
    """A kind is not enough: what few of its pages show (an axis, an answer, a notice) must be seen, too."""
    traits = {trait for name in representants.values() for trait in shown((site / name).read_text("utf-8"))}
    missing = {
        trait: path for path in sorted(site.rglob("*.html")) for trait in {*shown(path.read_text("utf-8"))} - traits
    }
    assert missing == {}, "ajoutez à GENRES une page qui montre cet élément"


def test_un_genre_nouveau_se_voit() -> None:
    known = {genre_of(name) for name in ("actions/a/index.html", "villes/index.html", "a-propos/index.html")}
    for name in (
        "neuf/index.html",
        "neuf/a/index.html",
        "neuf.html",
        "actions/index.html",
        "contribuer/champs/index.html",
    ):
        assert genre_of(name) not in known
    for name in ("actions/b/index.html", "regions/index.html", "contribuer/word/index.html"):
        assert genre_of(name) in known
    assert {*shown('<p class="a b" role="c">')} == {"p.a", "p.b", "p.c"}
