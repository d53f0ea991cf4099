"""The feeds: Atom (RFC 4287, in pages as RFC 5005 says) and JSON Feed 1.1 (jsonfeed.org), the same entries in both.

An entry's id is the permanent address of the récit; a feed shows the actions that changed last, and bears their date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from xml.etree import ElementTree

from inspiractions.base.outputs import Batch, SiteFile, as_json
from inspiractions.base.text import typography
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import Facette
from inspiractions.model.vocabulaire import Terme
from inspiractions.story.citations import share_card_of
from inspiractions.story.keys import Keys
from inspiractions.story.lists import FIL, FeedList, all_actions_list

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
# What an entry is filed under.
_CATEGORIES = ("ages", "axes", "qpv", "thematiques")
# An entry is some 1.5 KB in both formats together; who has not read for long finds more on the page.
ENTREES = 50

_ID = attrgetter("id")
_NAMESPACE, _END = f' xmlns="{ATOM}"'.encode(), b"</feed>"

ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True)
class _FeedEntry:
    """An action in both formats, written once: it stands in some twenty feeds."""

    atom: bytes
    json: bytes


class Feeds:
    """Makes the feeds of a bank; ``site_url`` ends with ``/``."""

    def __init__(self, banque: Banque, site_url: str) -> None:
        self._banque, self._site_url, self._identity = banque, site_url, banque.identity
        self._entree = cache(self._make)
        self._tout = _newest(banque.actions)
        # Sorted once: an action stands in some twenty lists.
        self._rangs = {action.id: rang for rang, action in enumerate(self._tout)}
        self._origine = self._tout[0].date_maj if self._tout else date(1970, 1, 1)

    def batches(self, listes: Iterable[FeedList], keys: Keys) -> Iterator[Batch]:
        """Two files a list, of its ``ENTREES`` newest actions; the whole bank, page after page, at the root."""

        def batch(liste: FeedList, actions: Sequence[Action], maj: date, numero: int = 1, pages: int = 1) -> Batch:
            key = keys.key(liste.titre, maj.isoformat(), f"{numero}/{pages}", keys.front_matters(actions))
            return Batch(nom(liste, numero), key, lambda: self._files(liste, actions, numero, pages, maj))

        for liste in listes:
            newest = self._newest_of(liste.actions)
            # A list without an action bears the date of the bank.
            yield batch(liste, newest, newest[0].date_maj if newest else self._origine)
        tout, actions = all_actions_list(self._banque), self._tout
        pages = max(1, -(-len(actions) // ENTREES))
        for numero in range(1, pages + 1):
            yield batch(tout, actions[(numero - 1) * ENTREES : numero * ENTREES], self._origine, numero, pages)

    def _newest_of(self, actions: Iterable[Action]) -> list[Action]:
        """The ``ENTREES`` that changed last, the newest first."""
        rangs = sorted(map(self._rangs.__getitem__, map(_ID, actions)))
        return [self._tout[rang] for rang in rangs[:ENTREES]]

    def _files(
        self, liste: FeedList, actions: Sequence[Action], numero: int, pages: int, maj: date
    ) -> Iterator[SiteFile]:
        entrees = [self._entree(action.id) for action in actions]
        root = ElementTree.tostring(self._atom(liste, numero, pages, maj), "utf-8", xml_declaration=True)
        atom = b"".join(entree.atom for entree in entrees)
        yield SiteFile(nom(liste, numero), root.removesuffix(_END) + atom + _END + b"\n")
        feed = as_json(self._json(liste, numero, pages)).removesuffix(b"}")
        items = b",".join(entree.json for entree in entrees)
        yield SiteFile(nom(liste, numero, "json"), feed + b',"items":[' + items + b"]}\n")

    def _atom(self, liste: FeedList, numero: int, pages: int, maj: date) -> ElementTree.Element:
        feed = ElementTree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": "fr"})
        _text(feed, "title", self._titre(liste))
        _text(feed, "subtitle", self._presentation(liste))
        _text(feed, "id", self._page(liste))
        _text(feed, "updated", _instant(maj))
        _link(feed, "self", self._site_url + nom(liste, numero), "application/atom+xml")
        _link(feed, "alternate", self._page(liste), "text/html")
        if pages > 1:
            steps = {"first": 1, "previous": numero - 1, "next": numero + 1, "last": pages}
            for rel, target in steps.items():
                if 1 <= target <= pages:
                    _link(feed, rel, self._site_url + nom(liste, target), "application/atom+xml")
        author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
        _text(author, "name", self._identity.editeur)
        _text(author, "uri", self._site_url)
        _text(feed, "rights", self._identity.licence.nom)
        _link(feed, "license", self._identity.licence.adresse, "text/html")
        return feed

    def _json(self, liste: FeedList, numero: int, pages: int) -> dict[str, object]:
        following = {"next_url": self._site_url + nom(liste, numero + 1, "json")} if numero < pages else {}
        return {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._titre(liste),
            "description": self._presentation(liste),
            "home_page_url": self._page(liste),
            "feed_url": self._site_url + nom(liste, numero, "json"),
            **following,
            "language": "fr",
            "authors": [{"name": self._identity.editeur, "url": self._site_url}],
            "_licence": self._identity.licence.adresse,
        }

    def _titre(self, liste: FeedList) -> str:
        return typography(f"{self._identity.nom} – {liste.titre}")

    def _presentation(self, liste: FeedList) -> str:
        return typography(f"{self._identity.subject}, nouvelles ou mises à jour. {liste.titre}.")

    def _page(self, liste: FeedList) -> str:
        return self._site_url + (liste.chemin or "actions/")

    def _make(self, identifiant: str) -> _FeedEntry:
        action = self._banque.par_id[identifiant]
        annonce = share_card_of(action, self._banque, self._site_url)
        titre, resume = typography(annonce.titre), typography(action.resume)
        published, updated = _instant(action.date_publication), _instant(action.date_maj)
        entry = ElementTree.Element(f"{{{ATOM}}}entry")
        _text(entry, "title", titre)
        _text(entry, "id", annonce.permalien)
        _link(entry, "alternate", annonce.permalien, "text/html")
        _text(entry, "published", published)
        _text(entry, "updated", updated)
        _text(entry, "summary", resume)
        tags = []
        for facette, terme in self._categories(action):
            attributes = {"term": terme.id, "scheme": f"{self._site_url}{facette.adresse}/", "label": terme.court}
            ElementTree.SubElement(entry, f"{{{ATOM}}}category", attributes)
            tags.append(terme.court)
        _text(entry, "rights", self._identity.licence.nom)
        item = {
            "id": annonce.permalien,
            "url": annonce.permalien,
            "title": titre,
            "content_text": resume,
            "image": annonce.image,
            "date_published": published,
            "date_modified": updated,
            "tags": tags,
        }
        # In a feed, the namespace is said once, at its head.
        return _FeedEntry(ElementTree.tostring(entry, "utf-8").replace(_NAMESPACE, b"", 1), as_json(item))

    def _categories(self, action: Action) -> Iterator[tuple[Facette, Terme]]:
        for facette in self._banque.facettes:
            if facette.cle in _CATEGORIES:
                vocabulaire = self._banque.vocabulaire(facette)
                yield from ((facette, vocabulaire[i]) for i in facette.ids(action) if i != "inconnu")


def nom(liste: FeedList, numero: int = 1, format: str = "atom") -> str:
    """The address of a feed, or of a further page of it: ``fil.atom``, ``fil-2.atom``."""
    stem = FIL.removesuffix(".atom")
    return f"{liste.chemin}{stem if numero == 1 else f'{stem}-{numero}'}.{format}"


def _newest(actions: Sequence[Action]) -> list[Action]:
    by_id = sorted(actions, key=lambda a: a.id)
    return sorted(by_id, key=lambda a: a.date_maj, reverse=True)


def _instant(jour: date) -> str:
    """RFC 3339. At this hour the day is the same from Papeete to Wallis."""
    return f"{jour.isoformat()}T11:00:00Z"


def _text(parent: ElementTree.Element, tag: str, texte: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}").text = texte


def _link(parent: ElementTree.Element, rel: str, href: str, genre: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, "type": genre})
