"""What is brought along of the references is what they give."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.model.territoire import Referentiel, name_key, name_keys
from inspiractions.search import prepared
from inspiractions.search.places import france_files

from .prepare import values


def _unknown() -> object:
    raise AssertionError("python -m tests.search.prepare")


def _uncompressed(value: object) -> object:
    """The same without gzip, whose bytes change from one version of zlib to the next."""
    if isinstance(value, bytes):
        return gzip.decompress(value)
    return [_uncompressed(part) for part in value] if type(value) in (list, tuple) else value  # type: ignore[attr-defined]


def test_ce_qui_est_prepare_est_ce_que_donnent_les_referentiels() -> None:
    for name, value in values().items():
        ready: object = prepared.get_or_make(name, PROJECT / "referentiels", _unknown)
        assert _uncompressed(ready) == _uncompressed(value), name


def test_d_autres_referentiels_ne_prennent_rien_de_prepare(tmp_path: Path) -> None:
    folder = tmp_path / "referentiels"
    shutil.copytree(PROJECT / "referentiels", folder)
    communes = (folder / "communes.csv").read_text("utf-8")
    (folder / "communes.csv").write_text(communes.replace("01001,L'Abergement-Clémenciat,", "01001,Zyxville,"), "utf-8")
    with pytest.raises(AssertionError):
        prepared.get_or_make("france", folder, _unknown)
    files, _ = france_files(Referentiel(tmp_path))
    assert any("Zyxville" in gzip.decompress(file.content).decode() for file in files.fichiers)


def test_les_cles_de_plusieurs_noms_sont_celles_de_chacun() -> None:
    noms = [row["nom"] for row in Referentiel(PROJECT).communes] + ["St-Étienne", "Ste  Foy_l’Œuf", "Brest", "st", ""]
    assert name_keys(noms) == [name_key(nom) for nom in noms]
    assert name_keys(noms[-5:]) == ["saint etienne", "sainte foy l oeuf", "brest", "saint", ""]
