from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.build.budgets import dead_links


@pytest.mark.parametrize(
    "lien",
    ["b/", "b/index.html", "./", "#ici", "b/#la", "/b/", "https://ailleurs.fr", "mailto:a@b.fr", "b/?q=1", "%C3%A9.txt", "//x.fr/a", "b/#/un/ecran"],
)  # fmt: skip
def test_un_lien_vivant(tmp_path: Path, lien: str) -> None:
    assert _morts(tmp_path, lien) == []


@pytest.mark.parametrize("lien", ["c/", "#non", "b/#non", "/c/", "b/c.html", "../../x", "c/#/un/ecran"])
def test_un_lien_mort(tmp_path: Path, lien: str) -> None:
    assert len(_morts(tmp_path, lien)) == 1


def test_le_chemin_du_site_compte(tmp_path: Path) -> None:
    assert _morts(tmp_path, "/sous/b/", "/sous/") == []


@pytest.mark.parametrize(
    "html", ['<img src="b/" srcset="b/ 1x, {} 2x">', '<img srcset="{} 640w">', '<meta http-equiv="refresh" content="0; url={}">']
)  # fmt: skip
def test_une_image_en_deux_tailles_et_une_page_qui_renvoie(tmp_path: Path, html: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.html").touch()
    for target, dead in (("b/", 0), ("c/", 1)):
        (tmp_path / "index.html").write_text(html.format(target))
        assert len(dead_links(tmp_path)) == dead


def _morts(folder: Path, lien: str, base: str = "/") -> list[str]:
    (folder / "b").mkdir()
    (folder / "é.txt").touch()
    (folder / "b" / "index.html").write_text('<h1 id="la">')
    (folder / "index.html").write_text(f'<h1 id="ici"><a href="{lien}">')
    return [str(p) for p in dead_links(folder, base)]
