from __future__ import annotations

from copy import copy
from pathlib import Path

import pytest

from inspiractions.base.kept_values import dump, load
from inspiractions.model.source import Source, read_fiche


@pytest.fixture
def lu(tmp_path: Path):
    def lu(texte: str) -> Source:
        path = tmp_path / "a.md"
        path.write_text(texte, "utf-8")
        source, problems = read_fiche(tmp_path, path)
        assert problems == []
        assert source is not None
        return source

    return lu


def test_les_valeurs_restent_du_texte(lu) -> None:
    source = lu("---\ncode: 01004\nqpv: non\nheure: 12:30\njour: 2024-01-02\nvide:\nliste: [1, ~]\n---\n")
    assert source.meta == {
        "code": "01004", "qpv": "non", "heure": "12:30", "jour": "2024-01-02", "vide": None, "liste": ["1", None],
    }  # fmt: skip


def test_chaque_cle_et_chaque_element_ont_leur_ligne(lu) -> None:
    source = lu("---\ntitre: a\nsources:\n  - titre: b\n    url: c\n  - titre: d\n---\n")
    assert source.line_of(("titre",)) == 2
    assert source.line_of(("sources", 0, "url")) == 5
    assert source.line_of(("sources", 1)) == 6
    assert source.line_of(("sources", 1, "url")) == 6
    assert source.line_of(("absente",)) == 1


def test_une_fiche_gardee_se_relit_entiere_et_sa_copie_se_deplie_seule(lu) -> None:
    source = lu("---\ntitre: a\nsources:\n  - titre: b\n---\n\n## Contexte\n\nUn texte.\n")
    kept: Source = load(dump(source))
    folded = set(kept.__dict__)
    assert copy(kept) == source
    assert set(kept.__dict__) == folded
    # Of what is read already, the copy writes nothing anew.
    assert copy(source).lines is source.lines


def test_les_lignes_vides_de_l_en_tete_comptent(lu) -> None:
    assert lu("---\n\n\ntitre: a\n---\n").line_of(("titre",)) == 4


def test_les_rubriques_portent_la_ligne_de_leur_titre(lu) -> None:
    source = lu("---\na: b\n---\n\nAvant.\n\n## Un ##\n\nTexte\n### Sous-titre\n##Deux\nC# ##\n")
    assert source.preamble.strip() == "Avant."
    assert [(s.titre, s.line) for s in source.sections] == [("Un", 7), ("Deux", 11)]
    assert source.sections[0].texte == "\nTexte\n### Sous-titre"


def test_un_titre_dans_un_bloc_de_code_n_en_est_pas_un(lu) -> None:
    source = lu("---\na: b\n---\n## Un\n````\n## non\n```\n## non plus\n````\n## Deux\n")
    assert [s.titre for s in source.sections] == ["Un", "Deux"]


def test_un_titre_tres_long_se_lit_vite(lu) -> None:
    assert len(lu("---\na: b\n---\n## a" + " #" * 90_000 + "x\n").sections) == 1


@pytest.mark.parametrize("brisure", ["\x85", "\u2028", "\u2029"])
def test_un_saut_de_ligne_invisible_ne_decale_pas_les_lignes(tmp_path: Path, brisure: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitre: a{brisure}b\nqpv: x\n---\n", "utf-8")
    source, problems = read_fiche(tmp_path, path)
    assert source is not None
    assert source.line_of(("qpv",)) == 3
    assert [p.line for p in problems] == [2]
