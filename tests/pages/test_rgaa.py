"""What the grid of accessibility (referentiels/rgaa-grille.csv) says that the pages do not have, or that all of them have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.story.rgaa import KINDS

ASSETS = PROJECT / "docs/assets"
_FOLDERS = {
    "": "accueil", "explorer": "explorer", "carnet": "carnet", "comparer": "carnet", "embed": "integrees",
    "territoires": "territoires", "regions": "territoires", "departements": "territoires", "villes": "territoires",
    "dossiers": "dossiers", "enquetes": "dossiers", "chiffres": "chiffres", "couverture": "chiffres",
    **dict.fromkeys((
        "ages", "axes", "bibliotheque", "campagnes", "connaissance", "determinants", "entrees", "evaluations", "freins",
        "leviers", "plan-du-site", "publics", "qpv", "thematiques",
    ), "listes"),
}  # fmt: skip


def kind_of(chemin: str) -> str:
    """The kind, as the grid names it, of a page by its address from the root of the site."""
    if chemin == "donnees/exemple-lunr.html":
        return "integrees"
    folder, _, rest = chemin.partition("/")
    if folder == "actions":
        return "recit" if rest and not rest.startswith("page/") else "listes"
    return _FOLDERS.get(folder, "redigees")


# Element, attribute or sign; the kinds of pages that may have it.
ABSENT = {
    "média": (r"<(?:video|audio|object|embed|canvas|applet|track|frameset)\b", ()),
    "image-test ou image cliquable": (r"captcha|type=\"image\"|<area\b|\b(?:usemap|ismap)=", ()),
    "mouvement": (r"<(?:marquee|blink)\b|\bautoplay\b", ()),
    "présentation": (r"<(?:font|center|basefont|big|strike|tt)\b|<[a-z]+ [^>]*\b(?:align|bgcolor|cellpadding|valign)=", ()),
    "cadre": (r"<iframe\b", ("redigees",)),
    "fenêtre": (r"<a [^>]*\btarget=|<form [^>]*\btarget=", ("integrees",)),
    "raccourci": (r"\baccesskey=", ()),
    "sens de lecture": (r"dir=\"rtl\"|[\u0590-\u08ff]", ()),
    "rechargement": (r"http-equiv=\"refresh\" content=\"(?!0;)", ()),
    "infobulle": (r"<(?!link|iframe)[a-z]+ [^>]*\btitle=\"", ()),
    "données envoyées": (r"method=\"post\"|type=\"(?:email|tel|password|date|number|url)\"|autocomplete=\"(?!off)", ()),
    "champ obligatoire": (r"<(?:input|select|textarea) [^>]*\b(?:required|pattern|aria-invalid)\b", ()),
    "signe cryptique": (r"[\U0001F300-\U0001FAFF☀-➿]", ()),
}  # fmt: skip


def test_rien_de_ce_que_les_pages_n_ont_pas(pages: dict[str, str]) -> None:
    """With what scripts will fill, which stands in templates."""
    faults = {
        f"{what} : {chemin}": match[0][:120]
        for what, (pattern, kinds) in ABSENT.items()
        for chemin, html in pages.items()
        if kind_of(chemin) not in kinds and (match := re.search(pattern, html))
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("what", "html"),
    [
        ("média", '<p><video src="x">'),
        ("image-test ou image cliquable", '<img usemap="#x">'),
        ("mouvement", "<marquee>"),
        ("présentation", '<p align="center">'),
        ("cadre", '<iframe title="x">'),
        ("fenêtre", '<a href="x" target="_blank">'),
        ("raccourci", '<a accesskey="s">'),
        ("sens de lecture", '<p dir="rtl">'),
        ("rechargement", '<meta http-equiv="refresh" content="30; url=x">'),
        ("infobulle", '<abbr title="x">'),
        ("données envoyées", '<input type="email">'),
        ("champ obligatoire", '<input name="x" required>'),
        ("signe cryptique", "<p>😀"),
    ],
)
def test_chaque_absence_se_verrait(what: str, html: str) -> None:
    assert re.search(ABSENT[what][0], html)


def test_chaque_page_a_son_cadre(pages: dict[str, str]) -> None:
    """Type of document; skip link first, then one header, menu, main part and footer, the same on all; none on a page apart."""
    frames: dict[str, set[tuple[str, ...]]] = {"apart": set(), "whole": set()}
    kinds = set()
    for chemin, html in pages.items():
        assert html.lstrip()[:15].lower() == "<!doctype html>", chemin
        kinds.add(kind_of(chemin))
        apart = kind_of(chemin) == "integrees"
        order = re.findall(r'<(header class="entete|nav class="onglets|main\b|footer\b|a class="saut)', html)
        frames["apart" if apart else "whole"].add(tuple(order))
        if not apart:
            assert 'href="#contenu"' in html, chemin
            assert html.count('id="contenu"') == 1, chemin
            header, footer = html.partition("</header>")[0], html.partition("<footer")[2]
            assert header.count('role="search"') == 1, chemin
            assert "plan-du-site/" in footer, chemin
    assert kinds == set(KINDS)
    assert len(frames["whole"]) == 1, frames["whole"]
    (order,) = frames["whole"]
    assert order[0] == 'a class="saut'
    assert sorted(order[1:]) == sorted(['header class="entete', 'nav class="onglets', "main", "footer"])
    assert all('header class="entete' not in order and 'nav class="onglets' not in order for order in frames["apart"])


def test_les_types_de_pages_sans_image_ni_tableau(pages: dict[str, str]) -> None:
    """What an image or a table must have does not bear on kinds that have none."""
    present = {
        (kind_of(chemin), what)
        for chemin, html in pages.items()
        for what, pattern in (
            ("image", r"<img\b|role=\"img\"|<figure\b|<svg [^>]*role=\"group\""),
            ("tableau", r"<table\b"),
        )
        if re.search(pattern, html)
    }
    assert not present & {(kind, "image") for kind in ("carnet", "listes", "dossiers", "integrees")}
    assert not present & {(kind, "tableau") for kind in ("accueil", "recit", "listes", "dossiers", "integrees")}
    assert {
        ("territoires", "image"),
        ("redigees", "image"),
        ("explorer", "tableau"),
        ("chiffres", "tableau"),
    } <= present


def test_chaque_groupe_de_champs_a_sa_legende(pages: dict[str, str]) -> None:
    groups = [
        (chemin, first) for chemin, html in pages.items() for first in re.findall(r"<fieldset[^>]*>\s*(<\w+)", html)
    ]
    assert groups
    assert {chemin for chemin, first in groups if first != "<legend"} == set()


def scripts() -> dict[Path, str]:
    """Those of the site's own pages."""
    texts = {path: path.read_text("utf-8") for path in ASSETS.glob("js/**/*.js") if "vendor" not in path.parts}
    assert len(texts) > 30
    return texts


# A press alone does nothing: « mousedown » is listened to only to keep the focus where it is (pages/suggestions.js).
_GESTURES = re.compile(
    r'"(?:mousedown|pointerdown|pointermove|touch\w+|drag\w*|gesture\w+|device(?:motion|orientation)|keypress|wheel)"'
    r"|window\.open\(|orientation\.lock|setInterval\("
)
_HARMLESS = 'addEventListener("mousedown", (event) => event.preventDefault())'
_ONE_KEY = re.compile(r'^.*\bkey(?:\.toLowerCase\(\))?\s*[!=]==?\s*"(?:.)".*$', re.M)


def test_les_scripts_n_exigent_ni_geste_ni_mouvement() -> None:
    gestures, keys = {}, {}
    for path, text in scripts().items():
        if faults := _GESTURES.findall(text.replace(_HARMLESS, "")):
            gestures[path.name] = faults
        alone = [line.strip() for line in _ONE_KEY.findall(text) if "key.toLowerCase()" in line or "event.key" in line]
        if faults := [line for line in alone if "ctrlKey" not in line]:
            keys[path.name] = faults
    assert gestures == {}
    assert keys == {}
    assert _GESTURES.search('addEventListener("touchstart", go)')
    assert _ONE_KEY.search('if (event.key === "s") go();')


_MOVES = re.compile(r"(?<![\w-])(?:animation|transition)(?:-\w+)?\s*:(?!\s*none)|@keyframes|@media[^{]*orientation")
_APPEARS = re.compile(
    r"[^{}]*:(?:hover|focus(?:-within)?)\b[^{}]*\{[^}]*\b(?:display|visibility|opacity|clip|content)\s*:"
)


def test_les_styles_ne_bougent_ni_ne_cachent() -> None:
    sheets = {path: re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S) for path in ASSETS.glob("css/*.css")}
    assert len(sheets) > 8
    assert {path.name: moves for path, text in sheets.items() if (moves := _MOVES.findall(text))} == {}
    appears = {rule.strip()[:80] for text in sheets.values() for rule in _APPEARS.findall(text)}
    assert {rule for rule in appears if ".saut" not in rule} == set()
    assert _MOVES.search("a { transition: color 1s }")
    assert _APPEARS.search("li:hover ul { display: block }")
