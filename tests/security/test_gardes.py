"""Guards that survived their removal: each has a test that fails without it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from inspiractions.base import files
from inspiractions.base.files import EXCHANGE, KEEP, PROJECT, rename, write_new, write_whole
from inspiractions.exports.host import make_entetes
from inspiractions.forms.reading import package, unpack
from inspiractions.forms.reading.package import Archive, Refus
from inspiractions.forms.reading.unpack import recevoir

# — The disk —


@pytest.mark.parametrize("ecrire", [write_whole, write_new])
def test_ce_qui_est_ecrit_est_sur_le_disque_avant_d_avoir_son_nom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ecrire
) -> None:
    path, existed = tmp_path / "a.txt", []
    monkeypatch.setattr(files.os, "fsync", lambda _: existed.append(path.exists()))
    ecrire(path, "texte")
    assert existed == [False]
    assert path.read_text("utf-8") == "texte"


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 est propre à Linux")
def test_l_echange_de_deux_dossiers_se_fait_en_un_pas(tmp_path: Path) -> None:
    for nom in ("a", "b"):
        (tmp_path / nom).mkdir()
        (tmp_path / nom / nom).write_text("")
    assert rename(tmp_path / "a", tmp_path / "b", EXCHANGE)
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["b"]
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["a"]
    with pytest.raises(FileExistsError):
        rename(tmp_path / "a", tmp_path / "b", KEEP)


# — The archive of a form —


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in parts.items():
            archive.writestr(name, octets)
    return path


def test_trop_de_parties(tmp_path: Path) -> None:
    for count, refused in ((package.MAX_PARTIES, False), (package.MAX_PARTIES + 1, True)):
        path = _zip(tmp_path / f"{count}.docx", {f"p{n}": b"" for n in range(count)})
        if refused:
            with pytest.raises(Refus, match=f"{count} parties"):
                Archive(path)
        else:
            Archive(path).__exit__()


def test_une_partie_qui_se_dit_trop_grosse_n_est_pas_ouverte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(_zip(tmp_path / "a.docx", {"gros": b"x" * 2_000})) as archive:
        monkeypatch.setattr(archive._zip, "open", lambda _: pytest.fail("ouverte"))
        with pytest.raises(Refus, match="démesurément"):
            archive.read("gros", limit=1_000)


def test_une_partie_qui_ment_sur_sa_taille(tmp_path: Path) -> None:
    with Archive(_zip(tmp_path / "a.docx", {"gros": b"x" * 100_000})) as archive:

        class _Endless:
            def __enter__(self) -> _Endless:
                return self

            def __exit__(self, *_: object) -> None: ...

            def read(self, count: int) -> bytes:
                assert count <= 1_001, "lue en entier"
                return b"x" * count

        archive.noms["gros"].file_size = 10
        archive._zip.open = lambda _: _Endless()  # type: ignore[method-assign]
        with pytest.raises(Refus, match="démesurément"):
            archive.read("gros", limit=1_000)


def test_le_xml_ne_resout_rien(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    (tmp_path / "a.dtd").write_text('<!ENTITY e "SECRET">')
    hostiles = {
        "entite": f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>',
        "dtd": f'<!DOCTYPE a SYSTEM "{(tmp_path / "a.dtd").as_uri()}"><a>&e;</a>',
        "parametre": f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{(tmp_path / "a.dtd").as_uri()}"> %p;]><a>&e;</a>',
    }
    for name, xml in hostiles.items():
        root = package.etree.fromstring(xml.encode(), package._parser()) if name != "dtd" else None
        if root is not None:
            assert "SECRET" not in "".join(root.itertext())
        with Archive(_zip(tmp_path / f"{name}.docx", {"x.xml": xml.encode()})) as archive, pytest.raises(Refus):
            archive.xml("x.xml")
    with Archive(_zip(tmp_path / "pi.docx", {"x.xml": b"<a><?php x?><!-- y --><b/></a>"})) as archive:
        assert [part.tag for part in archive.xml("x.xml").iter()] == ["a", "b"]


def test_libreoffice_a_un_temps_compte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    class Endless(subprocess.Popen):
        """A conversion that never ends: it sleeps for longer than the test may last."""

        def __init__(self, command: list[str], **options: object) -> None:  # noqa: ARG002  # Popen’s own
            super().__init__(["sleep", "600"], **options)

        def wait(self, timeout: float | None = None) -> int:
            if timeout is not None:
                asked.append(timeout)
                raise subprocess.TimeoutExpired(self.args, timeout)
            return super().wait()

    monkeypatch.setattr(unpack, "_without_network", lambda: ())
    monkeypatch.setattr(unpack.subprocess, "Popen", Endless)
    monkeypatch.setattr(unpack.shutil, "which", lambda _: "/usr/bin/soffice")
    with pytest.raises(Refus):
        recevoir(_zip(tmp_path / "a.odt", {"content.xml": b"<a/>"}))
    assert 0 < asked[0] <= 120


# — Processes —

_PARENT = """
import multiprocessing, os, time
from inspiractions.base.parallel import end_with_parent

def wait():
    end_with_parent()
    print(os.getpid(), flush=True)
    time.sleep(60)

process = multiprocessing.get_context("fork").Process(target=wait)
process.start()
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="fork")
def test_un_processus_finit_avec_la_construction() -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 20
    while _alive(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# — What the site carries that others wrote —

VENDUS = {
    "lunr.min.js": "0c50d9002b85780a842afffb567bb54ede402dae7c6dc5997a018614d8044fc8",
    "snowball-fr.js": "b19bca428fcf1c76e3facc00afe897c690add852ca176b9e1ee16ab9801080c1",
}


def test_les_scripts_d_autres_sont_ceux_qui_ont_ete_relus() -> None:
    folder = PROJECT / "docs" / "assets" / "js" / "vendor"
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.js")} == VENDUS


def test_seul_embed_peut_etre_insere_ailleurs() -> None:
    frames: dict[str, list[str]] = {}
    path = ""
    for line in make_entetes(["actions", "admin", "embed"], "/").content.decode().splitlines():
        if not line.startswith("  "):
            path = line
        elif "frame-ancestors" in line:
            frames.setdefault(path, []).append(line.rpartition("frame-ancestors ")[2])
    assert frames.pop("/embed/*") == ["*"]
    assert "/actions/*" in frames
    assert all(origins == ["'none'"] for origins in frames.values())
