"""The frame: an engine renders the hand-written pages and a few pages with marks, which the generator fills.

Filling a frame costs some 1 ms where a page through MkDocs costs some 10 (docs/adr/002-le-cadre.md).
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path

from inspiractions.base.digests import digest
from inspiractions.base.files import Sizes, docs_files, walk
from inspiractions.base.kept_values import kept
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import BASE, FramePage, Page
from inspiractions.base.scripts import UnknownScript
from inspiractions.base.text import typography
from inspiractions.model.source import Value, read_fiche
from inspiractions.theme import mkdocs, zensical
from inspiractions.theme.assets import TINTED, join_files, tint
from inspiractions.theme.languages import put_scripts_in_language, theme_in_language
from inspiractions.theme.mkdocs import read_project
from inspiractions.theme.settings import USUAL_ENGINE, Engine, FrameError, Settings

_RENDER: Mapping[str, Engine] = {"mkdocs": mkdocs.render, "zensical": zensical.render}

# The frames that inspiractions/pages/ fills.
FRAMES = (
    "accueil", "explorer", "actions", "territoires", "entrees", "dossiers", "couverture", "chiffres", "donnees", "plan",
    "verifications", "champs", "carnet", "comparer", "bibliotheque", "rgaa", "fils", "integrer", "embed",
)  # fmt: skip

_MARK = re.compile(r"&#xE001;(\w+)&#xE002;")
_URL = re.compile(r'(?<=[\s])(href|src|action)="(?!&#xE001;|[a-z]+:|#|/)([^"]*)"')
# Switches, skip link and dialog for scripts that no page loads; no block of the theme holds them. The switches are no valid HTML.
_UNUSED = re.compile(r'<input class="md-toggle".*?(?=<svg\b)|<div class="md-dialog".*?</div>\s*</div>\s*', re.S)
# A table written in Markdown has its headings above its columns.
_HEADING = re.compile(r"<th\b(?![^>]*\bscope=)")
_NOINDEX = '<meta name="robots" content="noindex">\n'


@kept
@dataclass(frozen=True)
class Frame:
    """A rendered page cut at its marks: text, name of a mark, text… ``page``: the page of ``docs/`` that it was."""

    page: FramePage
    parts: tuple[str, ...]

    def fill(self, page: Page, site_name: str, site_url: str) -> str:
        """The HTML of a page. Its links become relative to where it stands, so that the site works under any path."""
        values = {
            "titre": escape(page.titre if page.chemin == "" else f"{page.titre} – {site_name}"),
            "description": escape(page.description),
            "canonique": escape(site_url + (page.canonique or page.chemin)),
            "tete": page.tete if page.indexable else _NOINDEX + page.tete,
            "contenu": typography(page.contenu),
            "onglet": ' aria-current="true"' if page.en_rubrique else "",
        }
        html = "".join(part if i % 2 == 0 else values[part] for i, part in enumerate(self.parts))
        return html.replace(BASE, page.base)


@kept
@dataclass(frozen=True)
class Frames:
    """What the engine made of ``docs/``: the frames by name, and the folder of everything else."""

    settings: Settings
    folder: Path
    frames: Mapping[str, Frame]

    def fill(self, page: Page) -> str:
        """The HTML of a page, in the frame that it names."""
        return self.frames[page.frame].fill(page, self.settings.site_name, self.settings.site_url)

    def finish(self, html: str) -> str:
        """A hand-written page, in French typography and without what the theme leaves unused."""
        return typography(_HEADING.sub('<th scope="col"', _UNUSED.sub("", html)))

    @cached_property
    def digest(self) -> bytes:
        """Of all that a generated page takes from the engine."""
        parts = (part for name, frame in sorted(self.frames.items()) for part in (name, *frame.parts))
        return digest(repr(self.settings), repr([frame.page for _, frame in sorted(self.frames.items())]), *parts)

    def hand_written(self) -> Iterator[tuple[str, Path]]:
        """Address and file of each page and asset that is not a frame, sorted."""
        frames = {frame.page.chemin + "index.html" for frame in self.frames.values()}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in frames:
                yield name, path


def make_frames(
    root: Path, work: Path, memo: Memo, docs: bytes, formulaire: bool = False, engine: str = USUAL_ENGINE
) -> Frames:
    """Render ``docs/``, of which ``docs`` is the digest, or take what was made of the same last time.

    ``formulaire``: whether the site will have its web form; ``engine``: of ``theme.settings.ENGINES``.
    Raises ``FrameError`` on an error and on any warning.
    """
    folder = work / "frame"

    def render() -> tuple[Frames, Sizes]:
        shutil.rmtree(folder, ignore_errors=True)
        frames = _render(root, folder, formulaire, _RENDER[engine])
        return frames, dict(walk(folder))

    key = digest(docs, str(root), str(folder), str(formulaire), engine)
    return memo.get_or_make("frames", key, render, lambda kept: folder.is_dir() and kept[1] == dict(walk(folder)))[0]


def _render(root: Path, folder: Path, formulaire: bool, engine: Engine) -> Frames:
    project, settings = read_project(root, formulaire)
    docs = folder.parent / "docs"
    _put_together(root, docs, settings)
    templates = theme_in_language(project.templates, folder.with_name("theme"))
    engine(replace(project, docs=docs, templates=templates), folder)
    put_scripts_in_language(folder)
    try:
        join_files(folder)
    except UnknownScript as error:
        raise FrameError(
            f"docs/assets/js : forme inconnue de module, voir inspiractions/base/scripts.py : {error}"
        ) from error
    frame_pages = {frame_page.name: frame_page for frame_page in _frames(docs)}
    missing = [name for name in FRAMES if name not in frame_pages]
    if missing:
        raise FrameError(
            f"il manque à docs/ une page qui porte « cadre: {missing[0]} » (voir docs/adr/002-le-cadre.md)."
        )
    return Frames(settings, folder, {name: _compile(folder, page) for name, page in frame_pages.items()})


def _put_together(root: Path, docs: Path, settings: Settings) -> None:
    """Write to ``docs`` what MkDocs renders: the pages and assets of the product and of the content tree, their marks replaced."""
    shutil.rmtree(docs, ignore_errors=True)
    for name, path in docs_files(root).items():
        target = docs / name
        target.parent.mkdir(parents=True, exist_ok=True)
        octets = path.read_bytes()
        if name.endswith((".md", ".html")):
            text = octets.decode("utf-8", "surrogateescape").replace("‹adresse du site›", settings.site_url)
            octets = settings.identity.fill(text).encode("utf-8", "surrogateescape")
        elif name in TINTED:
            octets = tint(octets.decode(), settings.identity.couleurs).encode()
        target.write_bytes(octets)


def _frames(docs: Path) -> Iterator[FramePage]:
    for path in sorted(docs.rglob("*.md")):
        source, _ = read_fiche(docs, path)
        if source and isinstance(name := source.meta.get("cadre"), str):
            address = path.relative_to(docs).with_suffix("").as_posix().removesuffix("index")
            chemin = address if not address or address.endswith("/") else f"{address}/"
            titre, description = str(source.meta.get("title", "")), str(source.meta.get("description", ""))
            yield FramePage(name, chemin, titre, description, _searches(path.name, source.meta.get("essais")))


def _searches(name: str, value: Value) -> tuple[tuple[str, str], ...]:
    """« essais: » of a page: the words that are shown, and the search of the explorer that they lead to."""
    if value is None:
        return ()
    searches = tuple(value.items()) if isinstance(value, dict) else ()
    if not searches or not all(isinstance(search, str) and search.startswith("?") for _, search in searches):
        raise FrameError(
            f"docs/{name} : « essais » attend les mots que l’on montre et une recherche de l’explorateur, comme "
            "« marche, seniors: '?q=marche&age=65-plus' », un essai par ligne."
        )
    return tuple((words, str(search)) for words, search in searches)


def _compile(folder: Path, page: FramePage) -> Frame:
    """Cut a page that the engine rendered at its marks; every relative address in it is counted from the root of the site instead.

    What the theme leaves unused goes.
    """

    def rebase(link: re.Match[str]) -> str:
        path, _, fragment = link[2].partition("#")
        absolute = posixpath.normpath(posixpath.join("/", page.chemin, path)).lstrip("/")
        slash = "/" if absolute and (path.endswith("/") or path.split("/")[-1] in (".", "..")) else ""
        return f'{link[1]}="{BASE}{absolute}{slash}{"#" + fragment if fragment else ""}"'

    html = (folder / page.chemin / "index.html").read_text("utf-8")
    return Frame(page, tuple(_MARK.split(_URL.sub(rebase, _UNUSED.sub("", html)))))
