"""The languages of the site: the one that ``mkdocs.yml`` names, its catalogue, and the texts there are to translate.

A catalogue is a file of gettext, ``locales/<code>.po``, read as it is; ``locales/inspiractions.pot`` holds the French texts of
templates, scripts and code, and is made by ``build_site.py textes``. See docs/adr/020-une-autre-langue.md.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from inspiractions.base.files import CODE, PROJECT, find
from inspiractions.base.problem import Stop
from inspiractions.base.source_texts import (
    fault,
    in_language,
    marked_texts,
    script_in_language,
    script_texts,
    template_texts,
)
from inspiractions.base.text import Language, translation
from inspiractions.model.source import read_yaml

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

TEMPLATE = "locales/inspiractions.pot"
# Where readers' texts stand, from the root of the project.
_TEMPLATES, _SCRIPTS, _CODE = "templates", "docs/assets/js", "inspiractions"
_KEYWORDS = {"gettext": None, "ngettext": (1, 2), "message": None}


class UnknownLanguage(Stop):
    """``mkdocs.yml`` names a language that has no catalogue, or a catalogue that cannot be read; the text says what to do."""


def read_language(root: Path) -> Language | None:
    """The language that ``mkdocs.yml`` names under ``theme``; ``None``: French. Raises ``UnknownLanguage``."""
    path = find(root, "mkdocs.yml")
    value, source, _ = read_yaml(path.parent, path)
    theme = value.get("theme") if isinstance(value, dict) else None
    code = theme.get("language") if isinstance(theme, dict) else None
    # What is no word, MkDocs tells.
    if not isinstance(code, str) or code == "fr":
        return None
    catalogue = find(root, "locales") / f"{code}.po"
    if not catalogue.is_file():
        raise UnknownLanguage(
            f"mkdocs.yml:{source.line_of(('theme', 'language'))}: « language: {code} » : il n’y a pas de catalogue "
            f"locales/{code}.po ; commencez-le par « build_site.py textes {code} », ou écrivez fr."
        )
    status = catalogue.stat()
    return _language(code, catalogue, status.st_mtime_ns, status.st_size)


@lru_cache(4)
def _language(code: str, path: Path, _written: int, _size: int) -> Language:
    catalogue = read_catalogue(path, code)
    texts: dict[str, str] = {}
    plurals: dict[tuple[str, str], tuple[str, ...]] = {}
    wrong: list[str] = []
    for message in catalogue:
        ids, forms = _as_tuple(message.id), _as_tuple(message.string or "")
        if not message.id or message.fuzzy or not all(forms):
            continue
        for form in forms:
            if what := fault(ids[0], form):
                wrong.append(f"locales/{path.name}:{message.lineno}: « {ids[0]} » : {what}")
        if len(ids) > 1:
            plurals[ids[0], ids[1]] = forms
        # A word that is counted may stand alone, too.
        texts[ids[0]], texts[ids[-1]] = forms[0], forms[-1]
    if wrong:
        raise UnknownLanguage("\n".join(wrong))
    rule = c2py(catalogue.plural_expr)

    def ngettext(one: str, many: str, number: int) -> str:
        forms = plurals.get((one, many))
        return forms[rule(number)] if forms else one if number < 2 else many

    return Language(lambda message: texts.get(message, message), ngettext)


def _as_tuple(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def read_catalogue(path: Path, code: str | None = None) -> Catalog:
    """A file of gettext. Raises ``UnknownLanguage``."""
    from babel.core import UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            return read_po(file, code, charset="utf-8", abort_invalid=True)
    except (PoFileError, UnknownLocaleError, ValueError) as error:
        raise UnknownLanguage(f"locales/{path.name} ne se lit pas : {error}") from error


def theme_in_language(theme: Path, copy: Path) -> Path:
    """The folder of the theme: ``theme`` itself in French, else ``copy``, which is made anew in the language of the site."""
    translate = translation()
    if not translate:
        return theme
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(theme, copy)
    for path in copy.rglob("*.html"):
        path.write_text(in_language(path.read_text("utf-8"), translate), "utf-8")
    return copy


def put_scripts_in_language(folder: Path) -> None:
    """Take the marks off the texts of the scripts of a site, and put those in the language of the site in their place."""
    translate = translation()
    for path in sorted((folder / "assets" / "js").rglob("*.js")):
        source = path.read_text("utf-8")
        if path.name != "texts.js" and (written := script_in_language(source, translate)) != source:
            path.write_text(written, "utf-8")
    # What the marks are, where nothing has taken them off.
    (folder / "assets" / "js" / "lib" / "texts.js").unlink(missing_ok=True)


def gather() -> Catalog:
    """The French texts of templates, scripts and code, each with the files it stands in."""
    from babel.messages.catalog import Catalog

    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for name, message in _texts():
        catalogue.add(message, locations=[(name, 0)])
    return catalogue


def _texts() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Each text, or word with its plural, and the file that it stands in."""
    from babel.messages.extract import extract

    for path in _files(_TEMPLATES, "*.html*"):
        source = path.read_text("utf-8")
        messages = [*((text.start, text.message) for text in template_texts(source)), *marked_texts(source)]
        yield from ((_name(path), message) for _, message in sorted(messages, key=lambda each: each[0]))
    for path in _files(_SCRIPTS, "*.js"):
        yield from ((_name(path), text.message) for text in script_texts(path.read_text("utf-8")))
    for path in _files(_CODE, "*.py"):
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, _KEYWORDS):
                yield _name(path), message if isinstance(message, str) else (message[0], message[1])


def _files(folder: str, pattern: str) -> list[Path]:
    place = CODE if folder == _CODE else PROJECT / folder
    return sorted(path for path in place.rglob(pattern) if "vendor" not in path.parts)


def _name(path: Path) -> str:
    return path.relative_to(CODE.parent if path.is_relative_to(CODE) and path.suffix == ".py" else PROJECT).as_posix()


_HEAD = """# {title}
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def as_text(catalogue: Catalog, title: str) -> str:
    """The catalogue as a file of gettext, without date nor line: it changes where a text does."""
    from babel.messages.pofile import write_po

    written = BytesIO()
    write_po(written, catalogue, width=0, omit_header=True, include_lineno=False)
    plurals = catalogue.plural_forms if catalogue.locale else "nplurals=2; plural=(n > 1);"
    return _HEAD.format(title=title, code=catalogue.locale or "", plurals=plurals) + written.getvalue().decode()


def updated(root: Path, code: str) -> str:
    """``locales/<code>.po`` with the texts of ``TEMPLATE``: what was translated stays, what is new is empty, what was near is fuzzy.

    Raises ``UnknownLanguage``.
    """
    from babel.core import Locale, UnknownLocaleError
    from babel.messages.catalog import Catalog

    try:
        name = Locale.parse(code, sep="-" if "-" in code else "_").get_display_name("fr")
    except (UnknownLocaleError, ValueError) as error:
        raise UnknownLanguage(f"« {code} » n’est pas le code d’une langue : écrivez nl, de, en…") from error
    path = root / "locales" / f"{code}.po"
    catalogue = read_catalogue(path, code) if path.is_file() else Catalog(locale=code, charset="utf-8", fuzzy=False)
    catalogue.update(read_catalogue(PROJECT / TEMPLATE))
    return as_text(catalogue, f"Textes du site : {name}")
