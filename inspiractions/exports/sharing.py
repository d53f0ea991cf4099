"""``partage.png`` beside each récit: the image that other sites show of it. Drawn once, kept under ``build/cache/``.

``oembed/<id>.json``: how other tools show a récit whose address one pastes (oembed.com, version 1.0, type ``rich``).
The illustrations of the récits, in the two sizes that pages show.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path

from PIL import __version__ as pillow

from inspiractions.base.files import find
from inspiractions.base.images import LARGE, SMALL, read_image, shrink
from inspiractions.base.memo import FileStore
from inspiractions.base.outputs import Batch, SiteFile
from inspiractions.base.text import typography
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.identity import Identity, read_identity
from inspiractions.story.citations import IMAGE, ShareCard, share_cards
from inspiractions.story.keys import Keys
from inspiractions.story.recit import dossier_images
from inspiractions.theme.figures import share_image as dessin
from inspiractions.theme.figures.share_image import HAUTEUR, LARGEUR, ShareImage, ShareImagePainter

# What the bytes depend on, besides the words of the récit.
_SOURCES = ("referentiels/polices", "docs/assets/css/tokens.css")
# The code that draws, as this process loaded it, whatever the file says later.
_LOADED = Path(dessin.__file__).read_bytes()


def make_share_images(banque: Banque, site_url: str, cache: Path, keys: Keys) -> Iterator[Batch]:
    """One image a récit, those of ``cache`` where they are still right; what it holds beside them goes. Raises ``OSError``."""
    atelier = ShareImagePainter(banque.root)
    base = _base(banque.root)
    store, used = FileStore(cache), set()

    def make(vignette: ShareImage, name: str, digest: str) -> Iterator[SiteFile]:
        octets = store.read(digest)
        if octets is None:
            octets = atelier.draw(vignette)
            store.keep(digest, octets)
        yield SiteFile(name, octets)

    for annonce in share_cards(banque, site_url):
        vignette = _share_image(annonce, banque)
        digest = sha256(base + repr(vignette).encode()).hexdigest()
        used.add(digest)
        name = annonce.chemin + IMAGE
        yield Batch(name, keys.key(digest), partial(make, vignette, name, digest))
    store.sweep(used)


def _share_image(annonce: ShareCard, banque: Banque) -> ShareImage:
    axes = tuple(axe.id in annonce.action.axes for axe in banque.vocabulaires["axes"])
    return ShareImage(typography(annonce.action.titre), annonce.lieu, annonce.autour, axes)


def _base(root: Path) -> bytes:
    digest = sha256(pillow.encode() + _LOADED + repr(read_identity(root)).encode())
    for path in (find(root, name) for name in _SOURCES):
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.digest()


# Of the card, in CSS pixels: the longest of the bank stands in it.
_CADRE = (600, 400)


def make_oembed(annonce: ShareCard, identity: Identity) -> SiteFile:
    """The answer for a récit, named from the root of the site."""
    # A key a line, as « indent » writes an object of plain values, at a quarter of its time.
    lines = json.dumps(_oembed(annonce, identity), ensure_ascii=False, separators=(",\n ", ": "))
    return SiteFile(f"oembed/{annonce.action.id}.json", f"{{\n {lines[1:-1]}\n}}\n".encode())


def _oembed(annonce: ShareCard, identity: Identity) -> dict[str, object]:
    width, height = _CADRE
    titre = escape(annonce.titre)
    return {
        "version": "1.0",
        "type": "rich",
        "title": annonce.titre,
        "author_name": identity.editeur,
        "author_url": annonce.site_url,
        "provider_name": identity.nom,
        "provider_url": annonce.site_url,
        "html": f'<iframe src="{annonce.carte}" width="{width}" height="{height}" title="{titre}"></iframe>',
        "width": width,
        "height": height,
        "thumbnail_url": annonce.image,
        "thumbnail_width": LARGEUR,
        "thumbnail_height": HAUTEUR,
    }


def make_illustrations(action: Action, root: Path) -> Iterator[SiteFile]:
    """``actions/images/<id>/<fichier>`` and, under ``640/``, the small one: their addresses do not change."""
    folder = dossier_images(action)
    for illustration in action.illustrations:
        path = root / folder / illustration.fichier
        yield SiteFile(f"{folder}/{illustration.fichier}", shrink(path, LARGE))
        if read_image(path).largeur > SMALL:
            yield SiteFile(f"{folder}/{SMALL}/{illustration.fichier}", shrink(path, SMALL))
