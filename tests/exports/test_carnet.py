"""What the carnet asks of the bank: every id answers, former and withdrawn ones included, from a small file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

from inspiractions.exports.carnet import IDS_A_PACKET, MANIFEST, make_fiches, packet_of
from inspiractions.model.banque import Banque, load_banque


def _reader(banque: Banque) -> Callable[[str], object]:
    files = {f.name: json.loads(gzip.decompress(f.content)) for f in make_fiches(banque)}
    manifest = files[MANIFEST]
    return lambda i: files[f"{manifest['debut']}{packet_of(i, manifest['nombre'])}.gz"].get(i)


def test_chaque_action_repond(banque_reelle: Banque) -> None:
    read = _reader(banque_reelle)
    for action in banque_reelle.actions:
        assert read(action.id)["titre"] == action.titre


def test_les_paquets_sont_petits_et_toujours_les_memes(banque_reelle: Banque) -> None:
    files = list(make_fiches(banque_reelle))
    assert files == list(make_fiches(banque_reelle))
    assert max(len(json.loads(gzip.decompress(f.content))) for f in files) < 3 * IDS_A_PACKET


def test_les_anciens_ids_et_les_fiches_retirees_repondent(ecrire, partage: None, racine: Path) -> None:
    ecrire("nouvelle", anciens_ids="[ancienne]")
    ecrire("partie", titre="Une action partie", statut="retiree", anciens_ids="[partie-avant]")
    banque, _, problems = load_banque(racine)
    assert problems == []
    read = _reader(banque)
    assert read("ancienne") == "nouvelle"
    assert read("partie-avant") == "partie"
    assert read("partie") == {"retiree": True, "titre": "Une action partie", "lieux": "Aubervilliers"}
    assert read("jamais-vue") is None


def test_le_hachage_est_celui_du_navigateur() -> None:
    """Published vectors of FNV-1a (isthe.com/chongo/tech/comp/fnv)."""
    assert packet_of("", 2**32) == 0x811C9DC5
    assert packet_of("a", 2**32) == 0xE40C292C
    assert packet_of("foobar", 2**32) == 0xBF9CF968
