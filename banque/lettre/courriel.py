"""The letter as an HTML e-mail: one file, nothing to load, styles inside, readable without them, light and dark."""

from __future__ import annotations

from banque.gabarits import Gabarits
from banque.jetons import couleurs
from banque.lettre.contenu import Lettre
from banque.lettre.formes import TITRE
from banque.text import typography


def make_courriel(lettre: Lettre, gabarits: Gabarits) -> str:
    """The document. Its colours are those of the site, whose two schemes mail programs choose from."""
    root = gabarits.root
    html = gabarits.render("lettre", lettre=lettre, titre=TITRE, clair=couleurs(root), sombre=couleurs(root, "slate"))
    return typography(html)
