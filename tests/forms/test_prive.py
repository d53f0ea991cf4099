"""What names people is taken out of an import, all of it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.personal_data import PersonalDatum, find_personal_data
from inspiractions.base.personal_life import read_lexicon
from inspiractions.forms.drafting.net import Redactor
from inspiractions.forms.drafting.write import importer
from inspiractions.model.banque import Banque
from inspiractions.model.questionnaire import load_questionnaires
from tests.base.test_personal_data import SETS, phrases

LEXICON = read_lexicon(PROJECT)


def test_tout_est_retire_si_long_que_soit_le_texte() -> None:
    texte = "\n".join(f"Écrire à usager{i}@exemple.fr ou au 01 23 45 67 {i % 90 + 10}." for i in range(300))
    ecart = Redactor(LEXICON)
    assert ecart.text(texte) == "\n".join(["Écrire à [courriel retiré] ou au [téléphone retiré]."] * 300)
    assert len(ecart.removed) == 600
    assert "usager299@exemple.fr" in ecart.removed


@pytest.mark.parametrize(
    ("texte", "rendu", "retires"),
    [
        ("Rien à retirer, sante@exemple.fr.", "Rien à retirer, sante@exemple.fr.", []),
        # A number that is the name of a mailbox: the e-mail goes whole, its host with it.
        ("Voir 0123456789@exemple.fr ici", "Voir [courriel retiré] ici", ["0123456789@exemple.fr"]),
        # Guillemets in what is found, as in the sentence that was read until now.
        ("« Mme Exemple » : présente", "« [nom retiré] » : présente", ["Mme Exemple"]),
        # A name that the form gives, within an e-mail.
        ("ecrire.EXEMPLE@exemple.fr", "[courriel retiré]", ["ecrire.EXEMPLE@exemple.fr"]),
        ("Camille EXEMPLE, Mme EXEMPLE", "[nom retiré], [nom retiré]", ["Camille EXEMPLE", "Mme EXEMPLE"]),
        # The number shows once the name is gone.
        ("Mme Modèle+33123456789", "[nom retiré][téléphone retiré]", ["Mme Modèle", "+33123456789"]),
        ("rue du Docteur Modèle", "rue du Docteur Modèle", []),
        # Nothing of a name is left behind.
        ("MM. Modèle et Fictif ont signé", "[nom retiré] ont signé", ["MM. Modèle et Fictif"]),
        ("Mmes Modèle, Fictive et Feinte", "[nom retiré]", ["Mmes Modèle, Fictive et Feinte"]),
        # The person of the form, in any order and case.
        ("exemple camille, CAMILLE EXEMPLE", "[nom retiré], [nom retiré]", ["exemple camille", "CAMILLE EXEMPLE"]),
        (
            "x(a)exemple-ville.fr, né le 12/03/1974",
            "[courriel retiré], né le [date retirée]",
            ["x(a)exemple-ville.fr", "12/03/1974"],
        ),
    ],
)
def test_ce_qui_nomme_une_personne_est_retire_en_entier(texte: str, rendu: str, retires: list[str]) -> None:
    ecart = Redactor(LEXICON, ("Camille EXEMPLE", "EXEMPLE"))
    assert ecart.text(texte) == rendu
    assert ecart.removed == retires


def test_un_nom_qui_ressemble_a_la_marque_ne_tourne_pas_en_rond() -> None:
    ecart = Redactor(LEXICON, ("courriel", "retiré"))
    assert ecart.text("le courriel retiré de usager@exemple.fr") == "le [nom retiré] [nom retiré] de [courriel retiré]"


def test_chaque_donnee_dit_sa_place_et_son_genre() -> None:
    texte = "Mme Modèle, 01 23 45 67 89, usager@exemple.fr"
    assert sorted(find_personal_data(texte, LEXICON)) == [
        PersonalDatum(0, 10, "name", "Mme Modèle"),
        PersonalDatum(12, 26, "phone", "01 23 45 67 89"),
        PersonalDatum(28, 45, "email", "usager@exemple.fr"),
    ]


def test_une_enquete_sans_ville_ne_prend_pas_le_nom_d_une_personne(banque_reelle: Banque, tmp_path: Path) -> None:
    formulaires, _ = load_questionnaires(PROJECT, banque_reelle.vocabulaires)
    path = Path(__file__).parent / "cas" / "7-enquete-de-Dominique-DEMO.docx"
    depot = importer(path, banque_reelle, formulaires, tmp_path)
    enquete = tmp_path / "enquetes" / "sej-2024" / "ville.yml"
    assert enquete in depot.ecrits
    public = "".join((depot.rapport, enquete.read_text("utf-8"), *(p.name for p in depot.ecrits))).lower()
    assert "dominique" not in public
    assert "demo" not in public
    # Every form of a number and of an e-mail, every title.
    propositions = next(line for line in enquete.read_text("utf-8").splitlines() if "propositions" in line)
    assert propositions.count("[téléphone retiré]") == 3
    assert not any(title in public for title in ("mr ", "dr ", "docteur ", "mm."))


@pytest.mark.parametrize("nom", SETS)
def test_rien_ne_reste_d_un_nom_retire(nom: str) -> None:
    left = []
    for texte, labels in phrases(nom):
        sans = re.sub(r"\[[^]]*retirée?\]", "", Redactor(LEXICON).text(texte))
        names = " ".join(texte[start:end] for start, end, label in labels if label in ("titre", "nom"))
        words = re.findall(r"[A-ZÀ-Þ][\w’'-]{2,}", names)
        left += [f"{word} | {sans}" for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sans)]
    assert left == []
