"""A content tree that brings a work folder runs nothing of it: what was kept by somebody else is never read."""

from __future__ import annotations

import pickle
import sqlite3
import struct
import subprocess
import sys
from hashlib import blake2b, sha256
from pathlib import Path

import pytest

from inspiractions.base.digests import digest
from inspiractions.base.files import PROJECT
from inspiractions.base.memo import FileStore, Memo, _secret, seal
from inspiractions.build.site_folder import _read
from inspiractions.cli.main import main
from tests.conftest import Ecrire


class _Piege:
    """Runs what its author wants as it is read."""

    def __init__(self, temoin: Path) -> None:
        self.temoin = temoin

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, (f"open({str(self.temoin)!r}, 'w').close()",))


@pytest.fixture
def temoin(tmp_path: Path) -> Path:
    return tmp_path / "execute"


def test_une_memoire_apportee_n_est_pas_lue(tmp_path: Path, temoin: Path) -> None:
    path = tmp_path / "build" / "cache" / "memoire.sqlite"
    memoire = Memo(path, b"socle")
    memoire.keep_last("genre", "vrai")
    memoire.close()
    name, octets = digest(b"socle", "genre", b"dernier"), pickle.dumps(_Piege(temoin))
    # With no checksum, with the former one, with that of another machine.
    for somme in (b"", blake2b(octets, digest_size=8, key=name).digest(), blake2b(octets, digest_size=16).digest()):
        with sqlite3.connect(path) as file:
            file.execute("UPDATE memoire SET valeur = ?", (somme + octets,))
        file.close()
        memoire = Memo(path, b"socle")
        assert memoire.last("genre") is None
        memoire.close()
        assert not temoin.exists()


def test_meme_scelle_un_code_n_est_pas_execute(tmp_path: Path, temoin: Path) -> None:
    path = tmp_path / "memoire.sqlite"
    memoire = Memo(path, b"socle")
    memoire.keep_last("genre", "vrai")
    memoire.close()
    name, octets = digest(b"socle", "genre", b"dernier"), pickle.dumps(_Piege(temoin))
    with sqlite3.connect(path) as file:
        file.execute("UPDATE memoire SET valeur = ?", (seal(name, octets) + octets,))
    file.close()
    memoire = Memo(path, b"socle")
    assert memoire.last("genre") is None
    assert memoire.get_or_make("genre", b"dernier", lambda: "refait") == "refait"
    content = b"tete" + octets
    (tmp_path / "releve").write_bytes(seal(b"releve", content) + content)
    assert _read(tmp_path / "releve", b"tete") == ({}, {})
    assert not temoin.exists()


def test_un_secret_coupe_est_refait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    secret = tmp_path / "inspiractions" / "sceau"
    for octets in (None, b"", b"court", b"x" * 33):
        if octets is not None:
            secret.write_bytes(octets)
        _secret.cache_clear()
        first = seal(b"", b"valeur")
        _secret.cache_clear()
        assert seal(b"", b"valeur") == first
        assert len(secret.read_bytes()) == 32
        assert secret.stat().st_mode & 0o077 == 0
    _secret.cache_clear()


def test_ce_que_l_on_a_garde_soi_meme_se_relit(tmp_path: Path) -> None:
    for n in range(2):
        memoire = Memo(tmp_path / "memoire.sqlite", b"socle")
        assert memoire.get_or_make("genre", b"cle", lambda n=n: n) == 0
        memoire.close()


def test_un_releve_apporte_n_est_pas_lu(tmp_path: Path, temoin: Path) -> None:
    head = b"tete" * 4
    content = head + pickle.dumps(_Piege(temoin))
    for somme in (sha256(content).digest(), sha256(content).digest()[:16]):
        (tmp_path / "releve").write_bytes(somme + content)
        assert _read(tmp_path / "releve", head) == ({}, {})
        assert not temoin.exists()


def test_un_pdf_apporte_n_est_pas_publie(tmp_path: Path) -> None:
    (tmp_path / "nom").write_bytes(sha256(b"nom\0%PDF").digest() + b"%PDF")
    assert FileStore(tmp_path).read("nom") is None
    FileStore(tmp_path).keep("nom", b"%PDF")
    assert FileStore(tmp_path).read("nom") == b"%PDF"


def test_une_autre_machine_ne_lit_pas_ce_que_celle_ci_a_garde(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from inspiractions.base.memo import Memo;"
        "m = Memo(Path(sys.argv[1]), b''); print(m.get_or_make('genre', b'', lambda: sys.argv[2])); m.close()"
    )

    def ask(home: str, value: str) -> str:
        environment = {"XDG_CACHE_HOME": str(tmp_path / home)}
        command = [sys.executable, "-c", code, str(tmp_path / "m.sqlite"), value]
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert [ask("ici", "un"), ask("ici", "deux"), ask("ailleurs", "trois")] == ["un", "un", "trois"]
    secret = tmp_path / "ici" / "inspiractions" / "sceau"
    assert secret.stat().st_size == 32
    assert secret.stat().st_mode & 0o077 == 0


def test_un_build_suivi_par_git_est_refuse(racine: Path, ecrire: Ecrire, partage: None, capsys) -> None:
    ecrire()
    (racine / "build").mkdir()
    for name in ("build/cache.txt", "actions/a b.txt", "a"):
        (racine / name).write_text("x")
    subprocess.run(["git", "init", "-q"], cwd=racine, check=True)
    subprocess.run(["git", "add", "a", "actions"], cwd=racine, check=True)
    assert main(["check", "--root", str(racine)]) == 0
    subprocess.run(["git", "add", "-f", "build/cache.txt"], cwd=racine, check=True)
    assert main(["check", "--root", str(racine)]) == 1
    assert "build/cache.txt:1: build/ est suivi par git" in capsys.readouterr().out


def test_un_index_abime_ne_dit_rien(racine: Path, ecrire: Ecrire, partage: None) -> None:
    ecrire()
    (racine / ".git").mkdir()
    for octets in (b"", b"DIRC", b"DIRC" + struct.pack(">II", 2, 2**32 - 1), b"x" * 100):
        (racine / ".git" / "index").write_bytes(octets)
        assert main(["check", "--root", str(racine)]) == 0


def test_un_build_qui_mene_ailleurs_est_refuse(racine: Path, tmp_path_factory, capsys) -> None:
    dehors = tmp_path_factory.mktemp("dehors")
    (racine / "build").symlink_to(dehors)
    assert main(["check", "--root", str(racine)]) == 2
    assert "lien symbolique" in capsys.readouterr().err
    assert [*dehors.iterdir()] == []
