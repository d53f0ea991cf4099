"""The way back to the cities: forms to re-read, what there is to look at, fiches that may be twins, what a proposal changes."""

from __future__ import annotations

import argparse
import re
import subprocess
import tarfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path, PurePosixPath

from inspiractions.base.files import is_debris, write_whole, written_files
from inspiractions.base.outputs import make_csv
from inspiractions.base.text import gettext, nearest
from inspiractions.build.loading import load_sound
from inspiractions.cli.output import Commands, FrenchParser, fail, warn_of_address
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story.changes import as_markdown, find_changes
from inspiractions.story.review import (
    MATTERS,
    TO_CHECK,
    ReviewRow,
    find_twins,
    last_check,
    lines_to_remove,
    make_review,
    review_csv,
    twins_in,
)

_FOLLOW_UP = ("ville", "titre", "fiche", "fichier", "version", "verifiee_le", "envoyee_le", "revenue_le")


def add(commands: Commands, common: FrenchParser) -> None:
    """``relecture``, ``revue``, ``doublons``, ``changements``."""
    command = commands.add_parser(
        "relecture",
        parents=[common],
        help="faire les formulaires Word déjà remplis que les villes relisent, et la lettre",
    )
    command.add_argument("ids", nargs="*", metavar="ID", help="les fiches à faire relire")
    command.add_argument(
        "--a-relire",
        action="store_true",
        help="toutes celles que leur ville n’a jamais relues, ou qu’on n’a pas vérifiées depuis deux ans",
    )
    command.add_sortie("DOSSIER", "où les écrire, un dossier par ville (par défaut : relecture/)")
    command.set_defaults(run=_relecture)
    command = commands.add_parser(
        "revue",
        parents=[common],
        help="dire ce qu’il y a à revoir : âge, relecture, ce qui manque, sources, jumelles, brouillons",
    )
    command.add_argument("--toutes", action="store_true", help="montrer toutes les fiches, pas les trente premières")
    command.add_sortie("FICHIER", "écrire aussi le tableau entier, en CSV")
    command.set_defaults(run=_revue)
    command = commands.add_parser(
        "doublons", parents=[common], help="montrer les fiches qui racontent peut-être la même action"
    )
    command.set_defaults(run=_doublons)
    command = commands.add_parser(
        "changements",
        parents=[common],
        help="dire ce qui change pour le lecteur, phrase par phrase, en Markdown",
    )
    command.add_argument(
        "--depuis",
        required=True,
        metavar="ÉTAT",
        help="l’état d’avant : un nom de git (main, HEAD^1…), ou un dossier qui contient actions/",
    )
    command.set_defaults(run=_changements)


def _relecture(options: argparse.Namespace) -> int:
    # Here, not above: Jinja and MkDocs are slow to import, and nothing else here needs them.
    from inspiractions.forms.rereading.form import RereadingLetter, RereadingWriter, make_form
    from inspiractions.theme.mkdocs import read_settings
    from inspiractions.theme.templates import Templates

    if bool(options.ids) == options.a_relire:
        return fail("nommez des fiches (relecture ID ID…), ou demandez --a-relire : l’un des deux.")
    banque = load_sound(options.root, options.root / "build")
    if unknown := [one for one in options.ids if one not in banque.par_id]:
        return fail(_no_fiche(unknown[0], banque))
    today = date.today()
    chosen = (
        [row.action for row in make_review(banque) if row.to_reread(today)]
        if options.a_relire
        else [banque.par_id[one] for one in dict.fromkeys(options.ids)]
    )
    settings = read_settings(options.root)
    writer, templates = RereadingWriter(options.root), Templates(options.root)
    folder: Path = options.sortie or Path("relecture")
    follow_up = []
    for ville, actions in _by_city(chosen):
        place = folder / actions[0].chef_de_file.slug
        for action in actions:
            form = make_form(action.source, banque.vocabulaires, banque.identity, settings.forge.courriel)
            name = f"{action.id}.docx"
            write_whole(place / name, writer.docx(form))
            follow_up.append(
                (
                    ville,
                    action.titre,
                    action.id,
                    f"{place.name}/{name}",
                    form.mark.version,
                    last_check(action).isoformat(),
                    "",
                    "",
                )
            )
        letter = RereadingLetter(ville, actions, settings.site_url, settings.forge.courriel, banque.identity)
        write_whole(place / "lettre.txt", letter.text())
        write_whole(place / "lettre.html", letter.html(templates))
    write_whole(folder / "suivi.csv", make_csv([_FOLLOW_UP, *follow_up]))
    n = len(follow_up)
    print(
        f"{n} formulaire{'s' * (n > 1)} à relire, un dossier par ville avec sa lettre : {folder} (suivi.csv en tient la liste)."
    )
    warn_of_address(settings.site_url)
    return 0


def _no_fiche(identifiant: str, banque: Banque) -> str:
    near = nearest(identifiant, banque.par_id)
    return f"aucune fiche publiée ne s’appelle « {identifiant} »" + (f" ; vouliez-vous « {near} » ?" if near else ".")


def _by_city(actions: Iterable[Action]) -> list[tuple[str, list[Action]]]:
    """The actions of each city that leads, by name of the city."""
    cities: dict[str, list[Action]] = {}
    for action in sorted(actions, key=lambda action: (action.chef_de_file.slug, action.id)):
        cities.setdefault(action.chef_de_file.slug, []).append(action)
    return [(of_city[0].chef_de_file.nom, of_city) for of_city in cities.values()]


def _revue(options: argparse.Namespace) -> int:
    banque = load_sound(options.root, options.root / "build")
    today, rows = date.today(), make_review(banque)
    _show(rows if options.toutes else rows[:_FIRST], today)
    to_reread = sum(row.to_reread(today) for row in rows)
    print(
        f"{len(rows)} fiches ; {to_reread} à faire relire par leur ville (relecture --a-relire) ; "
        f"{sum(len(row.sources) for row in rows)} sources à vérifier ; {len(twins_in(rows))} paires à comparer (doublons) ; "
        f"{len(banque.brouillons)} brouillons en attente."
    )
    if stale := lines_to_remove(banque):
        print(f"actions/{TO_CHECK} : {stale} ligne{'s' * (stale > 1)} à ôter, l’adresse n’est plus dans sa fiche.")
    for path in sorted(banque.brouillons):
        print(f"  brouillon : {path}")
    if options.sortie:
        write_whole(options.sortie, review_csv(rows))
        print(f"Le tableau entier : {options.sortie}")
    return 0


_FIRST = 30


def _show(rows: Sequence[ReviewRow], today: date) -> None:
    # The name of a fiche is as long as it likes: it comes last.
    labels = [gettext(label) for label in MATTERS.values()]
    print("vérifiée le  mois  relue  manque  sources  jumelles  fiche")
    for row in rows:
        missing = "".join(label[0] if label in row.missing else "·" for label in labels)
        print(
            f"{row.checked.isoformat():<13}{row.months(today):>4}  {'oui' if row.reread else 'non':<7}{missing:<8}"
            f"{len(row.sources) or '':>7}{len(row.twins) or '':>10}  {row.action.id}"
        )
    print(f"Manque : {', '.join(f'{label[0]} = {label}' for label in labels)}.")


def _doublons(options: argparse.Namespace) -> int:
    banque = load_sound(options.root, options.root / "build")
    twins = find_twins(banque.actions)
    for pair in twins:
        print(f"{pair.first.source.path}\n{pair.second.source.path}\n    {', '.join(pair.reasons)}\n")
    n = len(twins)
    print(
        f"{n} paire{'s' * (n > 1)} à comparer. Une seule action : réunissez les deux fiches, et donnez l’ancien nom à "
        "« anciens_ids ». Deux actions : que leurs titres le disent."
        if twins
        else "Aucune fiche ne semble raconter la même action qu’une autre."
    )
    return 0


def _changements(options: argparse.Namespace) -> int:
    folder = Path(options.depuis)
    if folder.is_dir() and not (folder / "actions").is_dir():
        return fail(
            f"{folder} n’a pas de dossier actions/ : --depuis désigne le dossier qui le contient, ou un nom de git."
        )
    before = _fiches(folder) if folder.is_dir() else _fiches_in_git(options.root, options.depuis)
    if before is None:
        return fail(f"« {options.depuis} » n’est ni un dossier, ni un état que git connaît ici.")
    print(as_markdown(find_changes(before, _fiches(options.root))))
    return 0


def _fiches(root: Path) -> dict[str, bytes]:
    return {
        f"actions/{path.name}": path.read_bytes() for path in written_files(root / "actions", "*.md") if path.is_file()
    }


def _fiches_in_git(root: Path, state: str) -> dict[str, bytes] | None:
    """The fiches as git keeps them in a state of its own; nothing where there is no git, or no such state."""
    git = ["git", "-C", str(root)]
    try:
        # A commit, told by its digest: a name that begins with « - » must not be an option.
        commit = subprocess.run(
            [*git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{state}^{{commit}}"],
            capture_output=True,
            check=True,
        )
        archive = subprocess.run(
            [*git, "archive", commit.stdout.decode().strip(), "actions"], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        members = [one for one in files if one.isfile() and re.fullmatch(r"actions/[^/]+\.md", one.name)]
        contents = {one.name: files.extractfile(one) for one in members if not is_debris(PurePosixPath(one.name).name)}
        return {name: file.read() for name, file in contents.items() if file}
