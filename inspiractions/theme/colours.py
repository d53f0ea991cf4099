"""The colours of the site, read where its pages take them: ``docs/assets/css/tokens.css``, in the tints of the bank."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from pathlib import Path

from inspiractions.base.paths import find
from inspiractions.model.identity import Couleurs, read_identity

TINTED = ("assets/css/tokens.css", "assets/favicon.svg")
"""The files of ``docs/`` that bear the colours."""

_BLOCK = re.compile(r'\[data-md-color-scheme="(\w+)"\] \{(.*?)\n\}', re.S)
_COULEUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})\b")
_FAVICON = re.compile(r'(fill)="(#[0-9a-f]{6})"')
# The tokens that take the colours of a bank; all others are neutral, or mean something: axes, alerts, focus.
_MAIN = re.compile(r"petrole.*|sur-petrole-2|bandeau.*|carte-[1-4]")
_ACCENT = re.compile(r"mirabelle|marque-mot")
# The colours that the tokens are built on, whose saturation the others are measured by.
_BASES = {"principale": "#0e4f55", "accent": "#f5bd45"}


def read_colours(root: Path, schema: str = "default") -> Mapping[str, str]:
    """``#rrggbb`` by name, in the light scheme (``default``) or the dark one (``slate``)."""
    css = tint(find(root, f"docs/{TINTED[0]}").read_text("utf-8"), read_identity(root).couleurs)
    blocks = dict(_BLOCK.findall(css))
    return dict(_COULEUR.findall(blocks["default"])) | dict(_COULEUR.findall(blocks[schema]))


def tint(text: str, couleurs: Couleurs) -> str:
    """A file of ``TINTED`` in the colours of a bank: hue and saturation change, luminance stays, and with it every contrast."""
    tokens = {"principale": _MAIN, "accent": _ACCENT}
    wanted = {role: colour for role in tokens if (colour := getattr(couleurs, role))}

    def replaced(match: re.Match[str]) -> str:
        name, colour = match[1], match[2]
        for role, target in wanted.items():
            if tokens[role].fullmatch(name) or (name == "fill" and _is_near(colour, _BASES[role])):
                return match[0].replace(colour, _retinted(colour, _BASES[role], target))
        return match[0]

    if not wanted:
        return text
    return _FAVICON.sub(replaced, _COULEUR.sub(replaced, text))


def _retinted(colour: str, base: str, target: str) -> str:
    """The colour with the hue of ``target``, as light to the eye as before (WCAG 2.2, relative luminance)."""
    (_, _, saturation), (_, _, of_base) = _hls(colour), _hls(base)
    hue, _, of_target = _hls(target)
    saturation = min(1.0, saturation * of_target / of_base)
    wanted, low, high = _luminance(_channels(colour)), 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if _luminance(colorsys.hls_to_rgb(hue, middle, saturation)) < wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, low, saturation))


def _is_near(colour: str, base: str) -> bool:
    return abs(_hls(colour)[0] - _hls(base)[0]) < 0.05


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*_channels(colour))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _luminance(channels: tuple[float, float, float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
