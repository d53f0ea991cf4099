"""Illustrations: their size in pixels, whether they carry metadata, and the smaller copies that pages show. Pillow does it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image as Pillow
from PIL import ImageOps

from inspiractions.base.files import write_whole
from inspiractions.base.problem import Stop

MAX_BYTES = 1_000_000
MAX_PIXELS = 80_000_000
# What a page shows at most, in pixels, and what a phone or an ordinary screen needs.
LARGE, SMALL = 1280, 640
_FORMATS = ("JPEG", "PNG", "WEBP")
_METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif", "photoshop", "comment")

_SAVED: Mapping[str, Mapping[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
}


class UnreadableImage(Stop, ValueError):
    """Not a JPEG, PNG or WebP image that can be read."""

    sentence = "l’image {} a changé ou disparu pendant la construction : recommencez."


class OversizedImage(UnreadableImage):
    """More than ``MAX_PIXELS``: some 300 MB once in memory, whatever the file weighs."""


@dataclass(frozen=True)
class Image:
    """``largeur`` and ``hauteur`` in pixels."""

    largeur: int
    hauteur: int
    has_metadata: bool


def read_image(path: Path) -> Image:
    """Read the head of an image, not its pixels. Raises ``UnreadableImage``."""
    with _opened(path, path.name) as image:
        has_metadata = bool(image.getexif()) or any(key in image.info for key in _METADATA)
        return Image(image.width, image.height, has_metadata)


def decode(path: Path) -> Image:
    """Read every pixel, too: a file cut short has a sound head, and a PNG may hold texts after its pixels. Raises ``UnreadableImage``."""
    head = read_image(path)
    with _opened(path, path.name) as image:
        image.load()
        return replace(head, has_metadata=head.has_metadata or bool(getattr(image, "text", None)))


@contextmanager
def _opened(file: Path | io.BytesIO, name: str, formats: tuple[str, ...] = _FORMATS) -> Iterator[Pillow.Image]:
    """An image, whose faults all become ``UnreadableImage``; those of its metadata alone are nobody's concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Pillow.open(file, formats=formats) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise OversizedImage(name)
                yield image
        except UnreadableImage:
            raise
        except Pillow.DecompressionBombError as error:
            raise OversizedImage(name) from error
        except (OSError, ValueError, SyntaxError) as error:
            raise UnreadableImage(name) from error


def fit(image: Image, width: int) -> Image:
    """The size of an image once it is no wider than ``width``; a smaller one stays as it is."""
    if image.largeur <= width:
        return image
    return Image(width, max(1, round(image.hauteur * width / image.largeur)), image.has_metadata)


def shrink(path: Path, width: int) -> bytes:
    """The file of an image no wider than ``width`` pixels, same format, without metadata; the same bytes each time.

    Raises ``UnreadableImage``.
    """
    target = fit(read_image(path), width)
    with _opened(path, path.name) as image:
        if image.width <= width:
            return path.read_bytes()
        drawn = (
            image
            if image.mode in ("RGB", "RGBA", "L")
            else image.convert("RGBA" if "A" in image.mode or "transparency" in image.info else "RGB")
        )
        small = drawn.resize((target.largeur, target.hauteur), Pillow.Resampling.LANCZOS)
        written = io.BytesIO()
        small.save(written, image.format, **_SAVED.get(image.format or "", {"quality": 82}))
        return written.getvalue()


def write_light(data: bytes, folder: Path, stem: str) -> str:
    """Write a picture without metadata, at most 1,600 pixels wide and ``MAX_BYTES`` heavy; returns its name.

    Raises ``UnreadableImage``.
    """
    with _opened(io.BytesIO(data), stem, (*_FORMATS, "GIF", "BMP", "TIFF")) as image:
        upright = ImageOps.exif_transpose(image)
        drawn = upright.format == "PNG" or image.format in ("PNG", "GIF", "BMP")
        picture = upright.convert("RGBA" if drawn and "A" in upright.getbands() else "RGB")
    picture.thumbnail((1600, 1600))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    suffix = "png"
    if not drawn or out.tell() > MAX_BYTES:
        out, suffix = io.BytesIO(), "jpg"
        picture.convert("RGB").save(out, "JPEG", quality=80)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{stem}.{suffix}", out.getvalue())
    return f"{stem}.{suffix}"
