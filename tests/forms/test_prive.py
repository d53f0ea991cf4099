"""What names people is taken out of an import, all of it, and nothing else."""

from __future__ import annotations

import pytest

from inspiractions.base.personal_data import PersonalDatum, find_personal_data
from inspiractions.forms.drafting.people import Ecart

BOITES = frozenset({"sante", "contact"})


def test_tout_est_retire_si_long_que_soit_le_texte() -> None:
    texte = "\n".join(f"Écrire à usager{i}@exemple.fr ou au 01 23 45 67 {i % 90 + 10}." for i in range(300))
    ecart = Ecart(BOITES)
    assert ecart.texte(texte) == "\n".join(["Écrire à [courriel retiré] ou au [téléphone retiré]."] * 300)
    assert len(ecart.retires) == 600
    assert "usager299@exemple.fr" in ecart.retires


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
    ],
)
def test_ce_qui_nomme_une_personne_est_retire_en_entier(texte: str, rendu: str, retires: list[str]) -> None:
    ecart = Ecart(BOITES, ("Camille EXEMPLE", "EXEMPLE"))
    assert ecart.texte(texte) == rendu
    assert ecart.retires == retires


def test_un_nom_qui_ressemble_a_la_marque_ne_tourne_pas_en_rond() -> None:
    ecart = Ecart(BOITES, ("courriel", "retiré"))
    assert ecart.texte("le courriel retiré de usager@exemple.fr") == "le [nom retiré] [nom retiré] de [courriel retiré]"


def test_chaque_donnee_dit_sa_place_et_son_genre() -> None:
    texte = "Mme Modèle, 01 23 45 67 89, usager@exemple.fr"
    assert sorted(find_personal_data(texte, BOITES)) == [
        PersonalDatum(0, 10, "name", "Mme Modèle"),
        PersonalDatum(12, 26, "phone", "01 23 45 67 89"),
        PersonalDatum(28, 45, "email", "usager@exemple.fr"),
    ]
