"""The search index: what ``docs/assets/js/engine.js`` reads. See docs/adr/004-recherche.md for its shape.

Every file is gzip of a JSON or binary content and bears the hash of that content in its name; the manifest names them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from banque.banque import Banque
from banque.normaliser import MOTS_VIDES
from banque.search.annexes import Annexe
from banque.search.cartes import card_files, text_files
from banque.search.facettes import city_order, facet_files
from banque.search.fichiers import Fichier, hashed, zipped
from banque.search.postings import Index

MANIFEST = "manifeste.json.gz"
CARDS_A_FILE = 8


def make_search(banque: Banque, annexes: Sequence[Annexe]) -> Iterator[Fichier]:
    """Every file of ``recherche/``, the manifest last. Documents are numbered as ``banque.actions``, pages after them."""
    index = Index(banque)
    textes: list[str] = []
    for action, fichier in text_files(banque):
        index.add_action(action)
        textes.append(fichier.nom)
        yield fichier
    for annexe in annexes:
        index.add_annexe(annexe)
    cartes = list(card_files(banque, textes, annexes, CARDS_A_FILE))
    facettes = list(facet_files(banque))
    tranches = list(index.shards())
    termes, villes = hashed("t", index.term_list()), city_order(banque)
    for fichier in (*cartes, *(f for _, f in facettes), *(f for _, f in tranches), termes, *villes.values()):
        yield fichier
    yield zipped(
        MANIFEST,
        json.dumps(
            {
                "n": len(banque.actions),
                "documents": len(banque.actions) + len(annexes),
                "cartes_par_fichier": CARDS_A_FILE,
                "mots_vides": sorted(MOTS_VIDES),
                "facettes": [description | {"fichier": fichier.nom} for description, fichier in facettes],
                "tranches": [[first, fichier.nom] for first, fichier in tranches],
                "cartes": [fichier.nom for fichier in cartes],
                "termes": termes.nom,
                **{nom: fichier.nom for nom, fichier in villes.items()},
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode(),
    )
