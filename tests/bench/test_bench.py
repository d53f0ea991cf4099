"""The measures measure what they say: same pages for every peer, the memory of a whole tree, no crash on an absent peer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench import construction, hugo, materiel, outils
from bench.construction import make_banque
from bench.mesure import Echec, run
from bench.outils import FROID, Outil
from bench.tours import measure
from inspiractions.model.banque import Banque

_NOMBRE = 12
# Two children that hold 60 MB each at one time, however busy the machine.
_ARBRE = """
import subprocess, sys, time
fils = "octets = b'x' * 60_000_000; print('prêt', flush=True); input()"
enfants = [subprocess.Popen([sys.executable, "-c", fils], stdin=-1, stdout=-1) for _ in range(2)]
for enfant in enfants:
    enfant.stdout.readline()
time.sleep(1)
for enfant in enfants:
    enfant.communicate(b"fin")
"""


@pytest.fixture(scope="module")
def banque(tmp_path_factory: pytest.TempPathFactory) -> Banque:
    return make_banque(tmp_path_factory.mktemp("corpus"), _NOMBRE)


def test_les_pairs_recoivent_les_memes_pages_et_les_memes_textes(banque: Banque, tmp_path: Path):
    materiel.write_project(banque, tmp_path / "mkdocs")
    hugo.write_project(banque, tmp_path / "hugo")
    docs, content = tmp_path / "mkdocs" / "docs", tmp_path / "hugo" / "content"
    assert _addresses(docs) == _addresses(content)
    fiches = sorted(path.name for path in (content / "actions").glob("[!_]*.md"))
    assert len(fiches) == _NOMBRE
    for nom in fiches:
        recits = [(folder / "actions" / nom).read_text("utf-8").partition("## ")[2] for folder in (docs, content)]
        assert recits[0].strip() == recits[1].strip() != ""


def test_la_memoire_est_celle_de_tout_l_arbre(tmp_path: Path):
    mesure = run([sys.executable, "-c", _ARBRE], tmp_path / "log.txt")
    assert mesure.memoire > 120


def test_une_commande_qui_echoue_est_dite(tmp_path: Path):
    with pytest.raises(Echec, match="au revoir"):
        run([sys.executable, "-c", "raise SystemExit('au revoir')"], tmp_path / "log.txt")


def test_un_pair_absent_est_dit_et_n_arrete_rien(
    banque: Banque, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(outils, "PAIRS", tmp_path / "rien")
    monkeypatch.setenv("PATH", str(tmp_path))
    # The second engine may stand beside Python.
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    absents = (outils.HUGO, outils.ZENSICAL)
    ready = list(outils.prepare(banque, banque.root, tmp_path, absents))
    assert [outil.cle for outil in ready] == [outils.NOUS, outils.CHECK]
    assert construction.main([], absents, 1) == 0
    assert "Hugo" not in capsys.readouterr().out.splitlines()[0]
    rows = [row.split(" | ")[1:3] for row in construction.absents(_NOMBRE, absents)]
    assert rows == [[outils.NOMS[pair], "absent : `make bench` l’installe"] for pair in absents]


def test_une_construction_qui_ne_montre_pas_le_changement_est_un_echec(tmp_path: Path):
    page = tmp_path / "site" / "actions" / "a" / "index.html"
    (tmp_path / "actions").mkdir()
    (tmp_path / "actions" / "a.md").write_text("Un récit.\n", "utf-8")
    command = _python(
        f"import pathlib; p = pathlib.Path({str(page)!r}); p.parent.mkdir(parents=True, exist_ok=True); p.write_text('figée')"
    )
    outil = Outil(outils.HUGO, {FROID: command, outils.CHAUD: command}, tmp_path / "actions", tmp_path / "site")
    froid, chaud = measure([outil], 1, tmp_path / "log.txt")
    assert (froid.echec, froid.fichiers) == ("", 1)
    assert "ne montre pas « Relue au tour 1, étape 1. »" in chaud.echec


def _addresses(folder: Path) -> set[str]:
    """``a/index.md``, ``a/_index.md`` and ``a.md`` are one address."""
    names = (path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md"))
    return {name.removesuffix("_index").removesuffix("index").rstrip("/") for name in names}


def _python(code: str) -> Sequence[str]:
    return [sys.executable, "-c", code]
