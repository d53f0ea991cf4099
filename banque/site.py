"""The pipeline, the file to read first: check everything, make every page beside the last site, then swap.

``actions/*.md`` → ``Source`` → ``Action`` → ``Banque`` → rules → pages → frame → staging → ``site/``
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from banque.banque import Banque, load_banque
from banque.enquetes import load_enquetes
from banque.exports.lunr_index import MAX_ACTIONS, make_lunr
from banque.exports.sitemap import make_robots, make_sitemap
from banque.formulaire import Formulaire, make_formulaire
from banque.formulaires import load_formulaires
from banque.frame import Frames, make_frames
from banque.links import dead_links
from banque.page import Page
from banque.pages import make_pages
from banque.problem import Problem
from banque.rules import check_rules
from banque.rules.vie_privee import boites_generiques
from banque.search import make_search
from banque.search.annexes import read_annexes
from banque.staging import staging

Report = Callable[[str, int, int], None]
"""Told the name of a step, how many pages are done, and of how many (0 where it is not known)."""


@dataclass(frozen=True)
class Built:
    """What a build made, or the problems that kept it from making anything."""

    problems: list[Problem]
    recits: int = 0
    pages: int = 0


def check(root: Path, drafts: bool = False) -> tuple[Banque, list[Problem]]:
    """Read and check everything under ``root``, drafts included, which are gathered only when asked; writes nothing."""
    banque, fiches, problems = load_banque(root, drafts)
    formulaires, faults = load_formulaires(root, banque.vocabulaires)
    _, answers = load_enquetes(root, formulaires, boites_generiques(root))
    return banque, sorted({*problems, *faults, *answers, *check_rules(banque, fiches)})


def build(
    root: Path,
    site: Path,
    work: Path,
    drafts: bool = False,
    report: Report = lambda *_: None,
    formulaire: Formulaire | None = None,
) -> Built:
    """Make the whole site, with its web form if asked. With one problem, nothing is written and the last site stays.

    Raises ``FrameError``, ``FormulaireImpossible``, ``Occupied``, ``OSError``; the last site stays then, too.
    """
    report("Lecture et vérification", 0, 0)
    banque, problems = check(root, drafts)
    if problems:
        return Built(problems)
    with staging(site) as folder:
        report("Pages écrites à la main", 0, 0)
        frames = make_frames(root, work, formulaire is not None)
        _write_hand_written(frames, folder)
        pages = _write_generated(banque, frames, folder, report)
        _copy_images(banque, folder)
        report("Index de recherche", 0, 0)
        if len(banque.actions) <= MAX_ACTIONS:
            _write(folder / "donnees" / "lunr.json", make_lunr(banque))
        for fichier in make_search(banque, list(read_annexes(frames.hand_written()))):
            _write_bytes(folder / "recherche" / fichier.nom, fichier.octets)
        _write(folder / "sitemap.xml", make_sitemap(frames.site_url, _hand_addresses(frames), pages))
        _write(folder / "robots.txt", make_robots(frames.site_url))
        if formulaire:
            for nom, octets in make_formulaire(formulaire, frames.forge, banque, frames.site_name, frames.site_url):
                _write_bytes(folder / "admin" / nom, octets)
        report("Vérification des liens", 0, 0)
        problems = dead_links(folder, frames.base_path)
        if problems:
            raise DeadLinks(problems)
    return Built([], len(banque.actions), len(pages))


class DeadLinks(Exception):
    """Links of the new site that lead nowhere; it was not put in place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def _write_generated(banque: Banque, frames: Frames, folder: Path, report: Report) -> list[Page]:
    """Write each page as it is made; keep only what the sitemap needs of it."""
    kept = []
    for page in make_pages(banque, frames.cadres, frames.site_url, frames.forge):
        _write(folder / page.chemin / "index.html", frames.fill(page))
        kept.append(page.without_content())
        report("Récits et index", len(kept), 0)
    return kept


def _write_hand_written(frames: Frames, folder: Path) -> None:
    for name, path in frames.hand_written():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".html":
            target.write_text(frames.finish(path.read_text("utf-8")), "utf-8")
        else:
            shutil.copyfile(path, target)


def _hand_addresses(frames: Frames) -> Iterable[str]:
    return (name.removesuffix("index.html") for name, _ in frames.hand_written() if name.endswith("/index.html"))


def _copy_images(banque: Banque, folder: Path) -> None:
    for action in banque.actions:
        for illustration in action.illustrations:
            name = Path("actions/images") / action.id / illustration.fichier
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(banque.root / name, folder / name)


def _write_bytes(path: Path, octets: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
