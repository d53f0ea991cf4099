"""``oembed/<id>.json``: how other tools show a récit whose address one pastes (oembed.com, version 1.0, type ``rich``).

A static answer: it is the same whatever ``maxwidth`` asks. The frame holds a card that needs no script and no cookie.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from markupsafe import escape

from banque.citations import EDITEUR
from banque.figures.vignette import HAUTEUR, LARGEUR
from banque.page import Fichier
from banque.recit import Recit

# Of the card, in CSS pixels: the longest summary stands in it.
_CADRE = (600, 320)


def make_oembed(recits: Iterable[Recit]) -> Iterator[Fichier]:
    """One file a récit, named from the root of the site."""
    for recit in recits:
        octets = json.dumps(_oembed(recit), ensure_ascii=False, indent=1).encode()
        yield Fichier(f"oembed/{recit.action.id}.json", octets + b"\n")


def _oembed(recit: Recit) -> dict[str, object]:
    titre = f"{recit.action.titre} ({recit.lieu})"
    width, height = _CADRE
    src = f"{recit.site_url}embed/{recit.chemin}"
    return {
        "version": "1.0",
        "type": "rich",
        "title": titre,
        "author_name": EDITEUR,
        "author_url": recit.site_url,
        "provider_name": EDITEUR,
        "provider_url": recit.site_url,
        "html": f'<iframe src="{src}" width="{width}" height="{height}" title="{escape(titre)}"></iframe>',
        "width": width,
        "height": height,
        "thumbnail_url": recit.image,
        "thumbnail_width": LARGEUR,
        "thumbnail_height": HAUTEUR,
    }
