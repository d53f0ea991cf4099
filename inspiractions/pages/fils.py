"""The feeds, as pages show them: what a feed is, and below each list the way to follow it or to show it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from inspiractions.base.outputs import Cadre, Page
from inspiractions.pages.cards import ACCUEIL, Fil
from inspiractions.story.lists import Liste
from inspiractions.theme.templates import Gabarits


class Suites:
    """Adds to each page that is a list its feed, in the head and in words."""

    def __init__(self, listes: Iterable[Liste], gabarits: Gabarits) -> None:
        self._listes = {liste.chemin: liste for liste in listes}
        self._gabarits = gabarits

    def add(self, page: Page) -> Page:
        """The page, with the feed of the list that it is; as it was where it is none."""
        liste = self._listes.get(page.chemin)
        if not liste:
            return page
        tete = self._gabarits.render("fil_tete", liste=liste)
        suite = self._gabarits.render("fil_suite", liste=liste)
        return replace(page, tete=page.tete + tete, contenu=page.contenu + suite)


def make_fils(listes: Iterable[Liste], gabarits: Gabarits, site_url: str, cadre: Cadre) -> Page:
    """``/fils/``: what a feed is, and all of them."""
    groupes = [(genre, list(some)) for genre, some in groupby(listes, key=lambda liste: liste.genre)]
    contenu = gabarits.render("fils", cadre=cadre, fil=[ACCUEIL, Fil(cadre.titre)], groupes=groupes, site_url=site_url)
    return Page(cadre.chemin, cadre.nom, cadre.titre, cadre.description, contenu)
