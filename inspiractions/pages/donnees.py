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
from inspiractions.story.recit import LICENCE
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
        licence=LICENCE,
        maj=newest(banque.actions),
        fil=[HOME, Crumb(frame.titre)],
    )
    tete = templates.render("donnees_tete", lie=json_ld(banque, fichiers, site_url))
    return Page(frame.chemin, "donnees", frame.titre, frame.description, contenu, tete, newest(banque.actions))


def json_ld(banque: Banque, fichiers: Fichiers, site_url: str) -> Markup:
    """schema.org ``DataCatalog`` and its ``Dataset``, as Google Dataset Search reads them; ``<`` is escaped."""
    page = f"{site_url}donnees/"
    maj = newest(banque.actions)
    editeur = {"@type": "Organization", "name": "Inspir’Actions", "url": site_url}
    dates = {"dateModified": maj.isoformat()} if maj else {}
    dataset = {
        "@type": "Dataset",
        "@id": f"{page}#actions",
        "name": "Inspir’Actions : actions des villes pour la santé de leurs habitants",
        "description": "Les récits d’expérience des villes françaises pour la santé de leurs habitants : lieu, âges, axes de la "
        "charte d’Ottawa, thématiques, quartiers prioritaires, partenaires, leviers, freins, sources.",
        "url": page,
        "license": LICENCE,
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "creator": editeur,
        "keywords": ["promotion de la santé", "villes", "prévention", "quartiers prioritaires"],
        "spatialCoverage": {"@type": "Country", "name": "France"},
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
        "name": "Données ouvertes d’Inspir’Actions",
        "url": page,
        "license": LICENCE,
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
