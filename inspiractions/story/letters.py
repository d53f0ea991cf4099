"""The letters that a récit begins for its reader: to be put in touch, to complete what it does not say, to re-read it."""

from __future__ import annotations

from inspiractions.base.mail import mailto
from inspiractions.base.text import decapitalise, enumerate_fr
from inspiractions.story.recit import Recit


def contact_letter(recit: Recit, courriel: str, nom: str) -> str:
    """The letter to the city's generic box where the fiche gives one, else to the bank's; empty without a box.

    ``courriel``: that of the bank, or empty; ``nom``: the name of the bank.
    """
    contact = recit.action.contact
    direct = contact.courriel if contact else None
    asked = (
        f"J’ai lu votre action sur {nom} et j’aimerais en parler avec vous :"
        if direct
        else "J’aimerais être mis en relation avec l’équipe qui mène cette action :"
    )
    return _letter(direct or courriel, f"Mise en relation : {recit.action.titre}", recit, asked, _WHO)


def completing_letter(recit: Recit, courriel: str) -> str:
    """The letter that tells the bank what the récit leaves out; empty without a box."""
    blanks = enumerate_fr(decapitalise(partie.court) for partie in recit.blancs)
    asked = (f"Voici ce que la fiche ne dit pas ({blanks}) :", "", "")
    return _letter(courriel, f"Compléter : {recit.action.titre}", recit, "Je connais cette action :", asked)


def rereading_letter(recit: Recit, courriel: str) -> str:
    """The letter by which a city asks for the form, already filled, that it re-reads; empty without a box."""
    asked = "Je travaille dans cette collectivité et je voudrais relire cette fiche :"
    rest = ("Pouvez-vous m’envoyer le formulaire déjà rempli ?", "", "Mon service :", "")
    return _letter(courriel, f"Relire : {recit.action.titre}", recit, asked, rest)


_WHO = ("Ma collectivité et ma fonction :", "", "Ce que j’aimerais savoir :", "")


def _letter(courriel: str, sujet: str, recit: Recit, asked: str, rest: tuple[str, ...]) -> str:
    if not courriel:
        return ""
    lines = ("Bonjour,", "", asked, f"{recit.action.titre}, {recit.lieu}", recit.permalien, "", *rest)
    return mailto(courriel, sujet, lines)
