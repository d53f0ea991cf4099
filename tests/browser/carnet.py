"""What the tests of the carnet share: a value to store, and what the browser and the page hold."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page

OuvrirCarnet = Callable[..., Page]

CLE = "inspiractions-carnet"
NOTE = "Demander le coût.\n=1+1"
ATTAQUE = "<img src=x onerror=alert(1)><script>alert(1)</script>"


def carnet(ids: list[str], **autres: object) -> dict:
    actions = [{"id": i, "titre": f"Titre {i}", "lieux": "Quelque part", "note": ""} for i in ids]
    return {"titre": "", "introduction": "", "actions": actions, **autres}


def lu(page: Page) -> dict:
    return json.loads(page.evaluate("cle => localStorage.getItem(cle)", CLE) or "null")


def gardes(page: Page) -> list[str]:
    return [action["id"] for action in lu(page)["actions"]]


def titres(page: Page, where: str = "[data-liste]") -> list[str]:
    return page.locator(f"{where} h3").all_inner_texts()
