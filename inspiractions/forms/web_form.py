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

from inspiractions.base.images import MAX_BYTES
from inspiractions.base.problem import Stop
from inspiractions.model.action import Action, fiche_model
from inspiractions.model.banque import Banque
from inspiractions.model.types import FicheField, champs_de
from inspiractions.model.vocabulaire import Vocabulaires
from inspiractions.theme.settings import Forge
from inspiractions.theme.templates import Templates

# What is copied from npm (Makefile: fetched, checked, never committed): the form, what reads and writes a front matter, the preview.
DECAP = "decap-cms.js"
FETCHED = (
    DECAP, "decap-cms.js.LICENSE.txt", "js-yaml.min.js", "js-yaml.LICENSE.txt", "markdown-it.min.js", "markdown-it.LICENSE.txt",
)  # fmt: skip
# Ours, beside this file.
SCRIPT = "web_form.js"

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
    missing = next((nom for nom in FETCHED if not (formulaire.dossier / nom).is_file()), None)
    if missing:
        raise WebFormRefused(f"{formulaire.dossier / missing} manque : lancez « make admin », qui le va chercher.")
    if not forge.adresse and not formulaire.local:
        raise WebFormRefused("pour le formulaire en ligne, mkdocs.yml doit dire « repo_url: » : l’adresse du dépôt.")
    backend = _backend(forge)
    config = _config(backend, formulaire, banque.vocabulaires, site_url)
    page = Templates(banque.root).render(
        "formulaire",
        site_name=site_name,
        csp=_csp(backend, forge, formulaire.local),
        ordre=" ".join(champs_de(fiche_model(banque.vocabulaires))),
    )
    yield "index.html", page.encode()
    yield "config.yml", json.dumps(config, ensure_ascii=False, indent=1).encode()
    yield SCRIPT, Path(__file__).with_name(SCRIPT).read_bytes()
    for nom in FETCHED:
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
        "extension": "md",
        "format": "fiche",
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
        "editor": {"preview": True},
        "fields": sorted(
            [*_fields(champs_de(fiche_model(vocabulaires)), vocabulaires), _recit(vocabulaires)], key=_place
        ),
    }


# As a person tells an action: what, where, for whom, when, by whom, the récit; then how the bank files it, what it rests on, and
# what the editors alone fill in. A key that stands nowhere comes last.
_ORDER = (
    "titre", "resume", "villes", "quartiers", "perimetre", "echelle", "qpv", "ages", "publics", "periode",
    "porteur", "service_pilote", "role_collectivite", "role_service_sante", "services_elus", "partenaires", "budget",
    "body", "chiffre_cle", "leviers", "freins", "evaluation", "axes", "thematiques", "determinants",
    "connaissance", "sources", "documents", "illustrations", "contact", "inspiree_de",
    "statut", "date_publication", "date_redaction", "verifie_le", "campagne", "a_la_une", "a_verifier", "champs_deduits",
    "consentements", "licence", "anciens_ids", "empreinte",
)  # fmt: skip
_OF_THE_IMPORT = ("empreinte",)


def _place(field: Mapping[str, Any]) -> int:
    return _ORDER.index(field["name"]) if field["name"] in _ORDER else len(_ORDER)


def _recit(vocabulaires: Vocabulaires) -> dict[str, Any]:
    return {
        "name": "body",
        "label": "Récit",
        # Text as it is written, and its preview (web_form.js): Decap's rich text would write the whole récit anew.
        "widget": "recit",
        "hint": _SIGNS,
        "required": False,
        "default": "\n\n".join(f"## {rubrique.libelle}" for rubrique in vocabulaires["rubriques"]) + "\n",
    }


_SIGNS = (
    "Écrivez sous chaque rubrique ; une rubrique restée vide ne paraît pas. Une ligne vide sépare deux paragraphes. Cinq signes "
    "suffisent : « ## » ouvre une rubrique, « - » un point de liste, « > » une citation ; « ** » avant et après met en gras ; "
    "[mots](https://adresse) fait un lien. L’aperçu, à côté, montre ce que cela donne."
)


def _fields(champs: Mapping[str, FicheField], vocabulaires: Vocabulaires, inside: bool = False) -> list[dict[str, Any]]:
    return [_field(champ, vocabulaires, inside) for champ in champs.values()]


def _field(champ: FicheField, vocabulaires: Vocabulaires, inside: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": champ.cle, "label": champ.titre, "required": champ.requis}
    if champ.description:
        field["hint"] = champ.description
    if champ.cle in _OF_THE_IMPORT:
        return field | {"widget": "hidden"}
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
            library = {"multiple": False, "max_file_size": MAX_BYTES}
            return {"widget": "image", "choose_url": False, "media_library": {"config": library}}
        case "jour":
            # Written as a text, « AAAA-MM-JJ ». Today where a fiche must have one; in a list, a default would make an item of its own.
            today = {"default": "{{now}}"} if champ.requis and champ.cle in Action.model_fields else {}
            hint = {"hint": _sentence(champ.description.removeprefix("AAAA-MM-JJ").lstrip(" .:"))}
            return {"widget": "datetime", "format": "YYYY-MM-DD", "time_format": False} | today | hint
        case _ if champ.liste:
            # A closed item shows its text, not the name of its field.
            shown = {"summary": f"{{{{fields.{champ.cle}}}}}"}
            text = {"name": champ.cle, "label": champ.titre, "widget": "string", "pattern": _SOME_WORDS}
            return {**_LIST, **shown, "field": text}
        case _:
            widget = "text" if champ.maximum >= _LONG else "string"
            return {"widget": widget, "pattern": _PATTERNS.get(champ.genre) or _at_most(champ.maximum)}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    if not maximum:
        return _SOME_WORDS
    return [rf"^(?=[\s\S]*\S)[\s\S]{{1,{maximum}}}$", f"{maximum} signes au plus, et pas seulement des espaces"]


_LIST = {"widget": "list", "label_singular": "élément", "collapsed": True}
_LONG = 300
_SOME_WORDS = [r"\S", "Des espaces seuls ne disent rien : écrivez, ou effacez-les"]
_CHOIX = {"publiee": "Publiée", "brouillon": "Brouillon", "retiree": "Retirée"}
_PATTERNS = {
    "mois": [r"^(\d{4}(-(0[1-9]|1[0-2]))?|inconnue)$", "Écrivez une année (2019) ou un mois (2019-09)"],
    "url": [r"^https://\S+\.\S+$", "Écrivez une adresse complète, en https://"],
    "courriel": [r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", "Une seule adresse, comme sante@ville.fr"],
    "quartier": [r"^(QP[0-9AB]{6}|QN[0-9AB]{5}[IMN])$", "QP et six chiffres, ou QN, cinq chiffres et I, M ou N"],
}
