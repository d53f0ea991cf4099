"""The commands that make Word documents: the blank form of a campaign, the synthesis of its survey."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.lexicon import read_lexicon
from inspiractions.base.problem import Problem, blocking
from inspiractions.cli.output import fail, report
from inspiractions.cli.parser import Commands, FrenchParser
from inspiractions.forms.questionnaires import load_questionnaires
from inspiractions.model.enquete import load_enquetes, synthese
from inspiractions.model.questionnaire import Questionnaire
from inspiractions.model.territoire import Referentiel
from inspiractions.model.vocabulaire import load_vocabulaires
from inspiractions.rules.privacy import privacy_messages


def add(commands: Commands, common: FrenchParser) -> None:
    """``formulaire``, ``enquete``."""
    command = commands.add_parser("formulaire", parents=[common], help="faire le formulaire Word vierge d’une campagne")
    command.add_argument("id", metavar="ID", help="le nom d’un fichier de formulaires/, sans « .yml »")
    command.add_sortie("FICHIER", "où l’écrire (par défaut : ID.docx)")
    command.set_defaults(run=_formulaire)
    command = commands.add_parser("enquete", parents=[common], help="faire la synthèse des réponses à une enquête")
    command.add_argument("campagne", metavar="CAMPAGNE", help="le nom d’un dossier de enquetes/")
    command.add_sortie("DOSSIER", "où l’écrire (par défaut : ici)")
    command.set_defaults(run=_enquete)


def _formulaires(root: Path) -> tuple[dict[str, Questionnaire], list[Problem]]:
    vocabulaires, faults = load_vocabulaires(root)
    # A faulty vocabulary makes a sound form look faulty, and a faulty form sound answers.
    return ({}, faults) if faults else load_questionnaires(root, vocabulaires)


def _formulaire(options: argparse.Namespace) -> int:
    # Here, not above: python-docx is slow to import and nothing else needs it.
    from inspiractions.forms.blank import make_vierge

    questionnaires, faults = _formulaires(options.root)
    if faults:
        return report(faults, "text")
    if options.id not in questionnaires:
        return fail(f"aucun formulaire « {options.id} » ; il y a : {', '.join(questionnaires)}.")
    path: Path = options.sortie or Path(f"{options.id}.docx")
    write_whole(path, make_vierge(questionnaires[options.id]))
    print(f"{path} est écrit : relisez-le dans Word avant de l’envoyer.")
    return 0


def _enquete(options: argparse.Namespace) -> int:
    # Here, not above: python-docx is slow to import and nothing else needs it.
    from inspiractions.forms.survey_report import portee, synthese_csv, synthese_docx

    questionnaires, faults = _formulaires(options.root)
    if faults:
        return report(faults, "text")
    private = partial(privacy_messages, lexicon=read_lexicon(options.root))
    enquetes, wrong = load_enquetes(options.root, questionnaires, private, Referentiel(options.root))
    if stopping := blocking(wrong, ()):
        return report(sorted(stopping), "text")
    answers = enquetes.get(options.campagne, [])
    if not answers:
        return fail(f"aucune réponse dans enquetes/{options.campagne}/ : importez d’abord des formulaires remplis.")
    form = next(form for form in questionnaires.values() if form.campagne == options.campagne)
    asked = synthese(form, answers)
    folder: Path = options.sortie or Path()
    document, sheet = (folder / f"enquete-{options.campagne}{suffix}" for suffix in (".docx", ".csv"))
    write_whole(document, synthese_docx(form, asked, answers))
    write_whole(sheet, synthese_csv(asked))
    print(f"{portee(answers)} : {document}, {sheet}")
    return 0
