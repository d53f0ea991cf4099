"""The same pages for Hugo: a bare theme (``squelettes/hugo/``), a taxonomy for each facet and each kind of place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from bench.groupes import classement, facettes, lieux
from bench.materiel import rubriques
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque

_SQUELETTE = Path(__file__).parent / "squelettes" / "hugo"


def write_project(banque: Banque, folder: Path) -> None:
    """Write a Hugo project with the récits and the indexes of the bank."""
    shutil.copytree(_SQUELETTE, folder)
    noms = [groupe.adresse for groupe in (*facettes(banque), *lieux(banque))]
    (folder / "config" / "_default" / "taxonomies.yaml").write_text(yaml.safe_dump({nom: nom for nom in noms}), "utf-8")
    for name, text in _contents(banque):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _contents(banque: Banque) -> Iterator[tuple[str, str]]:
    groupes = {"entrees": facettes(banque), "territoires": lieux(banque)}
    tous = [*groupes["entrees"], *groupes["territoires"]]
    termes = classement(tous)
    for action in banque.actions:
        yield f"actions/{action.id}.md", _recit(action, termes[action.id])
    yield "actions/_index.md", _page({"title": "Toutes les actions"})
    for groupe in tous:
        yield f"{groupe.adresse}/_index.md", _page({"title": groupe.titre})
        for valeur in groupe.valeurs:
            yield f"{groupe.adresse}/{valeur.id}/_index.md", _page({"title": valeur.nom})
    pages = {"entrees": "Thèmes et index", "territoires": "Territoires", "plan-du-site": "Plan du site"}
    for nom, titre in pages.items():
        index = [f"/{groupe.adresse}" for groupe in groupes.get(nom, groupes["entrees"])]
        yield f"{nom}.md", _page({"title": titre, "layout": "index-des-index", "index": index})
    yield "_index.md", _page({"title": "Inspir’Actions"})


def _recit(action: Action, termes: Mapping[str, list[str]]) -> str:
    head = {
        "title": action.titre,
        "description": action.resume,
        "porteur": action.porteur,
        "partenaires": list(action.partenaires),
        "date": str(action.date_publication),
        **termes,
    }
    return _page(head, rubriques(action))


def _page(head: Mapping[str, object], body: str = "") -> str:
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n\n{body}\n"
