"""What the site must know of an illustration: its size in pixels, and whether it carries metadata. Pillow reads it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow

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
