"""The search index: what ``docs/assets/js/engine.js`` reads. See docs/adr/004-recherche.md for its shape.

Every file is gzip of a JSON or binary content and bears the hash of what it holds in its name; the manifest names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banque.banque import Banque
from banque.normaliser import MOTS_VIDES
from banque.page import Fichier
from banque.search.annexes import Annexe
from banque.search.cartes import card_groups, text_of
from banque.search.facettes import city_order, facet_files
from banque.search.fichiers import as_json, hashed, numbered, zipped
from banque.search.postings import Index

MANIFEST = "manifeste.json.gz"
CARDS_A_FILE = 8


def make_search(banque: Banque, annexes: Sequence[Annexe]) -> Iterator[Fichier]:
    """Every file of ``recherche/``, the manifest last. Documents are numbered as ``banque.actions``, pages after them."""
    index = Index(banque)
    for action in banque.actions:
        index.add_action(action)
    for annexe in annexes:
        index.add_annexe(annexe)
    premiers, contents = zip(*index.shards(), strict=True)
    tranches = numbered("s", contents)
    textes = numbered("x", map(text_of, banque.actions))
    cartes = numbered("c", card_groups(banque, annexes, CARDS_A_FILE))
    termes, villes, facettes = hashed("t", index.term_list()), city_order(banque), list(facet_files(banque))
    for serie in (tranches, textes, cartes):
        yield from serie.fichiers
    yield from (termes, *villes.values(), *(fichier for _, fichier in facettes))
    manifest = {
        "n": len(banque.actions),
        "documents": len(banque.actions) + len(annexes),
        "mots_vides": sorted(MOTS_VIDES),
        "facettes": [description | {"fichier": fichier.nom} for description, fichier in facettes],
        "tranches": {"debut": tranches.debut, "premiers": premiers},
        "cartes": {"debut": cartes.debut, "taille": CARDS_A_FILE},
        "textes": textes.debut,
        "termes": termes.nom,
        **{nom: fichier.nom for nom, fichier in villes.items()},
    }
    yield zipped(MANIFEST, as_json(manifest))
