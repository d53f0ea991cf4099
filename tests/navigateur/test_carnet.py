"""The carnet: kept on any page, ordered, annotated, shared, printed; nothing leaves the browser, nothing is lost in silence."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from banque.racine import MAISON
from banque.site import build

from .conftest import Fenetre
from .explorateur import fautes, pret
from .serveur import SOUS_CHEMIN, serve
from .test_accessibilite import ALL, AXE, COLOURS, violations

CLE = "inspiractions-carnet"
NOTE = "Demander le coût.\n=1+1"
ATTAQUE = "<img src=x onerror=alert(1)><script>alert(1)</script>"


@pytest.fixture(scope="session")
def ids() -> list[str]:
    return [path.stem for path in sorted((MAISON / "actions").glob("*.md"))[:4]]


def _carnet(ids: list[str], **autres: object) -> dict[str, object]:
    actions = [{"id": i, "titre": f"Titre {i}", "lieux": "Quelque part", "note": ""} for i in ids]
    return {"titre": "", "introduction": "", "actions": actions, **autres}


def _lu(page: Page) -> dict:
    return json.loads(page.evaluate("cle => localStorage.getItem(cle)", CLE) or "null")


def _ids(page: Page) -> list[str]:
    return [action["id"] for action in _lu(page)["actions"]]


@pytest.fixture
def ouvrir_carnet(fenetre: Fenetre, serveur: str) -> Callable[..., Page]:
    """Opens the carnet of a browser that holds this value, and waits for its cards."""

    def ouvrir(carnet: object = None, fragment: str = "", adresse: str = serveur, **options: object) -> Page:
        brut = carnet if isinstance(carnet, str) else json.dumps(carnet)
        state = {
            "cookies": [],
            "origins": [{"origin": adresse, "localStorage": [{"name": CLE, "value": brut}] if carnet else []}],
        }
        page = fenetre.open(f"{adresse}/carnet/{fragment}", storage_state=state, **options)
        page.locator("[data-carnet-page]:not([hidden], [aria-busy])").wait_for()
        return page

    return ouvrir


def _titres(page: Page, where: str = "[data-liste]") -> list[str]:
    return page.locator(f"{where} h3").all_inner_texts()


# — Garder —


def test_garder_partout_et_le_nombre_suit(fenetre: Fenetre, serveur: str, ids: list[str]):
    page = fenetre.open(f"{serveur}/")
    nombre = page.locator("[data-carnet-n]")
    expect(nombre).to_be_hidden()
    carte = page.locator(".carte").first
    bouton = carte.locator("[data-garder]")
    expect(bouton).to_have_text(re.compile("^Garder"))
    bouton.click()
    expect(bouton).to_have_text(re.compile("^Gardé "))
    expect(bouton).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-carnet-dit]")).to_have_text("Gardée dans le carnet, qui contient 1 action.")
    kept = _lu(page)["actions"][0]
    assert kept["titre"] == carte.locator("h3").inner_text()
    assert kept["lieux"] == carte.locator("b").first.inner_text()

    page.goto(f"{serveur}/actions/{ids[0]}/")
    page.locator(".barre--recit [data-garder]").click()
    expect(nombre).to_have_text(re.compile("^2 actions gardées"))
    assert _lu(page)["actions"][1]["titre"] == page.locator("h1").inner_text()

    for vue in ("", "?vue=tableau"):
        page.goto(f"{serveur}/explorer/{vue}")
        pret(page)
        libre = page.locator("[data-resultats] [data-garder][aria-pressed=false]").first
        identifiant = libre.get_attribute("data-garder")
        libre.click()
        expect(page.locator(f"[data-garder={identifiant}]")).to_have_attribute("aria-pressed", "true")
    expect(nombre).to_have_text(re.compile("^4 "))
    page.locator(f"[data-garder={identifiant}]").click()
    expect(nombre).to_have_text(re.compile("^3 "))
    page.locator(".entete__carnet").click()
    expect(page.locator("[data-liste] > li")).to_have_count(3)
    assert fautes(fenetre) == []
    assert [url for url in fenetre.journal.requests if not url.startswith(f"{serveur}/")] == []


def test_le_retour_et_l_autre_onglet_voient_le_carnet(fenetre: Fenetre, serveur: str, ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:2]))
    page.locator("[data-liste] h3 a").first.click()
    other = page.context.new_page()
    other.goto(f"{serveur}/carnet/")
    other.locator("[data-retirer]").first.click()
    bouton = page.locator(".barre--recit [data-garder]")
    expect(bouton).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-carnet-n]")).to_have_text(re.compile("^1 "))
    bouton.click()
    expect(other.locator("[data-liste] > .gardee:not(.gardee--retiree)")).to_have_count(2)
    page.go_back()
    expect(page.locator("[data-liste] > li")).to_have_count(2)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("[data-liste] > li")).to_have_count(2)


# — Ordonner, annoter, retirer —


def test_ordonner_au_clavier(ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:3]))
    premier, *_ = titres = _titres(page)
    descendre = page.get_by_role("button", name=f"Descendre « {premier} »")
    expect(page.get_by_role("button", name=f"Monter « {premier} »")).to_be_disabled()
    descendre.focus()
    page.keyboard.press("Enter")
    expect(descendre).to_be_focused()
    expect(page.locator("[data-dit]")).to_have_text(re.compile(r"place 2 sur 3$"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=f"Monter « {premier} »")).to_be_focused()
    assert _titres(page) == [*titres[1:], premier]
    assert _ids(page) == [ids[1], ids[2], ids[0]]
    assert page.locator(".gardee__rang").all_inner_texts() == ["1", "2", "3"]
    page.reload()
    expect(page.locator("[data-liste] h3").last).to_have_text(premier)


def test_les_notes_restent(ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:2]))
    page.get_by_label("Titre du dossier").fill("Comité")
    page.get_by_role("textbox", name="Introduction").fill("Pourquoi")
    page.get_by_label("Ma note").nth(1).fill(NOTE)
    page.reload()
    expect(page.get_by_label("Titre du dossier")).to_have_value("Comité")
    expect(page.get_by_role("textbox", name="Introduction")).to_have_value("Pourquoi")
    expect(page.get_by_label("Ma note").nth(1)).to_have_value(NOTE)


def test_retirer_s_annule_et_tout_retirer_se_confirme(ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:3]))
    page.get_by_label("Ma note").nth(1).fill(NOTE)
    page.locator("[data-retirer]").nth(1).click()
    expect(page.get_by_role("button", name="Annuler")).to_be_focused()
    assert _ids(page) == [ids[0], ids[2]]
    page.keyboard.press("Enter")
    expect(page.locator("[data-retirer]").nth(1)).to_be_focused()
    assert _ids(page) == ids[:3]
    expect(page.get_by_label("Ma note").nth(1)).to_have_value(NOTE)

    page.get_by_role("button", name="Tout retirer").click()
    dialogue = page.get_by_role("dialog", name="Tout retirer du carnet ?")
    dialogue.get_by_role("button", name="Annuler").click()
    assert _ids(page) == ids[:3]
    page.get_by_role("button", name="Tout retirer").click()
    dialogue.get_by_role("button", name="Tout retirer").click()
    expect(page.get_by_role("heading", name="Votre carnet est vide")).to_be_focused()
    expect(page.locator("[data-carnet-n]")).to_be_hidden()
    assert _ids(page) == []
    expect(page.locator("#contenu").get_by_role("link", name="Explorer les actions")).to_be_visible()


# — Partager, emporter —


def test_un_lien_se_lit_ailleurs_sans_rien_ecraser(ouvrir_carnet, fenetre: Fenetre, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:2], titre="Mon titre"))
    page.get_by_label("Ma note").first.fill(ATTAQUE)
    page.locator("[data-textes]").check()
    lien = page.locator("#carnet-lien").input_value()
    page.locator("[data-textes]").uncheck()
    assert page.locator("#carnet-lien").input_value().endswith(f"/carnet/#carnet=1&a={ids[0]}&a={ids[1]}")
    titres = _titres(page)

    fragment = lien[lien.index("#") :]
    before = len(fenetre.journal.requests)
    autre = ouvrir_carnet(_carnet([ids[1], ids[2]], titre="À moi"), fragment)
    assert [url for url in fenetre.journal.requests[before:] if "img" in url or "onerror" in url] == []
    expect(autre.get_by_role("heading", name="2 actions : carnet reçu par un lien")).to_be_focused()
    assert _titres(autre, "[data-recu-liste]") == titres
    expect(autre.locator("[data-note]").first).to_contain_text(ATTAQUE)
    expect(autre.locator("[data-recu] h3").first).to_have_text("Mon titre")
    assert _ids(autre) == [ids[1], ids[2]]
    assert autre.locator("[data-recu] textarea").count() == 0
    autre.get_by_role("button", name="Ajouter à mon carnet").click()
    assert _ids(autre) == [ids[1], ids[2], ids[0]]
    assert _lu(autre)["titre"] == "À moi"
    assert "#" not in autre.url
    expect(autre.locator("#h-liste")).to_be_focused()

    autre = ouvrir_carnet(_carnet([ids[2]]), fragment)
    autre.get_by_role("button", name="Remplacer mon carnet").click()
    dialogue = autre.get_by_role("dialog", name="Remplacer votre carnet ?")
    dialogue.get_by_role("button", name="Annuler").click()
    assert _ids(autre) == [ids[2]]
    autre.get_by_role("button", name="Remplacer mon carnet").click()
    dialogue.get_by_role("button", name="Remplacer").click()
    expect(autre.locator("[data-liste] > li")).to_have_count(2)
    assert _ids(autre) == ids[:2]
    assert fautes(fenetre) == []


@pytest.mark.parametrize(
    ("fragment", "dit"),
    [
        ("#carnet=1", "n’est pas un carnet lisible"),
        ("#carnet=1&a=%ZZ%00&a=<script>alert(1)</script>&a=../../x", "n’est pas un carnet lisible"),
        ("#carnet=1&a=" + "x" * 1_000_000, "n’est pas un carnet lisible"),
        ("#<img src=x onerror=alert(1)>", "n’est pas un carnet lisible"),
        ("#carnet=1&a=constructor&a=__proto__&n=<b>x</b>&t=" + ATTAQUE, "introuvable"),
    ],
    ids=["vide", "script", "geant", "autre", "prototype"],
)
def test_un_fragment_hostile_est_inerte_et_se_dit(
    ouvrir_carnet, fenetre: Fenetre, ids: list[str], fragment: str, dit: str
):
    page = ouvrir_carnet(_carnet(ids[:1]), fragment)
    page.on("dialog", lambda _: pytest.fail("un script a tourné"))
    expect(page.locator("[data-probleme]:visible, [data-recu]:visible")).to_contain_text(dit)
    assert _ids(page) == ids[:1]
    assert page.locator("#contenu img, #contenu script").count() == 0
    assert page.evaluate("controles.violations") == []
    assert fautes(fenetre) == []


def test_le_lien_d_evitement_n_est_pas_un_carnet(ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:1]), "#contenu")
    expect(page.locator("[data-probleme]")).to_be_hidden()
    expect(page.locator("[data-liste] > li")).to_have_count(1)


def test_le_fichier_va_et_revient(ouvrir_carnet, ids: list[str], tmp_path: Path):
    carnet = _carnet(ids[:2], titre="Comité", introduction="Deux\nlignes")
    carnet["actions"][0]["note"] = NOTE
    page = ouvrir_carnet(carnet)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer le fichier").click()
    assert download.value.suggested_filename.endswith(".json")
    fichier = tmp_path / "carnet.json"
    download.value.save_as(fichier)
    ailleurs = ouvrir_carnet()
    expect(ailleurs.locator("#h-vide")).to_be_visible()
    mauvais = tmp_path / "mauvais.json"
    mauvais.write_text("<html>", "utf-8")
    for path in (mauvais, fichier):
        with ailleurs.expect_file_chooser() as choix:
            ailleurs.get_by_role("button", name="Ouvrir un carnet enregistré").click()
        choix.value.set_files(path)
        expect(ailleurs.locator("[data-probleme]")).to_be_visible(visible=path == mauvais)
    ailleurs.get_by_role("button", name="Ajouter à mon carnet").click()
    lu = _lu(ailleurs)
    assert [(a["id"], a["note"]) for a in lu["actions"]] == [(ids[0], NOTE), (ids[1], "")]
    assert (lu["titre"], lu["introduction"]) == ("Comité", "Deux\nlignes")


def test_le_csv_porte_les_notes_sans_formule(ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:2]))
    page.get_by_label("Ma note").first.fill('=HYPERLINK("http://x")')
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    octets = download.value.path().read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [ligne["Note"] for ligne in lignes] == ['\'=HYPERLINK("http://x")', ""]
    assert [ligne["Adresse"].split("/")[-2] for ligne in lignes] == ids[:2]
    assert all(ligne["Résumé"] and ligne["Axes"] for ligne in lignes)


def test_le_dossier_s_imprime(ouvrir_carnet, fenetre: Fenetre, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:3], titre="Comité <b>", introduction="Un\nDeux"), scheme="dark")
    page.get_by_label("Ma note").first.fill(NOTE)
    page.evaluate("window.print = () => (document.body.dataset.printed = 'oui')")
    page.locator("[data-entiers]").check()
    page.get_by_role("button", name="Imprimer le dossier").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "oui")
    page.emulate_media(media="print")
    for hidden in (".entete", "#onglets", ".pied", ".fil", ".page-tete", "[data-plein]", ".carnet-aide"):
        expect(page.locator(hidden)).to_be_hidden()
    dossier = page.locator(".dossier")
    expect(dossier.locator("h1")).to_have_text("Comité <b>")
    expect(dossier.locator(".dossier__sommaire li")).to_have_count(3)
    expect(dossier.locator(".dossier__note")).to_contain_text("=1+1")
    expect(dossier.locator(".dossier__adresse").first).to_have_text(f"https://inspiractions.example/actions/{ids[0]}/")
    assert dossier.locator("section").count() == 3
    assert all(piece.locator("h3").count() >= 2 for piece in dossier.locator("section").all())
    assert dossier.locator("a, script, [style], button, svg").count() == 0
    assert dossier.locator(".dossier__resume").first.inner_text() != ""
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
    assert fautes(fenetre) == []


def test_un_recit_qui_manque_se_dit(ouvrir_carnet, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:2]))
    page.evaluate("window.print = () => {}")
    page.route(f"**/actions/{ids[0]}/", lambda route: route.abort())
    page.locator("[data-entiers]").check()
    page.get_by_role("button", name="Imprimer le dossier").click()
    expect(page.locator("[data-lecture]")).to_have_text(re.compile("^Un récit n’est pas arrivé"))


# — Ce qui peut mal tourner —


def test_une_valeur_abimee_est_mise_de_cote(ouvrir_carnet, ids: list[str]):
    for brut in ("{pas du json", '{"actions": 3}', json.dumps(_carnet([ids[0], "PAS un id"]))):
        page = ouvrir_carnet(brut)
        expect(page.locator("[data-illisible]")).to_be_visible()
        assert page.evaluate("localStorage.getItem('inspiractions-carnet-illisible')") == brut
        expect(page.locator("[data-liste] > li")).to_have_count(1 if ids[0] in brut else 0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer l’ancien contenu").click()
    assert download.value.path().read_text("utf-8") == brut
    page.get_by_role("button", name="L’effacer").click()
    expect(page.locator("[data-illisible]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-liste] > li")).to_have_count(1)
    expect(page.locator("[data-illisible]")).to_be_hidden()


REFUS = {
    "refuse": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('non', 'SecurityError') } })",
    "plein": "Storage.prototype.setItem = () => { throw new DOMException('plein', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("refus", REFUS)
def test_un_stockage_refuse_se_dit(fenetre: Fenetre, serveur: str, ids: list[str], refus: str):
    page = fenetre.open(f"{serveur}/")
    page.context.add_init_script(REFUS[refus])
    page.goto(f"{serveur}/actions/{ids[0]}/")
    bouton = page.locator(".barre--recit [data-garder]")
    bouton.click()
    expect(page.get_by_role("alert")).to_contain_text("rien n’a changé dans le carnet")
    expect(bouton).to_have_attribute("aria-pressed", "false")
    page.goto(f"{serveur}/carnet/#carnet=1&a={ids[0]}")
    page.get_by_role("button", name="Ajouter à mon carnet").click()
    expect(page.locator("[data-probleme]")).to_contain_text("ne permet pas d’enregistrer")
    expect(page.locator("[data-recu]")).to_be_visible()
    assert fautes(fenetre) == []


def test_sans_les_fiches_le_carnet_reste_lisible(ouvrir_carnet, serveur: str, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:2]))
    page.route("**/carnet/fiches/**", lambda route: route.abort())
    page.reload()
    expect(page.locator("[data-probleme]")).to_contain_text("n’est pas arrivé")
    assert _titres(page) == [f"Titre {i}" for i in ids[:2]]
    page.unroute("**/carnet/fiches/**")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-probleme]")).to_be_hidden()
    expect(page.locator(".carte__resume").first).to_be_visible()


@pytest.fixture
def remanie(ecrire, partage: None, racine: Path) -> Iterator[str]:
    """A small site where one action was renamed and another withdrawn."""
    ecrire("nouvelle", anciens_ids="[ancienne]")
    ecrire("partie", titre="Une action partie", statut="retiree", anciens_ids="[partie-avant]")
    assert build(racine, racine / "site", racine / "travail").problems == []
    with serve(racine / "site") as address:
        yield address


def test_les_ids_changes_se_suivent_et_les_retirees_gardent_leur_nom(ouvrir_carnet, remanie: str):
    carnet = _carnet(["ancienne", "partie-avant", "nouvelle", "jamais-vue"])
    carnet["actions"][0]["note"], carnet["actions"][2]["note"] = "une", "deux"
    page = ouvrir_carnet(carnet, adresse=remanie)
    expect(page.locator("[data-liste] > li")).to_have_count(3)
    assert _ids(page) == ["nouvelle", "partie", "jamais-vue"]
    assert _lu(page)["actions"][0]["note"] == "une\ndeux"
    assert _titres(page) == ["Marcher ensemble le mardi", "Une action partie", "Titre jamais-vue"]
    assert [a.inner_text() for a in page.locator("[data-avis]:visible").all()] == [
        "Cette fiche a été retirée de la banque.",
        "Cette fiche est introuvable dans la banque\u00a0: son adresse est peut-être mal écrite.",
    ]
    page.locator("[data-liste] h3 a").nth(1).click()
    expect(page.locator("h1")).to_have_text("Une action partie")
    page = ouvrir_carnet(None, "#carnet=1&a=ancienne&n=note", adresse=remanie)
    expect(page.locator("[data-recu-liste] h3")).to_have_text("Marcher ensemble le mardi")
    page.locator("[data-recu-liste] [data-garder]").click()
    assert _ids(page) == ["nouvelle"]


# — Partout —


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_sur_un_carnet_plein(ouvrir_carnet, fenetre: Fenetre, ids: list[str], width: int, scheme: str):
    page = ouvrir_carnet(_carnet([*ids, "jamais-vue"], titre="Comité"), width=width, scheme=scheme)
    page.locator("[data-retirer]").first.click()
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    page.locator("[data-schema]").click()
    assert violations(page, COLOURS) == []
    assert page.evaluate("[...controles.overflow(), ...controles.smallTargets(), ...controles.inlineStyles()]") == []
    page.goto(f"{page.url}#carnet=1&t=Titre&i=Texte&a={ids[0]}&n=note&a={ids[1]}&a=jamais-vue")
    page.locator("[data-recu-liste] .portee").first.wait_for()
    assert violations(page, ALL) == []
    assert page.evaluate("[...controles.overflow(), ...controles.smallTargets()]") == []
    page.get_by_role("button", name="Remplacer mon carnet").click()
    assert violations(page, ALL, "dialog") == []
    assert page.evaluate("controles.violations") == []
    assert fautes(fenetre) == []


def test_sous_un_sous_chemin(ouvrir_carnet, fenetre: Fenetre, serveur: str, ids: list[str]):
    page = ouvrir_carnet(_carnet(ids[:1]))
    page.goto(f"{serveur}{SOUS_CHEMIN}carnet/")
    expect(page.locator(".carte__resume").first).to_be_visible()
    page.locator("[data-liste] h3 a").click()
    assert page.url == f"{serveur}{SOUS_CHEMIN}actions/{ids[0]}/"
    page.locator(".entete__carnet").click()
    assert page.locator("#carnet-lien").input_value().startswith(f"{serveur}{SOUS_CHEMIN}carnet/#")
    assert fautes(fenetre) == []


def test_sans_script_rien_ne_promet_le_carnet(fenetre: Fenetre, adresse):
    for genre in ("accueil", "recit-riche", "carnet"):
        page = fenetre.open(adresse(genre), script=False)
        assert page.locator("[data-garder]:visible").count() == 0
    expect(page.locator("noscript p").first).to_be_visible()
    expect(page.locator("noscript").get_by_role("link", name="Toutes les actions")).to_be_visible()
