"""The récit d'expérience: one action, always in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from banque import libelles
from banque.action import Action, Rubrique
from banque.banque import Banque
from banque.gabarits import Gabarits
from banque.images import read_image
from banque.page import BASE, Page
from banque.pages.cartes import ACCUEIL, Fil
from banque.points import VOCABULAIRE_DE, Point, parse_points

LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


@dataclass(frozen=True)
class Partie:
    """One heading of the récit: its text, or its points, or nothing (« Non renseigné »)."""

    id: str
    titre: str
    texte: str = ""
    points: tuple[Point, ...] = ()
    vocabulaire: str = ""
    deduite: bool = False

    @property
    def vide(self) -> bool:
        """Whether nothing is known."""
        return not (self.texte or self.points)


def make_recits(banque: Banque, gabarits: Gabarits, site_url: str) -> Iterator[Page]:
    """One page an action; a withdrawn one keeps its address and a notice; a former id leads to the new one."""
    reprises = _reprises(banque)
    for action in banque.actions:
        yield _recit(action, banque, gabarits, site_url, reprises.get(action.id, ()))
        yield from _redirections(action, gabarits, site_url)
    for action in banque.retirees:
        contenu = gabarits.render("retiree", action=action, fil=[ACCUEIL, _ACTIONS, Fil(action.titre)])
        yield Page(
            _chemin(action),
            "actions",
            action.titre,
            "Cette fiche a été retirée de la banque.",
            contenu,
            indexable=False,
        )
        yield from _redirections(action, gabarits, site_url)


_ACTIONS = Fil("Toutes les actions", "actions/")


def _chemin(action: Action) -> str:
    return f"actions/{action.id}/"


def _recit(action: Action, banque: Banque, gabarits: Gabarits, site_url: str, reprises: tuple[Action, ...]) -> Page:
    permalien = site_url + _chemin(action)
    lieu = libelles.lieux(action)
    values = {
        "action": action,
        "banque": banque,
        "fil": _fil(action, banque),
        "autour_liens": [pas for pas in reversed(_fil(action, banque)[2:]) if pas.titre != action.chef_de_file.nom],
        "lieu": lieu,
        "autour": libelles.autour(action.chef_de_file, banque.referentiel),
        "etat": libelles.etat(action),
        "periode": libelles.periode_longue(action.periode) if action.periode else "",
        "parties": _parties(action, banque),
        "inspirations": [banque.par_id[i] for i in action.inspiree_de if i in banque.par_id],
        "reprises": reprises,
        "termes": {nom: [banque.vocabulaires[nom][i] for i in getattr(action, nom)] for nom in _LISTES},
        "qpv": banque.vocabulaires["qpv"][action.qpv],
        "echelle": banque.vocabulaires["echelles"][action.echelle] if action.echelle else None,
        "campagne": banque.vocabulaires["campagnes"][action.campagne] if action.campagne else None,
        "connaissance": banque.vocabulaires["connaissance"][action.connaissance],
        "images": _images(action, banque),
        "permalien": permalien,
        "citation": _citation(action, banque, lieu),
    }
    tete = gabarits.render("recit_tete", **values, lie=_json_ld(action, banque, permalien))
    contenu = gabarits.render("recit", **values)
    return Page(_chemin(action), "actions", f"{action.titre}, {lieu}", action.resume, contenu, tete, action.date_maj)


_LISTES = ("ages", "axes", "thematiques", "determinants", "publics", "leviers", "freins")


def _fil(action: Action, banque: Banque) -> list[Fil]:
    lieu, referentiel = action.chef_de_file, banque.referentiel
    steps = [
        ACCUEIL,
        Fil("Territoires", "territoires/"),
        Fil(referentiel.regions[lieu.region], f"regions/{referentiel.slug_of_region(lieu.region)}/"),
    ]
    if lieu.departement:
        steps.append(Fil(referentiel.departements[lieu.departement], f"departements/{lieu.departement}/"))
    if lieu.genre in ("commune", "epci"):
        steps.append(Fil(lieu.nom, f"villes/{lieu.slug}/"))
    # In overseas régions with one département, both bear the same name: say it once.
    return [step for i, step in enumerate(steps) if i == 0 or step.titre != steps[i - 1].titre]


def _parties(action: Action, banque: Banque) -> list[Partie]:
    """The canonical rubriques in order, each followed by the headings that the city added after it."""
    followers: dict[str, list[Rubrique]] = {}
    canonical = banque.vocabulaires["rubriques"]
    last = ""
    for rubrique in action.rubriques:
        if rubrique.id in canonical:
            last = rubrique.id
        else:
            followers.setdefault(last, []).append(rubrique)
    parties = [_partie(r, action, banque) for r in followers.get("", ())]
    for terme in canonical:
        if terme.id != "ressources":
            found = action.rubriques_par_id.get(terme.id)
            parties.append(_partie(found, action, banque) if found else Partie(terme.id, terme.libelle))
        parties += [_partie(r, action, banque) for r in followers.get(terme.id, ())]
    return parties


def _partie(rubrique: Rubrique, action: Action, banque: Banque) -> Partie:
    nom = VOCABULAIRE_DE.get(rubrique.id, "")
    points = parse_points(rubrique.texte, rubrique.line + 1, banque.vocabulaires[nom]) if nom else []
    deduite = rubrique.id in action.champs_deduits or (bool(nom) and nom in action.champs_deduits)
    if any(point.terme for point in points):
        return Partie(rubrique.id, rubrique.titre, points=tuple(points), vocabulaire=nom, deduite=deduite)
    return Partie(rubrique.id, rubrique.titre, rubrique.texte, deduite=deduite)


def _reprises(banque: Banque) -> Mapping[str, tuple[Action, ...]]:
    found: dict[str, list[Action]] = {}
    for action in banque.actions:
        for source in action.inspiree_de:
            found.setdefault(source, []).append(action)
    return {identifiant: tuple(actions) for identifiant, actions in found.items()}


def _images(action: Action, banque: Banque) -> list[dict[str, object]]:
    folder = banque.root / "actions" / "images" / action.id
    return [
        {
            "illustration": i,
            "taille": read_image(folder / i.fichier),
            "url": f"{BASE}actions/images/{action.id}/{i.fichier}",
        }
        for i in action.illustrations
    ]


def _citation(action: Action, banque: Banque, lieu: str) -> str:
    origine = banque.vocabulaires["connaissance"][action.connaissance].libelle.lower()
    verifie = (
        f"vérifié le {libelles.jour(action.verifie_le)}"
        if action.verifie_le
        else f"publié le {libelles.jour(action.date_publication)}"
    )
    titre = action.titre.replace("« ", "“").replace(" »", "”")
    return f"« {titre} » ({lieu}), Inspir’Actions, récit ({origine}), {verifie}. Licence Ouverte 2.0."


def _json_ld(action: Action, banque: Banque, permalien: str) -> Markup:
    """schema.org ``Article``; ``<`` is escaped so that no text can close the script."""
    vocabulaires = banque.vocabulaires
    about = [(t, "Charte d’Ottawa") for t in map(vocabulaires["axes"].__getitem__, action.axes)]
    about += [
        (t, "Thématiques d’Inspir’Actions") for t in map(vocabulaires["thematiques"].__getitem__, action.thematiques)
    ]
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "additionalType": "récit d’expérience",
        "@id": permalien,
        "identifier": action.id,
        "headline": action.titre,
        "description": action.resume,
        "inLanguage": "fr",
        "datePublished": action.date_publication.isoformat(),
        "dateModified": action.date_maj.isoformat(),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "Inspir’Actions"},
        "author": {"@type": "Organization", "name": "Inspir’Actions"},
        "about": [{"@type": "DefinedTerm", "name": t.court, "inDefinedTermSet": ensemble} for t, ensemble in about],
        "audience": [{"@type": "PeopleAudience", "name": vocabulaires["ages"][i].libelle} for i in action.ages],
        "spatialCoverage": [
            {"@type": "AdministrativeArea", "name": v.nom, "identifier": v.code} | _point(v.lon, v.lat)
            for v in action.villes
        ],
        "citation": [{"@type": "CreativeWork", "name": s.titre, "url": s.url} for s in action.sources],
    }
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def _point(lon: float | None, lat: float | None) -> dict[str, object]:
    return {"geo": {"@type": "GeoCoordinates", "longitude": lon, "latitude": lat}} if lon is not None else {}


def _redirections(action: Action, gabarits: Gabarits, site_url: str) -> Iterator[Page]:
    for old in action.anciens_ids:
        cible = f"{BASE}{_chemin(action)}"
        values = {
            "action": action,
            "cible": cible,
            "permalien": site_url + _chemin(action),
            "fil": [ACCUEIL, _ACTIONS, Fil(action.titre)],
        }
        tete = gabarits.render("redirection_tete", **values)
        contenu = gabarits.render("redirection", **values)
        yield Page(
            f"actions/{old}/", "actions", action.titre, "Cette adresse a changé.", contenu, tete, indexable=False
        )
