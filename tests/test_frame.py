from __future__ import annotations

from pathlib import Path

import pytest

from banque.frame import Frame, FrameError, make_frames
from banque.memoire import Memoire
from banque.page import BASE, Page


def test_un_cadre_se_remplit_et_ses_liens_deviennent_relatifs() -> None:
    frame = Frame(("<title>", "titre", f'</title><a href="{BASE}">', "contenu", ""))
    page = Page("ages/0-3/", "c", "A & B", "", f'<a href="{BASE}actions/">l\'eau ;</a>')
    html = frame.fill(page, "Site", "https://x.fr/")
    assert html == '<title>A &amp; B – Site</title><a href="../../"><a href="../../actions/">l’eau\u202f;</a>'


def test_un_avertissement_de_mkdocs_arrete_la_construction(racine: Path, tmp_path: Path) -> None:
    (racine / "docs").mkdir()
    (racine / "docs" / "index.md").write_text("# Accueil\n\n[mort](rien.md)\n", "utf-8")
    with pytest.raises(FrameError, match=r"rien\.md"):
        make_frames(racine, tmp_path / "travail", Memoire(None, b""), b"")
