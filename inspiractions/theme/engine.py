"""What the frame asks of the engine that renders ``docs/``: these pages, with the marks that the templates put in them.

``mkdocs.py`` and ``zensical.py`` are the two engines; docs/adr/002-le-cadre.md says which is used, and until when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspiractions.base.problem import Stop

ENGINES = ("mkdocs", "zensical")
USUAL_ENGINE = "mkdocs"


class FrameError(Stop):
    """The engine refused, or warned: its messages."""

    sentence = "mkdocs.yml ou les pages de docs/ ont été refusés :\n{}"


@dataclass(frozen=True)
class Project:
    """What is rendered.

    ``path``: ``mkdocs.yml``; ``written``: what it says, and ``extra.lettres``, whether there is a page of past letters;
    ``docs``: the folder of the pages, in Markdown; ``templates``: the folder of ``main.html``, in the part of Jinja that both
    engines read: no attribute of what may be missing, pages compared by ``url``, ``nav.items``, sections known by their children.
    """

    path: Path
    written: Mapping[str, Any]
    docs: Path
    templates: Path


Engine = Callable[[Project, Path], None]
"""Puts every page at its address (``a/b.md`` at ``a/b/index.html``) into a folder that is not there yet, with ``404.html``, the
other files of ``docs/`` and the theme's styles. Raises ``FrameError`` on an error and on any warning."""
