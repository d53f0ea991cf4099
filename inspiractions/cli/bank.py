"""Begin a bank, or its catalogue in another language."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from inspiractions.base.files import write_whole
from inspiractions.build.loading import load_and_check
from inspiractions.cli.output import Commands, FrenchParser, fail, report
from inspiractions.forms.interview import NewBank, write_bank
from inspiractions.theme.languages import TEMPLATE, as_text, gather, updated

_QUESTIONS = {
    "nom": "Le nom de la banque",
    "phrase": "Ce qu’elle est, en une phrase courte [La banque d’expériences]",
    "url": "L’adresse du site, si elle est connue (https://…)",
    "courriel": "La boîte générique du secrétariat, si elle est connue",
}


def add_init(commands: Commands, _: FrenchParser) -> None:
    """``init``."""
    command = commands.add_parser(
        "init", help="commencer une banque : son dossier, deux fiches d’exemple, ses réglages, ses pages à compléter"
    )
    command.add_argument("dossier", type=Path, metavar="DOSSIER", help="un dossier vide, ou qui n’existe pas encore")
    command.add_argument("--nom", help="le nom de la banque (sans lui, les questions sont posées)")
    command.add_argument("--phrase", help="ce qu’elle est, en une phrase courte")
    command.add_argument("--url", metavar="ADRESSE", help="l’adresse du site")
    command.add_argument("--courriel", help="la boîte générique du secrétariat")
    command.set_defaults(run=_init, without_content=True)


def _init(options: argparse.Namespace) -> int:
    folder: Path = options.dossier.resolve()
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        return fail(f"{options.dossier} n’est pas un dossier vide : nommez-en un autre.")
    answers = {name: getattr(options, name) for name in _QUESTIONS}
    if answers["nom"] is None:
        answers = {
            name: _ask(question) if answers[name] is None else answers[name] for name, question in _QUESTIONS.items()
        }
    bank = NewBank(**{name: " ".join((answer or "").replace("'", "’").split()) for name, answer in answers.items()})
    if faults := list(bank.problems()):
        return fail("\n".join(faults))
    write_bank(folder, bank, date.today(), _package(folder))
    banque, problems = load_and_check(folder)
    if problems:
        return report(problems, "text")
    print(f"{folder} : {len(banque.actions)} fiches d’exemple. Et maintenant :\n  cd {options.dossier}\n  make site")
    return 0


def _ask(question: str) -> str:
    try:
        return input(f"{question} : ") if sys.stdin.isatty() else (sys.stdin.readline() or "").rstrip("\n")
    except EOFError:
        return ""


def _package(folder: Path) -> str:
    """What « pip install » is to be told in the folder of a bank: where the program was installed from (PEP 610).

    A wheel of this machine is copied there: the bank is built elsewhere, too.
    """
    try:
        installed = Distribution.from_name("inspiractions")
    except PackageNotFoundError:
        return "inspiractions"
    url = json.loads(installed.read_text("direct_url.json") or "{}").get("url", "")
    wheel = Path(url2pathname(urlsplit(url).path))
    if url.startswith("file:") and wheel.suffix == ".whl" and wheel.is_file():
        write_whole(folder / "paquet" / wheel.name, wheel.read_bytes())
        return f"./paquet/{wheel.name}"
    return f"inspiractions @ {url}" if url.startswith("https:") else f"inspiractions=={installed.version}"


def add_textes(commands: Commands, common: FrenchParser) -> None:
    """``textes``."""
    command = commands.add_parser(
        "textes", parents=[common], help="réunir les textes du site à traduire, ou mettre à jour ceux d’une langue"
    )
    command.add_argument(
        "langue", nargs="?", metavar="LANGUE", help="son code : nl écrit locales/nl.po, et garde ce qui y est traduit"
    )
    command.set_defaults(run=_textes)


def _textes(options: argparse.Namespace) -> int:
    if options.langue:
        path, text = options.root / "locales" / f"{options.langue}.po", updated(options.root, options.langue)
    else:
        path, text = options.root / TEMPLATE, as_text(gather(), "Textes du site, en français")
    write_whole(path, text)
    print(path)
    return 0
