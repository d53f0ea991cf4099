"""Who cites whom: what the fiches cite, how a récit is cited, what other sites announce of it.

BibTeX (Patashnik, « BibTeXing », 1988; UTF-8 as biber reads it), RIS (Research Information Systems, 2011, type ELEC), CSL-JSON
(citation-style-language/schema, csl-data.json). The bank is the author and publisher, the city is told in the note.

``ShareCard``: title and place, permanent address, image, oEmbed answer, card to show.

The library: every source and document that the fiches cite, by publisher, each with the récits that cite it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from inspiractions.base.files import find
from inspiractions.base.text import fold, slugify
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.identity import Identity
from inspiractions.story import labels
from inspiractions.story.recit import Recit, chemin_de

# What TeX would read as a command. BibTeX counts braces, whatever stands before them: they are named, too.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def bibtex(recit: Recit, identity: Identity) -> str:
    """One ``@misc`` entry; its key is the id."""
    quand = _date(recit)
    fields = {
        "author": f"{{{_tex(identity.editeur)}}}",
        "title": f"{{{_tex(recit.action.titre)}}}",
        "year": str(quand.year),
        "month": str(quand.month),
        "howpublished": f"{_tex(identity.nom)}, récit d’expérience",
        "note": _tex(f"{recit.lieu}. {recit.origine}"),
        "url": recit.permalien,
        "language": "french",
        "abstract": _tex(recit.action.resume),
        "keywords": _tex(", ".join(recit.mots_cles)),
    }
    lines = (f"  {nom} = {{{texte}}}," for nom, texte in fields.items())
    return "\n".join([f"@misc{{{recit.action.id},", *lines, "}", ""])


def ris(recit: Recit, identity: Identity) -> str:
    """One reference of type ELEC; lines end with CR LF, as the format asks."""
    return "".join(f"{tag}  - {texte}\r\n" for tag, texte in _ris(recit, identity))


def csl(recit: Recit, identity: Identity) -> dict[str, object]:
    """One item of type ``webpage``."""
    quand = _date(recit)
    return {
        "id": recit.action.id,
        "type": "webpage",
        "title": _line(recit.action.titre),
        "author": [{"literal": identity.editeur}],
        "container-title": identity.nom,
        "publisher": identity.editeur,
        "genre": "récit d’expérience",
        "issued": {"date-parts": [[quand.year, quand.month, quand.day]]},
        "URL": recit.permalien,
        "language": "fr-FR",
        "abstract": _line(recit.action.resume),
        "keyword": ", ".join(recit.mots_cles),
        "note": f"{recit.lieu}. {recit.origine}",
    }


def csl_json(recits: Iterable[Recit], identity: Identity) -> str:
    """A CSL-JSON file, which is a list."""
    return json.dumps([csl(recit, identity) for recit in recits], ensure_ascii=False, indent=1) + "\n"


def _ris(recit: Recit, identity: Identity) -> Iterator[tuple[str, str]]:
    quand = _date(recit)
    yield "TY", "ELEC"
    yield "ID", recit.action.id
    yield "TI", _line(recit.action.titre)
    yield "AU", identity.editeur
    yield "T2", identity.nom
    yield "PY", str(quand.year)
    yield "DA", f"{quand:%Y/%m/%d}/"
    yield "UR", recit.permalien
    yield "LA", "fr"
    yield "AB", _line(recit.action.resume)
    for mot in recit.mots_cles:
        yield "KW", mot
    yield "CY", recit.lieu
    yield "PB", identity.editeur
    yield "N1", recit.origine
    yield "ER", ""


def _date(recit: Recit) -> date:
    return recit.action.date_publication


def _tex(texte: str) -> str:
    return _line(texte).translate(_TEX)


def _line(texte: str) -> str:
    """A text of the fiche on one line: a line end would begin another field."""
    return " ".join(texte.split())


# Beside the page of the récit.
IMAGE = "partage.png"


@dataclass(frozen=True)
class ShareCard:
    """The addresses are absolute, for they are read elsewhere; ``chemin`` is that of the page; ``site_url`` ends with ``/``."""

    action: Action
    lieu: str
    autour: str
    site_url: str

    @property
    def titre(self) -> str:
        """The title and the place."""
        return f"{self.action.titre} ({self.lieu})"

    @property
    def chemin(self) -> str:
        """The address of the récit from the root of the site."""
        return chemin_de(self.action)

    @property
    def permalien(self) -> str:
        """The address of the récit."""
        return self.site_url + self.chemin

    @property
    def image(self) -> str:
        """The image of the récit."""
        return self.permalien + IMAGE

    @property
    def oembed(self) -> str:
        """What tells other tools how to show the récit."""
        return f"{self.site_url}oembed/{self.action.id}.json"

    @property
    def carte(self) -> str:
        """The page that they show in a frame."""
        return f"{self.site_url}embed/{self.chemin}"


def share_card_of(action: Action, banque: Banque, site_url: str) -> ShareCard:
    """What is announced of an action."""
    autour = labels.autour(action.villes, banque.referentiel)
    return ShareCard(action, labels.lieux(action), autour, site_url)


def share_cards(banque: Banque, site_url: str) -> Iterator[ShareCard]:
    """One for each published action."""
    return (share_card_of(action, banque, site_url) for action in banque.actions)


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
    return {name: known.get(name) or _most_frequent(some) or _readable(name) for name, some in titles.items()}


def host(url: str) -> str:
    """``www.brest.fr`` and ``brest.fr`` are one."""
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _bracketed_name(titre: str) -> str:
    brackets = _BRACKETS.search(titre.strip())
    name = brackets[1].partition(",")[0].strip() if brackets else ""
    # A name of a publisher has a capital; a date, a kind of document, « reprise de… » have none.
    return name if name[:1].isupper() else ""


def _most_frequent(titles: Iterable[str]) -> str:
    counts = Counter(filter(None, map(_bracketed_name, titles)))
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
