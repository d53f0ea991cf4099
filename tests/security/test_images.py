"""Hostile images are refused at once, damaged ones are read or refused."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspiractions.base.images import UnreadableImage, decode, read_image, shrink
from tests.conftest import Messages

from .hasard import essais
from .hostile import SOAK
from .images import HOSTILES, exif, saved

TEMPS = 5.0


@pytest.mark.parametrize("nom", HOSTILES)
def test_une_image_hostile_est_refusee_vite(messages: Messages, racine: Path, nom: str) -> None:
    make, dit = HOSTILES[nom]
    folder = racine / "actions" / "images" / "aubervilliers-marche"
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(make())
    start = time.process_time()
    (message,) = messages(illustrations="[{fichier: a.jpg, alt: Une image}]")
    assert time.process_time() - start < TEMPS
    assert dit in message


SAINES = [
    saved("JPEG"),
    saved("JPEG", exif=exif(100)),
    saved("PNG"),
    saved("WEBP"),
    saved("JPEG", progressive=True),
]


@pytest.mark.soak
@pytest.mark.timeout(0 if SOAK else 300)
@essais(200, 5_000)
@given(
    st.sampled_from(SAINES),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4), st.integers(0, 6)), max_size=5),
)
def test_une_image_abimee_est_lue_ou_refusee(
    tmp_path_factory, data: bytes, gestes: list[tuple[int, bytes, int]]
) -> None:
    for at, new, gone in gestes:
        data = data[: at % (len(data) + 1)] + new + data[at % (len(data) + 1) + gone :]
    path = Path(tmp_path_factory.getbasetemp()) / "abimee.img"
    path.write_bytes(data)
    for read in (read_image, decode, lambda p: shrink(p, 20)):
        with suppress(UnreadableImage):
            assert read(path)
