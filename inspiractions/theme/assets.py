"""What a page looks like and runs: the colours of ``tokens.css`` in the tints of the bank, the files of ``docs/assets/``.

What a page asks for at once: its styles in one file, its modules in one, under names that tell their contents. The styles that
all pages share are one file, the same for all; those of a kind of page stay apart.
"""

from __future__ import annotations

import colorsys
import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from inspiractions.base.files import find
from inspiractions.base.scripts import join_modules
from inspiractions.model.identity import Couleurs, read_identity

TINTED = ("assets/css/tokens.css", "assets/favicon.svg")
"""The files of ``docs/`` that bear the colours."""

_BLOCK = re.compile(r'\[data-md-color-scheme="(\w+)"\] \{(.*?)\n\}', re.S)
_COULEUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})\b")
_FAVICON = re.compile(r'(fill)="(#[0-9a-f]{6})"')
# The tokens that take the colours of a bank; all others are neutral, or mean something: axes, alerts, focus.
_MAIN = re.compile(r"petrole.*|sur-petrole-2|bandeau.*|carte-[1-4]")
_ACCENT = re.compile(r"mirabelle|marque-mot")
# The colours that the tokens are built on, whose saturation the others are measured by.
_BASES = {"principale": "#0e4f55", "accent": "#f5bd45"}


def read_colours(root: Path, schema: str = "default") -> Mapping[str, str]:
    """``#rrggbb`` by name, in the light scheme (``default``) or the dark one (``slate``)."""
    css = tint(find(root, f"docs/{TINTED[0]}").read_text("utf-8"), read_identity(root).couleurs)
    blocks = dict(_BLOCK.findall(css))
    return dict(_COULEUR.findall(blocks["default"])) | dict(_COULEUR.findall(blocks[schema]))


def tint(text: str, couleurs: Couleurs) -> str:
    """A file of ``TINTED`` in the colours of a bank: hue and saturation change, luminance stays, and with it every contrast."""
    tokens = {"principale": _MAIN, "accent": _ACCENT}
    wanted = {role: colour for role in tokens if (colour := getattr(couleurs, role))}

    def replaced(match: re.Match[str]) -> str:
        name, colour = match[1], match[2]
        for role, target in wanted.items():
            if tokens[role].fullmatch(name) or (name == "fill" and _is_near(colour, _BASES[role])):
                return match[0].replace(colour, _retinted(colour, _BASES[role], target))
        return match[0]

    if not wanted:
        return text
    return _FAVICON.sub(replaced, _COULEUR.sub(replaced, text))


def _retinted(colour: str, base: str, target: str) -> str:
    """The colour with the hue of ``target``, as light to the eye as before (WCAG 2.2, relative luminance)."""
    (_, _, saturation), (_, _, of_base) = _hls(colour), _hls(base)
    hue, _, of_target = _hls(target)
    saturation = min(1.0, saturation * of_target / of_base)
    wanted, low, high = _luminance(_channels(colour)), 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if _luminance(colorsys.hls_to_rgb(hue, middle, saturation)) < wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, low, saturation))


def _is_near(colour: str, base: str) -> bool:
    return abs(_hls(colour)[0] - _hls(base)[0]) < 0.05


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*_channels(colour))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _luminance(channels: tuple[float, float, float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


FOLDER = "assets/joints"
SEARCH, WORDS, RARE, SUGGESTIONS = (
    f"assets/js/search/{name}.js" for name in ("engine", "words", "rare", "suggestions")
)
"""The module that pages import when they search, those that it imports with the first word and as one types, and the one that few words need."""
KINDS = {SEARCH: "recherche", WORDS: "mots", RARE: "rares", SUGGESTIONS: "suggestions"}

_STYLES = re.compile(r'(?:<link rel="stylesheet" href="(?:\.{1,2}/|assets/)[^":]*">\s*){2,}')
_HREF = re.compile(r'href="([^"]*)"')
_SCRIPTS = re.compile(r'(?:<script src="[^":]*" type="module"></script>\s*)+')
_SRC = re.compile(r'src="([^"]*)"')
_URL = re.compile(r"url\(\s*(?!data:|#|[\"']?(?:data:|#|https?:))[\"']?([^)\"']+)[\"']?\s*\)")
_CSS_MARGIN = re.compile(r"\s*\n\s*")
# Rules of the theme for colours that bear a name: the palette of the site is « custom ».
_NAMED_COLOUR = re.compile(r"(?<=[{}])[^{},]*\[data-md-color-(?:accent|primary)=(?!custom\])[a-z-]+\][^{},]*\{[^{}]*\}")
_CSS_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.S)


def join_files(folder: Path) -> None:
    """Join, in every page of ``folder``, which MkDocs rendered, the styles that follow one another and the modules.

    Raises ``UnknownScript``.
    """
    joiner = _Joiner(folder)
    for path in sorted(folder.rglob("*.html")):
        html = path.read_text("utf-8")
        here = path.relative_to(folder).parent.as_posix()
        changed = joiner.page(html, here)
        if changed != html:
            path.write_text(changed, "utf-8")


class _Joiner:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scripts: dict[tuple[str, ...], str] = {}
        self._styles: dict[tuple[str, ...], str] = {}

    def page(self, html: str, here: str) -> str:
        """``here``: the folder of the page, from the root."""

        def absolute(address: str) -> str:
            return posixpath.normpath(posixpath.join(here, address))

        def relative(name: str) -> str:
            return posixpath.relpath(name, here)

        def styles(block: re.Match[str]) -> str:
            names = tuple(absolute(href) for href in _HREF.findall(block[0]))
            return f'<link rel="stylesheet" href="{relative(self._style(names))}">\n'

        def scripts(block: re.Match[str]) -> str:
            names = tuple(absolute(src) for src in _SRC.findall(block[0]))
            if not all((self._folder / name).is_file() for name in names):
                # The page of what is not found has addresses of the whole site.
                return block[0]
            # What a module imports later may stand beside it, to come earlier: under the name by which it is imported.
            parts = [(name,) for name in names if name in KINDS] + [tuple(name for name in names if name not in KINDS)]
            return "".join(f'<script src="{relative(self._script(part))}" type="module"></script>\n' for part in parts)

        return _SCRIPTS.sub(scripts, _STYLES.sub(styles, html))

    def _style(self, names: tuple[str, ...]) -> str:
        if names not in self._styles:
            parts = (self._sheet(name) for name in names)
            self._styles[names] = self._write("styles", ".css", "\n".join(parts))
        return self._styles[names]

    def _sheet(self, name: str) -> str:
        def moved(url: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), url[1]))
            return f'url("{posixpath.relpath(target, FOLDER)}")'

        # The map of a theme's sheet, in a comment, is of no use to the joined file; nor are colours that no page names.
        bare = _CSS_COMMENT.sub("", _URL.sub(moved, (self._folder / name).read_text("utf-8")))
        bare = _NAMED_COLOUR.sub("", bare)
        # A string of CSS ends on its line: what surrounds an end of line says nothing.
        return _CSS_MARGIN.sub("\n", bare).strip()

    def _script(self, names: tuple[str, ...]) -> str:
        if names not in self._scripts:
            kind = KINDS.get(names[-1]) or posixpath.basename(posixpath.dirname(names[-1]))
            text = self._join(names, lambda later: self._script((later,)))
            self._scripts[names] = self._write(kind, ".js", text)
        return self._scripts[names]

    def _join(self, names: tuple[str, ...], joined_of: Callable[[str], str]) -> str:
        def read(name: str) -> str:
            return (self._folder / name).read_text("utf-8")

        _, later = join_modules(names, read, {}, FOLDER)
        return join_modules(names, read, {name: joined_of(name) for name in later}, FOLDER)[0]

    def _write(self, kind: str, suffix: str, text: str) -> str:
        name = f"{FOLDER}/{kind}-{hashlib.sha256(text.encode()).hexdigest()[:10]}{suffix}"
        (self._folder / FOLDER).mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_text(text, "utf-8")
        return name
