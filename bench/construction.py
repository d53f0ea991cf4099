"""``python -m bench``: the whole build and the checks beside MkDocs with Material, Hugo and Zensical, on one corpus."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.corpus import write_corpus
from bench.machine import describe
from bench.mesure import Echec, Mesure
from bench.outils import CHAUD, CHECK, FROID, HUGO, MKDOCS, NOMS, executable, prepare
from bench.tours import Releve, measure
from inspiractions.model.banque import Banque, load_banque

_COLONNES = (
    "Actions",
    "Outil",
    "Étape",
    "Écoulé (s)",
    "Processeur (s)",
    "Par action (ms)",
    "Mémoire (Mo)",
    "Sortie (Mo)",
    "Fichiers",
    "/ à froid",
    "/ MkDocs",
    "/ Hugo",
)
_NOTES = """
- **Même corpus, mêmes textes** pour tous (`bench/corpus.py`) : un récit par action, une page par valeur de chaque facette, par région, département et ville, et leurs index. Les outils passent à tour de rôle ; {runs}.
- **Rapports** : temps écoulé, puis processeur entre parenthèses. « / MkDocs » et « / Hugo » comparent la même étape ; « / à froid », l’étape à la construction complète du même outil.
- **Une action changée** : une phrase de plus à la fin d’un récit, puis la commande habituelle. Inspir’Actions et Zensical retrouvent leur dossier de travail ; MkDocs et Hugo refont tout.
- **Mémoire** : le plus haut de la somme des processus de l’arbre (PSS, toutes les 50 ms), et au moins le plus haut du plus gros d’entre eux. **Processeur** : utilisateur et système, sur tous les processus.
- **Inspir’Actions** vérifie chaque fiche et chaque lien, et fait recherche à facettes, fils, cadres à intégrer, exports et API, carte et chiffres ; PDF et images de partage exclus (`--leger`).
- **MkDocs + Material** : petite navigation (son meilleur cas), recherche en français ; ni vérification des fiches, ni exports, ni fils. `--dirty` ne refait que la page changée et laisse un index de recherche qui n’a plus qu’elle : ce n’est pas un site à publier.
- **Hugo** : gabarit nu, une taxonomie par facette et par genre de lieu ; ni recherche, ni vérification, ni exports, ni fils, ni habillage.
- **Zensical** : le projet de MkDocs, sa propre recherche ; ni vérification des fiches, ni exports, ni fils. Ses avertissements, s’il en a, sont sur la sortie d’erreur.
"""


def main(tailles: Sequence[int], pairs: Sequence[str], runs: int) -> int:
    """Print the table, then what each tool does not do; 1 where one of our own commands fails."""
    print(describe(pairs))
    print(f"\n| {' | '.join(_COLONNES)} |\n|---:|---|---|{'---:|' * (len(_COLONNES) - 3)}", flush=True)
    for taille in tailles:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = Path(name)
            corpus = folder / "corpus"
            try:
                outils = list(prepare(make_banque(corpus, taille), corpus, folder, pairs))
                releves = measure(outils, runs, folder / "log.txt")
            except Echec as echec:
                print(echec, file=sys.stderr)
                return 1
        for row in (*_rows(taille, releves), *absents(taille, pairs)):
            print(row, flush=True)
    print(
        _NOTES.format(
            runs=f"chaque chiffre est la médiane de {runs} mesures"
            if runs > 1
            else "une seule mesure de chaque chiffre"
        )
    )
    return 0


def make_banque(corpus: Path, taille: int) -> Banque:
    """Write a corpus and read it, as a peer's project is made from it. Raises ``Echec``."""
    write_corpus(corpus, taille)
    banque, _, problems = load_banque(corpus)
    if problems:
        raise Echec("\n".join(map(str, problems)))
    return banque


def _rows(taille: int, releves: Sequence[Releve]) -> Iterator[str]:
    known = {(r.outil, r.etape): r.mesure for r in releves if r.mesures}
    for releve in releves:
        head = [str(taille), NOMS[releve.outil], releve.etape]
        if releve.echec:
            print(releve.echec, file=sys.stderr)
            yield _line([*head, "échec"])
        else:
            yield _line([*head, *_figures(taille, releve), *_ratios(releve, known)])


def _figures(taille: int, releve: Releve) -> list[str]:
    mesure = releve.mesure
    cells = [nombre(mesure.ecoule, 2), nombre(mesure.cpu, 2), nombre(mesure.ecoule / taille * 1000, 2)]
    cells.append(nombre(mesure.memoire, 0))
    return [*cells, *([nombre(releve.octets / 1e6, 0), str(releve.fichiers)] if releve.fichiers else ["", ""])]


def _ratios(releve: Releve, known: Mapping[tuple[str, str], Mesure]) -> list[str]:
    """Against the same tool's cold build, then against the same step of MkDocs and of Hugo (full builds again)."""
    etape = FROID if releve.etape == FROID else CHAUD
    bases = [
        known.get((releve.outil, FROID)) if releve.etape != FROID else None,
        *(
            known.get((pair, etape)) if releve.outil != CHECK and pair != releve.outil else None
            for pair in (MKDOCS, HUGO)
        ),
    ]
    return [_ratio(releve.mesure, base) if base else "" for base in bases]


def _ratio(mesure: Mesure, base: Mesure) -> str:
    return f"{nombre(mesure.ecoule / base.ecoule, 2)} ({nombre(mesure.cpu / base.cpu, 2)})"


def absents(taille: int, pairs: Sequence[str]) -> Iterator[str]:
    """A row for each peer that is not installed."""
    for pair in pairs:
        if executable(pair) is None:
            yield _line([str(taille), NOMS[pair], "absent : `make bench` l’installe"])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join([*cells, *[''] * (len(_COLONNES) - len(cells))])} |"


def nombre(value: float, digits: int) -> str:
    """With a French comma."""
    return f"{value:.{digits}f}".replace(".", ",")
