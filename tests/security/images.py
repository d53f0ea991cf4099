"""Images that are hostile or damaged, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, PngImagePlugin


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims a size, whatever its pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + name + d + struct.pack(">I", zlib.crc32(name + d)) for name, d in parts
    )


def saved(genre: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, genre, **options)
    return out.getvalue()


def gif(frames: int) -> bytes:
    out = io.BytesIO()
    some = [Image.new("L", (2, 2), n % 255) for n in range(frames)]
    some[0].save(out, "GIF", save_all=True, append_images=some[1:])
    return out.getvalue()


def exif(size: int) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "x" * size
    return exif.tobytes()


def bomb() -> tuple[bytes, bytes]:
    return b"zTXt", b"k\0\0" + zlib.compress(b"a" * 50_000_000)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"><script>x</script></svg>'
HOSTILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "svg": (lambda: SVG, "n’est pas une image"),
    "html": (lambda: b"<html><script>x</script>", "n’est pas une image"),
    "gif": (lambda: gif(3_000), "n’est pas une image"),
    "bombe": (lambda: png(30_000, 30_000), "pixels"),
    "bombe-large": (lambda: png(2_000_000_000, 1), "pixels"),
    "moins-large": (lambda: png(9_000, 9_000), "pixels"),
    "texte-deplie": (lambda: png(9, 9, bomb()), "n’est pas une image"),
    "profil-deplie": (lambda: png(9, 9, (b"iCCP", b"k\0\0" + zlib.compress(b"a" * 50_000_000))), "n’est pas une image"),
    "tronquee": (lambda: saved("JPEG")[:300], "n’est pas une image"),
    "tronquee-png": (lambda: saved("PNG")[:80], "n’est pas une image"),
    "exif": (lambda: saved("JPEG", exif=exif(60_000)), "métadonnées"),
    "exif-faux": (lambda: saved("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\xff" * 4_000), ""),
    "commentaire": (lambda: saved("JPEG", comment=b"<script>x</script>"), "métadonnées"),
    "texte": (lambda: saved("PNG", pnginfo=texte_png()), "métadonnées"),
    "lourde": (lambda: b"\xff\xd8" + bytes(100_000_000), "100000 Ko"),
    "vide": (lambda: b"", "n’est pas une image"),
}


def texte_png() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "<script>x</script>")
    return info
