"""``llms.txt`` and the Markdown of a récit: read by another, they say what the page says, and every address in them leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import markdown
import pytest

from inspiractions.build.site import load_and_check
from inspiractions.exports.markdown import make_llms, make_markdown
from inspiractions.story.recit import Recits
from tests.conftest import Ecrire

URL = "https://inspiractions.example/"
_CORPS = """
## Contexte

Le quartier *manque* de lieux où marcher.

## Difficultés, et comment elles ont été levées

- **Adapter l’outil au public et au lieu** : la pluie → un abri est prêté

## Ressources

[Le bilan](https://exemple.fr/bilan)
"""


@pytest.fixture
def recits(racine: Path, ecrire: Ecrire, partage: None) -> Callable[..., Recits]:
    def recits(**cles: str) -> Recits:
        ecrire(corps=_CORPS, **cles)
        ecrire("aubervilliers-suite", titre="La suite", inspiree_de="[aubervilliers-marche]")
        banque, problems = load_and_check(racine)
        assert problems == []
        return Recits(banque, URL)

    return recits


def test_un_recit_en_markdown_dit_ce_que_dit_sa_page(recits: Callable[..., Recits]) -> None:
    all_recits = recits(
        titre="'Marcher * à <b>Aubervilliers</b> [ensemble]_1_'",
        sources="[{titre: 'Bilan [2024]', url: 'https://exemple.fr/a_(b)'}]",
        champs_deduits="[thematiques]",
        freins="[adaptation]",
    )
    (recit,) = (recit for recit in all_recits if recit.action.id == "aubervilliers-marche")
    text = make_markdown(recit)
    html = markdown.markdown(text)
    # What is no Markdown is not taken for it.
    (title,) = re.findall(r"<h1>(.*?)</h1>", html)
    assert "<" not in title
    assert unescape(title) == recit.action.titre == "Marcher * à <b>Aubervilliers</b> [ensemble]_1_"
    assert html.count("<h1>") == 1
    assert re.findall(r"<h2>(.*?)</h2>", html) == [
        "Contexte",
        "Difficultés, et comment elles ont été levées",
        "Reprise par",
        "Ressources",
        "Citer",
    ]
    assert "<p>Le quartier <em>manque</em> de lieux où marcher.</p>" in html
    assert "(classement de la rédaction)" in html
    assert "la pluie Ce qui a été fait : un abri est prêté" in html
    assert f'<a href="{URL}actions/aubervilliers-suite/">La suite</a>, Aubervilliers' in html
    assert '<a href="https://exemple.fr/a_(b)">Bilan [2024]</a>, source de la fiche' in html
    assert "La fiche ne dit pas : " in text
    assert recit.citation in unescape(html)
    assert f"<{recit.permalien}>" in text


def test_llms_txt_compte_et_dit_comment_citer(racine: Path, ecrire: Ecrire, partage: None) -> None:
    ecrire()
    text = make_llms(load_and_check(racine)[0], URL)
    lines = text.splitlines()
    # The form that llmstxt.org asks for: a title, a quotation, words, sections of links.
    assert lines[0].startswith("# ")
    assert lines[2].startswith("> ")
    assert "1 récit d’action, de 1 territoire ; dernière mise à jour : 2026-01-31." in text
    assert "« citation »" in text
    sections = re.split(r"^## .*$", text, flags=re.M)[1:]
    assert all(re.fullmatch(r"- \[[^]]+\]\([^)]+\) : .+", line) for s in sections for line in s.strip().splitlines())


def test_sur_le_site_chaque_adresse_mene_a_un_fichier(site: Path) -> None:
    llms = (site / "llms.txt").read_text("utf-8")
    addresses = re.findall(rf"\]\({re.escape(URL)}([^)]*)\)", llms)
    assert len(addresses) > 10
    assert [a for a in addresses if not (site / a / "index.html").is_file() and not (site / a).is_file()] == []
    records = [json.loads(line) for line in (site / "donnees" / "actions.jsonl").read_text("utf-8").splitlines()]
    assert f"{len(records)} récits" in llms
    for record in records:
        folder = site / "actions" / record["id"]
        text = (folder / "index.md").read_text("utf-8")
        assert record["url"] in text
        assert [r["titre"] for r in record["rubriques"] if f"## {r['titre']}" not in text] == [], record["id"]
        head = (folder / "index.html").read_text("utf-8").partition("</head>")[0]
        assert re.search(
            r'<link rel="alternate" type="text/markdown" [^>]*href="\.\./\.\./actions/[^"]*/index\.md">', head
        )
