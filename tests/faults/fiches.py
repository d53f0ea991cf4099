"""What the edits of a bank are made of: its fiches, their keys, their images."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from inspiractions.model.canonical import write_fiche
from inspiractions.model.source import Value, read_fiche, read_yaml


def illustrer(root: Path, stem: str, n: int) -> str:
    """Give a fiche one more illustration; returns the path of the image."""
    path = root / "actions" / f"{stem}.md"
    folder = root / "actions" / "images" / stem
    folder.mkdir(parents=True, exist_ok=True)
    nom = f"image-{n}.png"
    Image.linear_gradient("L").resize((800 + n, 500)).save(folder / nom)
    shown = [i for i in meta_de(root, path).get("illustrations") or [] if i["fichier"] != nom]
    cles(root, path, illustrations=[*shown, {"fichier": nom, "alt": f"Un dégradé, du noir au blanc, n° {n}"}])
    return f"actions/images/{stem}/{nom}"


def publiees(root: Path) -> list[Path]:
    return [path for path in sorted((root / "actions").glob("*.md")) if not meta_de(root, path).get("statut")]


def fiche(root: Path, hasard: random.Random) -> Path:
    return hasard.choice(publiees(root))


def non_citee(root: Path, hasard: random.Random) -> Path:
    dossiers = "".join(path.read_text("utf-8") for path in sorted((root / "dossiers").glob("*.md")))
    return hasard.choice([path for path in publiees(root) if path.stem not in dossiers])


def meta_de(root: Path, path: Path) -> Mapping[str, Value]:
    source, _ = read_fiche(root, path)
    assert source is not None, path
    return source.meta


def cles(root: Path, path: Path, **cles: Value) -> str:
    """Give keys of a front matter another value, ``None`` takes one away."""
    source, _ = read_fiche(root, path)
    assert source is not None, path
    path.write_text(write_fiche({**source.meta, **cles}, source.body), "utf-8")
    return path.stem


def themes(root: Path) -> list[str]:
    value, _, _ = read_yaml(root, root / "vocabulaire" / "thematiques.yml")
    return [terme["id"] for terme in value if terme.get("parent")]


def ajouter(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def remplacer(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")
