"""The PDFs of the built site, read with pypdf; the press and its cache; the recueils."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject

from inspiractions.base.files import PROJECT
from inspiractions.base.text import typography
from inspiractions.build.site import BuildOptions, build
from inspiractions.cli.main import main
from inspiractions.documents.pdf import document as recueils_module
from inspiractions.documents.pdf import typst
from inspiractions.documents.pdf.document import PdfDocument, PdfDocuments, Recueil, recueils
from inspiractions.documents.pdf.typst import PdfError, TypstPrinter
from inspiractions.model.banque import Banque, load_banque
from inspiractions.story import labels
from inspiractions.story.keys import Keys
from inspiractions.story.recit import Recits

URL = "https://inspiractions.example/"
RECIT = Path(__file__).parents[1] / "story" / "goldens"
# Each costs some 0.2 s to read whole.
_ECHANTILLON = 12


class Balise(NamedTuple):
    """A tag of the structure tree: its kind and its alternative text."""

    genre: str
    alt: str


@pytest.fixture(scope="session")
def pdfs(site: Path) -> dict[str, pypdf.PdfReader]:
    return {p.relative_to(site).as_posix(): pypdf.PdfReader(p) for p in sorted(site.rglob("*.pdf"))}


@pytest.fixture(scope="session")
def documents(banque_reelle: Banque) -> PdfDocuments:
    return PdfDocuments(banque_reelle, Recits(banque_reelle, URL), URL)


@pytest.fixture
def document(documents: PdfDocuments, banque_reelle: Banque) -> PdfDocument:
    return documents.recit(Recits(banque_reelle, URL).of(banque_reelle.actions[0]))


@pytest.fixture
def imprimer(partage: None, tmp_path: Path) -> Callable[[Path, str], pypdf.PdfReader]:
    """Prints one action of a content root."""

    def imprimer(root: Path, identifiant: str) -> pypdf.PdfReader:
        banque, _, _ = load_banque(root)
        recits = Recits(banque, URL)
        document = PdfDocuments(banque, recits, URL).recit(recits.of(banque.par_id[identifiant]))
        return pypdf.PdfReader(io.BytesIO(TypstPrinter(root, tmp_path / "cache").pdf(document)))

    return imprimer


def test_chaque_recit_chaque_campagne_et_chaque_dossier_a_son_pdf(
    pdfs: dict[str, pypdf.PdfReader], banque_reelle: Banque
) -> None:
    expected = {f"actions/{a.id}/{a.id}.pdf" for a in banque_reelle.actions}
    assert set(pdfs) == expected | {recueil.pdf for recueil in recueils(banque_reelle)}


def test_chacun_dit_son_titre_sa_langue_et_sa_norme(pdfs: dict[str, pypdf.PdfReader], banque_reelle: Banque) -> None:
    wrong = []
    for action in banque_reelle.actions:
        pdf = pdfs[f"actions/{action.id}/{action.id}.pdf"]
        root = pdf.trailer["/Root"]
        checks = {
            "titre": pdf.metadata.title == typography(f"{action.titre} ({labels.lieux(action)})"),
            "date": pdf.metadata.creation_date.date() == action.date_maj,
            "langue": root["/Lang"].startswith("fr"),
            "balises": root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root,
            "titre montré": root["/ViewerPreferences"]["/DisplayDocTitle"],
            "norme": re.search(rb"pdfuaid:part[>=]\"?1", root["/Metadata"].get_data()) is not None,
            "pages": len(pdf.pages) > 0,
            "signets": bool(pdf.outline),
        }
        wrong += [(action.id, nom) for nom, right in checks.items() if not right]
    assert wrong == []


def test_les_liens_menent_au_web_et_les_pages_disent_le_recit(
    pdfs: dict[str, pypdf.PdfReader], banque_reelle: Banque
) -> None:
    for action in banque_reelle.actions[:: len(banque_reelle.actions) // _ECHANTILLON]:
        pdf = pdfs[f"actions/{action.id}/{action.id}.pdf"]
        liens = list(_liens(pdf))
        assert f"{URL}actions/{action.id}/" in liens
        assert [lien for lien in liens if not lien.startswith(("https://", "mailto:"))] == []
        assert {lien.url for lien in (*action.sources, *action.documents)} <= set(liens)
        lu = _serre("".join(page.extract_text() for page in pdf.pages))
        for texte in (action.titre, action.resume, "Carte d’identité", *(r.titre for r in action.rubriques)):
            assert _serre(typography(texte)) in lu, (action.id, texte)


def test_les_balises_disent_l_ordre_et_la_forme(imprimer: Callable[[Path, str], pypdf.PdfReader]) -> None:
    balises = list(_balises(imprimer(RECIT, "complet").trailer["/Root"]["/StructTreeRoot"]))
    genres = Counter(b.genre for b in balises)
    assert genres["H1"] == 1
    assert min(genres[g] for g in ("H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Link")) > 0
    assert [b.alt for b in balises if b.genre == "Figure"] == [
        i.alt for i in load_banque(RECIT)[0].par_id["complet"].illustrations
    ]
    niveaux = [int(b.genre[1]) for b in balises if re.fullmatch(r"H\d", b.genre)]
    assert all(after <= before + 1 for before, after in pairwise(niveaux))


def test_un_tableau_a_ses_en_tetes(imprimer: Callable[[Path, str], pypdf.PdfReader], ecrire, racine: Path) -> None:
    ecrire("marche", "\n## Contexte\n\n| Année | Marcheurs |\n|---|--:|\n| 2024 | 30 |\n| 2025 | 45 |\n")
    pdf = imprimer(racine, "marche")
    genres = Counter(b.genre for b in _balises(pdf.trailer["/Root"]["/StructTreeRoot"]))
    assert (genres["Table"], genres["TR"], genres["TH"], genres["TD"]) == (1, 3, 2, 4)


def test_le_recueil_a_son_sommaire_et_tous_ses_recits(pdfs: dict[str, pypdf.PdfReader], banque_reelle: Banque) -> None:
    recueil = next(r for r in recueils(banque_reelle) if r.id == "asv-2015")
    pdf = pdfs[recueil.pdf]
    titres = [_serre(typography(action.titre)) for action in recueil.actions]
    assert pdf.metadata.title == typography(recueil.titre)
    signets = [_serre(item.title) for item in pdf.outline if not isinstance(item, list)]
    assert signets == [_serre("Sommaire"), *titres]
    couverture, sommaire = (_serre(page.extract_text()) for page in pdf.pages[:2])
    assert all(_serre(t) in couverture for t in (recueil.titre, f"{len(titres)} récits", "Licence Ouverte 2.0"))
    assert all(titre in sommaire for titre in titres)
    internes = [a for a in _annotations(pdf.pages[1]) if "/Dest" in a or a.get("/A", {}).get("/S") == "/GoTo"]
    assert len(internes) >= len(titres)
    genres = Counter(b.genre for b in _balises(pdf.trailer["/Root"]["/StructTreeRoot"]))
    assert (genres["H1"], genres["TOC"], genres["TOCI"]) == (len(titres) + 1, 1, len(titres))


def test_deux_impressions_donnent_les_memes_octets(
    site: Path, documents: PdfDocuments, banque_reelle: Banque, tmp_path: Path
) -> None:
    presse, recits = TypstPrinter(PROJECT, tmp_path), Recits(banque_reelle, URL)
    for recit in list(recits)[::40]:
        assert presse.pdf(documents.recit(recit)) == (site / recit.pdf).read_bytes()
    recueil = next(r for r in recueils(banque_reelle) if r.id == "asv-2015")
    assert presse.pdf(documents.recueil(recueil)) == (site / recueil.pdf).read_bytes()


def test_ce_qui_est_garde_n_est_pas_refait(
    document: PdfDocument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = TypstPrinter(PROJECT, tmp_path).pdf(document)
    (kept,) = tmp_path.iterdir()
    presse, calls = TypstPrinter(PROJECT, tmp_path), []
    monkeypatch.setattr(presse, "_compile", lambda d: calls.append(d) or printed)
    assert presse.has(document)
    assert presse.pdf(document) == printed
    assert calls == []
    for damaged in (kept.read_bytes()[:-1], b"", kept.read_bytes()[:500] + b"x" + kept.read_bytes()[501:]):
        kept.write_bytes(damaged)
        assert presse.pdf(document) == printed
    assert len(calls) == 3
    (tmp_path / "ancien").touch()
    os.utime(tmp_path / "ancien", (0, 0))
    presse.sweep(1)
    assert sorted(tmp_path.iterdir()) == sorted([kept, tmp_path / "ancien"])
    presse.sweep(0)
    assert list(tmp_path.iterdir()) == [kept]


def test_ce_dont_le_pdf_depend_le_fait_refaire(document: PdfDocument, documents: PdfDocuments, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    shutil.copytree(PROJECT / "templates" / "pdf", tmp_path / "templates" / "pdf")
    assert TypstPrinter(tmp_path, tmp_path / "cache").pdf(document)
    with (tmp_path / "templates" / "pdf" / "document.typ").open("a", encoding="utf-8") as gabarit:
        gabarit.write("\n// autre\n")
    assert not TypstPrinter(tmp_path, tmp_path / "cache").has(document)


def test_une_image_que_typst_refuse_se_dit(imprimer: Callable[[Path, str], pypdf.PdfReader], tmp_path: Path) -> None:
    shutil.copytree(RECIT / "actions", tmp_path / "actions")
    for image in (tmp_path / "actions" / "images").rglob("*.png"):
        image.write_bytes(b"rien")
    with pytest.raises(PdfError, match="complet"):
        imprimer(tmp_path, "complet")


def test_une_introduction_est_du_markdown(documents: PdfDocuments, banque_reelle: Banque, tmp_path: Path) -> None:
    recueil = Recueil(
        "essai",
        "Un #essai",
        "## Pourquoi\n\nLire **ceci** : [ici](https://a.fr).",
        banque_reelle.actions[:1],
        "dossiers",
    )
    assert recueil.pdf == "dossiers/essai/essai.pdf"
    path = tmp_path / "essai.pdf"
    path.write_bytes(TypstPrinter(PROJECT, tmp_path / "cache").pdf(documents.recueil(recueil)))
    pdf = pypdf.PdfReader(path)
    assert "Un #essai" in pdf.pages[0].extract_text()
    assert "1 récit d’expérience" in pdf.pages[0].extract_text()
    assert "https://a.fr" in list(_liens(pdf))


def test_un_recueil_vide_ne_s_offre_pas_un_trop_long_est_une_liste(
    banque_reelle: Banque, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recueils_module, "MAX_RECITS", 2)
    actions = banque_reelle.actions
    offered = [Recueil(str(n), "Essai", "", actions[:n], "dossiers") for n in range(4)]
    recits, keys = Recits(banque_reelle, URL), Keys(banque_reelle, b"")
    pdfs = typst.SitePdfs(banque_reelle, recits, offered, URL, keys, tmp_path)
    batches = {lot.name: lot for lot in pdfs.batches if lot.name.startswith("dossiers/")}
    assert list(batches) == ["dossiers/1/1.pdf", "dossiers/2/2.pdf", "dossiers/3/3.pdf"]
    (file,) = batches["dossiers/3/3.pdf"].make()
    liste = pypdf.PdfReader(io.BytesIO(file.content))
    texte = _serre(" ".join(page.extract_text() for page in liste.pages))
    assert "3récitsd’expérience" in texte
    for action in actions[:3]:
        assert _serre(typography(action.titre)) in texte
        assert _serre(typography(action.resume)) in texte
        assert URL + f"actions/{action.id}/" in set(_liens(liste))
    regions = {banque_reelle.referentiel.regions[a.chef_de_file.region] for a in actions[:3]}
    assert {_serre(typography(m.title)) for m in liste.outline if not isinstance(m, list)} >= {
        _serre(r) for r in regions
    }


def test_leger_aucune_page_n_y_mene(ecrire, partage: None, racine: Path) -> None:
    ecrire("marche", campagne="asv-2015")
    for pdf in (True, False):
        assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=not pdf)).problems == []
        pages = [racine / "site" / p for p in ("actions/marche/marche.pdf", "campagnes/asv-2015/asv-2015.pdf")]
        for path in pages:
            html = (path.parent / "index.html").read_text("utf-8")
            assert path.exists() == pdf
            assert (f'{path.name}"' in html) == pdf


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        ([], "un seul des trois"),
        (["marche", "--campagne", "veille"], "un seul des trois"),
        (["marches"], "vouliez-vous « marche » ?"),
        (["--campagne", "asv-2016"], "vouliez-vous « asv-2015 » ?"),
    ],
)
def test_un_recueil_mal_demande(ecrire, partage: None, racine: Path, capsys, mots: list[str], dit: str) -> None:
    ecrire("marche", campagne="asv-2015")
    assert main(["recueil", "--root", str(racine), *mots]) == 2
    assert dit in capsys.readouterr().err


def test_la_commande_recueil(ecrire, partage: None, racine: Path, capsys) -> None:
    ecrire("marche", campagne="asv-2015")
    ecrire("course", titre="Courir ensemble")
    sortie = racine / "r.pdf"
    mots = ["recueil", "--root", str(racine), "course", "marche", "course", "--titre", "Bouger", "-o", str(sortie)]
    assert main(mots) == 0
    assert capsys.readouterr().out == f"2 récits : {sortie}\n"
    pdf = pypdf.PdfReader(sortie)
    assert pdf.metadata.title == "Bouger"
    signets = [item.title for item in pdf.outline if not isinstance(item, list)]
    assert signets == ["Sommaire", "Courir ensemble", "Marcher ensemble le mardi"]


def _balises(node: object) -> Iterator[Balise]:
    """The tags under a node of the structure tree, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _balises(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield Balise(node["/S"].removeprefix("/"), node.get("/Alt", ""))
        if "/K" in node:
            yield from _balises(node["/K"])


def _annotations(page: pypdf.PageObject) -> list[DictionaryObject]:
    return [annotation.get_object() for annotation in page.get("/Annots", ())]


def _liens(pdf: pypdf.PdfReader) -> Iterator[str]:
    for page in pdf.pages:
        for annotation in _annotations(page):
            if "/URI" in (action := annotation.get("/A", {})):
                yield action["/URI"]


def _serre(texte: str) -> str:
    """Without spaces, which a change of line adds or takes."""
    return re.sub(r"\s", "", texte)
