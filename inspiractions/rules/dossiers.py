"""Rules on dossiers, beside those that they share with the fiches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from inspiractions.base import markdown
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.banque import Banque, EnTeteDeDossier
from inspiractions.model.source import Source
from inspiractions.rules import front_matter, privacy, recit
from inspiractions.story.permalinks import chemin_de_recit, read_permaliens

# A link to a récit is the way to its file: it can be followed in the folder, too.
LIEN = re.compile(r"\]\(\.\./actions/([^)\s#]+?)\.md(#[^)\s]*)?\)")


def introduction(source: Source, banque: Banque) -> Iterator[Problem]:
    """Un dossier a une introduction, sans titre de niveau 1."""
    if not source.body.strip():
        yield source.problem(
            source.body_line, "introduction", "l’introduction manque : écrivez-la après l’en-tête, en Markdown."
        )
    for title in re.finditer(r"^ {0,3}#(?!#)[ \t].*$", markdown.without_code(source.body), re.M):
        yield source.problem(
            source.line_at(title.start()), "introduction", "titre de niveau 1 dans l’introduction : écrivez « ## »."
        )


def recits_cites(source: Source, banque: Banque) -> Iterator[Problem]:
    """Un dossier cite des récits publiés, par « [texte](../actions/<id>.md) »."""
    for link in LIEN.finditer(source.body):
        if link[1] not in banque.par_id:
            yield source.problem(source.line_at(link.start()), "recits-cites", _unknown(link[1], banque))


def liens(source: Source, banque: Banque) -> Iterator[Problem]:
    """Les autres liens d’un dossier sont en https."""
    yield from recit.liens(replace(source, body=LIEN.sub("](#)", source.body)), banque)


def images(source: Source, banque: Banque) -> Iterator[Problem]:
    """Un dossier ne porte pas d’image : elles sont dans les récits."""
    for offset in markdown.images(source.body):
        message = "image dans l’introduction : ôtez-la, et citez le récit qui la porte."
        yield source.problem(source.line_at(offset), "images", message)


def actions_choisies(source: Source, dossier: EnTeteDeDossier, banque: Banque) -> Iterator[Problem]:
    """« epingles » et « exclues » nomment des actions publiées, chacune une fois."""
    for cle in ("epingles", "exclues"):
        ids = getattr(dossier, cle)
        for i, identifiant in enumerate(ids):
            if identifiant not in banque.par_id:
                yield source.problem((cle, i), "actions-choisies", _unknown(identifiant, banque))
            elif identifiant in ids[:i]:
                message = f"« {cle} » contient deux fois « {identifiant} » : gardez-en un."
                yield source.problem((cle, i), "actions-choisies", message)
            elif cle == "exclues" and identifiant in dossier.epingles:
                message = f"« {identifiant} » est à la fois dans « epingles » et dans « exclues » : choisissez."
                yield source.problem((cle, i), "actions-choisies", message)


def anciens_noms(source: Source, dossier: EnTeteDeDossier, banque: Banque) -> Iterator[Problem]:
    """« anciens_ids » nomme les anciens fichiers d’un dossier, qui ne sont plus là."""
    for i, ancien in enumerate(dossier.anciens_ids):
        if not front_matter.is_id(ancien):
            message = f"« {ancien} » n’est pas un identifiant : écrivez l’ancien nom du fichier, sans « .md »."
        elif (banque.root / "dossiers" / f"{ancien}.md").is_file():
            message = f"« {ancien} » est le nom d’un dossier en place : ôtez cette ligne, ou renommez ce dossier-là."
        else:
            continue
        yield source.problem(("anciens_ids", i), "anciens-ids", message)


def dates(source: Source, dossier: EnTeteDeDossier, banque: Banque) -> Iterator[Problem]:
    """La relecture d’un dossier ne précède pas sa publication."""
    if dossier.verifie_le and dossier.verifie_le < dossier.date_publication:
        message = f"la relecture ({dossier.verifie_le}) précède la publication ({dossier.date_publication}) : corrigez l’une des deux."
        yield source.problem(("verifie_le",), "dates", message)


def _unknown(identifiant: str, banque: Banque) -> str:
    if front_matter.ID.fullmatch(identifiant) and (banque.root / "actions" / f"{identifiant}.md").is_file():
        return f"l’action « {identifiant} » n’est pas publiée (brouillon, fiche retirée ou fiche à corriger) : ôtez-la."
    renamed = next((a.id for a in banque.actions if identifiant in a.anciens_ids), None)
    if renamed:
        return f"l’action « {identifiant} » a changé de nom : écrivez « {renamed} »."
    near = nearest(identifiant, banque.par_id, floor=0.7)
    if chemin_de_recit(identifiant) in (read_permaliens(banque.root) or {}):
        # Its address asks for the fiche back, withdrawn: a dossier has no place for it then, either.
        heir = f"si elle a changé de nom, écrivez « {near} », sinon ôtez-la" if near else "ôtez-la"
        return f"l’action « {identifiant} » n’est plus dans la banque : {heir} (une fiche retirée n’est plus dans un dossier)."
    advice = f"vouliez-vous « {near} » ?" if near else "écrivez le nom d’un fichier d’actions/, sans « .md »."
    return f"« {identifiant} » n’est pas une action de la banque ; {advice}"


TEXT_RULES = (
    front_matter.identifiant,
    introduction,
    recits_cites,
    liens,
    recit.html_brut,
    images,
    privacy.caracteres,
    privacy.vie_privee,
)
"""What can be said of a dossier even when its front matter is faulty."""

FRONT_MATTER_RULES = (actions_choisies, anciens_noms, dates)

DOSSIER_RULES = (introduction, recits_cites, liens, images, *FRONT_MATTER_RULES)
"""Those of dossiers alone, as they are published."""
