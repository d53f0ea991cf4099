"""What ``theme/settings.py`` asks of an engine, of each: docs/adr/002-le-cadre.md. The pages are judged by « make moteurs »."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.memo import Memo
from inspiractions.theme import mkdocs, zensical
from inspiractions.theme.frames import FRAMES, Frames, make_frames
from inspiractions.theme.mkdocs import read_project
from inspiractions.theme.settings import ENGINES, Engine, FrameError

_WITHOUT = pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="Zensical : make moteurs")
MOTEURS = [pytest.param(name, marks=[_WITHOUT] if name == "zensical" else []) for name in ENGINES]
RENDER: dict[str, Engine] = {"mkdocs": mkdocs.render, "zensical": zensical.render}
_STYLES = re.compile(r'<link rel="stylesheet"[^>]*>\s*')


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """Three pages: one bears a frame, one names the other, one is left out."""
    docs = tmp_path / "docs"
    (docs / "suite").mkdir(parents=True)
    (docs / "adr").mkdir()
    (docs / "index.md").write_text('---\ncadre: accueil\ntitle: "A & <b>"\n---\n', "utf-8")
    (docs / "suite" / "page.md").write_text(
        "---\ndescription: Un « mot »\n---\n\n# L'été\n\n[Accueil](../index.md) ‹courriel›\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n!!! note\n    Retenu.\n",
        "utf-8",
    )
    (docs / "suite" / "photo.svg").write_text("<svg/>", "utf-8")
    (docs / "adr" / "001.md").write_text("# Interne\n\n[mort](rien.md)\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Essai\nsite_url: https://exemple.fr/banque/\nextra: {courriel: boite@exemple.fr}\nplugins: []\n"
        "exclude_docs: |\n  adr/\ntheme: {name: material, language: fr, font: false, favicon: suite/photo.svg}\n"
        "markdown_extensions: [admonition, attr_list, tables]\nextra_css: []\n"
        "nav:\n  - Accueil: index.md\n  - Suite:\n      - suite/page.md\n",
        "utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("moteur", MOTEURS)
def test_un_moteur_rend_les_pages_et_leurs_marques(racine: Path, tmp_path: Path, moteur: str) -> None:
    folder = tmp_path / "travail" / "rendu"
    RENDER[moteur](replace(read_project(racine)[0], docs=racine / "docs"), folder)
    cadre = (folder / "index.html").read_text("utf-8")
    marks = ["titre", "description", "canonique", "tete", "onglet", "contenu"]
    assert sorted(re.findall(r"&#xE001;(\w+)&#xE002;", cadre)) == sorted(marks)
    page = (folder / "suite" / "page" / "index.html").read_text("utf-8")
    assert "<title>L'été – Essai</title>" in page
    assert '<meta name="description" content="Un « mot »">' in page
    assert '<link rel="canonical" href="https://exemple.fr/banque/suite/page/">' in page
    assert '<a href="mailto:boite@exemple.fr">' in page
    assert '<a class="onglets__lien" href="./" aria-current="true">Suite</a>' in page
    assert '<div class="admonition note">' in page
    assert "<th>a</th>" in page
    assert '<a href="../../">Accueil</a>' in page.replace('"../.."', '"../../"')
    assert "Page introuvable" in (folder / "404.html").read_text("utf-8")
    assert (folder / "suite" / "photo.svg").read_text("utf-8") == "<svg/>"
    assert not (folder / "adr").exists()
    # Each style that a page asks for is there, and no script of the theme.
    for name in re.findall(r'rel="stylesheet" href="([^"]*)"', page):
        if "assets/css" not in name:
            assert (folder / "suite" / "page" / name).is_file(), name
    assert not (folder / "assets" / "javascripts").exists()


@pytest.mark.parametrize("moteur", MOTEURS)
def test_un_lien_mort_arrete_la_construction(racine: Path, tmp_path: Path, moteur: str) -> None:
    (racine / "docs" / "suite" / "page.md").write_text("# Page\n\n[mort](rien.md)\n", "utf-8")
    with pytest.raises(FrameError, match=r"rien\.md") as refus:
        make_frames(racine, tmp_path / "travail", Memo(None, b""), b"", engine=moteur)
    assert "\x1b" not in str(refus.value)


@_WITHOUT
def test_les_deux_moteurs_font_les_memes_cadres(tmp_path: Path) -> None:
    """Of the real ``docs/``: what stands around the content of a page differs by the theme's style sheets and empty lines alone."""

    def bare(frames: Frames) -> dict[str, list[str]]:
        return {
            name: [" ".join(_STYLES.sub("", part).split()) for part in frame.parts]
            for name, frame in frames.frames.items()
        }

    one, other = (make_frames(PROJECT, tmp_path / name, Memo(None, b""), b"", engine=name) for name in ENGINES)
    assert set(one.frames) >= set(FRAMES)
    assert bare(one) == bare(other)
    assert one.settings == other.settings
    pages = [{name for name, _ in frames.hand_written() if name.endswith(".html")} for frames in (one, other)]
    assert pages[0] == pages[1]


def test_sans_zensical_la_phrase_dit_quoi_ecrire(racine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(FrameError, match="make moteurs"):
        zensical.render(read_project(racine)[0], tmp_path / "rendu")
