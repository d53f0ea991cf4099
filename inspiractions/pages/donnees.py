"""``/donnees/``: every file that partners take, with its size, its checksum and how it starts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup

from inspiractions.base.outputs import ACTIONS, CITATIONS, MACHINES, VOCABULAIRES, DataFile, FileStats, FramePage, Page
from inspiractions.base.texts import gettext, message
from inspiractions.model.banque import Banque
from inspiractions.pages.cards import HOME, Crumb
from inspiractions.pages.lists import newest
from inspiractions.theme.templates import Templates

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
