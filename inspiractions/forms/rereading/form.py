"""The Word form that a city re-reads: filled with what its fiche says, marked with the version it was made from.

Written from ``templates/word/``, not by python-docx: there are as many as fiches, and each takes 5 ms and 11 ko where a blank
form takes 85 ms and 41 ko.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from inspiractions.base.paths import find
from inspiractions.base.text import decapitalise
from inspiractions.forms.reading.document import Morceau
from inspiractions.forms.rereading.mark import Mark, mark_of, properties_of
from inspiractions.forms.rereading.rows import Row, rows_of
from inspiractions.model.identity import Identity
from inspiractions.model.source import Source
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.theme.templates import Templates

CONFIRMATION = "Déduit par la rédaction : c’est exact"
"""What a city ticks under what the editors inferred."""
REREAD = "Nous avons relu toute la fiche : ce que nous avons laissé est exact"
"""What a city ticks at the end."""
SEND_BACK = ("Renvoyez ce fichier ", ", en gardant le format Word.")
"""How the advice begins and ends that names the mailbox, which may have changed since."""
IDENTITY, STORY, LAST = "La carte d’identité", "Le récit", "Pour finir"
RELU, REMARKS = "fin.relu", "fin.remarques"
"""The places of the last two rows."""

_LAST_ROWS = (
    Row(RELU, "Relue par la ville", "Une case, pour toute la fiche.", "boxes", options={"relu": REREAD}),
    Row(REMARKS, "Ce que vous voulez ajouter", "Ce qui n’a pas trouvé sa place, une source qui manque…", "lines"),
)
_HOUR = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class RereadingForm:
    """What a form says. ``rows``: what it asks; ``courriel``: where to send it back, or empty."""

    titre: str
    villes: str
    mark: Mark
    rows: tuple[Row, ...]
    sources: tuple[Morceau, ...]
    identity: Identity
    courriel: str = ""
    confirmation: str = CONFIRMATION
    sources_title: str = "Les sources de la fiche"

    @property
    def title(self) -> str:
        """The first line."""
        return f"Relecture : {self.titre}"

    @property
    def subtitle(self) -> str:
        """Whose action it is, and what this paper is."""
        return f"{self.villes}. Ce {self.identity.que_nom}, {decapitalise(self.identity.tagline)}, dit de votre action."

    @property
    def reference(self) -> str:
        """What tells the fiche, and its version, once nothing else does."""
        return f"Référence : {self.mark.id}, version {self.mark.version}"

    @property
    def advice(self) -> tuple[str, ...]:
        """What to do, step by step."""
        where = f"à {self.courriel}" if self.courriel else "au secrétariat"
        return (
            "Corrigez directement dans les cases : ce que vous écrivez remplace ce que la banque disait. Une case vide : elle ne le sait pas.",
            "N’écrivez ni nom de personne, ni téléphone : un service et une boîte générique suffisent.",
            "À la fin, cochez « Relue par la ville », même si vous n’avez rien changé.",
            where.join(SEND_BACK),
        )

    @property
    def parts(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The tables, in order."""
        identity = tuple(row for row in self.rows if not row.of_story)
        story = tuple(row for row in self.rows if row.of_story)
        return (IDENTITY, identity), (STORY, story), (LAST, _LAST_ROWS)

    @cached_property
    def every_row(self) -> tuple[Row, ...]:
        """What the form asks, the last questions included."""
        return tuple(row for _, rows in self.parts for row in rows)

    def printed(self) -> Iterator[str]:
        """Every text of the form that is no answer."""
        yield from (self.title, self.subtitle, self.reference, *self.advice, self.sources_title)
        yield from (source.texte for source in self.sources)
        for name, rows in self.parts:
            yield name
            for row in rows:
                yield from (row.label, row.help)


def make_form(source: Source, vocabulaires: Vocabulaires, identity: Identity, courriel: str = "") -> RereadingForm:
    """The form of a fiche as it is."""
    return filled_form(source, mark_of(source), vocabulaires, identity, courriel)


def filled_form(
    source: Source, mark: Mark, vocabulaires: Vocabulaires, identity: Identity, courriel: str = ""
) -> RereadingForm:
    """The same, of a version that a mark tells."""
    cities = source.meta.get("villes")
    names = ", ".join(str(city) for city in cities) if isinstance(cities, list) else ""
    listed = source.meta.get("sources")
    links = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    sources = tuple(Morceau(str(one.get("titre")), lien=str(one.get("url"))) for one in links)
    return RereadingForm(
        str(source.meta.get("titre") or ""), names, mark, rows_of(source, vocabulaires), sources, identity, courriel
    )


class RereadingWriter:
    """Writes forms as ``.docx``, with the templates of a content tree."""

    def __init__(self, root: Path) -> None:
        self._templates = Templates(root)
        folder = find(root, "templates/word/paquet")
        self._package = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def docx(self, form: RereadingForm) -> bytes:
        """The file; the same form gives the same bytes."""
        rows = form.every_row
        starts = accumulate((len(row.options or ()) + 1 for row in rows), initial=1)
        rangs = {row.place: start for row, start in zip(rows, starts, strict=False)}
        render = self._templates.render_word
        parts = {
            **self._package,
            "word/document.xml": render("document", formulaire=form, rangs=rangs).encode(),
            "docProps/core.xml": render("core", formulaire=form).encode(),
            "docProps/custom.xml": render("custom", proprietes=properties_of(form.mark)).encode(),
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, data in parts.items():
                info = zipfile.ZipInfo(name, _HOUR)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data, compresslevel=9)
        return out.getvalue()
