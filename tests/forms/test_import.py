"""From the public forms to drafts: nothing lost, nobody named, gaps told, nothing overwritten."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.text import fold
from inspiractions.build.site import load_and_check
from inspiractions.cli.main import main
from inspiractions.forms.drafting import deduce
from inspiractions.forms.drafting.write import ImportReport, importer
from inspiractions.model.banque import load_banque
from tests.forms.test_publics import FORMULAIRES, REMPLIS

VIDE = load_banque(PROJECT)[0]
PERSONNES = re.compile(r"EXEMPLE|FICTIF|ESSAI|SPÉCIMEN|FACTICE|MODÈLE|TESTARD|@example|01[ .]?00[ .]?00")


@pytest.fixture(scope="module")
def lieu(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[ImportReport]]:
    out = tmp_path_factory.mktemp("import")
    return out, [importer(path, VIDE, FORMULAIRES, out) for path in REMPLIS]


def mots(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def test_aucun_mot_n_est_perdu(lieu: tuple[Path, list[ImportReport]]) -> None:
    _, depots = lieu
    kept = mots(
        "\n".join(p.read_text("utf-8") for d in depots for p in d.ecrits) + "\n".join(d.rapport for d in depots)
    )
    for path in REMPLIS:
        for objet in json.loads(path.with_suffix(".expected.json").read_text("utf-8")):
            answers = [
                v
                for k, v in objet.items()
                if k not in ("modele", "ages", "types_action", "determinants", "cible", "extra", "sections")
            ]
            answers += list(objet["sections"].values())
            words = mots(json.dumps(answers, ensure_ascii=False).replace("\\n", " "))
            keys = {"fonctionnement", "investissement", "contribution", "financeurs", "texte", "true", "false", "null"}
            assert words - kept - keys - set(objet["enquete"] or {}) - set(objet["contact"]) == set()


def test_personne_n_est_nomme(lieu: tuple[Path, list[ImportReport]]) -> None:
    _, depots = lieu
    public = [p for d in depots for p in d.ecrits if ".contacts" not in p.parts]
    assert len(public) == 8
    for text in (*(p.read_text("utf-8") for p in public), *(d.rapport for d in depots)):
        assert PERSONNES.search(text) is None


def test_rien_n_est_importe_deux_fois(lieu: tuple[Path, list[ImportReport]]) -> None:
    out, _ = lieu
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    again = importer(REMPLIS[0], VIDE, FORMULAIRES, out)
    assert "Déjà importée" in again.rapport
    assert again.fiches == []
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_les_trous_combles_la_fiche_passe(lieu: tuple[Path, list[ImportReport]]) -> None:
    out, _ = lieu
    problems = load_and_check(out)[1]
    assert {p.message.split(" est vide")[0] for p in problems} <= {
        f"la clé « {key} »"
        for key in ("ages", "axes", "thematiques", "date_publication", "illustrations[1].alt", "illustrations[2].alt")
    }
    fill = {
        "ages": "[tous]",
        "axes": "[action-communautaire]",
        "thematiques": "[participation]",
        "date_publication": "2026-01-31",
    }
    for path in out.glob("actions/*.md"):
        text = re.sub(r"alt: ~|alt:$", "alt: Des enfants dans la cour", path.read_text("utf-8"), flags=re.M)
        for key, value in fill.items():
            text = re.sub(rf"^{key}:\s*~?$", f"{key}: {value}", text, flags=re.M)
        path.write_text(text, "utf-8")
    # Sums told in words are a doubt, for whoever reads the draft over.
    assert {(problem.rule, problem.doubt) for problem in load_and_check(out)[1]} <= {("montants", True)}
    for path in out.glob("actions/*.md"):
        path.write_text(path.read_text("utf-8").replace("statut: brouillon", "statut: publiee"), "utf-8")
    refused = [problem for problem in load_and_check(out)[1] if not problem.doubt]
    assert {p.rule for p in refused} == {"a-verifier"}
    assert len({p.path for p in refused}) == 7


def test_nc_n_est_pas_un_budget(lieu: tuple[Path, list[ImportReport]]) -> None:
    depot = next(d for d in lieu[1] if "evry" in d.rapport)
    fiche = depot.fiches[0].read_text("utf-8")
    assert re.search(r"fonctionnement: .*15\s000", fiche)
    assert not re.search(r"\bNC\b", fiche)
    assert "- `budget.precision` : « NC » compte comme non renseigné." in depot.rapport


@pytest.mark.parametrize("texte", ["NC", "n.c.", "NR", "N/A", "Non communiqué", "non renseignée", "/", "—", "?"])
def test_une_reponse_qui_dit_qu_il_n_y_en_a_pas(texte: str) -> None:
    assert deduce.est_muet(texte)


@pytest.mark.parametrize("texte", ["0 €", "Néant", "non", "NC pour 2023, puis 15 000 €", "CCAS", ""])
def test_une_reponse_qui_dit_quelque_chose(texte: str) -> None:
    assert not deduce.est_muet(texte)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("depuis 2021", {"debut": "2021"}),
        ("2022-2024", {"debut": "2022", "fin": "2024"}),
        ("De septembre 2023 à juin 2024", {"debut": "2023-09", "fin": "2024-06"}),
        ("À partir de 2021", {"debut": "2021"}),
        ("2021", {"debut": "2021", "fin": "inconnue"}),
        ("2021, chaque été", {"debut": "2021", "fin": "inconnue", "precision": "2021, chaque été"}),
        ("jusqu’en 2024", {"debut": "2024", "fin": "inconnue", "precision": "jusqu’en 2024"}),
        ("2020, 2022 et 2024", {"debut": "2020", "fin": "2024", "precision": "2020, 2022 et 2024"}),
    ],
)
def test_la_precision_d_une_periode_ne_la_repete_pas(texte: str, attendu: dict[str, str]) -> None:
    assert deduce.periode(texte) == attendu


def test_la_commande_montre_en_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = REMPLIS[-1]
    assert main(["import", "--extract", str(path)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown[0]["titre"] == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))[0]["titre"]


def test_un_fichier_refuse_n_arrete_pas_les_autres(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "faux.docx").write_bytes(b"%PDF-1.7")
    # « --out » is the former name of « --sortie ».
    assert main(["import", str(tmp_path / "faux.docx"), str(REMPLIS[0]), "--out", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert "est un PDF" in err
    assert "Brouillon écrit" in out
    assert (tmp_path / "actions").is_dir()


def test_un_fichier_absent_est_un_appel_fautif(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "faux.docx").write_bytes(b"%PDF-1.7")
    assert main(["import", str(tmp_path / "rien.docx"), str(tmp_path / "faux.docx"), "-o", str(tmp_path)]) == 2
    assert f"le fichier {tmp_path / 'rien.docx'} n’existe pas" in capsys.readouterr().err
