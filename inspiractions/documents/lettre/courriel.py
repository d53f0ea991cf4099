"""The letter as an HTML e-mail: one file, nothing to load, styles inside, readable without them, light and dark."""

from __future__ import annotations

from inspiractions.base.text import typography
from inspiractions.documents.lettre.content import Lettre
from inspiractions.documents.lettre.render import TITRE
from inspiractions.theme.colours import couleurs
from inspiractions.theme.templates import Gabarits


def make_courriel(lettre: Lettre, gabarits: Gabarits) -> str:
    """The document. Its colours are those of the site, whose two schemes mail programs choose from."""
    root = gabarits.root
    html = gabarits.render("lettre", lettre=lettre, titre=TITRE, clair=couleurs(root), sombre=couleurs(root, "slate"))
    return typography(html)
