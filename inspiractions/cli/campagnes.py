"""The commands of a campaign: its blank form, its kit (form, letter, follow-up), the synthesis of its survey."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.outputs import make_csv
from inspiractions.base.personal_life import read_lexicon
from inspiractions.base.problem import Problem, blocking
from inspiractions.build.loading import load_and_check_cached
from inspiractions.cli.output import Commands, FrenchParser, fail, report, warn_of_address
from inspiractions.model.enquete import load_enquetes, synthese
from inspiractions.model.questionnaire import Questionnaire, load_questionnaires
from inspiractions.model.territoire import Referentiel
from inspiractions.model.vocabulaire import load_vocabulaires
from inspiractions.rules.privacy import privacy_messages
from inspiractions.story.labels import jour


def add(commands: Commands, common: FrenchParser) -> None:
    """``campagne``, ``formulaire``, ``enquete``."""
    command = commands.add_parser(
        "campagne",
        parents=[common],
        help="faire tout ce qu’il faut pour une campagne : formulaire vierge, lettre d’invitation, suivi des réponses",
    )
    command.add_argument("campagne", metavar="ID", help="un identifiant de vocabulaire/campagnes.yml")
    command.add_argument(
        "--villes",
        type=Path,
        metavar="FICHIER",
        help="les villes invitées, une par ligne (par défaut : celles de la banque)",
    )
    command.add_sortie("DOSSIER", "où l’écrire (par défaut : campagne-ID/)")
    command.set_defaults(run=_campagne)
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


def _campagne(options: argparse.Namespace) -> int:
    # Here, not above: python-docx, Jinja and MkDocs are slow to import and few commands need them.
    from inspiractions.forms.blank import make_vierge
    from inspiractions.forms.campaign_kit import COLUMNS, InvitationLetter, make_follow_up
    from inspiractions.theme.mkdocs import read_settings
    from inspiractions.theme.templates import Templates

    banque, problems = load_and_check_cached(options.root, options.root / "build")
    if faults := [one for one in problems if one.path.startswith(("vocabulaire/", "formulaires/")) and not one.doubt]:
        return report(faults, "text")
    forms = {form.campagne: form for form in banque.questionnaires.values()}
    if options.campagne not in forms:
        return fail(f"aucun formulaire pour la campagne « {options.campagne} » ; il y en a pour : {', '.join(forms)}.")
    if options.villes and not options.villes.is_file():
        return fail(f"le fichier {options.villes} n’existe pas : écrivez-y les villes invitées, une par ligne.")
    terme, settings = banque.vocabulaires["campagnes"][options.campagne], read_settings(options.root)
    until = jour(date.fromisoformat(terme.cloture)) if terme.cloture else ""
    letter = InvitationLetter(
        terme, forms[terme.id], until, settings.site_url, settings.forge.courriel, banque.identity
    )
    folder: Path = options.sortie or Path(f"campagne-{terme.id}")
    write_whole(folder / f"formulaire-{terme.id}.docx", make_vierge(forms[terme.id]))
    texts = {".txt": letter.text(), ".md": letter.markdown(), ".html": letter.html(Templates(options.root))}
    for suffix, text in texts.items():
        path = folder / f"lettre{suffix}"
        if path.exists() and path.read_text("utf-8", "replace") != text:
            print(f"{path} n’est pas changée : supprimez-la pour qu’elle soit refaite.")
        else:
            write_whole(path, text)
    sheet = folder / "suivi.csv"
    invited = _cities(options.villes) if options.villes else None
    before = sheet.read_text("utf-8", "replace") if sheet.exists() else ""
    follow_up = make_follow_up(banque, terme, invited, before)
    write_whole(sheet, make_csv([COLUMNS, *follow_up.rows]))
    print(
        f"{folder} : le formulaire vierge, la lettre (à copier dans un message : lettre.html, .txt ou .md) et suivi.csv : "
        f"{follow_up.answered} sur {len(follow_up.rows)} {'villes invitées ont' if invited else 'villes de la banque ont'} répondu."
    )
    if not terme.cloture:
        print(
            f'À savoir : aucune date limite. Écrivez-la dans vocabulaire/campagnes.yml : « cloture: "AAAA-MM-JJ" » à {terme.id}.'
        )
    for fault in follow_up.unknown:
        print(f"À corriger : {fault} La ligne reste dans suivi.csv.")
    warn_of_address(settings.site_url)
    return 0


def _cities(path: Path) -> list[str]:
    """The first cell of each line of a list, written by hand or saved by a spreadsheet."""
    # Here, not above: what reads messages is slow to import.
    from inspiractions.forms.reading.unpack import decoded

    names = (line.split(";")[0].strip(' "\t') for line in decoded(path.read_bytes()).splitlines())
    return [name for name in names if name and name.lower() not in ("ville", "villes", "commune", "collectivité")]


def _enquete(options: argparse.Namespace) -> int:
    # Here, not above: python-docx is slow to import and nothing else needs it.
    from inspiractions.forms.campaign_kit import portee, synthese_csv, synthese_docx

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
