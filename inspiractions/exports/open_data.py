"""The open data and the API: what front matters say, then whole récits, then the files that describe the others.

``donnees/lunr.json``: an open index of titles, summaries, places and labels for partners who search with stock lunr.js. The
words are already normalised (``inspiractions/search/stems.py``) and the pipeline is empty: lunr's own French needs nltk, and
lunr.py and lunr.js do not stem alike. A partner normalises queries with ``assets/js/normaliser.js``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from inspiractions.base.outputs import DataFile, FileStats, SiteFile, as_json
from inspiractions.exports.api import API_ROOT, make_geojson, make_openapi
from inspiractions.exports.catalogues import MAX_RECORDS, make_catalogue, make_oai, make_paquet
from inspiractions.exports.inventory import Adresses, DataWriter, HashingFile, inventaire, make_vocabulaires, served
from inspiractions.exports.markdown import FICHIER, make_markdown
from inspiractions.exports.records import deplacee, fiche_schema, retiree
from inspiractions.exports.tables import RecitFormat, RecitFormats, TableColumn, csv_line
from inspiractions.model.banque import Banque
from inspiractions.model.identity import Identity
from inspiractions.search.stems import STOP_WORDS, stems
from inspiractions.search.texts import place_names, termes_of
from inspiractions.story.citations import csl_json
from inspiractions.story.permalinks import redirections
from inspiractions.story.recit import Recit

# Beyond, the index is too heavy to serve (22 MB at 10,000 actions) and too slow to make.
MAX_ACTIONS = 3_000
FIELDS = {"titre": 10, "resume": 4, "lieux": 6, "mots": 3}


def make_lunr(banque: Banque) -> str:
    """A prebuilt index in the serialisation of lunr 2.3, and what a result shows, by id."""
    # Here, not above: an index that is kept does not need it.
    from lunr.builder import Builder

    builder = Builder()
    builder.ref("id")
    for nom, boost in FIELDS.items():
        builder.field(nom, boost=boost)
    for action in banque.actions:
        fields = {
            "titre": action.titre,
            "resume": action.resume,
            "lieux": " . ".join(place_names(action, banque)),
            "mots": " . ".join(terme.libelle for terme in termes_of(action, banque)),
        }
        builder.add({"id": action.id} | {nom: stems(texte) for nom, texte in fields.items()})
    actions = {a.id: {"titre": a.titre, "resume": a.resume, "ville": a.chef_de_file.nom} for a in banque.actions}
    content = {"index": builder.build().serialize(), "actions": actions, "mots_vides": sorted(STOP_WORDS)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


SOMMES = "donnees/sha256sums.txt"


def write_tables(banque: Banque, formats: RecitFormats, site_url: str, courriel: str, writer: DataWriter) -> None:
    """Write the files that tell no more of an action than its front matter. ``courriel``: without one, no OAI repository."""
    _write_lines(banque, formats, writer)
    _write_avis(banque, site_url, writer)
    writer.measured("donnees/actions.geojson", make_geojson(banque, site_url))
    for name, octets in make_vocabulaires(banque, Adresses(banque, site_url)):
        writer.measured(name, [octets])
    writer.measured("donnees/schema.json", [_pretty(fiche_schema(banque.vocabulaires))])
    if courriel and 0 < len(banque.actions) <= MAX_RECORDS:
        writer.measured("donnees/oai.xml", make_oai(banque, site_url, courriel))
    if 0 < len(banque.actions) <= MAX_ACTIONS:
        writer.measured("donnees/lunr.json", [make_lunr(banque).encode()])
    writer.put(f"{API_ROOT}openapi.json", _pretty(make_openapi(site_url, banque)))


def write_records(banque: Banque, formats: RecitFormats, writer: DataWriter) -> None:
    """Write the files of whole récits."""
    with writer.open("donnees/actions.json") as json_, writer.open("donnees/actions.jsonl") as jsonl:
        liste = _Liste(json_)
        for action in banque.actions:
            record = formats.of(action).json
            jsonl.write(record + b"\n")
            liste.add(record)
        liste.close()


def _pretty(value: object) -> bytes:
    """JSON that people read, too."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def make_recit(recit: Recit, recit_formats: RecitFormat, identity: Identity) -> Iterator[SiteFile]:
    """The files of one récit, beside its page and in the API."""
    stem = f"{recit.chemin}{recit.action.id}"
    yield SiteFile(f"{stem}.bib", recit_formats.bibtex)
    yield SiteFile(f"{stem}.ris", recit_formats.ris)
    yield SiteFile(f"{stem}.csl.json", csl_json([recit], identity).encode())
    yield SiteFile(f"{recit.chemin}{FICHIER}", make_markdown(recit).encode())
    yield SiteFile(f"{recit.chemin}index.json", recit_formats.json, f"{API_ROOT}actions/{recit.action.id}.json")


def _write_lines(banque: Banque, formats: RecitFormats, writer: DataWriter) -> None:
    """The tables and the citations, in one pass: no list of records is ever held."""
    with ExitStack() as stack:
        bib, ris_, csl_, csv_, tableur = (
            stack.enter_context(writer.open(f"donnees/actions{end}"))
            for end in (".bib", ".ris", ".csl.json", ".csv", "-tableur.csv")
        )
        tableur.write(b"\xef\xbb\xbf")
        names = [colonne.nom for colonne in formats.columns]
        csv_.write(csv_line(names))
        tableur.write(csv_line(names, tableur=True))
        liste = _Liste(csl_)
        for recit_formats in map(formats.of, banque.actions):
            liste.add(recit_formats.csl)
            bib.write(recit_formats.bibtex)
            ris_.write(recit_formats.ris)
            csv_.write(recit_formats.csv)
            tableur.write(recit_formats.tableur)
        liste.close()


class _Liste:
    """A JSON array written item by item, one a line."""

    def __init__(self, hashing: HashingFile) -> None:
        self._flux, self._before = hashing, b"[\n"

    def add(self, item: bytes) -> None:
        self._flux.write(self._before + item)
        self._before = b",\n"

    def close(self) -> None:
        self._flux.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")


def _write_avis(banque: Banque, site_url: str, writer: DataWriter) -> None:
    """The JSON of a withdrawn action or of a former id says so."""
    avis = [retiree(action, site_url) for action in banque.retirees]
    avis += [deplacee(d, site_url) for d in redirections(banque) if d.ancienne.startswith("actions/")]
    for notice in avis:
        for name in (f"actions/{notice['id']}/index.json", f"{API_ROOT}actions/{notice['id']}.json"):
            writer.put(name, as_json(notice))


def write_inventory(
    banque: Banque, columns: Sequence[TableColumn], site_url: str, writer: DataWriter
) -> list[tuple[DataFile, FileStats]]:
    """Write the files that tell the sizes and the prints of the others, of which ``writer`` has the stats; returns what there is to take."""
    adresses = Adresses(banque, site_url)
    donnees = inventaire(
        len(banque.actions),
        sum(len(action.villes) for action in banque.actions),
        {n: len(v.termes) for n, v in banque.vocabulaires.items() if n not in banque.vocabulaires.sans},
        adresses,
    )
    if banque.actions:
        served_files, identity = served(donnees, writer.stats), banque.identity
        maj = max(action.date_maj for action in banque.actions)
        first = min(action.date_publication for action in banque.actions)
        writer.measured(
            "donnees/datapackage.json", [_pretty(make_paquet(served_files, columns, identity, site_url, maj))]
        )
        writer.measured(
            "donnees/catalog.jsonld", [_pretty(make_catalogue(served_files, identity, site_url, first, maj))]
        )
    served_files = served(donnees, writer.stats)
    writer.put(SOMMES, "".join(f"{e.sha256}  {d.fichier}\n" for d, e in served_files).encode())
    return served_files
