"""The colours of the site, read where its pages take them: ``docs/assets/css/tokens.css``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from inspiractions.base.paths import find

_BLOCK = re.compile(r'\[data-md-color-scheme="(\w+)"\] \{(.*?)\n\}', re.S)
_COULEUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})\b")


def read_colours(root: Path, schema: str = "default") -> Mapping[str, str]:
    """``#rrggbb`` by name, in the light scheme (``default``) or the dark one (``slate``)."""
    css = find(root, "docs/assets/css/tokens.css").read_text("utf-8")
    blocks = dict(_BLOCK.findall(css))
    return dict(_COULEUR.findall(blocks["default"])) | dict(_COULEUR.findall(blocks[schema]))
