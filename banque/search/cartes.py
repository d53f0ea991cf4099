"""Result cards, a few a file, and the text of each action for excerpts and exact phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banque.action import Action
from banque.banque import Banque
from banque.search.annexes import Annexe
from banque.search.fichiers import Fichier, as_json, hashed
from banque.search.textes import carte, plain


def text_files(banque: Banque) -> Iterator[tuple[Action, Fichier]]:
    """For each action its rubriques, ``[[titre, texte], …]``."""
    for action in banque.actions:
        yield action, hashed("x", as_json([[r.titre, plain(r.texte)] for r in action.rubriques]))


def card_files(banque: Banque, textes: Sequence[str], annexes: Sequence[Annexe], size: int) -> Iterator[Fichier]:
    """Cards in the order of the documents, ``size`` a file; pages are cards, too."""
    cards = [carte(a, banque) | {"texte": texte} for a, texte in zip(banque.actions, textes, strict=True)]
    cards += [{"url": a.url, "titre": a.titre, "resume": a.resume} for a in annexes]
    for start in range(0, len(cards), size):
        yield hashed("c", as_json(cards[start : start + size]))
