"""Shared fixtures: a temporary content root, a valid fiche to alter, the real bank and its site (made once)."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from inspiractions.base.files import PROJECT
from inspiractions.base.problem import Problem
from inspiractions.build.site import BuildOptions, build, load_and_check
from inspiractions.cli.main import main
from inspiractions.model import banque as banque_module
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.parse import parse_action
from inspiractions.model.source import Source, read_fiche
from inspiractions.model.territoire import Referentiel
from inspiractions.model.types import ParseContext
from inspiractions.model.vocabulaire import Vocabulaires, load_vocabulaires

# The same examples on every machine: a failure is seen again where it was seen first.
settings.register_profile("inspiractions", derandomize=True, deadline=None)
settings.load_profile("inspiractions")

Ecrire = Callable[..., Path]
Messages = Callable[..., list[str]]
UneFois = Callable[[str, Callable[[Path], None]], Path]

_CLES = {
    "titre": "Marcher ensemble le mardi",
    "resume": "Une marche hebdomadaire relie les habitants du quartier et le centre de santé.",
    "villes": "[Aubervilliers]",
    "ages": "[65-plus]",
    "axes": "[action-communautaire]",
    "qpv": "inconnu",
    "thematiques": "[sport-sante]",
    "porteur": "Ville d’Aubervilliers",
    "connaissance": "sources-publiques",
    "date_publication": "2026-01-31",
}
_CORPS = "\n## Contexte\n\nLe quartier manque de lieux où marcher.\n"


def fiche(corps: str = _CORPS, **cles: str | None) -> str:
    """The text of a valid fiche; ``cles`` replaces keys (raw YAML), adds some, and removes those that are ``None``."""
    lignes = [f"{cle}: {valeur}" for cle, valeur in {**_CLES, **cles}.items() if valeur is not None]
    return "\n".join(["---", *lignes, "---", corps])


def longueur(court: int, long: int) -> int:
    """How many times to try something: a few at each change, many with ``SOAK=1`` (``make soak``)."""
    return long if os.environ.get("SOAK") == "1" else court


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A content root with nothing but an empty ``actions/``: the project lends the rest."""
    (tmp_path / "actions").mkdir()
    return tmp_path


@pytest.fixture
def ecrire(racine: Path) -> Ecrire:
    """Writes one fiche in ``racine`` and returns its path."""

    def ecrire(identifiant: str = "aubervilliers-marche", corps: str = _CORPS, **cles: str | None) -> Path:
        path = racine / "actions" / f"{identifiant}.md"
        path.write_text(fiche(corps, **cles), "utf-8")
        return path

    return ecrire


@pytest.fixture(scope="session")
def vocabulaires() -> Vocabulaires:
    vocabularies, problems = load_vocabulaires(PROJECT)
    assert problems == []
    return vocabularies


@pytest.fixture(scope="session")
def referentiel() -> Referentiel:
    return Referentiel(PROJECT)


@pytest.fixture(scope="session")
def contexte(vocabulaires: Vocabulaires, referentiel: Referentiel) -> ParseContext:
    return ParseContext(vocabulaires, referentiel)


@pytest.fixture
def partage(monkeypatch: pytest.MonkeyPatch, contexte: ParseContext) -> None:
    """Reading 35,000 communes takes half a second: ``load_banque`` borrows those of the session."""
    monkeypatch.setattr(banque_module, "Referentiel", lambda *_: contexte.referentiel)
    monkeypatch.setattr(banque_module, "load_vocabulaires", lambda _: (contexte.vocabulaires, []))


@pytest.fixture
def problemes(racine: Path, partage: None) -> Callable[[], list[Problem]]:
    """What ``load_and_check`` finds in ``racine``."""
    return lambda: load_and_check(racine)[1]


@pytest.fixture
def messages(ecrire: Ecrire, problemes: Callable[[], list[Problem]]) -> Messages:
    """Writes one altered fiche; returns ``ligne: message`` for each problem of the whole root."""

    def messages(*arguments: str, **cles: str | None) -> list[str]:
        ecrire(*arguments, **cles)
        return [f"{p.line}: {p.message}" for p in problemes()]

    return messages


@pytest.fixture
def lire(racine: Path, contexte: ParseContext) -> Callable[[Path], tuple[Source, Action]]:
    """Reads and parses a fiche that must be right."""

    def lire(path: Path) -> tuple[Source, Action]:
        source, problems = read_fiche(racine, path)
        assert source is not None, problems
        action, faults = parse_action(source, contexte)
        assert action is not None, faults
        return source, action

    return lire


@pytest.fixture(scope="session")
def banque_reelle() -> Banque:
    banque, problems = load_and_check(PROJECT)
    assert problems == []
    return banque


@pytest.fixture(scope="session")
def une_fois(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> UneFois:
    """What every worker reads is made once a session, by whichever asks first. Nobody writes in it."""
    base = tmp_path_factory.getbasetemp()
    folder = base if worker_id == "master" else base.parent

    def une_fois(name: str, make: Callable[[Path], None]) -> Path:
        with (folder / f"{name}.verrou").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if not (folder / name).exists():
                make(folder / name)
        return folder / name

    return une_fois


@pytest.fixture(scope="session")
def site(une_fois: UneFois) -> Path:
    """The site of the real bank; with ``MOTEUR=zensical``, a light one that the other engine rendered (``make moteurs``)."""
    engine = os.environ.get("MOTEUR")
    options = [BuildOptions(leger=True, engine=engine)] if engine else []

    def make(path: Path) -> None:
        work = path.parent / "travail"
        _take_over(PROJECT / "build" / "cache", work / "cache")
        assert build(PROJECT, path, work, *options).problems == []

    return une_fois("site", make)


def _take_over(cache: Path, copy: Path) -> None:
    """The PDFs and pictures that ``make site`` left are most of the time; what is damaged or of other sources counts for nothing."""
    for name in ("pdf", "vignettes"):
        if (cache / name).is_dir():
            shutil.copytree(cache / name, copy / name)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, str]:
    """The HTML of each page by its address from the root of the site."""
    by_path = {p.relative_to(site).as_posix(): p.read_text("utf-8") for p in sorted(site.rglob("*.html"))}
    return {nom.removesuffix("index.html"): html for nom, html in by_path.items()}


@pytest.fixture(scope="session")
def zip_du_site(site: Path, une_fois: UneFois) -> Path:
    """The archive of that site."""

    def make(path: Path) -> None:
        assert main(["archive", "--site", str(site), "-o", str(path)]) == 0

    return une_fois("archive.zip", make)
