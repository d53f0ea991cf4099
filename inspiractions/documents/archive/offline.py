"""The modules of the site as one classic script: browsers load neither modules nor data from ``file://``.

Each module becomes a function that runs once, when first asked for; ``import`` and ``export`` become its arguments and its
result. Only the forms that ``docs/assets/js`` uses are known: anything else is an error, not a script that half works.


Pages for a disk: a link to a folder leads to its ``index.html``; modules give way to one classic script.
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


class UnknownScript(Exception):
    """A module is written in a form that the archive does not know."""


def make_script(site: Path, entrees: Iterable[str], tete: str) -> str:
    """The script of the whole site. ``entrees``: the modules that pages load, from the root of the site; ``tete`` runs first.

    Raises ``UnknownScript``.
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
        target = posixpath.normpath(posixpath.join(posixpath.dirname(nom), path))
        needed.add(target)
        return json.dumps(target)

    def imported(match: re.Match[str]) -> str:
        call = f"exige({resolve(match[2])});"
        return f"const {{{match[1].replace(' as ', ': ')}}} = {call}" if match[1] else call

    # Types in comments name modules, too.
    texte = _COMMENT.sub("", texte)
    names = [next(filter(None, match.groups())) for match in _EXPORT.finditer(texte)]
    names += [n.strip() for match in _EXPORT_LIST.finditer(texte) for n in match[1].split(",") if n.strip()]
    texte = _IMPORT.sub(imported, texte)
    texte = _DYNAMIC.sub(lambda match: f"Promise.resolve().then(() => exige({resolve(match[1])}))", texte)
    texte = _EXPORT_LIST.sub("", _EXPORT.sub("", texte))
    if left := _LEFT.search(texte):
        raise UnknownScript(f"{nom} : {left[0]}")
    # From a disk, a folder is no page.
    texte = texte.replace("import.meta.url", "ICI").replace('"./"', '"index.html"')
    texte = texte.replace("location.assign(", "suivre(")
    mode = "async " if _AWAIT.search(texte) else ""
    return f"{mode}(ICI) => {{\n{texte.strip()}\nreturn {{ {', '.join(names)} }};\n}}", needed


SCRIPT = "assets/js/hors-ligne.js"

_LINK = re.compile(r'(<(?:a|form|iframe|area)\b[^>]*?\s(?:href|action|src)=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="\d+; url=)([^"]*)(")')
_MODULE = re.compile(r'<script\b(?=[^>]* type="module")[^>]* src="([^"]+)"[^>]*></script>\n?')
# On a disk, each file is a site of its own to the browser: « self » would mean nothing else. Nothing is asked of the network.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_ON_DISK = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src file:; script-src file:; '
    "img-src file: data:; frame-src file:; form-action file:; base-uri 'none'\">\n"
)
# What would only prepare what no longer comes.
_PRELOAD = re.compile(r'<link rel="(?:modulepreload|preload)"[^>]*>\n?')


def modules_of(nom: str, html: str) -> list[str]:
    """The modules that a page loads, from the root of the site, in order."""
    folder = posixpath.dirname(nom)
    return [posixpath.normpath(posixpath.join(folder, path)) for path in _MODULE.findall(html)]


def make_page(nom: str, html: str) -> str:
    """The page ``nom`` (``ages/0-3/index.html``) as it opens from a disk."""
    modules = modules_of(nom, html)
    html = _PRELOAD.sub("", _MODULE.sub("", _POLICY.sub(lambda _: _ON_DISK, html)))
    html = _LINK.sub(_to_page, _REFRESH.sub(_to_page, html))
    if modules:
        src = posixpath.relpath(SCRIPT, posixpath.dirname(nom) or ".")
        tag = f'<script src="{src}" data-modules="{" ".join(modules)}" defer></script>\n'
        head, body, tail = html.rpartition("</body>")
        html = f"{head}{tag}{body}{tail}"
    return html


def _to_page(link: re.Match[str]) -> str:
    start, address, end = link.groups()
    path, mark, rest = _cut(address)
    if _is_folder(path):
        path = posixpath.join(path, "index.html")
    return f"{start}{path}{mark}{rest}{end}"


def _cut(address: str) -> tuple[str, str, str]:
    """The path, and from its ``?`` or ``#`` on."""
    place = min((i for i in (address.find("?"), address.find("#")) if i >= 0), default=len(address))
    return address[:place], address[place : place + 1], address[place + 1 :]


def _is_folder(path: str) -> bool:
    return not re.match(r"[a-z][a-z0-9+.-]*:|//", path) and (path.endswith("/") or path in (".", ".."))
