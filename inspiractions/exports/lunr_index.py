"""``donnees/lunr.json``: an open index of titles, summaries, places and labels for partners who search with stock lunr.js.

The words are already normalised (``inspiractions/search/stems.py``) and the pipeline is empty: lunr's own French needs nltk, and
lunr.py and lunr.js do not stem alike. A partner normalises queries with ``assets/js/normaliser.js``.
"""

from __future__ import annotations

import json

from lunr.builder import Builder

from inspiractions.model.banque import Banque
from inspiractions.search.stems import STOP_WORDS, stems
from inspiractions.search.texts import lieux, termes_of

# Beyond, the index is too heavy to serve (22 MB at 10,000 actions) and too slow to make.
MAX_ACTIONS = 3_000
FIELDS = {"titre": 10, "resume": 4, "lieux": 6, "mots": 3}


def make_lunr(banque: Banque) -> str:
    """A prebuilt index in the serialisation of lunr 2.3, and what a result shows, by id."""
    builder = Builder()
    builder.ref("id")
    for nom, boost in FIELDS.items():
        builder.field(nom, boost=boost)
    for action in banque.actions:
        fields = {
            "titre": action.titre,
            "resume": action.resume,
            "lieux": lieux(action, banque),
            "mots": " . ".join(terme.libelle for terme in termes_of(action, banque)),
        }
        builder.add({"id": action.id} | {nom: stems(texte) for nom, texte in fields.items()})
    actions = {a.id: {"titre": a.titre, "resume": a.resume, "ville": a.chef_de_file.nom} for a in banque.actions}
    content = {"index": builder.build().serialize(), "actions": actions, "mots_vides": sorted(STOP_WORDS)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
