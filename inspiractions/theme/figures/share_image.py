"""The image that other sites show of a récit: place, title, axes and the name of the bank, 1200 × 630 pixels.

Pillow draws it with the fonts of ``referentiels/polices/`` and its own basic layout: the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

from inspiractions.base.files import find
from inspiractions.model.identity import read_identity
from inspiractions.theme.assets import read_colours

LARGEUR, HAUTEUR = 1200, 630
_MARGE = 72
_LIEU_Y = 100
_TITRE_Y, _TITRE_HAUTEUR = 138, 340
# What the margins leave.
_PLACE = LARGEUR - 2 * _MARGE
_TAILLES_LIEU = (30, 26, 22)
_TAILLES = (84, 77, 70, 64, 58, 52, 47, 42, 37)
_INTERLIGNE = 1.17
_PIED_Y = 508
_SIGNE, _ECART = 38, 16
# The colours of the image, in the order of its palette, and the shades of each between the ground and itself: the edges
# of letters and signs.
_ENCRES = ("texte", "second", "mirabelle", "filet", "axe-1", "axe-2", "axe-3", "axe-4", "axe-5")
_TEINTES = 14

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class ShareImage:
    """What the image says. ``axes``: for each axis of the charter, in order, whether the action bears it."""

    titre: str
    lieu: str
    autour: str
    axes: tuple[bool, ...]


class ShareImagePainter:
    """Draws for the content tree ``root``: fonts, palette and ground are made once."""

    def __init__(self, root: Path) -> None:
        self._polices = find(root, "referentiels/polices")
        self._police = cache(self._open)
        self._palette = _palette(root)
        self._identity = read_identity(root)
        self._fond = self._make_ground()

    def draw(self, vignette: ShareImage) -> bytes:
        """The PNG."""
        image = self._fond.copy()
        self._place(image, vignette)
        self._title(image, vignette.titre)
        _signs(image, vignette.axes)
        octets = BytesIO()
        # 9 takes eight times as long for a tenth less.
        image.save(octets, "PNG", compress_level=6)
        return octets.getvalue()

    def _open(self, nom: str, taille: int) -> ImageFont.FreeTypeFont:
        # Basic: the other layout engine depends on libraries of the machine.
        return ImageFont.truetype(self._polices / f"{nom}.ttf", taille, layout_engine=ImageFont.Layout.BASIC)

    def _write(
        self, image: Image.Image, x: float, y: float, texte: str, police: ImageFont.FreeTypeFont, encre: str
    ) -> float:
        """Write on a base line; returns where the text ends."""
        # Room for accents above the base line, and for what hangs below.
        above, height = round(police.size * 1.3), round(police.size * 2)
        mask = Image.new("L", (LARGEUR, height))
        ImageDraw.Draw(mask).text((x, above), texte, font=police, fill=255, anchor="ls")
        _ink(image, 0, round(y) - above, mask, encre)
        return x + police.getlength(texte)

    def _make_ground(self) -> Image.Image:
        """What no récit changes: the name with its apostrophe, the motto."""
        image = Image.new("P", (LARGEUR, HAUTEUR))
        image.putpalette(self._palette)
        _ink(image, _MARGE, _PIED_Y, Image.new("L", (_PLACE, 1), 255), "filet")
        police, petite, base = self._police("NotoSerif-Bold", 42), self._police("NotoSans-Regular", 21), _PIED_Y + 70
        x: float = _MARGE
        for part in _fitting(self._identity.name_parts, police):
            if x > _MARGE:
                _ink(image, round(x + 2), base - 33, _sign("goutte", 11), "mirabelle")
                x += 15
            x = self._write(image, x, base, part, police, "texte")
        x += 24
        _ink(image, round(x), base - 38, Image.new("L", (1, 50), 255), "filet")
        # Up to the signs of the axes.
        room = LARGEUR - _MARGE - 5 * (_SIGNE + _ECART) - x - 24
        lines = self._identity.devise if len(self._identity.devise) > 1 else _wrap(self._identity.tagline, petite, room)
        for rang, ligne in enumerate(lines[:2]):
            cut = _break(ligne, petite, room)[0]
            self._write(image, x + 24, base - 19 + 27 * rang, cut, petite, "second")
        return image

    def _place(self, image: Image.Image, vignette: ShareImage) -> None:
        _ink(image, _MARGE, _LIEU_Y - 24, _sign("epingle", 26), "second")
        autour = f" · {vignette.autour}" if vignette.autour else ""
        for taille in _TAILLES_LIEU:
            gras, maigre = self._police("NotoSans-Bold", taille), self._police("NotoSans-Regular", taille)
            if gras.getlength(vignette.lieu) + maigre.getlength(autour) <= _PLACE - 38:
                break
        lieu = _break(vignette.lieu, gras, _PLACE - 38)[0]
        x = self._write(image, _MARGE + 38, _LIEU_Y, lieu, gras, "texte")
        if x + maigre.getlength(autour) <= LARGEUR - _MARGE:
            self._write(image, x, _LIEU_Y, autour, maigre, "second")

    def _title(self, image: Image.Image, titre: str) -> None:
        for taille in _TAILLES:
            police = self._police("NotoSerif-Bold", taille)
            lignes = _wrap(titre, police, _PLACE)
            high = len(lignes) * taille * _INTERLIGNE
            if high <= _TITRE_HAUTEUR and max(_length(ligne, police) for ligne in lignes) <= _PLACE:
                break
        else:
            # A word that no size makes fit: cut.
            titre = " ".join(part for mot in titre.split(" ") for part in _break(mot, police, _PLACE))
            lignes = _wrap(titre, police, _PLACE)
        for rang, ligne in enumerate(_balance(titre, police, lignes)):
            self._write(image, _MARGE, _TITRE_Y + taille * (1 + rang * _INTERLIGNE), ligne, police, "texte")


def _fitting(parts: list[str], police: ImageFont.FreeTypeFont) -> list[str]:
    """The parts of a name, cut where half of the image cannot hold them."""
    name = "’".join(parts)
    return parts if police.getlength(name) <= _PLACE / 2 else _break(name, police, _PLACE / 2)[0].split("’")


def _signs(image: Image.Image, axes: tuple[bool, ...]) -> None:
    """The axes in their five fixed places."""
    x = LARGEUR - _MARGE - len(axes) * _SIGNE - (len(axes) - 1) * _ECART
    for rang, porte in enumerate(axes, 1):
        nom = f"axe-{rang}"
        _ink(image, x, _PIED_Y + 36, _sign(nom if porte else "vide", _SIGNE), nom if porte else "filet")
        x += _SIGNE + _ECART


def _ink(image: Image.Image, x: int, y: int, mask: Image.Image, encre: str) -> None:
    """Lay a colour of the palette through a mask: the greyer, the nearer to the ground."""
    places, touched = _shades(encre)
    image.paste(mask.point(places), (x, y), mask.point(touched))


@cache
def _shades(encre: str) -> tuple[list[int], list[int]]:
    """For each grey of a mask: the place of its shade in the palette, and whether there is one (0 or 255)."""
    first = _ENCRES.index(encre) * _TEINTES
    shades = [(grey * _TEINTES + 127) // 255 for grey in range(256)]
    return [first + shade for shade in shades], [255 * (shade > 0) for shade in shades]


def _palette(root: Path) -> list[int]:
    """The ground, then the shades of each colour. It is dark: the signs take the tints of the dark scheme."""
    clair, sombre = read_colours(root), read_colours(root, "slate")
    noms = {"texte": "sur-bandeau", "second": "sur-petrole-2", "filet": "bandeau-bord"}
    fond = _rgb(clair["bandeau"])
    colours = [_rgb((sombre if nom.startswith("axe") else clair)[noms.get(nom, nom)]) for nom in _ENCRES]
    parts = [step / _TEINTES for step in range(1, _TEINTES + 1)]
    shades = [_mix(fond, colour, part) for colour in colours for part in parts]
    return [channel for shade in (fond, *shades) for channel in shade]


@lru_cache(maxsize=50_000)
def _length(texte: str, police: ImageFont.FreeTypeFont) -> float:
    """In pixels. Each word is measured once a size: a title is broken into lines in some fifty ways."""
    return police.getlength(texte)


def _balance(texte: str, police: ImageFont.FreeTypeFont, lignes: list[str]) -> list[str]:
    """As many lines, of about the same length."""
    for narrower in range(_PLACE, LARGEUR // 3, -16):
        lines = _wrap(texte, police, narrower)
        if len(lines) > len(lignes) or max(_length(line, police) for line in lines) > _PLACE:
            break
        lignes = lines
    return lignes


def _break(mot: str, police: ImageFont.FreeTypeFont, largeur: float) -> list[str]:
    """Pieces of a text that are no wider than ``largeur``, in pixels, whatever stands in it."""
    pieces = [""]
    for sign in mot:
        if pieces[-1] and police.getlength(pieces[-1] + sign) > largeur:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _wrap(texte: str, police: ImageFont.FreeTypeFont, largeur: float) -> list[str]:
    """Lines no wider than ``largeur``, in pixels; no-break spaces hold."""
    space = _length(" ", police)
    lignes: list[list[str]] = [[]]
    width = 0.0
    for mot in texte.split(" "):
        length = _length(mot, police)
        if lignes[-1] and width + space + length > largeur:
            lignes.append([])
            width = 0.0
        width += length + (space if lignes[-1] else 0)
        lignes[-1].append(mot)
    return [" ".join(mots) for mots in lignes]


@cache
def _sign(nom: str, cote: int) -> Image.Image:
    """The mask of a sign of ``templates/theme/partials/symboles.html``, on its grid of 24, drawn eight times as large."""
    scale = cote * 8 / 24
    mask = Image.new("L", (cote * 8, cote * 8))
    draw = ImageDraw.Draw(mask)
    for forme, *points in _FORMES[nom]:
        values = [value * scale for value in points]
        if forme == "polygone":
            draw.polygon(values, fill=255)
        elif forme == "carre":
            draw.rectangle(values, fill=255)
        else:
            draw.ellipse(values, fill=255)
    if nom == "epingle":
        mask = mask.rotate(45, Image.Resampling.BICUBIC)
    return mask.resize((cote, cote), Image.Resampling.LANCZOS)


_FORMES: Mapping[str, tuple[tuple[Any, ...], ...]] = {
    "axe-1": (("carre", 3.5, 3.5, 20.5, 20.5),),
    "axe-2": (("rond", 3, 3, 21, 21), ("carre", 12, 3, 21, 12), ("carre", 3, 12, 12, 21)),
    "axe-3": (("rond", 7.4, 2, 16.6, 11.2), ("rond", 1.4, 12.4, 10.6, 21.6), ("rond", 13.4, 12.4, 22.6, 21.6)),
    "axe-4": (("polygone", 12, 2.5, 22.5, 21, 1.5, 21),),
    "axe-5": (
        (
            "polygone",
            *(8.5, 2.5, 15.5, 2.5, 15.5, 8.5, 21.5, 8.5, 21.5, 15.5, 15.5, 15.5),
            *(15.5, 21.5, 8.5, 21.5, 8.5, 15.5, 2.5, 15.5, 2.5, 8.5, 8.5, 8.5),
        ),
    ),
    "vide": (("rond", 8.6, 8.6, 15.4, 15.4),),
    "goutte": (("rond", 0, 0, 24, 24), ("carre", 0, 12, 12, 24)),
    "epingle": (("rond", 3.5, 3.5, 20.5, 20.5), ("carre", 3.5, 12, 12, 20.5)),
}


def _rgb(couleur: str) -> RGB:
    red, green, blue = ImageColor.getrgb(couleur)[:3]
    return red, green, blue


def _mix(fond: RGB, couleur: RGB, part: float) -> RGB:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(fond, couleur, strict=True))
    return red, green, blue
