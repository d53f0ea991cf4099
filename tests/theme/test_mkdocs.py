from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import BASE, FramePage, Page
from inspiractions.theme.frames import Frame, make_frames
from inspiractions.theme.mkdocs import read_settings
from inspiractions.theme.settings import FrameError, check_configuration


def test_un_cadre_se_remplit_et_ses_liens_deviennent_relatifs() -> None:
    frame = Frame(FramePage("accueil", "", "", ""), ("<title>", "titre", f'</title><a href="{BASE}">', "contenu", ""))
    page = Page("ages/0-3/", "c", "A & B", "", f'<a href="{BASE}actions/">l\'eau ;</a>')
    html = frame.fill(page, "Site", "https://x.fr/")
    assert html == '<title>A &amp; B – Site</title><a href="../../"><a href="../../actions/">l’eau\u202f;</a>'


def test_un_avertissement_de_mkdocs_arrete_la_construction(racine: Path, tmp_path: Path) -> None:
    (racine / "docs").mkdir()
    (racine / "docs" / "index.md").write_text("# Accueil\n\n[mort](rien.md)\n", "utf-8")
    with pytest.raises(FrameError, match=r"rien\.md"):
        make_frames(racine, tmp_path / "travail", Memo(None, b""), b"")


@pytest.mark.parametrize(
    ("ecrite", "lue"),
    [
        ("https://exemple.fr/banque", "https://exemple.fr/banque/"),
        ("https://exemple.fr/banque/", "https://exemple.fr/banque/"),
        ("https://exemple.fr", "https://exemple.fr/"),
        ("", "/"),
    ],
)
def test_l_adresse_du_site_finit_par_une_barre(racine: Path, ecrite: str, lue: str) -> None:
    (racine / "mkdocs.yml").write_text(f"site_name: Essai\nsite_url: {ecrite}\n", "utf-8")
    assert read_settings(racine).site_url == lue


def test_les_commandes_et_le_site_lisent_les_memes_reglages(racine: Path, tmp_path: Path) -> None:
    texte = (PROJECT / "mkdocs.yml").read_text("utf-8")
    assert "\nsite_url: https://inspiractions.example/\n" in texte
    texte = texte.replace("\nsite_url: https://inspiractions.example/\n", "\nsite_url: https://exemple.fr/banque\n")
    (racine / "mkdocs.yml").write_text(texte + "repo_url: https://github.com/ville/banque\n", "utf-8")
    frames = make_frames(racine, tmp_path / "travail", Memo(None, b""), b"")
    assert frames.settings == read_settings(racine)
    # The branch is the one that the file names, or « main », never MkDocs' guess (« master »).
    assert frames.settings.forge.modifier("a").endswith("/edit/main/actions/a.md")
    assert frames.settings.base_path == "/banque/"


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("site_name: A\nsite_url: exemple.fr/banque\n", "mkdocs.yml:2: « site_url: exemple.fr/banque » : écrivez une"),
        ("site_name: A\nsite_url: https://exemple.fr/?page=1\n", "mkdocs.yml:2: « site_url:"),
        ("site_name: A\nsite_url: [a]\n", "mkdocs.yml:2: « site_url:"),
        ("site_name: A\n\ninconnue: 1\n", "mkdocs.yml:3: « inconnue » :"),
        ("site_name: [A\n", "mkdocs.yml n’est pas du YAML"),
        ("site_name: A\nextra: [a]\n", "mkdocs.yml:2: « extra » :"),
        ("site_name: A\ntheme: {name: inconnu}\n", "mkdocs.yml:2: « theme » :"),
        ("site_name: A\ntheme: {palette: 3}\n", "mkdocs.yml:2: « theme » :"),
        ("site_name: A\nmarkdown_extensions: [inconnue]\n", "mkdocs.yml:2: « markdown_extensions » :"),
        ("site_name: A\nnav: 3\n", "mkdocs.yml:2: « nav » :"),
        ("3\n", "mkdocs.yml n’est pas du YAML"),
        ("site_name: A\nrepo_url: http://github.com/a/b\n", "mkdocs.yml : repo_url « http://github.com/a/b »"),
    ],
)
def test_un_reglage_fautif_dit_sa_ligne_et_quoi_ecrire(racine: Path, texte: str, dit: str) -> None:
    (racine / "mkdocs.yml").write_text(texte, "utf-8")
    with pytest.raises(FrameError) as refus:
        read_settings(racine)
    assert dit in str(refus.value)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("site_name: !!python/object/apply:os.system ['touch execute']\n", "mkdocs.yml:1: étiquette « python/object/apply:os.system »"),
        ("site_name: A\nextra: {a: [!ENV HOME]}\n", "mkdocs.yml:2: étiquette « !ENV »"),
        ("site_name: A\nhooks: [agit.py]\n", "mkdocs.yml:2: « hooks » refusé"),
        ('site_name: A\n"hooks": [agit.py]\n', "mkdocs.yml:2: « hooks » refusé"),
        ("{site_name: A, hooks: [agit.py]}\n", "mkdocs.yml:1: « hooks » refusé"),
        ("x: &x {hooks: [agit.py]}\n<<: *x\n", "mkdocs.yml:2: « << » refusé"),
        ("site_name: A\nINHERIT: autre.yml\n", "mkdocs.yml:2: « INHERIT » refusé"),
        ("site_name: A\nplugins: [agit]\n", "mkdocs.yml:2: « plugins » : un greffon"),
        ("{site_name: A, plugins: [agit]}\n", "« plugins » : un greffon"),
        ("site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets: {base_path: [/]}\n", "« pymdownx.snippets » : seules le sont"),
        ("site_name: A\nextra_javascript: [//pisteur.example/x.js]\n", "« extra_javascript » : « //pisteur.example/x.js » vient d’ailleurs"),
        ("site_name: A\nextra_css: ['\\\\pisteur.example\\x']\n", "« extra_css » :"),
        ("site_name: <script>x</script>\n", "mkdocs.yml:1: « site_name » : « <script>"),
        ("site_name: A\nnav: [{'<b>': index.md}]\n", "mkdocs.yml:2: « nav » : « <b> »"),
        ("site_name: A\nnav: [{a: 'javascript:x'}]\n", "mkdocs.yml:2: « nav » : « javascript:x »"),
        ("site_name: A\nextra: {courriel: 'a\"><b>'}\n", "mkdocs.yml:2: « extra » : « a"),
        ("site_name: A\nextra: {analytics: {provider: google}}\n", "« extra » : « analytics »"),
        ("site_name: A\ntheme: {name: material, font: {text: Roboto}}\n", "« theme » : « font »"),
        ("site_name: A\ntheme: {name: material, logo: https://pisteur.example/x}\n", "« theme » : « logo:"),
    ],
)  # fmt: skip
def test_un_reglage_n_agit_pas(
    racine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, texte: str, attendu: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (racine / "mkdocs.yml").write_text(texte, "utf-8")
    (racine / "agit.py").write_text(f"open({str(tmp_path / 'execute')!r}, 'w').close()\n", "utf-8")
    with pytest.raises(FrameError) as error:
        read_settings(racine)
    assert attendu in str(error.value)
    assert not (tmp_path / "execute").exists()


def test_un_mkdocs_yml_sans_theme_ne_fait_pas_de_pages_vides(racine: Path, tmp_path: Path) -> None:
    (racine / "mkdocs.yml").write_text("site_name: A\n", "utf-8")
    frames = make_frames(racine, tmp_path / "travail", Memo(None, b""), b"")
    # The theme, the menu and the styles are the product's.
    html = frames.fill(Page("ages/", "entrees", "Âges", "", "<p>contenu</p>"))
    assert "<p>contenu</p>" in html
    assert 'class="entete"' in html
    assert 'href="../explorer/"' in html
    assert 'rel="stylesheet"' in html


@pytest.mark.parametrize(
    ("texte", "dits"),
    [
        ("site_name: A\nsite_url: https://s.example/\n", []),
        ("site_name: [A\nsite_url: https://s.example/\n", ["mkdocs.yml:1: YAML illisible à « site_name: [A » : un crochet"]),
        ("- a\n", ["mkdocs.yml:1: ce fichier doit être une suite de lignes"]),
        ("site_url: https://s.example/\nthème: {name: material}\n", ["mkdocs.yml:2: clé inconnue « thème » : vouliez-vous « theme » ?"]),
        ("site_url: https://s.example/\nqwxz: 1\n", ["mkdocs.yml:2: clé inconnue « qwxz » : ôtez-la, ou"]),
        ("site_name: A\n\nsite_url: s.example\n", ["mkdocs.yml:3: « site_url: » doit donner l’adresse entière"]),
        ("site_name: A\n", ["mkdocs.yml:1: « site_url: » doit donner l’adresse entière"]),
        (
            "site_url: https://s.example/\nnav:\n  - index.md\n  - Aide:\n      - contribuer/fishe.md\n      - https://ville.example/\n",
            ["mkdocs.yml:5: « contribuer/fishe.md » n’est pas une page de docs/"],
        ),
    ],
)  # fmt: skip
def test_check_dit_les_fautes_de_mkdocs_yml(racine: Path, texte: str, dits: list[str]) -> None:
    (racine / "mkdocs.yml").write_text(texte, "utf-8")
    problems = list(check_configuration(racine))
    assert len(problems) == len(dits)
    assert all(str(problem).startswith(dit) for problem, dit in zip(problems, dits, strict=True))
    # A site that has no address yet can be made: that alone is told, and refuses nothing.
    assert [problem.doubt for problem in problems] == [texte == "site_name: A\n" for _ in problems]


def test_le_modele_de_mkdocs_yml_n_a_pas_de_faute(racine: Path) -> None:
    assert list(check_configuration(PROJECT)) == []
    assert list(check_configuration(racine)) == []
