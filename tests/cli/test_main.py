from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from inspiractions.base.problem import Problem, as_github, as_gitlab, as_markdown
from inspiractions.cli.main import main

PROBLEMES = [
    Problem("actions/a, b:c.md", 3, "html", "balise « <b> » : 100 % en Markdown (**gras**)."),
    Problem("actions/z.md", 1, "yaml", "deux\nlignes \u202e ici."),
]


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        (["chek"], "« commande » ne peut être 'chek'"), (["--sit"], "attend une valeur"), (["--inconnu"], "mots inconnus"),
        (["check", "--format", "xml"], "écrivez l’un de"), (["serve", "--port", "abc"], "n’est pas une valeur admise"),
        (["--brouillons=oui"], "n’attend pas de valeur"),
    ],
)  # fmt: skip
def test_un_appel_fautif_se_dit_en_francais(capsys: pytest.CaptureFixture[str], mots: list[str], dit: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(mots)
    error = capsys.readouterr().err
    assert end.value.code == 2
    assert dit in error
    assert error.startswith("utilisation : ")


@pytest.mark.parametrize("mots", [["--help"], ["build", "--help"], ["check", "-h"], ["recueil", "-h"], ["serve", "-h"]])
def test_l_aide_est_en_francais(capsys: pytest.CaptureFixture[str], mots: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(mots)
    aide = capsys.readouterr().out
    assert end.value.code == 0
    assert "montrer cette aide" in aide
    assert not re.search(r"usage:|positional|optional|show this|default", aide)


def test_check_sans_probleme(ecrire, partage: None, racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ecrire()
    assert main(["check", "--root", str(racine)]) == 0
    assert capsys.readouterr().out == "1 action publiée, rien à corriger.\n"


def test_check_d_un_fichier_ne_dit_que_les_siens(ecrire, partage: None, racine: Path, capsys) -> None:
    mauvais, autre = ecrire("mauvais", titre=""), ecrire("autre", resume="", titre="Autre")
    assert main(["check", "--root", str(racine), str(autre)]) == 1
    assert "autre.md" in (out := capsys.readouterr().out)
    assert mauvais.name not in out
    assert main(["check", "--root", str(racine), str(racine / "absent.md")]) == 2


@pytest.mark.parametrize("mots", [["new", "--depuis"], ["import"], ["check"], ["format"]])
def test_un_fichier_absent_est_un_appel_fautif(mots: list[str], partage: None, racine: Path, capsys) -> None:
    assert main([*mots, str(racine / "actions" / "absent.md"), "--root", str(racine)]) == 2
    assert "absent.md" in capsys.readouterr().err


@pytest.mark.parametrize("commande", ["import", "formulaire", "enquete", "lettre", "archive", "recueil"])
def test_toutes_les_commandes_qui_ecrivent_disent_sortie(commande: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([commande, "--help"])
    aide = capsys.readouterr().out
    assert "--sortie" in aide
    assert "--out" not in aide


def test_un_recueil_inconnu_dit_ce_qu_il_y_a(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recueil", "--campagne", "nope"]) == 2
    assert "aucun récit sous « nope ». Il y a : asv-2015, " in capsys.readouterr().err


def test_un_dossier_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path / "absent")]) == 2
    assert "n’existe pas" in capsys.readouterr().err


def test_le_format_de_github_se_relit() -> None:
    matches = [
        re.fullmatch(r"::error file=([^,:]+),line=(\d+),title=([^,:]+)::(.*)", x)
        for x in as_github(PROBLEMES).split("\n")
    ]
    assert [_decode(m[1]) for m in matches if m] == [p.path for p in PROBLEMES]
    assert [_decode(m[4]) for m in matches if m] == [p.message for p in PROBLEMES]


def test_le_format_de_gitlab_se_relit() -> None:
    report = json.loads(as_gitlab(PROBLEMES))
    assert [(r["location"]["path"], r["location"]["lines"]["begin"], r["description"]) for r in report] == [
        (p.path, p.line, p.message) for p in PROBLEMES
    ]
    assert len({r["fingerprint"] for r in report}) == len(report)


def test_le_resume_montre_les_signes_du_markdown() -> None:
    assert r"ligne 3 : balise « \<b\> » : 100 % en Markdown (\*\*gras\*\*)." in as_markdown(PROBLEMES)
    assert as_markdown([]) == "### Vérification : rien à corriger"


def test_un_message_tient_sur_une_ligne_visible() -> None:
    assert PROBLEMES[1].message == "deux lignes   ici."


def _decode(text: str) -> str:
    return text.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%25", "%")


def test_la_construction_fait_tout_sauf_si_l_on_demande_moins(ecrire, partage: None, racine: Path) -> None:
    """Commands share their options; what one sets for itself must not become another's."""
    ecrire("marche")
    for words, whole in ((["build"], True), ([], True), (["build", "--leger"], False)):
        assert (
            main(
                [
                    *words,
                    *(["--root", str(racine)] if words else ["--site", str(racine / "site"), "--root", str(racine)]),
                ]
            )
            == 0
        )
        names = {path.name for path in (racine / "site" / "actions" / "marche").iterdir()}
        assert ({"marche.pdf", "partage.png"} <= names) == whole
