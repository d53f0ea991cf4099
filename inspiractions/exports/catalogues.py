"""The notices of the data, each as those who harvest it read it.

``catalog.jsonld``: the notice of the data sets (W3C DCAT 3, in the profile DCAT-AP 3 of the European portals).

``datapackage.json`` (Frictionless Data, « Data Package » v1): every file, and the Table Schema of the tables.

``oai.xml``: an OAI static repository (openarchives.org, « Specification for an OAI Static Repository », 2004). Harvesters read
it through a gateway. It holds at most 5,000 records, at least one, and no deleted one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlsplit

from inspiractions.base.outputs import VOCABULAIRES, DataFile, FileStats
from inspiractions.exports.records import Schema
from inspiractions.exports.tables import TableColumn
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.identity import Identity
from inspiractions.story import labels
from inspiractions.story.recit import chemin_de

JsonNode = dict[str, Any]

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types/"
_FORMATS = {
    "csv": "CSV", "json": "JSON", "jsonl": "JSON", "jsonld": "JSON_LD", "geojson": "GEOJSON", "ttl": "RDF_TURTLE", "xml": "XML",
}  # fmt: skip
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def make_catalogue(
    donnees: Iterable[tuple[DataFile, FileStats]], identity: Identity, site_url: str, publication: date, maj: date
) -> dict[str, object]:
    """The catalogue, its two data sets and their distributions. ``publication``, ``maj``: the oldest and newest dates."""
    page = f"{site_url}donnees/"
    served_files = list(donnees)
    actions = [
        _distribution(d, e, site_url, identity)
        for d, e in served_files
        if d.groupe != VOCABULAIRES and d.extension in _FORMATS
    ]
    vocabulaires = [_distribution(d, e, site_url, identity) for d, e in served_files if d.groupe == VOCABULAIRES]
    dates = {"dct:issued": _day(publication), "dct:modified": _day(maj)}
    common: JsonNode = {
        "dct:publisher": {"@id": f"{page}#editeur"},
        "dct:language": {"@id": f"{_AUTHORITY}/language/FRA"},
        "dct:license": {"@id": identity.licence.adresse},
        **dates,
    }
    sets: JsonNode = {
        "dct:spatial": {"@id": f"{_AUTHORITY}/country/{identity.pays.code}"},
        "dcat:keyword": [_fr(mot) for mot in identity.mots_cles],
        **common,
    }
    return {
        "@context": _CONTEXT,
        "@graph": [
            {"@id": f"{page}#editeur", "@type": "foaf:Agent", "foaf:name": identity.editeur},
            {
                "@id": f"{page}#catalogue",
                "@type": "dcat:Catalog",
                "dct:title": _fr(f"Données ouvertes {identity.de_nom}"),
                "dct:description": _fr(f"Les {identity.sujet}, et leurs vocabulaires."),
                "foaf:homepage": {"@id": site_url},
                "dcat:dataset": [{"@id": f"{page}#actions"}, {"@id": f"{page}#vocabulaires"}],
                **common,
            },
            _dataset("actions", identity.subject, "Les récits d’expérience : où, quand, pour qui, comment, avec quels résultats.", actions, page, sets),
            _dataset("vocabulaires", f"Vocabulaires {identity.de_nom}", "Les listes fermées qui classent les actions, avec leurs définitions et leurs sources.", vocabulaires, page, sets),
            *actions,
            *vocabulaires,
        ],
    }  # fmt: skip


def _dataset(
    nom: str, titre: str, description: str, distributions: list[JsonNode], page: str, common: JsonNode
) -> JsonNode:
    return {
        "@id": f"{page}#{nom}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{page}#{nom}",
        "dct:title": _fr(titre),
        "dct:description": _fr(description),
        "dct:accrualPeriodicity": {"@id": f"{_AUTHORITY}/frequency/IRREG"},
        "dcat:theme": {"@id": f"{_AUTHORITY}/data-theme/HEAL"},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [{"@id": distribution["@id"]} for distribution in distributions],
        **common,
    }


def _distribution(data_file: DataFile, stats: FileStats, site_url: str, identity: Identity) -> JsonNode:
    url = site_url + data_file.nom
    return {
        "@id": f"{url}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _fr(data_file.titre),
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        # JSON Lines has no media type at IANA.
        **({} if data_file.extension == "jsonl" else {"dcat:mediaType": {"@id": _IANA + data_file.media}}),
        "dct:format": {"@id": f"{_AUTHORITY}/file-type/{_FORMATS[data_file.extension]}"},
        "dct:license": {"@id": identity.licence.adresse},
        "dcat:byteSize": {"@value": str(stats.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": stats.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _fr(texte: str) -> JsonNode:
    return {"@value": texte, "@language": "fr"}


def _day(quand: date) -> JsonNode:
    return {"@value": quand.isoformat(), "@type": "xsd:date"}


_DIALECTS = {
    "donnees/actions.csv": ("utf-8", ","),
    "donnees/actions-tableur.csv": ("utf-8-sig", ";"),
}


def make_paquet(
    donnees: Iterable[tuple[DataFile, FileStats]],
    colonnes: Iterable[TableColumn],
    identity: Identity,
    site_url: str,
    maj: date,
) -> Schema:
    """The descriptor; ``maj``: the newest date of the bank, which is its version."""
    schema = {
        "fields": [colonne.champ() for colonne in colonnes],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    return {
        "profile": "data-package",
        "name": identity.identifiant,
        "title": identity.data_title,
        "description": "Les récits d’expérience de la banque, ses vocabulaires et ses références bibliographiques.",
        "homepage": site_url,
        "version": maj.isoformat(),
        "created": f"{maj.isoformat()}T00:00:00Z",
        "languages": ["fr"],
        "keywords": list(identity.mots_cles),
        "licenses": [{"name": identity.licence.code, "title": identity.licence.nom, "path": identity.licence.adresse}],
        "contributors": [{"title": identity.editeur, "role": "publisher"}],
        "resources": [_resource(data_file, stats, schema) for data_file, stats in donnees],
    }


def _resource(data_file: DataFile, stats: FileStats, schema: Schema) -> Schema:
    encoding, delimiter = _DIALECTS.get(data_file.nom, ("utf-8", ""))
    table = {"profile": "tabular-data-resource", "dialect": {"delimiter": delimiter}, "schema": schema}
    return {
        "name": re.sub(r"[^a-z0-9]+", "-", data_file.fichier),
        "title": data_file.titre,
        "path": data_file.fichier,
        "format": data_file.extension,
        "mediatype": data_file.media,
        "encoding": encoding,
        "bytes": stats.size,
        "hash": f"sha256:{stats.sha256}",
        **({"description": data_file.presentation} if data_file.presentation else {}),
        # « type » is Frictionless's own: without it, « schema.json » would be taken for a Table Schema.
        **(table if delimiter else {"profile": "data-resource", "type": "file"}),
    }


MAX_RECORDS = 5_000

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<Repository xmlns="http://www.openarchives.org/OAI/2.0/static-repository"
 xmlns:oai="http://www.openarchives.org/OAI/2.0/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/static-repository
 http://www.openarchives.org/OAI/2.0/static-repository.xsd">
<Identify>
<oai:repositoryName>{nom}</oai:repositoryName>
<oai:baseURL>{base}</oai:baseURL>
<oai:protocolVersion>2.0</oai:protocolVersion>
<oai:adminEmail>{courriel}</oai:adminEmail>
<oai:earliestDatestamp>{premiere}</oai:earliestDatestamp>
<oai:deletedRecord>no</oai:deletedRecord>
<oai:granularity>YYYY-MM-DD</oai:granularity>
</Identify>
<ListMetadataFormats>
<oai:metadataFormat>
<oai:metadataPrefix>oai_dc</oai:metadataPrefix>
<oai:schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</oai:schema>
<oai:metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</oai:metadataNamespace>
</oai:metadataFormat>
</ListMetadataFormats>
<ListRecords metadataPrefix="oai_dc">
"""
_DC = """\
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">
"""


def make_oai(banque: Banque, site_url: str, courriel: str) -> Iterator[bytes]:
    """The repository. ``courriel``: the mailbox that the protocol asks for."""
    yield _HEAD.format(
        nom=escape(banque.identity.nom, quote=False),
        base=escape(f"{site_url}donnees/oai.xml", quote=False),
        courriel=escape(courriel, quote=False),
        premiere=min(action.date_maj for action in banque.actions).isoformat(),
    ).encode()
    host = urlsplit(site_url).hostname or "localhost"
    for action in banque.actions:
        header = (
            f"<oai:record><oai:header><oai:identifier>oai:{host}:actions/{action.id}</oai:identifier>"
            f"<oai:datestamp>{action.date_maj.isoformat()}</oai:datestamp></oai:header>\n<oai:metadata>\n"
        )
        elements = (
            f"<dc:{nom}>{escape(texte, quote=False)}</dc:{nom}>\n" for nom, texte in _elements(action, banque, site_url)
        )
        yield f"{header}{_DC}{''.join(elements)}</oai_dc:dc>\n</oai:metadata></oai:record>\n".encode()
    yield b"</ListRecords>\n</Repository>\n"


def _elements(action: Action, banque: Banque, site_url: str) -> Iterator[tuple[str, str]]:
    """Dublin Core, unqualified (ISO 15836)."""
    yield "title", action.titre
    yield "creator", banque.identity.editeur
    for nom in ("thematiques", "axes"):
        yield from (("subject", banque.vocabulaires[nom][i].libelle) for i in getattr(action, nom))
    yield "description", " ".join(action.resume.split())
    yield "publisher", banque.identity.editeur
    yield "date", action.date_publication.isoformat()
    yield "type", "Text"
    yield "type", "récit d’expérience"
    yield "format", "text/html"
    yield "identifier", site_url + chemin_de(action)
    yield from (("source", source.url) for source in action.sources)
    yield "language", "fr"
    yield from (("coverage", ville.nom) for ville in action.villes)
    if action.periode and (periode := labels.periode_longue(action.periode)):
        yield "coverage", periode
    yield "rights", action.licence or banque.identity.licence.nom
