"""The pipeline, the file to read first: check everything, put every page together beside the last site, then swap.

``actions/*.md`` → ``Source`` → ``Action`` → ``Banque`` → rules → lots of pages and files → ``SiteFolder`` → ``site/``
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from inspiractions.build import contents
from inspiractions.base.digests import code_is_loaded, docs_digest, foundation, state
from inspiractions.base.outputs import Batch
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import SiteFile
from inspiractions.base.problem import Problem, blocking
from inspiractions.build.budgets import over_budget
from inspiractions.build.site_folder import SiteFolder
from inspiractions.documents.pdf.batch import PdfBatch
from inspiractions.documents.pdf.recueils import recueils
from inspiractions.exports.host import make_entetes
from inspiractions.exports.sharing import make_share_images
from inspiractions.exports.host import make_robots, make_sitemap
from inspiractions.forms.questionnaires import load_questionnaires
from inspiractions.forms.web_form import WebForm
from inspiractions.build.contents import Inputs, make_inputs
from inspiractions.model.banque import Banque, load_banque
from inspiractions.model.enquete import load_enquetes, publiees
from inspiractions.pages.all import Pages
from inspiractions.rules.check import check_rules
from inspiractions.rules.privacy import privacy_messages
from inspiractions.search.dossiers import load_dossiers
from inspiractions.build.staging import staging
from inspiractions.theme.mkdocs import make_frames

Report = Callable[[str, int, int], None]
"""Told the name of a step, how many pages are done, and of how many (0 where it is not known)."""


@dataclass(frozen=True)
class Built:
    """What a build made, or the problems that kept it from making anything. ``ecartes``: drafts asked for, not whole."""

    problems: list[Problem]
    recits: int = 0
    pages: int = 0
    ecartes: tuple[str, ...] = ()


class SiteRefused(Exception):
    """The new site has links that lead nowhere, or weighs too much; it was not put in place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load_and_check(root: Path, drafts: bool = False, memoire: Memo | None = None) -> tuple[Banque, list[Problem]]:
    """Read and check everything under ``root``, drafts included, which are gathered only when asked.

    Nothing is written but what ``memoire`` keeps of it.
    """
    banque, fiches, problems = load_banque(root, drafts, memoire)
    dossiers, faults = load_dossiers(banque, memoire)
    banque = replace(banque, dossiers=dossiers)
    formulaires, wrong = load_questionnaires(root, banque.vocabulaires)
    private = partial(privacy_messages, boites=banque.boites_generiques)
    reponses, answers = load_enquetes(root, formulaires, private, banque.referentiel)
    banque = replace(banque, enquetes=publiees(formulaires, reponses))
    return banque, sorted({*problems, *check_rules(banque, fiches, memoire), *faults, *wrong, *answers})


def load_and_check_cached(root: Path, work: Path) -> tuple[Banque, list[Problem]]:
    """``load_and_check``, the sooner for what earlier runs left in ``work``."""
    memoire, _ = open_memo(root, work)
    try:
        return load_and_check(root, memoire=memoire)
    finally:
        memoire.close()


def open_memo(root: Path, work: Path) -> tuple[Memo, bytes]:
    """What earlier runs over ``root`` left in ``work``, and the digest under which it counts."""
    found = state(root)
    base = foundation(root)
    return Memo(work / "cache" / "memoire.sqlite", base, lambda: code_is_loaded() and state(root) == found), base


def build(
    root: Path,
    site: Path,
    work: Path,
    drafts: bool = False,
    report: Report = lambda *_: None,
    leger: bool = False,
    formulaire: WebForm | None = None,
) -> Built:
    """Make the whole site, with its web form if asked. With one problem, nothing is written and the last site stays.

    What did not change since the last site is taken from it. ``leger``: neither PDFs nor share images, which take most of
    the time of a first build; no page leads to a PDF then.
    Raises ``FrameError``, ``PdfError``, ``WebFormRefused``, ``Occupied``, ``OSError``; the last site stays then, too.
    """
    report("Lecture et vérification", 0, 0)
    memoire, base = open_memo(root, work)
    try:
        banque, problems = load_and_check(root, drafts, memoire)
        # A draft that is not whole is not shown.
        faulty = {problem.path for problem in problems} & banque.brouillons.keys()
        if stopping := blocking(problems, banque.brouillons):
            return Built(stopping)
        banque = replace(banque, actions=tuple(a for a in banque.actions if a.source.path not in faulty))
        pages = _assemble(banque, site.resolve(), work, memoire, base, report, leger, formulaire)
        memoire.sweep()
    finally:
        memoire.close()
    return Built([], len(banque.actions), pages, tuple(sorted(faulty)) if drafts else ())


def _assemble(
    banque: Banque,
    site: Path,
    work: Path,
    memoire: Memo,
    base: bytes,
    report: Report,
    leger: bool,
    formulaire: WebForm | None,
) -> int:
    """Returns the number of generated pages."""
    with staging(site, work, park=True) as folder:
        report("Pages écrites à la main", 0, 0)
        docs = docs_digest(banque.root)
        frames = make_frames(banque.root, work, memoire, docs, formulaire is not None)
        m = make_inputs(banque, frames, memoire, base, docs)
        chantier = SiteFolder(folder, site, work / "cache", base, frames, memoire)
        chantier.put(contents.hand_written(m))
        pdfs = {} if leger else _put_pdfs(m, chantier, work / "cache" / "pdf", report)
        pages = Pages(banque, pdfs, frames, m.dependances, memoire, m.docs)
        _put(chantier, "Récits", contents.recits(m, pages, pdfs), report)
        # The long ones first: several processes end together then.
        recherche, donnees = contents.recherche(m), contents.donnees(m, chantier.place)
        _put(
            chantier,
            "Index, recherche et données",
            (*reversed(recherche), donnees, *pages.lots(), *contents.exports(m)),
            report,
        )
        chantier.put_all(pages.of_donnees(contents.inventory_of(chantier.note(donnees.nom))))
        chantier.put(contents.manifeste(m, [chantier.note(lot.nom) for lot in recherche]))
        if not leger:
            vignettes = make_share_images(banque, frames.settings.site_url, work / "cache" / "vignettes", m.dependances)
            _put(chantier, "Images de partage", vignettes, report)
        if formulaire:
            chantier.put(contents.admin(m, formulaire))
        chantier.put(_of_the_host(m, chantier))
        report("Vérification des liens", 0, 0)
        chantier.finish()
        problems = chantier.dead_links() or over_budget(folder)
        if problems:
            raise SiteRefused(problems)
        if memoire.commit():
            chantier.record()
    return chantier.pages


def _put(chantier: SiteFolder, step: str, lots: Iterable[Batch], report: Report) -> None:
    made = list(lots)
    report(step, 0, len(made))
    chantier.put_all(made, lambda done: report(step, done, len(made)))


def _put_pdfs(m: Inputs, chantier: SiteFolder, cache: Path, report: Report) -> Mapping[str, int]:
    """The size of each PDF, which the pages tell."""
    tirage = PdfBatch(m.banque, m.recits, recueils(m.banque), m.frames.settings.site_url, m.dependances, cache)
    report("PDF", 0, len(tirage.lots))
    tirage.print([lot for lot in tirage.lots if not chantier.has(lot)])
    sizes: dict[str, int] = {}
    for lot in tirage.lots:
        sizes |= {nom: size for nom, (size, _) in chantier.put(lot).fichiers.items()}
        report("PDF", len(sizes), len(tirage.lots))
    tirage.sweep()
    return sizes


def _of_the_host(m: Inputs, chantier: SiteFolder) -> Batch:
    """What robots and hosts read of the site as a whole, written each time."""
    frames = m.frames
    by_hand = (nom.removesuffix("index.html") for nom, _ in frames.hand_written() if nom.endswith("/index.html"))
    made = [
        SiteFile("sitemap.xml", make_sitemap(frames.settings.site_url, by_hand, chantier.adresses()).encode()),
        SiteFile("robots.txt", make_robots(frames.settings.site_url).encode()),
        make_entetes(chantier.dossiers(), frames.settings.base_path),
    ]
    cle = m.dependances.cle(*(fichier.octets for fichier in made))
    return Batch("hebergement", cle, lambda: made)
