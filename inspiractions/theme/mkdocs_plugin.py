"""``plugins: [inspiractions]``: stops MkDocs in a bank whose environment has the package (``pyproject.toml`` declares it)."""

from __future__ import annotations

from typing import Literal, NoReturn

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from inspiractions.theme.settings import stop


class _Options(Config):  # type: ignore[no-untyped-call]
    """None."""


class Plugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Has nothing to do but stop."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> NoReturn:  # noqa: ARG002
        """What MkDocs calls first."""
        stop(command, "inspiractions")
