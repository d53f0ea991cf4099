"""No French sentence stands outside of what a catalogue translates: in templates, in scripts, and in the pages of a site whose
every text is translated by itself between two marks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment, nodes

from inspiractions.base.files import PROJECT
from inspiractions.base.source_texts import script_texts
from inspiractions.base.text import gettext, ngettext, speak
from inspiractions.build.loading import load_sound
from inspiractions.build.site import BuildOptions, build
from inspiractions.cli.main import main
from inspiractions.theme.languages import TEMPLATE, UnknownLanguage, as_text, gather, read_language
from tests.conftest import UneFois

# What looks like words of French: an accent or a quotation, two words, a capital at the head of a word.
FRENCH = re.compile(r"[éèêàçîôûùœÉÀÂ]|[’«»…] ?[^\W\d_]|[^\W\d_]{2,} [^\W\d_]|^\s?[A-ZÉ][a-zéèê]+")
# Names of formats, of which no language has another; keys of the keyboard; what is looked for in a page.
NAMES = frozenset(
    [
        "BibTeX",
        "RIS",
        "CSL-JSON",
        "Escape",
        "Enter",
        "ArrowDown",
        "ArrowUp",
        "‹boîte›",
        "‹courriel›",
        "tr th",
        "thead tr",
        "th b",
    ]
)
CODE = re.compile(r"__|--|^[.#\[:]|\[data-|<span|\\|^[A-Z]+$|^[\w-]+( [\w.-]+)*\.[\w-]+")
LEGER = BuildOptions(leger=True)
# What is told to who opens the console of the browser.
CONSOLE = re.compile(r"\b(?:console\.\w+|new Error)\(")
MARKED = re.compile(r'(?<![\w.])_\("(?:[^"\\]|\\.)*"\)')
COMMENT = re.compile(r"/\*.*?\*/|^ *//[^\n]*$", re.S | re.M)


@pytest.fixture(autouse=True)
def en_francais() -> Iterator[None]:
    yield
    speak(None)


def test_les_textes_reunis_sont_ceux_d_aujourd_hui() -> None:
    text = as_text(gather(), "Textes du site, en français")
    assert (PROJECT / TEMPLATE).read_text("utf-8") == text, "un texte a changé : écrivez « make textes »."


def _is_french(text: object) -> bool:
    return isinstance(text, str) and bool(FRENCH.search(text)) and not (text in NAMES or CODE.search(text))


def test_aucun_mot_francais_dans_les_expressions_des_gabarits() -> None:
    """What stands between tags is found without a mark; in an expression, ``_("…")``, ``pluriel`` and ``accord`` say what is read."""
    unmarked: dict[str, list[str]] = {}
    for path in sorted((PROJECT / "templates").rglob("*.html*")):
        tree = Environment().parse(MARKED.sub('""', path.read_text("utf-8")))
        counted = [f for f in tree.find_all(nodes.Filter) if f.name in ("pluriel", "accord")]
        marked = {id(text) for each in counted for text in each.find_all(nodes.Const)}
        texts = [text.value for text in tree.find_all(nodes.Const) if id(text) not in marked and _is_french(text.value)]
        unmarked |= {path.name: texts} if texts else {}
    assert unmarked == {}


def test_aucun_mot_francais_sans_marque_dans_les_scripts() -> None:
    """``search/`` reads what is typed in French, ``hote.js`` says nothing."""
    folder, unmarked = PROJECT / "docs" / "assets" / "js", {}
    for path in sorted(folder.rglob("*.js")):
        if {"vendor", "search", "hote.js"} & set(path.parts):
            continue
        source = COMMENT.sub(lambda text: " " * len(text[0]), path.read_text("utf-8"))
        marked = [(text.start, text.end) for text in script_texts(source)]
        texts = [text for place, text in _strings(source) if not any(start <= place < end for start, end in marked)]
        unmarked |= {path.relative_to(folder).as_posix(): texts} if texts else {}
    assert unmarked == {}


def _strings(source: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', source):
        line = source[source.rfind("\n", 0, match.start()) + 1 : match.start()]
        text = re.sub(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "", match[1] or match[2] or "")
        if _is_french(text) and not CONSOLE.search(line):
            yield match.start(), text


def _wrapped(text: str) -> str:
    """``⟦…⟧``, the blanks at both ends outside."""
    core = text.strip()
    return text.replace(core, f"⟦{core}⟧", 1)


def _in_marks(root: Path) -> None:
    """A catalogue that translates every text by itself, for a bank of twelve récits."""
    catalogue = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in gather():
        if isinstance(message.id, str):
            catalogue.add(message.id, _wrapped(message.id))
        else:
            catalogue.add(message.id, tuple(map(_wrapped, message.id)))
    (root / "locales").mkdir(parents=True)
    (root / "locales" / "en.po").write_text(as_text(catalogue, "Essai"), "utf-8")
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("language: fr", "language: en"), "utf-8")
    (root / "actions").mkdir()
    for path in sorted((PROJECT / "actions").glob("*.md"))[::50]:
        shutil.copy(path, root / "actions")


@pytest.fixture(scope="module")
def entre_marques(une_fois: UneFois) -> tuple[Path, Path]:
    """The root and the site of that bank."""

    def make(path: Path) -> None:
        _in_marks(path / "racine")
        assert build(path / "racine", path / "site", path / "travail", LEGER).problems == []

    folder = une_fois("entre-marques", make)
    return folder / "racine", folder / "site"


class VisibleTexts(HTMLParser):
    """What a page shows or reads out outside of the marks, but for what is no word, and for the text of hand-written pages."""

    _EMPTY = frozenset(["meta", "link", "br", "img", "input", "hr", "col", "base"])
    _NOT_READ = frozenset(["script", "style", "code", "pre", "textarea"])

    def __init__(self, hand_written: bool) -> None:
        super().__init__()
        self.outside: list[str] = []
        self._hand_written = hand_written
        self._open: list[tuple[str, bool]] = []
        self._marks = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in self._EMPTY:
            content = self._hand_written and values.get("class") == "redige"
            self._open.append((tag, content or tag in self._NOT_READ or self._left_out))
        for key in ("aria-label", "title", "placeholder", "alt"):
            self.handle_data(values.get(key) or "")

    def handle_endtag(self, tag: str) -> None:
        while tag in (name for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._read(data)

    @property
    def _left_out(self) -> bool:
        return bool(self._open and self._open[-1][1])

    def _read(self, text: str) -> None:
        for part in re.split("([⟦⟧])", text):
            if part in ("⟦", "⟧"):
                self._marks += 1 if part == "⟦" else -1
            elif not self._marks:
                self.outside += [piece for piece in map(_plain, _SEPARATOR.split(part)) if _WORD.search(piece)]
        assert self._marks >= 0, text


# A line of YAML that goes on with the text of the one before.
_FOLDED = re.compile(r"\n +(?! |- |[\w-]+:)")
_ENDS = " .!?'\"-"
_SEPARATOR = re.compile(r"https?://\S+|[,;·–()«»“”:|]|\.(?=\s|$)")
_FORMATS = frozenset(map(str.lower, NAMES))
_WORD = re.compile(r"[^\W\d_]{2,}")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("'", "’").replace("\u00a0", " ").replace("\u202f", " ")).strip().lower()


# Pages, or what their addresses begin with, that repeat French which the code keeps (docs/adr/020-une-autre-langue.md): what is
# said to contributors of fields and rules, the criteria of the RGAA, the descriptions of the data, a page that is one file.
KEPT = (
    "contribuer/champs/",
    "contribuer/verifications/",
    "accessibilite/grille/",
    "donnees/index",
    "donnees/exemple-lunr",
)


class Content:
    """What a bank says itself: its fiches, its vocabularies, its places, the titles of its pages, what ``mkdocs.yml`` says."""

    def __init__(self, root: Path) -> None:
        banque = load_sound(root)
        referentiel, identity = banque.referentiel, banque.identity
        places = [lieu.nom for lieu in banque.villes.values()]
        places += [*referentiel.regions.values(), *referentiel.departements.values()]
        facets = [
            text
            for facette in banque.facettes
            for text in (facette.titre, facette.singulier, facette.presentation, facette.ensemble)
        ]
        docs = [identity.fill(path.read_text("utf-8")) for path in sorted((PROJECT / "docs").rglob("*.md"))]
        heads = [text.split("\n---\n")[0] for text in docs]
        own = [path.read_text("utf-8") for path in (*sorted((root / "actions").glob("*.md")), root / "mkdocs.yml")]
        own += [identity.fill(path.read_text("utf-8")) for path in sorted((PROJECT / "vocabulaire").glob("*.yml"))]
        places += [
            line.split(",")[1] for line in (PROJECT / "referentiels" / "editeurs.csv").read_text("utf-8").splitlines()
        ]
        own = [_FOLDED.sub(" ", text) for text in own]
        facets += [*identity.name_parts, identity.home_title, identity.licence.nom]
        texts = ["\n".join(part) for part in (places, facets, heads, own)]
        self._whole = _plain(_bare("\n".join([*texts, *docs])))
        self._pieces = {_plain(piece) for text in texts for line in text.split("\n") for piece in _pieces(_bare(line))}

    def says(self, piece: str) -> bool:
        """A few words must be all that a line says, or a part between two signs; a sentence may stand anywhere."""
        return piece.strip(" .!?") in self._pieces or (piece.count(" ") > 2 and piece in self._whole)


def _pieces(line: str) -> Iterator[str]:
    value = re.sub(r"^\s*(?:- )?(?:[\w-]+: )?", "", line)
    for text in (line, value):
        yield text.strip(_ENDS)
        yield from (piece.strip(_ENDS) for piece in _SEPARATOR.split(text))


def _bare(markdown: str) -> str:
    return re.sub(r"[*_#`>]|\]\([^)]*\)|\[", "", markdown)


def test_aucune_phrase_hors_du_catalogue(entre_marques: tuple[Path, Path]) -> None:
    """Every page of the site: what it shows outside of the marks is what the bank says itself."""
    root, site = entre_marques
    content = Content(root)
    by_hand = {
        path.relative_to(PROJECT / "docs").with_suffix("").as_posix() for path in (PROJECT / "docs").rglob("*.md")
    }
    outside: dict[str, str] = {}
    pages = 0
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        if address.startswith(KEPT):
            continue
        pages += 1
        reader = VisibleTexts(
            address.removesuffix("/index.html") in by_hand or address.removesuffix(".html") in by_hand
        )
        reader.feed(re.sub(r'<span class="insecable">([^<]*)</span>', r"\1", path.read_text("utf-8")))
        outside |= {piece: address for piece in reader.outside if piece not in _FORMATS and not content.says(piece)}
    assert pages > 500
    assert outside == {}


def test_les_scripts_et_la_langue_de_ce_site(entre_marques: tuple[Path, Path]) -> None:
    _, site = entre_marques
    scripts = {
        path.relative_to(site / "assets").as_posix(): path.read_text("utf-8")
        for path in site.rglob("assets/j*/**/*.js")
    }
    assert "js/lib/texts.js" not in scripts
    assert '"⟦Les filtres ne sont pas arrivés.⟧"' in scripts["js/explorer/page.js"]
    assert "`⟦Filtres (${formatNumber(count)})⟧`" in scripts["js/explorer/page.js"]
    joined = next(text for name, text in scripts.items() if name.startswith("joints/explorer-"))
    assert '"⟦Les filtres ne sont pas arrivés.⟧"' in joined
    assert [name for name, text in scripts.items() if "vendor" not in name and re.search(r"(?<![\w$.])t`", text)] == []
    assert '<html lang="en"' in (site / "index.html").read_text("utf-8")
    # What readers copy is no page: the data keep their keys.
    assert (site / "donnees" / "actions.csv").read_text("utf-8").startswith("id,url,json,titre,resume,")


NL = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Non renseigné"
msgstr "Onbekend"

#, fuzzy
msgid "En cours"
msgstr "Bezig"

msgid "{n} habitants"
msgstr ""

msgid "action"
msgid_plural "actions"
msgstr[0] "actie"
msgstr[1] "acties"
"""


def _speaking(root: Path, catalogue: str | None, language: str = "nl") -> Path:
    (root / "actions").mkdir(exist_ok=True)
    (root / "locales").mkdir(exist_ok=True)
    (root / "mkdocs.yml").write_text(f"site_name: X\ntheme:\n  name: material\n  language: {language}\n", "utf-8")
    if catalogue is not None:
        (root / "locales" / "nl.po").write_text(catalogue, "utf-8")
    return root


def test_un_catalogue_traduit_ce_qu_il_sait(tmp_path: Path) -> None:
    speak(read_language(_speaking(tmp_path, NL)))
    # Neither what waits for a person, nor what is empty, nor what is not there.
    assert [gettext(text) for text in ("Non renseigné", "En cours", "{n} habitants", "Autre", "actions")] == [
        "Onbekend", "En cours", "{n} habitants", "Autre", "acties",
    ]  # fmt: skip
    # The rule of Dutch: 0 has the plural. What is not translated follows that of French.
    assert [ngettext("action", "actions", n) for n in (0, 1, 2)] == ["acties", "actie", "acties"]
    assert [ngettext("fiche", "fiches", n) for n in (0, 1, 2)] == ["fiche", "fiche", "fiches"]
    assert read_language(_speaking(tmp_path, NL, "fr")) is None


@pytest.mark.parametrize(
    ("catalogue", "message"),
    [
        (
            None,
            "mkdocs.yml:4: « language: nl » : il n’y a pas de catalogue locales/nl.po ; commencez-le par « build_site.py textes nl »",
        ),
        (
            NL + '\nmsgid "Voir <a>%(n)s</a>"\nmsgstr "Zie %(m)s"\n',
            "locales/nl.po:20: « Voir <a>%(n)s</a> » : il manque %(n)s, </a>, <a> à « Zie %(m)s ».",
        ),
        (NL + '\nmsgid "a\n', "locales/nl.po ne se lit pas : "),
    ],
)
def test_ce_qui_empeche_de_parler_une_langue(
    catalogue: str | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _speaking(tmp_path, catalogue)
    with pytest.raises(UnknownLanguage, match=re.escape(message)):
        read_language(root)
    assert main(["check", "--root", str(root)]) == 2
    assert message in capsys.readouterr().err


def test_une_langue_commence_et_se_met_a_jour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = _speaking(tmp_path, None)
    assert main(["textes", "nl", "--root", str(root)]) == 0
    path = root / "locales" / "nl.po"
    begun = path.read_text("utf-8")
    assert begun.startswith("# Textes du site : néerlandais\n")
    assert 'msgid "Non renseigné"\nmsgstr ""\n' in begun
    # Nothing is translated yet: the site is French.
    speak(read_language(root))
    assert gettext("Non renseigné") == "Non renseigné"
    path.write_text(
        begun.replace('msgid "Non renseigné"\nmsgstr ""', 'msgid "Non renseigné"\nmsgstr "Onbekend"'), "utf-8"
    )
    assert main(["textes", "nl", "--root", str(root)]) == 0
    assert 'msgid "Non renseigné"\nmsgstr "Onbekend"\n' in path.read_text("utf-8")
    assert main(["textes", "klingon", "--root", str(root)]) == 2
    assert "« klingon » n’est pas le code d’une langue" in capsys.readouterr().err
