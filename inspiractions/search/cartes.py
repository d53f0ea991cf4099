"""Result cards, a few a file, and the text of each action for excerpts and exact phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inspiractions.base.encoding import as_json
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.search.cards import Annexe
from inspiractions.search.texts import carte, plain


def text_of(action: Action) -> bytes:
    """The rubriques of an action, ``[[titre, texte], …]``."""
    return as_json([[r.titre, plain(r.texte)] for r in action.rubriques])


def card_groups(banque: Banque, annexes: Sequence[Annexe], size: int) -> Iterator[bytes]:
    """Cards in the order of the documents, ``size`` a file; pages are cards, too."""
    cards = [carte(a, banque) for a in banque.actions]
    cards += [{"url": a.url, "titre": a.titre, "resume": a.resume} for a in annexes]
    for start in range(0, len(cards), size):
        yield as_json(cards[start : start + size])
