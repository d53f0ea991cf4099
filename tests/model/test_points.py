from __future__ import annotations

import pytest

from inspiractions.model.vocabulaire import Vocabulaires, parse_points


def test_une_liste_donne_des_points_avec_leur_ligne(vocabulaires: Vocabulaires) -> None:
    texte = "\n- **Portage politique** : la maire\n  a suivi.\n\n* **Autre chose :** oui\n+ sans mot\n"
    points = parse_points(texte, 10, vocabulaires["leviers"])
    assert [(p.mot, p.terme.id if p.terme else "", p.texte, p.line) for p in points] == [
        ("Portage politique", "portage-politique", "la maire a suivi.", 11),
        ("Autre chose", "", "oui", 14),
        ("", "", "sans mot", 15),
    ]


@pytest.mark.parametrize("texte", ["Un texte.", "- a\n\nUn texte.", "- a\n  - b", "- a\n# b", "- a\n  > b", ""])
def test_autre_chose_qu_une_liste_reste_du_texte(vocabulaires: Vocabulaires, texte: str) -> None:
    assert parse_points(texte, 1, vocabulaires["leviers"]) == []


@pytest.mark.parametrize(
    ("texte", "constat", "reponse"),
    [
        ("Peu de monde → un atelier le samedi", "Peu de monde", "un atelier le samedi"),
        ("Peu de monde -> un atelier\n  le samedi", "Peu de monde", "un atelier le samedi"),
        ("Peu de monde ; un atelier le samedi", "Peu de monde ; un atelier le samedi", ""),
        ("Un tract->affiche", "Un tract->affiche", ""),
        ("Un → deux → trois", "Un", ""),
    ],
)
def test_la_fleche_separe_la_difficulte_de_la_reponse(
    vocabulaires: Vocabulaires, texte: str, constat: str, reponse: str
) -> None:
    (point,) = parse_points(f"- **Financement** : {texte}", 1, vocabulaires["freins"])
    assert (point.constat, point.reponse) == (constat, reponse)
    assert "->" not in point.texte.split()
