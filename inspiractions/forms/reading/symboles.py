"""Signs set in Wingdings, as people see them: boxes, ticked or not, and bullets."""

from __future__ import annotations

# The signs of the Wingdings fonts that stand for a box.
_COCHE = {0x52, 0x53, 0x54, 0x55, 0x78, 0xFB, 0xFC, 0xFD, 0xFE}
_VIDE = {0x2A, 0x30, 0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA3, 0xA8}


def symboles(text: str, font: str) -> str:
    """Text set in Wingdings, or in its private characters, as signs."""
    if font.startswith("Wingdings"):
        return "".join(symbole(ord(c), font) if not c.isspace() else c for c in text)
    if any("\uf000" <= c <= "\uf0ff" for c in text):
        return "".join(symbole(ord(c), "Wingdings") if "\uf000" <= c <= "\uf0ff" else c for c in text)
    return text


def symbole(code: int, font: str) -> str:
    """The sign of a code in a font: ☒, ☐, a bullet, or itself."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF or code < 0x100 else 0
    if font.startswith("Wingdings") and low in _COCHE:
        return "☒"
    if font.startswith("Wingdings") and low in _VIDE:
        return "☐"
    if low == 0xB7:
        return "•"
    return chr(code) if code >= 0x20 and not 0xE000 <= code <= 0xF8FF and not font.startswith("Wingdings") else "•"
