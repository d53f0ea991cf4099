"""The pipeline, the file to read first: check everything, put every page together beside the last site, then swap.

``actions/*.md`` → ``Source`` → ``Action`` → ``Banque`` → rules → batches of pages and files → ``SiteFolder`` → ``site/``
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inspiractions.base.digests import docs_digest
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Batch, SiteFile
from inspiractions.base.parallel import no_collection
from inspiractions.base.problem import Problem, Refused, blocking
from inspiractions.base.text import speak
from inspiractions.build import contents
from inspiractions.build.budgets import host_doubts, over_budget
from inspiractions.build.contents import Inputs, make_inputs
from inspiractions.build.loading import load_and_check, open_memo
from inspiractions.build.site_folder import SiteFolder
from inspiractions.build.staging import staging
from inspiractions.exports.host import make_entetes, make_robots, make_sitemap
from inspiractions.exports.markdown import make_llms
from inspiractions.exports.sharing import make_share_images
from inspiractions.forms.web_form import WebForm
from inspiractions.model.banque import Banque
from inspiractions.pages.all import Pages
from inspiractions.theme.frames import make_frames
from inspiractions.theme.languages import read_language
from inspiractions.theme.settings import USUAL_ENGINE

Report = Callable[[str, int, int], None]
"""Told the name of a step, how many pages are done, and of how many (0 where it is not known)."""


Early = Callable[[Path, Sequence[str]], None]
"""Told the folder where a new site is made, and the addresses of the pages that already lie there, made again."""
# More récits at once are not the work of somebody who waits to see one.
_AT_ONCE = 20


@dataclass(frozen=True)
class BuildOptions:
    """What is asked of a build. ``drafts``: shown too; ``formulaire``: the web form to add; ``engine``: of ``theme.settings.ENGINES``.

    ``leger``: neither PDFs, share images nor the Word forms of re-reading, which take most of the time of a first build; no page
    leads to a PDF or such a form then. ``early`` is told of the récits that changed, while the rest of the site is still to be made.
    """

    drafts: bool = False
    leger: bool = False
    formulaire: WebForm | None = None
    engine: str = USUAL_ENGINE
    early: Early | None = None


USUAL = BuildOptions()


@dataclass(frozen=True)
class Built:
    """What a build made, or the problems that kept it from making anything. ``left_out``: drafts asked for, not whole.

    ``doubts``: what is to be known of the site that was made.
    """

    problems: list[Problem]
    recits: int = 0
    pages: int = 0
    left_out: tuple[str, ...] = ()
    doubts: tuple[Problem, ...] = ()


class SiteRefused(Refused):
    """The new site has links that lead nowhere, or weighs too much; it was not put in place."""


@no_collection()
def build(
    root: Path,
    site: Path,
    work: Path,
    options: BuildOptions = USUAL,
    report: Report = lambda *_: None,
) -> Built:
    """Make the whole site. With one problem, nothing is written and the last site stays.

    What did not change since the last site is taken from it.
    Raises ``FrameError``, ``UnknownLanguage``, ``PdfError``, ``WebFormRefused``, ``Occupied``, ``OSError``; the last site stays then, too.
    """
    report("Lecture et vérification", 0, 0)
    speak(read_language(root))
    memo = open_memo(root, work)
    try:
        banque, problems = load_and_check(root, options.drafts, memo)
        # A draft that is not whole is not shown.
        faulty = {problem.path for problem in problems if not problem.doubt} & banque.brouillons.keys()
        if stopping := blocking(problems, banque.brouillons):
            return Built(stopping)
        banque = replace(banque, actions=tuple(a for a in banque.actions if a.source.path not in faulty))
        pages, doubts = _assemble(banque, site.resolve(), work, memo, options, report)
        memo.sweep()
    finally:
        memo.close()
    return Built([], len(banque.actions), pages, tuple(sorted(faulty)) if options.drafts else (), doubts)


def _assemble(
    banque: Banque,
    site: Path,
    work: Path,
    memo: Memo,
    options: BuildOptions,
    report: Report,
) -> tuple[int, tuple[Problem, ...]]:
    """Returns the number of generated pages, and what is to be known of the site."""
    with staging(site, work, park=True) as folder:
        report("Pages écrites à la main", 0, 0)
        docs = docs_digest(banque.root)
        frames = make_frames(banque.root, work, memo, docs, options.formulaire is not None, options.engine)
        inputs = make_inputs(banque, frames, memo, docs)
        site_folder = SiteFolder(folder, site, work / "cache", frames, memo)
        forms = contents.blank_forms(inputs)
        site_folder.put(contents.hand_written(inputs, forms))
        site_folder.put(contents.formulaires(inputs, forms))
        pdfs = {} if options.leger else _put_pdfs(inputs, site_folder, work / "cache" / "pdf", report)
        sizes = {**pdfs, **{path: len(form) for path, form in forms.items()}}
        pages = Pages(banque, sizes, frames, inputs.keys, memo, inputs.docs)
        _put(site_folder, "Récits", contents.recits(inputs, pages, pdfs, options.leger), report, pages.prepare)
        if options.early and len(site_folder.made) <= _AT_ONCE:
            options.early(folder, site_folder.made_pages())
        # The long ones first: several processes end together then.
        lists = contents.lists(inputs, pages, sizes)
        recherche, donnees = contents.recherche(inputs), contents.donnees(inputs, site_folder.place)
        _put(
            site_folder,
            "Index, recherche et données",
            (*reversed(recherche), *donnees, *pages.batches(), *site_folder.batches_of(lists)),
            report,
            pages.prepare,
        )
        notes = (site_folder.note(batch.name) for batch in donnees)
        inventory = site_folder.put(contents.data_inventory(inputs, notes, site_folder.place)).note
        site_folder.put_all(pages.of_donnees(contents.inventory_of(inventory)))
        site_folder.put(contents.manifeste(inputs, [site_folder.note(batch.name) for batch in recherche]))
        if not options.leger:
            vignettes = make_share_images(banque, frames.settings.site_url, work / "cache" / "vignettes", inputs.keys)
            _put(site_folder, "Images de partage", vignettes, report)
        if options.formulaire:
            site_folder.put(contents.admin(inputs, options.formulaire))
        site_folder.put(_of_the_host(inputs, site_folder))
        report("Vérification des liens", 0, 0)
        site_folder.finish()
        problems = site_folder.dead_links() or over_budget(folder, site_folder.sizes(), memo)
        if problems:
            raise SiteRefused(problems)
        if memo.commit():
            site_folder.record()
    host = frames.settings.host
    return site_folder.pages, tuple(host_doubts(site_folder.sizes().values(), host)) if host else ()


def _put(
    site_folder: SiteFolder,
    step: str,
    batches: Iterable[Batch],
    report: Report,
    prepare: Callable[[], None] = lambda: None,
) -> None:
    batches = list(batches)
    report(step, 0, len(batches))
    site_folder.put_all(batches, lambda done: report(step, done, len(batches)), prepare)


def _put_pdfs(inputs: Inputs, site_folder: SiteFolder, cache: Path, report: Report) -> Mapping[str, int]:
    """The size of each PDF, which the pages tell."""
    # Here, not above: a light build does without the reading of what prints.
    from inspiractions.documents.pdf.document import recueils
    from inspiractions.documents.pdf.typst import SitePdfs

    pdfs = SitePdfs(
        inputs.banque, inputs.recits, recueils(inputs.banque), inputs.frames.settings.site_url, inputs.keys, cache
    )
    report("PDF", 0, len(pdfs.batches))
    pdfs.print([batch for batch in pdfs.batches if not site_folder.has(batch)])
    sizes: dict[str, int] = {}
    for batch in pdfs.batches:
        sizes |= {name: size for name, (size, _) in site_folder.put(batch).files.items()}
        report("PDF", len(sizes), len(pdfs.batches))
    pdfs.sweep()
    return sizes


def _of_the_host(inputs: Inputs, site_folder: SiteFolder) -> Batch:
    """What robots and hosts read of the site as a whole, written each time."""
    frames = inputs.frames
    by_hand = (name.removesuffix("index.html") for name, _ in frames.hand_written() if name.endswith("/index.html"))
    files = [
        SiteFile("sitemap.xml", make_sitemap(frames.settings.site_url, by_hand, site_folder.addresses()).encode()),
        SiteFile("robots.txt", make_robots(frames.settings.site_url).encode()),
        SiteFile("llms.txt", make_llms(inputs.banque, frames.settings.site_url).encode()),
        make_entetes(site_folder.folders(), frames.settings.base_path),
    ]
    key = inputs.keys.key(*(fichier.content for fichier in files))
    return Batch("hebergement", key, lambda: files)
