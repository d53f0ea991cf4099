"""What other sites announce of a récit: title and place, permanent address, image, oEmbed answer, card to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story import labels
from inspiractions.story.recit import chemin_de

# Beside the page of the récit.
IMAGE = "partage.png"


@dataclass(frozen=True)
class ShareCard:
    """The addresses are absolute, for they are read elsewhere; ``chemin`` is that of the page; ``site_url`` ends with ``/``."""

    action: Action
    lieu: str
    autour: str
    site_url: str

    @property
    def titre(self) -> str:
        """The title and the place."""
        return f"{self.action.titre} ({self.lieu})"

    @property
    def chemin(self) -> str:
        """The address of the récit from the root of the site."""
        return chemin_de(self.action)

    @property
    def permalien(self) -> str:
        """The address of the récit."""
        return self.site_url + self.chemin

    @property
    def image(self) -> str:
        """The image of the récit."""
        return self.permalien + IMAGE

    @property
    def oembed(self) -> str:
        """What tells other tools how to show the récit."""
        return f"{self.site_url}oembed/{self.action.id}.json"

    @property
    def carte(self) -> str:
        """The page that they show in a frame."""
        return f"{self.site_url}embed/{self.chemin}"


def share_card_of(action: Action, banque: Banque, site_url: str) -> ShareCard:
    """What is announced of an action."""
    autour = labels.autour(action.villes, banque.referentiel)
    return ShareCard(action, labels.lieux(action), autour, site_url)


def share_cards(banque: Banque, site_url: str) -> Iterator[ShareCard]:
    """One for each published action."""
    return (share_card_of(action, banque, site_url) for action in banque.actions)
