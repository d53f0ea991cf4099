"""What is made to be sent or kept: a recueil in PDF.

The letter of what is new.
The archive of the built site, to keep or to carry.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from inspiractions.base.files import MARK, find, write_whole
from inspiractions.base.problem import COMMAND
from inspiractions.base.scripts import UnknownScript
from inspiractions.build.loading import load_sound
from inspiractions.cli.output import Commands, FrenchParser, fail, warn_of_address
from inspiractions.documents.archive import make_notices, write_archive
from inspiractions.documents.lettre import keep, make_courriel, make_lettre, make_markdown, make_texte
from inspiractions.documents.pdf.document import PdfDocuments, UnknownRecit, chosen, named
from inspiractions.documents.pdf.typst import TypstPrinter
from inspiractions.story.labels import octets
from inspiractions.story.recit import Recits
from inspiractions.theme.mkdocs import read_settings
from inspiractions.theme.templates import Templates


def add(commands: Commands, common: FrenchParser) -> None:
    """``recueil``."""
    command = commands.add_parser(
        "recueil",
        parents=[common],
        help="réunir des récits en un PDF : une campagne, un dossier, ou les actions nommées",
    )
    command.add_argument("ids", nargs="*", metavar="ID", help="les actions, dans cet ordre")
    command.add_argument("--campagne", metavar="ID", help="toutes les actions d’une campagne")
    command.add_argument("--dossier", metavar="ID", help="toutes les actions d’un dossier, dans son ordre")
    command.add_argument("--titre", help="le titre de la couverture")
    command.add_sortie("FICHIER", "où l’écrire (par défaut : <nom>.pdf)")
    command.set_defaults(run=_recueil)


def _recueil(options: argparse.Namespace) -> int:
    if sum(map(bool, (options.ids, options.campagne, options.dossier))) != 1:
        return fail(
            "nommez une campagne (--campagne asv-2015), un dossier (--dossier …) ou des actions : un seul des trois."
        )
    banque = load_sound(options.root)
    try:
        if options.ids:
            recueil = chosen(banque, options.ids)
        elif options.campagne:
            recueil = named(banque, "campagnes", options.campagne)
        else:
            recueil = named(banque, "dossiers", options.dossier)
    except UnknownRecit as error:
        return fail(str(error))
    site_url = read_settings(options.root).site_url
    recueil = replace(recueil, titre=options.titre or recueil.titre)
    document = PdfDocuments(banque, Recits(banque, site_url), site_url).recueil(recueil)
    sortie = options.sortie or Path(f"{recueil.id}.pdf")
    write_whole(sortie, TypstPrinter(options.root, options.root / "build" / "cache" / "pdf").pdf(document))
    print(f"{document.recits} récit{'s' * (document.recits > 1)} : {sortie}")
    warn_of_address(site_url)
    return 0


def add_lettre(commands: Commands, common: FrenchParser) -> None:
    """``lettre``."""
    command = commands.add_parser(
        "lettre", parents=[common], help="écrire la lettre de ce qui est nouveau, en HTML, en texte et en Markdown"
    )
    command.add_argument("--depuis", required=True, metavar="AAAA-MM-JJ", help="le premier jour dont elle parle")
    command.add_argument("--jusque", metavar="AAAA-MM-JJ", help="le dernier (par défaut : aujourd’hui)")
    command.add_sortie("DOSSIER", "où l’écrire (par défaut : build/lettre/)")
    command.add_argument("--garder", action="store_true", help="la garder aussi dans docs/lettres/, pour le site")
    command.set_defaults(run=_lettre)


def _lettre(options: argparse.Namespace) -> int:
    try:
        depuis = date.fromisoformat(options.depuis)
        jusque = date.fromisoformat(options.jusque) if options.jusque else date.today()
    except ValueError:
        return fail("une date s’écrit AAAA-MM-JJ, par exemple 2026-10-01.")
    if jusque < depuis:
        return fail(f"la lettre finirait ({jusque}) avant de commencer ({depuis}) : changez --depuis ou --jusque.")
    banque = load_sound(options.root)
    site_url = read_settings(options.root).site_url
    lettre = make_lettre(banque, site_url, depuis, jusque)
    folder = options.sortie or options.root / "build" / "lettre"
    forms = {
        "html": make_courriel(lettre, Templates(options.root)),
        "txt": make_texte(lettre),
        "md": make_markdown(lettre),
    }
    for extension, text in forms.items():
        path = folder / f"lettre-{jusque}.{extension}"
        write_whole(path, text)
        print(path)
    if options.garder:
        print(keep(options.root, lettre))
    warn_of_address(site_url)
    return 0


def add_archive(commands: Commands, common: FrenchParser) -> None:
    """``archive``."""
    command = commands.add_parser(
        "archive", parents=[common], help="mettre le site construit dans un fichier ZIP, qui s’ouvre sans serveur"
    )
    command.add_argument("--site", type=Path, metavar="DOSSIER", help="le site construit (par défaut : site/)")
    command.add_sortie("FICHIER", "où l’écrire (par défaut : <banque>-<date>.zip)")
    command.set_defaults(run=_archive)


def _archive(options: argparse.Namespace) -> int:
    site = (options.site or options.root / "site").resolve()
    if not (site / MARK).is_file():
        return fail(f"{site} n’est pas un site construit : lancez d’abord « {COMMAND} build ».")
    banque = load_sound(options.root)
    if not banque.actions:
        return fail("la banque n’a pas encore d’action publiée : il n’y a rien à archiver.")
    maj = max(action.date_maj for action in banque.actions)
    tete = find(options.root, "templates/archive/hors-ligne.js").read_text("utf-8")
    site_url = read_settings(options.root).site_url
    nom = f"{banque.identity.identifiant}-{maj}"
    notices = make_notices(options.root, banque.identity, site_url, len(banque.actions), maj)
    sortie = options.sortie or Path(f"{nom}.zip")
    try:
        size = write_archive(sortie, site, tete, notices, nom)
    except UnknownScript as error:
        return fail(f"un script du site ne peut pas être archivé : {error}")
    print(f"{octets(size)} : {sortie}")
    warn_of_address(site_url)
    return 0
