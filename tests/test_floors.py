"""The floors of ``inspiractions/``: a module imports only from lower floors; frameworks stay at the edge."""

from __future__ import annotations

import ast

import pytest

from inspiractions.base.paths import PROJECT

FLOORS = (
    "archive.pages archive.scripts exports.sitemap figures.contours figures.paliers francais importer.archive importer.document importer.docx_xml importer.symboles page problem questionnaire racine reserve sections tableur text word writing",
    "budgets commandes.sortie confidentialite depot digests encoding exports.entetes figures.carte forge images importer.flux importer.numerotation jetons links lot markdown normaliser octets serve staging terrain vierge",
    "archive.paquet figures.vignette importer.docx importer.etiquettes importer.markdown importer.partenaires importer.form_data importer.prive memoire pdf.arbre search.fichiers search.requete source",
    "ateliers frame importer.conversion importer.extract_json importer.reperage territoire vides vocabulaire",
    "champs chantier enquetes figures.situation formulaires importer.deduction importer.inference importer.reste points",
    "importer.lecture parties schema synthese",
    "action importer.marges importer.orphelins",
    "canonique dossier importer.extraction lettre.choix libelles parse schemas",
    "archive.notices banque forme gabarits importer.enquete",
    "concepts couverture exports.territoires formulaire identite importer.proposals pdf.recueils permaliens proches rules.entete rules.illustrations rules.recit rules.vie_privee search.facettes search.textes",
    "commandes.campagnes exports.carnet exports.couverture exports.lunr_index exports.redirections exports.vocabulaires importer.brouillon inventaire listes pages.cartes recit rules.dossiers rules.ensemble rules.permanence search.annexes selection",
    "annonces citations dependances dossiers enregistrement exports.catalogue exports.illustrations lettre.contenu pages.carnet pages.champs pages.enquetes pages.fils pages.index pages.redirections pdf.document rules search.cartes search.postings",
    "exports.flux exports.geojson exports.oai exports.oembed exports.openapi exports.tableau exports.vignettes lettre.formes pages.accueil pages.campagnes pages.couverture pages.donnees pages.dossiers pages.explorer pages.integrations pages.lieux pages.paroles pages.recit pages.verifications pdf.presse questions search.garde",
    "exports.paquet exports.pieces lettre.archives lettre.courriel nouvelle pages.chiffres pages.plan pages.territoires pdf.tirage search",
    "exports.api importer.depot pages",
    "exports.donnees",
    "lots",
    "site",
    "commandes.archive commandes.arrets commandes.documents commandes.fiches commandes.lettre",
    "commandes.construire",
    "cli",
)
FLOOR = {nom: i for i, noms in enumerate(FLOORS) for nom in noms.split()}
FICHIERS = {
    ".".join(p.relative_to(PROJECT / "inspiractions").with_suffix("").parts).removesuffix(".__init__"): p
    for p in sorted((PROJECT / "inspiractions").rglob("*.py"))
}
EDGE = {
    "mkdocs": {"frame", "serve"},
    "jinja2": {"gabarits"},
    "markupsafe": {"gabarits", "pages.accueil", "pages.cartes", "pages.donnees", "pages.dossiers", "pages.recit"},
    "yaml": {"canonique", "source"},
    "frontmatter": {"source"},
    "time": {"commandes.construire", "commandes.sortie"},
    "PIL": {"exports.vignettes", "figures.vignette", "images"},
    "typst": {"pdf.presse"},
}


def _imports(nom: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(FICHIERS[nom].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            subs = {f"{module}.{a.name}" for a in node.names}
            found |= {s if s.removeprefix("inspiractions.") in FICHIERS else module for s in subs}
    return found


@pytest.mark.parametrize(
    "nom",
    [
        nom
        for nom in FICHIERS
        if nom not in ("__init__", "archive", "lettre", "commandes", "exports", "figures", "importer", "pdf")
    ],
)
def test_un_module_ne_connait_que_les_etages_du_dessous(nom: str) -> None:
    floor = FLOOR[nom]
    used = {i.removeprefix("inspiractions.") for i in _imports(nom) if i.startswith("inspiractions.")}
    assert {u for u in used if FLOOR[u] >= floor} == set()


@pytest.mark.parametrize("outil", EDGE)
def test_les_cadriciels_restent_au_bord(outil: str) -> None:
    assert {n for n in FICHIERS if outil in {i.split(".")[0] for i in _imports(n)}} <= EDGE[outil]


def test_seule_la_commande_parle() -> None:
    def prints(nom: str) -> bool:
        calls = (n for n in ast.walk(ast.parse(FICHIERS[nom].read_text("utf-8"))) if isinstance(n, ast.Call))
        return any(isinstance(c.func, ast.Name) and c.func.id == "print" for c in calls)

    assert {nom for nom in FICHIERS if prints(nom)} <= {"cli", *(n for n in FICHIERS if n.startswith("commandes."))}


def test_un_module_tient_en_300_lignes() -> None:
    assert {n: k for n, p in FICHIERS.items() if (k := len(p.read_text("utf-8").splitlines())) > 300} == {}
