"""The addresses that never break: which are promised, which moved, and ``permaliens.txt``, the list of all ever published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspiractions.base.files import write_whole
from inspiractions.base.problem import COMMAND
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque

NOM = "permaliens.txt"
_TETE = f"""\
# Toutes les adresses que le site a publiées et qu’il promet de garder. On ajoute, on n’ôte jamais.
# Fait par : {COMMAND} permaliens
"""


@dataclass(frozen=True)
class Redirection:
    """A former address and the one that took its place, both from the root of the site. ``nom``: what stands there."""

    ancienne: str
    nouvelle: str
    nom: str


def chemin_de_recit(identifiant: str) -> str:
    """The address of a récit from the root of the site."""
    return f"actions/{identifiant}/"


def chemin_de_dossier(identifiant: str) -> str:
    """The address of a dossier from the root of the site."""
    return f"dossiers/{identifiant}/"


def redirections(banque: Banque) -> Iterator[Redirection]:
    """Every former address of a récit, then of a term, then of a dossier."""
    for action in _en_ligne((*banque.actions, *banque.retirees)):
        for ancien in action.anciens_ids:
            yield Redirection(chemin_de_recit(ancien), chemin_de_recit(action.id), action.titre)
    for facette in banque.facettes:
        for terme in banque.vocabulaire(facette):
            for ancien in terme.anciens_ids:
                yield Redirection(facette.chemin(ancien), facette.chemin(terme.id), terme.libelle)
    for dossier in banque.dossiers:
        for ancien in dossier.entete.anciens_ids:
            yield Redirection(chemin_de_dossier(ancien), dossier.chemin, dossier.entete.titre)


def promises(banque: Banque, actions: Iterable[Action]) -> list[str]:
    """The addresses that the bank serves and promises to keep, sorted: récits, overviews and terms with the former ones, dossiers."""
    addresses = {chemin_de_recit(i) for a in _en_ligne(actions) for i in (a.id, *a.anciens_ids)}
    for facette in banque.facettes:
        addresses.add(f"{facette.adresse}/")
        addresses |= {
            facette.chemin(i) for terme in banque.vocabulaire(facette) for i in (terme.id, *terme.anciens_ids)
        }
    addresses |= {chemin_de_dossier(i) for d in banque.dossiers for i in (d.id, *d.entete.anciens_ids)}
    return sorted(addresses)


def _en_ligne(actions: Iterable[Action]) -> Iterator[Action]:
    """A draft promises nothing, even where a preview shows it."""
    return (action for action in actions if action.statut != "brouillon")


def read_permaliens(root: Path) -> dict[str, int] | None:
    """The addresses ever published, each with its line; ``None`` where the content tree keeps no list."""
    path = root / NOM
    if not path.is_file():
        return None
    lines = enumerate(path.read_text("utf-8-sig", "replace").splitlines(), 1)
    return {text: line for line, raw in lines if (text := raw.strip()) and not text.startswith("#")}


def nouvelles(banque: Banque) -> list[str]:
    """The promised addresses that the list does not hold yet; none where the content tree keeps no list."""
    listed = read_permaliens(banque.root)
    if listed is None:
        return []
    return [address for address in promises(banque, (*banque.actions, *banque.retirees)) if address not in listed]


def write_permaliens(root: Path, addresses: Sequence[str]) -> list[str]:
    """Add addresses to the list, which never loses one; returns those that are new."""
    known = read_permaliens(root) or {}
    new = [address for address in addresses if address not in known]
    if new or not known:
        lines = "".join(f"{address}\n" for address in sorted({*known, *new}))
        write_whole(root / NOM, _TETE + lines)
    return new
