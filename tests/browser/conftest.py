from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from inspiractions.base.files import PROJECT

from .carnet import CLE
from .explorateur import pret
from .genres import GENRES
from .polices import POLICES, only
from .serveur import serve

_ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHECKS = (Path(__file__).parent / "controles.js").read_text("utf-8")
# The fonts of a test that does not look at sizes, and those that pages are looked at again with.
D_ABORD, *AILLEURS = POLICES
sous_chaque_police = pytest.mark.parametrize("police", POLICES)
# A busy machine is slow, not wrong: what is awaited may take long, and costs nothing when it comes at once.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def serveur(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def adresse(site: Path, serveur: str) -> Callable[[str], str]:
    """The address of the page of a kind."""
    return cache(lambda genre: f"{serveur}/{GENRES[genre](site)}")


@pytest.fixture(scope="session")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Browser]]:
    """The browser that sees one font family alone, started when it is first asked for."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("Chromium introuvable : installez le paquet chromium, ou dites où il est (CHROMIUM=/chemin).")
    with sync_playwright() as playwright, ExitStack() as opened:

        @cache
        def launch(police: str) -> Browser:
            try:
                environment = only(POLICES[police], tmp_path_factory.mktemp(police))
            except LookupError as error:
                pytest.fail(str(error))
            browser = playwright.chromium.launch(executable_path=path, headless=True, args=_ARGS, env=environment)
            opened.callback(browser.close)
            return browser

        yield launch


@pytest.fixture
def police() -> str:
    """What ``browser`` draws with; a test that looks at sizes asks for each (``sous_chaque_police``)."""
    return D_ABORD


@pytest.fixture
def browser(browsers: Callable[[str], Browser], police: str) -> Browser:
    return browsers(police)


@dataclass
class Journal:
    """What went wrong or went out while pages of a context were open.

    A file that the browser itself lets go is no fault: the page was left, or another width asks for another size of an image.
    """

    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on(
            "console",
            lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _failed(self, request: object) -> None:
        if "ERR_ABORTED" not in str(request.failure):
            self.faults.append(f"échec : {request.url} {request.failure}")

    def _response(self, response: object) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} : {response.url}")


class Fenetre:
    """Opens pages, each in a context of its own that the test's end closes; ``journal`` hears them all."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.contexts: list[BrowserContext] = []
        self.journal = Journal()

    def open(self, url: str, width: int = 1280, scheme: str = "light", script: bool = True, **options: object) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            locale="fr-FR",
            **options,
        )
        self.contexts.append(context)
        context.add_init_script(CHECKS)
        page = context.new_page()
        self.journal.follow(page)
        page.goto(url, wait_until="load")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def fenetre(browser: Browser) -> Iterator[Fenetre]:
    fenetre = Fenetre(browser)
    yield fenetre
    fenetre.close()


@pytest.fixture
def moteur(fenetre: Fenetre, adresse: Callable[[str], str], request: pytest.FixtureRequest) -> Page:
    """A page where the engine is opened, as the ``OUVRIR`` of the tests says."""
    page = fenetre.open(adresse("a-propos"))
    page.evaluate(request.module.OUVRIR)
    return page


@pytest.fixture
def ouvrir(fenetre: Fenetre, serveur: str) -> Callable[..., Page]:
    """Opens the explorer at an address and waits for its first answer."""

    def ouvrir(query: str = "", **options: object) -> Page:
        page = fenetre.open(f"{serveur}/explorer/{query}", **options)
        pret(page)
        return page

    return ouvrir


@pytest.fixture(scope="session")
def ids() -> list[str]:
    """Some actions of the bank."""
    return [path.stem for path in sorted((PROJECT / "actions").glob("*.md"))[:4]]


@pytest.fixture
def ouvrir_carnet(fenetre: Fenetre, serveur: str) -> Callable[..., Page]:
    """Opens the carnet of a browser that holds this value, and waits for its cards."""

    def ouvrir(carnet: object = None, fragment: str = "", adresse: str = serveur, **options: object) -> Page:
        brut = carnet if isinstance(carnet, str) else json.dumps(carnet)
        kept = [{"name": CLE, "value": brut}] if carnet else []
        state = {"cookies": [], "origins": [{"origin": adresse, "localStorage": kept}]}
        page = fenetre.open(f"{adresse}/carnet/{fragment}", storage_state=state, **options)
        page.locator("[data-carnet-page]:not([hidden], [aria-busy])").wait_for()
        return page

    return ouvrir
