"""What people type, in the engine: words that exist, words that do not, glued, cut, begun, said otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from inspiractions.search.stems import stems

from .test_recherche import OUVRIR, chercher, ids

VECTEURS = Path(__file__).parents[1] / "search" / "vectors"
# Words that no récit is about, and that used to be answered as others (peau → eau) or by the whole bank (puces).
PERDUS = ("prostate", "peau", "puces", "poker", "soda", "Caen", "Rouen", "Savoie")
CHERCHER_TOUT = """async (textes) => Promise.all(textes.map(async (q) => {
  const { total, corrections, unknown, lieux } = await moteur.search({ q, prefix: true });
  return { q, total, corrections, unknown, lieux };
}))"""


@pytest.fixture
def moteur(fenetre: object, adresse: Callable[[str], str]) -> Page:
    page = fenetre.open(adresse("a-propos"))
    page.evaluate(OUVRIR)
    return page


def lire(nom: str) -> list[str]:
    return [ligne for ligne in (VECTEURS / nom).read_text("utf-8").splitlines() if ligne and ligne[0] != "#"]


def corrige(moteur: Page, q: str) -> str:
    return " ".join(c["used"] for c in chercher(moteur, q)["corrections"])


@pytest.mark.parametrize(("nom", "combien"), [("mots-francais.txt", 800), ("lieux-sans-action.txt", 300)])
def test_un_mot_qui_existe_n_est_jamais_remplace(moteur: Page, nom: str, combien: int) -> None:
    mots = lire(nom)
    assert len(set(mots)) >= combien
    n = moteur.evaluate("() => moteur.manifest.n")
    for reponse in moteur.evaluate(CHERCHER_TOUT, [*mots, *PERDUS]):
        assert reponse["corrections"] == [], reponse
        assert reponse["total"] < n / 2, reponse
        # A place far from all others has nothing near it: it is said.
        assert reponse["total"] or reponse["unknown"] or reponse["lieux"], reponse


def test_ce_qu_un_recit_ecrit_n_est_jamais_remplace(moteur: Page) -> None:
    """« Duchère » used to be answered as « du cher », « cherchaient » as « cherch aient »."""
    formes = moteur.evaluate(
        """async () => {
          await moteur.openWords();
          const { readTerms } = await import("/assets/js/search/mending.js");
          const { terms } = await readTerms(moteur.lexicon);
          return terms.filter(({ count, form }) => count > 0 && count <= 2 && !/[0-9]/.test(form)).map(({ form }) => form);
        }"""
    )
    assert len(formes) > 2000
    reponses = moteur.evaluate(CHERCHER_TOUT, formes)
    assert {r["q"]: r["corrections"] for r in reponses if r["corrections"] or not r["total"]} == {}


def test_un_numero_n_est_pas_une_faute(moteur: Page) -> None:
    assert [mot["typed"] for mot in chercher(moteur, "2A004")["unknown"]] == ["2a004"]


def test_un_mot_absent_est_dit_et_les_autres_cherches(moteur: Page) -> None:
    reponse = chercher(moteur, "prostate vaccination")
    assert [mot["typed"] for mot in reponse["unknown"]] == ["prostate"]
    assert set(ids(reponse)) == set(ids(chercher(moteur, "vaccination")))
    assert reponse["mode"] == "some"


def test_un_mot_absent_laisse_le_lieu(moteur: Page) -> None:
    reponse, lieu = chercher(moteur, "prostate savoie"), chercher(moteur, "savoie")
    assert [mot["typed"] for mot in reponse["unknown"]] == ["prostate"]
    assert set(ids(reponse)) == set(ids(lieu))


@pytest.mark.parametrize(
    ("tape", "voulu"),
    [
        ("ile de frence", "Île-de-France"),
        ("hautesavoie", "Haute-Savoie"),
        ("bretange suicide", "Bretagne"),
        ("clermon ferrand", "Clermont-Ferrand"),
    ],
)
def test_un_lieu_mal_ecrit_est_un_lieu(moteur: Page, tape: str, voulu: str) -> None:
    reponse = chercher(moteur, tape)
    assert [lieu["place"]["nom"] for lieu in reponse["lieux"]] == [voulu]
    assert len(reponse["corrections"]) == 1


def test_un_mot_coupe_n_est_pas_un_autre_lieu(moteur: Page) -> None:
    """« hautes savoie », out of « hautessavoie », is no Savoie."""
    assert chercher(moteur, "hautessavoie")["lieux"] == []


def test_de_deux_homonymes_celui_qui_repond(moteur: Page) -> None:
    reponse = chercher(moteur, "saint denis bains douches")
    assert ids(reponse) == ["saint-denis-bains-douches-plaine"]
    assert [autre["numero"] for autre in reponse["lieux"][0]["autres"]] == ["974"]


@pytest.mark.parametrize(
    ("tape", "compris"),
    [
        ("farmacie", "pharmacie"),
        ("ordonnanse", "ordonnance"),
        ("mdecin", "medecin"),
        ("alimentatoin", "alimentation"),
        ("vaccinassion", "vaccination"),
        ("cantinne", "cantine"),
        ("mediatrisse", "mediatrices"),
        ("hopitql", "hopital"),
        ("sportsante", "sport sante"),
        ("sansabri", "sans abri"),
        ("covid19", "covid 19"),
        ("bucodentaire", "buccodentaire"),
        ("santemantale", "santé mentale"),
        ("gensduvoyage", "gens voyage"),
        ("rueauxécoles", "rue écoles"),
        ("cencer", "cancer"),  # no « Sancerre », which one récit names
        ("bienêtre", "bien être"),
        ("allervers", "aller vers"),
        ("alécole", "école"),
        ("logementdabord", "logement abord"),
        ("lecole", "l ecole"),
    ],
)
def test_un_mot_qui_n_existe_pas_est_compris(moteur: Page, tape: str, compris: str) -> None:
    reponse = chercher(moteur, tape)
    racines = set(stems(compris))
    assert {racine for c in reponse["corrections"] for racine in stems(c["used"])} == racines
    assert reponse["total"] > 0


@pytest.mark.parametrize(
    ("tape", "voulu", "autre"),
    [
        ("marzis", "marais", "marois"),  # a key beside another
        ("farmasie", "pharmacie", "farmarie"),  # the same sound
        ("vacicnation", "vaccination", "vacimnation"),  # two letters swapped
        ("cantinne", "cantine", "cantinie"),  # a letter doubled
        ("munipal", "municipal", "minipole"),  # two letters left out
    ],
)
def test_chaque_sorte_de_faute_pese(moteur: Page, tape: str, voulu: str, autre: str) -> None:
    """The other one is commoner, and as near but for what the slip is."""
    assert moteur.evaluate(
        """async ([tape, ...lignes]) => {
          const { candidates, parseTerms } = await import("/assets/js/search/corrections.js");
          return candidates(tape, parseTerms(lignes)).map(({ term }) => term.form);
        }""",
        [tape, f"{autre} 20", f"{voulu} 10"],
    )[:1] == [voulu]


def test_un_mot_corrige_est_relu_avec_les_autres(moteur: Page) -> None:
    dents = chercher(moteur, "rage de dnets")
    assert dents["corrections"] == [{"typed": "dnets", "used": "dents"}]
    assert ids(dents) == ids(chercher(moteur, "rage de dents"))
    assert [lieu["place"]["nom"] for lieu in chercher(moteur, "aidants touloue")["lieux"]] == ["Toulouse"]
    # No récit writes « docteur », and « 4eme » is no « même ».
    assert corrige(moteur, "dosteur") == "docteur"
    assert corrige(moteur, "4eme") == ""
    # An acronym is no slip of « au-delà ».
    assert corrige(moteur, "DMLA") == ""
    # « School space » is no « s pace », and one word of it no slip.
    assert corrige(moteur, "space") == ""


def test_une_ville_qui_est_un_mot_est_offerte_et_un_nom_court_compris(moteur: Page) -> None:
    assert [lieu["place"]["nom"] for lieu in chercher(moteur, "Lourdes")["offerts"]] == ["Lourdes"]
    assert chercher(moteur, "lourdes")["offerts"] == []
    assert [lieu["place"]["nom"] for lieu in chercher(moteur, "brive vélo")["lieux"]] == ["Brive-la-Gaillarde"]


def test_ce_qu_un_nombre_compte_n_est_pas_exige(moteur: Page) -> None:
    assert not {
        word for card in chercher(moteur, "150 euros par mois alimentation")["cards"] for word in card["sans"]
    } & {"euros", "mois"}


def test_sous_quatre_lettres_rien_n_est_corrige(moteur: Page) -> None:
    for q in ("xq", "zzz", "wqx", "9876"):
        reponse = chercher(moteur, q)
        assert (reponse["total"], reponse["corrections"]) == (0, []), q


def test_ce_qui_est_corrige_compte_avec_le_reste(moteur: Page) -> None:
    reponse = chercher(moteur, "mediatrisse sante")
    # A feminine meets its masculine: « médiateurs en santé » is as near.
    assert "roubaix-mediatrices-sante" in ids(reponse)[:3]
    assert all("mediat" in identifiant for identifiant in ids(reponse)[:5])
    assert reponse["total"] < moteur.evaluate("() => moteur.manifest.n") / 4


@pytest.mark.parametrize(
    ("ecrits", "chez"),
    [
        (("V.I.H.", "VIH", "v.i.h"), ""),
        (("C.L.S.M.", "CLSM"), ""),
        (("sport\u00adsanté", "sportsante"), ""),
        (("e\u0301cole", "école", "ecole"), ""),
        (("1\u202f000 premiers jours", "1000 premiers jours", "1 000 premiers jours"), ""),
        (("mal bouffe", "malbouffe"), "premier"),
        (("centre desanté", "centre de santé"), "premier"),
    ],
)
def test_deux_ecritures_d_une_meme_chose(moteur: Page, ecrits: tuple[str, ...], chez: str) -> None:
    first, *others = (ids(chercher(moteur, q, perPage=500)) for q in ecrits)
    assert first
    for other in others:
        if chez:
            assert set(first[:20]) & set(other[:20])
        else:
            assert other == first


@pytest.mark.parametrize(
    ("q", "voulus"),
    [
        ("bébé -3 ans", {"0-3"}),
        ("vaccination 11 -17 ans", {"4-11", "12-17"}),
        ("activité physique 60 ans et plus", {"26-64", "65-plus"}),
    ],
)
def test_un_age_n_exclut_rien(moteur: Page, q: str, voulus: set[str]) -> None:
    reponse = chercher(moteur, q, facettes=["age"])
    assert reponse["total"] > 0
    assert ids(reponse)[0] in ids(chercher(moteur, q.split(" ")[0], filtres={"age": [*voulus, "tous"]}, perPage=500))
    assert not any(str(word).isdigit() for card in reponse["cards"] for word in card["sans"])


def test_les_guillemets_de_toute_sorte_font_une_expression(moteur: Page) -> None:
    droits, courbes, francais = (
        ids(chercher(moteur, f"{a}conseil local de santé mentale{b}", perPage=500)) for a, b in ('""', "“”", "«»")
    )
    assert droits == courbes == francais
    assert 0 < len(droits) < chercher(moteur, "conseil local santé mentale")["total"]


def test_l_ete_et_meme_sont_des_mots_quand_ils_le_disent(moteur: Page) -> None:
    ete = chercher(moteur, "été")
    assert 0 < ete["total"] < moteur.evaluate("() => moteur.manifest.n") / 4
    assert chercher(moteur, "a été")["nothingToSearch"]
    assert "personnes âgées" in {raison for card in chercher(moteur, "mémé")["cards"] for raison in card["par"]}


@pytest.mark.parametrize("q", ["de la", "???", "🥕", "c’est", '""', "...", "à"])
def test_rien_a_chercher_est_dit(moteur: Page, q: str) -> None:
    reponse = chercher(moteur, q, prefix=True)
    assert (reponse["total"], reponse["nothingToSearch"]) == (0, True)
    assert chercher(moteur, "  ")["total"] == moteur.evaluate("() => moteur.manifest.n")


@pytest.mark.parametrize(
    "q",
    [
        "santé m",
        "g",
        "de",
        "l",
        "le",
        "jardin d",
        "santé ment",
        "petit d",
        '"santé m',
        '"santé ment',
        "évaluat",
        "évaluati",
    ],
)
def test_en_tapant_rien_ne_tombe_a_zero(moteur: Page, q: str) -> None:
    assert chercher(moteur, q, prefix=True, typing=True)["total"] > 0


@pytest.mark.parametrize("mot", ["cent", "loi", "fil", "micro"])
def test_le_mot_entier_vient_avant_ceux_qui_commencent_ainsi(moteur: Page, mot: str) -> None:
    whole = set(ids(chercher(moteur, f"{mot} ", perPage=500)))
    ranked = ids(chercher(moteur, mot, prefix=True, perPage=500))
    assert whole
    assert set(ranked[: len(whole)]) == whole


def test_les_pages_ecrites_a_la_main_ne_comptent_pas(moteur: Page) -> None:
    """The word of a page alone is a word that no récit has; it hides no récit, and no word is taken for it."""
    seul = moteur.evaluate("""async () => {
      await moteur.openWords();
      for (let i = 0; i < moteur.manifest.tranches.premiers.length; i++) {
        const shard = await moteur.lexicon.shard(moteur.manifest.tranches.premiers[i]);
        for (const stem of shard.stems) {
          const { count, pages } = shard.entries.get(stem);
          if (pages && !count && /^[a-z]{6,}$/.test(stem)) return stem;
        }
      }
    }""")
    assert seul
    assert chercher(moteur, seul)["total"] == 0
    termes = moteur.evaluate("""async () => {
          const { readTerms } = await import("/assets/js/search/mending.js");
          return (await readTerms(moteur.lexicon)).terms.map((term) => term.stem);
        }""")
    assert seul not in termes
    rue = chercher(moteur, "gens à la rue")
    assert rue["total"] > 3
    assert len(chercher(moteur, "plan du site")["extraPages"]) >= 1


@pytest.mark.parametrize(
    ("q", "page"),
    [("mobiliser le public", "freins/mobilisation-du-public/"), ("COPIL", "leviers/coordination/")],
)
def test_le_nom_d_un_frein_ou_d_un_levier_mene_a_sa_page(moteur: Page, q: str, page: str) -> None:
    reponse = chercher(moteur, q, prefix=True)
    assert page in [extra["url"] for extra in reponse["extraPages"]]
    assert reponse["total"] > 0
    assert moteur.evaluate("async (url) => (await fetch(`/${url}`)).status", page) == 200


def test_pres_d_un_lieu_sans_action_les_filtres_comptent_ce_qu_ils_montrent(moteur: Page) -> None:
    for q in ("Guéret", "Saint-Brevin-les-Pins vélo", "jeunes caries blois"):
        reponse = chercher(moteur, q, facettes=["age", "theme"])
        assert reponse["proches"]
        counted = [(key, i, n) for key in ("age", "theme") for i, n in reponse["counts"][key].items() if n][:24]
        assert len(counted) > 6
        for key, identifiant, n in counted:
            assert chercher(moteur, q, filtres={key: [identifiant]}, perPage=100)["total"] == n, (q, key, identifiant)


def test_pas_de_falaise_et_ce_qui_manque_est_dit(moteur: Page) -> None:
    reponse = chercher(moteur, "jeunes et écrans", perPage=500)
    assert 0 < reponse["complete"] < reponse["total"]
    for card in reponse["cards"]:
        assert "ecrans" not in card["sans"]
    partial = [card for card in reponse["cards"] if card["sans"]]
    assert len(partial) == reponse["total"] - reponse["complete"]


def test_un_synonyme_est_une_expression(moteur: Page) -> None:
    lit = chercher(moteur, "punaises de lit", perPage=500)
    written = [i for i, card in enumerate(lit["cards"]) if not card["par"]]
    assert written[0] == 0
    assert any("Logement" in raison for card in lit["cards"] for raison in card["par"])
    # « lit » alone is half of a synonym: the theme does not follow.
    assert not any(card["par"] for card in chercher(moteur, "lit")["cards"])


@pytest.mark.parametrize(
    ("anglais", "recit"),
    [
        ("housing first", "lille-marseille-toulouse-un-chez-soi-dabord"),
        ("smoke-free", "strasbourg-parcs-sans-tabac"),
        ("age-friendly city", "lyon-ville-amie-des-aines"),
        ("school streets", "paris-rues-aux-ecoles-qualite-air"),
        ("health impact assessment", "grenoble-echirolles-eis-villeneuves"),
        ("heatwave", "strasbourg-plan-canicule-vacataires"),
    ],
)
def test_l_anglais_des_partenaires(moteur: Page, anglais: str, recit: str) -> None:
    reponse = chercher(moteur, anglais, perPage=500)
    assert recit in ids(reponse)
    assert reponse["corrections"] == []


def test_l_ordre_des_mots_compte_dans_le_titre(moteur: Page) -> None:
    """« maison santé mentale » is said so in a title; the words reversed follow one another nowhere there."""
    scores = moteur.evaluate("""async () => {
      const { Matches } = await import("/assets/js/search/matches.js");
      const settle = Matches.prototype.settle;
      const scores = [];
      Matches.prototype.settle = function (bounds) { settle.call(this, bounds); scores.push(Math.max(...this.scores)); };
      for (const q of ["maison santé mentale", "mentale santé maison"]) await moteur.search({ q });
      Matches.prototype.settle = settle;
      return scores;
    }""")
    assert scores[0] > scores[1]


def test_le_quatrieme_n_est_pas_ex_aequo_avec_le_troisieme(moteur: Page) -> None:
    from .test_recherche import REQUETES

    js = """async (textes) => {
      const { Matches } = await import("/assets/js/search/matches.js");
      const settle = Matches.prototype.settle;
      let ties = 0;
      Matches.prototype.settle = function (bounds) {
        settle.call(this, bounds);
        // A place alone is a list: there is no word to rank by.
        if (this.everything) return;
        const ranked = this.ranked();
        if (ranked.length > 3 && this.scores[ranked[2]] === this.scores[ranked[3]]) ties++;
      };
      for (const q of textes) await moteur.search({ q, prefix: true });
      Matches.prototype.settle = settle;
      return ties;
    }"""
    assert moteur.evaluate(js, [requete for requete, _, _ in REQUETES]) <= len(REQUETES) / 10


def test_une_longue_suite_de_mots_est_bornee(moteur: Page) -> None:
    reponse = chercher(moteur, " ".join(f"mot{i} santé" for i in range(400)))
    assert reponse["tooLong"]
