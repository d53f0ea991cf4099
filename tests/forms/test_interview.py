"""``new``: questions from the schema, answers checked at once, a draft that ``check`` accepts, nothing ever overwritten."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.cli.main import main
from inspiractions.forms.interview import free_id
from inspiractions.model.source import parse_fiche

# What is typed, wrong answers included.
_LIGNES = [
    "", "Marcher : ensemble",
    "Une marche par semaine, appelez le 06 12 34 56 78.",
    "Une marche par semaine relie le quartier et le centre de santé.",
    "Aubervillier", "Saint-Denis", "Saint-Denis (93), Aubervilliers",
    "6, 0-3",
    "42", "Action communautaire",
    "inconnu",
    "sport-sante, santé-mental", "sport-sante, Santé mentale",
    "Ville d’Aubervilliers",
    "1",
]  # fmt: skip
_RECIT = ["Le quartier manque de lieux où marcher.", "On le disait depuis 2019.", "", *[""] * 13]


@pytest.fixture
def repondre(monkeypatch: pytest.MonkeyPatch, racine: Path, partage: None) -> Callable[..., int]:
    def repondre(*lignes: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{ligne}\n" for ligne in lignes)))
        return main(["new", "--root", str(racine), "--depuis", "-"])

    return repondre


def meta(path: Path) -> dict[str, object]:
    source, problems = parse_fiche(path.name, path.read_text("utf-8"))
    assert source is not None
    assert problems == []
    return dict(source.meta)


def test_des_reponses_font_un_brouillon(repondre, racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repondre(*_LIGNES, "n", *_RECIT, "") == 0
    out = capsys.readouterr().out
    for part in (
        "il faut une réponse", "numéro de téléphone « 06 12 34 56 78 »", "vouliez-vous « Aubervilliers", "« Saint-Denis (93) »",
        "« 42 » n’est pas dans vocabulaire/axes.yml",
        "vouliez-vous « sante-mentale » (Santé mentale) ?", "1. 0-3 ans (0-3)" , "Communes ou intercommunalités",
    ):  # fmt: skip
        assert part in out
    path = racine / "actions" / "saint-denis-marcher-ensemble.md"
    assert path.read_text("utf-8") == (
        "---\ntitre: 'Marcher : ensemble'\n"
        "resume: Une marche par semaine relie le quartier et le centre de santé.\n"
        "villes: [Saint-Denis (93), Aubervilliers]\nages: [65-plus, 0-3]\naxes: [action-communautaire]\nqpv: inconnu\n"
        "thematiques: [sport-sante, sante-mentale]\nporteur: Ville d’Aubervilliers\nconnaissance: sources-publiques\n"
        f"date_publication: {date.today()}\nstatut: brouillon\n---\n\n## Contexte\n\n"
        "Le quartier manque de lieux où marcher.\nOn le disait depuis 2019.\n"
    )
    assert main(["check", "--root", str(racine)]) == 0
    assert main(["format", "--verifier", "--root", str(racine)]) == 0


def test_les_champs_facultatifs_et_les_groupes(repondre, racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facultatifs = [
        "o", "Le Village", "QP12", "QP093028", "n",  # quartiers
        "", "quartier", "", "", "",  # perimetre, echelle, determinants, publics, campagne
        "2019-13", "2019-09", "inconnue", "",  # periode
        "", "", "", "La maire", "", "CCAS", "Centre social", "",  # services, partenaires
        "", "", "", "", "8 500 €", "n",  # budget, montants
        "", "", "marche", "", "Service santé", "", "camille.exemple@ville.example", "sante@ville.example",  # leviers … contact
        "",  # evaluation
        "o", "Bilan", "http://ville.example/b", "https://ville.example/b", "n", "n",  # sources, documents
        "2030-02-30", "",  # date_redaction
    ]  # fmt: skip
    assert repondre(*_LIGNES, "o", *facultatifs, *_RECIT, "Mauvais Nom", "marche-essai") == 0, capsys.readouterr()
    values = meta(racine / "actions" / "marche-essai.md")
    assert values["quartiers"] == [{"nom": "Le Village", "code": "QP093028"}]
    assert values["periode"] == {"debut": "2019-09", "fin": "inconnue"}
    assert values["partenaires"] == ["CCAS", "Centre social"]
    assert values["budget"] == {"precision": "8 500 €"}
    assert values["contact"] == {"service": "Service santé", "courriel": "sante@ville.example"}
    assert values["sources"] == [{"titre": "Bilan", "url": "https://ville.example/b"}]
    assert "date_redaction" not in values
    assert "renommez-le, par exemple « mauvais-nom.md »" in capsys.readouterr().out


def test_des_reponses_interrompues_n_ecrivent_rien(repondre, racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert repondre(*_LIGNES[:5]) == 2
    assert "rien n’a été écrit" in capsys.readouterr().err
    assert list((racine / "actions").iterdir()) == []


def test_sans_terminal_la_commande_le_dit(monkeypatch, racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("oui\n"))
    assert main(["new", "--root", str(racine)]) == 2
    assert "--depuis reponses.yml" in capsys.readouterr().err


def _interrupt(run: subprocess.Popen[bytes]) -> str:
    """Ctrl+C until it is heard: readline does not hear one that comes just before it waits. Returns what was said."""
    for _ in range(30):
        run.send_signal(signal.SIGINT)
        try:
            return run.communicate(timeout=1)[1].decode()
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("la commande n’entend pas Ctrl+C")


def _read_until(terminal: int, wanted: str) -> None:
    output = b""
    while wanted not in output.decode(errors="ignore"):
        assert select.select([terminal], [], [], 30)[0], output
        output += os.read(terminal, 1000)


def test_ctrl_c_dans_un_vrai_terminal_n_ecrit_rien(racine: Path) -> None:
    master, slave = os.openpty()
    command = [sys.executable, str(PROJECT / "build_site.py"), "new", "--root", str(racine)]
    # Ctrl+C is heard whoever runs the tests.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heard
    ) as run:
        try:
            _read_until(master, "pas de slogan")
            os.write(master, b"Marcher ensemble\n")
            _read_until(master, "dans les listes")
            error = _interrupt(run)
        finally:
            run.kill()
    os.close(master)
    os.close(slave)
    assert run.returncode == 2
    assert error == "build_site.py : interrompu avant la fin des questions : rien n’a été écrit.\n"
    assert list((racine / "actions").iterdir()) == []


_YAML = """\
titre: Marcher ensemble
resume: Une marche par semaine.
villes: [Aubervilliers]
ages: [tous]
axes: [action-communautaire]
qpv: oui
thematiques: [sport-sante]
porteur: Ville
connaissance: declaratif
date_publication: 2026-01-31
recit: |
  ## Contexte

  Le quartier.
"""


def test_un_fichier_de_reponses(
    racine: Path, partage: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reponses = tmp_path / "reponses.yml"
    reponses.write_text(_YAML, "utf-8")
    call = ["new", "--root", str(racine), "--depuis", str(reponses)]
    path = racine / "actions" / "aubervilliers-marcher-ensemble.md"
    assert main(call) == 0
    assert meta(path)["statut"] == "brouillon"
    assert path.read_text("utf-8").endswith("\n---\n\n## Contexte\n\nLe quartier.\n")
    before = path.read_text("utf-8")
    # The same answers again: another id, and the check says that the titles are alike.
    assert main(call) == 1
    assert "actions/aubervilliers-marcher-ensemble-2.md:2: titre presque identique" in capsys.readouterr().out
    assert path.read_text("utf-8") == before
    reponses.write_text(f"id: {path.stem}\n{_YAML}", "utf-8")
    assert main(call) == 1
    assert f"reponses.yml:1: actions/{path.name} existe déjà" in capsys.readouterr().out
    reponses.write_text(f"id: ../{path.stem}\n{_YAML}", "utf-8")
    assert main(call) == 1
    assert "n’est pas un identifiant" in capsys.readouterr().out
    reponses.write_text("une phrase", "utf-8")
    assert main(call) == 1
    assert main([*call[:-1], str(tmp_path / "absent.yml")]) == 2
    assert path.read_text("utf-8") == before
    assert len(list((racine / "actions").iterdir())) == 2


def test_un_identifiant_se_coupe_entre_deux_mots(racine: Path) -> None:
    titre = "Un titre très long qui dit tout de l’action et de ses habitants dans le quartier"
    identifiant = free_id(racine, {"villes": ["Saint-Denis (93)"], "titre": titre})
    assert identifiant == "saint-denis-un-titre-tres-long-qui-dit-tout-de-l-action-et"
