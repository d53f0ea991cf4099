"""Run tools in turn, each from nothing and then with one action changed, and keep what each step cost and made."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.mesure import Echec, Mesure, median, run
from bench.outils import CHECK, NOMS, NOUS, Outil


@dataclass
class Releve:
    """One step of one tool: its measures, then the megabytes and the number of files that it left; ``echec`` says why not."""

    outil: str
    etape: str
    mesures: list[Mesure] = field(default_factory=list)
    octets: int = 0
    fichiers: int = 0
    echec: str = ""

    @property
    def mesure(self) -> Mesure:
        """The medians."""
        return median(self.mesures)


def measure(outils: Sequence[Outil], runs: int, log: Path) -> list[Releve]:
    """Every step of every tool, ``runs`` times, the tools in turn; each is told on stderr as it ends, for a table may take hours.

    Raises ``Echec`` where one of ours fails.
    """
    releves = {(o.cle, etape): Releve(o.cle, etape) for o in outils for etape in o.etapes}
    origine = {o.cle: _middle(o).read_text("utf-8") for o in outils}
    for tour in range(runs):
        for outil in outils:
            outil.clear()
            _middle(outil).write_text(origine[outil.cle], "utf-8")
            for rang, (etape, command) in enumerate(outil.etapes.items()):
                phrase = f"Relue au tour {tour + 1}, étape {rang}."
                if rang:
                    _change(outil, origine[outil.cle], phrase)
                try:
                    _step(releves[outil.cle, etape], outil, command, log)
                    if rang:
                        _assert_shown(outil, phrase)
                    _tell(releves[outil.cle, etape], log)
                except Echec as echec:
                    if outil.cle in (NOUS, CHECK):
                        raise
                    releves[outil.cle, etape].echec = str(echec)
                    break
    return [releve for releve in releves.values() if releve.mesures or releve.echec]


def _tell(releve: Releve, log: Path) -> None:
    """What the step cost, and the command's own last two lines: a warning may be there."""
    last_lines = " / ".join(log.read_text("utf-8", errors="replace").splitlines()[-2:])
    print(
        f"{NOMS[releve.outil]}, {releve.etape} : {releve.mesures[-1]}{last_lines and f' ({last_lines})'}",
        file=sys.stderr,
    )


def _step(releve: Releve, outil: Outil, command: Sequence[str], log: Path) -> None:
    releve.mesures.append(run(command, log))
    if outil.sortie:
        sizes = [path.stat().st_size for path in outil.sortie.rglob("*") if path.is_file()]
        releve.octets, releve.fichiers = sum(sizes), len(sizes)


def _assert_shown(outil: Outil, phrase: str) -> None:
    """A build that does not show the change was not one. Raises ``Echec``."""
    if outil.sortie:
        page = outil.sortie / "actions" / _middle(outil).stem / "index.html"
        if not page.is_file() or phrase not in page.read_text("utf-8"):
            raise Echec(f"{outil.cle} : la page {page.parent.name} ne montre pas « {phrase} ».")


def _middle(outil: Outil) -> Path:
    """The fiche that changes: neither the first nor the last."""
    fiches = sorted(path for path in outil.fiches.glob("*.md") if path.stem not in ("index", "_index"))
    return fiches[len(fiches) // 2]


def _change(outil: Outil, texte: str, phrase: str) -> None:
    """A sentence more at the end of the récit."""
    _middle(outil).write_text(f"{texte.rstrip()}\n\n{phrase}\n", "utf-8")
