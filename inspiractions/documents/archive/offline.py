"""The modules of the site as one classic script: browsers load neither modules nor data from ``file://``.

Each module becomes a function that runs once, when first asked for (``base/scripts.py``).

Pages for a disk: a link to a folder leads to its ``index.html``; modules give way to one classic script.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from inspiractions.base.scripts import read_module


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
    module = read_module(nom, texte, lambda later: f"Promise.resolve().then(() => exige({json.dumps(later)}))")
    # From a disk, a folder is no page.
    body = module.body.replace('"./"', '"index.html"').replace("location.assign(", "suivre(")
    return replace(module, body=body).text, {*module.needs, *module.later}


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
