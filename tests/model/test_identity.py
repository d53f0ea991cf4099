"""Whose bank it is: read from ``mkdocs.yml`` alone, told in good French, and what makes no sense is told with its line."""

from dataclasses import replace

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.model.identity import Identity, Licence, load_identity, read_identity


@pytest.mark.parametrize(
    ("nom", "de_nom", "que_nom"),
    [
        ("Inspir’Actions", "d’Inspir’Actions", "qu’Inspir’Actions"),
        ("Santé Sud", "de Santé Sud", "que Santé Sud"),
        ("Élan santé", "d’Élan santé", "qu’Élan santé"),
        ("Habitat santé", "d’Habitat santé", "qu’Habitat santé"),
        ("Hauts lieux", "de Hauts lieux", "que Hauts lieux"),
        ("Le Réseau", "du Réseau", "que Le Réseau"),
        ("Les Villes", "des Villes", "que Les Villes"),
        ("La Fabrique", "de La Fabrique", "que La Fabrique"),
    ],
)
def test_a_name_is_elided_and_contracted(nom, de_nom, que_nom):
    identity = replace(Identity(), nom=nom)
    assert (identity.de_nom, identity.que_nom) == (de_nom, que_nom)


def test_the_first_bank_says_what_it_always_said():
    identity = read_identity(PROJECT)
    assert identity.full_name == "Inspir’Actions, la banque d’expériences des villes pour la santé"
    assert identity.home_title == "Inspir’Actions – la banque d’expériences des villes pour la santé"
    assert identity.data_title == "Inspir’Actions : actions des villes pour la santé de leurs habitants"
    # The key of a visitor's carnet, and the names of files that people have.
    assert identity.identifiant == "inspiractions"


def test_a_bank_that_says_its_name_alone_has_the_rest(tmp_path):
    (tmp_path / "mkdocs.yml").write_text("site_name: Santé d’abord\nsite_description: La banque du Nord.\n", "utf-8")
    identity, problems = load_identity(tmp_path)
    assert not problems
    assert identity == Identity(
        nom="Santé d’abord",
        devise=("La banque du Nord",),
        description="La banque du Nord.",
        presentation="La banque du Nord.",
        identifiant="sante-d-abord",
        editeur="Santé d’abord",
    )
    assert identity.licence == Licence()
    assert identity.licence.code == "etalab-2.0"


def test_what_makes_no_sense_is_told_with_its_line(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(
        """site_name: Santé
extra:
  identifiant: Santé Nord
  devise: [{a: b}]
  licence: {nom: CC BY 4.0}
  pays: {nom: Belgique, code: be}
  couleurs:
    principale: rouge
    accen: '#ffffff'
  sujet: [actions]
""",
        "utf-8",
    )
    identity, problems = load_identity(tmp_path)
    assert [str(problem) for problem in problems] == [
        "mkdocs.yml:3: « identifiant: Santé Nord » : écrivez des minuscules sans accent, des chiffres et des tirets.",
        "mkdocs.yml:4: « devise » attend un texte, ou une liste de textes : écrivez devise: [a, b].",
        "mkdocs.yml:5: sous « licence », il manque « adresse ».",
        "mkdocs.yml:6: « code: be » : écrivez trois capitales, comme FRA, BEL ou CAN.",
        "mkdocs.yml:8: « principale: rouge » : écrivez une couleur entre guillemets, comme '#0e4f55'.",
        "mkdocs.yml:9: clé inconnue « accen » sous « couleurs » : vouliez-vous « accent » ?",
        "mkdocs.yml:10: « sujet » attend un texte.",
    ]
    # What is wrong has its plain value: the rest of the check goes on.
    assert (identity.licence, identity.pays.code, identity.identifiant) == (Licence(), "FRA", "sante")


def test_a_territory_is_names_of_regions_and_departements(tmp_path):
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Santé\nextra:\n  territoire: [Corse, gard, d-93, r-06]\n", "utf-8")
    identity, problems = load_identity(tmp_path)
    assert identity.territoire == ("2A", "2B", "30", "93", "976")
    assert problems == ()
    config.write_text("site_name: Santé\nextra:\n  territoire:\n    - Corse\n    - Bretange\n    - '35'\n", "utf-8")
    identity, problems = load_identity(tmp_path)
    assert identity.territoire == ("2A", "2B")
    assert [(p.line, p.message) for p in problems] == [
        (5, "« Bretange » n’est le nom d’aucune région ni d’aucun département ; vouliez-vous « Bretagne » ?"),
        (
            6,
            "« 35 » n’est le nom d’aucune région ni d’aucun département : écrivez-en un, comme « Bretagne » ou « Gard ».",
        ),
    ]
