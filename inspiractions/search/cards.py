"""The hand-written pages and the dossiers, as the search finds them.

Result cards, a few a file, and the text of each action for excerpts and exact phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.dossier import Dossier
from inspiractions.search.texts import carte, plain

_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_ARTICLE = re.compile(r"<article[^>]*>(.*?)</article>", re.S)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class HandWrittenPage:
    """A page of the site that is no action."""

    titre: str
    url: str
    resume: str
    texte: str


def read_hand_written(pages: Iterable[tuple[str, Path]]) -> Iterator[HandWrittenPage]:
    """From the rendered pages of ``docs/``; those without an article (404) are left out."""
    for name, path in pages:
        if not name.endswith("/index.html"):
            continue
        html = path.read_text("utf-8")
        article, titre, description = _ARTICLE.search(html), _TITLE.search(html), _DESCRIPTION.search(html)
        if article and titre and description:
            yield HandWrittenPage(
                _plain(titre[1]), name.removesuffix("index.html"), unescape(description[1]), _plain(article[1])
            )


def dossier_pages(dossiers: Iterable[Dossier]) -> Iterator[HandWrittenPage]:
    """The introductions of the dossiers: their actions are found by themselves."""
    for dossier in dossiers:
        yield HandWrittenPage(dossier.entete.titre, dossier.chemin, dossier.entete.resume, plain(dossier.source.body))


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def text_of(action: Action) -> list[list[str]]:
    """The rubriques of an action, ``[[titre, texte], …]``."""
    return [[r.titre, plain(r.texte)] for r in action.rubriques]


def all_cards(banque: Banque, annexes: Sequence[HandWrittenPage]) -> list[dict[str, object]]:
    """Cards in the order of the documents; pages are cards, too."""
    pages: list[dict[str, object]] = [{"url": a.url, "titre": a.titre, "resume": a.resume} for a in annexes]
    return [*(carte(a, banque) for a in banque.actions), *pages]
