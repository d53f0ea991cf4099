"""MkDocs called by itself in the folder of a bank: it would publish frames without actions, so it is stopped."""

from __future__ import annotations

from typing import NoReturn

_WHY = "« mkdocs {} » ne rendrait que les pages de docs/ et des cadres vides, sans une action : rien n’a été fait."
_INSTEAD = {
    "build": "Pour construire le site : {} build",
    "serve": "Pour voir le site et le refaire à chaque changement : {} serve",
    "gh-deploy": "Pour le mettre en ligne, construisez-le ({} build) et publiez le dossier site/ : docs/contribuer/hebergement.md dit comment.",
}


def stop(command: str, program: str) -> NoReturn:
    """End the process of MkDocs with a French sentence. ``command``: ``build``, ``serve`` or ``gh-deploy``; ``program``: what to write."""
    instead = _INSTEAD.get(command, _INSTEAD["build"]).format(program)
    raise SystemExit(f"{_WHY.format(command)}\n{instead}")
