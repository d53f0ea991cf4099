"""The tables, and what they take from each récit.

``actions.csv``: one line an action; its columns and their Table Schema both come from the schema of the record.

A list is joined by ``|``; a group makes a column a key (``periode_debut``); the récit itself is in the JSON files only.

``couverture.csv``, the matrices of coverage, ``bibliotheque.csv``, what the fiches cite, and ``grille.csv``, the accessibility:
tables that French spreadsheets open as they are.

``RecitFormats``: what the files of all récits take from each of them, its line and its JSON, kept from one build to the next.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspiractions.base.kept_values import kept
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import SiteFile, as_json, inerte, make_csv
from inspiractions.exports.records import Enregistrement, Schema, complet, leger, record_schemas
from inspiractions.model.action import Action, fiche_model
from inspiractions.model.banque import Banque
from inspiractions.model.vocabulaire import Vocabulaire, Vocabulaires
from inspiractions.story import labels
from inspiractions.story.citations import bibtex, csl, make_library, ris
from inspiractions.story.coverage import CoverageCell, CoverageMatrix, CoverageRow, make_matrices
from inspiractions.story.keys import Keys
from inspiractions.story.recit import Recits, chemin_de
from inspiractions.story.rgaa import KINDS, STATES, read_grid

SEPARATEUR = "|"
_LABELLED = {
    "ages": "ages", "axes": "axes", "qpv": "qpv", "thematiques": "thematiques", "determinants": "determinants",
    "publics": "publics", "campagne": "campagnes", "echelle": "echelles", "connaissance": "connaissance",
    "evaluation": "evaluations",
    "leviers": "leviers", "freins": "freins",
}  # fmt: skip
_REQUIRED = ("id", "url", "titre", "resume", "date_publication", "date_maj")


@dataclass(frozen=True)
class TableColumn:
    """A column: where its values are in a record (``("sources", "url")``), and what Table Schema says of it."""

    nom: str
    place: tuple[str, ...]
    description: str
    type: str = "string"
    liste: bool = False
    vocabulaire: Vocabulaire | None = None

    def cellule(self, enregistrement: Enregistrement) -> str:
        """The text of the cell; empty where nothing is known."""
        texts = _texts(enregistrement[self.place[0]], self.place[1:])
        if self.vocabulaire:
            texts = [self.vocabulaire[identifiant].libelle for identifiant in texts]
        if self.liste:
            return SEPARATEUR.join(texte.replace(SEPARATEUR, "¦") for texte in texts)
        return texts[0] if texts else ""

    def champ(self) -> Schema:
        """The field of Table Schema."""
        suite = " Plusieurs valeurs, séparées par « | »." if self.liste else ""
        constraints = {"required": True} if self.nom in _REQUIRED else {}
        if self.nom == "id":
            constraints["unique"] = True
        field = {"name": self.nom, "type": self.type, "description": self.description + suite}
        return {**field, "constraints": constraints} if constraints else field


def table_columns(vocabulaires: Vocabulaires) -> list[TableColumn]:
    """The columns, in the order of the fiche's keys, then the amounts of the budget; after an id of a closed list comes its label."""
    schemas = record_schemas(fiche_model(vocabulaires))
    labelled = _LABELLED | {facette.cle: facette.nom_de_liste for facette in vocabulaires.facettes if facette.propre}
    columns: list[TableColumn] = []
    for key, schema in schemas["Action"]["properties"].items():
        if key != "rubriques":
            columns += _columns_of(key, schema, schemas)
        if nom := labelled.get(key):
            ids = columns[-1]
            columns.append(
                TableColumn(f"{key}_libelle", ids.place, "En toutes lettres.", "string", ids.liste, vocabulaires[nom])
            )
        if key == "villes":
            columns += [
                TableColumn(axe, ("villes", axe), f"{nom} de la première ville, en degrés (WGS 84).", "number")
                for axe, nom in (("lon", "Longitude"), ("lat", "Latitude"))
            ]
    # Last: what is added stands after what is known.
    return columns + [
        TableColumn(f"budget_montants_{part}", ("budget", "montants", part), sub["description"], liste=True)
        for part, sub in schemas["Montant"]["properties"].items()
    ]


def csv_line(cells: Sequence[str], tableur: bool = False) -> bytes:
    """A line of RFC 4180; ``tableur``: with semicolons, as French spreadsheets read a file that is clicked."""
    out = io.StringIO()
    csv.writer(out, delimiter=";" if tableur else ",").writerow(map(inerte, cells))
    return out.getvalue().encode()


def row(columns: Iterable[TableColumn], enregistrement: Enregistrement) -> list[str]:
    """The cells of an action."""
    return [colonne.cellule(enregistrement) for colonne in columns]


def _columns_of(key: str, schema: Schema, schemas: dict[str, Schema]) -> Iterator[TableColumn]:
    liste = schema.get("type") == "array"
    inner = schema["items"] if liste else _known(schema)
    if "$ref" not in inner:
        kind = "date" if inner.get("format") == "date" else "string"
        yield TableColumn(key, (key,), schema["description"], kind, liste)
        return
    for part, sub in schemas[inner["$ref"].rsplit("/", 1)[1]]["properties"].items():
        if _known(sub).get("type") == "string":
            yield TableColumn(f"{key}_{part}", (key, part), sub["description"], "string", liste)


def _known(schema: Schema) -> Schema:
    """What a value is where it is not null."""
    return next((c for c in schema.get("anyOf", ()) if c != {"type": "null"}), schema)


def _texts(value: Any, place: tuple[str, ...]) -> list[str]:
    """The texts at a place of a value; a text of a group in a list may be empty."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    if len(place) > 1:
        return [text for item in items for text in _texts(item[place[0]], place[1:])]
    if place:
        items = ["" if item[place[0]] is None else item[place[0]] for item in items]
    return [str(item) for item in items]


_LIBRARY = ("Titre", "Adresse", "Éditeur", "Récit", "Lieu", "Adresse du récit")


def make_library_table(banque: Banque, site_url: str) -> Iterator[SiteFile]:
    """``bibliotheque.csv``, to stand beside the page: a line a document and récit that cites it."""
    lines = (
        (d.titre, d.url, d.editeur, action.titre, labels.lieux(action), site_url + chemin_de(action))
        for publisher in make_library(banque.actions, banque.root)
        for d in publisher.documents
        for action in d.actions
    )
    yield SiteFile("bibliotheque.csv", make_csv((_LIBRARY, *lines)).encode())


def make_rgaa_table(root: Path) -> Iterator[SiteFile]:
    """``grille.csv``, to stand beside the page: a line a criterion, a column a kind of page, then what decides. Raises ``UnreadableGrid``."""
    lines = (
        (
            criterion.numero,
            criterion.enonce,
            *(STATES[criterion.state_of(kind)] for kind in KINDS),
            " ".join(dict.fromkeys(preuve for decision in criterion.decisions for preuve in decision.preuves)),
        )
        for criterion in read_grid(root)
    )
    yield SiteFile("grille.csv", make_csv((("Critère", "Énoncé", *KINDS.values(), "Tests"), *lines)).encode())


def make_coverage_tables(banque: Banque) -> Iterator[SiteFile]:
    """The file, to stand beside the page."""
    yield SiteFile("couverture.csv", tableau(make_matrices(banque)).encode())


def tableau(matrices: Sequence[CoverageMatrix]) -> str:
    """A line a cell, totals included (« Ensemble »); no column of the QPV where no matrix has any."""
    with_qpv = any(matrice.qpv for matrice in matrices)
    head = ("Âge", "Axe", *(("Quartiers prioritaires",) if with_qpv else ()), "Actions")
    return make_csv((head, *_lignes(matrices, with_qpv)))


def _lignes(matrices: Iterable[CoverageMatrix], with_qpv: bool) -> Iterator[tuple[str, ...]]:
    for matrice in matrices:
        qpv = (matrice.qpv.court if matrice.qpv else "Ensemble",) if with_qpv else ()
        for case in (case for rangee in (*matrice.rangees, matrice.totaux) for case in _cases(rangee)):
            age, axe = (terme.court if terme else "Ensemble" for terme in (case.age, case.axe))
            yield age, axe, *qpv, str(case.nombre)


def _cases(rangee: CoverageRow) -> tuple[CoverageCell, ...]:
    return (*rangee.cases, rangee.total)


@kept
@dataclass(frozen=True)
class RecitFormat:
    """A récit in each format. ``json``: its record; ``tableur``: its line for spreadsheets."""

    json: bytes
    csl: bytes
    bibtex: bytes
    ris: bytes
    csv: bytes
    tableur: bytes


class RecitFormats:
    """The pieces of each action of a bank; ``site_url`` ends with ``/``."""

    def __init__(self, banque: Banque, recits: Recits, site_url: str, keys: Keys, memo: Memo) -> None:
        self.columns: Sequence[TableColumn] = table_columns(banque.vocabulaires)
        self._recits, self._site_url, self._identity = recits, site_url, banque.identity
        self._keys, self._memo = keys, memo
        self._light: dict[str, bytes] = {}

    def key(self, action: Action) -> bytes:
        """What the pieces of an action depend upon."""
        reprises = self._recits.reprises(action)
        return self._keys.key(self._keys.fiche(action), *(reprise.id for reprise in reprises))

    def of(self, action: Action) -> RecitFormat:
        """The pieces of an action."""
        return self._memo.get_or_make("formats", self.key(action), lambda: self._make(action))

    def light_record(self, action: Action) -> bytes:
        """The light record."""
        if action.id not in self._light:
            key = self._keys.key(action.source.front_digest)
            self._light[action.id] = self._memo.get_or_make(
                "leger", key, lambda: as_json(leger(action, self._site_url))
            )
        return self._light[action.id]

    def _make(self, action: Action) -> RecitFormat:
        recit = self._recits.of(action)
        record = complet(recit, self._site_url, self._identity.licence.nom)
        cells = row(self.columns, record)
        return RecitFormat(
            as_json(record),
            as_json(csl(recit, self._identity)),
            bibtex(recit, self._identity).encode(),
            ris(recit, self._identity).encode(),
            csv_line(cells),
            csv_line(cells, tableur=True),
        )
