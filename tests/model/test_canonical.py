"""Writing a fiche and reading it again gives the same values, whatever they are, to our reader and to every YAML reader."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from inspiractions.model.canonical import write_fiche, write_front_matter
from inspiractions.model.source import read_fiche

_PIEGES = [
    "01004", "no", "yes", "oui", "null", "~", "", "12:30", "1e3", "0o17", "1_000", ".5", "-", "- a", "a: b", "a #b", "#a",
    "'", '"', "l'eau", "«  a » : b", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "---", "...", "=", "<<", "🌱 pousse",
    "deux\nlignes", "deux\n\nlignes\n", " bord", "bord ", "a\n b", "2024-02-30", "2024-03-15", "2019", "2019-09", "\ttab",
]  # fmt: skip
TEXTES = st.sampled_from(_PIEGES) | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), max_size=300
) | st.lists(st.sampled_from([*_PIEGES, "mot", "et"]), max_size=60).map(" ".join)  # fmt: skip


def relu(tmp_path: Path, text: str):
    (tmp_path / "actions").mkdir(exist_ok=True)
    path = tmp_path / "actions" / "essai.md"
    path.write_text(text, "utf-8")
    source, problems = read_fiche(tmp_path, path)
    assert source is not None, problems
    return source


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("canonique")


@given(titre=TEXTES, textes=st.lists(TEXTES, min_size=1, max_size=4), inconnu=st.dictionaries(TEXTES, TEXTES))
def test_ce_qui_est_ecrit_se_relit_pareil(
    dossier: Path, titre: str, textes: list[str], inconnu: dict[str, str]
) -> None:
    meta = {"titre": titre, "partenaires": textes, "sources": [{"titre": titre, "url": titre}], "inconnu": inconnu}
    text = write_fiche(meta, "\n## Contexte\n\nTexte\n")
    assert relu(dossier, text).meta == meta
    assert yaml.load(write_front_matter(meta), Loader=yaml.BaseLoader) == meta


@pytest.mark.parametrize("piege", _PIEGES)
def test_un_autre_lecteur_de_yaml_lit_le_meme_texte(piege: str) -> None:
    """Only dates and years may be typed: they are written back as they were."""
    read = yaml.safe_load(write_front_matter({"titre": piege}))["titre"]
    assert str(read) == piege


def test_les_cles_suivent_le_schema_et_les_vides_tombent() -> None:
    meta = {
        "zzz": "",
        "porteur": None,
        "campagne": "",
        "leviers": [],
        "villes": ["Brest"],
        "periode": {"fin": "2019", "debut": "2012"},
    }
    assert write_front_matter(meta) == "villes: [Brest]\nperiode:\n  debut: 2012\n  fin: 2019\nporteur: ~\nzzz: ''\n"
