"""The feeds of the real bank: read back by a parser that is not ours, and held against RFC 4287, RFC 5005 and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from inspiractions.base.outputs import SiteFile
from inspiractions.exports.feeds import ATOM, ENTREES, Feeds, nom
from inspiractions.model.banque import Banque, load_banque
from inspiractions.story.keys import Keys
from inspiractions.story.lists import FeedList, all_actions_list, make_feed_lists

URL = "https://exemple.fr/banque/"
_A = f"{{{ATOM}}}"
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def flux(banque: Banque) -> dict[str, bytes]:
    fichiers = (
        fichiers
        for lot in Feeds(banque, URL).batches(make_feed_lists(banque), Keys(banque, b""))
        for fichiers in lot.make()
    )
    return {fichier.name: fichier.content for fichier in fichiers if isinstance(fichier, SiteFile)}


@pytest.fixture(scope="module")
def fichiers(banque_reelle: Banque) -> dict[str, bytes]:
    return flux(banque_reelle)


@pytest.fixture(scope="module")
def listes(banque_reelle: Banque) -> list[FeedList]:
    return [*make_feed_lists(banque_reelle), all_actions_list(banque_reelle)]


def _required(element: ElementTree.Element, tag: str) -> str:
    """The text of a child that must be there once, and not be empty."""
    children = element.findall(_A + tag)
    assert len(children) == 1, tag
    assert children[0].text, tag
    return children[0].text


def test_chaque_fil_suit_la_rfc_4287(fichiers: dict[str, bytes], listes: list[FeedList]):
    for liste in listes:
        feed = ElementTree.fromstring(fichiers[liste.fil])
        assert feed.tag == f"{_A}feed"
        assert _required(feed, "id").startswith(URL)
        assert _required(feed, "title") != ""
        assert _RFC3339.fullmatch(_required(feed, "updated"))
        assert feed.find(f"{_A}author/{_A}name") is not None
        assert _required(feed, "rights") == "Licence Ouverte 2.0"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{_A}link")}
        assert links["self"] == URL + liste.fil
        assert links["alternate"] == URL + (liste.chemin or "actions/")
        entries = feed.findall(f"{_A}entry")
        assert len(entries) == min(len(liste.actions), ENTREES)
        ids = [_required(entry, "id") for entry in entries]
        assert len(ids) == len(set(ids))
        for entry in entries:
            for tag in ("title", "summary"):
                _required(entry, tag)
            assert _RFC3339.fullmatch(_required(entry, "published"))
            assert _required(entry, "published") <= _required(entry, "updated")
            assert [link.get("href") for link in entry.findall(f"{_A}link")] == [_required(entry, "id")]
            assert all(c.get("term") and c.get("scheme") and c.get("label") for c in entry.findall(f"{_A}category"))
        dates = [_required(entry, "updated") for entry in entries]
        assert dates == sorted(dates, reverse=True)
        if dates:
            assert _required(feed, "updated") == dates[0]


def test_un_autre_lecteur_les_lit(fichiers: dict[str, bytes], banque_reelle: Banque):
    parsed = feedparser.parse(fichiers["fil.atom"])
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.language == "fr"
    action = banque_reelle.par_id[parsed.entries[0].id.rstrip("/").rpartition("/")[2]]
    assert parsed.entries[0].link == f"{URL}actions/{action.id}/"
    assert parsed.entries[0].updated.startswith(action.date_maj.isoformat())
    assert {tag.term for tag in parsed.entries[0].tags} >= {*action.ages, *action.axes, *action.thematiques}


def test_chaque_fil_json_dit_la_meme_chose(fichiers: dict[str, bytes], listes: list[FeedList]):
    for liste in listes:
        feed = json.loads(fichiers[liste.fil_json])
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["feed_url"] == URL + liste.fil_json
        assert feed["home_page_url"] == URL + (liste.chemin or "actions/")
        assert feed["authors"][0]["name"] == "Inspir’Actions"
        for item in feed["items"]:
            assert item["id"] == item["url"]
            assert item["content_text"]
            assert _RFC3339.fullmatch(item["date_modified"])
        atom = ElementTree.fromstring(fichiers[liste.fil])
        assert [item["id"] for item in feed["items"]] == [e.findtext(f"{_A}id") for e in atom.findall(f"{_A}entry")]


def test_toute_la_banque_se_parcourt_page_apres_page(fichiers: dict[str, bytes], banque_reelle: Banque):
    address: str | None = URL + "fil.atom"
    ids: list[str] = []
    while address:
        feed = ElementTree.fromstring(fichiers[address.removeprefix(URL)])
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{_A}link")}
        assert links["first"] == URL + "fil.atom"
        ids += [str(entry.findtext(f"{_A}id")) for entry in feed.findall(f"{_A}entry")]
        address = links.get("next")
    assert len(ids) == len(set(ids)) == len(banque_reelle.actions)
    following, items = json.loads(fichiers["fil.json"]), 0
    while following:
        items += len(following["items"])
        url = following.get("next_url", "")
        following = json.loads(fichiers[url.removeprefix(URL)]) if url else None
    assert items == len(ids)


def test_chaque_valeur_a_son_fil(fichiers: dict[str, bytes], site: Path):
    """Every page of a value, région or département says where its feed is, and it is there."""
    pages = [
        p for f in ("ages", "thematiques", "freins", "regions", "departements") for p in site.glob(f"{f}/*/index.html")
    ]
    assert len(pages) > 100
    for page in pages:
        chemin = page.parent.relative_to(site).as_posix()
        html = page.read_text("utf-8")
        if ", ancienne adresse – " in html:
            continue
        if f"{chemin}/fil.atom" not in fichiers:
            # A région without any action, or a term that none bears.
            assert re.search("Aucune action de (ce territoire|la banque)", html)
            continue
        assert '<link rel="alternate" type="application/atom+xml" title="Inspir’Actions –' in html
        assert f'href="../../{chemin}/fil.atom"' in html
        assert (page.parent / "fil.atom").is_file()
        assert (page.parent / "fil.json").is_file()
    assert 'href="./fil.atom"' in (site / "index.html").read_text("utf-8")


def test_le_titre_change_l_identifiant_reste(ecrire: Callable[..., Path], racine: Path, partage: None):
    def entry(titre: str) -> ElementTree.Element:
        ecrire(titre=titre)
        feed = ElementTree.fromstring(flux(load_banque(racine)[0])["fil.atom"])
        element = feed.find(f"{_A}entry")
        assert element is not None
        return element

    before, after = entry("Marcher le mardi"), entry("Marcher & courir <le mardi>")
    assert after.findtext(f"{_A}title") == "Marcher & courir <le mardi> (Aubervilliers)"
    assert before.findtext(f"{_A}id") == after.findtext(f"{_A}id") == f"{URL}actions/aubervilliers-marche/"


def test_ce_qui_a_change_vient_d_abord(ecrire: Callable[..., Path], racine: Path, partage: None):
    ecrire("ancienne-verifiee", date_publication="2020-01-01", verifie_le="2026-03-02")
    ecrire("recente", titre="Autre action", date_publication="2026-02-01")
    feed = ElementTree.fromstring(flux(load_banque(racine)[0])["fil.atom"])
    entries = feed.findall(f"{_A}entry")
    assert [str(e.findtext(f"{_A}id")).split("/")[-2] for e in entries] == ["ancienne-verifiee", "recente"]
    assert entries[0].findtext(f"{_A}published") == "2020-01-01T11:00:00Z"
    assert feed.findtext(f"{_A}updated") == entries[0].findtext(f"{_A}updated") == "2026-03-02T11:00:00Z"


def test_une_liste_vide_a_un_fil_vide_et_date(racine: Path, ecrire: Callable[..., Path], partage: None):
    ecrire()
    fichiers = flux(load_banque(racine)[0])
    feed = ElementTree.fromstring(fichiers["ages/0-3/fil.atom"])
    assert feed.findall(f"{_A}entry") == []
    assert _required(feed, "updated") == "2026-01-31T11:00:00Z"
    assert json.loads(fichiers["ages/0-3/fil.json"])["items"] == []


def test_deux_fois_les_memes_octets(fichiers: dict[str, bytes], banque_reelle: Banque):
    assert flux(banque_reelle) == fichiers


def test_les_adresses_des_pages_suivantes():
    liste = FeedList("Âge : 0-3 ans", "0-3 ans", "Âges", "ages/0-3/", "age=0-3", ())
    assert [nom(liste), nom(liste, 2), nom(liste, 3, "json")] == [
        "ages/0-3/fil.atom",
        "ages/0-3/fil-2.atom",
        "ages/0-3/fil-3.json",
    ]
