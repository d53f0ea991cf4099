"""Words for machines that read: ``llms.txt`` (llmstxt.org), what the bank is and where its data are; a récit in Markdown.

Both say what the pages say; nothing is told to machines alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inspiractions.base.text import decapitalise
from inspiractions.exports.api import API_ROOT
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.story.identity_card import IdentityRow
from inspiractions.story.recit import Recit, RecitPart, chemin_de

FICHIER = "index.md"
_DEDUIT = " (classement de la rédaction)"
# What would be taken for Markdown, or for HTML, in a text that is neither.
_SIGNS = re.compile(r"([\\`*_\[\]])")


def make_llms(banque: Banque, site_url: str) -> str:
    """``llms.txt``; ``site_url`` ends with ``/``."""
    identity = banque.identity
    return (
        "\n\n".join(
            [
                f"# {identity.nom}",
                f"> {identity.description or identity.tagline}",
                *_about(banque, site_url),
                "## Données",
                _links(site_url, _DATA),
                "## API",
                _links(f"{site_url}{API_ROOT}", _API),
                "## Pages",
                _links(site_url, _PAGES),
                "## Optional",
                _links(site_url, _OPTIONAL),
            ]
        )
        + "\n"
    )


def _about(banque: Banque, site_url: str) -> Iterator[str]:
    identity = banque.identity
    actions, places = len(banque.actions), len({lieu.slug for action in banque.actions for lieu in action.villes})
    sentence = f"{identity.presentation.rstrip('.')}. " if identity.presentation else ""
    newest = max((action.date_maj for action in banque.actions), default=None)
    yield (
        f"{sentence}La banque, en français, contient {actions} récit{'s' * (actions > 1)} d’action, "
        f"de {places} territoire{'s' * (places > 1)}{f' ; dernière mise à jour : {newest}' if newest else ''}."
    )
    recit = f"{site_url}actions/<identifiant>/"
    yield "\n".join(
        [
            f"- Un récit a une adresse permanente, `{recit}` ; le même en Markdown : `{recit}{FICHIER}` ; "
            f"ses données : `{recit}index.json`.",
            "- Pour citer un récit, reprenez sa clé « citation » (dans le JSON, et à la fin du Markdown) et son adresse permanente.",
            "- La clé « connaissance » dit sur quoi repose un récit : des sources publiques, ou ce que la ville a écrit ou relu. Dites-le en le citant.",
            "- Ce qui n’est pas renseigné ne se sait pas : n’en déduisez rien.",
            f"- Licence : {identity.licence.nom}, {identity.licence.adresse}.",
        ]
    )


def _links(base: str, links: Iterable[tuple[str, str, str]]) -> str:
    return "\n".join(f"- [{titre}]({base}{chemin}) : {contenu}" for chemin, titre, contenu in links)


_DATA = (
    ("donnees/actions.jsonl", "Toutes les actions (JSON Lines)", "une action par ligne, récit compris, en Markdown."),
    ("donnees/actions.csv", "Tableau (CSV)", "une ligne par action, sans le récit."),
    ("donnees/actions.geojson", "Carte (GeoJSON)", "un point par action et par ville."),
    ("donnees/schema.json", "Schéma (JSON Schema)", "les clés d’une fiche et leurs listes fermées."),
    (
        "donnees/",
        "Données ouvertes",
        "tous les fichiers, leurs tailles et leurs empreintes ; les vocabulaires en SKOS.",
    ),
)
_API = (
    ("openapi.json", "Description (OpenAPI 3.1)", "des fichiers JSON, sans clé ni quota."),
    ("actions.json", "Les actions, en bref", "identifiant, titre, résumé, villes, classement."),
    ("facettes.json", "Les entrées", "thèmes, publics, âges, freins, leviers… et leurs valeurs."),
    ("changements.json", "Ce qui a changé", "jour par jour."),
)
_PAGES = (
    ("actions/", "Toutes les actions", "la liste entière."),
    ("entrees/", "Thèmes et index", "les façons d’entrer dans la banque."),
    ("territoires/", "Territoires", "par région, département et ville."),
    ("a-propos/", "À propos", "qui tient la banque, et comment."),
    ("contribuer/regles/", "Règles de publication", "ce qui est publié, relu, corrigé, retiré."),
    ("donnees/engagements/", "Engagements", "les adresses et les clés qui ne changeront pas."),
)
_OPTIONAL = (
    ("fil.atom", "Fil des nouvelles actions (Atom)", "les dernières publiées."),
    ("donnees/mode-d-emploi/", "Mode d’emploi des données", "tableur, QGIS, R, Python, page web."),
)


def make_markdown(recit: Recit) -> str:
    """What the page of a récit says, in Markdown, with absolute addresses."""
    action, site_url = recit.action, recit.permalien.removesuffix(recit.chemin)
    parts = [
        f"# {_plain(action.titre)}",
        f"> {_plain(action.resume)}",
        "\n".join(_row(row) for row in recit.identite if row.connue),
        *(_part(part) for part in recit.parties if not part.vide),
    ]
    if recit.blancs:
        parts.append(f"La fiche ne dit pas : {', '.join(decapitalise(part.court) for part in recit.blancs)}.")
    for titre, others in (("Inspirée de", recit.inspirations), ("Reprise par", recit.reprises)):
        if others:
            lines = (f"- [{_plain(one.titre)}]({site_url}{chemin_de(one)}), {one.chef_de_file.nom}" for one in others)
            parts += [f"## {titre}", "\n".join(lines)]
    parts += [*_resources(action), "## Citer", f"{_plain(recit.citation)}\n\n<{recit.permalien}>"]
    return "\n\n".join(parts) + "\n"


def _row(row: IdentityRow) -> str:
    values = [*([row.etat] if row.etat else []), *(value.texte for value in row.valeurs)]
    words, beside = (", ".join(map(_plain, texts)) for texts in (values, [value.texte for value in row.precision]))
    text = f"{words} ({beside})" if words and beside else words or beside
    return f"- **{row.nom}** : {text}{_DEDUIT * row.deduite}"


def _part(part: RecitPart) -> str:
    title = f"## {_plain(part.titre)}{_DEDUIT * part.deduite}"
    if not part.points:
        return f"{title}\n\n{part.texte.strip()}"
    kind = "levier" if part.vocabulaire == "leviers" else "difficulté"
    lines = []
    for point in part.points:
        head = (
            f"**{_plain(point.terme.court)}** ({kind}) : " if point.terme else f"**{point.mot}** : " * bool(point.mot)
        )
        answer = f" Ce qui a été fait : {point.reponse}" if point.reponse else ""
        lines.append(f"- {head}{point.constat}{answer}")
    return "\n".join([title, "", *lines])


def _resources(action: Action) -> Iterator[str]:
    written = action.rubriques_par_id.get("ressources")
    links = [f"- [{_plain(link.titre)}](<{link.url}>)" for link in action.documents]
    links += [f"- [{_plain(link.titre)}](<{link.url}>), source de la fiche" for link in action.sources]
    if written or links:
        yield "## Ressources"
    if written:
        yield written.texte.strip()
    if links:
        yield "\n".join(links)


def _plain(text: str) -> str:
    """A text of one line that Markdown leaves as it is."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split())).replace("<", "&lt;")
