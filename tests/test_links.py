from __future__ import annotations

from pathlib import Path

import pytest

from banque.links import dead_links


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


def _morts(folder: Path, lien: str, base: str = "/") -> list[str]:
    (folder / "b").mkdir()
    (folder / "é.txt").touch()
    (folder / "b" / "index.html").write_text('<h1 id="la">')
    (folder / "index.html").write_text(f'<h1 id="ici"><a href="{lien}">')
    return [str(p) for p in dead_links(folder, base)]
