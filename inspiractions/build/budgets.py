"""What the built site is judged by: a link that leads nowhere or a weight over its limit stops the build.

Every internal address and every anchor must exist.

What a visitor downloads, as a host sends it: each file is compressed once; of the pages of a kind, only the heaviest are weighed.
"""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from inspiractions.base.digests import digest
from inspiractions.base.files import walk
from inspiractions.base.memo import Memo
from inspiractions.base.problem import Problem
from inspiractions.theme.settings import Host

KO = 1024
"""« Ko » below: 1,024 bytes after ``gzip -9``, headers left out. What a host compressed itself counts as it is."""


@dataclass(frozen=True)
class WeightLimit:
    """At most ``limite`` Ko for what a page of ``pages`` (a glob) loads of the files that end in ``fin`` (all: empty)."""

    quoi: str
    pages: str
    limite: int
    fin: str = ""


# Where the limits come from: docs/adr/002-le-cadre.md, « Budgets ».
PAGES = (
    WeightLimit("un récit, avec tout ce qu’il charge", "actions/*/index.html", 60),
    WeightLimit("les styles d’un récit", "actions/*/index.html", 44, ".css"),
    WeightLimit("les scripts d’un récit", "actions/*/index.html", 10, ".js"),
    WeightLimit("l’accueil, avec tout ce qu’il charge", "index.html", 76),
    WeightLimit("l’explorateur, avec tout ce qu’il charge, sans la recherche", "explorer/index.html", 92),
    WeightLimit("les scripts de l’explorateur, sans la recherche", "explorer/index.html", 26, ".js"),
    WeightLimit("le carnet, avec tout ce qu’il charge", "carnet/index.html", 82),
    WeightLimit("la comparaison, avec tout ce qu’elle charge, sans les récits comparés", "comparer/index.html", 56),
    WeightLimit("une liste toute faite, intégrée ailleurs, avec tout ce qu’elle charge", "embed/*/*/index.html", 18),
    WeightLimit("une liste au choix, intégrée ailleurs, sans la recherche", "embed/index.html", 20),
)
# The search: engine and data, before any word; then for one word and ten cards. Up to so many actions, Ko.
RECHERCHE_OUVERTE = ((200, 45), (10_000, 100))
RECHERCHE_UN_MOT = 100

_PLUS_LOURDES = 4
_CARTES = 10
# Where the cards of a theme stand together, those of a first answer are in so many files (median of tests/requetes.tsv).
_PAQUETS = 3
_NOMMEES = 4
_TAG = re.compile(r"<(?:link|script|img)\s[^>]*>")
_ATTRIBUTE = re.compile(r'\s(rel|href|src|loading)="([^"]*)"')
# « import … from » and « export … from »; what « import(…) » asks for later, the engine, has its own budget.
_MODULE = re.compile(r'\b(?:from|import)\s*"(\.{1,2}/[^"]+\.js)"')

Weights = Mapping[str, int]
"""Bytes by name of file, from the root of the site."""


def over_budget(folder: Path, sizes: Weights | None = None, memo: Memo | None = None) -> list[Problem]:
    """One problem a budget that the site in ``folder`` exceeds, with what weighs most in it.

    ``sizes``: of all its files, where they are known; ``memo`` keeps what each content weighs.
    """
    balance = Weighing(folder, sizes, memo)
    return [
        *(problem for budget in PAGES for problem in balance.over(budget)),
        *balance.search_over(),
    ]


class Weighing:
    """Weighs the files of a built site, each once; ``loads``: what a page downloads at once, with the bytes of each."""

    def __init__(self, folder: Path, sizes: Weights | None = None, memo: Memo | None = None) -> None:
        self.folder, self._memo = folder, memo or Memo(None, b"")
        self._sizes = {name: size for name, (size, _) in walk(folder)} if sizes is None else sizes
        self.weight = cache(self._weight)
        self.scripts = cache(self._scripts)
        self.modules = cache(self._modules)
        self.loads = cache(self._loads)
        self.heaviest = cache(self._heaviest)

    def over(self, budget: WeightLimit) -> Iterator[Problem]:
        """The heaviest page of a kind, where it exceeds its budget."""
        weights = {
            page: {name: n for name, n in self.loads(page).items() if name.endswith(budget.fin)}
            for page in self.heaviest(budget.pages)
        }
        page = max(weights, key=lambda page: sum(weights[page].values()), default=None)
        if page is not None:
            yield from _judge(page, budget.quoi, weights[page], budget.limite)

    def _heaviest(self, pages: str) -> Sequence[str]:
        """The largest pages of a kind, from the root of the site."""
        return nsmallest(_PLUS_LOURDES, self._names(pages), key=lambda name: (-self._sizes[name], name))

    def _names(self, pattern: str) -> list[str]:
        """The files of a pattern, whose stars stand for what is no slash."""
        is_one = re.compile(re.escape(pattern).replace(r"\*", "[^/]*")).fullmatch
        start = pattern.partition("*")[0]
        return [name for name in self._sizes if name.startswith(start) and is_one(name)]

    def search_over(self) -> Iterator[Problem]:
        """The search, engine and data, where it exceeds its budgets."""
        path = self.folder / "recherche" / "manifeste.json.gz"
        if not path.is_file():
            return
        manifest = json.loads(gzip.decompress(path.read_bytes()))
        names = ["manifeste.json.gz", manifest["ouverture"]["fichier"]]
        opened = self.scripts("recherche") | {f"recherche/{name}": self.weight(f"recherche/{name}") for name in names}
        limit = next((ko for actions, ko in RECHERCHE_OUVERTE if manifest["n"] <= actions), RECHERCHE_OUVERTE[-1][1])
        yield from _judge("recherche/", "la recherche, avant tout mot", opened, limit)
        shards, cards = (self._median(f"recherche/{manifest[part]['debut']}*") for part in ("tranches", "cartes"))
        # Beside the tranche of its word, most queries need one of the terms of the vocabularies.
        terms = [
            rank for rank, first in enumerate(manifest["tranches"]["premiers"].split(" ")) if first.startswith("~")
        ]
        weights = (self.weight(f"recherche/{manifest['tranches']['debut']}{rank}.gz") for rank in terms)
        # A bank without an action has none.
        shared = max(weights, default=0)
        packets = _PAQUETS if manifest["cartes"]["toutes"] else _CARTES
        asked = {
            **opened,
            **self.scripts("mots"),
            "les termes des vocabulaires": shared,
            "une tranche de l’index": shards,
            f"{packets} paquets de cartes": packets * cards,
        }
        yield from _judge("recherche/", "la recherche d’un mot, avec dix cartes", asked, RECHERCHE_UN_MOT)

    def _scripts(self, kind: str) -> dict[str, int]:
        """What pages import when they search (« recherche »), and with the first word (« mots »): ``theme/assets.py``."""
        return {name: self.weight(name) for name in self._names(f"assets/joints/{kind}-*.js")}

    def _median(self, pattern: str) -> int:
        sizes = sorted(self._sizes[name] for name in self._names(pattern))
        return sizes[(len(sizes) - 1) // 2] if sizes else 0

    def _weight(self, name: str) -> int:
        content = (self.folder / name).read_bytes()
        if content.startswith(b"\x1f\x8b"):
            return len(content)
        return self._memo.get_or_make("poids", digest(content), lambda: len(gzip.compress(content, 9, mtime=0)))

    def _loads(self, page: str) -> Weights:
        """The page and what it asks for at once: styles, icon, images in view, scripts with all that they import."""
        names = {page}
        for tag in _TAG.findall((self.folder / page).read_text("utf-8")):
            attributes = dict(_ATTRIBUTE.findall(tag))
            if attributes.get("loading") == "lazy" or attributes.get("rel", "stylesheet") not in ("stylesheet", "icon"):
                continue
            address = attributes.get("src") or attributes.get("href", "")
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
            if name in self.scripts("recherche"):
                # It has its own budget.
                continue
            names |= self.modules(name) if name.endswith(".js") else {name}
        # Absolute addresses (the 404 page) and data in the page weigh elsewhere.
        return {name: self.weight(name) for name in sorted(names) if (self.folder / name).is_file()}

    def _modules(self, name: str) -> Set[str]:
        """A script and all that it imports."""
        counted: set[str] = set()
        waiting = [name]
        while waiting:
            here = waiting.pop()
            if here in counted or not (self.folder / here).is_file():
                continue
            counted.add(here)
            imports = _MODULE.findall((self.folder / here).read_text("utf-8"))
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(here), other)) for other in imports]
        return frozenset(counted)


_WARN_AT = 0.8


def host_doubts(sizes: Collection[int], host: Host) -> Iterator[Problem]:
    """What comes near the limits of the host, or passes them: ``sizes`` are those of all files of the site, in bytes."""
    for what, value, limit, unit in (
        ("fichiers", len(sizes), host.files, 1),
        ("Mo en tout", sum(sizes), host.total, 1_000_000),
        ("Mo pour le plus gros fichier", max(sizes, default=0), host.largest, 1_000_000),
    ):
        if limit and value >= _WARN_AT * limit:
            message = f"le site a {_count(value, unit)} {what} ; {host.nom} en prend {_count(limit, unit)} au plus"
            advice = "« Combien pèse le site », à la page « Héberger le site », dit quoi faire"
            yield Problem("mkdocs.yml", 1, "hebergeur", f"{message} : {advice}.", doubt=True)


def _count(value: int, unit: int) -> str:
    return f"{value / unit:,.{0 if unit == 1 else 1}f}".replace(",", "\u202f").replace(".", ",")


def _judge(name: str, what: str, weights: Weights, limit: int) -> Iterator[Problem]:
    total = sum(weights.values())
    if total <= limit * KO:
        return
    most = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_NOMMEES]
    parts = ", ".join(f"{part} {_ko(n)}" for part, n in most)
    yield Problem(
        name,
        1,
        "budget",
        f"{what} : {_ko(total)} compressés ({total} octets), pour {limit} Ko au plus. Le plus lourd : {parts}. "
        "Allégez ce qui vient de grossir : un texte trop long, un style, un script.",
    )


def _ko(n: int) -> str:
    return f"{n / KO:.1f} Ko".replace(".", ",")


# A literal sign at the start lets the engine leap: pages are made of single spaces first.
_LINK = re.compile(r' (?:href|src|action)="([^"]*)"')
# What follows the way up to the root in nearly every link: no step back, no query, no percent sign.
_PLAIN = re.compile(r"(?:[a-z0-9_-]+[/.])*[a-z0-9_-]*(?:#[a-z0-9_-]+)?")
# Rare: pictures in two sizes, and pages that move on. Looked for only where the word stands.
_SRCSET, _REFRESH = re.compile(r' srcset="([^"]*)"'), re.compile(r' content="\d+; url=([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')


# What no address holds, and JSON writes as one byte.
_END = "\x7f"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What the check keeps of a page: the addresses that it names, from the root of the site, and its own anchors.

    Links to anchors of its own that are there are not kept.

    One string each, for a large site has tens of thousands of pages: ``_END`` ends each address and each anchor.
    """

    cibles: str
    ancres: str

    @property
    def anchors(self) -> frozenset[str]:
        """Its anchors."""
        return frozenset(_split(self.ancres))

    def and_of(self, other: PageLinks) -> PageLinks:
        """The same with the addresses that ``other`` names."""
        return PageLinks(self.cibles + other.cibles, self.ancres)


_NO_LINKS = PageLinks("", "")


def dead_links(folder: Path, base_path: str = "/") -> list[Problem]:
    """The dead links of a folder, all its pages read.

    ``base_path``: where the site stands on its host; absolute addresses (those of the 404 page) start with it.
    """
    files = frozenset(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    html = (name for name in sorted(files) if name.endswith(".html"))
    return find_dead({name: read_page(name, (folder / name).read_text("utf-8"), base_path) for name in html}, files)


def find_dead(
    pages: Mapping[str, PageLinks], files: Collection[str], only: Collection[str] | None = None
) -> list[Problem]:
    """One problem a dead address, at the first page that names it, of a site that holds these ``files``.

    ``only``: the pages whose links may be dead, where the others are known to lead somewhere.
    """
    judged = pages if only is None else {name: pages[name] for name in only}
    # Most pages name the same addresses: each is looked up once.
    named: set[str] = set()
    for page in judged.values():
        named.update(_split(page.cibles))
    missing = set(_missing(named, files, pages))
    dead: dict[str, list[str]] = {}
    for name, page in sorted(judged.items()) if missing else ():
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


def read_page(name: str, html: str, base_path: str = "/", frame: PageLinks = _NO_LINKS) -> PageLinks:
    """The links and the anchors of the page that stands at ``name``, with the anchors of the ``frame`` around it, not its links."""
    for space in "\n\t\r\f":
        html = html.replace(space, " ")
    links = {link for link in _LINK.findall(html) if not link.startswith(("https:", "mailto:"))}
    if "srcset=" in html:
        links |= {part.split()[0] for srcset in _SRCSET.findall(html) for part in srcset.split(",") if part.strip()}
    if "; url=" in html:
        links |= set(_REFRESH.findall(html))
    anchors = [unescape(anchor) for anchor in _ID.findall(html)] + _split(frame.ancres)
    # Half of the links of a récit stay in it: those that find their anchor need no second look.
    links -= {f"#{anchor}" for anchor in anchors}
    targets = (_target(name, unescape(link), base_path) for link in links)
    return PageLinks(_joined({target for target in targets if target is not None}), _joined(anchors))


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
        anchors = pages[name].anchors
        yield from (target for fragment, target in wanted if fragment not in anchors)
