"""Addresses that never break: what ``load_and_check`` says on a scratch copy of the real bank, and what mends it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.problem import Problem
from inspiractions.build.site import BuildOptions, build, load_and_check
from inspiractions.cli.main import main
from inspiractions.story.permalinks import NOM, read_permaliens

Problemes = Callable[[], list[Problem]]
# Fiches that no dossier names.
UNE, AUTRE = "laval-plateforme-repit-aidants", "bastia-casa-di-l-anziani"


@pytest.fixture
def copie(racine: Path, partage: None) -> Path:
    """The real fiches, dossiers and their list of addresses."""
    shutil.copytree(PROJECT / "actions", racine / "actions", dirs_exist_ok=True)
    shutil.copytree(PROJECT / "dossiers", racine / "dossiers")
    shutil.copyfile(PROJECT / NOM, racine / NOM)
    return racine


@pytest.fixture
def dits(copie: Path) -> Callable[[], list[str]]:
    return lambda: [str(problem) for problem in load_and_check(copie)[1]]


def _line(identifiant: str) -> int:
    return read_permaliens(PROJECT)[f"actions/{identifiant}/"]


def _insert(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{line}\n", 1), "utf-8")


def test_la_banque_reelle_tient_ses_promesses(dits) -> None:
    assert dits() == []
    assert main(["permaliens", "--verifier"]) == 0


def test_une_fiche_epinglee_effacee_dit_tout_a_la_fois(copie: Path, dits) -> None:
    dossier = copie / "dossiers" / "1000-premiers-jours-et-parentalite.md"
    pinned = "aubervilliers-bien-etre-psychique-0-3"
    fiche = copie / "actions" / f"{pinned}.md"
    text = fiche.read_text("utf-8")
    fiche.unlink()
    gone = f"l’action « {pinned} » n’est plus dans la banque : ôtez-la (une fiche retirée n’est plus dans un dossier)."
    assert [message.partition(": ")[2] for message in dits() if message.startswith("dossiers/")] == [gone, gone]
    assert any(f"remettez {fiche.relative_to(copie)} avec « statut: retiree »" in message for message in dits())
    # Both pieces of advice followed at once, nothing remains.
    fiche.write_text(text.replace("---\n", "---\nstatut: retiree\n", 1), "utf-8")
    lines = dossier.read_text("utf-8").replace(f"  - {pinned}\n", "")
    dossier.write_text(lines.replace(f"(../actions/{pinned}.md)", "(https://www.example.org/)"), "utf-8")
    assert dits() == []


def test_une_fiche_renommee_garde_son_ancien_nom(copie: Path, dits, capsys: pytest.CaptureFixture[str]) -> None:
    new = copie / "actions" / f"{AUTRE}-ans.md"
    (copie / "actions" / f"{AUTRE}.md").rename(new)
    assert dits() == [
        f"{NOM}:{_line(AUTRE)}: l’adresse publiée « actions/{AUTRE}/ » ne mène plus à rien : si la fiche a changé de nom, écrivez « anciens_ids: [{AUTRE}] » dans actions/{AUTRE}-ans.md ; sinon remettez actions/{AUTRE}.md avec « statut: retiree ».",
    ]
    _insert(new, f"anciens_ids: [{AUTRE}]")
    assert dits() == []
    assert main(["permaliens", "--verifier", "--root", str(copie)]) == 1
    assert capsys.readouterr().out == f"actions/{AUTRE}-ans/\n"
    assert main(["permaliens", "--root", str(copie)]) == 0
    assert capsys.readouterr().out == f"actions/{AUTRE}-ans/\n"
    assert main(["permaliens", "--verifier", "--root", str(copie)]) == 0


def test_une_fiche_effacee_revient_retiree(copie: Path, dits) -> None:
    path = copie / "actions" / f"{UNE}.md"
    text = path.read_text("utf-8")
    path.unlink()
    assert dits() == [
        f"{NOM}:{_line(UNE)}: l’adresse publiée « actions/{UNE}/ » ne mène plus à rien : remettez actions/{UNE}.md avec « statut: retiree » ; si la fiche a changé de nom, ajoutez « anciens_ids: [{UNE}] » à la nouvelle."
    ]
    path.write_text(text.replace("---\n", "---\nstatut: retiree\n", 1), "utf-8")
    assert dits() == []


def test_une_fiche_deux_fois_renommee_garde_ses_deux_noms(copie: Path, dits) -> None:
    new = copie / "actions" / f"{UNE}-bis.md"
    (copie / "actions" / f"{UNE}.md").rename(new)
    _insert(new, f"anciens_ids: [{UNE}]")
    assert main(["permaliens", "--root", str(copie)]) == 0
    newer = new.rename(copie / "actions" / f"{UNE}-ter.md")
    assert f"anciens_ids: [{UNE}, {UNE}-bis]" in dits()[-1]
    newer.write_text(newer.read_text("utf-8").replace(f"[{UNE}]", f"[{UNE}, {UNE}-bis]", 1), "utf-8")
    assert main(["permaliens", "--root", str(copie)]) == 0
    assert dits() == []


def test_une_fiche_publiee_ne_redevient_pas_un_brouillon(copie: Path, dits) -> None:
    _insert(copie / "actions" / f"{UNE}.md", "statut: brouillon")
    (message,) = dits()
    assert message.endswith(
        f"actions/{UNE}.md est un brouillon : écrivez « statut: publiee », ou « statut: retiree » pour n’en garder qu’un avis."
    )
    _insert(copie / "actions" / f"{AUTRE}.md", f"anciens_ids: [{UNE}-jadis]\nstatut: brouillon")
    with (copie / NOM).open("a", encoding="utf-8") as file:
        file.write(f"actions/{UNE}-jadis/\n")
    assert any(f"actions/{AUTRE}.md, qui en hérite, est un brouillon : publiez-la" in message for message in dits())


def test_une_fiche_illisible_n_a_pas_disparu(copie: Path, dits) -> None:
    (copie / "actions" / f"{UNE}.md").write_text("---\ntitre: [\n---\n", "utf-8")
    assert [message for message in dits() if message.startswith(NOM)] == []


def test_un_terme_renomme_garde_son_adresse(copie: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the vocabularies are those of the copy, not those of the session
    shutil.copytree(PROJECT / "vocabulaire", copie / "vocabulaire")
    path = copie / "vocabulaire" / "echelles.yml"
    freins = copie / "vocabulaire" / "freins.yml"
    text = freins.read_text("utf-8")
    old = text.split("- id: ", 1)[1].split("\n", 1)[0]
    freins.write_text(text.replace(f"- id: {old}\n", f"- id: {old}-bis\n", 1), "utf-8")
    for fiche in (copie / "actions").glob("*.md"):
        content = fiche.read_text("utf-8")
        fiche.write_text(content.replace(f"[{old}]", f"[{old}-bis]"), "utf-8")
    messages = [str(p) for p in load_and_check(copie)[1] if p.path == NOM]
    assert messages[-1].endswith(
        f"« freins/{old}/ » ne mène plus à rien : ajoutez « anciens_ids: [{old}] » à l’entrée « {old}-bis » de vocabulaire/freins.yml qui la remplace, ou remettez l’entrée « {old} »."
    )
    freins.write_text(
        freins.read_text("utf-8").replace(f"- id: {old}-bis\n", f"- id: {old}-bis\n  anciens_ids: [{old}]\n", 1),
        "utf-8",
    )
    assert [str(p) for p in load_and_check(copie)[1] if p.path == NOM and "disparue" in p.rule] == []
    assert path.exists()


def test_un_ancien_nom_n_a_qu_un_heritier(ecrire, problemes: Problemes) -> None:
    ecrire("premiere", anciens_ids="[jadis]")
    ecrire("seconde", titre="Une autre action", anciens_ids="[jadis, premiere]")
    assert [str(p) for p in problemes()] == [
        "actions/seconde.md:12: « jadis » désigne déjà actions/premiere.md : gardez-le dans une seule fiche.",
        "actions/seconde.md:12: « premiere » est le nom d’une fiche en place, actions/premiere.md : ôtez cette ligne, ou renommez cette fiche-là.",
    ]


@pytest.mark.parametrize("line", ["actions/neuve", "https://exemple.fr/actions/neuve/", "Actions/Neuve/"])
def test_une_ligne_mal_ecrite_se_dit(ecrire, racine: Path, problemes: Problemes, line: str) -> None:
    ecrire("neuve")
    assert main(["permaliens", "--root", str(racine)]) == 0
    with (racine / NOM).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    (message,) = problemes()
    assert (
        message.message
        == f"« {line} » n’est pas une adresse : écrivez-la comme « actions/<identifiant>/ », ou ôtez la ligne."
    )


def test_une_marque_d_octets_ne_gene_pas(ecrire, racine: Path, problemes: Problemes) -> None:
    ecrire("neuve")
    assert main(["permaliens", "--root", str(racine)]) == 0
    (racine / NOM).write_bytes(b"\xef\xbb\xbf" + (racine / NOM).read_bytes())
    assert problemes() == []


def test_sans_liste_rien_n_est_promis(ecrire, problemes: Problemes) -> None:
    ecrire("seule")
    assert problemes() == []


def test_la_commande_ne_note_rien_tant_qu_un_probleme_reste(copie: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copie / "actions" / f"{UNE}.md").unlink()
    before = (copie / NOM).read_bytes()
    assert main(["permaliens", "--root", str(copie)]) == 1
    assert "corrigez d’abord" in capsys.readouterr().err
    assert (copie / NOM).read_bytes() == before


def test_une_nouvelle_adresse_n_arrete_rien(ecrire, partage: None, racine: Path, capsys) -> None:
    """Whoever adds a fiche by the web form has no list to keep; the check tells it, publication inscribes it."""
    ecrire("neuve")
    (racine / NOM).write_text("# vide\n", "utf-8")
    assert main(["permaliens", "--root", str(racine)]) == 0
    capsys.readouterr()
    ecrire("neuve-aussi", titre="Une tout autre action")
    assert main(["check", "--root", str(racine)]) == 0
    assert capsys.readouterr().err == "1 nouvelle adresse attend d’être inscrite : python build_site.py permaliens\n"
    assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=True)).problems == []


def test_les_hebergeurs_connaissent_les_anciennes_adresses(ecrire, partage: None, racine: Path) -> None:
    ecrire("neuve", anciens_ids="[jadis]")
    assert main(["build", "--root", str(racine)]) == 0
    site = racine / "site"
    redirects = (site / "_redirects").read_text("utf-8").splitlines()
    assert [line for line in redirects if line.startswith("/actions/")] == [
        "/actions/jadis/ /actions/neuve/ 301",
        "/actions/jadis/index.html /actions/neuve/index.html 301",
        "/actions/jadis/index.json /actions/neuve/index.json 301",
        "/actions/jadis/index.md /actions/neuve/index.md 301",
    ]
    assert "/actions/jadis/ /actions/neuve/;\n" in (site / "redirections.map").read_text("utf-8")
    page = (site / "actions" / "jadis" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://inspiractions.example/actions/neuve/"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "actions/jadis/" not in (site / "sitemap.xml").read_text("utf-8")
    assert json.loads((site / "actions" / "jadis" / "index.json").read_text("utf-8"))["nouvel_id"] == "neuve"


def test_un_dossier_renomme_garde_son_ancien_nom(copie: Path, dits, capsys: pytest.CaptureFixture[str]) -> None:
    new = copie / "dossiers" / "manger-mieux.md"
    (copie / "dossiers" / "manger-mieux-a-tout-age.md").rename(new)
    assert [message.partition("rien : ")[2] for message in dits() if "disparue" in message or "rien" in message] == [
        "si le dossier a changé de nom, ajoutez « anciens_ids: [manger-mieux-a-tout-age] » à son en-tête ; sinon remettez dossiers/manger-mieux-a-tout-age.md."
    ]
    _insert(new, "anciens_ids: [manger-mieux-a-tout-age]")
    assert main(["permaliens", "--root", str(copie)]) == 0
    assert capsys.readouterr().out == "dossiers/manger-mieux/\n"
    assert dits() == []
