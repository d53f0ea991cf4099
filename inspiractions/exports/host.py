"""``_headers`` (Netlify, Cloudflare Pages): what the host says with each file. The same by hand: ``docs/contribuer/hebergement.md``.

Hosts join the headers of all rules that match; two policies would both bind. So each folder has its own rule, and none
stands for the whole site: ``/embed/`` alone may be framed by others, ``/admin/`` brings its own policy.

``sitemap.xml`` and ``robots.txt`` (sitemaps.org): the generator's own, for MkDocs knows nothing of most pages.
The former addresses in the formats of hosts, which then answer 301 instead of serving a page that moves on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from inspiractions.base.outputs import SiteFile
from inspiractions.story.permalinks import Redirection

# Everything comes from the site itself, and nothing inline runs or styles. The last word is who may frame the page.
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'none'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)

_OUVERTS = ("api/*", "donnees/*", "oembed/*", "fil*", "*/fil.atom", "*/fil.json")


def make_entetes(dossiers: Iterable[str], base_path: str) -> SiteFile:
    """The file. ``dossiers``: the folders at the root of the site; ``base_path``: ``/`` or ``/sous/chemin/``."""
    rules: dict[str, list[str]] = {}
    for path, header in _rules(dossiers):
        rules.setdefault(path, []).append(f"  {header}")
    lines = [line for path, headers in rules.items() for line in (f"{base_path}{path}", *headers)]
    return SiteFile("_headers", "".join(f"{line}\n" for line in lines).encode())


def _rules(dossiers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path and header."""
    yield "*", "X-Content-Type-Options: nosniff"
    yield "*", "Referrer-Policy: strict-origin-when-cross-origin"
    pages = ["", "index.html", "404.html", *(f"{d}/*" for d in sorted(dossiers) if d not in ("admin", "embed"))]
    yield from ((page, f"Content-Security-Policy: {CSP}'none'") for page in pages)
    yield "embed/*", f"Content-Security-Policy: {CSP}*"
    # Their names bear the digest of what they hold.
    yield "assets/joints/*", "Cache-Control: public, max-age=31536000, immutable"
    yield "*.md", "Content-Type: text/markdown; charset=utf-8"
    yield from ((ouvert, "Access-Control-Allow-Origin: *") for ouvert in _OUVERTS)


def make_sitemap(site_url: str, hand_written: Iterable[str], generated: Mapping[str, str]) -> str:
    """Every address to index, sorted, with the date of its newest content where it has one: no clock.

    ``generated``: those dates (``2026-11-25``, or empty) by address.
    """
    dates = {**dict.fromkeys(hand_written, ""), **generated}
    lines = [
        f"<url><loc>{escape(site_url + chemin, quote=False)}</loc>{f'<lastmod>{jour}</lastmod>' if jour else ''}</url>"
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


def make_redirections(deplacements: Iterable[Redirection], base_path: str) -> Iterator[SiteFile]:
    """``_redirects`` (Netlify, Cloudflare Pages, GitLab Pages) and ``redirections.map`` (nginx, ``map $uri``).

    ``base_path``: the path of the site on its host, ``/`` or ``/sous/chemin/``. The JSON and the Markdown of a récit move with its page.
    """
    moves = sorted(
        (f"{base_path}{d.ancienne}{name}", f"{base_path}{d.nouvelle}{name}")
        for d in deplacements
        for name in ("", "index.html", *(("index.json", "index.md") if d.ancienne.startswith("actions/") else ()))
    )
    yield _file("_redirects", (f"{old} {new} 301" for old, new in moves))
    yield _file("redirections.map", (f"{old} {new};" for old, new in moves))


def _file(name: str, lines: Iterable[str]) -> SiteFile:
    head = "# Anciennes adresses : ce que « anciens_ids » des fiches et des vocabulaires garde."
    return SiteFile(name, "".join(f"{line}\n" for line in (head, *lines)).encode())
