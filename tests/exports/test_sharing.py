"""oEmbed: the answer beside each récit, as oembed.com asks, and the line in the page that leads to it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from inspiractions.model.banque import Banque

URL = "https://inspiractions.example/"


class _Iframe(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_chaque_recit_s_annonce(site: Path, banque_reelle: Banque):
    for action in banque_reelle.actions:
        head = (site / "actions" / action.id / "index.html").read_text("utf-8").partition("</head>")[0]
        link = re.search(r'<link rel="alternate" type="application/json\+oembed"[^>]* href="([^"]*)">', head)
        assert link is not None
        assert link[1] == f"{URL}oembed/{action.id}.json"
        answer = json.loads((site / link[1].removeprefix(URL)).read_text("utf-8"))
        assert answer["version"] == "1.0"
        assert answer["type"] == "rich"
        assert answer["title"].startswith(action.titre)
        assert answer["provider_url"] == answer["author_url"] == URL
        assert {"width", "height", "html"} <= answer.keys()
        assert (site / answer["thumbnail_url"].removeprefix(URL)).is_file()
        [(tag, attributes)] = _Iframe(answer["html"]).tags
        assert tag == "iframe"
        assert attributes["title"] == answer["title"]
        assert (attributes["width"], attributes["height"]) == (str(answer["width"]), str(answer["height"]))
        card = site / str(attributes["src"]).removeprefix(URL) / "index.html"
        html = card.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in html
        assert f'href="../../../actions/{action.id}/"' in html
        assert '<base target="_top">' in html
