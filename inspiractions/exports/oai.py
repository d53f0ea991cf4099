"""``oai.xml``: an OAI static repository (openarchives.org, « Specification for an OAI Static Repository », 2004).

Harvesters read it through a gateway. It holds at most 5,000 records, at least one, and no deleted one.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story import labels
from inspiractions.story.recit import chemin_de

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
        nom=escape(banque.identity.nom),
        base=escape(f"{site_url}donnees/oai.xml"),
        courriel=escape(courriel),
        premiere=min(action.date_maj for action in banque.actions).isoformat(),
    ).encode()
    host = urlsplit(site_url).hostname or "localhost"
    for action in banque.actions:
        header = (
            f"<oai:record><oai:header><oai:identifier>oai:{host}:actions/{action.id}</oai:identifier>"
            f"<oai:datestamp>{action.date_maj.isoformat()}</oai:datestamp></oai:header>\n<oai:metadata>\n"
        )
        elements = (f"<dc:{nom}>{escape(texte)}</dc:{nom}>\n" for nom, texte in _elements(action, banque, site_url))
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
