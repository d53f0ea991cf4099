"""What a site is made of, batch by batch, and on what each batch depends; ``site.py`` puts them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import cast

from inspiractions.base.digests import digest
from inspiractions.base.memo import Memo
from inspiractions.base.outputs import Batch, BatchGroup, BatchNote, DataFile, FileStats, Page, SiteFile
from inspiractions.exports.api import make_api
from inspiractions.exports.carnet import make_fiches
from inspiractions.exports.feeds import Feeds
from inspiractions.exports.host import make_redirections
from inspiractions.exports.inventory import DataWriter
from inspiractions.exports.open_data import make_recit, write_inventory, write_records, write_tables
from inspiractions.exports.sharing import make_illustrations, make_oembed
from inspiractions.exports.tables import RecitFormats, make_coverage_tables, make_library_table, make_rgaa_table
from inspiractions.forms.web_form import WebForm, make_web_form
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.pages.all import Pages
from inspiractions.search.index import (
    Description,
    IndexPart,
    make_cards,
    make_france,
    make_manifest,
    make_texts,
    make_words,
)
from inspiractions.search.texts import HandWrittenPage, dossier_pages, read_hand_written
from inspiractions.story.citations import share_card_of
from inspiractions.story.coverage import Call, current, form_path, make_calls
from inspiractions.story.keys import Keys
from inspiractions.story.lists import make_feed_lists
from inspiractions.story.permalinks import redirections
from inspiractions.story.recit import Recits, chemin_de_relecture, chemin_du_pdf
from inspiractions.story.related import find_all_related, traits
from inspiractions.story.review import BEFORE_THE_CITY
from inspiractions.theme.frames import Frames

Inventory = list[tuple[DataFile, FileStats]]


@dataclass(frozen=True)
class Inputs:
    """What everything is made of; ``docs``: the digest of the hand-written pages and the assets."""

    banque: Banque
    frames: Frames
    keys: Keys
    memo: Memo
    recits: Recits
    formats: RecitFormats
    docs: bytes


def make_inputs(banque: Banque, frames: Frames, memo: Memo, docs: bytes) -> Inputs:
    """``docs``: the digest of the hand-written pages."""
    keys = Keys(banque, digest(memo.base, frames.digest), memo)
    proches = memo.get_or_make("proches", traits(banque), lambda: find_all_related(banque, memo))
    recits = Recits(banque, frames.settings.site_url, proches)
    formats = RecitFormats(banque, recits, frames.settings.site_url, keys, memo)
    return Inputs(banque, frames, keys, memo, recits, formats, docs)


def blank_forms(inputs: Inputs) -> dict[str, bytes]:
    """The blank Word form of each campaign that has one, by address."""

    def make() -> dict[str, bytes]:
        # Here, not above: python-docx is slow to import, and a form that is kept does not need it.
        from inspiractions.forms.blank import make_vierge

        forms = inputs.banque.questionnaires.values()
        return {form_path(form.campagne): make_vierge(form) for form in forms}

    return inputs.memo.get_or_make("formulaires", inputs.keys.key(), make)


def formulaires(inputs: Inputs, forms: Mapping[str, bytes]) -> Batch:
    """The blank forms, as files."""
    return Batch("formulaires", inputs.keys.key(), lambda: (SiteFile(path, form) for path, form in forms.items()))


def hand_written(inputs: Inputs, forms: Mapping[str, bytes]) -> Batch:
    """The pages of ``docs/`` and the assets, as MkDocs left them, in French typography; « ‹formulaire› » leads to one."""
    call = current(make_calls(inputs.banque, {path: len(form) for path, form in forms.items()}))

    def make() -> Iterator[SiteFile]:
        for name, path in inputs.frames.hand_written():
            octets = path.read_bytes()
            if path.suffix == ".html":
                html = octets.decode().replace(_FORM_HERE, _leads_to(call, name))
                octets = inputs.frames.finish(html).encode()
            yield SiteFile(name, octets)

    return Batch("docs", inputs.keys.key(inputs.docs, repr(call)), make)


_FORM_HERE = "‹formulaire›"


def _leads_to(call: Call | None, page: str) -> str:
    """The words of a hand-written page that lead to the blank form to fill in today."""
    if call is None:
        return "Demandez le formulaire Word au secrétariat"
    up = "../" * page.count("/")
    until = f", à renvoyer jusqu’au {call.jusquau}" if call.ouverte else ""
    return (
        f'<a href="{up}{call.chemin}" download>Téléchargez le formulaire Word</a> ({call.poids}), '
        f'celui du recueil « <a href="{up}{call.page}">{escape(call.terme.court)}</a> »{until}'
    )


def donnees(inputs: Inputs, place: Callable[[str], Path]) -> Sequence[Batch]:
    """The open data, written where ``place`` says; the note of each batch: the stats of its files."""
    banque, keys, settings = inputs.banque, inputs.keys, inputs.frames.settings

    def batch(name: str, key: bytes, write: Callable[[DataWriter], None]) -> Batch:
        return Batch(f"donnees/{name}", keys.key(key), partial(_written, place, {}, write))

    def tables(writer: DataWriter) -> None:
        write_tables(banque, inputs.formats, settings.site_url, settings.forge.courriel, writer)

    return (
        batch("recits", keys.all_whole, lambda writer: write_records(banque, inputs.formats, writer)),
        batch("tables", keys.all_front_matters, tables),
    )


def data_inventory(inputs: Inputs, notes: Iterable[object], place: Callable[[str], Path]) -> Batch:
    """The files that describe those of ``donnees``, of which these are the notes; its own note is the ``Inventory``."""
    stats = {name: one for note in notes for name, one in cast(Mapping[str, FileStats], note).items()}
    key = inputs.keys.key(inputs.keys.all_front_matters, repr(sorted(stats.items())))
    columns, site_url = inputs.formats.columns, inputs.frames.settings.site_url
    return Batch(
        "donnees", key, partial(_written, place, stats, partial(write_inventory, inputs.banque, columns, site_url))
    )


def _written(
    place: Callable[[str], Path], stats: Mapping[str, FileStats], write: Callable[[DataWriter], Inventory | None]
) -> Iterator[str | BatchNote]:
    writer = DataWriter(place, dict(stats))
    inventory = write(writer)
    yield from writer.names
    yield BatchNote(writer.stats if inventory is None else inventory)


def inventory_of(note: object) -> Inventory:
    """The note of ``data_inventory``."""
    return cast(Inventory, note)


def recits(inputs: Inputs, pages: Pages, pdfs: Mapping[str, int], leger: bool) -> Iterator[Batch]:
    """For each action, its page and its files; one batch for the images, which are long to make.

    ``leger``: without the forms that cities re-read.
    """
    rereading = None if leger else _rereading(inputs)
    for action in inputs.banque.actions:
        yield _recit(inputs, action, pages, pdfs.get(chemin_du_pdf(action), 0), rereading)
        if action.illustrations:
            key = inputs.keys.key(inputs.keys.illustrations(action))
            yield Batch(f"images/{action.id}", key, partial(make_illustrations, action, inputs.banque.root))


def _recit(
    inputs: Inputs, action: Action, pages: Pages, pdf: int, rereading: Callable[[Action], bytes] | None
) -> Batch:
    keys = inputs.keys
    shown_in = (dossier.source.front_digest for dossier in inputs.banque.dossiers_de.get(action.id, ()))

    def make() -> Iterator[Page | SiteFile]:
        recit = inputs.recits.of(action)
        form = rereading(action) if rereading and action.connaissance in BEFORE_THE_CITY else b""
        if form:
            yield SiteFile(chemin_de_relecture(action), form)
        yield from pages.of_recit(recit, len(form))
        yield from make_recit(recit, inputs.formats.of(action), inputs.banque.identity)
        yield make_oembed(share_card_of(action, inputs.banque, inputs.frames.settings.site_url), inputs.banque.identity)

    return Batch(
        f"recits/{action.id}",
        keys.key(keys.recit(action, inputs.recits), str(pdf), str(rereading is None), *shown_in),
        make,
    )


def _rereading(inputs: Inputs) -> Callable[[Action], bytes]:
    """What makes the Word form, already filled, that the city of an action re-reads."""
    # Here, not above: the reading of forms comes along, which a light build does not need.
    from inspiractions.forms.rereading.form import RereadingWriter, make_form

    banque, courriel = inputs.banque, inputs.frames.settings.forge.courriel
    writer = RereadingWriter(banque.root)

    def make(action: Action) -> bytes:
        return writer.docx(make_form(action.source, banque.vocabulaires, banque.identity, courriel))

    return make


def lists(inputs: Inputs, pages: Pages, sizes: Mapping[str, int]) -> BatchGroup:
    """All that shows no more of fiches than their front matters. ``sizes``: in bytes, of documents and forms, by address."""
    linked = sorted(item for item in sizes.items() if not item[0].startswith("actions/"))
    key = inputs.keys.key(inputs.keys.all_front_matters, inputs.docs, repr(linked))
    return BatchGroup("listes", key, lambda: (*pages.lists(), *_exports(inputs)))


def _exports(inputs: Inputs) -> Iterator[Batch]:
    """The API, the feeds, and the small files of the other pages."""
    keys, url = inputs.keys, inputs.frames.settings.site_url
    front_matters = keys.key(keys.all_front_matters)
    yield from make_api(inputs.banque, url, inputs.formats, keys)
    yield from Feeds(inputs.banque, url).batches(make_feed_lists(inputs.banque), keys)
    yield Batch(
        "redirections",
        front_matters,
        lambda: make_redirections(redirections(inputs.banque), inputs.frames.settings.base_path),
    )
    yield _in(
        inputs.frames.frames["couverture"].page.chemin,
        Batch("couverture", front_matters, lambda: make_coverage_tables(inputs.banque)),
    )
    yield _in(
        inputs.frames.frames["bibliotheque"].page.chemin,
        Batch("bibliotheque", front_matters, lambda: make_library_table(inputs.banque, url)),
    )
    yield _in(
        inputs.frames.frames["rgaa"].page.chemin,
        Batch("rgaa", keys.key(), lambda: make_rgaa_table(inputs.banque.root)),
    )
    yield _in("carnet/fiches/", Batch("carnet", front_matters, lambda: make_fiches(inputs.banque)))


def recherche(inputs: Inputs) -> Sequence[Batch]:
    """The search index; the note of each batch is what the manifest says of it."""
    keys, banque = inputs.keys, inputs.banque
    told = keys.told

    @cache
    def annexes() -> list[HandWrittenPage]:
        return [*read_hand_written(inputs.frames.hand_written()), *dossier_pages(banque.dossiers)]

    def batch(name: str, key: bytes, make: Callable[[], IndexPart]) -> Batch:
        def files_and_note() -> Iterator[SiteFile | BatchNote]:
            part = make()
            yield from part.files
            yield BatchNote(part.description)

        return _in("recherche/", Batch(f"recherche/{name}", key, files_and_note, renames=True))

    return (
        batch(
            "cartes",
            keys.key(keys.all_front_matters, inputs.docs, repr(told)),
            lambda: make_cards(banque, annexes(), told),
        ),
        batch("textes", keys.key(keys.all_whole), lambda: make_texts(banque, keys, inputs.memo)),
        batch("mots", keys.key(keys.all_whole, inputs.docs), lambda: make_words(banque, annexes(), keys, inputs.memo)),
        batch("france", keys.key(), lambda: make_france(banque.referentiel, banque.identity.territoire)),
    )


def manifeste(inputs: Inputs, notes: Iterable[object]) -> Batch:
    """The file that names those of ``recherche``, of which these are the notes."""
    manifest = make_manifest(cast(Description, note) for note in notes)
    return _in("recherche/", Batch("recherche", inputs.keys.key(manifest.content), lambda: [manifest]))


def admin(inputs: Inputs, web_form: WebForm) -> Batch:
    """The web form, made anew each time: it is small, and its script comes from elsewhere."""
    settings = inputs.frames.settings
    files = list(make_web_form(web_form, settings.forge, inputs.banque, settings.site_name, settings.site_url))
    key = digest(*(part for name, octets in files for part in (name, octets)))
    return _in("admin/", Batch("admin", key, lambda: (SiteFile(name, octets) for name, octets in files)))


def _in(folder: str, batch: Batch) -> Batch:
    """The same batch, of files that are named from a folder of the site."""

    def make() -> Iterator[Page | SiteFile | BatchNote | str]:
        for item in batch.make():
            yield replace(item, name=f"{folder}{item.name}") if isinstance(item, SiteFile) else item

    return replace(batch, make=make)
