"""``format``: the same meaning in one form, whoever wrote the file."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspiractions.base.files import PROJECT
from inspiractions.base.markdown import to_html
from inspiractions.base.text import INVISIBLE
from inspiractions.cli.main import main
from inspiractions.model.canonical import filled, format_fiche
from inspiractions.model.source import Source, parse_fiche
from tests.model.test_canonical import TEXTES

FICHES = sorted((PROJECT / "actions").glob("*.md"))

DEUX = "  "  # a line break of Markdown

# What Decap CMS leaves behind: its own order, quotes, « * », padded lists, empty keys, no blank line after the headings.
_DU_FORMULAIRE = f"""\
---
porteur: "Ville d’Aubervilliers"
titre: "Marcher : ensemble"
campagne: ""
leviers: []
villes:
- Aubervilliers
date_publication: 2026-01-31
budget:
    precision:
    fonctionnement: '01004'
ages: ["65-plus"]
---
## Contexte
Un paragraphe
*   une liste aussi
## Déroulé ##



* un
* deux
  suite

```
* code

## code
```
Vers{DEUX}
suite #pas un titre
"""
_EN_FORME = f"""\
---
titre: 'Marcher : ensemble'
villes: [Aubervilliers]
ages: [65-plus]
porteur: Ville d’Aubervilliers
budget:
  fonctionnement: '01004'
date_publication: 2026-01-31
---

## Contexte

Un paragraphe
-   une liste aussi

## Déroulé

- un
- deux
  suite

```
* code

## code
```
Vers{DEUX}
suite #pas un titre
"""


def lu(text: str) -> Source:
    source, problems = parse_fiche("actions/essai.md", text)
    assert source is not None, problems
    return source


def dit(source: Source) -> tuple[object, str, list[tuple[str, str]]]:
    """What a fiche says: values, and the HTML of its parts."""
    return filled(source.meta), to_html(source.preamble), [(s.titre, to_html(s.texte)) for s in source.sections]


@pytest.fixture(scope="module")
def essai(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Formats a text; twice, as the second time must change nothing."""
    racine = tmp_path_factory.mktemp("forme")
    (racine / "actions").mkdir()
    path = racine / "actions" / "essai.md"

    def format_(text: str) -> str:
        for _ in range(2):
            path.write_bytes(text.encode())
            forme, problems = format_fiche(racine, path)
            assert forme is not None, problems
            before, text = text, forme.texte
        assert text == before
        return text

    return format_


def test_toutes_les_fiches_de_la_banque_sont_en_forme() -> None:
    formes = {path.stem: format_fiche(PROJECT, path)[0] for path in FICHES}
    assert {nom for nom, forme in formes.items() if forme is None or forme.line} == set()


def test_ce_que_laisse_le_formulaire_est_remis_en_ordre(essai: Callable[[str], str]) -> None:
    text = essai(_DU_FORMULAIRE)
    assert text == _EN_FORME
    assert dit(lu(text)) == dit(lu(_DU_FORMULAIRE))


@pytest.mark.parametrize("path", FICHES[::10], ids=lambda p: p.stem)
def test_une_fiche_derangee_retrouve_sa_forme(essai: Callable[[str], str], path: Path) -> None:
    ordered = path.read_text("utf-8")
    front, body = ordered.split("---\n\n", 1)
    keys = front.removeprefix("---\n").split("\n")
    blocks: list[str] = []
    for line in keys:
        if line[:1].isspace():
            blocks[-1] += f"\n{line}"
        elif line:
            blocks.append(line)
    messy = "\r\n".join(
        [
            "---",
            *reversed(blocks),
            "---",
            "",
            "",
            *body.replace("\n\n## ", "\n\n\n## ").replace("\n- ", "\n* ").split("\n"),
            "",
        ]
    )
    assert messy != ordered
    assert essai("\ufeff" + messy) == ordered


_LIGNES = st.sampled_from(
    [
        "", "", "## Contexte", "##Déroulé", "### Sous-titre", "#", "####### sept", "- un", "* deux", "+ trois", "  * retrait", "    * code",
        "1. un", "   suite", "texte  ", "texte\\", "```", "~~~ py", "| a | b |", "|---|---|", "> * cité", "* * *", "---", "***", "**gras**",
        "*italique*", "    code", "\ttab", "`* code`", "<b>html</b>", "<!--", "-->", "*", "- ", "[a]: https://exemple.fr", "===", "   ", " ## Retrait",
    ]
)  # fmt: skip


# A fiche with a sign that nobody sees is not touched: its author is told.
_VISIBLES = TEXTES.filter(lambda texte: not INVISIBLE.search(texte))


@given(titre=_VISIBLES, partenaires=st.lists(_VISIBLES, max_size=3), lignes=st.lists(_LIGNES, max_size=14))
def test_jamais_le_sens_ne_change(
    essai: Callable[[str], str], titre: str, partenaires: list[str], lignes: list[str]
) -> None:
    text = (
        f"---\npartenaires: {dumps(partenaires, ensure_ascii=False)}\ntitre: {dumps(titre, ensure_ascii=False)}\n---\n"
        + "\n".join(lignes)
    )
    assert dit(lu(essai(text))) == dit(lu(text))


@pytest.mark.parametrize(
    ("text", "line", "dit"),
    [
        ("---\ntitre: a\nresume: 'ouvert\n---\n\n## A\n", 3, "guillemet ouvert"),
        ("---\ntitre: a\ntitre: b\n---\n", 3, "écrite deux fois"),
        ("---\ntitre: a # à vérifier\n---\n", 2, "commentaire « # »"),
        ("---\n# en tête\ntitre: >- # note\n  a # pas un commentaire\n---\n", 2, "commentaire « # »"),
        ("titre: a\n", 1, "l’en-tête manque"),
    ],
)
def test_une_fiche_qui_perdrait_quelque_chose_est_laissee(
    racine: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, dit: str
) -> None:
    path = racine / "actions" / "a.md"
    path.write_text(text, "utf-8")
    assert main(["format", "--root", str(racine)]) == 1
    out = capsys.readouterr().out
    assert f"actions/a.md:{line}: " in out
    assert dit in out
    assert path.read_text("utf-8") == text


def test_verifier_nomme_les_fiches_et_n_ecrit_rien(racine: Path, ecrire, capsys: pytest.CaptureFixture[str]) -> None:
    bon, mauvais = ecrire("bon"), ecrire("mauvais", titre='"Guillemets inutiles"')
    assert main(["format", "--root", str(racine), str(bon)]) == 0
    before = mauvais.read_text("utf-8")
    capsys.readouterr()
    assert main(["format", "--verifier", "--root", str(racine)]) == 1
    assert capsys.readouterr().out == (
        "actions/mauvais.md:2: mise en forme : lancez « python build_site.py format actions/mauvais.md ».\n"
    )
    assert mauvais.read_text("utf-8") == before
    assert main(["format", "--root", str(racine)]) == 0
    assert "actions/mauvais.md : remise en forme.\n1 fiche remise en forme sur 2.\n" in capsys.readouterr().out
    assert main(["format", "--verifier", "--root", str(racine)]) == 0
    assert main(["format", "--root", str(racine), str(racine / "ailleurs.md")]) == 2
