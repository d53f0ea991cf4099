from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from inspiractions.base.files import PROJECT
from inspiractions.build.loading import load_dossiers
from inspiractions.cli.main import main
from inspiractions.model.banque import Banque


class _Listed(HTMLParser):
    """The actions that a page lists: those that have a card, then those that have a line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        # The tag that ends the card or the title of the line one is in.
        self._end = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if not self._end and (tag == "article" or values.get("class") == "lignes__titre"):
            self._end = tag
        if tag == "a" and self._end and "/actions/" in (values["href"] or ""):
            self.ids.append(str(values["href"]).split("/")[-2])

    def handle_endtag(self, tag: str) -> None:
        self._end = "" if tag == self._end else self._end


def test_les_dossiers_du_projet_sont_justes(banque_reelle: Banque) -> None:
    dossiers, problems = load_dossiers(banque_reelle)
    assert problems == []
    assert len(dossiers) >= 14
    for dossier in dossiers:
        mots = len(dossier.source.body.split())
        assert 350 <= mots <= 600, (dossier.id, mots)
        assert 4 <= len(dossier.epinglees) <= 6, dossier.id


def test_la_page_montre_les_epinglees_d_abord_et_pas_les_exclues(banque_reelle: Banque, site: Path) -> None:
    for dossier in load_dossiers(banque_reelle)[0]:
        html = (site / dossier.chemin / "index.html").read_text("utf-8")
        assert _Listed(html).ids == [a.id for a in dossier.actions]
        assert [a.id for a in dossier.epinglees] == list(dossier.entete.epingles)
        assert not {a.id for a in dossier.actions} & set(dossier.entete.exclues)
        assert f'<h2 id="h-selection">{len(dossier.actions)} action' in html
        assert f'href="../../explorer/{dossier.adresse.replace("&", "&amp;")}"' in html


def test_les_projets_sont_ranges_a_part(banque_reelle: Banque, site: Path) -> None:
    dossiers, _ = load_dossiers(banque_reelle)
    projets = [d for d in dossiers if d.entete.genre == "projet"]
    assert len(projets) == 8
    apercu, accueil, entrees = (
        (site / name / "index.html").read_text("utf-8").partition(mark)[2].partition("</section>")[0]
        for name, mark in (
            ("dossiers", 'id="par-ou-commencer"'),
            ("", 'id="h-projets"'),
            ("entrees", 'id="h-projets"'),
        )
    )
    for dossier in dossiers:
        is_listed = dossier in projets
        assert (f'href="../{dossier.chemin}"' in apercu) == is_listed
        assert (f'href="./{dossier.chemin}"' in accueil) == is_listed
        assert (f'href="../{dossier.chemin}"' in entrees) == is_listed


def test_le_plan_et_le_plan_pour_robots_les_nomment(banque_reelle: Banque, site: Path) -> None:
    plan, robots = ((site / n).read_text("utf-8") for n in ("plan-du-site/index.html", "sitemap.xml"))
    for dossier in load_dossiers(banque_reelle)[0]:
        assert f'href="../{dossier.chemin}"' in plan
        assert f"/{dossier.chemin}</loc>" in robots


def test_une_action_sait_dans_quels_dossiers_elle_est(banque_reelle: Banque) -> None:
    dossiers, _ = load_dossiers(banque_reelle)
    by_action = replace(banque_reelle, dossiers=dossiers).dossiers_de
    assert set(by_action) == {a.id for d in dossiers for a in d.actions}
    assert all(any(a.id == identifiant for a in d.actions) for identifiant, some in by_action.items() for d in some)


def test_une_autre_racine_n_a_pas_ceux_du_projet(racine: Path, ecrire: object, partage: None) -> None:
    ecrire()
    assert (PROJECT / "dossiers").is_dir()
    assert main(["build", "--root", str(racine)]) == 0
    assert "Aucun dossier n’est encore publié" in (racine / "site/dossiers/index.html").read_text("utf-8")


def test_exclure_toute_la_selection_est_une_faute(racine: Path, ecrire: object, problemes: object) -> None:
    ecrire()
    (racine / "dossiers").mkdir()
    (racine / "dossiers" / "marcher.md").write_text(
        "---\ntitre: Marcher\nresume: Un dossier.\nselection: ?theme=sport-sante\nexclues: [aubervilliers-marche]\n"
        "date_publication: 2026-01-31\n---\n\nUne introduction.\n",
        "utf-8",
    )
    assert list(map(str, problemes())) == [
        "dossiers/marcher.md:5: « exclues » écarte toute la sélection : gardez au moins une action."
    ]


def test_une_action_renommee_donne_son_nouveau_nom(racine: Path, ecrire: object, problemes: object) -> None:
    ecrire(anciens_ids="[aubervilliers-promenade]")
    (racine / "dossiers").mkdir()
    (racine / "dossiers" / "marcher.md").write_text(
        "---\ntitre: Marcher\nresume: Un dossier.\nselection: ?theme=sport-sante\nepingles: [aubervilliers-promenade]\n"
        "date_publication: 2026-01-31\n---\n\nUne introduction.\n",
        "utf-8",
    )
    assert list(map(str, problemes())) == [
        "dossiers/marcher.md:5: l’action « aubervilliers-promenade » a changé de nom : écrivez « aubervilliers-marche »."
    ]
