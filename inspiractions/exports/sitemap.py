"""``sitemap.xml`` and ``robots.txt`` (sitemaps.org): the generator's own, for MkDocs knows nothing of most pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape


def make_sitemap(site_url: str, hand_written: Iterable[str], generated: Mapping[str, str]) -> str:
    """Every address to index, sorted, with the date of its newest content where it has one: no clock.

    ``generated``: those dates (``2026-11-25``, or empty) by address.
    """
    dates = {**dict.fromkeys(hand_written, ""), **generated}
    lines = [
        f"<url><loc>{escape(site_url + chemin)}</loc>{f'<lastmod>{jour}</lastmod>' if jour else ''}</url>"
        for chemin, jour in sorted(dates.items())
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        ]
    )


def make_robots(site_url: str) -> str:
    """Everything may be read."""
    return f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"
