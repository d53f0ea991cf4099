"""The copies that pages show: smaller, the same each time, without what a camera wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image as Pillow

from inspiractions.base.images import Image, UnreadableImage, decode, fit, read_image, shrink
from inspiractions.exports.sharing import make_illustrations
from inspiractions.model.banque import load_banque


@pytest.mark.parametrize(("mode", "nom"), [("RGB", "a.jpg"), ("RGBA", "a.png"), ("P", "p.png"), ("L", "a.webp")])
def test_une_grande_image_est_reduite(tmp_path: Path, mode: str, nom: str) -> None:
    path = tmp_path / nom
    Pillow.effect_mandelbrot((1500, 900), (-3, -2.5, 2, 2.5), 20).convert(mode).save(path)
    small = tmp_path / f"petit-{nom}"
    small.write_bytes(shrink(path, 640))
    assert read_image(small) == Image(640, 384, has_metadata=False)
    assert shrink(path, 640) == small.read_bytes()
    with Pillow.open(path) as before, Pillow.open(small) as after:
        assert after.format == before.format


def test_une_petite_image_reste_la_meme(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Pillow.new("RGB", (600, 10), "teal").save(path)
    assert shrink(path, 640) == path.read_bytes()
    assert fit(read_image(path), 640).largeur == 600


def test_une_image_coupee_est_refusee(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Pillow.effect_noise((1500, 900), 80).save(path)
    path.write_bytes(path.read_bytes()[:20_000])
    assert read_image(path).largeur == 1500
    for read in (decode, lambda path: shrink(path, 640)):
        with pytest.raises(UnreadableImage):
            read(path)


def test_deux_tailles_par_grande_illustration(ecrire, partage: None, racine: Path) -> None:
    ecrire("aubervilliers-marche", illustrations="[{fichier: grande.jpg, alt: a}, {fichier: petite.jpg, alt: b}]")
    folder = racine / "actions" / "images" / "aubervilliers-marche"
    folder.mkdir(parents=True)
    for nom, width in (("grande.jpg", 1400), ("petite.jpg", 300)):
        Pillow.new("RGB", (width, 200), "teal").save(folder / nom)
    fichiers = {
        f.name.removeprefix("actions/images/aubervilliers-marche/"): f.content
        for f in make_illustrations(load_banque(racine)[0].actions[0], racine)
    }
    assert list(fichiers) == ["grande.jpg", "640/grande.jpg", "petite.jpg"]
