"""The search index: what ``docs/assets/js/engine.js`` reads. See docs/adr/004-recherche.md for its shape.

Every file is gzip of a JSON or binary content and bears the hash of what it holds in its name; the manifest names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banque.action import Action
from banque.banque import Banque
from banque.dependances import Dependances
from banque.memoire import Memoire
from banque.normaliser import MOTS_VIDES
from banque.page import Fichier
from banque.search.annexes import Annexe
from banque.search.cartes import card_groups, text_of
from banque.search.facettes import city_order, facet_files
from banque.search.fichiers import as_json, compressed, hashed, numbered, serie, zipped
from banque.search.postings import Index, Mots, words_of_action, words_of_annexe

MANIFEST = "manifeste.json.gz"
CARDS_A_FILE = 8


def make_search(
    banque: Banque, annexes: Sequence[Annexe], dependances: Dependances, memoire: Memoire
) -> Iterator[Fichier]:
    """Every file of ``recherche/``, the manifest last. Documents are numbered as ``banque.actions``, pages after them."""

    def words_of(action: Action) -> Mots:
        cle = dependances.cle(action.source.digest)
        return memoire.get("mots", cle, lambda: words_of_action(action, banque))

    def text_file(action: Action) -> bytes:
        return memoire.get("textes", dependances.cle(action.source.digest), lambda: compressed(text_of(action)))

    index = Index()
    for action in banque.actions:
        index.add(words_of(action))
    for annexe in annexes:
        index.add(words_of_annexe(annexe))
    premiers, contents = zip(*index.shards(), strict=True)
    tranches = numbered("s", contents)
    textes = serie("x", map(text_file, banque.actions))
    cartes = numbered("c", card_groups(banque, annexes, CARDS_A_FILE))
    termes, villes, facettes = hashed("t", index.term_list()), city_order(banque), list(facet_files(banque))
    for some in (tranches, textes, cartes):
        yield from some.fichiers
    # Two facets that say the same are one file.
    yield from {f.nom: f for f in (termes, *villes.values(), *(fichier for _, fichier in facettes))}.values()
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
