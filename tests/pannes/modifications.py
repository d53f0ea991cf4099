from __future__ import annotations

from pathlib import Path

from PIL import Image

from banque.canonique import write_fiche
from banque.source import read_fiche


def illustrer(root: Path, stem: str, n: int) -> str:
    """Give a fiche one more illustration; returns the path of the image."""
    path = root / "actions" / f"{stem}.md"
    source, _ = read_fiche(root, path)
    assert source is not None
    name = f"image-{n}.png"
    folder = root / "actions" / "images" / stem
    folder.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize((800 + n, 500)).save(folder / name)
    shown = [
        *(source.meta.get("illustrations") or []),
        {"fichier": name, "alt": f"Un dégradé, du noir au blanc, n° {n}"},
    ]
    path.write_text(write_fiche({**source.meta, "illustrations": shown}, source.body), "utf-8")
    return f"actions/images/{stem}/{name}"
