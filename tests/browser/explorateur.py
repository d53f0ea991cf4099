"""What the tests of the explorer share: its parts, and the counts made from the fiches, not from the index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs

from playwright.sync_api import Frame, Page, expect

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque

Ouvrir = Callable[..., Page]

# Addresses that show all that the page can.
ETATS = {
    "liste": "?q=nutrition",
    "filtres": "?q=sport&age=tous&axe=politiques-publiques&territoire=r-11",
    "carte": "?vue=carte&q=sport&territoire=d-69",
    "tableau": "?vue=tableau&q=sommeil",
    "corrige": "?q=alimentatoin+zzzzqqqq",
    "vide": "?q=m%C3%A9dicobus&age=0-3&qpv=oui",
}
COMPTE = ".compte__n"
TITRES = "[data-resultats] .carte__titre"
COUNTS = """cle => Object.fromEntries([...document.querySelectorAll(`input[name="${cle}"]`)].map((box) =>
    [box.value, Number(box.closest("label").querySelector(".conduite__n").firstChild.textContent.replace(/\\D/g, ""))]))"""
DISABLED = """cle => [...document.querySelectorAll(`input[name="${cle}"]:disabled`)].map((box) => box.value)"""


def wait_until(where: Page | Frame, expression: str) -> None:
    """Waits for an expression of a page to be true. ``wait_for_function`` evaluates it in the page again and again, which
    the policy of our pages refuses as soon as the first answer is no.
    """
    for _ in range(150):
        if where.evaluate(expression):
            return
        where.wait_for_timeout(100)
    raise AssertionError(f"{where.url}: never {expression}")


def pret(page: Page) -> None:
    """Waits for the answer to what the address and the field ask now."""
    expect(page.locator("[data-resultats]")).to_have_attribute("aria-busy", "false")
    expect(page.locator(COMPTE)).to_have_text(re.compile(r"^\d.* actions?$"))


def total(page: Page) -> int:
    """How many actions the page says it shows, once it has answered."""
    pret(page)
    return int(re.sub(r"\D", "", page.locator(COMPTE).inner_text()))


def requete(page: Page) -> dict[str, list[str]]:
    """What the address asks; ``page.url`` learns of a step without a load after the page itself."""
    return parse_qs(page.evaluate("location.search.slice(1)"))


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
