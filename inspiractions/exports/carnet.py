"""``carnet/fiches/``: what the carnet asks of the actions that it keeps, by id; former and withdrawn ids answer, too.

A carnet holds a dozen ids out of what may be 10,000: each lies in the packet that its hash names, so that a page fetches the
manifest and a few packets of some 3 KB. ``docs/assets/js/carnet/fiches.js`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.outputs import SiteFile, as_json, numbered, zipped
from inspiractions.model.banque import Banque
from inspiractions.search.texts import carte
from inspiractions.story import labels

MANIFEST = "manifeste.json.gz"
IDS_A_PACKET = 16


def make_fiches(banque: Banque) -> Iterator[SiteFile]:
    """The packets, the manifest last. An id's value: its card; a withdrawn one's title and places; a former one's new id."""
    fiches: dict[str, object] = {action.id: carte(action, banque) for action in banque.actions}
    for action in banque.retirees:
        fiches[action.id] = {"retiree": True, "titre": action.titre, "lieux": labels.lieux(action)}
    for action in (*banque.actions, *banque.retirees):
        fiches |= dict.fromkeys(action.anciens_ids, action.id)
    packets: list[dict[str, object]] = [{} for _ in range(len(fiches) // IDS_A_PACKET + 1)]
    for identifiant, fiche in sorted(fiches.items()):
        packets[packet_of(identifiant, len(packets))][identifiant] = fiche
    serie = numbered("f", map(as_json, packets))
    yield from serie.fichiers
    yield zipped(MANIFEST, as_json({"debut": serie.debut, "nombre": len(packets)}))


def packet_of(identifiant: str, packets: int) -> int:
    """FNV-1a, 32 bits (isthe.com/chongo/tech/comp/fnv), of an ASCII id, modulo the number of packets; as ``fiches.js``."""
    fnv = 0x811C9DC5
    for octet in identifiant.encode():
        fnv = (fnv ^ octet) * 0x01000193 & 0xFFFFFFFF
    return fnv % packets
