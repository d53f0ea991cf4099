"""Markdown becomes data: no text acts in Typst, and all that it says is in the PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inspiractions.base.files import PROJECT
from inspiractions.documents.pdf import markdown_tree
from inspiractions.documents.pdf.document import PdfDocument, PdfDocuments
from inspiractions.documents.pdf.markdown_tree import Node, affichable, soigner, to_inline_tree, to_tree
from inspiractions.documents.pdf.typst import TypstPrinter
from inspiractions.model.banque import Banque
from inspiractions.story.recit import Recits

_PIED = re.compile(r"Inspir’Actions · Essai\s*Page \d+ sur \d+")
URL = "https://exemple.fr/actions/x/"
# What would act if it were read as Typst, or confuse the reading of Markdown.
_HOSTILES = (
    '#read("/etc/passwd")', "#panic()", "#let x = 1", "#", "$a_1$", "$", "@cle", "<etiquette>", "`", "``", "\\", "\\u{41}",
    "//", "/*", "*/", "*gras*", "_", "= Titre", "~", "---", "[", "]", "#[", "{", "}", "(", ")", "&amp;", "&#35;", '"',
    "'", "#import", "++", "<<", ">>", "|", "!", "😀", "漢字", "é", "\u202f", "\u200b", "œuvre", "mot", "100 %", "http",
)  # fmt: skip
_MISES = (
    "{}", "**{}**", "*{}*", "~~{}~~", "`{}`", "- {}\n- {}", "3. {}", "> {}", "> - > {}", "### {}", "###### {}",
    "[{}](https://a.fr)", "[{}](#ancre)", "[{}](javascript:alert)", "```\n{}\n```", "| {} | b |\n|---|:-:|\n| {} | d |",
    "a\\\n{}", "***\n\n{}", "![{}](https://a.fr/i.png)", "    {}",
)  # fmt: skip
_BLOCS = st.lists(
    st.tuples(st.sampled_from(_MISES), st.lists(st.sampled_from(_HOSTILES), min_size=1, max_size=6)), max_size=6
)


@pytest.fixture(scope="module")
def modele(banque_reelle: Banque) -> PdfDocument:
    """The document of a récit, to print other texts in."""
    recits = Recits(banque_reelle, "https://exemple.fr/")
    return PdfDocuments(banque_reelle, recits, "https://exemple.fr/").recit(next(iter(recits)))


@pytest.fixture(scope="module")
def imprimer(modele: PdfDocument, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], pypdf.PdfReader]:
    """Prints a récit whose place, summary and only rubrique say ``texte``."""
    presse = TypstPrinter(PROJECT, tmp_path_factory.mktemp("pdf"))

    def imprimer(texte: str) -> pypdf.PdfReader:
        recit = dict(modele.donnees["recits"][0])
        partie = recit["parties"][0] | {"vide": False, "points": [], "contenu": {"md": texte, "adresse": URL}}
        recit |= {"parties": [partie], "lieu": texte, "resume": texte or "vide"}
        recit |= {"identite": recit["identite"][-2:], "proches": [], "liens": []}
        donnees = modele.donnees | {"titre": "Essai", "recits": [recit]}
        return pypdf.PdfReader(io.BytesIO(presse.pdf(replace(modele, donnees=donnees))))

    return imprimer


def test_chaque_mise_en_forme_a_son_noeud() -> None:
    assert to_tree("Un **mot** *ou* ~~deux~~ ; `#x ;`\\\n[lien](#ancre)", URL) == [
        _n("p", "Un ", _n("fort", "mot"), " ", _n("italique", "ou"), " ", _n("barre", "deux"), "\u202f; ",
           _n("code", "#x ;"), {"g": "saut"}, " ", _n("lien", "lien", url=f"{URL}#ancre"))
    ]  # fmt: skip
    assert to_tree("2. a\n   - b\n\n> c\n\n---", URL) == [
        _n("liste", _n("point", "a ", _n("liste", _n("point", "b"))), debut=2),
        _n("citation", _n("p", "c")),
        {"g": "filet"},
    ]
    assert to_tree("| a |\n|:-:|\n| b |\n\n```\nx  ;\n```", URL) == [
        _n("tableau", _n("rangee", _n("case", "a", tete=True, cote="center")),
           _n("rangee", _n("case", "b", tete=False, cote="center"))),
        _n("bloc", "x  ;\n"),
    ]  # fmt: skip
    assert to_inline_tree("**a** b", URL) == [_n("fort", "a"), " b"]


def test_les_titres_ne_sautent_aucun_niveau() -> None:
    niveaux = [n["niveau"] for n in to_tree("##### a\n\n###### b\n\n### c\n\n###### d", URL) if isinstance(n, dict)]
    assert niveaux == [3, 4, 3, 4]
    introduction = to_tree("## a\n\n### b\n\n## c\n\n##### d", URL, 1)
    assert [n["niveau"] for n in introduction if isinstance(n, dict)] == [1, 2, 1, 2]


def test_ce_que_les_polices_n_ont_pas_devient_un_carre() -> None:
    assert affichable("Café 😀😀, 漢字 ➜ re\u00adco\u200bup") == "Café □, □ □ recoup"
    assert soigner("« a » & <b> : 3 000 €") == "«\u00a0a\u00a0» & <b>\u00a0: 3\u202f000\u00a0€"


@pytest.mark.parametrize("mise", ["{}", "**{}**", "*{}*", "***{}***"])
def test_chaque_signe_dit_affichable_l_est(imprimer: Callable[[str], pypdf.PdfReader], mise: str) -> None:
    signes = [
        chr(c) for c in range(0x20, 0x10000) if not markdown_tree._AUTRES.match(chr(c)) and chr(c) not in "\\`<&|*_~["
    ]
    assert len(signes) > 2000
    for lot in (signes[i : i + 600] for i in range(0, len(signes), 600)):
        imprimer(mise.replace("{}", "".join(f"x{signe}" for signe in lot) + "x"))


@pytest.mark.parametrize("signe", [">", "- ", "*", "[", "1. "])
def test_une_imbrication_sans_fin_garde_son_texte(imprimer: Callable[[str], pypdf.PdfReader], signe: str) -> None:
    texte = signe * 120 + "profond" + ("](https://a.fr)" * 120 if signe == "[" else "*" * 120 if signe == "*" else "")
    assert "profond" in _lu(imprimer(texte))


@settings(max_examples=30, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocs=_BLOCS)
def test_aucun_texte_n_agit_et_tout_se_lit(imprimer: Callable[[str], pypdf.PdfReader], blocs: list) -> None:
    texte = "\n\n".join(mise.replace("{}", " ".join(mots)) for mise, mots in blocs)
    lu = _serre(_lu(imprimer(texte)))
    assert _serre("".join(_textes(to_tree(texte, URL)))) in lu
    assert _serre(soigner(texte)) in lu
    assert "root:" not in lu


def _n(genre: str, *contenu: Node, **autres: object) -> Node:
    return {"g": genre, "c": list(contenu), **autres}


def _textes(noeuds: list[Node]) -> Iterator[str]:
    for noeud in noeuds:
        if isinstance(noeud, str):
            yield noeud
        else:
            yield from _textes(noeud.get("c", []))


def _lu(pdf: pypdf.PdfReader) -> str:
    return "".join(_PIED.sub("", page.extract_text()) for page in pdf.pages)


def _serre(texte: str) -> str:
    """Letters and signs alone, without what layout adds: spaces, bullets, numbers."""
    return re.sub(r"[\s•‣–\d.]", "", texte)
