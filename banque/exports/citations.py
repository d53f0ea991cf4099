"""``<id>.bib``, ``<id>.ris`` and ``<id>.csl.json`` beside each récit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from banque.citations import bibtex, csl_json, ris
from banque.page import Fichier
from banque.recit import Recit


def make_citations(recits: Iterable[Recit]) -> Iterator[Fichier]:
    """Three files a récit, named from the root of the site."""
    for recit in recits:
        stem = f"{recit.chemin}{recit.action.id}"
        yield Fichier(f"{stem}.bib", bibtex(recit).encode())
        yield Fichier(f"{stem}.ris", ris(recit).encode())
        yield Fichier(f"{stem}.csl.json", csl_json([recit]).encode())
