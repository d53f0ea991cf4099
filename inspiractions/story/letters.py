"""The letters that a récit begins for its reader: to be put in touch, to complete what it does not say, to re-read it."""

from __future__ import annotations

from inspiractions.base.mail import mailto
from inspiractions.base.text import decapitalise, enumerate_fr
from inspiractions.base.texts import gettext
from inspiractions.story.recit import Recit


def contact_letter(recit: Recit, courriel: str, nom: str) -> str:
    """The letter to the city's generic box where the fiche gives one, else to the bank's; empty without a box.

    ``courriel``: that of the bank, or empty; ``nom``: the name of the bank.
    """
    contact = recit.action.contact
    direct = contact.courriel if contact else None
    asked = (
        gettext("J’ai lu votre action sur {nom} et j’aimerais en parler avec vous :").format(nom=nom)
        if direct
        else gettext("J’aimerais être mis en relation avec l’équipe qui mène cette action :")
    )
    who = (gettext("Ma collectivité et ma fonction :"), "", gettext("Ce que j’aimerais savoir :"), "")
    return _letter(
        direct or courriel, gettext("Mise en relation : {titre}").format(titre=recit.action.titre), recit, asked, who
    )


def completing_letter(recit: Recit, courriel: str) -> str:
    """The letter that tells the bank what the récit leaves out; empty without a box."""
    blanks = enumerate_fr(decapitalise(partie.court) for partie in recit.blancs)
    asked = (gettext("Voici ce que la fiche ne dit pas ({blancs}) :").format(blancs=blanks), "", "")
    return _letter(
        courriel,
        gettext("Compléter : {titre}").format(titre=recit.action.titre),
        recit,
        gettext("Je connais cette action :"),
        asked,
    )


def rereading_letter(recit: Recit, courriel: str) -> str:
    """The letter by which a city asks for the form, already filled, that it re-reads; empty without a box."""
    asked = gettext("Je travaille dans cette collectivité et je voudrais relire cette fiche :")
    rest = (gettext("Pouvez-vous m’envoyer le formulaire déjà rempli ?"), "", gettext("Mon service :"), "")
    return _letter(courriel, gettext("Relire : {titre}").format(titre=recit.action.titre), recit, asked, rest)


def _letter(courriel: str, sujet: str, recit: Recit, asked: str, rest: tuple[str, ...]) -> str:
    if not courriel:
        return ""
    lines = (gettext("Bonjour,"), "", asked, f"{recit.action.titre}, {recit.lieu}", recit.permalien, "", *rest)
    return mailto(courriel, sujet, lines)
