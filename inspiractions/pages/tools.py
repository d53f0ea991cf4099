"""What is made of the bank, here and elsewhere.

The explorer: the page where the whole bank is searched and filtered, by ``docs/assets/js/explorer/page.js``.
The carnet: the page of the actions that a visitor keeps, made by ``docs/assets/js/carnet/page.js`` in the browser.
The comparison: two to four récits side by side, by ``docs/assets/js/comparer/page.js``.

What other sites show in a frame: a list, or the card of a récit; and the page that gives the code.
``/donnees/``: every file that partners take, with its size, its checksum and how it starts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from inspiractions.base.files import find
from inspiractions.base.outputs import ACTIONS, CITATIONS, MACHINES, VOCABULAIRES, DataFile, FileStats, FramePage, Page
from inspiractions.base.text import gettext, message, ngettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import Facette
from inspiractions.pages.lists import HOME, CardRenderer, Crumb, list_rows, newest
from inspiractions.story.lists import FeedList
from inspiractions.story.recit import chemin_de
from inspiractions.theme.figures.carte import FranceMap
from inspiractions.theme.templates import Templates

# How many actions a list shows unless one asks for more, and the numbers that one may ask for (docs/assets/js/pages/embed.js).
SHOWN_ACTIONS = 5
_CHOIX = (3, SHOWN_ACTIONS, 10, 20)
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
        cartes=cards.list(liste.actions[:SHOWN_ACTIONS]) if total else "",
        script=False,
        suite=liste.chemin,
        suite_mot=gettext("Voir les {n} actions").format(n=total)
        if total > SHOWN_ACTIONS
        else gettext("Voir la page sur {nom}").format(nom=templates.identity.nom),
    )
    return Page(liste.integree, frame.name, liste.titre, frame.description, contenu, indexable=False)


def _compte(total: int) -> str:
    if total > SHOWN_ACTIONS:
        return gettext("{total} actions, les {n} plus récentes").format(total=total, n=SHOWN_ACTIONS)
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
        nombre=SHOWN_ACTIONS,
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


Fichiers = Sequence[tuple[DataFile, FileStats]]

# The addresses of the API that a bank has once.
_API = (
    ("index.json", message("Ce que la banque contient, et les liens vers la suite")),
    ("actions.json", message("Toutes les actions, en bref")),
    ("facettes.json", message("Âges, axes, thématiques… avec leurs valeurs et leur nombre d’actions")),
    ("territoires.json", message("Régions, départements et villes qui ont une action")),
    ("changements.json", message("Ce qui a été publié ou vérifié, jour par jour")),
    ("openapi.json", message("La description de l’API (OpenAPI 3.1)")),
)


def make_donnees(banque: Banque, templates: Templates, fichiers: Fichiers, frame: FramePage, site_url: str) -> Page:
    """The page; its first words are the title and the description of ``docs/donnees/index.md``."""
    groupes = [(titre, _of(fichiers, titre)) for titre in (ACTIONS, CITATIONS, MACHINES)]
    vocabulaires = _of(fichiers, VOCABULAIRES)
    contenu = templates.render(
        "donnees",
        cadre=frame,
        groupes=groupes,
        vocabulaires=list(zip(vocabulaires[::2], vocabulaires[1::2], strict=True)),
        api=[(address, gettext(what)) for address, what in _API],
        exemples=_exemples(banque),
        maj=newest(banque.actions),
        fil=[HOME, Crumb(frame.titre)],
    )
    tete = templates.render("donnees_tete", lie=json_ld(banque, fichiers, site_url))
    return Page(frame.chemin, "donnees", frame.titre, frame.description, contenu, tete, newest(banque.actions))


def json_ld(banque: Banque, fichiers: Fichiers, site_url: str) -> Markup:
    """schema.org ``DataCatalog`` and its ``Dataset``, as Google Dataset Search reads them; ``<`` is escaped."""
    page = f"{site_url}donnees/"
    maj, identity = newest(banque.actions), banque.identity
    editeur = {"@type": "Organization", "name": identity.editeur, "url": site_url}
    dates = {"dateModified": maj.isoformat()} if maj else {}
    dataset = {
        "@type": "Dataset",
        "@id": f"{page}#actions",
        "name": identity.data_title,
        "description": f"{identity.description or identity.subject} Les récits d’expérience : lieu, publics, classement, partenaires, "
        "difficultés, résultats, sources.",
        "url": page,
        "license": identity.licence.adresse,
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "creator": editeur,
        "keywords": list(identity.mots_cles),
        "spatialCoverage": {"@type": "Country", "name": identity.pays.nom},
        **dates,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": data_file.titre,
                "encodingFormat": data_file.media,
                "contentUrl": site_url + data_file.nom,
                "contentSize": f"{stats.size} B",
                "sha256": stats.sha256,
            }
            for data_file, stats in _of(fichiers, ACTIONS)
        ],
    }
    catalogue = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": f"{page}#catalogue",
        "name": f"Données ouvertes {identity.de_nom}",
        "url": page,
        "license": identity.licence.adresse,
        "publisher": editeur,
        "dataset": [dataset],
    }
    return Markup(json.dumps(catalogue, ensure_ascii=False).replace("<", "\\u003c"))


def _of(fichiers: Fichiers, groupe: str) -> list[tuple[DataFile, FileStats]]:
    return [(data_file, stats) for data_file, stats in fichiers if data_file.groupe == groupe]


def _exemples(banque: Banque) -> list[tuple[str, str]]:
    """One address of each kind that has many, as they are in this bank."""
    theme = next(iter(banque.vocabulaires["thematiques"])).id
    examples = [(f"facettes/thematiques/{theme}.json", gettext("Les actions d’une valeur, ici d’un thème"))]
    if banque.actions:
        action = banque.actions[0]
        examples.append(
            (f"actions/{action.id}.json", gettext("Une action, avec son récit ; le même fichier est à côté de sa page"))
        )
        departement = next(iter(banque.par_departement), "")
        if departement:
            examples.append((f"territoires/departements/{departement}.json", gettext("Les actions d’un territoire")))
    return examples
