"""The frame: MkDocs and Material render the hand-written pages and a few pages with marks, which the generator fills.

The only module that knows MkDocs. Filling a frame costs some 1 ms where a page through MkDocs costs some 10
(docs/adr/002-le-cadre.md).
"""

from __future__ import annotations

import logging
import os
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from inspiractions.base.digests import digest
from inspiractions.base.files import Sizes, walk
from inspiractions.base.kept_values import kept
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import BASE, FramePage, Page
from inspiractions.base.paths import PROJECT, docs_files, find
from inspiractions.base.problem import Stop
from inspiractions.base.scripts import UnknownScript
from inspiractions.base.text import typography
from inspiractions.model.identity import Identity, read_identity
from inspiractions.model.source import read_fiche, yaml_outline
from inspiractions.model.vocabulaire import load_vocabulaires
from inspiractions.theme.colours import TINTED, tint
from inspiractions.theme.config_guard import refusals, refusals_before_reading
from inspiractions.theme.forge import Forge, UnknownForge, read_forge
from inspiractions.theme.host import Host, UnknownHost, read_host
from inspiractions.theme.joined_files import join_files
from inspiractions.theme.languages import put_scripts_in_language, theme_in_language

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

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
_SITE_URL = re.compile(r"https?://[^/\s?#]+(?:/[^\s?#]*)?")
_NOINDEX = '<meta name="robots" content="noindex">\n'
# Material's scripts and workers: no page loads them. Its sitemap: the generator writes its own.
_LEFT_OUT = ("assets/javascripts", "sitemap.xml", "sitemap.xml.gz")


class FrameError(Stop):
    """MkDocs refused, or warned: its messages."""

    sentence = "MkDocs a refusé mkdocs.yml ou les pages de docs/ :\n{}"


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
class Settings:
    """What the site takes from ``mkdocs.yml``. ``site_url`` ends with « / », and is nothing else where the file has none."""

    identity: Identity
    site_url: str
    forge: Forge
    host: Host | None = None

    @property
    def site_name(self) -> str:
        """The name of the bank."""
        return self.identity.nom

    @property
    def base_path(self) -> str:
        """The path of the site's address: ``/`` or ``/sous/chemin/``."""
        return urlsplit(self.site_url).path


@kept
@dataclass(frozen=True)
class Frames:
    """What MkDocs made of ``docs/``: the frames by name, and the folder of everything else."""

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
        """Of all that a generated page takes from MkDocs."""
        parts = (part for name, frame in sorted(self.frames.items()) for part in (name, *frame.parts))
        return digest(repr(self.settings), repr([frame.page for _, frame in sorted(self.frames.items())]), *parts)

    def hand_written(self) -> Iterator[tuple[str, Path]]:
        """Address and file of each page and asset that is not a frame, sorted."""
        frames = {frame.page.chemin + "index.html" for frame in self.frames.values()}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in frames and not name.startswith(_LEFT_OUT):
                yield name, path


def make_frames(root: Path, work: Path, memo: Memo, docs: bytes, formulaire: bool = False) -> Frames:
    """Run MkDocs over ``docs/``, of which ``docs`` is the digest, or take what it made of the same last time.

    ``formulaire``: whether the site will have its web form. Raises ``FrameError`` on an error and on any warning.
    """
    folder = work / "frame"

    def render() -> tuple[Frames, Sizes]:
        shutil.rmtree(folder, ignore_errors=True)
        frames = _render(root, folder, formulaire)
        return frames, dict(walk(folder))

    key = digest(docs, str(root), str(folder), str(formulaire))
    return memo.get_or_make("frames", key, render, lambda kept: folder.is_dir() and kept[1] == dict(walk(folder)))[0]


def _render(root: Path, folder: Path, formulaire: bool) -> Frames:
    docs = folder.parent / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    config, settings = _load(root, folder, formulaire, docs)
    _put_together(root, docs, settings)
    _run_mkdocs(config)
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


def read_settings(root: Path) -> Settings:
    """What ``mkdocs.yml`` says, as MkDocs understands it, without a build. Raises ``FrameError``, as the build would."""
    return _load(root, root / "build" / "frame", formulaire=False, docs=PROJECT / "docs")[1]


def _load(root: Path, folder: Path, formulaire: bool, docs: Path) -> tuple[MkDocsConfig, Settings]:
    """The configuration of a build into ``folder``, and what the site takes from it."""
    _silence()
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import ConfigurationError

    path = find(root, "mkdocs.yml")
    text = path.read_text("utf-8", "replace")
    if acting := [f"mkdocs.yml:{line}: {reason}" for line, reason in refusals_before_reading(text)]:
        raise FrameError("\n".join(acting))
    config = MkDocsConfig(config_file_path=str(path))
    try:
        with path.open("rb") as file:
            config.load_file(file)
    except (ConfigurationError, TypeError) as error:
        raise FrameError(f"mkdocs.yml n’est pas du YAML que MkDocs sait lire : {error}") from error
    own = {key: value for key, value in config.items() if key in yaml_outline(text)[1]}
    if acting := [f"{_where(text, key)} « {key} » : {reason}" for key, reason in refusals(own)]:
        raise FrameError("\n".join(acting))
    # What the file says, before MkDocs guesses the rest.
    written = dict(config)
    if (url := written["site_url"]) and not (isinstance(url, str) and _SITE_URL.fullmatch(url)):
        where = _where(text, "site_url")
        raise FrameError(f"{where} « site_url: {url} » : écrivez une adresse entière, https://www.exemple.fr/chemin/.")
    if path != PROJECT / "mkdocs.yml":
        config.load_dict(_inherited(own))
        written = dict(config)
    if isinstance(theme := written["theme"], Mapping):
        ours = theme_in_language(find(root, "templates/theme"), folder.with_name("theme"))
        theme = {**theme, "custom_dir": str(ours)}
    config.load_dict({"docs_dir": str(docs), "site_dir": str(folder), "theme": theme})
    try:
        errors, warnings = config.validate()
    except (ConfigurationError, KeyError, TypeError) as error:
        raise FrameError(f"mkdocs.yml : MkDocs n’y comprend pas « {error} » ; comparez avec le modèle.") from error
    if errors or warnings:
        raise FrameError("\n".join(f"{_where(text, key)} « {key} » : {reason}" for key, reason in (*errors, *warnings)))
    try:
        forge, host = read_forge(written, formulaire), read_host(written)
    except (UnknownForge, UnknownHost) as error:
        raise FrameError(str(error)) from error
    # What the theme says of the bank is read where everything else reads it.
    identity = read_identity(root)
    config.load_dict(
        {"site_name": identity.nom, "extra": {**config.extra, "identity": identity, "axes": _name_of_axes(root)}}
    )
    return config, Settings(identity, config.site_url or "/", forge, host)


def _inherited(own: Mapping[str, Any]) -> dict[str, Any]:
    """What a bank takes from the ``mkdocs.yml`` of the product: all that does not say whose bank it is."""
    from mkdocs.config.defaults import MkDocsConfig

    product = MkDocsConfig()
    with (PROJECT / "mkdocs.yml").open("rb") as file:
        product.load_file(file)
    inherited = {key: product[key] for key in _ENGINE if key not in own}
    if isinstance(theme := own.get("theme", {}), Mapping):
        inherited["theme"] = {**product["theme"], **theme}
    if isinstance(styles := own.get("extra_css", []), list):
        # One that copied them does not load them twice.
        inherited["extra_css"] = list(dict.fromkeys((*product["extra_css"], *styles)))
    if isinstance(apart := own.get("not_in_nav") or "", str):
        # A menu of one's own need not name every page of the product.
        pages = _pages(product["nav"]) if "nav" in own else []
        inherited["not_in_nav"] = "\n".join([*product["not_in_nav"].splitlines(), *pages, apart])
    return inherited


# The keys of « mkdocs.yml » that another bank need not write.
_ENGINE = ("exclude_docs", "markdown_extensions", "nav", "plugins", "use_directory_urls", "validation")


def _pages(nav: object) -> list[str]:
    """The pages that a menu names."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, Mapping) else nav if isinstance(nav, list) else ()
    return [page for part in parts for page in _pages(part)]


def _name_of_axes(root: Path) -> str:
    """How the footer names the page of the axes: « La charte d’Ottawa »."""
    axes = next(facette for facette in load_vocabulaires(root)[0].facettes if facette.cle == "axes")
    return axes.ensemble or axes.titre


def _where(text: str, key: str) -> str:
    lines = (i for i, line in enumerate(text.splitlines(), 1) if line.startswith(f"{key}:"))
    return f"mkdocs.yml:{next(lines, 1)}:"


def _run_mkdocs(config: MkDocsConfig) -> None:
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort, ConfigurationError

    messages = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except (Abort, ConfigurationError, KeyError, TypeError) as error:
        raise FrameError("\n".join([*messages.messages, str(error)])) from error
    finally:
        logger.removeHandler(messages)
    if messages.messages:
        raise FrameError("\n".join(messages.messages))


def _silence() -> None:
    """MkDocs and Material each print, as they are imported, what they think of MkDocs 2."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


class _Said(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _frames(docs: Path) -> Iterator[FramePage]:
    for path in sorted(docs.rglob("*.md")):
        source, _ = read_fiche(docs, path)
        if source and isinstance(name := source.meta.get("cadre"), str):
            address = path.relative_to(docs).with_suffix("").as_posix().removesuffix("index")
            chemin = address if not address or address.endswith("/") else f"{address}/"
            yield FramePage(name, chemin, str(source.meta.get("title", "")), str(source.meta.get("description", "")))


def _compile(folder: Path, page: FramePage) -> Frame:
    """Cut a page that MkDocs rendered at its marks; every relative address in it is counted from the root of the site instead.

    What the theme leaves unused goes.
    """

    def rebase(link: re.Match[str]) -> str:
        path, _, fragment = link[2].partition("#")
        absolute = posixpath.normpath(posixpath.join("/", page.chemin, path)).lstrip("/")
        slash = "/" if absolute and (path.endswith("/") or path.split("/")[-1] in (".", "..")) else ""
        return f'{link[1]}="{BASE}{absolute}{slash}{"#" + fragment if fragment else ""}"'

    html = (folder / page.chemin / "index.html").read_text("utf-8")
    return Frame(page, tuple(_MARK.split(_URL.sub(rebase, _UNUSED.sub("", html)))))
