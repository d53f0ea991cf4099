"""Templates that a content tree brings print, and reach nothing else (Jinja's sandbox)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Page
from inspiractions.theme.frames import make_frames
from inspiractions.theme.templates import TemplateRefused, Templates

# From a text to every class that the process knows, then to whatever they can do.
ACTS = "{{ ''.__class__.__mro__[-1].__subclasses__() }}"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (ACTS, "__class__"),
        ("{{ inconnu }}", "inconnu"),
        ("{% for %}", "Expected an expression"),
        ("<p>Bonjour</p>", ""),
    ],
)
def test_a_template_of_a_content_tree_reaches_no_code(racine: Path, written: str, told: str) -> None:
    own = racine / "templates/pages/essai.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text(f"<h1>Essai</h1>\n{written}\n", "utf-8")
    templates = Templates(racine)
    if not told:
        assert templates.render("essai") == "<h1>Essai</h1>\n<p>Bonjour</p>"
        return
    with pytest.raises(TemplateRefused, match=r"^templates/pages/essai\.html\.j2:2: ") as error:
        templates.render("essai")
    assert told in str(error.value)


def test_the_macros_that_every_template_knows_reach_no_code(racine: Path) -> None:
    own = racine / "templates/parts/macros.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text(f"{ACTS}\n", "utf-8")
    with pytest.raises(TemplateRefused, match=r"^templates/parts/macros\.html\.j2:1: .*__class__"):
        Templates(racine)


def test_the_frame_of_a_content_tree_reaches_no_code(racine: Path, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "templates/theme", racine / "templates/theme")
    (racine / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    main = racine / "templates/theme/main.html"
    text = main.read_text("utf-8")
    assert "{% block container %}" in text
    main.write_text(text.replace("{% block container %}", "{% block container %}<p>Ici</p>"), "utf-8")
    frames = make_frames(racine, tmp_path / "travail", Memo(None, b""), b"")
    assert "<p>Ici</p>" in frames.fill(Page("ages/", "entrees", "Âges", "", "<p>contenu</p>"))
    main.write_text(text.replace("{% block container %}", f"{{% block container %}}{ACTS}"), "utf-8")
    with pytest.raises(TemplateRefused, match=r"^templates/theme/main\.html:50: .*__class__"):
        make_frames(racine, tmp_path / "travail", Memo(None, b""), b"")
