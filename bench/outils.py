"""What is measured: our own commands and our peers, each on its own copy of one corpus, each in its natural way."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import hugo, materiel
from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque

PAIRS = PROJECT / "build" / "bench" / "venv"
"""Where ``make bench`` installs the peers (``bench/requirements.txt``)."""

NOUS, CHECK, MKDOCS, HUGO, ZENSICAL = "nous", "check", "mkdocs", "hugo", "zensical"
NOMS = {
    NOUS: "Inspir’Actions, `build`",
    CHECK: "Inspir’Actions, `check`",
    MKDOCS: "MkDocs + Material",
    HUGO: "Hugo",
    ZENSICAL: "Zensical",
}
FROID, CHAUD, DIRTY = "à froid", "une action changée", "une action changée, `--dirty`"


@dataclass(frozen=True)
class Outil:
    """A tool ready to run: its steps in order, where its fiches lie, what it makes, what it keeps from one run to the next."""

    cle: str
    etapes: Mapping[str, Sequence[str]]
    fiches: Path
    sortie: Path | None
    gardes: Sequence[Path] = ()

    def clear(self) -> None:
        """Nothing left of an earlier run, which is put aside: ext4 is slow to make files where many went a minute ago."""
        for output in (*self.gardes, *([self.sortie] if self.sortie else [])):
            if output.exists():
                output.rename(output.with_name(f"{output.name}-{len(list(output.parent.iterdir()))}.ancien"))


def executable(cle: str) -> Path | None:
    """The program of a peer: that of ``make bench``, else one on the path or beside our Python; ``None`` where there is none."""
    # The binary itself, not the Python script that starts it.
    binaries = sorted(PAIRS.glob("lib/python*/site-packages/hugo/binaries/hugo")) if cle == HUGO else []
    path = (
        shutil.which(cle, path=PAIRS / "bin")
        or shutil.which(cle)
        or shutil.which(cle, path=Path(sys.executable).parent)
    )
    return binaries[0] if binaries else Path(path) if path else None


def python_with(*packages: str) -> Path | None:
    """The interpreter of the peers, where it has these packages."""
    python = PAIRS / "bin" / "python"
    complete = all(any(PAIRS.glob(f"lib/python*/site-packages/{package}")) for package in packages)
    return python if complete else None


def prepare(banque: Banque, corpus: Path, folder: Path, pairs: Sequence[str]) -> Iterator[Outil]:
    """Ours, then those of the peers that are installed, each with its project written in ``folder``."""
    yield ours(corpus, folder / "site")
    for cle in pairs:
        if (program := executable(cle)) is not None:
            yield _PAIRS[cle](banque, folder / cle, str(program))
    yield _check(corpus)


def ours(corpus: Path, site: Path) -> Outil:
    """The whole build apart from PDFs and share images; the second finds the work folder of the first."""
    build = [
        sys.executable,
        str(PROJECT / "build_site.py"),
        "build",
        "--leger",
        "--root",
        str(corpus),
        "--site",
        str(site),
    ]
    return Outil(NOUS, {FROID: build, CHAUD: build}, corpus / "actions", site, [corpus / "build"])


def _check(corpus: Path) -> Outil:
    check = [sys.executable, str(PROJECT / "build_site.py"), "check", "--root", str(corpus)]
    return Outil(CHECK, {FROID: check, CHAUD: check}, corpus / "actions", None, [corpus / "build"])


def _mkdocs(banque: Banque, folder: Path, program: str) -> Outil:
    """It has no incremental build but ``--dirty``, which leaves a search index of the one page."""
    materiel.write_project(banque, folder)
    build = [program, "build", "-q", "-f", str(folder / "mkdocs.yml")]
    etapes = {FROID: build, CHAUD: build, DIRTY: [*build, "--dirty"]}
    return Outil(MKDOCS, etapes, folder / "docs" / "actions", folder / "site")


def _hugo(banque: Banque, folder: Path, program: str) -> Outil:
    """It always builds everything."""
    hugo.write_project(banque, folder)
    build = [program, "build", "--quiet", "--source", str(folder), "--destination", str(folder / "public")]
    return Outil(HUGO, {FROID: build, CHAUD: build}, folder / "content" / "actions", folder / "public")


def _zensical(banque: Banque, folder: Path, program: str) -> Outil:
    """The project of MkDocs; the second build takes from its cache."""
    materiel.write_project(banque, folder)
    build = [program, "build", "-f", str(folder / "mkdocs.yml")]
    gardes = [folder / ".cache"]
    return Outil(ZENSICAL, {FROID: build, CHAUD: build}, folder / "docs" / "actions", folder / "site", gardes)


_PAIRS: Mapping[str, Callable[[Banque, Path, str], Outil]] = {MKDOCS: _mkdocs, HUGO: _hugo, ZENSICAL: _zensical}
TOUS_LES_PAIRS = tuple(_PAIRS)
