"""``python -m bench [construction|croissance|serve|recherche|phare]``: what to measure; each prints a table in Markdown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

from bench import apercu, construction, croissance, phare, recherche
from bench.outils import TOUS_LES_PAIRS
from inspiractions.base.files import PROJECT
from inspiractions.cli.output import FrenchParser

_MESURES: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "construction": lambda o: construction.main(o.tailles or [100, 1000, 10000], o.pairs, o.runs or 3),
    "croissance": lambda o: croissance.main(o.tailles or [1000, 10000, 20000], o.runs or 1),
    "serve": lambda o: apercu.main(o.tailles or [1000], o.runs or 5),
    "recherche": lambda o: recherche.main(o.tailles or [100, 1000]),
    "phare": lambda o: phare.main(PROJECT / "site", o.pages),
}


def main() -> int:
    """Returns 1 where a command fails."""
    options = _parser().parse_args()
    return _MESURES[options.quoi](options)


def _parser() -> FrenchParser:
    parser = FrenchParser(
        prog="python -m bench",
        description="Mesure, et écrit un tableau : « construction », notre construction et nos vérifications à côté de MkDocs + Material, de Hugo et de Zensical ; « croissance », notre construction quand la banque grandit ; « serve », le temps entre une fiche enregistrée et sa page dans l’aperçu ; « recherche », à côté de Pagefind et de lunr ; « phare », les pages de site/, par Lighthouse.",
    )
    parser.add_argument(
        "quoi", nargs="?", choices=tuple(_MESURES), default="construction", help="construction par défaut"
    )
    parser.add_argument("--tailles", type=_sizes, metavar="N,N…", help="nombres d’actions, par exemple 100,1000,10000")
    parser.add_argument(
        "--pairs", type=_pairs, default=TOUS_LES_PAIRS, metavar="NOM,NOM…",
        help=f"à qui comparer la construction : {','.join(TOUS_LES_PAIRS)} (par défaut), ou un texte vide",
    )  # fmt: skip
    parser.add_argument(
        "--runs", type=int, metavar="N", help="mesures de chaque commande, dont la médiane ; retouches pour « serve »"
    )
    parser.add_argument(
        "--pages", nargs="*", metavar="ADRESSE", help="pages pour « phare »",
        default=["", "territoires/", "actions/bordeaux-prevention-bucco-dentaire/"],
    )  # fmt: skip
    return parser


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _pairs(text: str) -> list[str]:
    chosen = [part for part in text.split(",") if part]
    if unknown := set(chosen) - set(TOUS_LES_PAIRS):
        raise argparse.ArgumentTypeError(f"pairs inconnus : {', '.join(sorted(unknown))}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
