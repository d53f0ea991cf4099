"""What becomes of a fiche when its city sends back the form that it re-read: ``import``, from the file to the report."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.cli.main import main
from inspiractions.forms.rereading.form import RereadingWriter, make_form
from inspiractions.model.identity import read_identity
from inspiractions.model.source import parse_fiche
from inspiractions.model.vocabulaire import load_vocabulaires
from tests.conftest import fiche
from tests.forms.stylo_relecture import Stylo

ID = "aubervilliers-marche"
CORPS = """
## Contexte

Le quartier manque de lieux où marcher, dit le [diagnostic](https://exemple.fr/diagnostic).

## Objectifs

- Bouger chaque semaine
- Rencontrer ses voisins

## Facteurs favorables

- **Portage politique** : une élue marche avec le groupe
"""
CLES = {
    "partenaires": "[Centre de santé, Club de marche]",
    "periode": "{debut: 2019-09}",
    "budget": "{financeurs: ARS}",
    "leviers": "[portage-politique]",
    "champs_deduits": "[axes, leviers]",
    "sources": "[{titre: Site de la Ville, url: 'https://exemple.fr/marche'}]",
}

Envoi = Callable[..., str]


@pytest.fixture
def banque(racine: Path) -> Path:
    """A bank of one fiche; the path of the fiche."""
    path = racine / "actions" / f"{ID}.md"
    path.write_text(fiche(CORPS, **CLES), "utf-8")
    # In canonical form, as every fiche of the bank.
    assert main(["format", "--root", str(racine), str(path)]) == 0
    return path


@pytest.fixture
def stylo(banque: Path) -> Stylo:
    """The form made of that fiche."""
    text = banque.read_text("utf-8")
    source, _ = parse_fiche(f"actions/{ID}.md", text)
    assert source is not None
    return Stylo(
        RereadingWriter(PROJECT).docx(
            make_form(source, load_vocabulaires(PROJECT)[0], read_identity(PROJECT), "boite@exemple.fr")
        )
    )


@pytest.fixture
def renvoyer(racine: Path, banque: Path, partage: None) -> Envoi:
    """Sends a form back; returns the report."""

    def renvoyer(stylo: Stylo, nom: str = "Camille DEMO.docx", code: int = 0) -> str:
        path = racine.parent / nom
        path.write_bytes(stylo.octets())
        assert main(["import", "--root", str(racine), str(path)]) == code
        (report,) = sorted((racine / "comptes-rendus").glob("*.md"))[-1:]
        return report.read_text("utf-8")

    return renvoyer


def test_la_ville_corrige(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    before = banque.read_text("utf-8")
    stylo.ecrire("Budget : fonctionnement", "8 500 € par an")
    stylo.ecrire("Partenaires", "Centre de santé", "Club de marche", "Centre social")
    stylo.ecrire("Quartiers", "La Maladrerie (QP093001)")
    stylo.ecrire("Période : fin", "juin 2024")
    stylo.ecrire("Thématiques", "Sport-santé et activité physique adaptée")
    stylo.cocher("Âges", "26-64 ans")
    stylo.allonger("Objectifs", " et par tous les temps")
    stylo.ecrire("Résultats", "Vingt marcheurs chaque mardi.", "- Douze ont repris le sport")
    report = renvoyer(stylo)
    after = banque.read_text("utf-8")
    source, _ = parse_fiche("x", after)
    assert source is not None
    meta = source.meta
    assert meta["budget"] == {"fonctionnement": "8 500 € par an", "financeurs": "ARS"}
    assert meta["partenaires"] == ["Centre de santé", "Club de marche", "Centre social"]
    assert meta["quartiers"] == [{"nom": "La Maladrerie", "code": "QP093001"}]
    assert meta["periode"] == {"debut": "2019-09", "fin": "2024-06"}
    assert meta["ages"] == ["26-64", "65-plus"]
    assert meta["connaissance"] == "relu"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(meta["verifie_le"]))
    assert meta["champs_deduits"] == ["axes", "leviers"]
    assert "- Bouger chaque semaine et par tous les temps\n- Rencontrer ses voisins\n" in after
    # Between « Objectifs » and « Facteurs favorables », as rubriques go.
    assert (
        "voisins\n\n## Résultats\n\nVingt marcheurs chaque mardi.\n\n- Douze ont repris le sport\n\n## Facteurs"
        in after
    )
    # What nobody touched stays to the sign, links and bold words included.
    assert "dit le [diagnostic](https://exemple.fr/diagnostic)." in after
    assert "- **Portage politique** : une élue marche avec le groupe" in after
    assert "### Ce que la ville a changé" in report
    assert "- **Budget : fonctionnement** : (rien) → « 8 500 € par an »" in report
    assert (
        "    - retiré : « Bouger chaque semaine »\n    - écrit : « Bouger chaque semaine et par tous les temps »"
        in report
    )
    assert "+  fonctionnement: 8 500 € par an\n" in report
    assert "DEMO" not in report
    for line in before.splitlines():
        assert line in after or line.startswith(("- Bouger", "connaissance", "ages", "partenaires")), line


def test_rien_ne_change_sans_que_la_ville_l_ait_dit(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    before = banque.read_text("utf-8")
    # Word writes quotes, apostrophes, dashes and spaces in its own way: nobody changed anything.
    stylo.chaque(lambda text: text.replace("’", "'").replace(" :", "\u00a0:").replace("«", '"').replace(" — ", " – "))
    report = renvoyer(stylo)
    assert banque.read_text("utf-8") == before
    assert "La ville n’a rien changé et n’a pas coché « Relue par la ville » : la fiche reste telle quelle." in report
    assert "```diff" not in report
    assert "hors des cases" not in report


def test_relue_sans_rien_changer(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    before = banque.read_text("utf-8")
    stylo.cocher("Relue par la ville", "Nous avons relu toute la fiche : ce que nous avons laissé est exact")
    report = renvoyer(stylo)
    gone, added = lignes_changees(before, banque.read_text("utf-8"))
    assert gone == ["champs_deduits: [axes, leviers]", "connaissance: sources-publiques"]
    assert [line.partition(":")[0] for line in added] == ["connaissance", "verifie_le"]
    assert "n’est plus « déduit » : axes et leviers." in report


def test_un_classement_confirme(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    stylo.cocher("Leviers", "Déduit par la rédaction : c’est exact")
    renvoyer(stylo)
    assert "champs_deduits: [axes]\n" in banque.read_text("utf-8")


def test_une_fiche_evaluee_le_reste(banque: Path, racine: Path, renvoyer: Envoi) -> None:
    text = banque.read_text("utf-8").replace("connaissance: sources-publiques", "connaissance: evalue-externe")
    banque.write_text(text, "utf-8")
    source, _ = parse_fiche(f"actions/{ID}.md", text)
    assert source is not None
    stylo = Stylo(
        RereadingWriter(PROJECT).docx(make_form(source, load_vocabulaires(PROJECT)[0], read_identity(PROJECT)))
    )
    stylo.ecrire("Porteur", "CCAS d’Aubervilliers")
    report = renvoyer(stylo)
    assert "connaissance: evalue-externe\n" in banque.read_text("utf-8")
    assert "porteur: CCAS d’Aubervilliers\n" in banque.read_text("utf-8")
    assert "`connaissance` reste `evalue-externe`" in report


def test_la_fiche_a_change_depuis(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """Another row: both count. The same row: the fiche stays, both are told. The same words: nothing to do."""
    text = banque.read_text("utf-8").replace("financeurs: ARS", "financeurs: ARS et Région")
    banque.write_text(text.replace("porteur: Ville d’Aubervilliers", "porteur: Centre de santé"), "utf-8")
    stylo.ecrire("Budget : financeurs", "ARS, Ville")
    stylo.ecrire("Porteur", "Centre de santé")
    stylo.ecrire("Périmètre", "Tout le quartier")
    report = renvoyer(stylo)
    after = banque.read_text("utf-8")
    assert "financeurs: ARS et Région\n" in after
    assert "perimetre: Tout le quartier\n" in after
    assert "La fiche a changé depuis que ce formulaire a été fait." in report
    assert (
        "- **Budget : financeurs**\n    - la banque disait : « ARS »\n    - la fiche dit : « ARS et Région »\n"
        "    - la ville écrit : « ARS, Ville »\n"
    ) in report
    assert "Déjà dans la fiche : Porteur." in report


def test_renvoyee_deux_fois(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    stylo.ecrire("Porteur", "Centre de santé")
    renvoyer(stylo)
    once = banque.read_text("utf-8")
    report = renvoyer(stylo)
    assert "Tout ce que la ville écrit est déjà dans la fiche" in report
    assert "reste `relu`" not in report
    assert banque.read_text("utf-8") == once
    assert [path.name for path in banque.parent.glob("*.md")] == [banque.name]


def test_rien_qui_puisse_etre_repris(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    before = banque.read_text("utf-8")
    stylo.ecrire("Villes", "Aubervillier")
    report = renvoyer(stylo)
    assert "Rien n’a pu être repris sans vous : la fiche reste telle quelle." in report
    assert banque.read_text("utf-8") == before


def test_vide_ou_hors_des_listes(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """What the fiche cannot hold stays out of it, with the words of the city; what is emptied goes."""
    stylo.ecrire("Titre")
    stylo.ecrire("Villes", "Aubervillier")
    stylo.ecrire("Thématiques", "Sport santé", "Marche nordique")
    stylo.ecrire("Période : début", "un jour de pluie")
    stylo.ecrire("Documents", "Bilan 2023 : http://exemple.fr/bilan")
    stylo.cocher("Quartier prioritaire (QPV)", "En quartier prioritaire (QPV)")
    stylo.ecrire("Budget : financeurs")
    report = renvoyer(stylo)
    after = banque.read_text("utf-8")
    assert "titre: Marcher ensemble le mardi\n" in after
    assert "villes: [Aubervilliers]\n" in after
    assert "budget:" not in after
    assert "thematiques: [sport-sante]\n" in after
    assert "debut: 2019-09\n" in after
    assert "qpv: inconnu\n" in after
    assert "documents:" not in after
    by_hand = report.partition("### À reporter à la main")[2]
    for words in ("la fiche ne peut s’en passer", "vouliez-vous « Aubervilliers »", "Marche nordique", "un jour de pluie",
                  "http://exemple.fr/bilan", "une seule est admise"):  # fmt: skip
        assert words in by_hand, words


def test_aucun_mot_ne_se_perd(banque: Path, racine: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """Words under a label, in a row of one's own, under the tables, in the last box; persons go aside."""
    cell = stylo.case("Porteur").getprevious()
    cell.append(Stylo.paragraphe("voir avec le service sport"))
    row = stylo.case("Périmètre").getparent()
    row.addnext(Stylo.rangee("Coût pour les habitants", "gratuit, sauf la navette"))
    stylo.racine[0].append(Stylo.paragraphe("Merci de votre travail, Madame Camille Exemple."))
    stylo.ecrire("Ce que vous voulez ajouter", "Le groupe fête ses dix ans.")
    stylo.ecrire("Porteur", "Centre de santé, 06 99 00 12 34")
    stylo.case("Publics").append(Stylo.paragraphe("☒ Habitants, surtout les retraités ☐ peut-être les chats"))
    stylo.case("Âges").append(Stylo.paragraphe("☒ ceux que connaît Madame Camille Exemple"))
    report = renvoyer(stylo)
    beside = report.partition("### Écrit hors des cases")[2]
    for words in ("voir avec le service sport", "Coût pour les habitants", "gratuit, sauf la navette", "Merci de votre travail",
                  "Le groupe fête ses dix ans.", "Publics, « Habitants » : surtout les retraités", "Publics : peut-être les chats"):  # fmt: skip
        assert words in beside, words
    assert "ce n’est pas un choix de cette liste : « ceux que connaît [nom retiré] »" in report
    assert "publics: [habitants]\n" in banque.read_text("utf-8")
    assert "porteur: Centre de santé, [téléphone retiré]\n" in banque.read_text("utf-8")
    assert "06 99" not in report
    assert "Camille" not in report
    assert "06 99 00 12 34" in (racine / ".contacts" / f"{ID}-relecture.json").read_text("utf-8")


def test_marque_perdue_fiche_inchangee(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """Google Docs drops the mark: the version that is printed tells that the fiche is still the same."""
    stylo.sans_marque().ecrire("Porteur", "Centre de santé")
    report = renvoyer(stylo)
    assert (
        "La marque invisible du document est perdue ; la version imprimée est celle de la fiche d’aujourd’hui."
        in report
    )
    assert "porteur: Centre de santé\n" in banque.read_text("utf-8")


@pytest.mark.parametrize("titre_seul", [False, True])
def test_marque_perdue_fiche_changee(
    titre_seul: bool, banque: Path, racine: Path, stylo: Stylo, renvoyer: Envoi
) -> None:
    before = banque.read_text("utf-8").replace("financeurs: ARS", "financeurs: Région")
    banque.write_text(before, "utf-8")
    stylo.sans_marque().ecrire("Porteur", "Centre de santé")
    if titre_seul:
        stylo.chaque(lambda text: "" if text.startswith("Référence") else text)
    report = renvoyer(stylo)
    assert banque.read_text("utf-8") == before
    assert f"**Ressemble à actions/{ID}.md : mise à jour ?**" in report
    draft = (racine / "actions" / f"{ID}-relecture.md").read_text("utf-8")
    assert "porteur: Centre de santé\n" in draft
    assert "statut: brouillon\n" in draft


def test_marque_forgee(banque: Path, racine: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """An id that is a path opens nothing: the line that is printed counts."""
    outside = racine / "dehors.md"
    outside.write_text(banque.read_text("utf-8"), "utf-8")
    part = stylo.parts["docProps/custom.xml"]
    stylo.parts["docProps/custom.xml"] = part.replace(f"1 {ID} ".encode(), b"1 ../dehors ")
    assert stylo.parts["docProps/custom.xml"] != part
    stylo.ecrire("Porteur", "Centre de santé")
    renvoyer(stylo)
    assert "porteur: Ville" in outside.read_text("utf-8")
    assert "porteur: Centre de santé\n" in banque.read_text("utf-8")


def test_fiche_renommee_puis_otee(banque: Path, racine: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """Found by its title, and told; gone, nothing is written."""
    other = banque.rename(racine / "actions" / "aubervilliers-marcher.md")
    stylo.ecrire("Porteur", "Centre de santé")
    assert f"« {ID} » s’appelle maintenant « aubervilliers-marcher »." in renvoyer(stylo)
    assert "porteur: Centre de santé\n" in other.read_text("utf-8")
    other.unlink()
    report = renvoyer(stylo, code=1)
    assert f"« Marcher ensemble le mardi » (actions/{ID}.md) n’est plus dans la banque : rien n’est écrit." in report
    assert list(banque.parent.glob("*.md")) == []


def test_tableaux_defaits(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """Pasted in a message, then back in Word: no table, no mark."""
    stylo.ecrire("Porteur", "Centre de santé")
    stylo.sans_marque().sans_tableaux()
    report = renvoyer(stylo)
    after = banque.read_text("utf-8")
    assert "porteur: Centre de santé\n" in after
    assert "### Ce que la ville a changé (1)" in report


def test_libelles_changes(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """A label that is reworded is still its row's, and told; another one takes nothing of the row above."""
    stylo.ecrire("Objectifs", "Bouger")
    stylo.ecrire("Porteur", "Centre de santé")
    stylo.libelle("Objectifs", "Objectifs de l’action")
    stylo.libelle("Porteur", "Porteurs")
    stylo.libelle("Déroulé", "Où et quand ?")
    before = banque.read_text("utf-8")
    report = renvoyer(stylo)
    after = banque.read_text("utf-8")
    assert "## Objectifs\n\nBouger\n" in after.replace("- Bouger", "Bouger")
    assert "porteur: Centre de santé\n" in after
    assert before.partition("## Facteurs")[2] == after.partition("## Facteurs")[2]
    beside = report.partition("### Écrit hors des cases")[2]
    for words in ("Objectifs de l’action", "Porteurs", "Où et quand ?"):
        assert words in beside, words
    assert "Absent du document, donc laissé : Déroulé." in report


def test_corrige_a_la_main_dans_word(banque: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    """Tracked changes count as accepted; what is struck is out, and told."""
    stylo.suivi("Porteur", "Ville d’Aubervilliers", "Centre de santé")
    stylo.barrer("Partenaires", 1)
    report = renvoyer(stylo)
    after = banque.read_text("utf-8")
    assert "porteur: Centre de santé\n" in after
    assert "partenaires:\n  - Centre de santé\n" in after
    assert "Texte barré : Club de marche" in report


def test_pas_d_extraction(racine: Path, banque: Path, stylo: Stylo, capsys: pytest.CaptureFixture[str]) -> None:
    path = racine.parent / "f.docx"
    path.write_bytes(stylo.octets())
    assert main(["import", "--root", str(racine), "--extract", str(path)]) == 1
    assert "c’est un formulaire de relecture : importez-le sans --extract." in capsys.readouterr().err


def test_deux_formulaires_dans_un_fichier(banque: Path, racine: Path, stylo: Stylo, renvoyer: Envoi) -> None:
    other = racine / "actions" / "aubervilliers-danse.md"
    other.write_text(
        banque.read_text("utf-8").replace("Marcher ensemble le mardi", "Danser ensemble le jeudi"), "utf-8"
    )
    text = other.read_text("utf-8")
    source, _ = parse_fiche("actions/aubervilliers-danse.md", text)
    assert source is not None
    second = Stylo(
        RereadingWriter(PROJECT).docx(make_form(source, load_vocabulaires(PROJECT)[0], read_identity(PROJECT)))
    )
    second.ecrire("Porteur", "Club de danse")
    stylo.ecrire("Porteur", "Centre de santé")
    for item in list(second.racine[0]):
        stylo.racine[0].append(item)
    renvoyer(stylo)
    assert "porteur: Centre de santé\n" in banque.read_text("utf-8")
    assert "porteur: Club de danse\n" in other.read_text("utf-8")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice n’est pas là.")
@pytest.mark.parametrize("suffix", ["odt", "doc", "rtf"])
def test_par_libreoffice(suffix: str, banque: Path, racine: Path, stylo: Stylo, partage: None, tmp_path: Path) -> None:
    """The mark, the boxes and every row outlive another format."""
    stylo.cocher("Âges", "26-64 ans")
    work = tmp_path / "bureau"
    work.mkdir()
    (work / "f.docx").write_bytes(stylo.octets())
    command = ["soffice", f"-env:UserInstallation=file://{work}/profil", "--headless", "--convert-to", suffix]
    subprocess.run(
        [*command, "--outdir", str(work), str(work / "f.docx")], check=True, capture_output=True, timeout=300
    )
    before = banque.read_text("utf-8")
    assert main(["import", "--root", str(racine), str(work / f"f.{suffix}")]) == 0
    gone, added = lignes_changees(before, banque.read_text("utf-8"))
    assert gone == ["ages: [65-plus]", "connaissance: sources-publiques"]
    assert [line.partition(":")[0] for line in added] == ["ages", "connaissance", "verifie_le"]
    assert added[0] == "ages: [26-64, 65-plus]"


def lignes_changees(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return sorted(set(old) - set(new)), sorted(set(new) - set(old))
