"""``oembed/<id>.json``: how other tools show a récit whose address one pastes (oembed.com, version 1.0, type ``rich``).

A static answer: it is the same whatever ``maxwidth`` asks. The frame holds a card that needs no script and no cookie.
"""

from __future__ import annotations

import json
from html import escape

from inspiractions.base.outputs import Fichier
from inspiractions.story.citations import EDITEUR
from inspiractions.story.share_card import Annonce
from inspiractions.theme.figures.share_image import HAUTEUR, LARGEUR

# Of the card, in CSS pixels: the longest of the bank stands in it.
_CADRE = (600, 400)


def make_oembed(annonce: Annonce) -> Fichier:
    """The answer for a récit, named from the root of the site."""
    octets = json.dumps(_oembed(annonce), ensure_ascii=False, indent=1).encode()
    return Fichier(f"oembed/{annonce.action.id}.json", octets + b"\n")


def _oembed(annonce: Annonce) -> dict[str, object]:
    width, height = _CADRE
    titre = escape(annonce.titre)
    return {
        "version": "1.0",
        "type": "rich",
        "title": annonce.titre,
        "author_name": EDITEUR,
        "author_url": annonce.site_url,
        "provider_name": EDITEUR,
        "provider_url": annonce.site_url,
        "html": f'<iframe src="{annonce.carte}" width="{width}" height="{height}" title="{titre}"></iframe>',
        "width": width,
        "height": height,
        "thumbnail_url": annonce.image,
        "thumbnail_width": LARGEUR,
        "thumbnail_height": HAUTEUR,
    }
