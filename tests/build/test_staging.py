from __future__ import annotations

import fcntl
import sys
from pathlib import Path

import pytest

from inspiractions.base import files
from inspiractions.build import staging as module
from inspiractions.build.staging import Occupied, staging


def _poser(site: Path, texte: str) -> None:
    with staging(site) as folder:
        (folder / "index.html").write_text(texte)


@pytest.mark.parametrize("echange", [True, False])
def test_le_nouveau_site_remplace_l_ancien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, echange: bool) -> None:
    if not echange:
        monkeypatch.setattr(module, "rename", lambda *_: False)
    site = tmp_path / "site"
    _poser(site, "un")
    (site / "vieux.html").touch()
    _poser(site, "deux")
    assert sorted(p.name for p in site.iterdir()) == [".inspiractions", "index.html"]
    assert (site / "index.html").read_text() == "deux"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_le_site_est_sur_le_disque_avant_de_prendre_la_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that stops just after the exchange must not leave a site of empty pages."""
    site, flushes = tmp_path / "site", []
    _poser(site, "un")

    def flush(folder: Path) -> None:
        flushes.append(((folder / "index.html").read_text(), (site / "index.html").read_text()))
        files.flush_folder(folder)

    monkeypatch.setattr(module, "flush_folder", flush)
    _poser(site, "deux")
    assert flushes == [("deux", "un")]


def test_un_disque_qui_refuse_garde_l_ancien_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    _poser(site, "un")

    def refuse(folder: Path) -> None:
        raise OSError(5, "Input/output error", str(folder))

    monkeypatch.setattr(module, "flush_folder", refuse)
    with pytest.raises(OSError, match="Input/output"):
        _poser(site, "deux")
    assert (site / "index.html").read_text() == "un"


@pytest.mark.parametrize("system", [True, False])
def test_un_dossier_s_ecrit_avec_ou_sans_syncfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: bool) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(files.os, "sync", lambda: flushed.append("sync"))
    if not system:
        monkeypatch.setattr(files.ctypes, "CDLL", lambda *_, **__: object())
    files.flush_folder(tmp_path)
    assert flushed == ([] if system and sys.platform == "linux" else ["sync"])


def test_un_echec_laisse_l_ancien_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _poser(site, "un")
    with pytest.raises(FileNotFoundError), staging(site) as folder:
        (folder / "absent" / "index.html").write_text("deux")
    assert (site / "index.html").read_text() == "un"
    assert not (tmp_path / ".site.nouveau").exists()


def test_deux_constructions_ne_se_melent_pas(tmp_path: Path) -> None:
    with (tmp_path / ".site.verrou").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Occupied, match="en cours"), staging(tmp_path / "site"):
            pass


def test_deux_sites_d_un_meme_contenu_ne_se_melent_pas(tmp_path: Path) -> None:
    work = tmp_path / "build"
    with staging(tmp_path / "un", work), pytest.raises(Occupied, match="ce contenu"), staging(tmp_path / "deux", work):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["build", "un"]
    assert list(work.iterdir()) == []


def test_une_construction_tuee_entre_deux_noms_rend_l_ancien_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where two folders cannot be exchanged, the old site bears another name for an instant."""
    monkeypatch.setattr(module, "rename", lambda *_: False)
    site = tmp_path / "site"
    _poser(site, "un")
    site.rename(tmp_path / ".site.ancien")
    with pytest.raises(OSError, match="plus loin"), staging(site):
        raise OSError("pas plus loin")
    assert (site / "index.html").read_text() == "un"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_un_dossier_etranger_n_est_pas_remplace(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    (tmp_path / "fichier").touch()
    for name in ("photos", "fichier"):
        with pytest.raises(Occupied, match="--site"), staging(tmp_path / name):
            pass
    assert (tmp_path / "photos" / "a.jpg").exists()


@pytest.mark.parametrize("damage", ["bytes", "link", "folder", "gone"])
def test_the_mark_of_a_parked_site_is_made_anew(tmp_path: Path, damage: str) -> None:
    """What lies in the cache may be damaged: the site that comes of it is marked as any other, and holds no more."""
    site, work = tmp_path / "site", tmp_path / "work"
    for text in ("one", "two"):
        with staging(site, work, park=True) as folder:
            (folder / "index.html").write_text(text)
    (parked,) = (work / "cache").glob("avant-*")
    mark = parked / ".inspiractions"
    mark.unlink()
    if damage == "bytes":
        mark.write_bytes(b"?")
    elif damage == "link":
        mark.symlink_to("nowhere")
    elif damage == "folder":
        (mark / "in").mkdir(parents=True)
    with staging(site, work, park=True) as folder:
        (folder / "index.html").write_text("three")
    assert sorted(p.name for p in site.iterdir()) == [".inspiractions", "index.html"]
    assert (site / ".inspiractions").is_file()
    assert (site / ".inspiractions").read_bytes() == b""
