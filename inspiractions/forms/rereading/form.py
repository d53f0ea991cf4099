"""The Word form that a city re-reads: filled with what its fiche says, marked with the version it was made from.

Written from ``templates/word/``, not by python-docx: there are as many as fiches, and each takes 5 ms and 11 ko where a blank
form takes 85 ms and 41 ko.

The invisible mark: which fiche it was made of, and all that this fiche said then, so that no history is needed. Kept as custom
properties of the document (ECMA-376, part 1, § 22.3), which Word and LibreOffice keep from one format to another; 240 signs
each, for Word takes 255.

The letter that goes with the forms of a city: to a service, never to a person.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from inspiractions.base.files import MAX_BYTES, find
from inspiractions.base.text import decapitalise
from inspiractions.forms.reading.document import Morceau
from inspiractions.forms.rereading.rows import Row, rows_of
from inspiractions.model.action import Action
from inspiractions.model.identity import Identity
from inspiractions.model.source import Source, parse_fiche
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.theme.templates import Templates

_NAME, _PIECE = "Inspiractions relecture", "Inspiractions fiche"
_SIGNS = 240
_DIGEST = 12
_ID = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Mark:
    """``id`` of the fiche, ``version`` of its text; ``text``: what it said, empty where the mark is lost."""

    id: str
    version: str
    text: str = ""

    @property
    def source(self) -> Source | None:
        """What the fiche said, read; nothing where the mark is lost."""
        return parse_fiche(f"actions/{self.id}.md", self.text)[0] if self.text else None


def mark_of(source: Source) -> Mark:
    """The mark of a fiche as it is; how its file was saved does not count."""
    text = "---\n{}\n---\n\n{}\n".format(source.front.strip("\n"), source.body.strip("\n"))
    return Mark(source.stem, version_of(text), text)


def version_of(text: str) -> str:
    """Twelve signs that tell this text of a fiche from any other."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def properties_of(mark: Mark) -> dict[str, str]:
    """The mark as properties of a document."""
    packed = base64.b64encode(zlib.compress(mark.text.encode(), 9)).decode()
    pieces = [packed[at : at + _SIGNS] for at in range(0, len(packed), _SIGNS)]
    head = {_NAME: f"1 {mark.id} {mark.version} {len(pieces)}"}
    return head | {f"{_PIECE} {n:02d}": piece for n, piece in enumerate(pieces, 1)}


def read_mark(properties: Mapping[str, str]) -> Mark | None:
    """The mark of a document; one that was cut short keeps the id and the version alone."""
    parts = properties.get(_NAME, "").split()
    if len(parts) != 4 or parts[0] != "1" or not (parts[3].isascii() and parts[3].isdigit() and len(parts[3]) < 4):
        return None
    _, identifiant, version, count = parts
    if not _ID.fullmatch(identifiant):
        return None
    packed = "".join(properties.get(f"{_PIECE} {n:02d}", "") for n in range(1, int(count) + 1))
    try:
        inflate = zlib.decompressobj()
        text = inflate.decompress(base64.b64decode(packed, validate=True), MAX_BYTES).decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        text = ""
    return Mark(identifiant, version, text if version_of(text) == version else "")


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
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, data in parts.items():
                info = zipfile.ZipInfo(name, _HOUR)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, data, compresslevel=6)
        return out.getvalue()


@dataclass(frozen=True)
class RereadingLetter:
    """What a letter says to a city of its actions. ``courriel``: where to answer, or empty; ``site_url`` ends with « / »."""

    ville: str
    actions: Sequence[Action]
    site_url: str
    courriel: str
    identity: Identity

    @property
    def subject(self) -> str:
        """The subject of the message."""
        return f"{self.ville} : {self._actions_in_words} sur {self.identity.nom}, à relire"

    @property
    def _actions_in_words(self) -> str:
        n = len(self.actions)
        return "votre action" if n == 1 else f"vos {n} actions"

    @property
    def opening(self) -> tuple[str, ...]:
        """Why one writes."""
        one = len(self.actions) == 1
        return (
            "Bonjour,",
            f"{self.identity.introduced}, raconte {self._actions_in_words}. "
            f"{'Sa fiche a été écrite' if one else 'Leurs fiches ont été écrites'} à partir de documents publics : vous seuls savez si tout est "
            "juste, et ce qui manque.",
        )

    @property
    def closing(self) -> tuple[str, ...]:
        """What to do, and what becomes of it."""
        where = f" à {self.courriel}" if self.courriel else ""
        one = len(self.actions) == 1
        forms = "Le document Word joint est déjà rempli" if one else "Les documents Word joints sont déjà remplis"
        return (
            f"{forms} avec ce que dit la banque. Corrigez directement dans les cases, complétez celles qui sont vides, cochez "
            f"« Relue par la ville » à la fin, et renvoyez-{'le' if one else 'les'}{where}, en gardant le format Word. Un quart d’heure suffit souvent.",
            "Vos corrections sont reportées dans la fiche, qui porte alors la mention « Relue par la ville ». N’écrivez ni nom de "
            "personne ni téléphone : le site n’en publie pas. Si l’action ne vous concerne pas, ou si vous ne souhaitez pas qu’elle "
            "paraisse, dites-le-nous de même.",
            "Merci de ce que vous apprenez aux autres villes.",
            f"Le secrétariat {self.identity.de_nom}",
        )

    def address(self, action: Action) -> str:
        """Where an action is told."""
        return f"{self.site_url}actions/{action.id}/"

    def text(self) -> str:
        """To paste in a message: plain text, a paragraph a line."""
        listed = "\n".join(f"- {action.titre} : {self.address(action)}" for action in self.actions)
        return "\n\n".join([f"Objet : {self.subject}", *self.opening, listed, *self.closing]) + "\n"

    def html(self, templates: Templates) -> str:
        """To open in a browser and copy in a message, links included."""
        return templates.render("courrier_relecture", lettre=self)
