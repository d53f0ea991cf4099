"""What changed is shown before the rest of the site is made, and nobody waits for that rest."""

from __future__ import annotations

import shutil
import threading
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.memo import Memo
from inspiractions.build.site import BuildOptions, Early, build
from inspiractions.cli.builder import Builder
from inspiractions.cli.serve import Preview
from tests.faults.atelier import arbre
from tests.preview.maison import port_libre

_PATIENCE = 30


class _Construction:
    """A build that tells of a page, then lasts until it is let go."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.faute = folder, ""
        self.told, self.goes_on = threading.Event(), threading.Event()

    def __call__(self, early: Early) -> str:
        early(self.folder, ["actions/a/"])
        self.told.set()
        assert self.goes_on.wait(_PATIENCE)
        return self.faute


@pytest.fixture
def construction(tmp_path: Path) -> _Construction:
    for folder, word in (("site", "ancienne"), ("nouveau", "nouvelle")):
        for page in ("actions/a", "actions/b"):
            (tmp_path / folder / page).mkdir(parents=True)
            (tmp_path / folder / page / "index.html").write_text(f"<body>{word}</body>", "utf-8")
    return _Construction(tmp_path / "nouveau")


@contextmanager
def _apercu(root: Path, construction: _Construction) -> Iterator[tuple[Preview, str]]:
    port = port_libre()
    with Preview(root, root / "site", "127.0.0.1", port, construction) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{port}"
        finally:
            construction.goes_on.set()
            server.shutdown()
            thread.join(_PATIENCE)
            assert not thread.is_alive()


def _demander(adresse: str, referer: str = "") -> str:
    request = urllib.request.Request(adresse, headers={"Referer": referer})
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
        return str(answer.read().decode())


def _version(page: str) -> int:
    return int(page.partition("/livereload/")[2].partition(".js")[0])


@pytest.mark.parametrize("faute", ["", "actions/b.md:3: une faute"])
def test_la_page_changee_se_montre_d_abord(tmp_path: Path, construction: _Construction, faute: str) -> None:
    construction.faute = faute
    with _apercu(tmp_path, construction) as (server, adresse):
        a, b = f"{adresse}/actions/a/", f"{adresse}/actions/b/"
        before = _version(_demander(a))
        answers: dict[str, int] = {}
        waiting = [
            threading.Thread(
                target=lambda page=page: answers.update(
                    {page: int(_demander(f"{adresse}/livereload/{before}/1", page))}
                )
            )
            for page in (a, b)
        ]
        for thread in waiting:
            thread.start()
        with server._rebuild_cond:
            server._want_rebuild = True
            server._rebuild_cond.notify_all()
        assert construction.told.wait(_PATIENCE)
        # Whoever looks at the page that changed is called at once; the others see the site in place, and wait for the whole.
        waiting[0].join(_PATIENCE)
        shown = _demander(a)
        assert "nouvelle" in shown
        assert answers == {a: _version(shown)}
        assert _version(shown) > before
        assert "ancienne" in (other := _demander(b))
        assert _version(other) == before
        shutil.copytree(tmp_path / "nouveau", tmp_path / "site", dirs_exist_ok=True)
        construction.goes_on.set()
        waiting[1].join(_PATIENCE)
        after = _demander(b)
        assert answers[b] == _version(after)
        assert ("apercu-fautes" in after) == bool(faute)
        # The page that was shown is asked for again where a fault is to stand over it, and only there.
        assert (_version(after) > _version(shown)) == bool(faute)


def test_un_processus_qui_construit_encore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As that of a preview: it tells the pages that it just made, and they alone; what it read once changes nothing of the site."""
    (tmp_path / "actions").mkdir()
    every = sorted((PROJECT / "actions").glob("*.md"))
    paths = [path for path in every if "\n## Résultats\n" in path.read_text("utf-8")][:4]
    for path in paths:
        shutil.copy2(path, tmp_path / "actions" / path.name)
    told: dict[str, bytes] = {}

    def early(folder: Path, pages: Sequence[str]) -> None:
        assert folder != tmp_path / "site"
        told.update({page: (folder / page / "index.html").read_bytes() for page in pages})

    def make(site: str = "site") -> None:
        told.clear()
        options = BuildOptions(leger=True, early=early)
        assert build(tmp_path, tmp_path / site, tmp_path / "build", options).problems == []

    monkeypatch.setattr(Memo, "staying", {})
    make()
    assert {f"actions/{path.stem}/" for path in paths} <= told.keys()
    make()
    assert told == {}
    for path in paths[:2]:
        # A heading that goes changes what the explorer's filters say of a fiche, and no front matter.
        changed = tmp_path / "actions" / path.name
        text = changed.read_text("utf-8").replace("\n## Résultats\n", f"\n## Ce que dit {path.stem}\n")
        changed.write_text(text, "utf-8")
        make()
        assert [page for page in told if page.startswith("actions/")] == [f"actions/{path.stem}/"]
        assert all((tmp_path / "site" / page / "index.html").read_bytes() == html for page, html in told.items())
    assert Memo.staying is not None
    # The fiche that changed last was parsed, not read; those that it was before are let go.
    assert len(Memo.staying) == len(paths) - 1
    monkeypatch.setattr(Memo, "staying", None)
    shutil.rmtree(tmp_path / "build")
    make("neuf")
    assert arbre(tmp_path / "neuf") == arbre(tmp_path / "site")


def test_un_processus_perdu_est_remplace(tmp_path: Path) -> None:
    """The builds of a preview are made by one process; where the system ends it, the next build has another, and says nothing of it."""
    (tmp_path / "actions").mkdir()
    path = sorted((PROJECT / "actions").glob("*.md"))[0]
    shutil.copy2(path, tmp_path / "actions" / path.name)
    words = ["build", "--leger", "--root", str(tmp_path), "--site", str(tmp_path / "site")]
    told: list[str] = []
    with closing(Builder(words)) as builder:
        assert builder.build().code == 0
        first = builder._process
        assert builder.build(lambda _, pages: told.extend(pages)).code == 0
        assert builder._process is first
        assert first is not None
        first.kill()
        first.wait()
        changed = tmp_path / "actions" / path.name
        changed.write_text(changed.read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")
        end = builder.build(lambda _, pages: told.extend(pages))
        assert (end.code, end.err) == (0, "")
        assert end.out.startswith("1 récit, ")
        assert f"actions/{path.stem}/" in told
        changed.write_text(changed.read_text("utf-8").replace("\ntitre:", "\ntitres:", 1), "utf-8")
        end = builder.build(lambda *_: None)
        assert end.code == 1
        assert f"actions/{path.name}:" in end.out
        last = builder._process
    assert last is not None
    assert last.poll() is not None
