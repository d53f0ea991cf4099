"""The site under any path: every internal link answers, and the pages keep their style."""

from __future__ import annotations

import http.client
import re
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import expect

from .conftest import Fenetre
from .serveur import SOUS_CHEMIN

_LINK = re.compile(r'<(?:a|link|script|img|form)\b[^>]*?\s(?:href|src|action)="([^"]*)"')


def _links(url: str, html: str) -> set[str]:
    links = (urljoin(url, unescape(link)).partition("#")[0] for link in _LINK.findall(html))
    return {link for link in links if urlsplit(link).netloc == urlsplit(url).netloc}


def test_tous_les_liens_tiennent(serveur: str, site: Path):
    """Every page but those that no other leads to: the lists that only other sites show, the page of lost addresses."""
    start = f"{serveur}{SOUS_CHEMIN}"
    connection = http.client.HTTPConnection(urlsplit(serveur).netloc)
    known, waiting, faults, pages = {start}, deque([start]), [], 0
    while waiting:
        url = waiting.popleft()
        connection.request("GET", urlsplit(url).path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200 or not url.startswith(start):
            faults.append(f"{response.status} : {url}")
        elif response.headers.get_content_type() == "text/html":
            pages += 1
            new = _links(url, body.decode()) - known
            known |= new
            waiting.extend(sorted(new))
    connection.close()
    assert faults == []
    alone = {path for path in site.rglob("*.html") if path.relative_to(site).parts[0] in ("404.html", "embed")}
    assert pages >= len(list(site.rglob("*.html"))) - len(alone)


def test_le_navigateur_s_y_promene(fenetre: Fenetre, serveur: str):
    start = f"{serveur}{SOUS_CHEMIN}"
    page = fenetre.open(start)
    page.get_by_role("link", name="Toutes les actions", exact=True).click()
    page.locator(".lignes a").first.click()
    page.wait_for_url(f"{start}actions/*/")
    expect(page.locator(".recit")).to_have_css("display", "grid")
    expect(page.locator(".entete")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.locator(".nom").first.click()
    expect(page).to_have_url(start)
    assert [url for url in fenetre.journal.requests if not url.startswith(start)] == []
    assert fenetre.journal.faults == []
