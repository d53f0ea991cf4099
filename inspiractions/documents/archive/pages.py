"""Pages for a disk: a link to a folder leads to its ``index.html``; modules give way to one classic script."""

from __future__ import annotations

import posixpath
import re

SCRIPT = "assets/js/hors-ligne.js"

_LINK = re.compile(r'(<(?:a|form|iframe|area)\b[^>]*?\s(?:href|action|src)=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="\d+; url=)([^"]*)(")')
_MODULE = re.compile(r'<script\b(?=[^>]* type="module")[^>]* src="([^"]+)"[^>]*></script>\n?')
# On a disk, each file is a site of its own to the browser: « self » would mean nothing else.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
# What would only prepare what no longer comes.
_PRELOAD = re.compile(r'<link rel="(?:modulepreload|preload)"[^>]*>\n?')


def modules_of(nom: str, html: str) -> list[str]:
    """The modules that a page loads, from the root of the site, in order."""
    folder = posixpath.dirname(nom)
    return [posixpath.normpath(posixpath.join(folder, found)) for found in _MODULE.findall(html)]


def make_page(nom: str, html: str) -> str:
    """The page ``nom`` (``ages/0-3/index.html``) as it opens from a disk."""
    modules = modules_of(nom, html)
    html = _PRELOAD.sub("", _MODULE.sub("", _POLICY.sub("", html)))
    html = _LINK.sub(_to_page, _REFRESH.sub(_to_page, html))
    if modules:
        src = posixpath.relpath(SCRIPT, posixpath.dirname(nom) or ".")
        tag = f'<script src="{src}" data-modules="{" ".join(modules)}" defer></script>\n'
        head, body, tail = html.rpartition("</body>")
        html = f"{head}{tag}{body}{tail}"
    return html


def _to_page(found: re.Match[str]) -> str:
    start, address, end = found.groups()
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
