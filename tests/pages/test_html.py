"""Every built page, without a browser: each is parsed once, as the HTML standard says, and judged by what it holds."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

NOINDEX = '<meta name="robots" content="noindex">'
_TEMPLATE = re.compile(r"(<template[^>]*>)(.*?)</template>", re.S)
# What is no child of just any element.
_CONTAINERS = {"<tr": "tbody", "<th": "tr", "<td": "tr"}
_DATA = ("application/ld+json", "application/json")
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list", "form")
# What a browser fetches by itself; links that one follows may lead anywhere.
_FETCHED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}
_FETCHED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "apple-touch-icon"}


@dataclass(frozen=True)
class Lue:
    """A page, parsed: its elements in order without those of ``<template>``, which are no part of it yet."""

    root: Element
    errors: list[str]

    @cached_property
    def elements(self) -> list[Element]:
        return list(_walk(self.root))

    @cached_property
    def ids(self) -> list[str]:
        return [e.attrib["id"] for e in self.elements if "id" in e.attrib]


def _walk(element: Element) -> Iterator[Element]:
    if element.tag == "template" or not isinstance(element.tag, str):
        return
    yield element
    for child in element:
        yield from _walk(child)


def lire(html: str) -> Lue:
    """Parse a page; what its templates hold, which html5lib does not know, is parsed apart."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(_TEMPLATE.sub(r"\1</template>", html))
    errors = list(parser.errors)
    for _, inside in _TEMPLATE.findall(html):
        parser.parseFragment(inside, container=_CONTAINERS.get(inside[:3], "div"))
        errors += parser.errors
    return Lue(root, [f"ligne {line} : {code} {data}" for (line, _), code, data in errors])


def _headings(page: Lue) -> Iterator[str]:
    hidden = {id(inner) for e in page.elements if "hidden" in e.attrib for inner in e.iter()}
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag) and id(e) not in hidden]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"h1 : {levels}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"niveau sauté : {levels}"


def _language(page: Lue) -> Iterator[str]:
    if page.root.get("lang") != "fr":
        yield f"lang : {page.root.get('lang')}"


def _ids(page: Lue) -> Iterator[str]:
    yield from (f"id répété : {i}" for i, n in Counter(page.ids).items() if n > 1)
    known = set(page.ids)
    for element in page.elements:
        for attribute in _REFERENCES:
            for target in element.get(attribute, "").split():
                if target not in known:
                    yield f"{attribute} sans cible : {target}"


def _names(page: Lue) -> Iterator[str]:
    """What has to be said of a picture, a field, a frame."""
    labels = {e.get("for") for e in page.elements if e.tag == "label"}
    inside = {id(inner) for e in page.elements if e.tag == "label" for inner in e.iter()}
    for e in page.elements:
        if e.tag == "img" and not {"alt", "width", "height"} <= e.attrib.keys():
            yield f"img sans alt, width ou height : {e.get('src')}"
        if e.tag == "iframe" and not e.get("title"):
            yield f"iframe sans titre : {e.get('src')}"
        named = e.get("aria-label") or e.get("aria-labelledby") or e.get("id") in labels or id(e) in inside
        if e.tag in ("select", "textarea", "input") and e.get("type") != "hidden" and not named:
            yield f"champ sans nom : {e.get('name') or e.get('id')}"


def _inline(page: Lue) -> Iterator[str]:
    for e in page.elements:
        if e.tag == "style" or "style" in e.attrib:
            yield f"style en ligne : {e.tag}"
        if e.tag == "script" and "src" not in e.attrib and e.get("type") not in _DATA:
            yield "script en ligne"
        yield from (f"gestionnaire en ligne : {name}" for name in e.attrib if name.startswith("on"))


def _elsewhere(page: Lue) -> Iterator[str]:
    for e in page.elements:
        fetched = [e.get(_FETCHED.get(e.tag, ""), "")]
        fetched += [part.split()[0] for part in e.get("srcset", "").split(",") if part.strip()]
        if e.tag == "link" and _FETCHED_LINKS & set(e.get("rel", "").split()):
            fetched.append(e.get("href", ""))
        yield from (
            f"ressource d’ailleurs : {u}" for u in fetched if re.match(r"(?:[a-z]+:)?//", u) or u.startswith("data:")
        )


def _pictures(page: Lue) -> Iterator[str]:
    """A drawing is said by its name, or not at all."""
    silent = {id(inner) for e in page.elements if e.get("aria-hidden") == "true" for inner in e.iter()}
    for e in page.elements:
        if (
            not e.tag.endswith("svg")
            or id(e) in silent
            or (e.get("role") and (e.get("aria-label") or e.get("aria-labelledby")))
        ):
            continue
        yield f"svg ni muet ni nommé : {e.get('class')}"


def _tables(page: Lue) -> Iterator[str]:
    """Every table has headings, which say what they head; but for those of hand-written pages, a caption."""
    written = {id(inner) for e in page.elements if "md-typeset" in e.get("class", "") for inner in e.iter()}
    for table in (e for e in page.elements if e.tag == "table"):
        headings = [e for e in table.iter() if e.tag == "th"]
        if not headings:
            yield "tableau sans en-tête"
        yield from ("th sans scope" for e in headings if e.get("scope") not in ("col", "row", "colgroup", "rowgroup"))
        if id(table) not in written and not any(e.tag == "caption" for e in table.iter()):
            yield "tableau sans titre"


CHECKS: tuple[Callable[[Lue], Iterator[str]], ...] = (
    _headings,
    _language,
    _ids,
    _names,
    _inline,
    _elsewhere,
    _pictures,
    _tables,
)


def faults(html: str) -> list[str]:
    page = lire(html)
    return [*page.errors, *(fault for check in CHECKS for fault in check(page))]


def test_chaque_page_est_bien_faite(pages: dict[str, str]) -> None:
    assert len(pages) > 1000
    assert {chemin: wrong for chemin, html in pages.items() if (wrong := faults(html))} == {}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('<p id="a">', "id répété : a"),
        ("<h3>Trop bas</h3>", "niveau sauté : [1, 3]"),
        ("<h1>Second</h1>", "h1 : [1, 1]"),
        ('<label for="b">B</label>', "for sans cible : b"),
        ('<p aria-describedby="a c">', "aria-describedby sans cible : c"),
        ('<img src="x.png" alt="">', "img sans alt, width ou height : x.png"),
        ('<input name="d">', "champ sans nom : d"),
        ('<p style="color: red">', "style en ligne : p"),
        ('<p onclick="x()">', "gestionnaire en ligne : onclick"),
        ("<script>x()</script>", "script en ligne"),
        ('<script src="https://x.fr/x.js"></script>', "ressource d’ailleurs : https://x.fr/x.js"),
        ("<svg></svg>", "svg ni muet ni nommé : None"),
        ("<table><caption>C</caption><tbody><tr><td></td></tr></tbody></table>", "tableau sans en-tête"),
        ('<table><caption>C</caption><tbody><tr><th>T</th></tr></tbody></table>', "th sans scope"),
        ('<table><tbody><tr><th scope="row">T</th></tr></tbody></table>', "tableau sans titre"),
        ('<iframe src="//x.fr/" title="X"></iframe>', "ressource d’ailleurs : //x.fr/"),
        ('<img src="x.png" srcset="//x.fr/y.png 2x" alt="" width="1" height="1">', "ressource d’ailleurs : //x.fr/y.png"),
    ],
)  # fmt: skip
def test_ce_qui_est_mal_fait_se_voit(wrong: str, message: str) -> None:
    page = '<!doctype html><html lang="fr"><title>T</title><h1 id="a">A</h1>{}'
    assert faults(page.format("")) == []
    assert faults(page.format(wrong)) == [message]


@pytest.mark.parametrize(
    "wrong",
    [
        "<p></div>",
        "<table><p>",
        '<a href="a"href="b">',
        "<b><p></b></p>",
        "&nimporte;",
        "<template><p></div></template>",
    ],
)
def test_une_faute_de_syntaxe_se_voit(wrong: str) -> None:
    assert lire(f"<!doctype html><title>T</title>{wrong}").errors


def test_titres_et_descriptions_sont_uniques(pages: dict[str, str]) -> None:
    """Of every page that search engines list; titles, of the others, too."""
    texts: dict[str, list[str]] = {"title": [], "description": []}
    for html in pages.values():
        texts["title"] += re.findall(r"<title>(.*?)</title>", html, re.S)
        if NOINDEX not in html:
            texts["description"] += re.findall(r'<meta name="description" content="([^"]*)">', html)
    indexable = sum(NOINDEX not in html for html in pages.values())
    assert (len(texts["title"]), len(texts["description"])) == (len(pages), indexable)
    assert {text: n for some in texts.values() for text, n in Counter(some).items() if n > 1 or not text.strip()} == {}


def test_chaque_adresse_entiere_du_site_existe(site: Path, pages: dict[str, str]) -> None:
    """Canonical, share image, oEmbed, PDF: what the head names by its whole address, which the links' check leaves out."""
    racine = "https://inspiractions.example/"
    addresses = {address for html in pages.values() for address in re.findall(rf'"{re.escape(racine)}([^"#?]*)', html)}
    assert len(addresses) > 500
    if os.environ.get("MOTEUR"):
        # That site is light: it makes no share image.
        addresses = {address for address in addresses if not address.endswith("/partage.png")}
    missing = {a for a in addresses if not (site / a).is_file() and not (site / a / "index.html").is_file()}
    assert missing == set()


def test_les_pages_redigees_donnent_la_boite_du_secretariat(pages: dict[str, str]) -> None:
    box = "contact@inspiractions.example"
    for chemin in ("contribuer/", "lettre/"):
        assert f'<a href="mailto:{box}">{box}</a>' in pages[chemin]
    assert f"mailto:{box}?subject=Recevoir%20la%20lettre&amp;body=" in pages["lettre/"]
    assert "l’adresse électronique du secrétariat" not in pages["contribuer/"]
    assert [chemin for chemin, html in pages.items() if "‹" in html] == []
