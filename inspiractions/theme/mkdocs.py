"""What ``mkdocs.yml`` says, and the engine that is used: MkDocs with Material. The one module of a build that knows MkDocs."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspiractions.base.files import PROJECT, docs_files, find
from inspiractions.model.identity import Identity, read_identity
from inspiractions.model.source import yaml_outline
from inspiractions.model.vocabulaire import load_vocabulaires
from inspiractions.theme.settings import (
    FrameError,
    Project,
    Settings,
    UnknownForge,
    UnknownHost,
    read_forge,
    read_host,
    refusals,
    refusals_before_reading,
)

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_SITE_URL = re.compile(r"https?://[^/\s?#]+(?:/[^\s?#]*)?")


def read_settings(root: Path) -> Settings:
    """What ``mkdocs.yml`` says, as MkDocs understands it, without a build. Raises ``FrameError``, as the build would."""
    return read_project(root)[1]


def read_project(root: Path, formulaire: bool = False) -> tuple[Project, Settings]:
    """What an engine renders, and what the site takes from ``mkdocs.yml``. Raises ``FrameError``.

    ``formulaire``: whether the site will have its web form.
    """
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
    # What the file says, before MkDocs guesses the rest.
    written = {key: value for key, value in dict(config).items() if key in yaml_outline(text)[1]}
    if acting := [f"{_where(text, key)} « {key} » : {reason}" for key, reason in refusals(written)]:
        raise FrameError("\n".join(acting))
    if (url := written.get("site_url")) and not (isinstance(url, str) and _SITE_URL.fullmatch(url)):
        where = _where(text, "site_url")
        raise FrameError(f"{where} « site_url: {url} » : écrivez une adresse entière, https://www.exemple.fr/chemin/.")
    if path != PROJECT / "mkdocs.yml":
        written |= _inherited(written)
    # The pages of the product stand for those of the bank, which are put together when they are rendered.
    project = Project(path, written, PROJECT / "docs", find(root, "templates/theme"))
    config = _configuration(project, root / "build" / "frame")
    try:
        forge, host = read_forge(written, formulaire), read_host(written)
    except (UnknownForge, UnknownHost) as error:
        raise FrameError(str(error)) from error
    # What the theme says of the bank is read where everything else reads it.
    identity = read_identity(root)
    extra = {
        **config.extra,
        "identity": _plain(identity),
        "lettres": "lettres/index.md" in docs_files(root),
        "axes": _name_of_axes(root),
    }
    ours = {"site_name": identity.nom, "extra": extra}
    return replace(project, written={**written, **ours}), Settings(identity, config.site_url or "/", forge, host)


def render(project: Project, folder: Path) -> None:
    """MkDocs with Material, as ``settings.Engine`` asks."""
    from mkdocs.commands.build import build
    from mkdocs.exceptions import Abort, ConfigurationError

    from inspiractions.theme.templates import in_sandbox, refusing

    config, warnings = _configuration(project, folder), _Warnings()
    environment = in_sandbox(config.theme.get_env())
    config.theme.get_env = lambda: environment  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        with refusing():
            build(config)
    except (Abort, ConfigurationError, KeyError, TypeError) as error:
        raise FrameError("\n".join([*warnings.messages, str(error)])) from error
    finally:
        logger.removeHandler(warnings)
    if warnings.messages:
        raise FrameError("\n".join(warnings.messages))
    # No page loads Material's scripts; the generator writes its own sitemap.
    shutil.rmtree(folder / "assets" / "javascripts")
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (folder / name).unlink()


def _configuration(project: Project, folder: Path) -> MkDocsConfig:
    """That of a build into ``folder``. Raises ``FrameError`` with the line of what MkDocs refuses."""
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import ConfigurationError

    # MkDocs takes apart what it is given. What stops it elsewhere does not here.
    written = {**deepcopy(project.written), "docs_dir": str(project.docs), "site_dir": str(folder)}
    written |= {"plugins": [], "hooks": []}
    if isinstance(theme := written.get("theme"), Mapping):
        written["theme"] = {**theme, "custom_dir": str(project.templates)}
    config = MkDocsConfig(config_file_path=str(project.path))
    config.load_dict(written)
    try:
        errors, warnings = config.validate()
    except (ConfigurationError, KeyError, TypeError) as error:
        raise FrameError(f"mkdocs.yml : MkDocs n’y comprend pas « {error} » ; comparez avec le modèle.") from error
    if errors or warnings:
        text = project.path.read_text("utf-8", "replace")
        raise FrameError("\n".join(f"{_where(text, key)} « {key} » : {reason}" for key, reason in (*errors, *warnings)))
    return config


def _plain(identity: Identity) -> dict[str, Any]:
    """What templates say of the bank, for engines that know no Python: its fields and its sentences, by name."""
    sentences = [name for name, one in vars(Identity).items() if isinstance(one, property) and not name.startswith("_")]
    return {**asdict(identity), **{name: getattr(identity, name) for name in sentences}}


def _inherited(own: Mapping[str, Any]) -> dict[str, Any]:
    """What a bank takes from the ``mkdocs.yml`` of the product: all that does not say whose bank it is."""
    from mkdocs.config.defaults import MkDocsConfig

    product = MkDocsConfig()
    with (PROJECT / "mkdocs.yml").open("rb") as file:
        product.load_file(file)
    inherited = {key: product[key] for key in _ENGINE if key not in own}
    if isinstance(theme := own.get("theme", {}), Mapping):
        # The sign of a tab is that of the bank: its logo, where it has no other.
        sign = {"favicon": theme["logo"]} if theme.get("logo") else {}
        inherited["theme"] = {**product["theme"], **sign, **theme}
    if isinstance(styles := own.get("extra_css", []), list):
        # One that copied them does not load them twice.
        inherited["extra_css"] = list(dict.fromkeys((*product["extra_css"], *styles)))
    if isinstance(apart := own.get("not_in_nav") or "", str):
        # A menu of one's own need not name every page of the product.
        pages = _pages(product["nav"]) if "nav" in own else []
        inherited["not_in_nav"] = "\n".join([*product["not_in_nav"].splitlines(), *pages, apart])
    return inherited


# The keys of « mkdocs.yml » that another bank need not write.
_ENGINE = ("exclude_docs", "markdown_extensions", "nav", "use_directory_urls", "validation")


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


def _silence() -> None:
    """MkDocs and Material each print, as they are imported, what they think of MkDocs 2; docs/adr/002-le-cadre.md says what we do."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
