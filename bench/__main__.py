"""``python -m bench``: generate a corpus per size, build it with us and with plain MkDocs, print the table.

``python -m bench recherche`` measures the search instead (``bench/recherche.py``), ``python -m bench phare`` the pages in
a browser (``bench/phare.py``).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from banque.racine import MAISON
from bench import phare, recherche
from bench.corpus import write_corpus
from bench.materiel import write_project
from bench.mesure import Echec, Mesure, median, run

OURS, PEER, CHECK = "Inspir’Actions, `build`", "MkDocs + Material", "Inspir’Actions, `check`"


def main() -> int:
    """Returns 1 where a command fails."""
    options = _parser().parse_args()
    if options.quoi == "recherche":
        return recherche.main(options.tailles)
    if options.quoi == "phare":
        return phare.main(MAISON / "site", options.pages)
    print(
        "| Actions | Commande | Temps écoulé (s) | Processeur (s) | Mémoire (Mo) | Écoulé / MkDocs | Proc. / MkDocs |"
    )
    print("|---:|---|---:|---:|---:|---:|---:|")
    for size in options.tailles:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            try:
                found = _measure(Path(folder), size, options.runs)
            except Echec as echec:
                print(echec, file=sys.stderr)
                return 1
        for nom, mesure in found.items():
            print(_row(size, nom, mesure, found[PEER]), flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Mesure la construction, à côté de MkDocs seul, la recherche, à côté de Pagefind et de lunr, ou les pages, par Lighthouse.",
    )
    parser.add_argument("quoi", nargs="?", choices=("construction", "recherche", "phare"), default="construction")
    parser.add_argument("--tailles", type=_sizes, default=[100, 1000], help="nombres d’actions, 100,1000 par défaut")
    parser.add_argument(
        "--pages", nargs="*", default=["", "territoires/", "actions/bordeaux-prevention-bucco-dentaire/"],
        help="adresses de pages pour « phare »",
    )  # fmt: skip
    parser.add_argument("--runs", type=int, default=3, help="mesures de chaque commande (médiane), 3 par défaut")
    return parser


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _measure(folder: Path, size: int, runs: int) -> dict[str, Mesure]:
    """The medians of each command; the commands take turns, each from an empty output."""
    corpus, peer, site, log = folder / "corpus", folder / "mkdocs", folder / "site", folder / "log.txt"
    write_corpus(corpus, size)
    write_project(corpus, peer)
    build_site = [sys.executable, str(MAISON / "build_site.py")]
    commands = {
        PEER: [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(peer / "mkdocs.yml"), "-d", str(peer / "site")],
        OURS: [*build_site, "build", "--leger", "--root", str(corpus), "--site", str(site)],
        CHECK: [*build_site, "check", "--root", str(corpus)],
    }
    found: dict[str, list[Mesure]] = {nom: [] for nom in commands}
    for _ in range(runs):
        for nom, command in commands.items():
            for made in (site, peer / "site", corpus / "build"):
                shutil.rmtree(made, ignore_errors=True)
            found[nom].append(run(command, log))
    return {nom: median(mesures) for nom, mesures in found.items()}


def _row(size: int, nom: str, mesure: Mesure, peer: Mesure) -> str:
    figures = (mesure.ecoule, mesure.cpu, mesure.memoire, mesure.ecoule / peer.ecoule, mesure.cpu / peer.cpu)
    said = (f"{value:.{digits}f}".replace(".", ",") for value, digits in zip(figures, (2, 2, 0, 2, 2), strict=True))
    return f"| {size} | {nom} | {' | '.join(said)} |"


if __name__ == "__main__":
    sys.exit(main())
