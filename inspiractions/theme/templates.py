"""The Jinja templates: the only module that knows Jinja. Templates loop and print; they do not decide."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import ClassVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from inspiractions.base.files import PROJECT, layers
from inspiractions.base.markdown import to_html, to_inline_html
from inspiractions.base.outputs import BASE
from inspiractions.base.problem import Stop
from inspiractions.base.source_texts import in_language, plural_of
from inspiractions.base.text import decapitalise, hyphenated_words, ngettext, translation
from inspiractions.model.identity import read_identity
from inspiractions.story import labels
from inspiractions.theme.settings import Forge

# The parts whose macros every template knows, under a short name.
_MACROS = {"m": "macros", "champ": "valeurs", "s": "situation"}
# Of these, what depends on the ids of a vocabulary that an action bears: few sets of them are met.
_ONCE = frozenset({"portee", "mots_des_axes"})


class TemplateRefused(Stop):
    """A template of a content tree cannot be rendered. Holds its file, its line, and what Jinja says of it, in English."""

    sentence = "{} : corrigez ce gabarit, ou ôtez-le pour prendre celui du produit."


def in_sandbox(environment: Environment) -> SandboxedEnvironment:
    """The same environment, whose templates print and reach no code."""
    sandbox = SandboxedEnvironment(
        loader=environment.loader, auto_reload=False, extensions=[type(e) for e in environment.extensions.values()]
    )
    sandbox.filters.update(environment.filters)
    sandbox.globals = {**environment.globals, **sandbox.globals}
    return sandbox


class Templates:
    """Renders ``templates/pages/<nom>.html.j2``. ``base`` stands for the way to the root of the site; ``forge`` for its forge, ``identity`` for whose bank
    it is."""

    def __init__(self, root: Path, forge: Forge | None = None) -> None:
        self.root, self.forge, self.identity = root, forge or Forge(), read_identity(root)
        # Those that a content tree brings print, and reach no code.
        has_own = root != PROJECT and (root / "templates").exists()
        self._environment = (SandboxedEnvironment if has_own else Environment)(
            loader=_Loader(layers(root, "templates")[::-1]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # A build reads each template once.
            auto_reload=False,
            bytecode_cache=_Compiled(),
        )
        self._environment.filters.update(
            markdown=lambda texte: Markup(to_html(texte)),
            en_ligne=lambda texte: Markup(to_inline_html(texte)),
            en_phrase=decapitalise,
            titre=_title,
            jour=labels.jour,
            octets=labels.octets,
            pluriel=_pluriel,
            accord=_accord,
        )
        self._environment.globals.update(base=BASE, forge=self.forge, identity=self.identity)
        # To import macros in a template takes half as long as to render a card.
        with refusing():
            for nom, part in _MACROS.items():
                module = self._environment.get_template(f"parts/{part}.html.j2").module
                for name in _ONCE.intersection(vars(module)):
                    setattr(module, name, _once(getattr(module, name)))
                self._environment.globals[nom] = module
        self._get = lru_cache(maxsize=None)(self._environment.get_template)

    def load(self) -> None:
        """Read every template of the pages: before the process is copied, lest each copy does it."""
        with refusing():
            for nom in self._environment.list_templates(filter_func=lambda nom: nom.startswith("pages/")):
                self._get(nom)

    def render(self, nom: str, **values: object) -> str:
        """The HTML of a template under ``templates/pages/``, a plain text: ``Markup`` is slow to cut and join."""
        return self._render(f"pages/{nom}.html.j2", values)

    def render_word(self, nom: str, **values: object) -> str:
        """A part of a Word document, from ``templates/word/``."""
        return self._render(f"word/{nom}.xml.j2", values)

    def _render(self, nom: str, values: Mapping[str, object]) -> str:
        with refusing():
            return self._get(nom).render(values)


@contextmanager
def refusing() -> Iterator[None]:
    """Raises ``TemplateRefused`` where a template cannot be rendered."""
    try:
        yield
    except TemplateError as error:
        if isinstance(error, TemplateSyntaxError):
            file, line = error.filename or "", error.lineno
        else:
            file, line = _place_of(error)
        raise TemplateRefused(f"templates/{file.rpartition('/templates/')[2]}:{line}: {error}") from error


def _place_of(error: TemplateError) -> tuple[str, int]:
    """The file and line of the innermost template in the trace of an error."""
    file, line = "", 1
    for frame, at in traceback.walk_tb(error.__traceback__):
        if "/templates/" in frame.f_code.co_filename:
            # Jinja writes the lines of templates into the trace of ``render``, those of its own code into that of ``module``.
            template = frame.f_globals.get("__jinja_template__")
            file, line = frame.f_code.co_filename, template.get_corresponding_lineno(at) if template else at
    return file, line


def _once(macro: Callable[[tuple[str, ...], object], str]) -> Callable[[tuple[str, ...], object], str]:
    """The same macro, rendered once for the same ids; the vocabulary is that of the bank, whose templates these are."""
    made: dict[tuple[str, ...], str] = {}

    def render(ids: tuple[str, ...], vocabulaire: object) -> str:
        if ids not in made:
            made[ids] = macro(ids, vocabulaire)
        return made[ids]

    return render


def _title(text: str) -> Markup:
    """A title whose lines never end at a hyphen, but in words that a narrow screen could not hold."""
    return Markup("").join(
        Markup('<span class="insecable">{}</span>').format(piece) if hyphened and len(piece) <= _HELD else escape(piece)
        for piece, hyphened in hyphenated_words(text)
    )


# Signs of a title that the narrowest screen (320 px) holds on a line.
_HELD = 16


def _accord(nombre: int, un: str, plusieurs: str = "") -> str:
    """The word for so many."""
    return ngettext(un, plural_of(un, plusieurs), nombre)


def _pluriel(nombre: int, un: str, plusieurs: str = "") -> str:
    """The number and the word."""
    return f"{nombre} {_accord(nombre, un, plusieurs)}"


class _Compiled(BytecodeCache):
    """What this process compiled, for its next builds; nothing of it is written.

    By file, digest of the source, sandbox or not, and language: what a filter makes of a constant is in the code.
    """

    _codes: ClassVar[dict[tuple[object, ...], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja’s own."""
        bucket.code = self._codes.get(_code_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja’s own."""
        if bucket.code:
            self._codes[_code_key(bucket)] = bucket.code


def _code_key(bucket: Bucket) -> tuple[object, ...]:
    return bucket.key, bucket.checksum, bucket.environment.sandboxed, translation()


class _Loader(FileSystemLoader):
    """Reads the templates in the language of the site."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        return in_language(source, translation()), path, is_fresh
