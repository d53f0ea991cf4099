from __future__ import annotations

from pathlib import Path

import pytest

from banque.vocabulaire import NOMS, Vocabulaires, load_vocabulaires

_ENTREE = "- id: a\n  libelle: A\n  definition: Un a.\n  source: S\n"


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (_ENTREE + _ENTREE, "5: l’identifiant « a » est écrit deux fois"), ("", "liste d’entrées"), ("a: b\n", "liste d’entrées"),
        (_ENTREE + "  parent: z\n", "1: « a » a pour parent « z »"), (_ENTREE + "  titre: z\n", "clé inconnue « titre »"),
        ("- id: a\n", "la clé « libelle » manque"), (_ENTREE + "  synonymes: b\n", "attend une liste"), ("- a\n", "chaque entrée"),
    ],
)  # fmt: skip
def test_une_entree_fautive_est_dite(tmp_path: Path, texte: str, dit: str) -> None:
    (tmp_path / "vocabulaire").mkdir()
    (tmp_path / "vocabulaire" / "publics.yml").write_text(texte, "utf-8")
    problems = [str(p) for p in load_vocabulaires(tmp_path)[1]]
    assert any(p.startswith("vocabulaire/publics.yml:") and dit in p for p in problems)
    assert sum("ce vocabulaire manque" in p for p in problems) == len(NOMS) - 1


def test_une_suggestion_vient_de_l_id_ou_du_libelle(vocabulaires: Vocabulaires) -> None:
    for ecrit in ("sport-snate", "Sport santé et sport sur ordonnance"):
        assert vocabulaires["thematiques"].suggest(ecrit).id == "sport-sante"
