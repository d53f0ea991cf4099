"""A small real project to break, and the command run on it from outside, as people run it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from inspiractions.base.files import PROJECT

ICI = Path(__file__).parent
DOSSIER = "dossiers/manger-mieux-a-tout-age.md"
NOMBRE = 30
COMMANDE = (sys.executable, str(PROJECT / "build_site.py"))
_ENTIERS = ("docs", "templates", "vocabulaire", "formulaires", "mkdocs.yml", DOSSIER)
# What a build makes; all the rest of a project is what people wrote.
FAITS = ("site", "build")

Arbre = dict[str, str]


@dataclass(frozen=True)
class Fin:
    """How a command ended, and all that it said."""

    code: int
    dit: str


@dataclass(frozen=True)
class Projet:
    """A content tree of its own."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def lancer(self, *mots: str, tete: Sequence[str] = COMMANDE) -> subprocess.Popen[str]:
        """Start a command in a session of its own; ``tete``: what runs it."""
        return subprocess.Popen(
            [*tete, *mots, "--root", str(self.root)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            start_new_session=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def commande(self, *mots: str, tete: Sequence[str] = COMMANDE) -> Fin:
        """Run a command to its end, which must be one that people can read."""
        with self.lancer(*mots, tete=tete) as process:
            dit = process.communicate(timeout=240)[0]
        assert "Traceback" not in dit, dit
        return Fin(process.returncode, dit)

    def construire(self, *mots: str, leger: bool = True, tete: Sequence[str] = COMMANDE) -> Fin:
        """``build``, light unless asked."""
        return self.commande("build", *(["--leger"] if leger else []), *mots, tete=tete)

    def sources(self) -> Arbre:
        """What people wrote."""
        return {nom: octets for nom, octets in arbre(self.root).items() if nom.split("/")[0] not in FAITS}

    def prendre(self, autre: Projet) -> None:
        """The sources of another project instead of its own; what was built stays."""
        for root in (self.root, autre.root):
            for path in root.iterdir():
                if path.name in FAITS:
                    continue
                if root == self.root:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
                else:
                    _copier(path, self.root / path.name)

    def copie(self, root: Path, faits: bool = False) -> Projet:
        """The same project elsewhere; ``faits``: with its site and its work folder."""
        root.mkdir(parents=True)
        for path in self.root.iterdir():
            if faits or path.name not in FAITS:
                _copier(path, root / path.name)
        return Projet(root)

    def restes(self) -> list[str]:
        """What a build should not leave beside the site."""
        return sorted(path.name for path in self.root.iterdir() if path.name.startswith("."))


def arbre(folder: Path) -> Arbre:
    """Every file of a folder, by its path, as the hash of its bytes; empty folders, too."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() if path.is_file() else "dossier"
        for path in sorted(folder.rglob("*"))
        if path.is_file() or not any(path.iterdir())
    }


def ecarts(un: Arbre, autre: Arbre) -> list[str]:
    """Where two trees differ; short enough to read."""
    return sorted(nom for nom in un.keys() | autre.keys() if un.get(nom) != autre.get(nom))[:12]


def faire_modele(root: Path) -> Projet:
    """A dossier, the récits that it cites and some others, with the pages, templates and lists of the real project."""
    for nom in _ENTIERS:
        (root / nom).parent.mkdir(parents=True, exist_ok=True)
        _copier(PROJECT / nom, root / nom)
    stems = [path.stem for path in sorted((PROJECT / "actions").glob("*.md"))]
    words = set(re.findall(r"[a-z0-9-]+", (root / DOSSIER).read_text("utf-8")))
    chosen = {stem for stem in stems if stem in words}
    chosen |= set([stem for stem in stems[::5] if stem not in chosen][: NOMBRE - len(chosen)])
    (root / "actions").mkdir()
    for stem in sorted(chosen):
        shutil.copyfile(PROJECT / "actions" / f"{stem}.md", root / "actions" / f"{stem}.md")
    kept = {f"actions/{stem}/" for stem in chosen} | {f"{DOSSIER.removesuffix('.md')}/"}
    lines = (PROJECT / "permaliens.txt").read_text("utf-8").splitlines(keepends=True)
    promised = (x for x in lines if x.strip() in kept or not x.startswith(("actions/", "dossiers/")))
    (root / "permaliens.txt").write_text("".join(promised), "utf-8")
    return Projet(root)


def _copier(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
