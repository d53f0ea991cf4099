"""The archive: the site in one ZIP that opens from a disk; the same bytes for the same site.

Its modules are one classic script, for browsers load neither modules nor data from ``file://``: each becomes a function that
runs once, when first asked for (``base/scripts.py``). In its pages a link to a folder leads to its ``index.html``.

What stands beside the site: how to open it, how to cite it (CITATION.cff 1.2, CodeMeta 2).
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
import textwrap
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from inspiractions.base.files import MARK, find, open_whole
from inspiractions.base.outputs import SiteFile
from inspiractions.base.scripts import read_module
from inspiractions.model.identity import Identity
from inspiractions.story import labels


def make_script(site: Path, entrees: Iterable[str], tete: str) -> str:
    """The script of the whole site. ``entrees``: the modules that pages load, from the root of the site; ``tete`` runs first.

    Raises ``UnknownScript``.
    """
    modules: dict[str, str] = {}
    waiting = sorted(entrees)
    while waiting:
        nom = waiting.pop()
        if nom not in modules:
            modules[nom], needed = _module(nom, (site / nom).read_text("utf-8"))
            waiting += sorted(needed)
    return tete.replace("/* modules */", ",\n".join(f"{json.dumps(nom)}: {modules[nom]}" for nom in sorted(modules)))


def _module(nom: str, texte: str) -> tuple[str, set[str]]:
    """A module as a function, and the modules that it needs."""
    module = read_module(nom, texte, lambda later: f"Promise.resolve().then(() => exige({json.dumps(later)}))")
    # From a disk, a folder is no page.
    body = module.body.replace('"./"', '"index.html"').replace("location.assign(", "suivre(")
    return replace(module, body=body).text, {*module.needs, *module.later}


SCRIPT = "assets/js/hors-ligne.js"

_LINK = re.compile(r'(<(?:a|form|iframe|area)\b[^>]*?\s(?:href|action|src)=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="\d+; url=)([^"]*)(")')
_MODULE = re.compile(r'<script\b(?=[^>]* type="module")[^>]* src="([^"]+)"[^>]*></script>\n?')
# On a disk, each file is a site of its own to the browser: « self » would mean nothing else. Nothing is asked of the network.
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_ON_DISK = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src file:; script-src file:; '
    "img-src file: data:; frame-src file:; form-action file:; base-uri 'none'\">\n"
)
# What would only prepare what no longer comes.
_PRELOAD = re.compile(r'<link rel="(?:modulepreload|preload)"[^>]*>\n?')


def modules_of(nom: str, html: str) -> list[str]:
    """The modules that a page loads, from the root of the site, in order."""
    folder = posixpath.dirname(nom)
    return [posixpath.normpath(posixpath.join(folder, path)) for path in _MODULE.findall(html)]


def make_page(nom: str, html: str) -> str:
    """The page ``nom`` (``ages/0-3/index.html``) as it opens from a disk."""
    modules = modules_of(nom, html)
    html = _PRELOAD.sub("", _MODULE.sub("", _POLICY.sub(lambda _: _ON_DISK, html)))
    html = _LINK.sub(_to_page, _REFRESH.sub(_to_page, html))
    if modules:
        src = posixpath.relpath(SCRIPT, posixpath.dirname(nom) or ".")
        tag = f'<script src="{src}" data-modules="{" ".join(modules)}" defer></script>\n'
        head, body, tail = html.rpartition("</body>")
        html = f"{head}{tag}{body}{tail}"
    return html


def _to_page(link: re.Match[str]) -> str:
    start, address, end = link.groups()
    path, mark, rest = _cut(address)
    if _is_folder(path):
        path = posixpath.join(path, "index.html")
    return f"{start}{path}{mark}{rest}{end}"


def _cut(address: str) -> tuple[str, str, str]:
    """The path, and from its ``?`` or ``#`` on."""
    place = min((i for i in (address.find("?"), address.find("#")) if i >= 0), default=len(address))
    return address[:place], address[place : place + 1], address[place + 1 :]


def _is_folder(path: str) -> bool:
    return not re.match(r"[a-z][a-z0-9+.-]*:|//", path) and (path.endswith("/") or path in (".", ".."))


# What only a server, a robot or another site asks for.
_LEFT_OUT = {"404.html", "_headers", "_redirects", "redirections.map", "robots.txt", "llms.txt", ".htaccess", MARK}
_LEFT_OUT_FOLDERS = {"admin"}
# What scripts read: beside each, a script that gives the same.
_READ_BY_SCRIPTS = ("recherche/*.gz", "carnet/fiches/*.gz", "actions/*/index.html", "donnees/lunr.json")
# Already compressed.
_STORED = (".gz", ".png", ".jpg", ".webp", ".pdf", ".zip")


def write_archive(path: Path, site: Path, tete: str, notices: Sequence[SiteFile], nom: str) -> int:
    """Write the archive of a built site; returns its size in bytes. ``tete``: ``templates/archive/hors-ligne.js``.

    Everything stands in the folder ``nom``, which ends with the date; that is also the date of every file in it.
    """
    day = date.fromisoformat(nom[-10:])
    files = {fichier.name: fichier.content for fichier in (*_files(site, tete), *notices)}
    with open_whole(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{nom}/{name}", (day.year, day.month, day.day, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return path.stat().st_size


def _files(site: Path, tete: str) -> Iterator[SiteFile]:
    entrees: set[str] = set()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        nom = path.relative_to(site).as_posix()
        if nom in _LEFT_OUT or nom.split("/")[0] in _LEFT_OUT_FOLDERS:
            continue
        octets = path.read_bytes()
        if path.suffix == ".html":
            html = octets.decode()
            entrees.update(modules_of(nom, html))
            octets = make_page(nom, html).encode()
        yield SiteFile(nom, octets)
    yield SiteFile(SCRIPT, make_script(site, entrees, tete).encode())
    for pattern in _READ_BY_SCRIPTS:
        for path in sorted(site.glob(pattern)):
            yield _donnee(path.relative_to(site).as_posix(), path.read_bytes())


def _donnee(nom: str, octets: bytes) -> SiteFile:
    """The script that gives a file: a text as it is, other bytes in base64."""
    zipped = nom.endswith(".gz")
    value = {"octets": base64.b64encode(octets).decode()} if zipped else {"texte": octets.decode()}
    call = f"inspiractionsDonnee({json.dumps(nom)},{json.dumps(value, ensure_ascii=False)});\n"
    return SiteFile(f"{nom}.js", call.encode())


def make_notices(root: Path, identity: Identity, site_url: str, recits: int, maj: date) -> list[SiteFile]:
    """``maj``: the newest date of the bank, which is the version of the archive."""
    jour, description = labels.jour(maj), identity.description or identity.subject
    modele = find(root, "templates/archive/LISEZ-MOI.txt").read_text("utf-8")
    lisez_moi = modele.format(
        nom_capitales=identity.nom.upper(),
        devise=textwrap.fill(identity.tagline, 70),
        licence=identity.licence.nom,
        adresse_licence=identity.licence.adresse,
        citation=_wrapped(f"{identity.editeur} ({maj.year}). {identity.data_title}, état au {jour}. {site_url}"),
        site_url=site_url,
        recits=recits,
        jour=jour,
    )
    citation = {
        "cff-version": "1.2.0",
        "message": "Si vous réutilisez cette banque, citez-la ainsi ; pour un seul récit, citez sa page.",
        "title": identity.data_title,
        "type": "dataset",
        "authors": [{"name": identity.editeur}],
        "abstract": description,
        "keywords": list(identity.mots_cles) or [identity.nom],
        **({"license": identity.licence.code} if identity.licence.code else {"license-url": identity.licence.adresse}),
        "url": site_url,
        "version": maj.isoformat(),
        "date-released": maj.isoformat(),
    }
    codemeta = {
        "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
        "@type": "Dataset",
        "name": identity.nom,
        "description": description,
        "author": [{"@type": "Organization", "name": identity.editeur}],
        "license": identity.licence.adresse,
        "inLanguage": "fr",
        "keywords": list(identity.mots_cles),
        "url": site_url,
        "version": maj.isoformat(),
        "dateModified": maj.isoformat(),
    }
    return [
        # A value in JSON is one in YAML.
        SiteFile("CITATION.cff", "".join(f"{key}: {_json(value)}\n" for key, value in citation.items()).encode()),
        # The mark and the line ends that the simplest text editors of Windows expect.
        SiteFile("LISEZ-MOI.txt", b"\xef\xbb\xbf" + lisez_moi.replace("\n", "\r\n").encode()),
        SiteFile("codemeta.json", (json.dumps(codemeta, ensure_ascii=False, indent=2) + "\n").encode()),
    ]


def _wrapped(text: str) -> str:
    return textwrap.fill(
        text, 70, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
