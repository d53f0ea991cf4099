"""The letter that goes with the forms of a city: to a service, never to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspiractions.model.action import Action
from inspiractions.model.identity import Identity
from inspiractions.theme.templates import Templates


@dataclass(frozen=True)
class RereadingLetter:
    """What a letter says to a city of its actions. ``courriel``: where to answer, or empty; ``site_url`` ends with « / »."""

    ville: str
    actions: Sequence[Action]
    site_url: str
    courriel: str
    identity: Identity

    @property
    def subject(self) -> str:
        """The subject of the message."""
        return f"{self.ville} : {self._told} sur {self.identity.nom}, à relire"

    @property
    def _told(self) -> str:
        n = len(self.actions)
        return "votre action" if n == 1 else f"vos {n} actions"

    @property
    def opening(self) -> tuple[str, ...]:
        """Why one writes."""
        one = len(self.actions) == 1
        return (
            "Bonjour,",
            f"{self.identity.introduced}, raconte {self._told}. "
            f"{'Sa fiche a été écrite' if one else 'Leurs fiches ont été écrites'} à partir de documents publics : vous seuls savez si tout est "
            "juste, et ce qui manque.",
        )

    @property
    def closing(self) -> tuple[str, ...]:
        """What to do, and what becomes of it."""
        where = f" à {self.courriel}" if self.courriel else ""
        one = len(self.actions) == 1
        forms = "Le document Word joint est déjà rempli" if one else "Les documents Word joints sont déjà remplis"
        return (
            f"{forms} avec ce que dit la banque. Corrigez directement dans les cases, complétez celles qui sont vides, cochez "
            f"« Relue par la ville » à la fin, et renvoyez-{'le' if one else 'les'}{where}, en gardant le format Word. Un quart d’heure suffit souvent.",
            "Vos corrections sont reportées dans la fiche, qui porte alors la mention « Relue par la ville ». N’écrivez ni nom de "
            "personne ni téléphone : le site n’en publie pas. Si l’action ne vous concerne pas, ou si vous ne souhaitez pas qu’elle "
            "paraisse, dites-le-nous de même.",
            "Merci de ce que vous apprenez aux autres villes.",
            f"Le secrétariat {self.identity.de_nom}",
        )

    def address(self, action: Action) -> str:
        """Where an action is told."""
        return f"{self.site_url}actions/{action.id}/"

    def text(self) -> str:
        """To paste in a message: plain text, a paragraph a line."""
        listed = "\n".join(f"- {action.titre} : {self.address(action)}" for action in self.actions)
        return "\n\n".join([f"Objet : {self.subject}", *self.opening, listed, *self.closing]) + "\n"

    def html(self, templates: Templates) -> str:
        """To open in a browser and copy in a message, links included."""
        return templates.render("courrier_relecture", lettre=self)
