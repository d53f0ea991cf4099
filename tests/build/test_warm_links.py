"""Les liens d’un site refait : ceux des pages gardées se revoient dès que quelque chose a disparu."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Batch, BatchGroup, SiteFile
from inspiractions.build.site_folder import SiteFolder
from inspiractions.theme.frames import Frames

FRAMES = cast(Frames, SimpleNamespace(frames={}, settings=SimpleNamespace(base_path="/")))
GARDEE = '<a href="../b/#la">b</a>'


def _batch(name: str, html: str) -> Batch:
    return Batch(name, html.encode(), lambda: [SiteFile(f"{name}/index.html", html.encode())])


def _build(tmp_path: Path, *batches: Batch) -> list[str]:
    """Ce que dit un nouveau site de ces lots ; sans faute, il prend la place."""
    site, folder = tmp_path / "site", tmp_path / f"nouveau-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    site_folder = SiteFolder(folder, site, tmp_path / "cache", FRAMES, Memo(None, b""))
    site_folder.put_all(site_folder.batches_of(BatchGroup("tous", b"".join(b.key for b in batches), lambda: batches)))
    site_folder.finish()
    problems = [f"{problem.path} {problem.message}" for problem in site_folder.dead_links()]
    if not problems:
        site_folder.record()
        if site.exists():
            site.rename(tmp_path / f"avant-{folder.name}")
        folder.rename(site)
    return problems


@pytest.mark.parametrize("b", [None, '<p id="autre">', '<p id="la"><a href="../c/">c</a>'])
def test_un_lien_que_le_nouveau_site_ne_tient_plus(tmp_path: Path, b: str | None) -> None:
    assert _build(tmp_path, _batch("a", GARDEE), _batch("b", '<p id="la">')) == []
    assert _build(tmp_path, _batch("a", GARDEE), _batch("b", '<p id="la">'), _batch("d", "d")) == []
    suite = [_batch("b", b)] if b else []
    (dit,) = _build(tmp_path, _batch("a", GARDEE), *suite)
    assert dit.startswith(
        "b/index.html le lien vers « c/ »" if b and "c/" in b else "a/index.html le lien vers « b/#la »"
    )


def test_les_lots_d_un_groupe_se_retrouvent_sans_etre_nommes(tmp_path: Path) -> None:
    def never() -> list[Batch]:
        raise AssertionError

    assert _build(tmp_path, _batch("a", "a"), _batch("b", "b")) == []
    site_folder = SiteFolder(tmp_path / "site", tmp_path / "site", tmp_path / "cache", FRAMES, Memo(None, b""))
    assert [batch.name for batch in site_folder.batches_of(BatchGroup("tous", b"ab", never))] == ["a", "b"]


def test_un_lot_d_un_groupe_dont_un_fichier_manque_est_refait(tmp_path: Path) -> None:
    assert _build(tmp_path, _batch("a", "a"), _batch("b", "b")) == []
    (tmp_path / "site/b/index.html").unlink()
    assert _build(tmp_path, _batch("a", "a"), _batch("b", "b")) == []
    assert (tmp_path / "site/b/index.html").read_text("utf-8") == "b"
