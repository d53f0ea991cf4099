"""Eight small forms that people send, and what an import must keep of each, and never publish."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspiractions.cli.main import main
from inspiractions.forms.drafting.write import importer
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.form_data import FilledForm
from tests.forms.test_import import VIDE
from tests.forms.test_publics import FORMULAIRES

CAS = {path.name[0]: path for path in (Path(__file__).parent / "cas").glob("*.docx")}


@dataclass
class Lu:
    """What one form gives: its action, the drafts written, the report."""

    action: FilledForm
    ecrits: dict[str, str]
    rapport: str

    @property
    def recit(self) -> str:
        (text,) = (text for name, text in self.ecrits.items() if name.startswith("actions/"))
        return text.partition("## À reclasser")[0]


@pytest.fixture
def lu(request: pytest.FixtureRequest, tmp_path: Path) -> Lu:
    path = CAS[request.param]
    depot = importer(path, VIDE, FORMULAIRES, tmp_path)
    public = {p.relative_to(tmp_path).as_posix(): p for p in depot.ecrits if ".contacts" not in p.parts}
    (action,) = extraire(*ouvrir(path, FORMULAIRES))
    return Lu(action, {name: p.read_text("utf-8") for name, p in public.items()}, depot.rapport)


def cas(number: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("lu", [number], indirect=True)


def answers(lu: Lu) -> list[str]:
    return [answer.text for answer in lu.action.answers]


@cas("1")
def test_un_champ_a_demi_supprime_ne_prend_pas_la_suite(lu: Lu) -> None:
    kept = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"]
    assert answers(lu) == [f"Texte {word}." + "\nPhrase après le champ." * (word == "trois") for word in kept]
    assert "hier" not in lu.recit


@cas("2")
def test_la_phrase_sous_le_tableau_des_partenaires_est_la_reponse(lu: Lu) -> None:
    assert lu.action.survey is not None
    assert lu.action.survey.texts["partenariat"] == "Lycée et Caisse : prêt de salle, stage commun."
    assert "Lycée et Caisse : prêt de salle, stage commun." in lu.ecrits["enquetes/sej-2024/metz.yml"]


@cas("3")
def test_les_coches_d_une_autre_main(lu: Lu) -> None:
    assert lu.action.values("ages") == ["4-11", "12-17"]
    assert lu.action.values("types_action") == ["Renforcement des aptitudes individuelles", "Offre et accès aux soins"]
    assert lu.action.values("specificites_territoire") == []
    assert "axes: [aptitudes-individuelles, services-de-sante]" in lu.recit
    kept, struck = lu.action.of_kind("unticked_box")
    assert "seul gardé" in kept.text
    assert "rien n’est coché, mais des choix ont été effacés" in struck.text
    assert "le formulaire ne le dit pas" not in "".join(
        x for x in lu.rapport.split("\n") if "`ages`" in x or "`axes`" in x
    )


@cas("4")
def test_l_en_tete_et_le_pied_sont_dits(lu: Lu) -> None:
    assert "« Ville de Metz – version relue par le comité »" in lu.rapport
    assert "« Réponse sur le budget : suite au verso »" in lu.rapport
    assert "Réseau français Villes-Santé" not in lu.rapport


@cas("5")
def test_le_format_strict_se_lit_comme_l_autre(lu: Lu) -> None:
    assert [note.text for note in lu.action.of_kind("note")] == ["Note du service statistique."]
    (draft,) = (text for name, text in lu.ecrits.items() if name.startswith("actions/"))
    assert "Note du service statistique." in draft.partition("## À reclasser")[2]


@cas("6")
def test_ce_qui_est_cache_ou_supprime_n_est_pas_dit(lu: Lu) -> None:
    assert lu.action.text("role_collectivite") == "Pilote"
    assert "Texte trois.\nSeuil ≤ 3 ou ≥ 10" in answers(lu)
    for text in lu.ecrits.values():
        assert "aparté" not in text
        assert "cellule supprimée" not in text
    assert "Texte masqué : « aparté caché »" in lu.rapport
    assert "Cellule supprimée (suivi des modifications) : « cellule supprimée »" in lu.rapport


@cas("7")
def test_le_nom_du_fichier_n_entre_nulle_part(lu: Lu) -> None:
    assert list(lu.ecrits) == ["enquetes/sej-2024/ville.yml"]
    for text in (*lu.ecrits, *lu.ecrits.values()):
        assert "dominique" not in text.lower()
    assert "Dominique" not in lu.rapport
    assert "`ville` : à remplir" in lu.rapport
    (text,) = lu.ecrits.values()
    listed = lu.rapport.partition("## Noms et coordonnées à relire")[2]
    for shape in ("06/00/00/00/01", "06‑00‑00‑00‑02", "(+33) 6 00 00 00 03", "camille.demo(a)exemple.fr", "Mr Demo"):
        assert shape in listed or shape not in text


@cas("8")
def test_les_accents_decomposes_se_lisent_comme_les_autres(lu: Lu, tmp_path: Path) -> None:
    (other,) = extraire(*ouvrir(CAS["5"], FORMULAIRES))
    assert lu.action.texts == other.texts
    assert answers(lu) == [answer.text for answer in other.answers]
    assert lu.action.survey is None
    for text in lu.ecrits.values():
        assert text == unicodedata.normalize("NFC", text)


def test_par_la_commande_le_compte_rendu_s_enregistre_et_ne_nomme_pas_le_fichier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(CAS["7"]), "-o", str(tmp_path)]) == 0
    (report,) = (tmp_path / "comptes-rendus").glob("*.md")
    text = report.read_text("utf-8")
    assert text.startswith("# Fichier 1\n")
    assert "# Que faire maintenant" in text
    assert "Dominique" not in text + capsys.readouterr().out
