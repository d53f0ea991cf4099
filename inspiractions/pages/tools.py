"""What other sites show of the bank in a frame: a list, or the card of a récit; and the page that gives the code.

The explorer: the page where the whole bank is searched and filtered, by ``docs/assets/js/explorer/page.js``.
The carnet: the page of the actions that a visitor keeps, made by ``docs/assets/js/carnet/page.js`` in the browser.
The comparison: two to four récits side by side, by ``docs/assets/js/comparer/page.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inspiractions.base.outputs import FramePage, Page
from inspiractions.base.paths import find
from inspiractions.base.texts import gettext, ngettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import Facette
from inspiractions.pages.cards import HOME, CardRenderer, Crumb
from inspiractions.pages.lists import list_rows, newest
from inspiractions.story.lists import FeedList
from inspiractions.story.recit import chemin_de
from inspiractions.theme.figures.carte import FranceMap
from inspiractions.theme.templates import Templates

# How many actions a list shows unless one asks for more, and the numbers that one may ask for (docs/assets/js/pages/embed.js).
ACTIONS = 5
_CHOIX = (3, ACTIONS, 10, 20)
# The facets that the page offers by itself; the others come with the address of the explorer.
_OFFERTES = ("ages", "axes", "thematiques", "qpv")


def make_embed(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """``/embed/``, which a script fills."""
    axes = list(banque.vocabulaires["axes"])
    contenu = templates.render(
        "embed",
        titre=frame.titre,
        compte=gettext("Chargement…"),
        cartes="",
        script=True,
        suite="explorer/",
        suite_mot=gettext("Voir toutes les actions"),
        axes=axes,
    )
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu, indexable=False)


def make_embed_recit(action: Action, templates: Templates, cards: CardRenderer, frame: FramePage) -> Page:
    """The card of one récit."""
    contenu = templates.render("embed_recit", titre=action.titre, cartes=cards.list([action]))
    chemin = f"{frame.chemin}{chemin_de(action)}"
    return Page(chemin, frame.name, action.titre, action.resume, contenu, indexable=False)


def make_embed_liste(liste: FeedList, templates: Templates, cards: CardRenderer, frame: FramePage) -> Page:
    """A list, ready made."""
    total = len(liste.actions)
    contenu = templates.render(
        "embed",
        titre=liste.titre,
        compte=_compte(total),
        cartes=cards.list(liste.actions[:ACTIONS]) if total else "",
        script=False,
        suite=liste.chemin,
        suite_mot=gettext("Voir les {n} actions").format(n=total)
        if total > ACTIONS
        else gettext("Voir la page sur {nom}").format(nom=templates.identity.nom),
    )
    return Page(liste.integree, frame.name, liste.titre, frame.description, contenu, indexable=False)


def _compte(total: int) -> str:
    if total > ACTIONS:
        return gettext("{total} actions, les {n} plus récentes").format(total=total, n=ACTIONS)
    return f"{total} {ngettext('action', 'actions', total)}" if total else gettext("Aucune action pour le moment")


def make_integrer(banque: Banque, listes: Iterable[FeedList], templates: Templates, frame: FramePage) -> Page:
    """``/integrer/``: choose a selection, copy the code; the script of the page is ``docs/assets/js/pages/integrer.js``."""
    facettes = {facette.cle: facette for facette in banque.facettes}
    lieux = [liste for liste in listes if liste.selection.startswith("territoire=")]
    contenu = templates.render(
        "integrer",
        cadre=frame,
        fil=[HOME, Crumb(frame.titre)],
        choix=[_choix(banque, facettes[cle]) for cle in _OFFERTES if cle in facettes],
        lieux=[
            (genre, [(x.court, x.selection.partition("=")[2]) for x in lieux if x.genre == genre])
            for genre in dict.fromkeys(x.genre for x in lieux)
        ],
        nombres=_CHOIX,
        nombre=ACTIONS,
        script=find(banque.root, "docs/assets/js/hote.js").read_text("utf-8"),
    )
    tete = templates.render("integrer_tete")
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu, tete)


def _choix(banque: Banque, facette: Facette) -> Mapping[str, object]:
    """A list to choose from: the key of the explorer's address, the label, its values, children below their parent."""
    valeurs = [
        (terme.court if not terme.parent else f"– {terme.court}", terme.id)
        for ligne in list_rows(banque, facette)
        for terme in (ligne.terme, *(enfant.terme for enfant in ligne.enfants))
        if terme
    ]
    return {"cle": facette.parametre, "nom": facette.singulier, "valeurs": valeurs}


def make_explorer(banque: Banque, templates: Templates, carte: FranceMap, frame: FramePage) -> Page:
    """``/explorer/``: the shell that the script fills, and without it the links to every index."""
    contenu = templates.render(
        "explorer",
        cadre=frame,
        total=len(banque.actions),
        axes=list(banque.vocabulaires["axes"]),
        facettes=banque.facettes,
        carte=carte,
    )
    return Page(frame.chemin, "explorer", frame.titre, frame.description, contenu, maj=newest(banque.actions))


def make_carnet(banque: Banque, templates: Templates, frame: FramePage) -> Page:
    """``/carnet/``: what it is for and where it stays; the script fills the rest."""
    contenu = templates.render(
        "carnet", cadre=frame, axes=list(banque.vocabulaires["axes"]), fil=[HOME, Crumb(frame.titre)]
    )
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu)


def make_comparer(templates: Templates, frame: FramePage) -> Page:
    """``/comparer/``: the shell that the script fills from the pages of the récits that its address names."""
    carnet = Crumb(gettext("Carnet"), "carnet/")
    contenu = templates.render("comparer", cadre=frame, fil=[HOME, carnet, Crumb(frame.titre)])
    return Page(frame.chemin, frame.name, frame.titre, frame.description, contenu)
