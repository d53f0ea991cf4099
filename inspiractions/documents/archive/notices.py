"""What stands beside the site in the archive: how to open it, how to cite it (CITATION.cff 1.2, CodeMeta 2)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from inspiractions.base.outputs import Fichier
from inspiractions.base.paths import find
from inspiractions.story import labels


def make_notices(root: Path, site_url: str, recits: int, maj: date) -> list[Fichier]:
    """``maj``: the newest date of the bank, which is the version of the archive."""
    modele = find(root, "templates/archive/LISEZ-MOI.txt").read_text("utf-8")
    lisez_moi = modele.format(site_url=site_url, recits=recits, jour=labels.jour(maj), annee=maj.year)
    citation = find(root, "CITATION.cff").read_text("utf-8")
    citation += f'url: "{site_url}"\nversion: "{maj.isoformat()}"\ndate-released: "{maj.isoformat()}"\n'
    codemeta = json.loads(find(root, "codemeta.json").read_text("utf-8"))
    codemeta |= {"url": site_url, "version": maj.isoformat(), "dateModified": maj.isoformat()}
    return [
        Fichier("CITATION.cff", citation.encode()),
        # The mark and the line ends that the simplest text editors of Windows expect.
        Fichier("LISEZ-MOI.txt", b"\xef\xbb\xbf" + lisez_moi.replace("\n", "\r\n").encode()),
        Fichier("codemeta.json", (json.dumps(codemeta, ensure_ascii=False, indent=2) + "\n").encode()),
    ]
