"""The pipeline, the file to read first: check everything, make every page beside the last site, then swap.

``actions/*.md`` → ``Source`` → ``Action`` → ``Banque`` → rules → pages → frame → staging → ``site/``
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from banque.annonces import annonces
from banque.banque import Banque, load_banque
from banque.depot import Depot, Empreinte
from banque.dossiers import load_dossiers
from banque.enquetes import load_enquetes, publiees
from banque.exports.carnet import make_fiches
from banque.exports.couverture import make_tableaux
from banque.exports.donnees import make_donnees
from banque.exports.entetes import make_entetes
from banque.exports.flux import Flux
from banque.exports.illustrations import make_illustrations
from banque.exports.oembed import make_oembed
from banque.exports.redirections import make_redirections
from banque.exports.sitemap import make_robots, make_sitemap
from banque.exports.vignettes import make_vignettes
from banque.formulaire import Formulaire, make_formulaire
from banque.formulaires import load_formulaires
from banque.frame import Frames, make_frames
from banque.inventaire import Donnee
from banque.links import dead_links
from banque.listes import make_listes
from banque.page import Fichier, Page
from banque.pages import make_pages
from banque.pdf.recueils import recueils
from banque.pdf.tirage import make_documents, print_all
from banque.permaliens import deplacements
from banque.problem import Problem, blocking
from banque.recit import Recits
from banque.rules import check_rules
from banque.rules.vie_privee import boites_generiques
from banque.search import make_search
from banque.search.annexes import annexes_of, read_annexes
from banque.staging import staging

Report = Callable[[str, int, int], None]
"""Told the name of a step, how many pages are done, and of how many (0 where it is not known)."""


@dataclass(frozen=True)
class Built:
    """What a build made, or the problems that kept it from making anything. ``ecartes``: drafts asked for, not whole."""

    problems: list[Problem]
    recits: int = 0
    pages: int = 0
    ecartes: tuple[str, ...] = ()


def check(root: Path, drafts: bool = False) -> tuple[Banque, list[Problem]]:
    """Read and check everything under ``root``, drafts included, which are gathered only when asked; writes nothing."""
    banque, fiches, problems = load_banque(root, drafts)
    dossiers, faults = load_dossiers(banque)
    banque = replace(banque, dossiers=dossiers)
    formulaires, wrong = load_formulaires(root, banque.vocabulaires)
    reponses, answers = load_enquetes(root, formulaires, boites_generiques(root), banque.referentiel)
    banque = replace(banque, enquetes=publiees(formulaires, reponses))
    return banque, sorted({*problems, *check_rules(banque, fiches), *faults, *wrong, *answers})


def build(
    root: Path,
    site: Path,
    work: Path,
    drafts: bool = False,
    report: Report = lambda *_: None,
    leger: bool = False,
    formulaire: Formulaire | None = None,
) -> Built:
    """Make the whole site, with its web form if asked. With one problem, nothing is written and the last site stays.

    ``leger``: neither PDFs nor share images, which take most of the time of a first build; no page leads to a PDF then.
    Raises ``FrameError``, ``PdfError``, ``FormulaireImpossible``, ``Occupied``, ``OSError``; the last site stays then, too.
    """
    report("Lecture et vérification", 0, 0)
    banque, problems = check(root, drafts)
    # A draft that is not whole is not shown.
    faulty = {problem.path for problem in problems} & banque.brouillons.keys()
    if stopping := blocking(problems, banque.brouillons):
        return Built(stopping)
    banque = replace(banque, actions=tuple(a for a in banque.actions if a.source.path not in faulty))
    with staging(site) as folder:
        report("Pages écrites à la main", 0, 0)
        frames = make_frames(root, work, formulaire is not None)
        _write_hand_written(frames, folder)
        recits = Recits(banque, frames.site_url)
        report("Données ouvertes", 0, 0)
        donnees = make_donnees(banque, recits, frames.site_url, frames.courriel, Depot(folder))
        pdfs = {} if leger else _write_pdfs(banque, recits, frames, work / "cache" / "pdf", folder, report)
        pages = _write_generated(banque, recits, donnees, pdfs, frames, folder, report)
        _write_files(folder, make_redirections(deplacements(banque), frames.base_path))
        _write_files(folder, Flux(banque, frames.site_url).make(make_listes(banque)))
        _write_files(folder, make_oembed(annonces(banque, frames.site_url)))
        if not leger:
            report("Images de partage", 0, 0)
            _write_files(folder, make_vignettes(banque, frames.site_url, work / "cache" / "vignettes"))
        _write_files(folder, make_illustrations(banque))
        _write_files(folder / frames.cadres["couverture"].chemin, make_tableaux(banque))
        report("Index de recherche", 0, 0)
        annexes = [*read_annexes(frames.hand_written()), *annexes_of(banque.dossiers)]
        _write_files(folder / "recherche", make_search(banque, annexes))
        _write_files(folder / "carnet" / "fiches", make_fiches(banque))
        _write(folder / "sitemap.xml", make_sitemap(frames.site_url, _hand_addresses(frames), pages))
        _write(folder / "robots.txt", make_robots(frames.site_url))
        if formulaire:
            made = make_formulaire(formulaire, frames.forge, banque, frames.site_name, frames.site_url)
            _write_files(folder / "admin", (Fichier(nom, octets) for nom, octets in made))
        dossiers = (path.name for path in folder.iterdir() if path.is_dir())
        _write_files(folder, [make_entetes(dossiers, frames.base_path)])
        report("Vérification des liens", 0, 0)
        problems = dead_links(folder, frames.base_path)
        if problems:
            raise DeadLinks(problems)
    return Built([], len(banque.actions), len(pages), tuple(sorted(faulty)) if drafts else ())


class DeadLinks(Exception):
    """Links of the new site that lead nowhere; it was not put in place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def _write_pdfs(
    banque: Banque, recits: Recits, frames: Frames, cache: Path, folder: Path, report: Report
) -> Mapping[str, int]:
    """Write each PDF as it is printed; keep its size, which the pages tell."""
    documents = make_documents(banque, recits, recueils(banque), frames.site_url)
    sizes: dict[str, int] = {}
    report("PDF", 0, len(documents))
    for fichier in print_all(banque.root, cache, documents):
        _write_files(folder, [fichier])
        sizes[fichier.nom] = len(fichier.octets)
        report("PDF", len(sizes), len(documents))
    return sizes


def _write_generated(
    banque: Banque,
    recits: Recits,
    donnees: Sequence[tuple[Donnee, Empreinte]],
    pdfs: Mapping[str, int],
    frames: Frames,
    folder: Path,
    report: Report,
) -> list[Page]:
    """Write each page as it is made; keep only what the sitemap needs of it."""
    kept = []
    for page in make_pages(banque, recits, donnees, pdfs, frames.cadres, frames.site_url, frames.forge):
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


def _write_files(folder: Path, fichiers: Iterable[Fichier]) -> None:
    for fichier in fichiers:
        path = folder / fichier.nom
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(fichier.octets)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
