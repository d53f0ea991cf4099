"""The share images: size, weight, the same bytes everywhere, titles of any length, the cache."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from inspiractions.base.files import PROJECT
from inspiractions.build.site import BuildOptions, build
from inspiractions.exports import sharing
from inspiractions.exports.sharing import make_share_images
from inspiractions.model.banque import Banque
from inspiractions.story.keys import Keys
from inspiractions.theme.assets import read_colours
from inspiractions.theme.figures.share_image import HAUTEUR, LARGEUR, ShareImage, ShareImagePainter

URL = "https://exemple.fr/"
TOUS = (True, True, True, True, True)


@pytest.fixture(scope="module")
def atelier() -> ShareImagePainter:
    return ShareImagePainter(PROJECT)


def _open(octets: bytes) -> Image.Image:
    return Image.open(BytesIO(octets)).convert("RGB")


def _right(image: Image.Image, top: int, bottom: int) -> int:
    """How far to the right something is drawn between two heights."""
    band = image.crop((0, top, LARGEUR, bottom))
    box = Image.eval(band.convert("L"), lambda grey: 255 if grey > 90 else 0).getbbox()
    return box[2] if box else 0


def test_chaque_recit_a_son_image_legere(site: Path, banque_reelle: Banque):
    for action in banque_reelle.actions:
        path = site / "actions" / action.id / "partage.png"
        assert path.stat().st_size <= 60_000
        with Image.open(path) as image:
            assert image.size == (LARGEUR, HAUTEUR) == (1200, 630)
        head = (path.parent / "index.html").read_text("utf-8").partition("</head>")[0]
        address = f"https://inspiractions.example/actions/{action.id}/partage.png"
        assert f'<meta property="og:image" content="{address}">' in head
        assert 'name="twitter:card" content="summary_large_image"' in head


@pytest.mark.parametrize(
    "titre",
    [
        "Été",
        "L’Île-Saint-Denis : œuvrer ensemble, ça s’apprend dès le CM2 ; « à nous l’été » !",
        "Mobiliser durablement " * 6 + "jeunes",
        "Intercommunautairement-anticonstitutionnellement-interdépartementalisation " + "w" * 20,
    ],
)
def test_un_titre_de_toute_longueur_tient(atelier: ShareImagePainter, titre: str):
    image = _open(atelier.draw(ShareImage(titre[:140], "Saint-Denis", "La Réunion", TOUS)))
    assert 0 < _right(image, 136, 502) < LARGEUR - 36
    # Nothing on the line of the foot, nothing of the title below it.
    assert image.getpixel((600, 505)) == image.getpixel((2, 2))


def test_un_lieu_trop_long_reste_dans_l_image(atelier: ShareImagePainter):
    lieu = "Communauté d’agglomération de La Région de Château-Thierry, Saint-Brevin et 12 autres"
    for nom in (lieu, lieu * 2, "Brest"):
        image = _open(atelier.draw(ShareImage("Titre", nom, "Alpes-de-Haute-Provence", TOUS)))
        assert _right(image, 70, 112) <= LARGEUR - 70


def test_les_accents_sont_dessines(atelier: ShareImagePainter):
    """Each accented letter has a shape of its own: none is missing from the fonts."""
    letters = "ÀÂÇÉÈÊËÎÏÔŒÙÛÜŸàâçéèêëîïôœùûüÿ’«»–…€"
    drawn = {letter: atelier.draw(ShareImage(letter, letter, letter, TOUS)) for letter in letters}
    missing = atelier.draw(ShareImage("\U0001f600", "\U0001f600", "\U0001f600", TOUS))
    assert len({*drawn.values(), missing}) == len(letters) + 1


def test_les_couleurs_sont_celles_du_site(atelier: ShareImagePainter):
    image = _open(atelier.draw(ShareImage("Titre", "Ville", "", TOUS)))
    clair, sombre = read_colours(PROJECT), read_colours(PROJECT, "slate")
    colours = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in image.getcolors(100_000) or ()}
    assert {clair["bandeau"], clair["mirabelle"], *(sombre[f"axe-{rang}"] for rang in range(1, 6))} <= colours


def test_un_axe_absent_n_est_qu_un_point(atelier: ShareImagePainter):
    sans = _open(atelier.draw(ShareImage("Titre", "Ville", "", (False, True, True, True, True))))
    axe = tuple(int(read_colours(PROJECT, "slate")["axe-1"][i : i + 2], 16) for i in (1, 3, 5))
    assert axe not in {colour for _, colour in sans.getcolors(100_000) or ()}


def test_le_cache_evite_de_redessiner(banque_reelle: Banque, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    drawn: list[ShareImage] = []

    def draw(self: ShareImagePainter, vignette: ShareImage) -> bytes:
        drawn.append(vignette)
        return vignette.titre.encode()

    monkeypatch.setattr(sharing.ShareImagePainter, "draw", draw)

    def make() -> list[object]:
        return [
            file
            for lot in make_share_images(banque_reelle, URL, tmp_path, Keys(banque_reelle, b""))
            for file in lot.make()
        ]

    first = make()
    assert len(drawn) == len(first) == len(banque_reelle.actions)
    (tmp_path / "reste").write_bytes(b"")
    assert make() == first
    assert len(drawn) == len(first)
    assert not (tmp_path / "reste").exists()
    kept = sorted(tmp_path.iterdir())[0]
    kept.write_bytes(kept.read_bytes()[:-1])
    assert make() == first
    assert len(drawn) == len(first) + 1


def test_deux_ateliers_les_memes_octets(atelier: ShareImagePainter):
    vignette = ShareImage("La santé à l’école", "Brest", "Finistère", TOUS)
    assert ShareImagePainter(PROJECT).draw(vignette) == atelier.draw(vignette)


def test_une_construction_legere_s_en_passe(ecrire: Callable[..., Path], racine: Path, partage: None):
    ecrire()
    for leger in (True, False):
        assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=leger)).problems == []
        assert (racine / "site/actions/aubervilliers-marche/partage.png").exists() != leger
