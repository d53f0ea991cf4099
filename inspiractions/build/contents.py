"""What a site is made of, batch by batch, and on what each batch depends; ``site.py`` puts them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import cast

from inspiractions.base.digests import digest
from inspiractions.base.outputs import Batch, BatchNote
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Donnee, Empreinte, SiteFile, Page
from inspiractions.exports.api import make_api
from inspiractions.exports.carnet import make_fiches
from inspiractions.exports.tables import make_coverage_tables, make_library_table
from inspiractions.exports.feeds import Feeds
from inspiractions.exports.sharing import make_illustrations
from inspiractions.exports.lunr_index import make_lunr
from inspiractions.exports.sharing import make_oembed
from inspiractions.exports.open_data import make_donnees, make_recit
from inspiractions.exports.recit_formats import RecitFormats
from inspiractions.exports.host import make_redirections
from inspiractions.exports.writer import DataWriter
from inspiractions.forms.web_form import WebForm, make_web_form
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.pages.all import Pages
from inspiractions.search.cards import HandWrittenPage, dossier_pages, read_hand_written
from inspiractions.search.index import (
    Description,
    IndexPart,
    make_cards,
    make_france,
    make_manifest,
    make_places,
    make_texts,
    make_words,
)
from inspiractions.story.keys import Keys
from inspiractions.story.lists import make_feed_lists
from inspiractions.story.permalinks import redirections
from inspiractions.story.recit import Recits, chemin_du_pdf
from inspiractions.story.related import find_all_related, traits
from inspiractions.story.share_card import share_card_of
from inspiractions.theme.mkdocs import Frames

Inventory = list[tuple[Donnee, Empreinte]]


@dataclass(frozen=True)
class Inputs:
    """What everything is made of; ``docs``: the digest of the hand-written pages and the assets."""

    banque: Banque
    frames: Frames
    dependances: Keys
    memoire: Memo
    recits: Recits
    pieces: RecitFormats
    docs: bytes


def make_inputs(banque: Banque, frames: Frames, memoire: Memo, base: bytes, docs: bytes) -> Inputs:
    """``base``: the digest of the code and of all that does not change often (``digests.foundation``)."""
    dependances = Keys(banque, digest(base, frames.digest))
    proches = memoire.get("proches", traits(banque), lambda: find_all_related(banque, memoire))
    recits = Recits(banque, frames.settings.site_url, proches)
    pieces = RecitFormats(banque, recits, frames.settings.site_url, dependances, memoire)
    return Inputs(banque, frames, dependances, memoire, recits, pieces, docs)


def hand_written(inputs: Inputs) -> Batch:
    """The pages of ``docs/`` and the assets, as MkDocs left them, in French typography."""

    def make() -> Iterator[SiteFile]:
        for nom, path in inputs.frames.hand_written():
            octets = path.read_bytes()
            yield SiteFile(nom, inputs.frames.finish(octets.decode()).encode() if path.suffix == ".html" else octets)

    return Batch("docs", inputs.dependances.cle(inputs.docs), make)


def donnees(inputs: Inputs, place: Callable[[str], Path]) -> Batch:
    """The open data, written where ``place`` says; its note is the ``Inventory`` of what there is to take."""
    d, frames = inputs.dependances, inputs.frames

    def lunr() -> str:
        return inputs.memoire.get("lunr", d.cle(d.toutes_entetes), lambda: make_lunr(inputs.banque))

    def make() -> Iterator[str | BatchNote]:
        depot = DataWriter(place)
        inventory = make_donnees(inputs.banque, inputs.pieces, frames.settings.site_url, frames.settings.forge.courriel, depot, lunr)
        yield from depot.noms
        yield BatchNote(inventory)

    return Batch("donnees", d.cle(d.toutes_fiches), make)


def inventory_of(note: object) -> Inventory:
    """The note of the batch ``donnees``."""
    return cast(Inventory, note)


def recits(inputs: Inputs, pages: Pages, pdfs: Mapping[str, int]) -> Iterator[Batch]:
    """For each action, its page and its files; one batch for the images, which are long to make."""
    for action in inputs.banque.actions:
        yield _recit(inputs, action, pages, pdfs.get(chemin_du_pdf(action), 0))
        if action.illustrations:
            cle = inputs.dependances.cle(inputs.dependances.fiche(action))
            yield Batch(f"images/{action.id}", cle, partial(make_illustrations, action, inputs.banque.root))


def _recit(inputs: Inputs, action: Action, pages: Pages, pdf: int) -> Batch:
    d = inputs.dependances
    shown_in = (dossier.source.front_digest for dossier in inputs.banque.dossiers_de.get(action.id, ()))

    def make() -> Iterator[Page | SiteFile]:
        recit = inputs.recits.of(action)
        yield from pages.of_recit(recit)
        yield from make_recit(recit, inputs.pieces.of(action))
        yield make_oembed(share_card_of(action, inputs.banque, inputs.frames.settings.site_url))

    return Batch(f"recits/{action.id}", d.cle(d.recit(action, inputs.recits), str(pdf), *shown_in), make)


def exports(inputs: Inputs) -> Iterator[Batch]:
    """The API, the feeds, and the small files of the other pages."""
    d, url = inputs.dependances, inputs.frames.settings.site_url
    entetes = d.cle(d.toutes_entetes)
    yield from make_api(inputs.banque, url, inputs.pieces, d)
    yield from Feeds(inputs.banque, url).lots(make_feed_lists(inputs.banque), d)
    yield Batch("redirections", entetes, lambda: make_redirections(redirections(inputs.banque), inputs.frames.settings.base_path))
    yield _in(inputs.frames.cadres["couverture"].chemin, Batch("couverture", entetes, lambda: make_coverage_tables(inputs.banque)))
    yield _in(inputs.frames.cadres["bibliotheque"].chemin, Batch("bibliotheque", entetes, lambda: make_library_table(inputs.banque, url)))
    yield _in("carnet/fiches/", Batch("carnet", entetes, lambda: make_fiches(inputs.banque)))


def recherche(inputs: Inputs) -> Sequence[Batch]:
    """The search index; the note of each batch is what the manifest says of it."""
    d, b = inputs.dependances, inputs.banque

    @cache
    def annexes() -> list[HandWrittenPage]:
        return [*read_hand_written(inputs.frames.hand_written()), *dossier_pages(b.dossiers)]

    def batch(nom: str, cle: bytes, make: Callable[[], IndexPart]) -> Batch:
        def made() -> Iterator[SiteFile | BatchNote]:
            part = make()
            yield from part.fichiers
            yield BatchNote(part.description)

        return _in("recherche/", Batch(f"recherche/{nom}", cle, made, serie=True))

    return (
        batch("cartes", d.cle(d.toutes_fiches, inputs.docs), lambda: make_cards(b, annexes())),
        batch("textes", d.cle(d.toutes_fiches), lambda: make_texts(b, d, inputs.memoire)),
        batch("mots", d.cle(d.toutes_fiches, inputs.docs), lambda: make_words(b, annexes(), d, inputs.memoire)),
        batch("lieux", d.cle(d.toutes_fiches), lambda: make_places(b, inputs.memoire)),
        batch("france", d.cle(), lambda: make_france(b.referentiel)),
    )


def manifeste(inputs: Inputs, notes: Iterable[object]) -> Batch:
    """The file that names those of ``recherche``, of which these are the notes."""
    manifest = make_manifest(cast(Description, note) for note in notes)
    return _in("recherche/", Batch("recherche", inputs.dependances.cle(manifest.octets), lambda: [manifest]))


def admin(inputs: Inputs, web_form: WebForm) -> Batch:
    """The web form, made anew each time: it is small, and its script comes from elsewhere."""
    settings = inputs.frames.settings
    files = list(make_web_form(web_form, settings.forge, inputs.banque, settings.site_name, settings.site_url))
    cle = digest(*(part for nom, octets in files for part in (nom, octets)))
    return _in("admin/", Batch("admin", cle, lambda: (SiteFile(nom, octets) for nom, octets in files)))


def _in(folder: str, batch: Batch) -> Batch:
    """The same batch, of files that are named from a folder of the site."""

    def make() -> Iterator[Page | SiteFile | BatchNote | str]:
        for item in batch.make():
            yield SiteFile(f"{folder}{item.nom}", item.octets) if isinstance(item, SiteFile) else item

    return replace(batch, make=make)
