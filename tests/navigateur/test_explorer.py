"""The explorer and the search boxes: what a person does there, with a mouse, a keyboard, a phone, without a script."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from banque.action import Action
from banque.banque import Banque
from banque.text import slugify

from .conftest import Fenetre
from .serveur import SOUS_CHEMIN
from .test_accessibilite import ALL, AXE, violations

Ouvrir = Callable[..., Page]

COMPTE = ".compte__n"
TITRES = "[data-resultats] .carte__titre"
COUNTS = """cle => Object.fromEntries([...document.querySelectorAll(`input[name="${cle}"]`)].map((box) =>
    [box.value, Number(box.closest("label").querySelector(".conduite__n").firstChild.textContent.replace(/\\D/g, ""))]))"""


@pytest.fixture
def ouvrir(fenetre: Fenetre, serveur: str) -> Ouvrir:
    """Opens the explorer at an address and waits for its first answer."""

    def ouvrir(query: str = "", **options: object) -> Page:
        page = fenetre.open(f"{serveur}/explorer/{query}", **options)
        pret(page)
        return page

    return ouvrir


def pret(page: Page) -> None:
    expect(page.locator(COMPTE)).to_have_text(re.compile(r"^\d.* actions?$"))


def total(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(COMPTE).inner_text()))


def requete(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def fautes(fenetre: Fenetre) -> list[str]:
    """What went wrong; a file still on its way when the page was left is none."""
    return [fault for fault in fenetre.journal.faults if "ERR_ABORTED" not in fault]


def case(page: Page, cle: str, valeur: str):
    return page.locator(f'input[name="{cle}"][value="{valeur}"]')


def avec_parents(banque: Banque, nom: str, ids: Iterable[str]) -> set[str]:
    vocabulaire = banque.vocabulaires[nom]
    return {i for identifiant in ids for i in (identifiant, vocabulaire[identifiant].parent) if i}


def valeurs(banque: Banque, action: Action) -> dict[str, set[str]]:
    """What an action bears in each facet, counted here from the fiches, not from the index."""
    return {
        "age": set(action.ages),
        "axe": set(action.axes),
        "qpv": {action.qpv},
        "theme": avec_parents(banque, "thematiques", action.thematiques),
        "public": avec_parents(banque, "publics", action.publics),
        "frein": avec_parents(banque, "freins", action.freins),
        "territoire": {
            identifiant
            for v in action.villes
            for identifiant in (
                f"r-{v.region}",
                f"d-{v.departement}" if v.departement else "",
                f"v-{v.slug}" if v.genre in ("commune", "epci") else "",
            )
            if identifiant
        },
    }


def compter(banque: Banque, cle: str, filtres: dict[str, set[str]]) -> Counter[str]:
    """OR inside a facet, AND between facets; a facet's own counts leave its own choice aside."""
    borne = [valeurs(banque, action) for action in banque.actions]
    kept = (b for b in borne if all(b[other] & wanted for other, wanted in filtres.items() if other != cle))
    return Counter(valeur for b in kept for valeur in b[cle])


# — Chercher —


def test_chercher_en_tapant(ouvrir: Ouvrir):
    page = ouvrir()
    before = page.evaluate("history.length")
    everything = total(page)
    page.locator("#q").press_sequentially("nutri", delay=20)
    expect(page).to_have_url(re.compile(r"\?q=nutri$"))
    expect(page.locator(COMPTE)).not_to_have_text(re.compile(f"^{everything} "))
    page.locator("#q").press_sequentially("tion", delay=20)
    expect(page).to_have_url(re.compile(r"\?q=nutrition$"))
    expect(page.locator(f"{TITRES} mark", has_text=re.compile("nutrition", re.I)).first).to_be_visible()
    assert 0 < total(page) < everything
    assert page.evaluate("history.length") == before
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("[data-compte]")).to_have_attribute("role", "status")
    assert page.locator("[data-compte]").inner_text().startswith(page.locator(COMPTE).inner_text())


def test_l_extrait_nomme_sa_rubrique(ouvrir: Ouvrir):
    page = ouvrir("?q=nutrition")
    extrait = page.locator(".carte__extrait:visible").first
    expect(extrait.locator("mark").first).to_be_visible()
    assert extrait.locator("b").inner_text().endswith("\u00a0:")


def test_le_mot_mal_ecrit_est_corrige_et_dit(ouvrir: Ouvrir):
    page = ouvrir("?q=alimentatoin")
    expect(page.locator("[data-compte]")).to_contain_text("Résultats pour «\u00a0alimentation\u00a0»")
    page.locator("#q").fill("mediatoin")
    expect(page.locator("[data-compte]")).to_contain_text("Résultats pour «\u00a0médiation\u00a0»")
    assert total(page) > 0


def test_certains_mots_seulement_est_dit(ouvrir: Ouvrir):
    page = ouvrir("?q=sport+zzzzqqqq")
    expect(page.locator("[data-compte]")).to_contain_text("Aucune action ne contient tous ces mots")
    assert total(page) > 0


@pytest.mark.parametrize("q", ['"', "-", "a:b ~ ^ * ( [", "<img src=x onerror=alert(1)>", "%", "'; --", " "])
def test_rien_de_ce_qu_on_tape_ne_casse(ouvrir: Ouvrir, fenetre: Fenetre, q: str):
    page = ouvrir()
    page.locator("#q").fill(q)
    page.locator("#q").press("Enter")
    page.wait_for_load_state("networkidle")
    pret(page)
    assert page.locator("[data-echec]").is_hidden()
    assert fautes(fenetre) == []


# — Adresse, retour —


def test_l_adresse_dit_l_etat_et_le_retour_le_rend(ouvrir: Ouvrir):
    page = ouvrir("?q=sport")
    first = total(page)
    case(page, "age", "tous").check()
    expect(page).to_have_url(re.compile("age=tous"))
    expect(
        page.get_by_role("button", name="Tous les âges : retirer ce filtre".replace(" :", "\u00a0:"))
    ).to_be_visible()
    second = total(page)
    case(page, "age", "12-17").check()
    expect(page).to_have_url(re.compile("age=tous&age=12-17"))
    page.locator("[data-vue=tableau]").click()
    expect(page.locator(".tableau")).to_be_visible()
    assert requete(page) == {"q": ["sport"], "age": ["tous", "12-17"], "vue": ["tableau"]}
    page.go_back()
    expect(page.locator(".tableau")).to_have_count(0)
    page.go_back()
    expect(case(page, "age", "12-17")).not_to_be_checked()
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{second} "))
    page.go_back()
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{first} "))
    expect(case(page, "age", "tous")).not_to_be_checked()
    assert requete(page) == {"q": ["sport"]}
    page.go_forward()
    expect(case(page, "age", "tous")).to_be_checked()


def test_les_pages_se_tournent(ouvrir: Ouvrir):
    page = ouvrir()
    first = page.locator(TITRES).first.inner_text()
    assert page.locator(TITRES).count() == 10
    page.get_by_role("link", name="Page 2", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    expect(page.locator("[data-pages] [aria-current=page]")).to_have_text("Page 2")
    assert page.locator(TITRES).first.inner_text() != first
    expect(page.locator("[data-compte]")).to_be_focused()
    page.reload()
    expect(page.locator("[data-pages] [aria-current=page]")).to_have_text("Page 2")
    case(page, "qpv", "oui").check()
    expect(page).to_have_url(re.compile(r"\?qpv=oui$"))


def test_le_tri_change_l_ordre(ouvrir: Ouvrir, banque_reelle: Banque):
    page = ouvrir()
    expect(page.locator(TITRES).first).to_have_text(re.compile(banque_reelle.actions[0].titre.split(" ")[0]))
    newest = page.locator(TITRES).first.inner_text()
    page.locator("#tri").select_option("ville")
    expect(page).to_have_url(re.compile("tri=ville"))
    expect(page.locator(TITRES).first).not_to_have_text(newest)
    places = [slugify(place) for place in page.locator(".carte__lieu b").all_inner_texts()]
    assert places[0][0] == "a"
    assert [place[0] for place in places] == sorted(place[0] for place in places)
    page.go_back()
    expect(page.locator("#tri")).to_have_value("date")


def test_les_mots_etrangers_de_l_adresse_sont_ignores(ouvrir: Ouvrir, banque_reelle: Banque):
    page = ouvrir("?utm_source=lettre&page=9999&tri=x&vue=y")
    assert total(page) == len(banque_reelle.actions)
    expect(page.locator(".puce")).to_have_count(0)
    assert page.locator(TITRES).count() > 0


# — Facettes —


@pytest.mark.parametrize(
    "filtres",
    [
        {},
        {"age": {"tous"}},
        {"age": {"0-3", "4-11"}, "qpv": {"oui", "inconnu"}},
        {"axe": {"services-de-sante"}, "theme": {"sante-mentale"}},
        {"territoire": {"r-11", "r-84"}, "axe": {"action-communautaire", "politiques-publiques"}},
    ],
)
def test_les_nombres_sont_ceux_des_fiches(ouvrir: Ouvrir, banque_reelle: Banque, filtres: dict[str, set[str]]):
    page = ouvrir("?" + "&".join(f"{cle}={v}" for cle, some in filtres.items() for v in sorted(some)))
    for cle in ("territoire", "public", "frein"):
        page.locator("summary", has_text=re.compile(f"^{cle}", re.I)).click()
        expect(page.locator(f'input[name="{cle}"]').first).to_be_attached()
    borne = [valeurs(banque_reelle, action) for action in banque_reelle.actions]
    assert total(page) == sum(all(b[cle] & wanted for cle, wanted in filtres.items()) for b in borne)
    for cle in ("age", "axe", "qpv", "theme", "territoire", "public", "frein"):
        shown = page.evaluate(COUNTS, cle)
        wanted = compter(banque_reelle, cle, filtres)
        assert {k: v for k, v in shown.items() if v} == dict(wanted), cle
        for valeur, nombre in shown.items():
            disabled = case(page, cle, valeur).is_disabled()
            assert disabled == (nombre == 0 and valeur not in filtres.get(cle, ())), (cle, valeur)


def test_les_enfants_sont_sous_leur_parent(ouvrir: Ouvrir):
    page = ouvrir()
    child = case(page, "theme", "aller-vers")
    expect(child).to_be_hidden()
    page.get_by_role("button", name=re.compile("Préciser.*Accès aux soins")).click()
    expect(child).to_be_visible()
    child.check()
    expect(page).to_have_url(re.compile("theme=aller-vers"))
    expect(page.locator(".puce")).to_have_count(1)
    page.reload()
    expect(child).to_be_visible()
    expect(child).to_be_checked()


def test_chercher_dans_une_longue_facette(ouvrir: Ouvrir):
    page = ouvrir()
    assert page.get_by_label("Chercher dans «\u00a0Âge\u00a0»").count() == 0
    page.locator("summary", has_text="Territoire").click()
    champ = page.get_by_label("Chercher dans «\u00a0Territoire\u00a0»")
    champ.fill("LYON")
    lyon = case(page, "territoire", "v-lyon")
    expect(lyon).to_be_visible()
    expect(case(page, "territoire", "r-84")).to_be_visible()
    expect(case(page, "territoire", "r-11")).to_be_hidden()
    champ.fill("")
    expect(case(page, "territoire", "r-11")).to_be_visible()
    expect(lyon).to_be_hidden()


def test_tout_effacer_garde_les_mots(ouvrir: Ouvrir):
    page = ouvrir("?q=sport&age=tous&qpv=oui")
    expect(page.locator(".puce")).to_have_count(2)
    page.locator(".actifs [data-effacer]").click()
    expect(page.locator(".puce")).to_have_count(0)
    assert requete(page) == {"q": ["sport"]}
    expect(page.locator("[data-effacer]:visible")).to_have_count(0)
    expect(page.locator("[data-compte]")).to_be_focused()


# — Vues —


def test_la_carte_filtre_par_departement(ouvrir: Ouvrir, banque_reelle: Banque):
    page = ouvrir("?vue=carte&axe=services-de-sante")
    wanted = compter(banque_reelle, "territoire", {"axe": {"services-de-sante"}})
    code, nombre = max(
        ((k.removeprefix("d-"), n) for k, n in wanted.items() if k.startswith("d-")), key=lambda item: item[1]
    )
    place = page.locator(f'[data-departement="{code}"][href]')
    expect(place.locator("text")).to_have_text(str(nombre))
    empty = page.locator("a[data-departement]:not([href])")
    assert empty.count() > 0
    assert set(empty.evaluate_all("all => all.map((a) => a.querySelector('path').getAttribute('class'))")) == {"d0"}
    drawn = page.locator("path[data-departement]").evaluate_all(
        "all => all.map((p) => [p.dataset.departement, p.className.baseVal])"
    )
    assert len(drawn) == 4
    for double, classe in drawn:
        expect(page.locator(f'a[data-departement="{double}"] path')).to_have_class(classe)
    place.focus()
    page.keyboard.press("Enter")
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{nombre} "))
    expect(place).to_be_focused()
    expect(place).to_have_attribute("aria-current", "true")
    assert requete(page)["territoire"] == [f"d-{code}"]
    place.press("Enter")
    expect(page).not_to_have_url(re.compile("territoire"))
    page.locator(".france__liste summary").click()
    assert page.locator("[data-departements] li").count() == sum(k.startswith("d-") for k in wanted)


def test_le_tableau_a_des_en_tetes(ouvrir: Ouvrir):
    page = ouvrir("?vue=tableau&q=sommeil")
    assert page.get_by_role("columnheader").all_inner_texts() == ["Action", "Lieu", "Période", "Âges", "Axes", "QPV"]
    assert page.get_by_role("rowheader").count() == total(page)
    expect(page.locator("caption")).to_have_text(page.locator(COMPTE).inner_text())
    page.get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.locator("h1")).to_be_visible()
    assert "/actions/" in page.url


# — Emporter —


def test_le_csv_est_la_selection(ouvrir: Ouvrir, serveur: str):
    page = ouvrir("?q=sport&qpv=oui")
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    assert download.value.suggested_filename.endswith(".csv")
    octets = download.value.path().read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert len(lignes) == total(page)
    assert {ligne["QPV"] for ligne in lignes} == {"oui"}
    assert all(ligne["Adresse"].startswith(f"{serveur}/actions/") for ligne in lignes)
    fold = lambda text: re.sub(r"\W+", "", text)  # noqa: E731
    shown = [fold(titre) for titre in page.locator(TITRES).all_inner_texts()]
    assert [fold(ligne["Titre"]) for ligne in lignes][: len(shown)] == shown


def test_le_csv_ne_porte_aucune_formule(ouvrir: Ouvrir):
    page = ouvrir()
    texte = page.evaluate(
        """async () => (await import("../assets/js/tableur.js")).csv([{id: "x", url: "actions/x/", titre: '=1+1";"', resume: "@a\\nb",
        lieux: "+33", autour: "-1", axes: [], ages: "\\tx", periode: "2012", qpv: false, dep: [], texte: ""}], [])"""
    )
    _, ligne = csv.reader(io.StringIO(texte.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert ligne[:5] == ['\'=1+1";"', "'+33", "'-1", "2012", "'\tx"]
    assert ligne[7] == "'@a\nb"


def test_le_lien_se_copie(ouvrir: Ouvrir):
    page = ouvrir("?q=sport")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    case(page, "qpv", "oui").check()
    expect(page).to_have_url(re.compile("qpv=oui"))
    expect(page.locator("#adresse")).to_have_value(page.url)
    page.get_by_role("button", name="Copier le lien").click()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_imprimer_donne_toute_la_selection(ouvrir: Ouvrir):
    page = ouvrir("?qpv=oui")
    page.evaluate(
        "() => { window.print = () => { document.body.dataset.printed = document.querySelectorAll('.carte__titre').length } }"
    )
    page.locator("[data-imprimer-tout]").click()
    assert total(page) > 10
    expect(page.locator("body")).to_have_attribute("data-printed", str(total(page)))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(TITRES)).to_have_count(10)


# — Rien trouvé, rien reçu —


def test_rien_trouve_dit_quel_filtre_retirer(ouvrir: Ouvrir, banque_reelle: Banque):
    age, axe = next(
        (a, x)
        for a in ("0-3", "4-11", "12-17", "65-plus")
        for x in (d for d in compter(banque_reelle, "territoire", {}) if d.startswith("d-"))
        if not compter(banque_reelle, "territoire", {"age": {a}})[x]
    )
    page = ouvrir(f"?age={age}&territoire={axe}")
    assert total(page) == 0
    gains = page.locator("[data-desserrer] a")
    expect(gains).to_have_count(2)
    gain = int(gains.first.locator(".conduite__n").inner_text().split()[0])
    assert gain == max(
        len([a for a in banque_reelle.actions if age in a.ages]), compter(banque_reelle, "territoire", {})[axe]
    )
    expect(page.get_by_role("link", name="Proposer une action").first).to_be_visible()
    gains.first.press("Enter")
    expect(page.locator(COMPTE)).to_have_text(re.compile(f"^{gain} "))
    expect(page.locator("[data-compte]")).to_be_focused()


def test_rien_trouve_sans_filtre_parle_d_orthographe(ouvrir: Ouvrir):
    page = ouvrir("?q=zzzzqqqq")
    assert total(page) == 0
    expect(page.locator("[data-resultats]")).to_contain_text("Vérifiez l’orthographe de «\u00a0zzzzqqqq\u00a0»")
    expect(page.locator("[data-desserrer]")).to_be_hidden()


def test_un_fichier_qui_manque_se_dit_et_se_redemande(ouvrir: Ouvrir):
    page = ouvrir()
    shown = page.locator(TITRES).all_inner_texts()
    page.route("**/recherche/s-*", lambda route: route.abort())
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-echec]")).to_be_visible()
    expect(page.locator("[data-echec]")).to_have_attribute("role", "alert")
    assert page.locator(TITRES).all_inner_texts() == shown
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-echec]")).to_be_visible()
    page.unroute("**/recherche/s-*")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("[data-echec]")).to_be_hidden()
    expect(page.locator(f"{TITRES} mark").first).to_be_visible()


@pytest.mark.parametrize("missing", ["**/recherche/manifeste*", "**/assets/js/engine.js"])
def test_rien_n_arrive(fenetre: Fenetre, serveur: str, missing: str):
    page = fenetre.open(f"{serveur}/explorer/")
    page.route(missing, lambda route: route.abort())
    page.goto(f"{serveur}/explorer/?q=sport")
    expect(page.locator("[data-echec]")).to_be_visible()
    expect(page.locator("[data-echec]").get_by_role("link", name="Toutes les actions")).to_be_visible()
    page.unroute(missing)
    page.get_by_role("button", name="Réessayer").click()
    pret(page)
    expect(page.locator("[data-echec]")).to_be_hidden()
    assert total(page) > 0


def test_l_attente_se_dit(ouvrir: Ouvrir):
    page = ouvrir()
    held = []
    page.route("**/recherche/s-*", lambda route: held.append(route))
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    page.unroute("**/recherche/s-*")
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "false")


# — Clavier, petit écran —


def test_le_clavier_seul_garde_sa_place(ouvrir: Ouvrir):
    page = ouvrir("?age=tous&qpv=oui")
    box = case(page, "axe", "politiques-publiques")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".puce")).to_have_count(3)
    expect(box).to_be_focused()
    page.locator(".puce").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".puce")).to_have_count(2)
    expect(page.locator(".puce").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".puce")).to_have_count(1)
    expect(page.locator(".puce").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".puce")).to_have_count(0)
    expect(page.locator("[data-compte]")).to_be_focused()
    summary = page.locator("summary", has_text="Public")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator('input[name="public"]').first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "public"
    view = page.locator("[data-vue=tableau]")
    view.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tableau")).to_be_visible()
    expect(view).to_be_focused()
    assert page.evaluate("controles.focusMark().visible")


@pytest.mark.parametrize(("query", "width"), [("?vue=carte&q=sport&qpv=oui", 1280), ("?vue=tableau&q=sommeil", 390)])
def test_on_voit_ou_l_on_est_et_rien_ne_retient(ouvrir: Ouvrir, query: str, width: int):
    page = ouvrir(query, width=width)
    page.locator(".france__liste").evaluate("details => { details.open = true }")
    hidden, stops = [], 0
    for _ in range(400):
        page.keyboard.press("Tab")
        mark = page.evaluate("controles.focusMark()")
        if mark["element"].startswith("<body"):
            break
        stops += 1
        hidden += [] if mark["visible"] else [mark["element"]]
    else:
        pytest.fail("la tabulation ne sort pas de la page")
    assert stops > 30
    assert hidden == []


def test_la_feuille_des_filtres_retient_et_rend_le_foyer(ouvrir: Ouvrir):
    page = ouvrir(width=390)
    assert page.locator("#filtres").is_hidden()
    button = page.locator("[data-ouvrir-filtres]")
    expect(button).to_have_text("Filtres")
    button.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Filtres")
    expect(sheet).to_be_visible()
    assert page.evaluate("document.querySelector('dialog').matches(':modal')")
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    case(page, "qpv", "oui").check()
    expect(page.locator(".puce")).to_have_count(1)
    assert page.locator("[data-voir]").inner_text().removeprefix("Voir ") == page.locator(COMPTE).inner_text()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_text("Filtres (1)")
    button.click()
    page.locator("[data-voir]").click()
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(sheet).to_be_hidden()
    expect(page.locator("#filtres")).to_be_visible()
    expect(case(page, "qpv", "oui")).to_be_checked()


# — Sans script, en-tête —


def test_sans_script_tout_mene_quelque_part(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/explorer/?q=sport", script=False)
    expect(page.locator("[data-explorer]")).to_be_hidden()
    content = page.locator("#contenu")
    for chemin in ("actions/", "territoires/", "ages/", "thematiques/", "freins/", "plan-du-site/"):
        expect(content.locator(f'a[href="../{chemin}"]:visible').first).to_be_visible()
    assert content.locator("button:visible, input:visible, select:visible").count() == 1
    content.get_by_role("button", name="Voir toutes les actions").click()
    assert urlsplit(page.url).path == "/actions/"
    page.locator("#q-tete").fill("sport")
    page.locator("#q-tete").press("Enter")
    assert urlsplit(page.url).path == "/explorer/"


@pytest.mark.parametrize("chemin", ["", "territoires/", "a-propos/"])
def test_l_en_tete_suggere(fenetre: Fenetre, serveur: str, chemin: str):
    page = fenetre.open(f"{serveur}/{chemin}")
    page.wait_for_load_state("networkidle")
    asked = lambda: [url for url in fenetre.journal.requests if "/recherche/" in url or url.endswith("engine.js")]  # noqa: E731
    assert asked() == []
    champ = page.locator("#q-tete")
    with page.expect_request("**/recherche/manifeste.json.gz"):
        champ.focus()
    champ.press_sequentially("nutri", delay=20)
    options = page.locator("#q-tete-suggestions [role=option]")
    expect(options.first).to_be_visible()
    expect(champ).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(champ).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(champ).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#q-tete-suggestions")).to_be_hidden()
    expect(champ).to_have_value("nutri")
    champ.press_sequentially("t")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(actions|villes|thematiques)/[^/]+/$"))
    assert fautes(fenetre) == []


def test_l_en_tete_sans_choix_mene_a_l_explorateur(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/a-propos/")
    page.locator("#q-tete").fill("sommeil")
    page.locator("#q-tete").press("Enter")
    page.wait_for_url("**/explorer/?q=sommeil")
    pret(page)
    expect(page.locator("#q")).to_have_value("sommeil")


def test_les_exemples_de_l_accueil_donnent_des_actions(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}/")
    for href in page.locator(".essais a").evaluate_all("all => all.map((a) => a.href)"):
        page.goto(href)
        pret(page)
        assert total(page) > 0, href
        assert page.locator(".avis").count() == 0, href


def test_tout_marche_sous_un_chemin(fenetre: Fenetre, serveur: str):
    page = fenetre.open(f"{serveur}{SOUS_CHEMIN}explorer/?q=sport")
    pret(page)
    page.locator("#q-tete").press_sequentially("nutri", delay=20)
    page.locator("#q-tete-suggestions [role=option]").first.click()
    page.wait_for_url(re.compile(f"{SOUS_CHEMIN}(actions|villes|thematiques)/"))
    page.go_back()
    pret(page)
    page.locator(f"{TITRES} a").first.click()
    page.wait_for_url(re.compile(f"{SOUS_CHEMIN}actions/"))
    assert fautes(fenetre) == []


# — Accessibilité —

ETATS = {
    "liste": "?q=nutrition",
    "filtres": "?q=sport&age=tous&axe=politiques-publiques&territoire=r-11",
    "carte": "?vue=carte&q=sport&territoire=d-69",
    "tableau": "?vue=tableau&q=sommeil",
    "corrige": "?q=alimentatoin+zzzzqqqq",
    "vide": "?q=m%C3%A9dicobus&age=0-3&qpv=oui",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("etat", ETATS)
def test_axe_dans_chaque_etat(ouvrir: Ouvrir, fenetre: Fenetre, etat: str, scheme: str, width: int):
    page = ouvrir(ETATS[etat], width=width, scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("controles.violations") == []
    assert page.evaluate("controles.inlineStyles()") == []
    assert page.evaluate("controles.overflow()") == []
    assert page.evaluate("controles.smallTargets()") == []
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    assert fautes(fenetre) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_feuille_ouverte(ouvrir: Ouvrir, scheme: str):
    page = ouvrir("?q=sport&age=tous", width=390, scheme=scheme)
    page.locator("[data-ouvrir-filtres]").click()
    page.locator("dialog summary", has_text="Territoire").click()
    expect(page.locator('dialog input[name="territoire"]').first).to_be_visible()
    page.locator("dialog .deplier").first.click()
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    assert page.evaluate("controles.overflow()") == []
    assert page.evaluate("controles.smallTargets()") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("chemin", "champ", "width"), [("", "#q", 390), ("", "#q", 1280), ("actions/", "#q-tete", 1280)]
)
def test_axe_suggestions_ouvertes(fenetre: Fenetre, serveur: str, chemin: str, champ: str, width: int, scheme: str):
    page = fenetre.open(f"{serveur}/{chemin}", scheme=scheme, width=width)
    page.locator(champ).press_sequentially("san", delay=20)
    expect(page.locator(f"{champ}-suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE)
    assert violations(page, ALL) == []
    assert page.evaluate("controles.overflow()") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_en_echec(ouvrir: Ouvrir, scheme: str):
    page = ouvrir(scheme=scheme)
    page.route("**/recherche/s-*", lambda route: route.abort())
    page.locator("#q").fill("nutrition")
    expect(page.locator("[data-echec]")).to_be_visible()
    page.evaluate(AXE)
    assert violations(page, ALL) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
def test_rien_ne_deborde(ouvrir: Ouvrir, width: int):
    for query in ("", "?vue=carte", "?vue=tableau&q=sommeil"):
        page = ouvrir(query, width=width)
        assert page.evaluate("controles.overflow()") == [], query
