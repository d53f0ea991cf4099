"""Signs set in Wingdings or Symbol, as people see them: boxes, ticked or not, bullets, ≤ and ≥."""

from __future__ import annotations

# The signs of the Wingdings fonts that stand for a box.
_COCHE = {0x52, 0x53, 0x54, 0x55, 0x78, 0xFB, 0xFC, 0xFD, 0xFE}
_VIDE = {0x2A, 0x30, 0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA3, 0xA8}
# Adobe Symbol as Unicode maps it (https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt), letters and what a
# text of ours may hold.
_SYMBOL = dict(
    zip(
        b"\x22\x24\x27\x2d\x40\x5c\x5e\x60ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcywV",
        "∀∃∋−≅∴⊥‾ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψως",
        strict=True,
    )
) | dict(
    zip(
        (*range(0xA0, 0xC0), *range(0xC0, 0xF0), *range(0xF1, 0xFF)),
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)


def signs(text: str, font: str) -> str:
    """Text set in one of these fonts, or in the private characters that stand for them, as one reads it."""
    if font.startswith("Wingdings"):
        return "".join(c if c.isspace() else sign(ord(c), font) for c in text)
    if any("\uf000" <= c <= "\uf0ff" for c in text):
        own = font if font == "Symbol" else "Wingdings"
        return "".join(sign(ord(c), own) if "\uf000" <= c <= "\uf0ff" else c for c in text)
    return text


def sign(code: int, font: str) -> str:
    """The sign of a code in a font: ☒, ☐, a letter, a bullet, or itself."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF or code < 0x100 else 0
    if font.startswith("Wingdings") and low in _COCHE:
        return "☒"
    if font.startswith("Wingdings") and low in _VIDE:
        return "☐"
    if font == "Symbol" and low:
        return _SYMBOL.get(low, chr(low) if 0x20 <= low < 0x7F else "•")
    if low == 0xB7 or font.startswith("Wingdings") or not 0x20 <= code < 0x110000 or 0xD800 <= code <= 0xF8FF:
        return "•"
    return chr(code)
