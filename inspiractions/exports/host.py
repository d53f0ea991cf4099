"""``_headers`` (Netlify, Cloudflare Pages): what the host says with each file. The same by hand: ``docs/contribuer/hebergement.md``.

Hosts join the headers of all rules that match; two policies would both bind. So each folder has its own rule, and none
stands for the whole site: ``/embed/`` alone may be framed by others, ``/admin/`` brings its own policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from inspiractions.base.outputs import Fichier

# Everything comes from the site itself, and nothing inline runs or styles. The last word is who may frame the page.
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'none'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)

_OUVERTS = ("api/*", "donnees/*", "oembed/*", "fil*", "*/fil.atom", "*/fil.json")


def make_entetes(dossiers: Iterable[str], base_path: str) -> Fichier:
    """The file. ``dossiers``: the folders at the root of the site; ``base_path``: ``/`` or ``/sous/chemin/``."""
    rules: dict[str, list[str]] = {}
    for path, header in _rules(dossiers):
        rules.setdefault(path, []).append(f"  {header}")
    lines = [line for path, headers in rules.items() for line in (f"{base_path}{path}", *headers)]
    return Fichier("_headers", "".join(f"{line}\n" for line in lines).encode())


def _rules(dossiers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Path and header."""
    yield "*", "X-Content-Type-Options: nosniff"
    yield "*", "Referrer-Policy: strict-origin-when-cross-origin"
    pages = ["", "index.html", "404.html", *(f"{d}/*" for d in sorted(dossiers) if d not in ("admin", "embed"))]
    yield from ((page, f"Content-Security-Policy: {CSP}'none'") for page in pages)
    yield "embed/*", f"Content-Security-Policy: {CSP}*"
    yield from ((ouvert, "Access-Control-Allow-Origin: *") for ouvert in _OUVERTS)
