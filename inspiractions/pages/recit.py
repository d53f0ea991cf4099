"""The récit d'expérience: one action, always in the same order."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from inspiractions.base.images import LARGE, SMALL, fit, read_image
from inspiractions.base.outputs import BASE, Page
from inspiractions.base.text import gettext
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.pages.lists import HOME, CardRenderer, Crumb
from inspiractions.story import labels
from inspiractions.story.citations import share_card_of
from inspiractions.story.labels import size_of_place
from inspiractions.story.recit import (
    Recit,
    chemin_de,
    chemin_de_relecture,
    completing_letter,
    contact_letter,
    dossier_images,
    rereading_letter,
)
from inspiractions.story.review import BEFORE_THE_CITY
from inspiractions.theme.figures.carte import LocatorMap
from inspiractions.theme.figures.share_image import HAUTEUR, LARGEUR
from inspiractions.theme.templates import Templates


def make_retiree(action: Action, templates: Templates) -> Page:
    """The page of a withdrawn action, which keeps its address and a notice."""
    contenu = templates.render(
        "retiree", action=action, fil=[HOME, Crumb(gettext("Toutes les actions"), "actions/"), Crumb(action.titre)]
    )
    return Page(
        chemin_de(action),
        "actions",
        action.titre,
        gettext("Cette fiche a été retirée de la banque."),
        contenu,
        indexable=False,
        en_rubrique=False,
    )


@dataclass(frozen=True)
class Beside:
    """What stands beside the story of an action: bytes of its PDF, of the form that its city re-reads, 0 where there is none;
    the map of its places.
    """

    pdf: int = 0
    rereading: int = 0
    situation: LocatorMap | None = None


def make_recit(
    recit: Recit, beside: Beside, banque: Banque, templates: Templates, cards: CardRenderer, site_url: str
) -> Page:
    """The page of an action."""
    action, pdf = recit.action, beside.pdf
    values = {
        "recit": recit,
        "pdf": labels.poids(pdf) if pdf else "",
        "action": action,
        "fil": [
            HOME,
            Crumb(gettext("Territoires"), "territoires/"),
            *(Crumb(pas.texte, pas.chemin) for pas in recit.situation),
        ],
        "images": _images(action, banque),
        "situation": beside.situation,
        "taille": size_of_place(action.villes[0])
        if len(action.villes) == 1
        else gettext("{n} lieux").format(n=len(action.villes)),
        "echelle": banque.vocabulaires["echelles"][action.echelle].court if action.echelle else "",
        "axes": list(banque.vocabulaires["axes"]),
        "proches": cards.proches(recit.proches),
        "dossiers": banque.dossiers_de.get(action.id, ()),
        "mise_en_relation": contact_letter(recit, templates.forge.courriel, banque.identity.nom),
        "completer": completing_letter(recit, templates.forge.courriel),
        "relire": _rereading(recit, beside, templates.forge.courriel),
    }
    lie = _json_ld(recit, pdf, banque)
    annonce = share_card_of(action, banque, site_url)
    tete = templates.render("recit_tete", **values, lie=lie, annonce=annonce, largeur=LARGEUR, hauteur=HAUTEUR)
    contenu = templates.render("recit", **values)
    titre = f"{action.titre}, {recit.lieu}"
    return Page(recit.chemin, "actions", titre, action.resume, contenu, tete, action.date_maj, en_rubrique=False)


def _rereading(recit: Recit, beside: Beside, courriel: str) -> dict[str, str]:
    """Where a city finds the form to re-read, and what it weighs; else the letter that asks for it; nothing once it has."""
    if recit.action.connaissance not in BEFORE_THE_CITY:
        return {}
    if beside.rereading:
        return {"url": f"{BASE}{chemin_de_relecture(recit.action)}", "poids": labels.poids(beside.rereading)}
    letter = rereading_letter(recit, courriel)
    return {"url": letter, "poids": ""} if letter else {}


def _images(action: Action, banque: Banque) -> list[dict[str, object]]:
    folder = dossier_images(action)
    sizes = {i.fichier: read_image(banque.root / folder / i.fichier) for i in action.illustrations}
    return [
        {
            "illustration": i,
            "grande": fit(sizes[i.fichier], LARGE),
            "petite": fit(sizes[i.fichier], SMALL) if sizes[i.fichier].largeur > SMALL else None,
            "url": f"{BASE}{folder}/{i.fichier}",
            "url_petite": f"{BASE}{folder}/{SMALL}/{i.fichier}",
        }
        for i in action.illustrations
    ]


def _json_ld(recit: Recit, pdf: int, banque: Banque) -> Markup:
    """schema.org ``Article``, ``pdf`` bytes of PDF beside it; ``<`` is escaped so that no text can close the script."""
    action, vocabulaires = recit.action, banque.vocabulaires
    axes = banque.facette("axes")
    ensemble = axes.nom_de_l_ensemble if axes else ""
    about = [(t, ensemble) for t in map(vocabulaires["axes"].__getitem__, action.axes)]
    about += [
        (t, f"Thématiques {banque.identity.de_nom}")
        for t in map(vocabulaires["thematiques"].__getitem__, action.thematiques)
    ]
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "additionalType": "récit d’expérience",
        "@id": recit.permalien,
        "identifier": action.id,
        "headline": action.titre,
        "description": action.resume,
        "inLanguage": "fr",
        "datePublished": action.date_publication.isoformat(),
        "dateModified": action.date_maj.isoformat(),
        "license": banque.identity.licence.adresse,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": banque.identity.editeur},
        "author": {"@type": "Organization", "name": banque.identity.editeur},
        "about": [{"@type": "DefinedTerm", "name": t.court, "inDefinedTermSet": ensemble} for t, ensemble in about],
        "audience": [{"@type": "PeopleAudience", "name": vocabulaires["ages"][i].libelle} for i in action.ages],
        "spatialCoverage": [
            {"@type": "AdministrativeArea", "name": v.nom, "identifier": v.code} | _point(v.lon, v.lat)
            for v in action.villes
        ],
        "citation": [{"@type": "CreativeWork", "name": s.titre, "url": s.url} for s in action.sources],
    }
    if pdf:
        data["encoding"] = {
            "@type": "MediaObject",
            "contentUrl": recit.permalien_pdf,
            "encodingFormat": "application/pdf",
            "contentSize": str(pdf),
        }
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def _point(lon: float | None, lat: float | None) -> dict[str, object]:
    return {"geo": {"@type": "GeoCoordinates", "longitude": lon, "latitude": lat}} if lon is not None else {}
