"""One page of every kind, found in the built site: nothing here names an action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


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


def _empty(site: Path) -> str:
    for folder in ("determinants", "thematiques", "leviers", "freins", "publics", "campagnes", "regions"):
        for path in reversed(_pages(site, folder)):
            if ">0 action<" in path.read_text("utf-8"):
                return path.parent.relative_to(site).as_posix() + "/"
    raise AssertionError("aucune page de valeur sans action")


GENRES: dict[str, Callable[[Path], str]] = {
    "accueil": _fixed(""),
    "recit-riche": _recit(0),
    "recit-pauvre": _recit(-1),
    "actions": _fixed("actions/"),
    "explorer": _fixed("explorer/"),
    "carnet": _fixed("carnet/"),
    "donnees": _fixed("donnees/"),
    "donnees-mode-d-emploi": _fixed("donnees/mode-d-emploi/"),
    "donnees-engagements": _fixed("donnees/engagements/"),
    "entrees": _fixed("entrees/"),
    "thematiques": _fixed("thematiques/"),
    "thematique": _largest("thematiques"),
    "freins": _fixed("freins/"),
    "frein": _largest("freins"),
    "levier": _largest("leviers"),
    "campagne": _fixed("campagnes/asv-2015/"),
    "dossiers": _fixed("dossiers/"),
    "dossier": _largest("dossiers"),
    "axe": _largest("axes"),
    "valeur-vide": _empty,
    "territoires": _fixed("territoires/"),
    "region": _largest("regions"),
    "departement": _largest("departements"),
    "ville": _largest("villes"),
    "couverture": _fixed("couverture/"),
    "chiffres": _fixed("chiffres/"),
    "plan-du-site": _fixed("plan-du-site/"),
    "a-propos": _fixed("a-propos/"),
    "fils": _fixed("fils/"),
    "integrer": _fixed("integrer/"),
    "contribuer-fiche": _fixed("contribuer/fiche/"),
    "contribuer-champs": _fixed("contribuer/champs/"),
    "contribuer-word": _fixed("contribuer/word/"),
    "contribuer-proposition": _fixed("contribuer/proposition/"),
    "contribuer-formulaire": _fixed("contribuer/formulaire-en-ligne/"),
    "contribuer-hebergement": _fixed("contribuer/hebergement/"),
    "accessibilite": _fixed("accessibilite/"),
    "mentions-legales": _fixed("mentions-legales/"),
    "404": _fixed("404.html"),
}
