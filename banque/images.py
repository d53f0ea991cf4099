"""What the site must know of an illustration: its size in pixels, and whether it carries metadata. Pillow reads it."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageOps

MAX_BYTES = 1_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "photoshop", "comment")


class ImageIllisible(ValueError):
    """Not a JPEG, PNG or WebP image that can be read."""


@dataclass(frozen=True)
class Image:
    """``largeur`` and ``hauteur`` in pixels."""

    largeur: int
    hauteur: int
    has_metadata: bool


def read_image(path: Path) -> Image:
    """Read the head of an image, not its pixels. Raises ``ImageIllisible``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(path, formats=_FORMATS) as image:
                has_metadata = bool(image.getexif()) or any(key in image.info for key in _METADATA)
                return Image(image.width, image.height, has_metadata)
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ImageIllisible(path.name) from error


def write_light(data: bytes, folder: Path, stem: str) -> str:
    """Write a picture without metadata, at most 1,600 pixels wide and ``MAX_BYTES`` heavy; returns its name.

    Raises ``ImageIllisible``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            with Pillow.open(io.BytesIO(data), formats=(*_FORMATS, "GIF", "BMP", "TIFF")) as image:
                upright = ImageOps.exif_transpose(image)
                drawn = upright.format == "PNG" or image.format in ("PNG", "GIF", "BMP")
                picture = upright.convert("RGBA" if drawn and "A" in upright.getbands() else "RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ImageIllisible(stem) from error
    picture.thumbnail((1600, 1600))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    suffix = "png"
    if not drawn or out.tell() > MAX_BYTES:
        out, suffix = io.BytesIO(), "jpg"
        picture.convert("RGB").save(out, "JPEG", quality=80)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.{suffix}").write_bytes(out.getvalue())
    return f"{stem}.{suffix}"
