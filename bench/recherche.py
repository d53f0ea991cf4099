"""``python -m bench recherche``: our search beside Pagefind and lunr, on one generated corpus, by the same questions."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.corpus import write_corpus
from bench.mesure import Echec, Mesure, run
from bench.outils import python_with
from bench.sujets import COURANTES, Sujet, plant
from inspiractions.base.files import PROJECT
from inspiractions.base.scripts import join_modules
from inspiractions.theme.assets import FOLDER, KINDS

NOUS, PAGEFIND, LUNR = "nous", "pagefind", "lunr"
_NOMS = {NOUS: "Inspir’Actions", PAGEFIND: "Pagefind", LUNR: "lunr"}
_TOURS = 3
# Seconds of each kind of questions to an engine: what is left of them then is not asked, and the table tells how many were.
_LIMITE = 15
_MOTEURS = Path(__file__).parent / "moteurs"
_COLONNES = (
    "Actions",
    "Moteur",
    "Index, proc. (s)",
    "Index, mémoire (Mo)",
    "1re requête (Ko)",
    "Suivantes (Ko)",
    "Faute, au plus (Ko)",
    "À chaud, médiane (ms)",
    "À chaud, p95 (ms)",
    "Avec une faute, p95 (ms)",
    "Chronométrées",
    "Exact",
    "Faute",
    "Sans accent",
)
# What is compared, and the digits after its comma.
_CHIFFRES = {
    "index": 1,
    "memoire": 0,
    "premiere": 0,
    "suivantes": 1,
    "faute": 1,
    "mediane": 2,
    "p95": 2,
    "p95_faute": 2,
}


class Absent(Exception):
    """What an engine needs is not installed."""


@dataclass(frozen=True)
class Resultat:
    """What an engine costs; of ``trouves``, how many topics it finds first, of how many that it was asked."""

    index: float
    memoire: float
    premiere: float
    suivantes: float
    faute: float
    mediane: float
    p95: float
    p95_faute: float
    chronometrees: int
    trouves: Mapping[str, Sequence[int]]


def main(tailles: Sequence[int]) -> int:
    """Print one row an engine and a size; 1 where our own engine fails; what is not installed is told."""
    print(f"| {' | '.join(_COLONNES)} |")
    print(f"|---:|---|{'---:|' * (len(_COLONNES) - 2)}")
    for taille in tailles:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            banc = _Banc(Path(folder), taille)
            reference: Resultat | None = None
            for moteur in (NOUS, PAGEFIND, LUNR):
                try:
                    resultat = banc.measure(moteur)
                except (Absent, Echec) as why:
                    print(f"| {taille} | {_NOMS[moteur]} | {str(why).splitlines()[-1]}{' |' * (len(_COLONNES) - 2)}")
                    print(why, file=sys.stderr)
                    if isinstance(why, Echec) and moteur == NOUS:
                        return 1
                    continue
                reference = reference or resultat
                print(_row(taille, moteur, resultat, reference), flush=True)
    return 0


class _Banc:
    """One corpus, its planted topics, and the engines that search it."""

    def __init__(self, folder: Path, taille: int) -> None:
        self._folder, self._corpus, self._log = folder, folder / "corpus", folder / "log.txt"
        write_corpus(self._corpus, taille)
        self.sujets: list[Sujet] = plant(self._corpus)
        # Node takes a .js file for a module where a package says so.
        shutil.copytree(PROJECT / "docs" / "assets" / "js", folder / "js")
        _join_code(folder / "js" / "servis")
        (folder / "package.json").write_text('{"type": "module"}')

    def measure(self, moteur: str) -> Resultat:
        """Make the index, then ask it everything. Raises ``Absent`` or ``Echec``."""
        node = shutil.which("node")
        if node is None:
            raise Absent("node n’est pas installé")
        index, seconds, memory = self._pagefind() if moteur == PAGEFIND else self._own(moteur)
        asked = {
            "lieux": {"index": str(index), "js": str(self._folder / "js")},
            "courantes": COURANTES,
            "sujets": [asdict(sujet) for sujet in self.sujets],
            "tours": _TOURS,
            "limite": _LIMITE,
        }
        demande = self._folder / f"{moteur}.json"
        demande.write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
        self._run([node, str(_MOTEURS / "banc.mjs"), moteur, str(demande)])
        measures = json.loads(self._last_line())
        return Resultat(
            index=seconds,
            memoire=memory,
            premiere=statistics.median(measures["premieres"]) / 1000,
            suivantes=statistics.median(measures["suivantes"]) / 1000,
            faute=measures["faute"] / 1000,
            mediane=statistics.median(measures["durees"]),
            p95=_p95(measures["durees"]),
            p95_faute=_p95(measures["durees_faute"]),
            chronometrees=len(measures["durees"]) + len(measures["durees_faute"]),
            trouves=measures["trouves"],
        )

    def _own(self, moteur: str) -> tuple[Path, float, float]:
        """The index alone in seconds; the memory is that of the process, the bank included."""
        index = self._folder / moteur
        mesure = self._indexer(moteur, index)
        return index, float(self._last_line().split()[0]), mesure.memoire

    def _pagefind(self) -> tuple[Path, float, float]:
        """The command alone: the pages that it reads are written before."""
        if not (python := python_with("pagefind", "pagefind_bin")):
            raise Absent("absent : `make bench` l’installe")
        pages = self._folder / "pages"
        self._indexer("pages", pages)
        mesure = self._run([str(python), "-m", "pagefind", "--site", str(pages)])
        return pages / "pagefind", mesure.cpu, mesure.memoire

    def _indexer(self, quoi: str, folder: Path) -> Mesure:
        return self._run([sys.executable, "-m", "bench.indexer", quoi, str(self._corpus), str(folder)])

    def _run(self, command: Sequence[str]) -> Mesure:
        return run(command, self._log)

    def _last_line(self) -> str:
        """The last line that the last command wrote."""
        return self._log.read_text("utf-8").splitlines()[-1]


def _join_code(folder: Path) -> None:
    """The code of our engine, in the files that the site serves."""
    folder.mkdir()
    for name in KINDS:
        text, _ = join_modules((name,), lambda one: (PROJECT / "docs" / one).read_text("utf-8"), {}, FOLDER)
        (folder / Path(name).name).write_text(text, "utf-8")


def _p95(durees: Sequence[float]) -> float:
    return sorted(durees)[int(len(durees) * 0.95)]


def _row(taille: int, moteur: str, resultat: Resultat, nous: Resultat) -> str:
    """Figures, and in brackets how many times ours."""
    cells = []
    for nom, digits in _CHIFFRES.items():
        value, ours = getattr(resultat, nom), getattr(nous, nom)
        ratio = f" (×{value / ours:.1f})" if resultat is not nous and value and ours else ""
        cells.append(f"{value:.{digits}f}{ratio}".replace(".", ","))
    cells.append(str(resultat.chronometrees))
    cells += ["{}/{}".format(*resultat.trouves[cas]) for cas in ("exact", "faute", "sans_accent")]
    return f"| {taille} | {_NOMS[moteur]} | {' | '.join(cells)} |"
