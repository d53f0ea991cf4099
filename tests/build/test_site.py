"""The built site as a whole: same bytes twice, every page there, nothing missing, nothing too many (tests/pages/test_html.py: each well formed)."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.site import BuildOptions, SiteRefused, build, load_and_check
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES

NOINDEX = '<meta name="robots" content="noindex">'
URL = "https://inspiractions.example/"


def _arbre(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_deux_constructions_donnent_les_memes_octets(site: Path, tmp_path: Path) -> None:
    # The second takes its PDFs from the cache of the first; tests/documents/test_pdf.py prints some anew.
    build(PROJECT, tmp_path / "site", site.parent / "travail")
    un, deux = _arbre(site), _arbre(tmp_path / "site")
    assert set(un) == set(deux)
    assert [nom for nom in un if un[nom] != deux[nom]] == []


def test_chaque_page_dit_son_adresse_et_n_a_plus_de_marque(pages: dict[str, str]) -> None:
    wrong = []
    for chemin, html in pages.items():
        if NOINDEX not in html and f'<link rel="canonical" href="{URL}{chemin}"' not in html:
            wrong.append((chemin, "canonical"))
        if any(mark in html for mark in ("\ue000", "\ue001", "&#xE001;")):
            wrong.append((chemin, "marque"))
    assert wrong == []


def test_le_plan_pour_moteurs_dit_chaque_page_et_rien_d_autre(site: Path, pages: dict[str, str]) -> None:
    addresses = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    assert sorted(addresses) == sorted(URL + chemin for chemin, html in pages.items() if NOINDEX not in html)
    assert len(addresses) == len(set(addresses))


def test_tous_les_recits_et_tous_les_index_sont_la(pages: dict[str, str], banque_reelle: Banque) -> None:
    expected = {"", "actions/", "territoires/", "entrees/", "plan-du-site/", "regions/", "departements/", "villes/"}
    expected |= {"couverture/", "chiffres/"}
    expected |= {f"actions/{p.stem}/" for p in (PROJECT / "actions").glob("*.md")}
    for facette in FACETTES:
        ids = re.findall(r'^- id: "?([^\s"]+)', _vocabulaire(facette.nom_de_liste), re.M)
        expected |= {f"{facette.adresse}/", *(f"{facette.adresse}/{i}/" for i in ids)}
    for action in banque_reelle.actions:
        for ville in action.villes:
            expected |= {f"departements/{ville.departement}/"} if ville.departement else set()
            expected |= {f"villes/{ville.slug}/"} if ville.genre in ("commune", "epci") else set()
            expected.add(f"regions/{banque_reelle.referentiel.slug_of_region(ville.region)}/")
    assert expected - set(pages) == set()


def test_un_brouillon_incomplet_n_arrete_pas_les_autres(ecrire, partage: None, racine: Path) -> None:
    ecrire("publiee")
    ecrire("brouillon", statut="brouillon", titre="Un brouillon", porteur=None)
    assert [p.path for p in load_and_check(racine)[1]] == ["actions/brouillon.md"]
    assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=True)).problems == []
    built = build(racine, racine / "site", racine / "travail", BuildOptions(drafts=True, leger=True))
    assert built.problems == []
    assert built.left_out == ("actions/brouillon.md",)
    assert not (racine / "site" / "actions" / "brouillon").exists()


def test_les_brouillons_ne_se_montrent_que_demandes(ecrire, partage: None, racine: Path) -> None:
    ecrire("prete")
    ecrire("brouillon", statut="brouillon", titre="Un brouillon")
    for drafts in (False, True):
        built = build(racine, racine / "site", racine / "travail", BuildOptions(drafts))
        assert built.problems == []
        assert (racine / "site" / "actions" / "prete").exists()
        assert (racine / "site" / "actions" / "brouillon").exists() == drafts


def test_un_lien_mort_arrete_la_construction_et_garde_le_site(ecrire, partage: None, racine: Path) -> None:
    ecrire()
    shutil.copytree(PROJECT / "docs", racine / "docs")
    build(racine, racine / "site", racine / "travail")
    before = _arbre(racine / "site")
    with (racine / "docs" / "a-propos.md").open("a", encoding="utf-8") as page:
        page.write('\n\n<a href="../nulle-part/">mort</a>\n')
    with pytest.raises(SiteRefused, match="nulle-part"):
        build(racine, racine / "site", racine / "travail")
    assert _arbre(racine / "site") == before


def _vocabulaire(nom: str) -> str:
    return (PROJECT / "vocabulaire" / f"{nom}.yml").read_text("utf-8")


def test_un_recit_s_envoie_par_courriel(pages: dict[str, str]) -> None:
    html = pages["actions/strasbourg-sport-sante-sur-ordonnance/"]
    (href,) = re.findall(r'href="(mailto:\?[^"]*)"', html)
    parts = parse_qs(unescape(href).partition("?")[2])
    assert parts["subject"] == ["Sport-santé sur ordonnance, Strasbourg"]
    assert parts["body"][0].endswith(f"\r\n\r\n{URL}actions/strasbourg-sport-sante-sur-ordonnance/")


def test_une_valeur_se_filtre_dans_l_explorateur(pages: dict[str, str]) -> None:
    assert 'href="../../explorer/?theme=sport-sante">Filtrer ces' in pages["thematiques/sport-sante/"]
