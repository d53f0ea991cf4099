"""The archive: one ZIP, the same bytes for the same site.

What stands beside the site in the archive: how to open it, how to cite it (CITATION.cff 1.2, CodeMeta 2).
"""

from __future__ import annotations

import base64
import json
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from inspiractions.base.files import MARK, open_whole
from inspiractions.base.outputs import SiteFile
from inspiractions.base.paths import find
from inspiractions.documents.archive.offline import SCRIPT, make_page, make_script, modules_of
from inspiractions.model.identity import Identity
from inspiractions.story import labels

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
