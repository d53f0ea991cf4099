"""``python -m bench croissance``: our own build as the bank grows; flat where an action costs the same at every size."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.construction import make_banque, nombre
from bench.machine import describe
from bench.mesure import Echec, Mesure
from bench.outils import NOMS, NOUS, ours
from bench.tours import Releve, measure

_COLONNES = (
    "Actions",
    "Étape",
    "Écoulé (s)",
    "Écoulé par action (ms)",
    "/ première taille",
    "Processeur par action (ms)",
    "/ première taille",
    "Mémoire (Mo)",
    "Sortie (Mo)",
    "Fichiers",
)


def main(tailles: Sequence[int], runs: int) -> int:
    """Print a row a size and a step, each beside the first size; 1 where a command fails."""
    print(f"{NOMS[NOUS]}. {describe()}")
    print(f"\n| {' | '.join(_COLONNES)} |\n|---:|---|{'---:|' * (len(_COLONNES) - 2)}", flush=True)
    first: dict[str, Mesure] = {}
    for taille in tailles:
        try:
            releves = _measure(taille, runs)
        except Echec as echec:
            print(echec, file=sys.stderr)
            return 1
        for releve in releves:
            mesure = Mesure(releve.mesure.ecoule / taille, releve.mesure.cpu / taille, releve.mesure.memoire)
            print(_row(taille, releve, mesure, first.setdefault(releve.etape, mesure)), flush=True)
    return 0


def _measure(taille: int, runs: int) -> list[Releve]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        make_banque(folder / "corpus", taille)
        return measure([ours(folder / "corpus", folder / "site")], runs, folder / "log.txt")


def _row(taille: int, releve: Releve, par_action: Mesure, first: Mesure) -> str:
    cells = [str(taille), releve.etape, nombre(releve.mesure.ecoule, 2)]
    for value, base in ((par_action.ecoule, first.ecoule), (par_action.cpu, first.cpu)):
        cells += [nombre(value * 1000, 2), nombre(value / base, 2)]
    cells += [nombre(releve.mesure.memoire, 0), nombre(releve.octets / 1e6, 0), str(releve.fichiers)]
    return f"| {' | '.join(cells)} |"
