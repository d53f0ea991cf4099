"""The floors of ``banque/``: a module imports only from lower floors; frameworks stay at the edge."""

from __future__ import annotations

import ast

import pytest

from banque.racine import MAISON

FLOORS = (
    "problem racine text page sections questionnaire word",
    "source confidentialite images links markdown staging exports.sitemap normaliser search.annexes search.fichiers",
    "vocabulaire territoire vides importer.archive importer.document importer.symboles",
    "champs points formulaires enquetes vierge importer.numerotation importer.flux",
    "parties schema synthese importer.docx importer.etiquettes",
    "action importer.reperage",
    "parse libelles canonique importer.inference importer.reste importer.partenaires",
    "forme importer.lecture importer.conversion",
    "banque importer.marges",
    "forge importer.extraction",
    "gabarits figures.carte rules.entete rules.illustrations rules.recit rules.vie_privee search.textes",
    "search.cartes search.facettes search.postings exports.lunr_index",
    "rules.ensemble pages.cartes",
    "rules",
    "questions importer.deduction importer.prive importer.markdown",
    "nouvelle importer.brouillon importer.enquete",
    "importer.depot",
    "pages.index pages.recit pages.verifications",
    "pages.territoires pages.accueil pages.explorer search",
    "pages.plan papier",
    "pages",
    "formulaire frame serve",
    "site",
    "francais",
    "cli",
)
FLOOR = {nom: i for i, noms in enumerate(FLOORS) for nom in noms.split()}
FICHIERS = {
    ".".join(p.relative_to(MAISON / "banque").with_suffix("").parts).removesuffix(".__init__"): p
    for p in sorted((MAISON / "banque").rglob("*.py"))
}
EDGE = {
    "mkdocs": {"frame", "serve"},
    "jinja2": {"gabarits"},
    "markupsafe": {"gabarits", "pages.cartes", "pages.recit", "pages.territoires", "figures.carte"},
    "yaml": {"source", "canonique"},
    "frontmatter": {"source"},
    "time": {"cli"},
    "PIL": {"images"},
}


def _imports(nom: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(FICHIERS[nom].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            subs = {f"{module}.{a.name}" for a in node.names}
            found |= {s if s.removeprefix("banque.") in FICHIERS else module for s in subs}
    return found


@pytest.mark.parametrize("nom", [nom for nom in FICHIERS if nom not in ("__init__", "exports", "figures", "importer")])
def test_un_module_ne_connait_que_les_etages_du_dessous(nom: str) -> None:
    floor = FLOOR[nom]
    used = {i.removeprefix("banque.") for i in _imports(nom) if i.startswith("banque.")}
    assert {u for u in used if FLOOR[u] >= floor} == set()


@pytest.mark.parametrize("outil", EDGE)
def test_les_cadriciels_restent_au_bord(outil: str) -> None:
    assert {n for n in FICHIERS if outil in {i.split(".")[0] for i in _imports(n)}} <= EDGE[outil]


def test_seule_la_commande_parle() -> None:
    def prints(nom: str) -> bool:
        calls = (n for n in ast.walk(ast.parse(FICHIERS[nom].read_text("utf-8"))) if isinstance(n, ast.Call))
        return any(isinstance(c.func, ast.Name) and c.func.id == "print" for c in calls)

    assert [nom for nom in FICHIERS if prints(nom)] == ["cli"]


def test_un_module_tient_en_300_lignes() -> None:
    assert {n: k for n, p in FICHIERS.items() if (k := len(p.read_text("utf-8").splitlines())) > 300} == {}
