"""``datapackage.json`` (Frictionless Data, « Data Package » v1): every file, and the Table Schema of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from inspiractions.base.outputs import Donnee, Empreinte
from inspiractions.exports.enregistrement import LICENCE
from inspiractions.exports.records import Schema
from inspiractions.exports.tables import Colonne
from inspiractions.story.recit import LICENCE as LICENCE_URL

_DIALECTS = {
    "donnees/actions.csv": ("utf-8", ","),
    "donnees/actions-tableur.csv": ("utf-8-sig", ";"),
}


def make_paquet(
    donnees: Iterable[tuple[Donnee, Empreinte]], colonnes: Iterable[Colonne], site_url: str, maj: date
) -> Schema:
    """The descriptor; ``maj``: the newest date of the bank, which is its version."""
    schema = {
        "fields": [colonne.champ() for colonne in colonnes],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    return {
        "profile": "data-package",
        "name": "inspiractions",
        "title": "Inspir’Actions : actions des villes pour la santé de leurs habitants",
        "description": "Les récits d’expérience de la banque, ses vocabulaires et ses références bibliographiques.",
        "homepage": site_url,
        "version": maj.isoformat(),
        "created": f"{maj.isoformat()}T00:00:00Z",
        "languages": ["fr"],
        "keywords": ["santé publique", "promotion de la santé", "villes", "politique de la ville"],
        "licenses": [{"name": "etalab-2.0", "title": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": "Inspir’Actions", "role": "publisher"}],
        "resources": [_resource(donnee, empreinte, schema) for donnee, empreinte in donnees],
    }


def _resource(donnee: Donnee, empreinte: Empreinte, schema: Schema) -> Schema:
    encoding, delimiter = _DIALECTS.get(donnee.nom, ("utf-8", ""))
    table = {"profile": "tabular-data-resource", "dialect": {"delimiter": delimiter}, "schema": schema}
    return {
        "name": re.sub(r"[^a-z0-9]+", "-", donnee.fichier),
        "title": donnee.titre,
        "path": donnee.fichier,
        "format": donnee.extension,
        "mediatype": donnee.media,
        "encoding": encoding,
        "bytes": empreinte.taille,
        "hash": f"sha256:{empreinte.sha256}",
        **({"description": donnee.presentation} if donnee.presentation else {}),
        # « type » is Frictionless's own: without it, « schema.json » would be taken for a Table Schema.
        **(table if delimiter else {"profile": "data-resource", "type": "file"}),
    }
