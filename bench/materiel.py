"""The same pages for plain MkDocs with Material: récits and indexes in Markdown, as a usual user would write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from bench.groupes import Groupe, facettes, lieux
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.facette import FACETTES

_CONFIG: Mapping[str, object] = {
    "site_name": "Inspir’Actions",
    "site_url": "https://inspiractions.example/",
    "theme": {"name": "material", "language": "fr", "font": False, "features": ["navigation.tabs"]},
    "plugins": [{"search": {"lang": "fr"}}],
    "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": False}}],
    # A navigation of every page would cost MkDocs far more: this is its best case.
    "nav": [
        {"Accueil": "index.md"},
        {"Actions": "actions/index.md"},
        {"Territoires": "territoires/index.md"},
        {"Thèmes et index": "entrees/index.md"},
    ],
    "not_in_nav": "*",
}

Ligne = tuple[str, str, int]
"""A label, its address from the root, its number of actions."""


def write_project(banque: Banque, folder: Path) -> None:
    """Write ``folder/mkdocs.yml`` and ``folder/docs/`` with the récits and the indexes of the bank."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(_CONFIG, allow_unicode=True, sort_keys=False), "utf-8")
    for name, text in _pages(banque):
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _pages(banque: Banque) -> Iterator[tuple[str, str]]:
    for action in banque.actions:
        yield f"actions/{action.id}.md", _recit(action, banque)
    yield "actions/index.md", _index("Toutes les actions", _actions(banque.actions), "../")
    entrees: list[Ligne] = []
    for groupe in facettes(banque):
        yield from _groupe(groupe)
        entrees.append((groupe.titre, f"{groupe.adresse}/index", len(groupe.valeurs)))
    yield "entrees/index.md", _index("Thèmes et index", entrees, "../")
    territoires: list[Ligne] = []
    for groupe in lieux(banque):
        yield from _groupe(groupe)
        territoires.append((groupe.titre, f"{groupe.adresse}/index", len(groupe.valeurs)))
    yield "territoires/index.md", _index("Territoires", territoires, "../")
    yield "plan-du-site/index.md", _index("Plan du site", entrees, "../")
    yield "index.md", _index("Inspir’Actions", [*entrees, *_actions(banque.actions[:6])], "")


def _groupe(groupe: Groupe) -> Iterator[tuple[str, str]]:
    """The overview of a group and a page for each of its values."""
    lignes = []
    for valeur in groupe.valeurs:
        chemin = f"{groupe.adresse}/{valeur.id}"
        yield f"{chemin}.md", _index(valeur.nom, _actions(valeur.actions), "../")
        lignes.append((valeur.nom, chemin, len(valeur.actions)))
    yield f"{groupe.adresse}/index.md", _index(groupe.titre, lignes, "../")


def _actions(actions: Iterable[Action]) -> list[Ligne]:
    return [(f"{a.titre}, {a.chef_de_file.nom}", f"actions/{a.id}", 0) for a in actions]


def _index(titre: str, lignes: Iterable[Ligne], base: str) -> str:
    items = [f"- [{nom}]({base}{chemin}.md){f' ({nombre})' if nombre else ''}" for nom, chemin, nombre in lignes]
    return "\n".join([f"# {titre}", "", *items, ""])


def _recit(action: Action, banque: Banque) -> str:
    """Title, summary, classification with its links, then the récit as the city wrote it."""
    head = yaml.safe_dump({"title": action.titre, "description": action.resume}, allow_unicode=True, sort_keys=False)
    classement = [
        f"| {facette.singulier} | {', '.join(f'[{banque.vocabulaire(facette)[i].court}](../{facette.adresse}/{i}.md)' for i in ids)} |"
        for facette in FACETTES
        if (ids := facette.ids(action))
    ]
    villes = ", ".join(f"[{v.nom}](../villes/{v.slug}.md)" for v in action.villes if v.slug in banque.villes)
    table = ["| Champ | Valeur |", "|---|---|", f"| Territoire | {villes} |", f"| Porteur | {action.porteur} |"]
    table += [*classement, f"| Partenaires | {', '.join(action.partenaires)} |"]
    return (
        f"---\n{head}---\n\n# {action.titre}\n\n{action.resume}\n\n" + "\n".join(table) + f"\n\n{rubriques(action)}\n"
    )


def rubriques(action: Action) -> str:
    """The récit in Markdown, the same for every peer."""
    return "\n\n".join(f"## {r.titre}\n\n{r.texte}" for r in action.rubriques)
