"""Dead links of a built site: every internal address and every anchor must exist."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from banque.problem import Problem

_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
# What follows the way up to the root in nearly every link: no step back, no query, no percent sign.
_PLAIN = re.compile(r"(?:[a-z0-9_-]+[/.])*[a-z0-9_-]*(?:#[a-z0-9_-]+)?")
# Rare: pictures in two sizes, and pages that move on. Looked for only where the word stands.
_SRCSET, _REFRESH = re.compile(r'\ssrcset="([^"]*)"'), re.compile(r'\scontent="\d+; url=([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True)
class _Read:
    """What the check keeps of a page: the addresses that it names, and its own anchors."""

    links: frozenset[str]
    ids: frozenset[str]


def dead_links(folder: Path, base_path: str = "/") -> list[Problem]:
    """One problem a dead address, at the first page that names it.

    ``base_path``: where the site stands on its host; absolute addresses (those of the 404 page) start with it.
    """
    files = frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    pages = {name: _read(folder / name) for name in sorted(files) if name.endswith(".html")}
    dead: dict[str, list[str]] = {}
    # Most pages name the same addresses: each is looked up once.
    known: dict[str, bool] = {}
    for name, page in pages.items():
        for link in page.links:
            target = _target(name, link, base_path)
            if target is None:
                continue
            if target not in known:
                known[target] = _exists(target, files, pages)
            if not known[target]:
                dead.setdefault(target, []).append(name)
    return [
        Problem(
            names[0],
            1,
            "lien-mort",
            f"le lien vers « {target} » ne mène à rien{_also(names)} : corrigez la page ou le gabarit qui le porte.",
        )
        for target, names in sorted(dead.items())
    ]


def _also(names: list[str]) -> str:
    return f" (et {len(names) - 1} autres pages)" if len(names) > 1 else ""


def _read(path: Path) -> _Read:
    html = path.read_text("utf-8")
    links = _LINK.findall(html)
    if "srcset=" in html:
        links += [part.split()[0] for said in _SRCSET.findall(html) for part in said.split(",") if part.strip()]
    if "; url=" in html:
        links += _REFRESH.findall(html)
    return _Read(
        frozenset(unescape(link) for link in links if not link.startswith(("https:", "mailto:"))),
        frozenset(map(unescape, _ID.findall(html))),
    )


def _target(name: str, link: str, base_path: str) -> str | None:
    """The address of a link from the root of the site, ``dossier/#ancre``; ``None`` where it leaves the site."""
    up = "../" * name.count("/")
    if up and link.startswith(up) and _PLAIN.fullmatch(link, len(up)):
        return link[len(up) :]
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path, fragment = unquote(parts.path), f"#{unquote(parts.fragment)}" if parts.fragment else ""
    if not path:
        return name + fragment
    here = path.removeprefix(base_path) if path.startswith(base_path) else posixpath.join(posixpath.dirname(name), path)
    target = posixpath.normpath(here) if here else "."
    return ("" if target == "." else target + "/" * path.endswith("/")) + fragment


def _exists(target: str, files: Collection[str], pages: Mapping[str, _Read]) -> bool:
    path, _, fragment = target.partition("#")
    name = path if path in files else posixpath.join(path, "index.html")
    if name not in files:
        return False
    # « #/… » is an address inside the web form, not an anchor.
    return not fragment or fragment.startswith("/") or name not in pages or fragment in pages[name].ids
