"""Numbers with units, in the engine and in the explorer: read as ``inspiractions/search/measures.py`` does, shown, taken off."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from inspiractions.model.banque import Banque
from inspiractions.search.selection import Searcher, Selection

from ..search.test_measures import VECTEURS
from .explorateur import Ouvrir, pret, total
from .test_recherche import OUVRIR as OUVRIR
from .test_recherche import chercher, ids

LIRE = """async (textes) => {
  const { readMeasures, withoutMeasures } = await import("/assets/js/search/measures.js");
  return textes.map((q) => {
    const { mesures, rayon } = readMeasures(q);
    return [mesures.map((m) => [m.cle, m.from, m.to === Infinity ? -1 : m.to, m.texte]), rayon?.km ?? 0, withoutMeasures(q).trim()];
  });
}"""
REPONSES = (
    "50 km Alès", "Alès 50 km", "20 000 habitants", "moins de 10 000 € vélo", "vaccination 11 -17 ans", "ados écrans",
    "Lyon moins de 5 000 habitants", "seniors village de 600 habitants", "près de Lyon vélo", "6e harcèlement", "marche 5 km",
)  # fmt: skip


def test_les_deux_lectures_des_nombres_sont_la_meme(moteur: Page, banque_reelle: Banque) -> None:
    for (requete, mesures, rayon, reste), (lues, km, rest) in zip(
        VECTEURS, moteur.evaluate(LIRE, [v[0] for v in VECTEURS]), strict=True
    ):
        written = " ; ".join(f"{cle} {a:g} {'inf' if b < 0 else f'{b:g}'} {texte}" for cle, a, b, texte in lues)
        assert (written, str(km or ""), rest) == (mesures, rayon, reste), requete
    chercheur = Searcher(banque_reelle)
    for q in REPONSES:
        reponse = chercher(moteur, q, prefix=True, perPage=600)
        assert set(ids(reponse)) == {a.id for a in chercheur.find(Selection(q, {}))}, q


def test_un_nombre_que_rien_n_atteint_est_laisse_de_cote(moteur: Page) -> None:
    lyon, petite = chercher(moteur, "Lyon"), chercher(moteur, "Lyon moins de 5 000 habitants")
    assert petite["ecartees"]
    assert ids(petite) == ids(lyon)
    # Nothing within so few kilometres: the nearest, and it is said.
    loin = chercher(moteur, "10 km Guéret addictions")
    assert loin["proches"]
    assert [card["distance"] for card in loin["cards"]] == sorted(card["distance"] for card in loin["cards"])


def test_la_puce_d_un_nombre_s_ote(ouvrir: Ouvrir) -> None:
    page = ouvrir("?q=médecin+ville+de+20 000 habitants")
    filtered = total(page)
    expect(page.locator("[data-compte]")).to_contain_text(
        "Taille de la commune\u00a0: 10\u202f000 à 20\u202f000 ou 20\u202f000"
    )
    page.locator("[data-puces] button", has_text="ville de 20\u202f000 habitants").click()
    expect(page).to_have_url(re.compile(r"\?q=m%C3%A9decin$"))
    pret(page)
    assert total(page) > filtered > 0
    page.goto(page.url.replace("m%C3%A9decin", "50+km+Al%C3%A8s"))
    chip = page.locator("[data-puces] button", has_text="Autour\u00a0: Alès (30), 50\u00a0km")
    expect(chip).to_be_visible()
    expect(page.locator(".carte [data-autour]").first).to_contain_text("à 1 km")
    chip.click()
    expect(page).to_have_url(re.compile(r"explorer/$"))
    page.goto(f"{page.url}?q=ados+%C3%A9crans")
    page.locator("[data-puces] button", has_text="Âge\u00a0: ados").click()
    expect(page.locator("#q")).to_have_value('"ados" écrans')
