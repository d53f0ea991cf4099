"""The former addresses in the formats of hosts, which then answer 301 instead of serving a page that moves on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspiractions.base.outputs import Fichier
from inspiractions.story.permalinks import Deplacement


def make_redirections(deplacements: Iterable[Deplacement], base_path: str) -> Iterator[Fichier]:
    """``_redirects`` (Netlify, Cloudflare Pages, GitLab Pages) and ``redirections.map`` (nginx, ``map $uri``).

    ``base_path``: the path of the site on its host, ``/`` or ``/sous/chemin/``. The JSON of a récit moves with its page.
    """
    moves = sorted(
        (f"{base_path}{d.ancienne}{nom}", f"{base_path}{d.nouvelle}{nom}")
        for d in deplacements
        for nom in ("", "index.html", "index.json")
        if nom != "index.json" or d.ancienne.startswith("actions/")
    )
    yield _file("_redirects", (f"{old} {new} 301" for old, new in moves))
    yield _file("redirections.map", (f"{old} {new};" for old, new in moves))


def _file(nom: str, lines: Iterable[str]) -> Fichier:
    head = "# Anciennes adresses : ce que « anciens_ids » des fiches et des vocabulaires garde."
    return Fichier(nom, "".join(f"{line}\n" for line in (head, *lines)).encode())
