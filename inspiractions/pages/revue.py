"""For the secretariat, in no menu: what there is to look at again. Without a clock: dates, never ages."""

from __future__ import annotations

from collections.abc import Iterator

from inspiractions.base.memo import Memo
from inspiractions.base.outputs import FramePage, Page, SiteFile
from inspiractions.base.texts import gettext
from inspiractions.model.banque import Banque
from inspiractions.pages.cards import HOME, Crumb
from inspiractions.story.review import CSV_NAME, MATTERS, make_review, review_csv, twins_in
from inspiractions.theme.templates import Templates

# A page of a hundred and fifty lines is long enough; the CSV has them all.
_MOST = 150


def make_revue(banque: Banque, memo: Memo, templates: Templates, frame: FramePage) -> Iterator[Page | SiteFile]:
    """Fiches by age of their last check, sources to open, twins to compare, drafts that wait; and the table as CSV."""
    rows = make_review(banque, memo)
    yield SiteFile(f"{frame.chemin}{CSV_NAME}", review_csv(rows).encode())
    contenu = templates.render(
        "revue",
        cadre=frame,
        lignes=rows[:_MOST],
        total=len(rows),
        jamais=sum(not row.reread for row in rows),
        manques=[(gettext(label), sum(gettext(label) in row.missing for row in rows)) for label in MATTERS.values()],
        sources=[(row.action, row.sources) for row in rows if row.sources],
        paires=twins_in(rows),
        brouillons=len(banque.brouillons),
        connaissance=banque.vocabulaires["connaissance"],
        csv=CSV_NAME,
        fil=[HOME, Crumb(frame.titre)],
    )
    yield Page(frame.chemin, frame.name, frame.titre, frame.description, contenu, indexable=False)
