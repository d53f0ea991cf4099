"""The commands that make Word documents: the blank form of a campaign, the synthesis of its survey."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from banque.banque import load_banque
from banque.enquetes import load_enquetes
from banque.formulaires import load_formulaires
from banque.problem import Problem
from banque.questionnaire import Formulaire
from banque.rules.vie_privee import boites_generiques


class Impossible(ValueError):
    """Nothing was written: ``problems`` in the content, or a mistaken call that the text tells in French."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.problems = list(problems)


def add_commands(commands: Any, common: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    """Add « formulaire » and « enquete »; ``options.faire(options)`` writes the files and returns what to say."""
    command = commands.add_parser("formulaire", parents=[common], help="faire le formulaire Word vierge d’une campagne")
    command.add_argument("id", metavar="ID", help="le nom d’un fichier de formulaires/, sans « .yml »")
    command.add_argument("-o", "--out", type=Path, metavar="FICHIER", help="où l’écrire (par défaut : ID.docx)")
    command.set_defaults(run=run, faire=_formulaire)
    command = commands.add_parser("enquete", parents=[common], help="faire la synthèse des réponses à une enquête")
    command.add_argument("campagne", metavar="CAMPAGNE", help="le nom d’un dossier de enquetes/")
    command.add_argument("--out", type=Path, default=Path(), metavar="DOSSIER", help="où l’écrire (par défaut : ici)")
    command.set_defaults(run=run, faire=_enquete)


def _formulaires(root: Path) -> dict[str, Formulaire]:
    banque, _, _ = load_banque(root)
    found, faults = load_formulaires(root, banque.vocabulaires)
    if faults:
        raise Impossible("", faults)
    return found


def _formulaire(options: argparse.Namespace) -> str:
    # Here, not above: python-docx is slow to import and nothing else needs it.
    from banque.vierge import make_vierge

    found = _formulaires(options.root)
    if options.id not in found:
        raise Impossible(f"aucun formulaire « {options.id} » ; il y a : {', '.join(found)}.")
    path: Path = options.out or Path(f"{options.id}.docx")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make_vierge(found[options.id]))
    return f"{path} est écrit : relisez-le dans Word avant de l’envoyer."


def _enquete(options: argparse.Namespace) -> str:
    # Here, not above: python-docx is slow to import and nothing else needs it.
    from banque.synthese import synthese, synthese_csv, synthese_docx

    found = _formulaires(options.root)
    enquetes, faults = load_enquetes(options.root, found, boites_generiques(options.root))
    if faults:
        raise Impossible("", faults)
    answers = enquetes.get(options.campagne, [])
    if not answers:
        raise Impossible(
            f"aucune réponse dans enquetes/{options.campagne}/ : importez d’abord des formulaires remplis."
        )
    form = next(form for form in found.values() if form.campagne == options.campagne)
    asked = synthese(form, answers)
    options.out.mkdir(parents=True, exist_ok=True)
    document, sheet = (options.out / f"enquete-{options.campagne}{suffix}" for suffix in (".docx", ".csv"))
    document.write_bytes(synthese_docx(form, asked, [answer.ville for answer in answers]))
    sheet.write_bytes(synthese_csv(asked).encode("utf-8"))
    return f"{len(answers)} réponse{'s' * (len(answers) > 1)} : {document}, {sheet}"
