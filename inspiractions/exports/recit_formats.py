"""What the files of all récits take from each of them, kept from one build to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspiractions.base.encoding import as_json
from inspiractions.base.kept_values import kept
from inspiractions.base.memo import Memo
from inspiractions.exports.records import complet, leger
from inspiractions.exports.tables import TableColumn, csv_line, row, table_columns
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story.citations import bibtex, csl, ris
from inspiractions.story.keys import Keys
from inspiractions.story.recit import Recits


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
