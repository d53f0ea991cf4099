"""The modules of the site as one classic script: browsers load neither modules nor data from ``file://``.

Each module becomes a function that runs once, when first asked for; ``import`` and ``export`` become its arguments and its
result. Only the forms that ``docs/assets/js`` uses are known: anything else is an error, not a script that half works.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.[^"]+)";$', re.M)
_DYNAMIC = re.compile(r'\bimport\("(\.[^"]+)"\)(?!\.\w+[^(.\w])')
_EXPORT = re.compile(r"^export (?=(?:async )?function\*? (\w+)|const (\w+) =|class (\w+))", re.M)
_EXPORT_LIST = re.compile(r"^export \{([^}]*)\};$", re.M)
_AWAIT = re.compile(r"^(?:const |let |await ).*\bawait\b", re.M)
_COMMENT = re.compile(r"/\*\*.*?\*/|^ *//[^\n]*$", re.S | re.M)
_LEFT = re.compile(r"^(?:import|export)\b.*$", re.M)


class ScriptInconnu(Exception):
    """A module is written in a form that the archive does not know."""


def make_script(site: Path, entrees: Iterable[str], tete: str) -> str:
    """The script of the whole site. ``entrees``: the modules that pages load, from the root of the site; ``tete`` runs first.

    Raises ``ScriptInconnu``.
    """
    modules: dict[str, str] = {}
    waiting = sorted(entrees)
    while waiting:
        nom = waiting.pop()
        if nom not in modules:
            modules[nom], needed = _module(nom, (site / nom).read_text("utf-8"))
            waiting += sorted(needed)
    return tete.replace("/* modules */", ",\n".join(f"{json.dumps(nom)}: {modules[nom]}" for nom in sorted(modules)))


def _module(nom: str, texte: str) -> tuple[str, set[str]]:
    """A module as a function, and the modules that it needs."""
    needed: set[str] = set()

    def resolve(path: str) -> str:
        found = posixpath.normpath(posixpath.join(posixpath.dirname(nom), path))
        needed.add(found)
        return json.dumps(found)

    def imported(found: re.Match[str]) -> str:
        call = f"exige({resolve(found[2])});"
        return f"const {{{found[1].replace(' as ', ': ')}}} = {call}" if found[1] else call

    # Types in comments name modules, too.
    texte = _COMMENT.sub("", texte)
    names = [next(filter(None, found.groups())) for found in _EXPORT.finditer(texte)]
    names += [n.strip() for found in _EXPORT_LIST.finditer(texte) for n in found[1].split(",") if n.strip()]
    texte = _IMPORT.sub(imported, texte)
    texte = _DYNAMIC.sub(lambda found: f"Promise.resolve().then(() => exige({resolve(found[1])}))", texte)
    texte = _EXPORT_LIST.sub("", _EXPORT.sub("", texte))
    if left := _LEFT.search(texte):
        raise ScriptInconnu(f"{nom} : {left[0]}")
    # From a disk, a folder is no page.
    texte = texte.replace("import.meta.url", "ICI").replace('"./"', '"index.html"')
    texte = texte.replace("location.assign(", "suivre(")
    mode = "async " if _AWAIT.search(texte) else ""
    return f"{mode}(ICI) => {{\n{texte.strip()}\nreturn {{ {', '.join(names)} }};\n}}", needed
