from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.cli.main import main
from inspiractions.model.vocabulaire import Vocabulaires, load_vocabulaires

_ENTREE = "- id: a\n  libelle: A\n  definition: Un a.\n  source: S\n"


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (_ENTREE + _ENTREE, "5: l’identifiant « a » est écrit deux fois"), ("", "liste d’entrées"), ("a: b\n", "liste d’entrées"),
        (_ENTREE + "  parent: z\n", "1: « a » a pour parent « z »"), (_ENTREE + "  titre: z\n", "clé inconnue « titre »"),
        ("- id: a\n", "les clés « libelle », « definition », « source » manquent : ajoutez « libelle: … », « definition: … », « source: … »"), (_ENTREE + "  synonymes: b\n", "attend une liste"), ("- a\n", "chaque entrée"),
    ],
)  # fmt: skip
def test_une_entree_fautive_est_dite(tmp_path: Path, texte: str, dit: str) -> None:
    (tmp_path / "vocabulaire").mkdir()
    (tmp_path / "vocabulaire" / "publics.yml").write_text(texte, "utf-8")
    problems = [str(p) for p in load_vocabulaires(tmp_path)[1]]
    assert any(p.startswith("vocabulaire/publics.yml:") and dit in p for p in problems)
    # The others come with the product.
    assert all(p.startswith("vocabulaire/publics.yml:") for p in problems)


def test_une_suggestion_vient_de_l_id_ou_du_libelle(vocabulaires: Vocabulaires) -> None:
    for ecrit in ("sport-snate", "Sport santé et sport sur ordonnance"):
        assert vocabulaires["thematiques"].suggest(ecrit).id == "sport-sante"


@pytest.mark.parametrize(
    "mots",
    [
        ["formulaire", "sej-2024", "-o", "f.docx"],
        ["enquete", "sej-2024"],
        ["new", "--depuis", "reponses.yml"],
        ["import", "rempli.docx"],
    ],
)
def test_une_commande_dit_la_faute_du_vocabulaire_et_n_accuse_pas_ce_qui_est_juste(
    mots: list[str], racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(PROJECT / "vocabulaire", racine / "vocabulaire")
    path = racine / "vocabulaire" / "campagnes.yml"
    path.write_text(path.read_text("utf-8").replace("  libelle:", "  label:", 1), "utf-8")
    (racine / "enquetes" / "sej-2024").mkdir(parents=True)
    (racine / "enquetes" / "sej-2024" / "nantes.yml").write_text("ville: Nantes\n", "utf-8")
    (racine / "reponses.yml").write_text("titre: Marcher\nvilles: [Nantes]\ncampagne: sej-2024\n", "utf-8")
    monkeypatch.chdir(racine)
    assert main([*mots, "--root", str(racine)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("vocabulaire/campagnes.yml:")
    assert "clé inconnue « label »" in out
    assert len(out.splitlines()) == 1
    assert list((racine / "actions").iterdir()) == []
    assert not (racine / "f.docx").exists()
