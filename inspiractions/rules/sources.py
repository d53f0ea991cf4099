"""Rules on what a content tree holds beside its fiches and dossiers: nothing in it may act, or come from elsewhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from inspiractions.base.digests import digest
from inspiractions.base.files import decode, find, is_debris, read_raw_file
from inspiractions.base.images import UnreadableImage, read_image
from inspiractions.base.memo import Memo
from inspiractions.base.personal_data import PersonalNote, names_a_person
from inspiractions.base.personal_life import Lexicon
from inspiractions.base.problem import Problem
from inspiractions.rules.privacy import privacy_messages

_FOLDERS = ("docs", "formulaires", "referentiels", "templates", "vocabulaire")
_FILES = ("mkdocs.yml", "permaliens.txt")
# What a page may bring along; the rest of what the site is made of lies under docs/assets/.
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_EXAMPLES = ("donnees/exemple-lunr.html", "donnees/exemple-lunr.js")
# What Markdown makes, and what a page may add to it by hand: nothing that acts.
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "alt",
        "class",
        "colspan",
        "height",
        "href",
        "id",
        "lang",
        "open",
        "rowspan",
        "scope",
        "src",
        "start",
        "style",
        "title",
        "width",
    ]
)
_ALIGNED = re.compile(r"text-align: ?(?:left|right|center);?")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.I)
_EXTENSIONS = ["toc", "tables", "fenced_code", "admonition", "attr_list"]  # those of mkdocs.yml, and its own

# What all that may act holds: a tag, an attribute, an entity, an image, a scheme or a host that is not https.
_MAY_ACT = re.compile(r"[<{&]|!\[|(?<!http)(?<!https)(?<!mailto):[^\s]|(?<!:)//")

_Fault = tuple[str, str]
"""What is refused, as the page shows it, and what to write."""


def check_sources(root: Path, lexicon: Lexicon, memo: Memo | None = None) -> Iterator[Problem]:
    """Every problem of the folders that the tree brings itself, fiches, dossiers and surveys apart."""
    memo = memo or Memo(None, b"")
    for folder in _FOLDERS:
        yield from liens_symboliques(root, root / folder)
    for name in _FILES:
        if (root / name).is_symlink():
            yield Problem(name, 1, "sources", _NO_LINK)
    yield from noms_jumeaux(root)
    yield from dossier_de_travail(root)
    yield from signes_des_axes(root)
    for path in _files(root / "docs"):
        yield from fichiers_actifs(root, path, lexicon)
        if path.suffix == ".md":
            yield from _of_page(root, path, lexicon, memo)


_NO_LINK = "lien symbolique : mettez à cette place le fichier ou le dossier lui-même."


def liens_symboliques(root: Path, folder: Path) -> Iterator[Problem]:
    """Aucune source n’est un lien symbolique : il ferait publier un fichier d’ailleurs."""
    places = [folder]
    for parent, folders, files in os.walk(folder) if not folder.is_symlink() else ():
        # MkDocs takes nothing whose name opens with a point: there, a link is the lock of an editor.
        places += (Path(parent, name) for name in sorted((*folders, *files)) if not is_debris(name))
    for path in places:
        if path.is_symlink():
            yield Problem(path.relative_to(root).as_posix(), 1, "sources", _NO_LINK)


def noms_jumeaux(root: Path) -> Iterator[Problem]:
    """Deux noms qui ne diffèrent que par la casse ou la façon d’écrire un accent : Windows et macOS n’en gardent qu’un."""
    for name in (*_FOLDERS, *_CONTENT):
        folder = root / name
        for parent, folders, files in os.walk(folder) if not folder.is_symlink() else ():
            known: dict[str, str] = {}
            for entry in sorted((*folders, *files)):
                twin = known.setdefault(
                    unicodedata.normalize("NFC", unicodedata.normalize("NFC", entry).casefold()), entry
                )
                if twin != entry:
                    message = f"ce nom ne diffère de « {twin} » que par la casse ou la façon d’écrire un accent : Windows et macOS n’en gardent qu’un ; renommez l’un des deux."
                    yield Problem(Path(parent, entry).relative_to(root).as_posix(), 1, "sources", message)


_CONTENT = ("actions", "dossiers", "enquetes")


def dossier_de_travail(root: Path) -> Iterator[Problem]:
    """build/ est le dossier de travail de chaque machine : git ne le suit pas."""
    if name := next((name for name in _tracked(root) if name.startswith("build/")), ""):
        yield Problem(
            name,
            1,
            "sources",
            "build/ est suivi par git : ôtez-le (git rm -r --cached build), et laissez-le dans .gitignore.",
        )


def _tracked(root: Path) -> Iterator[str]:
    """The names that git follows. Read in its index (git-scm.com, « index-format », versions 2 and 3): to run git in a tree is to
    obey its settings."""
    try:
        octets = (root / ".git" / "index").read_bytes()
    except OSError:
        return
    if octets[:4] != b"DIRC" or int.from_bytes(octets[4:8], "big") not in (2, 3):
        return
    at = 12
    for _ in range(int.from_bytes(octets[8:12], "big")):
        extended = bool(octets[at + 60 : at + 61] and octets[at + 60] & 0x40)
        start = at + 62 + 2 * extended
        end = octets.find(b"\0", start)
        if end < 0:
            return
        yield octets[start:end].decode("utf-8", "replace")
        at += (end - at) // 8 * 8 + 8


def signes_des_axes(root: Path) -> Iterator[Problem]:
    """Chaque axe a son signe, que les pages montrent."""
    symbols = find(root, f"templates/{_SYMBOLS}").read_text("utf-8")
    path = find(root, "vocabulaire/axes.yml")
    ids = re.finditer(r"^- *id: *(\S+)", path.read_text("utf-8", "replace") if path.is_file() else "", re.M)
    for rang, entry in enumerate(ids, 1):
        if f'id="i-axe-{rang}"' not in symbols:
            message = f'l’axe « {entry[1]} » n’a pas de signe : ajoutez à templates/{_SYMBOLS} un dessin « <symbol id="i-axe-{rang}"…> », ou ôtez l’axe.'
            yield Problem("vocabulaire/axes.yml", entry.string.count("\n", 0, entry.start()) + 1, "sources", message)


_SYMBOLS = "theme/partials/symboles.html"


def fichiers_actifs(root: Path, path: Path, lexicon: Lexicon) -> Iterator[Problem]:
    """docs/ ne contient que des pages en Markdown et des images PNG, JPEG ou WebP ; le reste du site est dans docs/assets/."""
    inside, name = path.relative_to(root / "docs"), path.relative_to(root).as_posix()
    if not path.is_file():
        yield Problem(name, 1, "sources", "ceci n’est pas un fichier ordinaire : ôtez-le.")
        return
    if inside.parts[0] == "assets":
        return
    if path.suffix.lower() in _PICTURES:
        yield from _of_picture(path, name)
    elif path.suffix.lower() == ".md" != path.suffix:
        yield Problem(name, 1, "sources", f"une page se nomme en « .md », et non en « {path.suffix} » : renommez-la.")
    elif path.suffix != ".md" and inside.as_posix() not in _EXAMPLES:
        message = f"un fichier « {path.suffix or path.name} » n’est pas admis dans docs/ : seuls le sont .md, .png, .jpg et .webp ; ôtez-le."
        yield Problem(name, 1, "sources", message)
    if path.suffix != ".md" and names_a_person(path.stem, lexicon):
        message = (
            "à relire, ce nom de fichier semble désigner une personne : renommez-le d’après ce que l’image montre."
        )
        yield Problem(name, 1, "vie-privee", message, doubt=True)


def _of_picture(path: Path, name: str) -> Iterator[Problem]:
    try:
        image = read_image(path)
    except UnreadableImage:
        yield Problem(name, 1, "sources", "ce n’est pas une image PNG, JPEG ou WebP lisible : exportez-la de nouveau.")
        return
    if image.has_metadata:
        message = "l’image porte des métadonnées (appareil, lieu, auteur) : enregistrez-la sans EXIF."
        yield Problem(name, 1, "sources", message)


def html_des_pages(text: str) -> list[_Fault]:
    """Une page de docs/ est en Markdown : aucune balise, aucun attribut, aucun lien qui agisse."""
    # Here, not above: only pages that hold a sign of HTML need it.
    import markdown

    html = markdown.markdown(text, extensions=_EXTENSIONS)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults + [("<!--", _NO_COMMENT) for _ in _COMMENT.finditer(html)]


# Browsers end a comment where Python does not: « <!--> » is one, and what follows acts (html.spec.whatwg.org, « comment start state »).
_COMMENT = re.compile(r"<!--(?!(?:[^<>-]|-(?!-))*+-->)")
_NO_COMMENT = "commentaire « <!-- » refusé : il contient « < », « > » ou deux tirets ; ôtez-le."


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[_Fault] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.faults.append((f"<{tag}", f"balise « <{tag}> » refusée : écrivez en Markdown."))
            return
        for name, value in attrs:
            # As browsers read an address (url.spec.whatwg.org): no blanks, and a backslash is a slash.
            plain = re.sub(r"[\x00-\x20]", "", value or "").replace("\\", "/")
            scheme = _SCHEME.match(plain)
            if name not in _ATTRIBUTES or (name == "style" and not _ALIGNED.fullmatch(value or "")):
                self.faults.append((name, f"attribut « {name} » refusé sur « <{tag}> » : ôtez-le."))
            elif name == "src" and (scheme or plain.startswith("//")):
                self.faults.append((plain, f"image « {plain[:60]} » refusée : déposez-la à côté de la page."))
            elif name == "href" and (plain.startswith("//") or (scheme and scheme[1].lower() not in _SCHEMES)):
                self.faults.append((plain, f"lien « {plain[:60]} » refusé : écrivez une adresse en https://."))

    def handle_decl(self, decl: str) -> None:
        self.faults.append((f"<!{decl[:20]}", "déclaration « <!…> » refusée : ôtez-la."))

    def handle_pi(self, data: str) -> None:
        self.faults.append((f"<?{data[:20]}", "instruction « <?…> » refusée : ôtez-la."))


_SCHEMES = ("https", "http", "mailto")


def _of_page(root: Path, path: Path, lexicon: Lexicon, memo: Memo) -> Iterator[Problem]:
    file = read_raw_file(root, path)
    if not file.is_clean:
        return  # told as a link
    text, _ = decode(file)
    name = path.relative_to(root).as_posix()
    if text is None:
        return
    faults, notes = memo.get_or_make("page", digest(text), lambda: _look_at(text, lexicon))
    for shown, message in faults:
        at = text.lower().find(shown.lower())
        yield Problem(name, text.count("\n", 0, max(at, 0)) + 1, "sources", message)
    for note in notes:
        yield Problem(name, text.count("\n", 0, note.start) + 1, "vie-privee", note.message, note.doubt)


def _look_at(text: str, lexicon: Lexicon) -> tuple[list[_Fault], list[PersonalNote]]:
    return html_des_pages(text) if _MAY_ACT.search(text) else [], [*privacy_messages(text, lexicon)]


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder) if not folder.is_symlink() else ():
        folders.sort()
        yield from (
            path for name in sorted(files) if not ((path := Path(parent, name)).is_symlink() or is_debris(name))
        )
