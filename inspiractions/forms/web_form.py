"""The web form, ``/admin/``: the page that loads Decap CMS, and its configuration, drawn from the schema and the vocabularies.

Format of the configuration: decapcms.org/docs/configuration-options. It is written as JSON, which YAML contains.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from inspiractions.base.problem import Stop
from inspiractions.model.action import fiche_model
from inspiractions.model.banque import Banque
from inspiractions.model.schema import FicheField, champs_de
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.theme.forge import Forge
from inspiractions.theme.templates import Templates

# What is copied from the package decap-cms (Makefile: it is fetched, checked, never committed).
DECAP = "decap-cms.js"
LICENCE = "decap-cms.js.LICENSE.txt"

_API = {"github": "https://api.github.com", "gitlab": "{}/api/v4", "forgejo": "{}/api/v1"}
# Where the pictures of the accounts come from.
_PORTRAITS = {"github": "https://avatars.githubusercontent.com"}


@dataclass(frozen=True)
class WebForm:
    """``dossier`` holds Decap; ``local``: the address of a decap-server, for trials on one's own machine only."""

    dossier: Path
    local: str = ""


class WebFormRefused(Stop, ValueError):
    """What is missing for a web form; the text says what to do."""


def make_web_form(
    formulaire: WebForm, forge: Forge, banque: Banque, site_name: str, site_url: str
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of ``admin/``. Raises ``WebFormRefused``."""
    if not (formulaire.dossier / DECAP).is_file():
        raise WebFormRefused(f"{formulaire.dossier / DECAP} manque : lancez « make admin », qui le va chercher.")
    if not forge.adresse and not formulaire.local:
        raise WebFormRefused("pour le formulaire en ligne, mkdocs.yml doit dire « repo_url: » : l’adresse du dépôt.")
    backend = _backend(forge)
    config = _config(backend, formulaire, banque.vocabulaires, site_url)
    page = Templates(banque.root).render("formulaire", site_name=site_name, csp=_csp(backend, forge, formulaire.local))
    yield "index.html", page.encode()
    yield "config.yml", json.dumps(config, ensure_ascii=False, indent=1).encode()
    for nom in (DECAP, LICENCE):
        yield nom, (formulaire.dossier / nom).read_bytes()


def _backend(forge: Forge) -> dict[str, Any]:
    genre = forge.genre or "github"
    backend: dict[str, Any] = {"name": genre, "repo": forge.repository or "essai/essai", "branch": forge.branche}
    backend["api_root"] = _API[genre].format(forge.hote)
    if genre != "github":
        backend["base_url"] = forge.hote
    if genre == "gitlab":
        backend["auth_type"] = "pkce"
    messages = {
        "create": "Nouvelle fiche : {{slug}}",
        "update": "Fiche modifiée : {{slug}}",
        "delete": "Fiche effacée : {{slug}}",
        "uploadMedia": "Image ajoutée : {{path}}",
        "deleteMedia": "Image effacée : {{path}}",
    }
    return {**backend, "commit_messages": messages, **forge.options}


def _csp(backend: Mapping[str, Any], forge: Forge, local: str) -> str:
    """Decap compiles its validators (``unsafe-eval``) and styles its own elements (``unsafe-inline``); nothing else is let in."""
    origins = (
        {_origin(str(backend[key])) for key in ("api_root", "base_url") if key in backend} if forge.adresse else set()
    )
    origins |= {_origin(local)} if local else set()
    images = [_PORTRAITS.get(forge.genre, forge.hote)] if forge.adresse else []
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            " ".join(["img-src 'self' data: blob:", *images]),
            "font-src 'self' data:",
            " ".join(["connect-src 'self' blob:", *sorted(origins)]),
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _config(
    backend: Mapping[str, Any], formulaire: WebForm, vocabulaires: Vocabulaires, site_url: str
) -> dict[str, Any]:
    config: dict[str, Any] = {
        "backend": backend,
        "locale": "fr",
        "publish_mode": "editorial_workflow",
        "site_url": site_url,
        "display_url": site_url,
        "show_preview_links": False,
        "media_folder": "actions/images",
        "public_folder": "/actions/images",
        # Without these, accents and « » enter the names of files and branches.
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": [_collection(vocabulaires)],
    }
    if formulaire.local:
        config["local_backend"] = {"url": formulaire.local}
    return config


def _collection(vocabulaires: Vocabulaires) -> dict[str, Any]:
    return {
        "name": "actions",
        "label": "Actions",
        "label_singular": "Action",
        "description": "Une fiche par action. Ce que l’on ne sait pas reste vide : la page écrit « Non renseigné ».",
        "folder": "actions",
        "create": True,
        "delete": False,
        "identifier_field": "titre",
        "slug": "{{fields.villes | truncate(20)}}-{{titre | truncate(50)}}",
        "summary": "{{titre}}",
        "sortable_fields": ["titre", "date_publication"],
        "view_filters": [{"label": "Brouillons", "field": "statut", "pattern": "brouillon"}],
        # The pictures of a fiche lie in a folder of its own; the fiche names the file alone.
        "media_folder": "images/{{filename}}",
        "public_folder": "",
        "editor": {"preview": False},
        "fields": [*_fields(champs_de(fiche_model(vocabulaires)), vocabulaires), _recit(vocabulaires)],
    }


def _recit(vocabulaires: Vocabulaires) -> dict[str, Any]:
    return {
        "name": "body",
        "label": "Récit",
        "widget": "markdown",
        "hint": "Sous chaque rubrique, ce que l’on sait. Une rubrique restée vide ne paraît pas.",
        "required": False,
        "modes": ["rich_text", "raw"],
        "buttons": [
            "bold",
            "italic",
            "link",
            "heading-two",
            "heading-three",
            "quote",
            "bulleted-list",
            "numbered-list",
        ],
        # No image in the text: they go through « illustrations », which asks what they show.
        "editor_components": [],
        "default": "\n\n".join(f"## {rubrique.libelle}" for rubrique in vocabulaires["rubriques"]) + "\n",
    }


def _fields(champs: Mapping[str, FicheField], vocabulaires: Vocabulaires, inside: bool = False) -> list[dict[str, Any]]:
    return [_field(champ, vocabulaires, inside) for champ in champs.values()]


def _field(champ: FicheField, vocabulaires: Vocabulaires, inside: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": champ.cle, "label": champ.titre, "required": champ.requis}
    if champ.description:
        field["hint"] = champ.description
    return field | _widget(champ, vocabulaires, inside)


def _widget(champ: FicheField, vocabulaires: Vocabulaires, inside: bool) -> dict[str, Any]:
    """``inside``: the field is one of a group."""
    match champ.genre:
        case "groupe" if champ.liste and inside:
            # A list within a group: the form keeps it as it is.
            return {"widget": "hidden"}
        case "groupe" if champ.liste:
            return {**_LIST, "fields": _fields(champ.enfants, vocabulaires)}
        case "groupe":
            fields = _fields(champ.enfants, vocabulaires, inside=True)
            if not champ.requis:
                # The form would want them even where the group is left empty; « check » asks for what lacks in it.
                fields = [field | {"required": False} for field in fields]
            return {"widget": "object", "collapsed": True, "fields": fields}
        case "terme":
            return _select(champ, [(t.id, t.libelle) for t in vocabulaires[champ.vocabulaire]])
        case "cle":
            cles = [(c.cle, c.titre) for c in champs_de(fiche_model(vocabulaires)).values()]
            return _select(champ, cles + [(r.id, f"Rubrique : {r.libelle}") for r in vocabulaires["rubriques"]])
        case "choix":
            return _select(champ, [(c, _CHOIX.get(c, c)) for c in champ.choix]) | {"default": champ.defaut}
        case "image":
            return {"widget": "image", "choose_url": False, "media_library": {"config": {"multiple": False}}}
        case _ if champ.liste:
            # A closed item shows its text, not the name of its field.
            shown = {"summary": f"{{{{fields.{champ.cle}}}}}"}
            return {**_LIST, **shown, "field": {"name": champ.cle, "label": champ.titre, "widget": "string"}}
        case _:
            widget = "text" if champ.maximum >= _LONG else "string"
            pattern = _PATTERNS.get(champ.genre) or _at_most(champ.maximum)
            return {"widget": widget, "pattern": pattern} if pattern else {"widget": widget}


def _select(champ: FicheField, options: list[tuple[str, str]]) -> dict[str, Any]:
    select: dict[str, Any] = {
        "widget": "select",
        "multiple": champ.liste,
        "options": [{"value": value, "label": label} for value, label in options],
    }
    if champ.liste and champ.requis:
        select["min"] = 1
    if champ.liste and champ.maximum:
        select["max"] = champ.maximum
    return select


def _at_most(maximum: int) -> list[str]:
    return [rf"^[\s\S]{{1,{maximum}}}$", f"{maximum} signes au plus"] if maximum else []


_LIST = {"widget": "list", "label_singular": "élément", "collapsed": True}
_LONG = 300
_CHOIX = {"publiee": "Publiée", "brouillon": "Brouillon", "retiree": "Retirée"}
_PATTERNS = {
    "jour": [r"^\d{4}-\d{2}-\d{2}$", "Écrivez AAAA-MM-JJ, par exemple 2026-01-31"],
    "mois": [r"^(\d{4}(-(0[1-9]|1[0-2]))?|inconnue)$", "Écrivez une année (2019) ou un mois (2019-09)"],
    "url": [r"^https://\S+\.\S+$", "Écrivez une adresse complète, en https://"],
    "courriel": [r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", "Une seule adresse, comme sante@ville.fr"],
    "quartier": [r"^(QP[0-9AB]{6}|QN[0-9AB]{5}[IMN])$", "QP et six chiffres, ou QN, cinq chiffres et I, M ou N"],
}
