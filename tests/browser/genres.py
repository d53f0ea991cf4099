"""One page of every kind, found in the built site: nothing here names an action. ``test_genres.py`` says if one is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

_TEMPLATE = re.compile(r"<template.*?</template>", re.S)
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)>")
_TRAIT = re.compile(r'\s(class|role)="([^"]*)"')
# Pages of a text alone, whatever it says: Markdown and its theme.
_REDIGEES = {"a-propos", "accessibilite", "contribuer", "donnees-personnelles", "lettre", "lettres", "mentions-legales"}
# Overviews of terms: one template for all, but where what people said is quoted.
_VALEURS = {"ages", "axes", "campagnes", "connaissance", "determinants", "evaluations", "publics", "qpv", "thematiques"}


def genre_of(name: str) -> str:
    """The kind of an HTML file by its name from the root of the site: pages of a kind come from one template."""
    *folders, _ = name.split("/")
    if folders[-2:-1] == ["page"]:
        # The next page of a long list comes from the template of the first.
        folders = folders[:-2]
        name = "/".join([*folders, "index.html"])
    match folders:
        case ["embed", "actions", _]:
            return "embed/actions/*"
        case ["embed", _, _]:
            return "embed/*/*"
        case ["bibliotheque", kind, _]:
            return f"bibliotheque/{kind}/*"
        case [folder] | [folder, _] if folder in _REDIGEES and folders[1:] not in (
            ["champs"],
            ["grille"],
            ["verifications"],
        ):
            return "rédigée"
        case [folder] if folder in _VALEURS:
            return "valeurs/"
        case [folder, _] if folder in _VALEURS | {"freins", "leviers"}:
            return "valeurs/*"
        case [folder] if folder in ("departements", "regions", "villes"):
            return "lieux/"
        case [folder, _] if folder != "contribuer":
            return f"{folder}/*"
    return name


def shown(html: str) -> Iterator[str]:
    """What a page shows: its elements, each with its class or role. What scripts will fill is no part of it yet."""
    for tag, attributes in _ELEMENT.findall(_TEMPLATE.sub("", html)):
        for _, names in _TRAIT.findall(attributes):
            yield from (f"{tag}.{name}" for name in names.split() if not name.startswith("language-"))


def _pages(site: Path, folder: str) -> list[Path]:
    """The pages one level below a folder, largest first."""
    return sorted((site / folder).glob("*/index.html"), key=lambda path: (-path.stat().st_size, path))


def _largest(folder: str) -> Callable[[Path], str]:
    return lambda site: _pages(site, folder)[0].parent.relative_to(site).as_posix() + "/"


def _fixed(chemin: str) -> Callable[[Path], str]:
    return lambda _: chemin


def _recit(order: int) -> Callable[[Path], str]:
    """``0``: the récit with the fewest parts left blank; ``-1``: with the most."""

    def find(site: Path) -> str:
        recits = sorted(
            (path.read_text("utf-8").count("est-vide"), -path.stat().st_size, path) for path in _pages(site, "actions")
        )
        return recits[order][2].parent.relative_to(site).as_posix() + "/"

    return find


def _besides(*others: Callable[[Path], str]) -> Callable[[Path], str]:
    """The récit that shows the most that these others do not: axes, answers to difficulties…"""

    @cache
    def find(site: Path) -> str:
        shown_elsewhere = {
            trait for other in others for trait in shown((site / other(site) / "index.html").read_text())
        }
        counts = {path: len({*shown(path.read_text("utf-8"))} - shown_elsewhere) for path in _pages(site, "actions")}
        return max(counts, key=lambda path: counts[path]).parent.relative_to(site).as_posix() + "/"

    return find


_VARIED = _besides(_recit(0), _recit(-1))


def _empty(site: Path) -> str:
    for folder in ("determinants", "thematiques", "leviers", "freins", "publics", "campagnes", "regions"):
        for path in reversed(_pages(site, folder)):
            if ">0 action<" in path.read_text("utf-8"):
                return path.parent.relative_to(site).as_posix() + "/"
    raise AssertionError("aucune page de valeur sans action")


def _empty_list(site: Path) -> str:
    return f"embed/{_empty(site)}"


GENRES: dict[str, Callable[[Path], str]] = {
    "accueil": _fixed(""),
    "recit-riche": _recit(0),
    "recit-pauvre": _recit(-1),
    "recit-varie": _VARIED,
    "recit-rare": _besides(_recit(0), _recit(-1), _VARIED),
    "actions": _fixed("actions/"),
    "explorer": _fixed("explorer/"),
    "carnet": _fixed("carnet/"),
    "comparer": _fixed("comparer/"),
    "donnees": _fixed("donnees/"),
    "donnees-mode-d-emploi": _fixed("donnees/mode-d-emploi/"),
    "entrees": _fixed("entrees/"),
    "thematiques": _fixed("thematiques/"),
    "thematique": _largest("thematiques"),
    "freins": _fixed("freins/"),
    "frein": _largest("freins"),
    "leviers": _fixed("leviers/"),
    "levier": _largest("leviers"),
    "campagne": _fixed("campagnes/asv-2015/"),
    "bibliotheque": _fixed("bibliotheque/"),
    "bibliotheque-editeurs": _largest("bibliotheque/editeurs"),
    "bibliotheque-theme": _largest("bibliotheque/thematiques"),
    "dossiers": _fixed("dossiers/"),
    "dossier": _largest("dossiers"),
    "axe": _largest("axes"),
    "valeur-vide": _empty,
    "territoires": _fixed("territoires/"),
    "regions": _fixed("regions/"),
    "region": _largest("regions"),
    "departement": _largest("departements"),
    "ville": _largest("villes"),
    "couverture": _fixed("couverture/"),
    "chiffres": _fixed("chiffres/"),
    "revue": _fixed("revue/"),
    "plan-du-site": _fixed("plan-du-site/"),
    "a-propos": _fixed("a-propos/"),
    "fils": _fixed("fils/"),
    "integrer": _fixed("integrer/"),
    "contribuer-champs": _fixed("contribuer/champs/"),
    "contribuer-verifications": _fixed("contribuer/verifications/"),
    "contribuer-word": _fixed("contribuer/word/"),
    "contribuer-proposition": _fixed("contribuer/proposition/"),
    "contribuer-formulaire": _fixed("contribuer/formulaire-en-ligne/"),
    "accessibilite": _fixed("accessibilite/"),
    "accessibilite-grille": _fixed("accessibilite/grille/"),
    "404": _fixed("404.html"),
}

# Pages that stand alone, without header or footer: lists that other sites show, and the example for lunr.
SEULES: dict[str, Callable[[Path], str]] = {
    "embed-au-choix": _fixed("embed/"),
    "embed-valeur": _largest("embed/ages"),
    "embed-vide": _empty_list,
    "embed-recit": _largest("embed/actions"),
    "exemple": _fixed("donnees/exemple-lunr.html"),
}

# What a list that other sites show is asked.
EMBEDS = {"au-choix": "?age=0-3&qpv=oui&q=sant%C3%A9", "rien": "?q=zzzzqqqq"}
