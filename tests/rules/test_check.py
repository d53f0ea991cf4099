"""What each rule says is in ``fautes/attendu.txt``; here, what must not be flagged, and what is easily missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspiractions.base.problem import Problem
from inspiractions.build.loading import load_and_check_cached
from inspiractions.rules import check


@pytest.mark.parametrize(
    "texte",
    [
        "Le centre est rue du Docteur Roux.", "Monsieur le maire et Madame la maire ont parlé.", "Le lycée Professeur Clément.",
        "Écrire à sante@ville.fr, ccas.accueil@ville.fr ou centresocial@ville.fr.", "La ville compte 12 345 678 habitants.",
        "Du 01.02.2024 au 05/06/2025, entre 2012 et 2014.", "SIRET 12345678900012.", "Budget : 1 000 000 euros.",
        "Voir [le bilan](https://exemple.fr), [la page]( https://exemple.fr/a ) et <https://exemple.fr>.",
        "Un lien [court](<https://exemple.fr/a b>).", "Moins de 3 < 5 et A & B.", "Du code `<b>` et `Mme`.",
        "| a | b |\n|---|---|\n| c | d |", "- un\n- deux\n\n---\n\nSuite.", "> citation\n\n1. un\n2. deux",
    ],
)  # fmt: skip
def test_un_texte_ordinaire_passe(messages, texte: str) -> None:
    assert messages("x", f"\n## Contexte\n\n{texte}\n") == []


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("Tél.01 23 45 67 89", "téléphone"), ("+33 (0)1 23 45 67 89", "téléphone"), ("0262123456", "téléphone"),
        ("01\u00a023\u00a045\u00a067\u00a089", "téléphone"), ("marie.villeneuve@gmail.com", "courriel nominatif"),
        ("jean.maisonneuve@ville.fr", "courriel nominatif"), ("jean.durand [at] ville.fr", "courriel nominatif"),
        ("M. Durand", "nom de personne"), ("Madame Jeanne Durand", "nom de personne"), ("Dr Roux", "nom de personne"),
        ("www.exemple.fr", "https"), ("ftp://exemple.fr", "https"), ("[a](javascript:alert(1))", "https"),
        ("[a][b]\n\n[b]: javascript:alert(1)", "https"), ("![a][b]", "image"), ("<!-- caché -->", "HTML"),
        ("<img src=x onerror=alert(1)>", "HTML"),
    ],
)  # fmt: skip
def test_ce_qui_ne_passe_pas(messages, texte: str, dit: str) -> None:
    texts = messages("x", f"\n## Contexte\n\n{texte}\n")
    assert texts
    assert all(dit in message for message in texts)


def test_un_accord_date_leve_l_interdit(messages) -> None:
    cles = {"consentements": "\n  - {texte: Mme Durand, date: 2026-01-01}"}
    assert messages("x", "\n## Contexte\n\nAvec Mme Durand.\n", **cles) == []
    assert len(messages("x", "\n## Contexte\n\nAvec Mme Martin.\n", **cles)) == 1


@pytest.mark.parametrize(
    ("code", "ville"),
    [("QP093001", "Aubervilliers"), ("QN09301M", "Aubervilliers"), ("QP971001", "Les Abymes"), ("QP02A001", "Ajaccio")],
)
def test_un_quartier_du_departement_passe(messages, code: str, ville: str) -> None:
    assert messages(villes=f"[{ville}]", quartiers=f"[{{nom: Gare, code: {code}}}]") == []


def test_un_nom_de_fichier_impossible_est_un_probleme(messages) -> None:
    for fichier in ('"a\\0b.jpg"', "a" * 400 + ".jpg", ".", ".."):
        assert any("nom de fichier" in m for m in messages(illustrations=f"\n  - {{fichier: {fichier}, alt: x}}"))


def test_une_fiche_ne_peut_se_rediriger_vers_elle_meme(messages) -> None:
    assert messages("x", anciens_ids="[x]") == ["12: « x » est le nom actuel de cette fiche : ôtez cette ligne."]


def test_un_mauvais_element_ne_fait_pas_une_liste_vide(messages) -> None:
    assert len(messages(villes="[Aubervilier]")) == 1


def test_les_titres_de_deux_villes_peuvent_se_ressembler(messages) -> None:
    messages("a")
    assert messages("b", villes="[Grenoble]") == []
    assert len(messages("c")) == 1


def test_une_fiche_deja_jugee_ne_l_est_plus_faute_ou_non(
    ecrire, partage: None, racine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said of it is said again, with its line; a fiche that changes is judged anew, whatever was said of it."""
    other, fault = {"titre": "Un jardin partagé", "villes": "[Lyon]"}, "\n## Contexte\n\nTél.01 23 45 67 89\n"
    ecrire("saine")
    ecrire("fautive", fault, **other)
    judged: list[str] = []
    of_fiche = check._of_fiche

    def judge(source, action, banque):
        judged.append(source.stem)
        return of_fiche(source, action, banque)

    monkeypatch.setattr(check, "_of_fiche", judge)

    def problems() -> list[Problem]:
        judged.clear()
        return load_and_check_cached(racine, tmp_path / "travail")[1]

    first = problems()
    assert sorted(judged) == ["fautive", "saine"]
    assert [problem.path for problem in first] == ["actions/fautive.md"]
    assert problems() == first
    assert judged == []
    ecrire("fautive", **other)
    assert problems() == []
    assert judged == ["fautive"]
    ecrire("fautive", fault, **other)
    assert problems() == first
    # Blank lines say nothing, and move what is told.
    path, (line,) = racine / first[0].path, (problem.line for problem in first)
    text = path.read_text("utf-8")
    for after in ("---\n", "\n---\n"):
        path.write_text(text.replace(after, f"{after}\n\n", 1), "utf-8")
        assert [problem.line for problem in problems()] == [line + 2]
