"""The vocabularies as JSON and as SKOS in Turtle (W3C, « SKOS Reference », 2009): one concept scheme each."""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.encoding import as_json
from inspiractions.exports.inventory import DOSSIER, Adresses
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import Terme, Vocabulaire

_TURTLE = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_PREFIXES = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def make_vocabulaires(banque: Banque, adresses: Adresses) -> Iterator[tuple[str, bytes]]:
    """``<nom>.json`` and ``<nom>.ttl`` for each vocabulary, named from the root of the site."""
    for nom, vocabulaire in banque.vocabulaires.items():
        if nom in banque.vocabulaires.sans:
            continue
        yield f"{DOSSIER}{nom}.json", as_json(_plain(vocabulaire, adresses)) + b"\n"
        yield f"{DOSSIER}{nom}.ttl", "".join(_skos(vocabulaire, adresses)).encode()


def _plain(vocabulaire: Vocabulaire, adresses: Adresses) -> dict[str, object]:
    nom = vocabulaire.nom
    termes = [
        {
            "id": t.id,
            "uri": adresses.terme(nom, t.id),
            "libelle": t.libelle,
            "libelle_court": t.court,
            "definition": t.definition,
            "source": t.source,
            "parent": t.parent or None,
            "annee": t.annee or None,
            "synonymes": list(t.synonymes),
            "anciens_ids": list(t.anciens_ids),
        }
        for t in vocabulaire
    ]
    return {"id": nom, "uri": adresses.ensemble(nom), "titre": adresses.titre(nom), "termes": termes}


def _skos(vocabulaire: Vocabulaire, adresses: Adresses) -> Iterator[str]:
    nom = vocabulaire.nom
    scheme = f"<{adresses.ensemble(nom)}>"
    yield _PREFIXES
    yield f"\n{scheme} a skos:ConceptScheme ;\n    dct:title {_text(adresses.titre(nom))} ;\n    dct:creator {_literal(adresses.identity.editeur)} ;\n"
    yield f"    dct:license <{adresses.identity.licence.adresse}> .\n"
    for terme in vocabulaire:
        lines = ["a skos:Concept", f"skos:inScheme {scheme}", *_properties(terme, vocabulaire, adresses)]
        yield f"\n<{adresses.terme(nom, terme.id)}> " + " ;\n    ".join(lines) + " .\n"


def _properties(terme: Terme, vocabulaire: Vocabulaire, adresses: Adresses) -> Iterator[str]:
    nom = vocabulaire.nom
    yield f"skos:notation {_literal(terme.id)}"
    yield f"skos:prefLabel {_text(terme.libelle)}"
    if terme.court != terme.libelle:
        yield f"skos:altLabel {_text(terme.court)}"
    # Words that lead to the term in the search, not all of them its synonyms.
    hidden = sorted({*terme.synonymes} - {terme.libelle, terme.court})
    if hidden:
        yield f"skos:hiddenLabel {', '.join(map(_text, hidden))}"
    yield f"skos:definition {_text(terme.definition)}"
    yield f"dct:source {_text(terme.source)}"
    if terme.parent:
        yield f"skos:broader <{adresses.terme(nom, terme.parent)}>"
    else:
        yield f"skos:topConceptOf <{adresses.ensemble(nom)}>"
    for enfant in vocabulaire.enfants[terme.id]:
        yield f"skos:narrower <{adresses.terme(nom, enfant.id)}>"


def _text(texte: str) -> str:
    return f"{_literal(texte)}@fr"


def _literal(texte: str) -> str:
    return f'"{texte.translate(_TURTLE)}"'
