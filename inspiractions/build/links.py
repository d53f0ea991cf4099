"""Dead links of a built site: every internal address and every anchor must exist."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from inspiractions.base.kept_values import kept
from inspiractions.base.problem import Problem

# A literal sign at the start lets the engine leap: pages are made of single spaces first.
_LINK = re.compile(r' (?:href|src|action)="([^"]*)"')
# What follows the way up to the root in nearly every link: no step back, no query, no percent sign.
_PLAIN = re.compile(r"(?:[a-z0-9_-]+[/.])*[a-z0-9_-]*(?:#[a-z0-9_-]+)?")
# Rare: pictures in two sizes, and pages that move on. Looked for only where the word stands.
_SRCSET, _REFRESH = re.compile(r' srcset="([^"]*)"'), re.compile(r' content="\d+; url=([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')


_END = "\0"


@kept
@dataclass(frozen=True, slots=True)
class PageLinks:
    """What the check keeps of a page: the addresses that it names, from the root of the site, and its own anchors.

    Links to anchors of its own that are there are not kept.

    One string each, for a large site has tens of thousands of pages: a zero ends each address and each anchor.
    """

    cibles: str
    ancres: str

    def in_frame(self, frame: PageLinks) -> PageLinks:
        """The same with the anchors of a frame around it, but not its addresses."""
        return PageLinks(self.cibles, self.ancres + frame.ancres)

    def and_of(self, other: PageLinks) -> PageLinks:
        """The same with the addresses that ``other`` names."""
        return PageLinks(self.cibles + other.cibles, self.ancres)


def dead_links(folder: Path, base_path: str = "/") -> list[Problem]:
    """The dead links of a folder, all its pages read.

    ``base_path``: where the site stands on its host; absolute addresses (those of the 404 page) start with it.
    """
    files = frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    html = (name for name in sorted(files) if name.endswith(".html"))
    return find_dead({name: read_page(name, (folder / name).read_text("utf-8"), base_path) for name in html}, files)


def find_dead(pages: Mapping[str, PageLinks], files: Collection[str]) -> list[Problem]:
    """One problem a dead address, at the first page that names it, of a site that holds these ``files``."""
    # Most pages name the same addresses: each is looked up once.
    named: set[str] = set()
    for page in pages.values():
        named.update(_split(page.cibles))
    missing = set(_missing(named, files, pages))
    dead: dict[str, list[str]] = {}
    for name, page in sorted(pages.items()) if missing else ():
        for target in missing.intersection(_split(page.cibles)):
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


def read_page(name: str, html: str, base_path: str = "/") -> PageLinks:
    """The links and the anchors of the page that stands at ``name``."""
    for space in "\n\t\r\f":
        html = html.replace(space, " ")
    links = {link for link in _LINK.findall(html) if not link.startswith(("https:", "mailto:"))}
    if "srcset=" in html:
        links |= {part.split()[0] for srcset in _SRCSET.findall(html) for part in srcset.split(",") if part.strip()}
    if "; url=" in html:
        links |= set(_REFRESH.findall(html))
    anchors = _ID.findall(html)
    # Half of the links of a récit stay in it: those that find their anchor need no second look.
    links -= {f"#{anchor}" for anchor in anchors}
    targets = (_target(name, unescape(link), base_path) for link in links)
    return PageLinks(_joined({target for target in targets if target is not None}), _joined(map(unescape, anchors)))


def _joined(names: Iterable[str]) -> str:
    return "".join(f"{name}{_END}" for name in sorted(names))


def _split(joined: str) -> list[str]:
    return joined.split(_END)[:-1]


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


def _slash(path: str) -> str:
    return "/" if path and path[-1] != "/" else ""


def _missing(targets: Iterable[str], files: Collection[str], pages: Mapping[str, PageLinks]) -> Iterator[str]:
    within: dict[str, list[tuple[str, str]]] = {}
    for target in targets:
        path, _, fragment = target.partition("#")
        name = path if path in files else f"{path}{_slash(path)}index.html"
        if name not in files:
            yield target
        # « #/… » is an address inside the web form, not an anchor.
        elif fragment and not fragment.startswith("/") and name in pages:
            within.setdefault(name, []).append((fragment, target))
    for name, wanted in within.items():
        anchors = set(_split(pages[name].ancres))
        yield from (target for fragment, target in wanted if fragment not in anchors)
