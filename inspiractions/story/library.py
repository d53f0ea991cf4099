"""The library: every source and document that the fiches cite, by publisher, each with the récits that cite it.

A publisher is known by the host of its address. Its name: ``referentiels/editeurs.csv`` where the titles do not say it, else
what most titles say between brackets at their end (« … (Tendance Ouest, mai 2021) »), else the host itself.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from inspiractions.base.paths import find
from inspiractions.base.text import fold, slugify
from inspiractions.model.action import Action

_BRACKETS = re.compile(r"\(([^()]+)\)$")
_ARTICLE = re.compile(r"(?:le|la|les) |l['’]")


@dataclass(frozen=True)
class CitedDocument:
    """An address that fiches cite, under the title that the first of them gives it. ``actions``: in the order of the bank."""

    url: str
    titre: str
    editeur: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Publisher:
    """Who publishes documents, sorted by title. ``slug``: its anchor; ``lettre``: under which the index has it, ``0-9`` for figures."""

    nom: str
    slug: str
    lettre: str
    documents: tuple[CitedDocument, ...]


def make_library(actions: Iterable[Action], root: Path) -> tuple[Publisher, ...]:
    """The publishers, sorted by name without its article; ``root``: of the content."""
    cited: dict[str, tuple[str, list[Action]]] = {}
    titles: dict[str, list[str]] = {}
    for action in actions:
        for lien in (*action.sources, *action.documents):
            _, citing = cited.setdefault(lien.url, (lien.titre, []))
            if action not in citing[-1:]:
                citing.append(action)
            titles.setdefault(host(lien.url), []).append(lien.titre)
    names = publisher_names(titles, read_publishers(root))
    # « La Gazette » and « la gazette » are one: the first spelling in the order of names stands for both.
    spelling = {_slug(nom): nom for nom in sorted({*names.values()}, reverse=True)}
    by_slug: dict[str, list[CitedDocument]] = {}
    for url, (titre, citing) in cited.items():
        slug = _slug(names[host(url)])
        by_slug.setdefault(slug, []).append(CitedDocument(url, titre, spelling[slug], tuple(citing)))
    publishers = (
        Publisher(nom, slug, _letter(nom), tuple(sorted(documents, key=lambda d: (fold(d.titre), d.url))))
        for slug, documents in by_slug.items()
        for nom in (spelling[slug],)
    )
    return tuple(sorted(publishers, key=lambda p: (p.lettre, _sorted_as(p.nom))))


def read_publishers(root: Path) -> Mapping[str, str]:
    """The names of ``referentiels/editeurs.csv`` by host."""
    with find(root, "referentiels/editeurs.csv").open(encoding="utf-8", newline="") as file:
        return {line["hote"]: line["nom"] for line in csv.DictReader(file)}


def publisher_names(titles: Mapping[str, Iterable[str]], known: Mapping[str, str]) -> dict[str, str]:
    """The name of the publisher of each host, from the titles of its documents."""
    return {name: known.get(name) or _most_said(some) or _readable(name) for name, some in titles.items()}


def host(url: str) -> str:
    """``www.brest.fr`` and ``brest.fr`` are one."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _said(titre: str) -> str:
    brackets = _BRACKETS.search(titre.strip())
    name = brackets[1].partition(",")[0].strip() if brackets else ""
    # A name of a publisher has a capital; a date, a kind of document, « reprise de… » have none.
    return name if name[:1].isupper() else ""


def _most_said(titles: Iterable[str]) -> str:
    counts = Counter(filter(None, map(_said, titles)))
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _readable(name: str) -> str:
    try:
        return name.encode().decode("idna")
    except UnicodeError:
        return name


def _slug(nom: str) -> str:
    return slugify(nom) or "autre"


def _sorted_as(nom: str) -> str:
    folded = fold(nom)
    return _ARTICLE.sub("", folded, count=1) if _ARTICLE.match(folded) else folded


def _letter(nom: str) -> str:
    first = slugify(_sorted_as(nom))[:1]
    return first if first.isalpha() else "0-9"
