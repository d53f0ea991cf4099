"""What a content tree holds beside its fiches cannot act, and does not come from elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from inspiractions.base.files import PROJECT
from inspiractions.base.personal_life import read_lexicon
from inspiractions.base.problem import Problem
from inspiractions.rules.sources import check_sources

Verifier = Callable[[], list[Problem]]


@pytest.fixture
def verifier(tmp_path: Path) -> Verifier:
    (tmp_path / "docs").mkdir()
    lexicon = read_lexicon(PROJECT)
    return lambda: [*check_sources(tmp_path, lexicon)]


def test_les_sources_du_projet_passent() -> None:
    assert [*check_sources(PROJECT, read_lexicon(PROJECT))] == []


@pytest.mark.parametrize("place", ["docs/env.txt", "docs/page.md", "docs/dossier", "docs", "vocabulaire/ages.yml", "templates/x.html", "referentiels/prenoms.txt", "mkdocs.yml"])  # fmt: skip
def test_un_lien_symbolique_est_refuse(tmp_path: Path, verifier: Verifier, place: str) -> None:
    path = tmp_path / place
    if place == "docs":
        path.rmdir()
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("/proc/self" if place.endswith(("docs", "dossier")) else "/proc/self/environ")
    assert [(p.path, "lien symbolique" in p.message, p.doubt) for p in verifier()] == [(place, True, False)]


@pytest.mark.parametrize("nom", ["a.html", "a.svg", "a.js", "a.htm", "a.xhtml", "a.pdf", "a.docx", "a.SVG", "sous/a.xml", "a", "donnees/autre.html"])  # fmt: skip
def test_un_fichier_actif_est_refuse_hors_d_assets(tmp_path: Path, verifier: Verifier, nom: str) -> None:
    for folder, count in (("docs/assets", 0), ("docs", 1)):
        path = tmp_path / folder / nom
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
        assert [p.rule for p in verifier()] == ["sources"] * count


ACTIFS = [
    "<script>x</script>", "a <script src=x></script>", "<ScRiPt>x</script>", "<form action=x></form>", '<meta http-equiv="refresh" content="0;url=x">',
    "<iframe src=x></iframe>", "<object data=x></object>", "<svg onload=x></svg>", "<math></math>", "<style>x</style>", "<link rel=x href=y>", "<base href=x>",
    "<p onclick=x>a</p>", "a\n{: onclick=x }", "# Titre {onmouseover=x}", "<a href='javascript:x'>a</a>", "[a](javascript:x)", "[a](JaVaScRiPt:x)", "[a](java&#115;cript:x)",
    "[a][r]\n\n[r]: javascript:x", "<a href='&#106;avascript:x'>a</a>", "<a href='java\tscript:x'>a</a>", "[a](data:text/html,x)", "[a](vbscript:x)", "<a href='//x.fr'>a</a>",
    "![a](https://pisteur.example/1.png)", "![a](//pisteur.example/1.png)", "<img src='https://pisteur.example/1.png'>", "![a][r]\n\n[r]: https://pisteur.example/1.png",
    "<div style='background:url(x)'>a</div>", "> <script>x</script>", "- a\n\n    <b>x</b> <embed src=x>", "<button>x</button>", "<input>",
    "![a](/\\evil.example/x.png)", "![a](\\/evil.example/x.png)", "<img src='\\\\evil.example/x.png'>", "<!--><script>x</script>-->", "a <!-->\n\n<script>x</script> -->", "<!-- a --!><script>x</script>-->", "<!---><b onclick=x>a</b>-->", "<video src=x></video>", "<audio></audio>",
]  # fmt: skip


@pytest.mark.parametrize("actif", ACTIFS)
def test_une_page_n_agit_pas(tmp_path: Path, verifier: Verifier, actif: str) -> None:
    (tmp_path / "docs" / "page.md").write_text(f"---\ntitle: x\n---\n\n# Page\n\nTexte.\n\n{actif}\n", "utf-8")
    problems = verifier()
    assert problems, "accepté"
    assert all(p.path == "docs/page.md" and not p.doubt and p.rule == "sources" for p in problems)


@pytest.mark.parametrize("simple", ["`<script>`", "```\n<script>x</script>\n```", "    <script>x</script>", "<https://exemple.fr>", "<b>gras</b>", "[a](../page.md)", "![a](image.png)", "<!-- une note - simple -->", "```\n<!--> <script>\n```", "|a|b|\n|:-|-:|\n|1|2|", "!!! note\n    a", "a < b", "# Titre {#ancre .classe}", "[a](https://exemple.fr/?a=b&c=d)", "[a](mailto:contact@exemple.fr)"])  # fmt: skip
def test_une_page_simple_passe(tmp_path: Path, verifier: Verifier, simple: str) -> None:
    (tmp_path / "docs" / "page.md").write_text(f"# Page\n\n{simple}\n", "utf-8")
    assert verifier() == []


@pytest.mark.parametrize("place", ["docs/tube.md", "docs/tube.png", "docs/assets/tube.css"])
def test_ce_qui_n_est_pas_un_fichier_ordinaire_est_refuse(tmp_path: Path, verifier: Verifier, place: str) -> None:
    (tmp_path / "docs" / "assets").mkdir()
    os.mkfifo(tmp_path / place)
    assert [(p.path, "ordinaire" in p.message) for p in verifier()] == [(place, True)]


def test_une_page_en_majuscules_et_une_fausse_image_sont_refusees(tmp_path: Path, verifier: Verifier) -> None:
    (tmp_path / "docs" / "A.MD").write_text("<script>x</script>")
    (tmp_path / "docs" / "b.png").write_text("<svg onload=x>")
    exif = Image.Exif()
    exif[0x010E] = "lieu"
    Image.new("RGB", (2, 2)).save(tmp_path / "docs" / "c.jpg", exif=exif)
    Image.new("RGB", (2, 2)).save(tmp_path / "docs" / "d.jpg")
    assert [(p.path, p.rule, p.doubt) for p in verifier()] == [
        (f"docs/{n}", "sources", False) for n in ("A.MD", "b.png", "c.jpg")
    ]


def test_une_page_ne_nomme_personne(tmp_path: Path, verifier: Verifier) -> None:
    (tmp_path / "docs" / "page.md").write_text("# Page\n\nÉcrire à Mme Modèle.\n\nMerci à Julie Modèle.\n", "utf-8")
    Image.new("RGB", (2, 2)).save(tmp_path / "docs" / "photo-mme-modele.png")
    assert [(p.path, p.line, p.doubt) for p in verifier()] == [
        ("docs/page.md", 3, False),
        ("docs/page.md", 5, True),
        ("docs/photo-mme-modele.png", 1, True),
    ]


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("docs/Guide.md", "docs/guide.md"),
        ("docs/é.md", "docs/e\u0301.md"),
        ("docs/É.md", "docs/e\u0301.md"),
        ("docs/rue/a.md", "docs/Rue/b.md"),
        ("actions/images/x/Photo.jpg", "actions/images/x/photo.jpg"),
        ("dossiers/straße.md", "dossiers/STRASSE.md"),
        ("vocabulaire/ages.yml", "vocabulaire/Ages.yml"),
    ],
)
def test_deux_noms_que_certains_systemes_confondent_sont_refuses(
    tmp_path: Path, verifier: Verifier, un: str, autre: str
) -> None:
    for name in (un, autre):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("" if not name.endswith("axes.yml") else "[]")
    (problem,) = verifier()
    assert problem.path in (un, autre, "docs/rue")
    assert "que par la casse" in problem.message
    assert not problem.doubt


def test_des_noms_qui_different_autrement_passent(tmp_path: Path, verifier: Verifier) -> None:
    for name in (
        "docs/a.md",
        "docs/à.md",
        "docs/sous/a.md",
        "docs/a-1.md",
        "actions/images/a.jpg",
        "actions/images/a.png",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert verifier() == []
