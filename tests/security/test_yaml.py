"""YAML that means harm, in every YAML file that the project reads: refused in French, in bounded time and memory."""

from __future__ import annotations

import shutil
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.site import load_and_check
from inspiractions.cli.main import main
from inspiractions.model import banque as banque_module
from inspiractions.model.vocabulaire import load_vocabulaires

MEMOIRE = 40_000_000
SECONDES = 4.0

BOMBE = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
# Each stands for the whole of a file, or of a front matter.
YAML: dict[str, str] = {
    "milliard de rires": BOMBE,
    "renvois quadratiques": "a: &a " + "x" * 50_000 + "\nb: [" + "*a, " * 30_000 + "*a]\n",
    "renvoi à soi": "a: &a [*a, {*a : *a}]\n",
    "renvoi inconnu": "a: *inconnu\n",
    "imbrication en ligne": "titre: " + "[" * 190_000 + "\n",
    "imbrication en accolades": "titre: " + "{a: " * 45_000 + "\n",
    "imbrication en blocs": "".join(f"{' ' * n}a:\n" for n in range(600)),
    "imbrication de tirets": "- " * 90_000 + "\n",
    "imbrication de clés": "? " * 90_000 + "\n",
    "clé composée": "? [a, b]\n: c\n",
    "fusion": "titre: &t {a: b}\nresume:\n  <<: *t\n",
    "étiquette Python": 'titre: !!python/object/apply:os.system ["touch pwned"]\n',
    "étiquette Python en clé": "!!python/name:os.system titre: x\n",
    "étiquette binaire": "titre: !!binary aGVsbG8=\n",
    "étiquette ensemble": "titre: !!set {a, b}\n",
    "étiquette simple": "titre: !Vive le sport\n",
    "ancre seule": "titre: &co Une marche\n",
    "deux fois la clé": "titre: a\ntitre: b\n",
    "deux documents": "titre: a\n...\n---\ntitre: b\n",
    "autre version": "%YAML 9.9\n---\ntitre: a\n",
    "directive": "%TAG ! tag:evil.example,2000:\n--- !x\ntitre: a\n",
    "commande cachée": 'titre: "a\\0b"\n',
    "sens retourné": 'titre: "a\\u202Eb"\n',
    "fin de ligne cachée": 'titre: "a\\Lb\\Pc\\Nd"\n',
    "demi-caractère": 'titre: "a\\uD800b"\n',
    "hors d’Unicode": 'titre: "a\\UFFFFFFFFb"\n',
    "commande écrite": "titre: a\x07b\n",
    "tabulations": "titre:\n\t- a\n",
    "guillemet ouvert": 'titre: "' + "a\n" * 50_000,
    "mot seul": "titre\n",
    "liste": "- a\n- b\n",
    "nombre": "12\n",
    "clé géante": "x" * 150_000 + ": y\n",
    "dix mille clés": "".join(f"cle{n}: x\n" for n in range(10_000)),
    "trop lourd": "titre: " + "x" * 3_000_000 + "\n",
}
PLACES: dict[str, Callable[[str], str]] = {
    "actions/essai.md": lambda yaml: f"---\n{yaml}---\n\n## Contexte\n\nTexte.\n",
    "dossiers/essai.md": lambda yaml: f"---\n{yaml}---\n\nTexte.\n",
    "enquetes/sej-2024/essai.yml": str,
    "formulaires/essai.yml": str,
    "vocabulaire/publics.yml": str,
}


@pytest.fixture(scope="module")
def arbre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("yaml")
    for folder in ("vocabulaire", "formulaires"):
        shutil.copytree(PROJECT / folder, root / folder)
    for place in PLACES:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
    return root


@pytest.mark.parametrize("place", PLACES)
def test_chaque_yaml_hostile_se_dit(arbre: Path, partage: None, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    if place.startswith("vocabulaire"):
        # The shared fixture lends those of the session.
        monkeypatch.setattr(banque_module, "load_vocabulaires", load_vocabulaires)
    path = arbre / place
    before = path.read_bytes() if path.exists() else None
    try:
        for nom, yaml in YAML.items():
            path.write_text(PLACES[place](yaml), "utf-8")
            start = time.process_time()
            problems = [problem for problem in load_and_check(arbre)[1] if problem.path == place]
            assert problems, nom
            assert time.process_time() - start < SECONDES, nom
            assert all(problem.line >= 1 and 20 < len(problem.message) < 1_000 for problem in problems), (
                nom,
                problems[:3],
            )
    finally:
        path.unlink()
        if before is not None:
            path.write_bytes(before)
    assert not Path("pwned").exists()


@pytest.mark.parametrize("nom", ["milliard de rires", "renvois quadratiques", "imbrication en ligne", "imbrication de tirets", "imbrication de clés", "trop lourd"])  # fmt: skip
def test_la_memoire_reste_bornee(racine: Path, partage: None, nom: str) -> None:
    (racine / "actions" / "essai.md").write_text(PLACES["actions/essai.md"](YAML[nom]), "utf-8")
    tracemalloc.start()
    try:
        assert load_and_check(racine)[1]
        assert tracemalloc.get_traced_memory()[1] < MEMOIRE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("nom", YAML)
def test_new_lit_aussi_des_reponses_hostiles(tmp_path: Path, capsys: pytest.CaptureFixture[str], nom: str) -> None:
    (tmp_path / "actions").mkdir()
    answers = tmp_path / "reponses.yml"
    answers.write_text(YAML[nom], "utf-8")
    assert main(["new", "--depuis", str(answers), "--root", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert "Traceback" not in output.err + output.out
    assert list((tmp_path / "actions").iterdir()) == []
