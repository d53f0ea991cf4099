"""Somebody who saves files again and again while a build reads them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# In one step, as good editors do; or emptied then filled; or taken away and put back.
GESTES = ("en un pas", "par morceaux", "ôté et remis")


@contextmanager
def ecrivain(versions: Mapping[Path, tuple[bytes, bytes]], geste: str) -> Iterator[None]:
    """Writes the files anew, one version after the other, as long as the block lasts; at its end, the first stands."""
    done = threading.Event()

    def write() -> None:
        turn = 0
        while not done.is_set():
            turn += 1
            for path, texts in versions.items():
                _ecrire(path, texts[turn % 2], geste)
            time.sleep(0.01)
        for path, texts in versions.items():
            path.write_bytes(texts[0])

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _ecrire(path: Path, octets: bytes, geste: str) -> None:
    if geste == "par morceaux":
        with path.open("wb") as file:
            for at in range(0, len(octets), 400):
                file.write(octets[at : at + 400])
                file.flush()
    elif geste == "ôté et remis":
        path.unlink()
        time.sleep(0.0005)
        path.write_bytes(octets)
    else:
        beside = path.parents[1] / f"{path.name}.part"
        beside.write_bytes(octets)
        beside.replace(path)
