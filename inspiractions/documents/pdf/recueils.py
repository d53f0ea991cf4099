"""Recueils: collections to read in one go. Those that the site offers, and those that a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspiractions.base.text import nearest
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES

# A larger one would be hundreds of pages that nobody prints, and in time beyond what hosts take (25 MiB): the site offers the list
# of its actions instead, and the command « recueil » makes it whole when asked.
MAX_RECITS = 60


@dataclass(frozen=True)
class Recueil:
    """A campaign, a dossier, or any list of actions, in this order.

    ``introduction`` is Markdown; ``adresse`` the folder of the site that holds its page (``campagnes``), if it has one.
    """

    id: str
    titre: str
    introduction: str
    actions: Sequence[Action]
    adresse: str = ""

    @property
    def pdf(self) -> str:
        """The address of its PDF from the root of the site, beside its page."""
        return f"{self.adresse}/{self.id}/{self.id}.pdf"


class UnknownRecit(Exception):
    """A recueil or an action that is not in the bank: a French sentence that names the nearest."""


def is_whole(actions: Sequence[Action]) -> bool:
    """Whether the site offers a recueil of these récits whole, or the list of them."""
    return len(actions) <= MAX_RECITS


def recueils(banque: Banque) -> list[Recueil]:
    """Every recueil that the site may offer: the campaigns that have actions, and the dossiers."""
    facette = next(f for f in FACETTES if f.cle == "campagne")
    campagnes = [
        Recueil(terme.id, terme.libelle, terme.definition, actions, facette.adresse)
        for terme in banque.vocabulaire(facette)
        if (actions := banque.avec(facette, terme))
    ]
    return campagnes + [Recueil(d.id, d.entete.titre, d.introduction, d.actions, "dossiers") for d in banque.dossiers]


def named(banque: Banque, adresse: str, identifiant: str) -> Recueil:
    """The recueil of a campaign or of a dossier (``adresse``: ``campagnes``, ``dossiers``). Raises ``UnknownRecit``."""
    known = {r.id: r for r in recueils(banque) if r.adresse == adresse}
    if identifiant not in known:
        raise UnknownRecit(
            f"{_unknown('aucun récit sous', identifiant, known)} Il y a : {', '.join(known) or 'rien encore'}."
        )
    return known[identifiant]


def chosen(banque: Banque, ids: Sequence[str]) -> Recueil:
    """A recueil of these actions, each once, in this order. Raises ``UnknownRecit``."""
    for identifiant in ids:
        if identifiant not in banque.par_id:
            raise UnknownRecit(_unknown("aucune action publiée ne s’appelle", identifiant, banque.par_id))
    actions = [banque.par_id[identifiant] for identifiant in dict.fromkeys(ids)]
    return Recueil("recueil", "Recueil de récits d’expérience", "", actions)


def _unknown(sentence: str, identifiant: str, known: Iterable[str]) -> str:
    near = nearest(identifiant, known)
    return f"{sentence} « {identifiant} »{f' ; vouliez-vous « {near} » ?' if near else '.'}"
