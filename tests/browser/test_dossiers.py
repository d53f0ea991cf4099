"""A dossier shows what the explorer finds at its address; ``inspiractions/search/selection.py`` is the engine's twin."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from inspiractions.build.loading import load_dossiers
from inspiractions.model.banque import Banque
from inspiractions.search.query import understand
from inspiractions.search.selection import Searcher, read_selection

from .explorateur import TITRES, pret, total

DOSSIERS = sorted(path.stem for path in (Path(__file__).parents[2] / "dossiers").glob("*.md"))
OUVRIR = """async () => {
  const { Engine } = await import("/assets/js/search/engine.js");
  const { readState } = await import("/assets/js/explorer/state.js");
  const { understand } = await import("/assets/js/search/query.js");
  const moteur = await Engine.open(async (nom) => (await fetch(`/recherche/${nom}`)).arrayBuffer());
  window.trouver = async (adresse) => {
    const { q, filtres } = readState(adresse);
    const r = await moteur.search({ q, filtres, perPage: 2000, prefix: true });
    return { ids: r.cards.map((card) => card.id), exact: r.mode === "all" && !r.corrections.length,
      annexes: r.extraPages.map((card) => card.url) };
  };
  window.comprendre = (q) => understand(q, moteur.stopWords, moteur.manifest.bounds.words);
}"""
SELECTIONS = (
    "?theme=tabac&theme=alcool", "?age=0-3&age=tous&qpv=oui", "?age=65-plus", "?territoire=r-44&territoire=v-lyon",
    "?territoire=d-93", "?debut=2015&debut=2020&etat=en-cours", "?etat=inconnu&axe=politiques-publiques",
    "?frein=mobilisation-du-public&levier=aller-vers", "?echelle=quartier", "?campagne=asv-2015",
    "?public=precarite", "?determinant=soutien-social", "?connaissance=sources-publiques&qpv=oui",
    "?q=jardin", "?q=permacul", "?q=santé+mentale+des+jeunes", "?q=l’école", "?q=tabac+-lycée", "?q=-quartier",
    "?q=%22conseil+local+de+santé+mentale%22", "?q=%22premiers+jours%22+-narbonne&age=0-3", "?q=Rhône",
    "?q=zut+alors", "?q=medecin+-%22centre+de+sante%22", "?q=alimentation&theme=ruralite", "?q=cantine+bio",
    "?q=logement&qpv=oui&axe=environnements-favorables", "?q=e", "?theme=aidants&q=c’est+de+la", "?q=69", "?q=CLSM+formation+",
    "?q=housing+first", "?q=punaises+de+lit", "?q=mal+bouffe", "?q=cantine+bio+jeunes", "?q=bébé+-3+ans", "?q=-25+ans",
    "?q=gens+à+la+rue", "?q=sport+santé+seniors", "?q=violences+femmes", "?q=addictions+lycéens+prévention", "?q=V.I.H.",
    "?q=été", "?q=isolement+", "?q=heatwave", "?q=1+000+premiers+jours", "?q=CLS&theme=sante-mentale",
    "?q=aider+les+parents+qui+veulent+arrêter+de+fumer", "?q=ceux+qui+dorment+dehors", "?q=CPS+au+collège", "?q=81+cours+d’école",
    "?q=se+laver", "?q=aller+vers+les+jeunes",
)  # fmt: skip


def test_le_generateur_trouve_ce_que_trouve_l_explorateur(moteur: Page, banque_reelle: Banque) -> None:
    chercheur, compared = Searcher(banque_reelle), 0
    for adresse in SELECTIONS:
        selection = read_selection(adresse)
        theirs = moteur.evaluate("(adresse) => trouver(adresse)", selection.adresse)
        if list(chercheur.faults(selection)):
            continue
        compared += 1
        assert theirs["exact"], adresse
        assert sorted(theirs["ids"]) == sorted(a.id for a in chercheur.find(selection)), adresse
    assert compared >= 38


def test_les_deux_lectures_d_une_requete_sont_la_meme(moteur: Page) -> None:
    for q in (
        '"a b" -c "d',
        '- -- -"x y" l\'eau',
        "  jardins  jardin ",
        'x"y z"',
        "-é",
        "œuvre aujourd’hui",
        "",
        "bébé -3 ans",
        "11 -17 ans",
        "de 6 à 12 mois",
        "plus de 60 ans",
        "60 ans et +",
        "moins de 25 ans -alcool",
        "“aller vers” les jeunes",
        "« a b » c",
        "2 897 habitants",
        "V.I.H. C.L.S.M.",
        "plan été",
        "a été",
        "cet été",
        "ete 2023",
        "mémé",
        "sport\u00adsanté",
        "e\u0301cole",
        "-- -1 -a",
        " ".join(f"m{i}" for i in range(40)),
    ):
        theirs, ours = moteur.evaluate("(q) => comprendre(q)", q), understand(q)
        assert [(w["part"], w["stem"]) for w in theirs["words"]] == list(ours.mots), q
        assert (theirs["phrases"], theirs["excluded"]) == ([list(p) for p in ours.phrases], list(ours.exclus)), q
        assert theirs["unfinished"] == ours.derniere, q
        assert (theirs["ages"], set(theirs["optional"])) == ([list(age) for age in ours.ages], ours.facultatifs), q


@pytest.mark.parametrize("identifiant", DOSSIERS)
def test_la_page_montre_ce_que_l_explorateur_trouve(
    fenetre: object, serveur: str, banque_reelle: Banque, identifiant: str
) -> None:
    dossier = next(d for d in load_dossiers(banque_reelle)[0] if d.id == identifiant)
    page = fenetre.open(f"{serveur}/dossiers/{identifiant}/")
    shown = _ids(page, ".section :is(.carte__titre, .lignes__titre) a")
    page.get_by_role("link", name="Ouvrir la sélection dans l’explorateur").click()
    pret(page)
    assert total(page) == dossier.trouvees
    listed: list[str] = []
    for number in range(1, -(-dossier.trouvees // 10) + 1):
        page.goto(f"{serveur}/explorer/{dossier.adresse}&page={number}")
        pret(page)
        listed += _ids(page, f"{TITRES} a")
    assert len(listed) == dossier.trouvees
    assert sorted(shown) == sorted((set(listed) | set(dossier.entete.epingles)) - set(dossier.entete.exclues))


def test_la_recherche_trouve_les_dossiers(moteur: Page, banque_reelle: Banque) -> None:
    for dossier in load_dossiers(banque_reelle)[0]:
        assert dossier.chemin in moteur.evaluate("(q) => trouver(q)", f"?q={dossier.entete.titre}")["annexes"]


def _ids(page: Page, selector: str) -> list[str]:
    hrefs = page.locator(selector).evaluate_all("all => all.map((a) => new URL(a.href).pathname)")
    return [href.split("/")[-2] for href in hrefs]
