"""The files that partners take: what each is, for the page, the data package and the catalogue; where they are put.

``DataWriter`` puts them there, and keeps the size and the checksum of each. Among them, the vocabularies as JSON and as SKOS in Turtle (W3C, « SKOS Reference », 2009): one concept scheme each. The stable URI of every
vocabulary and term: its page, or a fragment of its Turtle file where it has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from inspiractions.base.outputs import ACTIONS, CITATIONS, MACHINES, VOCABULAIRES, DataFile, FileStats, as_json
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import Terme, Vocabulaire

DOSSIER = "donnees/vocabulaires/"
_TITRES = {"echelles": "Échelles", "rubriques": "Rubriques du récit"}


class Adresses:
    """The URI of each scheme and concept; ``site_url`` ends with ``/``."""

    def __init__(self, banque: Banque, site_url: str) -> None:
        self._site_url, self.identity = site_url, banque.identity
        self._facettes = {banque.vocabulaire(facette).nom: facette for facette in banque.facettes}

    def titre(self, nom: str) -> str:
        """What a vocabulary is called."""
        return self._facettes[nom].titre if nom in self._facettes else _TITRES[nom]

    def ensemble(self, nom: str) -> str:
        """The URI of a vocabulary."""
        return self._site_url + (f"{self._facettes[nom].adresse}/" if nom in self._facettes else f"{DOSSIER}{nom}.ttl")

    def terme(self, nom: str, identifiant: str) -> str:
        """The URI of a term."""
        if nom in self._facettes:
            return self._site_url + self._facettes[nom].chemin(identifiant)
        return f"{self.ensemble(nom)}#{identifiant}"


def inventaire(actions: int, lignes: int, termes: Mapping[str, int], adresses: Adresses) -> list[DataFile]:
    """Every file there may be, in the order of the page; ``lignes``: the points of the GeoJSON."""
    return [
        *(DataFile(f"donnees/{n}", ACTIONS, titre, texte, media, actions) for n, titre, texte, media in _ACTIONS),
        DataFile("donnees/actions.geojson", ACTIONS, "Carte (GeoJSON)", "Un point par action et par ville, pour QGIS et les cartes en ligne. Un département ou une région n’a pas de point.", "application/geo+json", lignes, "point"),
        *(DataFile(f"donnees/{n}", CITATIONS, titre, texte, media, actions, "référence") for n, titre, texte, media in _CITATIONS),
        *_vocabulaires(termes, adresses),
        *(DataFile(f"donnees/{n}", MACHINES, titre, texte, media) for n, titre, texte, media in _MACHINES),
    ]  # fmt: skip


def served(donnees: Iterable[DataFile], stats: Mapping[str, FileStats]) -> list[tuple[DataFile, FileStats]]:
    """Those that were made, each with its print: a large bank goes without some."""
    return [(data_file, stats[data_file.nom]) for data_file in donnees if data_file.nom in stats]


def _vocabulaires(termes: Mapping[str, int], adresses: Adresses) -> Iterator[DataFile]:
    for nom in termes:
        for end, form, media in (("json", "JSON", "application/json"), ("ttl", "SKOS, Turtle", "text/turtle")):
            yield DataFile(
                f"{DOSSIER}{nom}.{end}",
                VOCABULAIRES,
                f"{adresses.titre(nom)} ({form})",
                "",
                media,
                termes[nom],
                "terme",
            )


_ACTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("actions.csv", "Tableau (CSV)", "Une ligne par action, sans le texte du récit. UTF-8 sans marque, virgules ; les listes sont jointes par « | ». Pour R, Python, une base de données.", "text/csv"),
    ("actions-tableur.csv", "Tableau pour tableur (CSV)", "Le même, avec des points-virgules et la marque UTF-8 : il s’ouvre d’un double clic dans un tableur français.", "text/csv"),
    ("actions.json", "Tout (JSON)", "La liste de toutes les actions, avec leur récit en Markdown. Les clés sont celles des fiches.", "application/json"),
    ("actions.jsonl", "Tout, une action par ligne (JSON Lines)", "Les mêmes objets, à lire ligne à ligne sans tout charger.", "application/jsonl"),
)  # fmt: skip
_CITATIONS: tuple[tuple[str, str, str, str], ...] = (
    ("actions.bib", "BibTeX", "Pour LaTeX, Zotero, JabRef.", "application/x-bibtex"),
    ("actions.ris", "RIS", "Pour Zotero, EndNote, Mendeley.", "application/x-research-info-systems"),
    ("actions.csl.json", "CSL-JSON", "Pour Zotero, Pandoc, citeproc.", "application/vnd.citationstyles.csl+json"),
)
_MACHINES: tuple[tuple[str, str, str, str], ...] = (
    ("datapackage.json", "Data Package", "La description du jeu de données et de chaque colonne (Frictionless Data, Table Schema).", "application/json"),
    ("schema.json", "Schéma d’une fiche (JSON Schema)", "Ce que l’en-tête d’une fiche peut contenir, avec les listes fermées et leurs libellés.", "application/schema+json"),
    ("catalog.jsonld", "Catalogue (DCAT)", "La notice des jeux de données, pour data.gouv.fr et les portails qui moissonnent DCAT.", "application/ld+json"),
    ("oai.xml", "Entrepôt statique OAI-PMH", "Les notices en Dublin Core, à déclarer à une passerelle OAI (5 000 notices au plus).", "text/xml"),
    ("lunr.json", "Index de recherche (lunr)", "Pour chercher dans la banque depuis un autre site : voir « Chercher depuis un autre site ».", "application/json"),
)  # fmt: skip


# Bytes: enough to show what a file looks like.
_START = 700


class HashingFile:
    """A file that is written piece by piece, however long it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._digest, self._size = file, hashlib.sha256(), 0
        self._start = b""

    def write(self, octets: bytes) -> None:
        """Add a piece."""
        self._file.write(octets)
        self._digest.update(octets)
        self._size += len(octets)
        if len(self._start) < _START:
            self._start += octets[:_START]

    @property
    def stats(self) -> FileStats:
        """What was written until now."""
        start = self._start[:_START].decode("utf-8", "ignore").removeprefix("\ufeff")
        return FileStats(self._size, self._digest.hexdigest(), start)


@dataclass
class DataWriter:
    """Files, and the stats of those of ``open`` and ``measured``, by their address. ``place`` says where a file goes.

    ``names``: the addresses of all files written.
    """

    place: Callable[[str], Path]
    stats: dict[str, FileStats] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def put(self, name: str, octets: bytes) -> None:
        """Write a small file, one of many: it leaves no stats."""
        self._place(name).write_bytes(octets)

    @contextmanager
    def open(self, name: str) -> Iterator[HashingFile]:
        """A file to write piece by piece."""
        with self._place(name).open("wb") as file:
            hashing = HashingFile(file)
            yield hashing
        self.stats[name] = hashing.stats

    def _place(self, name: str) -> Path:
        self.names.append(name)
        return self.place(name)

    def measured(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write all the pieces of a file."""
        with self.open(name) as hashing:
            for chunk in chunks:
                hashing.write(chunk)


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
