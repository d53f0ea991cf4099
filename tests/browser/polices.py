"""The font families that pages are judged with, whatever the machine has: a browser that sees one family and no other.

``python -m tests.browser.polices`` prints the Debian packages that are missing, for ``make polices``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

# What Chromium asks for when a style sheet says a generic family, by the role of the family.
_ASKED = {
    "sans": ("sans-serif", "sans", "system-ui", "Arial"),
    "serif": ("serif", "Times New Roman"),
    "mono": ("monospace", "ui-monospace", "Courier New"),
}


@dataclass(frozen=True)
class Police:
    """Three families by one foundry and the Debian package that brings them."""

    paquet: str
    sans: str
    serif: str
    mono: str

    @property
    def families(self) -> tuple[str, ...]:
        return (self.sans, self.serif, self.mono)


# From wide and high to narrow and low: a content area of 1.36, 1.15 and 1 em.
POLICES = {
    # Debian has its fixed width in another package: no size depends on it.
    "noto": Police("fonts-noto-core", "Noto Sans", "Noto Serif", "Noto Sans"),
    "liberation": Police("fonts-liberation", "Liberation Sans", "Liberation Serif", "Liberation Mono"),
    "nimbus": Police("fonts-urw-base35", "Nimbus Sans", "Nimbus Roman", "Nimbus Mono PS"),
}


def missing(police: Police) -> list[str]:
    """The families of ``police`` that this machine has not.

    Raises ``FileNotFoundError`` where ``fc-list`` is not installed.
    """
    listed = subprocess.run(["fc-list", ":", "family"], check=True, capture_output=True, text=True).stdout
    here = {family for line in listed.splitlines() for family in line.split(",")}
    return [family for family in dict.fromkeys(police.families) if family not in here]


def only(police: Police, folder: Path) -> dict[str, str]:
    """The environment of a browser that sees the families of ``police`` alone; ``folder`` keeps its settings.

    Raises ``LookupError``, with what to install, where a family is missing.
    """
    if not shutil.which("fc-list"):
        raise LookupError("fc-list est introuvable : installez le paquet fontconfig.")
    if absent := missing(police):
        raise LookupError(
            f"Police introuvable : {', '.join(absent)}. Installez le paquet {police.paquet} (Debian, Ubuntu) ou son équivalent."
        )
    accepted = "".join(
        f'<pattern><patelt name="family"><string>{escape(family)}</string></patelt></pattern>'
        for family in dict.fromkeys(police.families)
    )
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(asked)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(getattr(police, role))}</string></edit></match>'
        for role, names in _ASKED.items()
        for asked in names
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        '<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><dir prefix="xdg">fonts</dir><dir>~/.fonts</dir>'
        f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>"
        # A font that is accepted by its family is not looked for among those rejected: all the others.
        f"<selectfont><acceptfont>{accepted}</acceptfont><rejectfont>"
        + "".join(f'<pattern><patelt name="scalable"><bool>{b}</bool></patelt></pattern>' for b in ("true", "false"))
        + f"</rejectfont></selectfont>{aliases}</fontconfig>",
        "utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(path)}


def missing_packages() -> list[str]:
    """The Debian packages to install before the browser tests can judge sizes."""
    if not shutil.which("fc-list"):
        return ["fontconfig", *(police.paquet for police in POLICES.values())]
    return [police.paquet for police in POLICES.values() if missing(police)]


if __name__ == "__main__":
    print(*missing_packages())
